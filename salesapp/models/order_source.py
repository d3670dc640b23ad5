"""Data for the order screen, besides the order itself."""

from decimal import Decimal

from salesapp.domain.documents import Cart
from salesapp.domain.objects.items import Item, ItemGroup
from salesapp.domain.pricing import PricedLine
from salesapp.models.order_choices import OrderChoices, read_choices
from salesapp.models.workplace import Workplace
from salesapp.services import adding, explaining, order_checks, picking, scanning, stock
from salesapp.services.adding import Added
from salesapp.services.explaining import Explained
from salesapp.services.scanning import Scanned
from salesapp.services.stock import Sellable


class OrderSource:
    """Reads outside the window's thread, unless a method says otherwise."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def add_item(self, customer: int, item: int) -> Added | None:
        """Adds one of an item to the customer's draft order, or to a new one; returns None if the item is gone."""
        return await self._workplace.run(adding.add_item, customer, item)

    async def units_of(self, item: int) -> list[tuple[int, str, int]]:
        """Returns key, code and decimals of an item's units, the sales unit first."""
        return await self._workplace.run(picking.units_of, item)

    def scanned(self, code: str, cart: Cart) -> list[Scanned]:
        """All that a code can mean in an order; read at once, so that no key comes between a scan and its row."""
        return scanning.scanned(self._workplace.stores, code, cart)

    def is_draft(self, record: str) -> bool:
        """Returns whether a document is one that still can be written; reads in the window's thread."""
        return adding.is_draft(self._workplace.stores, record)

    async def groups(self) -> list[ItemGroup]:
        """Returns the groups of items in display order."""
        return await self._workplace.run(lambda stores: stores.catalog.all(ItemGroup, order="position, name"))

    async def discount_limit(self) -> Decimal:
        """Returns the limit of a line's own discount plus the document's, in percent."""
        return await self._workplace.run(order_checks.discount_limit_of)

    async def reasons_of(self, cart: Cart) -> tuple[str, ...] | None:
        """Returns the profile's usual reasons of returns; None for another kind of document."""
        return await self._workplace.run(order_checks.return_reasons_of) if cart.type == "sales_return" else None

    async def sellable(self, item: int, record: str) -> Sellable:
        return await self._workplace.run(stock.sellable, item, record)

    def item_name(self, item: int) -> str:
        """Reads the name in the window's thread; empty if the item is not on the device."""
        found = self._workplace.stores.catalog.one(Item, item)
        return found.name if found else ""

    async def explain_item(self, cart: Cart, item: int) -> Explained:
        return await self._workplace.run(explaining.explain_item, cart, item)

    async def explain(self, cart: Cart, line: PricedLine) -> Explained:
        return await self._workplace.run(explaining.explain, cart, line)

    async def choices(self, cart: Cart) -> OrderChoices:
        return await self._workplace.run(read_choices, cart)
