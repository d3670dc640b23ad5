"""Test data of the benchmarks: seeded item-like rows of 12 columns and 3 indexes; auxiliary objects are empty."""

import random
from collections.abc import Iterator

from salesapp.domain.canonical import Value
from salesapp.domain.catalogue import AUXILIARY, Catalogue
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.gateway.connectors.base import Connector, DeliveredSubmission, Delivery, SourceRow

FIELDS = (
    Field("code", Kind.TEXT, required=True),
    Field("name", Kind.TEXT, required=True),
    Field("ean", Kind.TEXT),
    Field("unit", Kind.TEXT),
    Field("manufacturer", Kind.TEXT),
    Field("description", Kind.TEXT),
    Field("price", Kind.DECIMAL, scale=4),
    Field("weight", Kind.DECIMAL, scale=4),
    Field("stock", Kind.INTEGER),
    Field("is_active", Kind.BOOLEAN, required=True),
)
"""12 columns, with the primary key and the row's hash."""
INDEXES = (("code",), ("name",), ("ean",))
_WORDS = (
    *("bread", "butter", "cheese", "coffee", "cream", "flour", "honey", "juice", "lemon"),
    *("milk", "oil", "pasta", "rice", "salt", "sugar", "tea", "water", "wine"),
)


ALONE = tuple(entry for entry in AUXILIARY if not entry.references())
"""Auxiliary objects without references to others."""


def item_like(key: str) -> SyncObject:
    return SyncObject(key, "Items", FIELDS, natural_key=("code",), indexes=INDEXES)


def catalogue(objects: int = 1) -> Catalogue:
    """Returns a catalogue of item-like objects, and the attachments that every sync needs."""
    images = SyncObject(
        "attachments.images",
        "Images",
        (Field("sha256", Kind.TEXT), Field("size", Kind.INTEGER)),
        natural_key=("sha256",),
    )
    return Catalogue((*(item_like(f"items.part{number}") for number in range(objects)), images), ALONE)


class BenchConnector(Connector):
    """Generates `rows` rows of each item-like object; `changed_percent` of them differ from the first version."""

    def __init__(self, measured: Catalogue, rows: int, changed_percent: int = 0) -> None:
        self._catalogue = measured
        self._rows = rows
        self._changed = changed_percent

    @property
    def objects(self) -> frozenset[str]:
        return frozenset(self._catalogue.by_key)

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        if not entry.key.startswith("items."):
            return
        random_ = random.Random(entry.key)
        for number in range(self._rows):
            values = item_values(random_, number)
            if number % 100 < self._changed:
                values = (*values[:6], int(str(values[6])) + 100, *values[7:])
            yield SourceRow(str(number), values)

    def media(self, sha256: str) -> bytes:
        raise KeyError(sha256)

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        return Delivery("in_erp", erp_number=submission.id[:8])


def item_values(random_: random.Random, number: int) -> tuple[Value, ...]:
    """Returns the ten fields of a row."""
    words = random_.choices(_WORDS, k=3)
    return (
        f"IT-{number:07d}",
        f"{words[0].title()} {words[1]} {words[2]} {random_.randrange(1, 2000)} g",
        f"590{random_.randrange(10**10):010d}",
        random_.choice(("pcs", "box", "kg")),
        f"Maker {random_.randrange(400)}",
        f"{words[2].title()} with {words[0]}, keep cool, lot {random_.randrange(10**6)}",
        random_.randrange(1, 10**6),
        random_.randrange(1, 10**5),
        random_.randrange(1000),
        1,
    )
