"""Attachments: the image files that the ERP sends."""

from salesapp.domain.schema import ScopeRule, SyncObject, boolean, integer, owner, text

OWNERS = {"item": "items.forms", "customer": "customers.customers"}
_PICTURED = OWNERS | {"company": "auxiliary.company"}
IMAGES = "attachments.images"

OBJECTS = (
    SyncObject(
        IMAGES,
        "Images",
        (
            text("owner_kind", required=True, choices=tuple(_PICTURED)),
            owner("owner", "owner_kind", _PICTURED),
            text("file_name", required=True),
            text("media_type", required=True),
            integer("size", required=True),  # bytes
            text("sha256", required=True),  # of the file's content, 64 hexadecimal characters
            boolean("is_default"),
            text("description"),
            boolean("upload_to_erp"),
        ),
        natural_key=("owner_kind", "owner", "file_name"),
        scope=(ScopeRule("owner"),),
        indexes=(("owner_kind", "owner"), ("sha256",)),
    ),
)
