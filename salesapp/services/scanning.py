"""What a scanned code stands for: items, the unit in which each is meant, and how much of it."""

from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.barcodes import Barcode, read_barcode
from salesapp.domain.objects.items import Item
from salesapp.services.picking import units_of
from salesapp.services.units import unit_codes
from salesapp.store import items
from salesapp.store.account_stores import AccountStores

KILOGRAM = "kg"


@dataclass(frozen=True, slots=True)
class Scanned:
    """An item that a code names; `quantity` in `unit`."""

    item: int
    name: str
    code: str
    unit: int
    unit_code: str
    quantity: Decimal


def scanned(stores: AccountStores, text: str) -> list[Scanned]:
    """All that a code can mean: one item as a rule, more where the ERP gave a code twice, none for an unknown one."""
    barcode = read_barcode(text)
    hits = items.by_barcode(stores.catalog, barcode.numbers)
    rows = {item.id: item for item in stores.catalog.having(Item, "id", (item for item, _unit in hits))}
    codes = unit_codes(stores.catalog)
    found = []
    for item, unit in hits:
        row = rows[item]
        meant, quantity = _amount(stores, barcode, item, unit or row.sales_unit)
        found.append(Scanned(item, row.name, row.code, meant, codes.get(meant, ""), quantity))
    return found


def _amount(stores: AccountStores, barcode: Barcode, item: int, unit: int) -> tuple[int, Decimal]:
    """The weight counts where the item is sold by weight."""
    if barcode.weight is not None:
        for key, code, _decimals in units_of(stores, item):
            if code.lower() == KILOGRAM:
                return key, barcode.weight
    return unit, barcode.count or Decimal(1)
