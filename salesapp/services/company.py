"""Whose representative it is: name, address, numbers and logo of the own company, for papers."""

from dataclasses import dataclass

from salesapp.store.account_stores import AccountStores


@dataclass(frozen=True, slots=True)
class Company:
    """As the ERP tells it. `logo` is the sha256 of a picture, empty without one."""

    name: str
    address: str = ""
    tax_id: str = ""
    phone: str = ""
    email: str = ""
    logo: str = ""


def company_of(stores: AccountStores) -> Company | None:
    """The own company; None where the ERP does not tell it."""
    rows = stores.catalog.rows("auxiliary.company", order="id", limit=1)
    if not rows:
        return None
    pictures = stores.catalog.rows(
        "attachments.images", "owner_kind='company' AND owner=?", (rows[0]["id"],), order="is_default DESC, id", limit=1
    )
    told = {name: rows[0][name] or "" for name in ("name", "address", "tax_id", "phone", "email")}
    return Company(**told, logo=pictures[0]["sha256"] if pictures else "")
