"""What a document sold, and what a return takes back of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.documents import Cart
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.directories import Unit
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.numbers import ZERO
from salesapp.protocol.records import Document
from salesapp.store import records
from salesapp.store.account_stores import AccountStores

Sold = dict[tuple[int, int], Decimal]
"""Item and unit -> quantity."""


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A line that returns more than its document sold and earlier returns left; `sold` in the line's unit."""

    line: str
    sold: Decimal
    number: str


def too_much(stores: AccountStores, cart: Cart) -> Iterator[TooMuch]:
    """Yields the lines that return more than is left of what their document sold, as far as this device knows it."""
    wanted: dict[tuple[str, int, int], Decimal] = defaultdict(Decimal)
    for line in cart.lines:
        wanted[line.returned_from, line.item, line.unit] += line.quantity
    numbers = {line.returned_from for line in cart.lines} - {""}
    sold = {number: _sold(stores, number) for number in numbers}
    for number, item, unit, quantity in _returned(stores) if numbers else ():
        wanted[number, item, unit] += quantity
    for line in cart.lines:
        known = sold.get(line.returned_from)
        most = None if known is None else known.get((line.item, line.unit), ZERO)
        if most is not None and wanted[line.returned_from, line.item, line.unit] > most:
            yield TooMuch(line.id, most, line.returned_from)


def _sold(stores: AccountStores, number: str) -> Sold | None:
    """Returns the quantities that a document sold; None if this device does not know it."""
    with stores.work.read() as connection:
        own = records.find_confirmed(connection, number, Document)
    if own is not None:
        return _added((line.item, line.unit, Decimal(line.quantity)) for line in own.payload.lines)
    rows = stores.catalog.having(ErpDocument, "erp_number", (number,))
    rows = rows or stores.catalog.having(ErpDocument, "number", (number,))
    if not rows:
        return None
    items = stores.catalog.having(Item, "code", {line.item for line in rows[0].lines})
    keys, units = {item.code: item.id for item in items}, {unit.code: unit.id for unit in stores.catalog.all(Unit)}
    return _added(
        (keys[line.item], units[line.unit], line.quantity)
        for line in rows[0].lines
        if line.item in keys and line.unit in units
    )


def _returned(stores: AccountStores) -> Iterator[tuple[str, int, int, Decimal]]:
    """Yields number, item, unit and quantity of the lines of earlier returns of this device."""
    with stores.work.read() as connection:
        earlier = records.find_returns(connection, Document)
    for entry in earlier:
        for line in entry.payload.lines:
            yield line.returned_from, line.item, line.unit, -Decimal(line.quantity)


def _added(quantities: Iterable[tuple[int, int, Decimal]]) -> Sold:
    found: Sold = defaultdict(Decimal)
    for item, unit, quantity in quantities:
        found[item, unit] += quantity
    return found
