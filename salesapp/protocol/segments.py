"""The layout of a segment: a SQLite file with the tables `upsert` and `tombstone`, compressed with zstd.

The columns of `upsert` are the columns of the object's table on the tablet, in the same order and with the same types,
so that SQLite copies rows between them without taking them apart (its transfer path).
"""

import hashlib

from salesapp.domain.canonical import canonical_json
from salesapp.domain.schema import SyncObject

UPSERT = "upsert"
TOMBSTONE = "tombstone"
PAGE_SIZE = 4096
ZSTD_LEVEL = 3


def columns(entry: SyncObject) -> tuple[str, ...]:
    """Column names of a synchronized table: primary key, scope, the fields, the row's hash."""
    return ("id", "scope", *entry.field_names, "row_hash")


def create_table(entry: SyncObject, name: str) -> str:
    """The CREATE TABLE statement of an object's rows under this name."""
    fields = "".join(f', "{field.name}" {field.sql_type}' for field in entry.fields)
    return f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY, scope INTEGER{fields}, row_hash INTEGER)'


CREATE_TOMBSTONE = f"CREATE TABLE {TOMBSTONE} (id INTEGER PRIMARY KEY)"


def schema_id(entry: SyncObject) -> str:
    """Names an object's fields, their order and types: 16 hexadecimal characters. Another id: rows cannot be read."""
    shape = [entry.key, [[field.name, field.kind.value, field.scale] for field in entry.fields]]
    return hashlib.sha256(canonical_json(shape).encode()).hexdigest()[:16]
