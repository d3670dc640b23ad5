"""Attachments: the image files that the ERP sends."""

from typing import Literal

from salesapp.domain.rows import Row, boolean, integer, objects_of, owner, synchronized, text
from salesapp.domain.schema import ScopeRule

OwnerKind = Literal["item", "customer"]
OWNERS = {"item": "items.forms", "customer": "customers.customers"}
_PICTURED = OWNERS | {"company": "auxiliary.company"}
IMAGES = "attachments.images"


@synchronized(
    IMAGES,
    "Images",
    natural_key=("owner_kind", "owner", "file_name"),
    scope=(ScopeRule("owner"),),
    indexes=(("owner_kind", "owner"), ("sha256",)),
)
class Image(Row):
    """A file of an item, a customer or the company.

    `size` in bytes; `sha256` of the content, 64 hexadecimal characters.
    """

    owner_kind: Literal["item", "customer", "company"] = text()
    owner: int = owner("owner_kind", _PICTURED)
    file_name: str = text()
    media_type: str = text()
    size: int = integer()
    sha256: str = text()
    is_default: bool = boolean()
    description: str | None = text()
    upload_to_erp: bool = boolean()


OBJECTS = objects_of(Image)
