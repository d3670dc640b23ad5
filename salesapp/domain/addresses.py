"""Customers' addresses: picks the delivery and main address, and formats one on a single line."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Place(Protocol):
    """An address, from the catalogue or of a customer added on a device."""

    @property
    def kind(self) -> str: ...
    @property
    def street(self) -> str: ...
    @property
    def postal_code(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def is_default(self) -> bool: ...


P = TypeVar("P", bound=Place)


def delivery_address(addresses: Sequence[P]) -> P | None:
    """Returns the default delivery address, else any delivery address, else the first one."""
    delivery = [address for address in addresses if address.kind == "delivery"]
    return next(iter(sorted(delivery, key=lambda address: not address.is_default) or addresses), None)


def main_address(addresses: Sequence[P]) -> P | None:
    """Returns the customer's own address: the one of kind "main", else the first one."""
    main = (address for address in addresses if address.kind == "main")
    return next(main, addresses[0] if addresses else None)


def in_one_line(place: Place | None) -> str:
    """Returns street, postal code and town as a document prints them; empty without an address."""
    if place is None:
        return ""
    town = " ".join(filter(None, (place.postal_code, place.city)))
    return ", ".join(filter(None, (place.street, town)))
