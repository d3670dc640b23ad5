"""Merges of customers: the ERP names the customer that another one was merged into."""

from collections.abc import Callable


def survivor_of(customer: int, merged_into: Callable[[int], int | None]) -> int:
    """Follows merges to the customer that is left, who may be the same; a circle of merges is none.

    `merged_into` returns the customer that one was merged into, None for one that was not merged.
    """
    seen = [customer]
    while (into := merged_into(seen[-1])) is not None:
        if into in seen:
            return customer
        seen.append(into)
    return seen[-1]
