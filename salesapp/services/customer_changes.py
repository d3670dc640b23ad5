"""Merges a representative's changes of a known customer with the office's version.

Compares a change with its base version field by field, as in the form. Nothing is overwritten silently: if the
office changed the record too, the form shows both versions, and the value not chosen is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from salesapp.protocol.records import Address, ContactPerson, CustomerRecord
from salesapp.services.customer_rules import corrected, main_address

PLAIN = (
    "name",
    "kind",
    "tax_id",
    "phone",
    "email",
    "customer_class",
    "payment_form",
    "price_type",
    "currency",
    "notes",
)
ADDRESS = ("street", "postal_code", "city", "country")
PERSON = ("name", "position", "phone", "email")
FIELDS = (
    *("name", "kind", "tax_id"),
    *(f"address.{name}" for name in ADDRESS),
    *("phone", "email"),
    *(f"person.{name}" for name in PERSON),
    *("customer_class", "payment_form", "price_type", "currency", "notes"),
)
"""The form's fields in order: of the record, its main address and its first contact person."""
Value = str | int | None
"""The value of a field: a text, or the key of a payment form or price list."""
Side = Literal["mine", "office"]
_NOT_COMPARED = frozenset({"base_hash", "customer", "changed", "code"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value differs between device and office. `by_both`: both changed it."""

    field: str
    mine: Value
    office: Value
    by_me: bool
    by_both: bool

    @property
    def default(self) -> Side:
        """The device's side if the field was changed here, else the office's."""
        return "mine" if self.by_me else "office"


class OverwrittenValue(msgspec.Struct, frozen=True):
    """An overwritten value: whose it was, and of when (UTC; empty: unknown)."""

    field: str
    value: Value
    taken: Value
    whose: Side
    at: str = ""


class ChangeStory(msgspec.Struct, frozen=True):
    """Kept beside a change: its base version, and the overwritten values."""

    before: CustomerRecord
    not_taken: tuple[OverwrittenValue, ...] = ()


def values_of(customer: CustomerRecord) -> dict[str, Value]:
    """Returns the values of FIELDS."""
    address = main_address(customer) or Address("main")
    person = next(iter(customer.contact_persons), ContactPerson(""))
    return {
        **{name: getattr(customer, name) for name in PLAIN},
        **{f"address.{name}": getattr(address, name) for name in ADDRESS},
        **{f"person.{name}": getattr(person, name) for name in PERSON},
    }


def with_values(customer: CustomerRecord, values: Mapping[str, Value]) -> CustomerRecord:
    """Returns the customer with other values of FIELDS; further addresses and persons stay."""
    before = main_address(customer) or Address("main", is_default=True)
    country = str(values.get("address.country") or "")
    mended = {name: _corrected(f"address.{name}", getattr(before, name), values, country) for name in ADDRESS}
    address = msgspec.structs.replace(before, **mended)
    return msgspec.structs.replace(
        customer,
        addresses=[address, *(entry for entry in customer.addresses if entry is not before)],
        city=address.city,
        contact_persons=_persons(customer, values),
        **{name: _corrected(name, getattr(customer, name), values, country) for name in PLAIN},
    )


def _corrected(name: str, before: Value, values: Mapping[str, Value], country: str) -> Value:
    """Corrects a text that was typed; one that was there stays as it is."""
    typed = values[name]
    return corrected(name, typed, country) if isinstance(typed, str) and typed != before else typed


def _persons(customer: CustomerRecord, values: Mapping[str, Value]) -> list[ContactPerson]:
    before = next(iter(customer.contact_persons), ContactPerson("", is_default=True))
    typed = {name: _corrected(f"person.{name}", getattr(before, name), values, "") for name in PERSON}
    person = msgspec.structs.replace(before, **typed)
    return [*([person] if person.name else []), *customer.contact_persons[1:]]


def compare(before: CustomerRecord | None, mine: CustomerRecord, office: CustomerRecord) -> list[Difference]:
    """Returns the differences between mine and the office's; without a base version, all count as my changes."""
    own, theirs = values_of(mine), values_of(office)
    began = values_of(before) if before is not None else {}
    found = []
    for name in FIELDS:
        if own[name] != theirs[name]:
            by_me = not began or own[name] != began[name]
            by_office = not began or theirs[name] != began[name]
            found.append(Difference(name, own[name], theirs[name], by_me=by_me, by_both=by_me and by_office))
    return found


def merged(office: CustomerRecord, differences: Iterable[Difference]) -> CustomerRecord:
    """Returns the office's version with my changes."""
    mine = {found.field: found.mine for found in differences if found.default == "mine"}
    return with_values(office, values_of(office) | mine)


def not_taken(
    differences: Sequence[Difference], values: Mapping[str, Value], mine_at: str, office_at: str
) -> tuple[OverwrittenValue, ...]:
    """Returns the values that saving these overwrites: the office's if both changed a field, and mine if dropped."""
    found = []
    for one in differences:
        value = values[one.field]
        if one.by_both and value != one.office:
            found.append(OverwrittenValue(one.field, one.office, value, "office", office_at))
        if one.by_me and value != one.mine:
            found.append(OverwrittenValue(one.field, one.mine, value, "mine", mine_at))
    return tuple(found)


def changed_fields(before: CustomerRecord, after: CustomerRecord) -> list[str]:
    """Returns the names of the record's fields that an edit changed."""
    left, right = values_of(before), values_of(after)
    differ = {name for name in FIELDS if left[name] != right[name]}
    named = {"address": "addresses", "person": "contact_persons"}
    found = {named.get(part, part) for part in (name.partition(".")[0] for name in differ)}
    if "address.city" in differ:
        found.add("city")
    return [name for name in CustomerRecord.__struct_fields__ if name in found and name not in _NOT_COMPARED]
