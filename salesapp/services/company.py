"""The representative's own company: name, address, numbers and logo, for printed documents."""

from dataclasses import dataclass

from salesapp.domain.objects import auxiliary as rows
from salesapp.domain.objects.attachments import Image
from salesapp.store.account_stores import AccountStores


@dataclass(frozen=True, slots=True)
class Company:
    """The company's details from the ERP. `logo` is the sha256 of a picture, empty without one."""

    name: str
    address: str = ""
    tax_id: str = ""
    phone: str = ""
    email: str = ""
    logo: str = ""


def company_of(stores: AccountStores) -> Company | None:
    """Returns the own company; None if the ERP does not send it."""
    row = next(iter(stores.catalog.all(rows.Company, limit=1)), None)
    if row is None:
        return None
    of_company = "owner_kind='company' AND owner=?"
    pictures = stores.catalog.all(Image, of_company, (row.id,), order="is_default DESC, id", limit=1)
    return Company(
        name=row.name,
        address=row.address or "",
        tax_id=row.tax_id or "",
        phone=row.phone or "",
        email=row.email or "",
        logo=pictures[0].sha256 if pictures else "",
    )
