"""Rules for rows of the ERP beyond the form of their values. An import refuses rows that break one."""

from collections.abc import Callable

from salesapp.domain.canonical import Value
from salesapp.domain.nested import decoded
from salesapp.domain.nested_checks import faults_summary
from salesapp.domain.objects.documents import Numerator
from salesapp.domain.objects.promotions import Promotion
from salesapp.domain.schema import Kind, SyncObject

Fault = tuple[str, str]
"""The wrong field of a row, and a sentence that says what is wrong."""
Rule = Callable[[tuple[Value, ...]], Fault | None]
"""Returns the fault of a row's stored values, or None."""


def _numerator(values: tuple[Value, ...]) -> Fault | None:
    numerator = Numerator.read(0, values)
    return ("pattern", f'"{numerator.pattern}": {numerator.fault}') if numerator.fault else None


def _promotion(values: tuple[Value, ...]) -> Fault | None:
    """Checks that each scale has the values its kind of promotion needs."""
    promotion = Promotion.read(0, values)
    needed = "free" if promotion.kind == "free_goods" else "value"
    for number, scale in enumerate(promotion.scales or (), 1):
        if not scale.is_complete(promotion.kind):
            return "scales", f"entry {number}, {needed}: missing (a promotion of the kind {promotion.kind} needs it)"
    return None


RULES: dict[str, Rule] = {Numerator.OBJECT.key: _numerator, Promotion.OBJECT.key: _promotion}


def broken_rule(entry: SyncObject, values: tuple[Value, ...]) -> Fault | None:
    """Returns the fault of a row by its object's rules, or None."""
    rule = RULES.get(entry.key)
    return rule(values) if rule else None


class RowChecks:
    """All checks for rows of one object, beyond the form of single values."""

    def __init__(self, entry: SyncObject) -> None:
        self._entry = entry
        self._nested = [(place, field) for place, field in enumerate(entry.fields) if field.kind is Kind.JSON]

    def fault(self, values: tuple[Value, ...]) -> Fault | None:
        """Returns the first fault of a row, or None."""
        for place, field in self._nested:
            text = values[place]
            summary = "" if text in _NOTHING else faults_summary(field, decoded(text))
            if summary:
                return field.name, summary
        return broken_rule(self._entry, values)


_NOTHING = frozenset({None, "[]"})
