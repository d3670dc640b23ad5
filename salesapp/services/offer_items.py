"""Names of the items that a promotion counts, makes cheaper or sells as a bundle."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.objects.items import Item, ItemGroup
from salesapp.domain.objects.promotions import PromotionItem
from salesapp.store.catalog_reader import CatalogReader


@dataclass(frozen=True, slots=True)
class OfferItems:
    """Names of items and groups. `parts`: (base units, name) of a bundle. All empty without roles."""

    counted: tuple[str, ...] = ()
    cheaper: tuple[str, ...] = ()
    parts: tuple[tuple[Decimal, str], ...] = ()


NO_ITEMS = OfferItems()


def offer_items(catalog: CatalogReader, promotion: int, kind: str) -> OfferItems:
    """Reads the names for a bundle or a promotion whose items have roles."""
    rows = catalog.having(PromotionItem, "promotion", (promotion,))
    is_bundle = kind == "bundle"
    if not is_bundle and not any(row.role for row in rows):
        return NO_ITEMS
    names = _names(catalog, rows)
    if is_bundle:
        one = Decimal(1)
        return OfferItems(parts=tuple((row.quantity or one, names[row.id]) for row in rows if row.id in names))
    return OfferItems(
        counted=tuple(names[row.id] for row in rows if row.role != "benefit" and row.id in names),
        cheaper=tuple(names[row.id] for row in rows if row.role != "condition" and row.id in names),
    )


def _names(catalog: CatalogReader, rows: Iterable[PromotionItem]) -> dict[int, str]:
    """Returns the names by the key of their row; rows whose item or group is gone are left out."""
    rows = list(rows)
    items = {row.id: row.name for row in catalog.having(Item, "id", {row.item for row in rows if row.item})}
    groups = {row.id: row.name for row in catalog.having(ItemGroup, "id", {row.item_group or 0 for row in rows})}
    found = {row.id: items.get(row.item or 0) or groups.get(row.item_group or 0) for row in rows}
    return {key: name for key, name in found.items() if name}
