"""Reads the rows needed for pricing from the tablet's catalogue.

Caches directories, groups and the profile until the catalogue changes; reads everything else by key each time, so
a page of 64 items takes a few milliseconds among millions of prices.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.items import Price
from salesapp.domain.objects.promotions import Promotion
from salesapp.domain.price_rules.price_inputs import DIRECTORIES, Rows, gather
from salesapp.domain.rows import R
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader

_AT_ONCE = 500

_kept: "WeakKeyDictionary[CatalogReader, tuple[int, Rows]]" = WeakKeyDictionary()


def rows_for(
    stores: AccountStores, items: Iterable[int], customer: int | None, *, all_promotions: bool = False
) -> Rows:
    """Returns the rows needed to price these items for this customer."""
    return gather(_Catalog(stores.catalog), items, customer, all_promotions=all_promotions)


def profile_of(catalog: CatalogReader) -> Profile | None:
    """Returns the representative's profile, the first one for a user who sees all; None before the first sync."""
    profiles = directory(catalog, Profile)
    return profiles[0] if profiles else None


def directory(catalog: CatalogReader, kind: type[R]) -> list[R]:
    """Returns all rows of a small object, cached until the catalogue changes. Do not modify them."""
    return directories(catalog).all(kind)


def directories(catalog: CatalogReader) -> Rows:
    """Returns all rows of the small objects, cached until the catalogue changes. Do not modify them."""
    version = int(catalog.query("PRAGMA data_version")[0][0])
    kept = _kept.get(catalog)
    if kept is None or kept[0] != version:
        small = (row for kind in DIRECTORIES for row in catalog.all(kind))
        _kept[catalog] = kept = (version, Rows(chain(small, catalog.all(Profile, limit=1))))
    return kept[1]


@dataclass(frozen=True, slots=True)
class _Catalog:
    """catalog.db as a source of rows for pricing."""

    catalog: CatalogReader

    def whole(self, kind: type[R]) -> list[R]:
        return directory(self.catalog, kind) if kind in _SMALL else self.catalog.all(kind)

    def having(self, kind: type[R], field: str, values: Collection[int | str]) -> list[R]:
        return self.catalog.having(kind, field, values)

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[Price]:
        of_others = "(+customer IS NULL OR +customer = ?)"  # the plus keeps SQLite from using the customers' index
        wanted, found = list(values), list[Price]()
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            where = f'"{field}" IN ({", ".join("?" * len(part))}) AND {of_others}'
            found += self.catalog.all(Price, where, (*part, customer))
        return found

    def promotions_for_everything(self) -> list[Promotion]:
        return self.catalog.all(Promotion, "id NOT IN (SELECT promotion FROM promotions_items)")


_SMALL = frozenset({*DIRECTORIES, Profile})
