"""The rows that prices depend on, as one user's device had them at a revision: current and former versions."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column, or_, select
from sqlalchemy import Table as SqlTable

from salesapp.domain.canonical import decode_values
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.items import Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem
from salesapp.domain.rows import R, Row
from salesapp.gateway.database import cell
from salesapp.gateway.scopes import Entitlement, entitlement_of
from salesapp.gateway.tables import record, superseded

AT_ONCE = 500
Condition = Callable[[SqlTable], ColumnElement[bool]]


class RowsAt:
    """The rows of one revision that one user may see."""

    def __init__(self, connection: Connection, at_revision: int, user: str, profile: str | None) -> None:
        self._connection = connection
        self._revision = at_revision
        self._entitlement = Entitlement(everything=True, numbers=frozenset())
        self._entitlement = entitlement_of(connection, user, profile, self.whole(Profile))

    @property
    def profile(self) -> Profile | None:
        """The user's profile; for a user who sees everything it is the first one, as on the device."""
        return next(iter(self.whole(Profile)), None)

    def whole(self, kind: type[R]) -> list[R]:
        return self._rows(kind)

    def having(self, kind: type[R], field: str, values: Collection[int | str]) -> list[R]:
        return self._by(kind, field, values)

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[Price]:
        place = _place(Price, "customer")

        def is_no_others(table: SqlTable) -> ColumnElement[bool]:
            whose = cell(table.c.canonical, place)
            return or_(whose.is_(None), whose == customer) if customer is not None else whose.is_(None)

        return self._by(Price, field, values, is_no_others)

    def promotions_for_everything(self) -> list[Promotion]:
        place = _place(PromotionItem, "promotion")
        named: set[int] = set()
        for table in (record, superseded):
            found = select(cell(table.c.canonical, place)).distinct().where(*self._at(table, PromotionItem.OBJECT.key))
            named.update(self._connection.execute(found).scalars())
        return [promotion for promotion in self.whole(Promotion) if promotion.id not in named]

    def one(self, kind: type[R], id_: int | None) -> R | None:
        """Returns one row by its key; None if it did not exist."""
        found = [] if id_ is None else self.having(kind, "id", (id_,))
        return found[0] if found else None

    def has(self, key: str, id_: int) -> bool:
        """Returns whether an object had a row that the user could see."""
        return any(
            self._entitlement.allows(scope)
            for table in (record, superseded)
            for scope in self._connection.execute(
                select(table.c.scope).where(*self._at(table, key), table.c.id == id_)
            ).scalars()
        )

    def _by(self, kind: type[R], field: str, values: Collection[int | str], *more: Condition) -> list[R]:
        wanted, found = list(values), list[R]()
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            found += self._rows(kind, _is_in(kind, field, part), *more)
        return found

    def _rows(self, kind: type[R], *conditions: Condition) -> list[R]:
        found = [
            kind.read(row.id, decode_values(row.canonical))
            for table in (record, superseded)
            for row in self._stored(table, kind, conditions)
            if self._entitlement.allows(row.scope)
        ]
        return sorted(found, key=lambda row: row.id)

    def _stored(self, table: SqlTable, kind: type[Row], conditions: Iterable[Condition]) -> Iterable[Any]:
        query = select(table.c.id, table.c.scope, table.c.canonical).where(*self._at(table, kind.OBJECT.key))
        return self._connection.execute(query.where(*(condition(table) for condition in conditions)))

    def _at(self, table: SqlTable, key: str) -> list[ColumnElement[bool]]:
        """Returns the conditions for the versions of an object that were valid at the revision.

        Written so that SQLite uses the indexes of fields: with the object's name as in their conditions, and without a
        search by revision.
        """
        name: ColumnElement[str] = literal_column(f"'{key}'")
        conditions = [table.c.object == name, table.c.revision + 0 <= self._revision]
        if table is superseded:
            conditions.append(table.c.until + 0 > self._revision)
        return conditions


def _is_in(kind: type[Row], field: str, values: list[int | str]) -> Condition:
    if field == "id":
        return lambda table: table.c.id.in_(values)
    place = _place(kind, field)
    return lambda table: cell(table.c.canonical, place).in_(values)


def _place(kind: type[Row], field: str) -> int:
    return kind.OBJECT.field_names.index(field)
