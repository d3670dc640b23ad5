"""The present stock of one item, for "check stock now" on a tablet."""

from decimal import Decimal

from sqlalchemy import select

from salesapp.domain.canonical import Value, decode_values
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.gateway.database import Database
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import STOCK, is_stock, record, stock_item
from salesapp.protocol.messages import CountedStock, StockAnswer

FORMS = "items.forms"


def stock_of(database: Database, catalogue: Catalogue, item: int, entitlement: Entitlement) -> StockAnswer | None:
    """Returns the stock in warehouses that the user may see; None for an unknown or invisible item."""
    entry = catalogue.by_key[STOCK]
    with database.read() as connection:
        scope = connection.execute(
            select(record.c.scope).where(record.c.object == FORMS, record.c.id == item)
        ).scalar_one_or_none()
        if scope is None or not entitlement.allows(scope):
            return None
        rows = connection.execute(select(record.c.scope, record.c.canonical).where(is_stock, stock_item == item)).all()
    return StockAnswer(
        item=item,
        stock=[_counted(entry, decode_values(row.canonical)) for row in rows if entitlement.allows(row.scope)],
    )


def _counted(entry: SyncObject, values: list[Value]) -> CountedStock:
    named = dict(zip(entry.field_names, values, strict=True))
    scale = next(field.scale for field in entry.fields if field.name == "quantity")
    return CountedStock(
        warehouse=int(str(named["warehouse"])),
        quantity=f"{Decimal(str(named['quantity'])).scaleb(-scale):f}",
        as_of=str(named["as_of"] or ""),
    )
