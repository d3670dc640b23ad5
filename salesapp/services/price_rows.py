"""The rows that prices follow from, out of the tablet's catalogue.

Directories, groups and the profile are kept until the catalogue changes; everything else is read by key each time, so
that a page of 64 items takes a few milliseconds out of millions of prices.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from salesapp.domain.price_rules.price_inputs import DIRECTORIES, PROFILES, Rows, gather
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader

Row = dict[str, Any]

_kept: "WeakKeyDictionary[CatalogReader, tuple[int, Rows]]" = WeakKeyDictionary()


def rows_for(
    stores: AccountStores, items: Iterable[int], customer: int | None, *, all_promotions: bool = False
) -> Rows:
    """The rows of each object that prices of these items for this customer need, keyed by object."""
    return gather(_Catalog(stores.catalog), items, customer, all_promotions=all_promotions)


def profile_of(catalog: CatalogReader) -> Row | None:
    """The representative's profile; None before the first sync. Someone who sees everything works with the first."""
    profiles = directories(catalog)[PROFILES]
    return profiles[0] if profiles else None


def directory(catalog: CatalogReader, key: str) -> list[Row]:
    """All rows of one of the small objects, kept until the catalogue changes. Not to be changed."""
    return directories(catalog)[key]


@dataclass(frozen=True, slots=True)
class _Catalog:
    """catalog.db as the rows of prices are asked for."""

    catalog: CatalogReader

    def whole(self, key: str) -> list[Row]:
        small = directories(self.catalog)
        return small[key] if key in small else self.catalog.rows(key)

    def having(self, key: str, field: str, values: Collection[Any]) -> list[Row]:
        return self._by(key, field, values)

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[Row]:
        of_others = "(+customer IS NULL OR +customer = ?)"  # not by the customers' index
        return self._by("items.prices", field, values, f" AND {of_others}", (customer,))

    def promotions_for_everything(self) -> list[Row]:
        return self.catalog.rows("promotions.headers", "id NOT IN (SELECT promotion FROM promotions_items)")

    def _by(
        self, key: str, field: str, values: Collection[Any], more: str = "", parameters: tuple[Any, ...] = ()
    ) -> list[Row]:
        """The rows whose field has one of these values, 500 values at a time."""
        found: list[Row] = []
        wanted = list(values)
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            where = f'"{field}" IN ({", ".join("?" * len(part))}){more}'
            found += self.catalog.rows(key, where, (*part, *parameters))
        return found


def directories(catalog: CatalogReader) -> Rows:
    """All rows of the small objects by key, kept until the catalogue changes. Not to be changed."""
    version = int(catalog.query("PRAGMA data_version")[0][0])
    kept = _kept.get(catalog)
    if kept is None or kept[0] != version:
        rows = {key: catalog.rows(key) for key in DIRECTORIES}
        rows[PROFILES] = catalog.rows(PROFILES, limit=1)
        _kept[catalog] = kept = (version, rows)
    return kept[1]
