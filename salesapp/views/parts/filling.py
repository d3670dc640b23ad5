"""Fills a form's fields by name, as drafts of forms do."""

from collections.abc import Callable, Mapping

from salesapp.services.form_drafts import Typed

Puts = dict[str, Callable[[Typed], object]]
"""What puts a value into each field, by the field's name and in the order of putting."""


def put_all(values: Mapping[str, Typed], puts: Puts) -> None:
    """Puts the given values into their fields."""
    for name, put in puts.items():
        if name in values:
            put(values[name])
