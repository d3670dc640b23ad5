"""Scopes: the parts of the rows that a user may see. Each row is in exactly one scope."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.schema import EVERYONE
from salesapp.gateway.accounts import names_of
from salesapp.gateway.current_rows import current_rows
from salesapp.gateway.tables import scope as scope_table


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


def entitlement(connection: Connection, user: str, profile: str | None) -> Entitlement:
    """Returns a user's scopes: everything without a profile, else own rows, the profile's, its lists and warehouses."""
    return entitlement_of(connection, user, profile, current_rows(connection, Profile))


def entitlement_of(connection: Connection, user: str, profile: str | None, profiles: Iterable[Profile]) -> Entitlement:
    """Does the same with given profiles, for example those of a former revision."""
    numbers = {name: number for number, name in connection.execute(select(scope_table.c.id, scope_table.c.name))}
    if profile is None:
        return Entitlement(everything=True, numbers=frozenset(numbers.values()))
    names = {EVERYONE, f"profile:{profile}", *(f"rep:{name}" for name in names_of(connection, user))}
    for known in profiles:
        if known.code == profile:
            names |= {f"price_list:{code}" for code in known.price_types}
            names |= {f"warehouse:{code}" for code in known.warehouses}
    return Entitlement(everything=False, numbers=frozenset(numbers[name] for name in names if name in numbers))
