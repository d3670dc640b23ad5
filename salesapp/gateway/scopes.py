"""Scopes: which part of the rows a user is entitled to. Each row lies in exactly one scope."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, func, insert, select

from salesapp.domain.canonical import Value, decode_values
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import EVERYONE, SyncObject
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
    """The number of a scope, given in this write transaction when the name is new."""
    number: int | None = connection.execute(select(scope_table.c.id).where(scope_table.c.name == name)).scalar()
    if number is None:
        number = int(connection.execute(select(func.coalesce(func.max(scope_table.c.id), 0))).scalar_one()) + 1
        connection.execute(insert(scope_table).values(id=number, name=name))
    return number


def entitlement(connection: Connection, catalogue: Catalogue, user: str, profile: str | None) -> Entitlement:
    """A user without a profile sees everything; else the own rows, the profile's, and its lists and warehouses."""
    known = {name: number for number, name in connection.execute(select(scope_table.c.id, scope_table.c.name))}
    if profile is None:
        return Entitlement(everything=True, numbers=frozenset(known.values()))
    names = {EVERYONE, f"rep:{user}", f"profile:{profile}"}
    names |= _names_of_profile(connection, catalogue.by_key[PROFILES], profile)
    return Entitlement(everything=False, numbers=frozenset(known[name] for name in names if name in known))


def _names_of_profile(connection: Connection, entry: SyncObject, code: str) -> set[str]:
    position = {name: index for index, name in enumerate(entry.field_names)}
    rows = connection.execute(select(record.c.canonical).where(record.c.object == entry.key)).scalars()
    for canonical in rows:
        values = decode_values(canonical)
        if values[position["code"]] == code:
            return {
                f"{prefix}:{name}"
                for prefix, field_name in (("price_list", "price_types"), ("warehouse", "warehouses"))
                for name in _codes(values[position[field_name]])
            }
    return set()


def _codes(value: Value) -> list[str]:
    return msgspec.json.decode(str(value), type=list[str])
