"""The rows that prices depend on, as one user's device had them at a revision: current and former versions."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column, or_, select
from sqlalchemy import Table as SqlTable

from salesapp.domain.canonical import decode_values
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.price_rules.price_inputs import PROFILES
from salesapp.domain.rows import row_of
from salesapp.gateway.database import cell
from salesapp.gateway.scopes import Entitlement, entitlement_of
from salesapp.gateway.tables import record, superseded

AT_ONCE = 500
Condition = Callable[[SqlTable], ColumnElement[bool]]


class RowsAt:
    """The rows of one revision that one user may see."""

    def __init__(
        self, connection: Connection, catalogue: Catalogue, at_revision: int, user: str, profile: str | None
    ) -> None:
        self._connection = connection
        self._catalogue = catalogue
        self._revision = at_revision
        self._entitlement = Entitlement(everything=True, numbers=frozenset())
        self._entitlement = entitlement_of(connection, user, profile, self.whole(PROFILES))

    @property
    def profile(self) -> dict[str, Any] | None:
        """The user's profile; for a user who sees everything it is the first one, as on the device."""
        return next(iter(self.whole(PROFILES)), None)

    def whole(self, key: str) -> list[dict[str, Any]]:
        return self._rows(key)

    def having(self, key: str, field: str, values: Collection[Any]) -> list[dict[str, Any]]:
        return self._by(key, field, values)

    def prices(self, field: str, values: Collection[int], customer: int | None) -> list[dict[str, Any]]:
        place = self._place("items.prices", "customer")

        def is_no_others(table: SqlTable) -> ColumnElement[bool]:
            whose = cell(table.c.canonical, place)
            return or_(whose.is_(None), whose == customer) if customer is not None else whose.is_(None)

        return self._by("items.prices", field, values, is_no_others)

    def promotions_for_everything(self) -> list[dict[str, Any]]:
        place = self._place("promotions.items", "promotion")
        named: set[int] = set()
        for table in (record, superseded):
            found = select(cell(table.c.canonical, place)).distinct().where(*self._at(table, "promotions.items"))
            named.update(self._connection.execute(found).scalars())
        return [header for header in self.whole("promotions.headers") if header["id"] not in named]

    def row(self, key: str, id_: int | None) -> dict[str, Any] | None:
        """Returns one record by its key; None if it did not exist."""
        found = [] if id_ is None else self.having(key, "id", (id_,))
        return found[0] if found else None

    def _by(self, key: str, field: str, values: Collection[Any], *more: Condition) -> list[dict[str, Any]]:
        wanted, found = list(values), list[dict[str, Any]]()
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            found += self._rows(key, self._is_in(key, field, part), *more)
        return found

    def _is_in(self, key: str, field: str, values: list[Any]) -> Condition:
        if field == "id":
            return lambda table: table.c.id.in_(values)
        place = self._place(key, field)
        return lambda table: cell(table.c.canonical, place).in_(values)

    def _rows(self, key: str, *conditions: Condition) -> list[dict[str, Any]]:
        entry = self._catalogue.by_key[key]
        found = [
            row_of(entry, row.id, decode_values(row.canonical))
            for table in (record, superseded)
            for row in self._stored(table, key, conditions)
            if self._entitlement.allows(row.scope)
        ]
        return sorted(found, key=lambda row: int(row["id"]))

    def _stored(self, table: SqlTable, key: str, conditions: Iterable[Condition]) -> Iterable[Any]:
        query = select(table.c.id, table.c.scope, table.c.canonical).where(*self._at(table, key))
        return self._connection.execute(query.where(*(condition(table) for condition in conditions)))

    def _at(self, table: SqlTable, key: str) -> list[ColumnElement[bool]]:
        """Returns the conditions for the versions of an object that were valid at the revision.

        Written so that SQLite uses the indexes of fields: with the object's name as in their conditions, and without a
        search by revision.
        """
        conditions = [table.c.object == literal_column(f"'{key}'"), table.c.revision + 0 <= self._revision]
        if table is superseded:
            conditions.append(table.c.until + 0 > self._revision)
        return conditions

    def _place(self, key: str, field: str) -> int:
        return self._catalogue.by_key[key].field_names.index(field)
