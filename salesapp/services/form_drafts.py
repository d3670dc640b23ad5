"""What was typed in a form that is not saved yet. It is kept in work.db until the form is saved."""

from collections.abc import Callable, Mapping

import msgspec

from salesapp.store.account_stores import AccountStores

Typed = str | int | None
"""What a field holds: a text, a key, or whether it is on."""
Puts = dict[str, Callable[[Typed], object]]
"""What puts a value into each field, by the field's name and in the order of putting."""


def load(stores: AccountStores, form: str) -> dict[str, Typed]:
    """Returns the fields that were changed, by their names; empty if nothing is kept."""
    text = stores.work.flag(_flag(form))
    return msgspec.json.decode(text, type=dict[str, Typed]) if text else {}


def keep(stores: AccountStores, form: str, typed: Mapping[str, Typed]) -> None:
    """Keeps the fields that were changed, durably; none of them drops what was kept."""
    text = msgspec.json.encode(dict(typed)).decode() if typed else ""
    if text != (stores.work.flag(_flag(form)) or ""):
        stores.work.set_flag(_flag(form), text)


def put_all(values: Mapping[str, Typed], puts: Puts) -> None:
    """Puts the values that there are into their fields."""
    for name, put in puts.items():
        if name in values:
            put(values[name])


def _flag(form: str) -> str:
    return f"form {form}"
