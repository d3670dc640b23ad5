"""Scopes: the parts of the rows that a user may see. Each row is in exactly one scope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select

from salesapp.domain.canonical import decode_values
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.rows import row_of
from salesapp.domain.schema import EVERYONE
from salesapp.gateway.accounts import names_of
from salesapp.gateway.tables import record
from salesapp.gateway.tables import scope as scope_table

PROFILES = "auxiliary.profiles"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The scopes of one user, as numbers."""

    everything: bool
    numbers: frozenset[int]

    def allows(self, scope: int) -> bool:
        return self.everything or scope in self.numbers


def scope_number(connection: Connection, name: str) -> int:
    """Returns the number of a scope, assigned in this write transaction if the name is new."""
    number: int | None = connection.execute(select(scope_table.c.id).where(scope_table.c.name == name)).scalar()
    if number is None:
        number = int(connection.execute(select(func.coalesce(func.max(scope_table.c.id), 0))).scalar_one()) + 1
        connection.execute(insert(scope_table).values(id=number, name=name))
    return number


def entitlement(connection: Connection, catalogue: Catalogue, user: str, profile: str | None) -> Entitlement:
    """Returns a user's scopes: everything without a profile, else own rows, the profile's, its lists and warehouses."""
    entry = catalogue.by_key[PROFILES]
    rows = connection.execute(select(record.c.canonical).where(record.c.object == entry.key)).scalars()
    return entitlement_of(connection, user, profile, (row_of(entry, 0, decode_values(text)) for text in rows))


def entitlement_of(
    connection: Connection, user: str, profile: str | None, profiles: Iterable[Mapping[str, Any]]
) -> Entitlement:
    """Does the same with given profile rows, for example those of a former revision."""
    known = {name: number for number, name in connection.execute(select(scope_table.c.id, scope_table.c.name))}
    if profile is None:
        return Entitlement(everything=True, numbers=frozenset(known.values()))
    names = {EVERYONE, f"profile:{profile}", *(f"rep:{name}" for name in names_of(connection, user))}
    for row in profiles:
        if row["code"] == profile:
            names |= {f"price_list:{code}" for code in row["price_types"]}
            names |= {f"warehouse:{code}" for code in row["warehouses"]}
    return Entitlement(everything=False, numbers=frozenset(known[name] for name in names if name in known))
