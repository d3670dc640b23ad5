"""Patterns of document numbers, and the check that a pattern never gives a number twice."""

import re
from dataclasses import dataclass
from string import Formatter

PLACEHOLDERS = ("symbol", "number", "month", "year", "series")
NEEDED = {"month": ("number", "month", "year", "series"), "year": ("number", "year", "series")}
"""The placeholders that a pattern needs, by the period after which numbers restart."""
NEEDED_ALWAYS = ("number", "series")
MOST_DIGITS = 20
_WIDTH = re.compile(r"\d{0,2}d?")


def fault_of(pattern: str, symbol: str, period: str) -> str:
    """Returns why a pattern cannot be used and how to fix it; empty if numbers are always unique.

    Numbers must differ across periods, and across the series of all devices of all users.
    """
    try:
        parts = _parse(pattern, symbol)
    except ValueError as error:
        return str(error)
    named = {part.name for part in parts}
    missing = [name for name in NEEDED.get(period, NEEDED_ALWAYS) if name not in named]
    if missing:
        return f"numbers would come twice: add {' and '.join(f'{{{name}}}' for name in missing)}"
    if _runs_together(parts):
        return "numbers would come twice: put a character that is no digit between {number} and {series}"
    return ""


@dataclass(frozen=True, slots=True)
class _Part:
    """A placeholder (`name`), or fixed text."""

    name: str = ""
    text: str = ""


def _parse(pattern: str, symbol: str) -> list[_Part]:
    """Returns the parts of a pattern. Raises ValueError, with a sentence for the user, if it is malformed."""
    try:
        parsed = list(Formatter().parse(pattern))
    except ValueError as error:
        raise ValueError(f"not a pattern ({error}): write placeholders as {{number}}") from error
    parts: list[_Part] = []
    for text, name, spec, conversion in parsed:
        parts.append(_Part(text=text))
        if name is None:
            continue
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            raise ValueError(f"{{{name}}} is no placeholder: there are {known}")
        _check_form(name, spec or "", conversion)
        parts.append(_Part(text=symbol) if name == "symbol" else _Part(name))
    return parts


def _check_form(name: str, spec: str, conversion: str | None) -> None:
    """Raises ValueError unless the format is empty or the number's digits; others could cut off the difference."""
    if conversion or (spec and name != "number"):
        raise ValueError(f"write {{{name}}} without a form")
    if not _WIDTH.fullmatch(spec) or int(spec.rstrip("d") or "0") > MOST_DIGITS:
        raise ValueError(f"write {{number}}, or {{number:06}} for 6 digits (at most {MOST_DIGITS})")


def _runs_together(parts: list[_Part]) -> bool:
    """Returns whether only digits separate a number and a series: 1 and 1A would read as 11 and A."""
    last, is_apart = "", False
    for part in parts:
        if part.name in {"number", "series"}:
            if last and last != part.name and not is_apart:
                return True
            last, is_apart = part.name, False
        elif part.text and not re.fullmatch("[0-9]*", part.text):
            is_apart = True
    return False
