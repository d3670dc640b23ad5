"""The layout of a segment: a SQLite file with tables `upsert` and `tombstone`, compressed with zstd.

The columns of `upsert` are the columns of the object's table on the tablet, in the same order and with the same types,
so that SQLite can copy whole rows (its transfer path). Added fields that no row of the segment has a value in are left
out: programs that do not know them can read it, and those that do take them as empty. `count` is a number of fields.
"""

import hashlib

from salesapp.domain.canonical import canonical_json
from salesapp.domain.schema import SyncObject

UPSERT = "upsert"
TOMBSTONE = "tombstone"
PAGE_SIZE = 4096
ZSTD_LEVEL = 3


def layouts(entry: SyncObject) -> range:
    """Returns the numbers of fields that segments of an object can have: from the oldest layout to the whole one."""
    return range(entry.least, len(entry.fields) + 1)


def columns(entry: SyncObject, count: int | None = None) -> tuple[str, ...]:
    """Returns the columns of a synchronized table: primary key, scope, fields, row hash."""
    return ("id", "scope", *entry.field_names[:count], "row_hash")


def create_table(entry: SyncObject, name: str, count: int | None = None) -> str:
    """Returns the CREATE TABLE statement for an object's rows, with this table name."""
    fields = "".join(f', "{field.name}" {field.sql_type}' for field in entry.fields[:count])
    return f'CREATE TABLE "{name}" (id INTEGER PRIMARY KEY, scope INTEGER{fields}, row_hash INTEGER)'


CREATE_TOMBSTONE = f"CREATE TABLE {TOMBSTONE} (id INTEGER PRIMARY KEY)"


def schema_id(entry: SyncObject, count: int | None = None) -> str:
    """Returns an id of an object's fields, in order and with types: 16 hexadecimal characters."""
    shape = [entry.key, [[field.name, field.kind.value, field.scale] for field in entry.fields[:count]]]
    return hashlib.sha256(canonical_json(shape).encode()).hexdigest()[:16]
