"""Checks a segment before anything of it is used: exactly the expected tables, with values of the right kinds.

A separate connection reads it, so that a bad file never comes near the catalogue. The order matters:
the header, the text of the schema, the pages, and only then the rows.
"""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.errors import ObjectError
from salesapp.protocol.limits import MAX_NESTED_CHARACTERS, MAX_TEXT_CHARACTERS
from salesapp.protocol.messages import SegmentRef
from salesapp.protocol.segments import CREATE_TOMBSTONE, PAGE_SIZE, TOMBSTONE, UPSERT, create_table, layouts
from salesapp.store.catalog import column_list, hashes_follow
from salesapp.store.encrypted import translate_errors
from salesapp.store.plain import PlainFile

SAMPLE_ROWS = 64
LONGEST_S = 60.0
"""Seconds after which checking a file is given up."""
_OPCODES = 100_000
_MAGIC = b"SQLite format 3\0"
_AT_ONCE = 200
_UTF8_BYTES = 4
"""The longest UTF-8 encoding of a character."""


class SegmentCheck:
    """A plain file without a name, and the connection that reads it."""

    def __init__(self, folder: Path) -> None:
        self._connection: Any = None
        self.file = PlainFile(folder, self._open)

    def _open(self, path: Path) -> None:
        with translate_errors(path):
            self._connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)

    def run(self, entry: SyncObject, segment: SegmentRef) -> None:
        """Raises ObjectError unless the file is what the manifest says; closes the connection."""
        self.file.flush()
        with closing(self._connection), _limited(self._connection):
            try:
                _check_head(self.file.head(100), segment.unpacked)
                fields = _check_schema(self._connection, entry)
                _check_pages(self._connection)
                _check_rows(self._connection, entry, segment, fields)
            except sqlcipher.Error as error:
                raise ObjectError("object.segment_damaged") from error

    def close(self) -> None:
        self._connection.close()
        self.file.close()


@contextmanager
def _limited(connection: Any) -> Iterator[None]:
    """Interrupts a statement that runs for too long."""
    end = time.monotonic() + LONGEST_S
    connection.set_progress_handler(lambda: int(time.monotonic() > end), _OPCODES)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}").close()
    yield


def _check_head(head: bytes, size: int) -> None:
    """Raises ObjectError unless the header is the gateway's: page size, no write-ahead log, nothing reserved, UTF-8."""
    expected = _MAGIC + PAGE_SIZE.to_bytes(2, "big") + bytes((1, 1, 0, 64, 32, 32))
    if head[:24] != expected or head[52:56] != bytes(4) or head[56:60] != bytes((0, 0, 0, 1)) or size % PAGE_SIZE:
        raise ObjectError("object.segment_damaged")


def _check_schema(connection: Any, entry: SyncObject) -> int:
    """Returns the number of the object's fields in the file.

    Raises ObjectError unless the schema has exactly the statements of one of its layouts: nothing more, nothing else.
    """
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT 3").fetchall()
    dead = ("table", TOMBSTONE, TOMBSTONE, CREATE_TOMBSTONE)
    for count in reversed(layouts(entry)):
        if found == [("table", UPSERT, UPSERT, create_table(entry, UPSERT, count)), dead]:
            return count
    raise ObjectError("object.schema")


def _check_pages(connection: Any) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
        raise ObjectError("object.segment_damaged")


def _check_rows(connection: Any, entry: SyncObject, segment: SegmentRef, fields: int) -> None:
    for table, expected in ((UPSERT, segment.rows), (TOMBSTONE, segment.tombstones)):
        count = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if count != expected:
            raise ObjectError("object.count", rows=count, expected=expected)
    wrong = f"SELECT 1 FROM {UPSERT} WHERE {_is_wrong(entry.fields[:fields])} LIMIT 1"
    if connection.execute(wrong, (segment.scope, segment.key_from, segment.key_to)).fetchone():
        raise ObjectError("object.malformed")
    _check_text(connection, entry.fields[:fields])
    if segment.rows and not hashes_follow(entry, _sample(connection, entry, fields)):
        raise ObjectError("object.digest")


def _is_wrong(fields: Sequence[Field]) -> str:
    """Returns the SQL condition for an impossible row. Checks types and lengths only, which reads no long values."""
    conditions = [
        "scope IS NOT ?1",
        "id < coalesce(?2, 1)",
        "id > coalesce(?3, id)",
        "typeof(row_hash) != 'integer'",
        *(condition for field in fields for condition in _field_is_wrong(field)),
    ]
    return " OR ".join(conditions)


def _field_is_wrong(field: Field) -> Iterator[str]:
    kind = field.sql_type.lower()
    yield f"typeof(\"{field.name}\") NOT IN ('{kind}', 'null')"
    if field.sql_type == "TEXT":
        longest = MAX_NESTED_CHARACTERS if field.kind is Kind.JSON else MAX_TEXT_CHARACTERS
        yield f'octet_length("{field.name}") > {longest * _UTF8_BYTES}'
    if field.kind is Kind.JSON:
        yield f'NOT json_valid("{field.name}")'


def _check_text(connection: Any, fields: Sequence[Field]) -> None:
    """Raises ObjectError unless all texts are UTF-8, which SQLite does not check."""
    names = ", ".join(f'"{field.name}"' for field in fields if field.sql_type == "TEXT")
    if not names:
        return
    some = f"SELECT id, concat_ws(char(10), {names}) AS texts FROM {UPSERT} WHERE id > ? ORDER BY id LIMIT {_AT_ONCE}"
    joined = f"SELECT max(id), CAST(group_concat(texts, char(10)) AS BLOB) FROM ({some})"
    last, text = connection.execute(joined, (0,)).fetchone()
    while last is not None:
        try:
            str(text or b"", "utf-8")
        except UnicodeDecodeError as error:
            raise ObjectError("object.malformed") from error
        last, text = connection.execute(joined, (last,)).fetchone()


def _sample(connection: Any, entry: SyncObject, fields: int) -> list[tuple[object, ...]]:
    """Returns a random sample of rows."""
    low, high = connection.execute(f"SELECT min(id), max(id) FROM {UPSERT}").fetchone()
    starts = (random.randint(low, high) for _ in range(SAMPLE_ROWS // 8))  # noqa: S311
    query = f"SELECT {column_list(entry, fields)} FROM {UPSERT} WHERE id >= ? LIMIT 8"
    return [row for start in starts for row in connection.execute(query, (start,))]
