"""What was typed in a form that is not saved yet. It is kept in work.db until the form is saved."""

from collections.abc import Mapping

import msgspec

from salesapp.store.account_stores import AccountStores

Typed = str | int | None
"""What a field holds: a text, a key, or whether it is on."""


def load(stores: AccountStores, form: str) -> dict[str, Typed]:
    """Returns the fields that were changed, by their names; empty if nothing is kept."""
    text = stores.work.flag(_flag(form))
    return msgspec.json.decode(text, type=dict[str, Typed]) if text else {}


def keep(stores: AccountStores, form: str, typed: Mapping[str, Typed]) -> None:
    """Keeps the fields that were changed, durably; none of them drops what was kept."""
    text = msgspec.json.encode(dict(typed)).decode() if typed else ""
    if text != (stores.work.flag(_flag(form)) or ""):
        stores.work.set_flag(_flag(form), text)


def _flag(form: str) -> str:
    return f"form {form}"
