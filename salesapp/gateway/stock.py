"""The present stock of one item, for "check stock now" on a tablet."""

from sqlalchemy import select

from salesapp.domain.canonical import decode_values
from salesapp.domain.objects.items import Item, Stock
from salesapp.gateway.database import Database
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import is_stock, record, stock_item
from salesapp.protocol.messages import CountedStock, StockAnswer


def stock_of(database: Database, item: int, entitlement: Entitlement) -> StockAnswer | None:
    """Returns the stock in warehouses that the user may see; None for an unknown or invisible item."""
    with database.read() as connection:
        scope = connection.execute(
            select(record.c.scope).where(record.c.object == Item.OBJECT.key, record.c.id == item)
        ).scalar_one_or_none()
        if scope is None or not entitlement.allows(scope):
            return None
        rows = connection.execute(select(record.c.scope, record.c.canonical).where(is_stock, stock_item == item)).all()
    allowed = (Stock.read(0, decode_values(row.canonical)) for row in rows if entitlement.allows(row.scope))
    return StockAnswer(item=item, stock=[_counted(stock) for stock in allowed])


def _counted(stock: Stock) -> CountedStock:
    return CountedStock(warehouse=stock.warehouse, quantity=f"{stock.quantity:f}", as_of=stock.as_of or "")
