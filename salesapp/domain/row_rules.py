"""Rules that a row of the ERP keeps beyond the form of its values. A row that breaks one is refused at the import."""

from collections.abc import Callable

from salesapp.domain.canonical import Value
from salesapp.domain.numbering import Numerator
from salesapp.domain.schema import SyncObject

Rule = Callable[[dict[str, Value]], tuple[str, str] | None]
"""From a row's values by field to the field and the sentence of what is wrong; None when nothing is."""


def _numerator(row: dict[str, Value]) -> tuple[str, str] | None:
    numerator = Numerator(
        str(row["document_type"]),
        str(row["symbol"]),
        str(row["pattern"]),
        str(row["period"]),
        int(row["first_number"] or 0),
    )
    return ("pattern", f'"{numerator.pattern}": {numerator.fault}') if numerator.fault else None


RULES: dict[str, Rule] = {"documents.numerators": _numerator}


def broken_rule(entry: SyncObject, values: tuple[Value, ...]) -> tuple[str, str] | None:
    """The field and the sentence of a rule that a row of an object breaks."""
    rule = RULES.get(entry.key)
    return rule(dict(zip(entry.field_names, values, strict=True))) if rule else None
