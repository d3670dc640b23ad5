"""Reads a case for `salesapp price`: rows by object and a document, checked against the catalogue."""

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.pricing import DocumentInput, LineInput, PriceBook
from salesapp.domain.schema import Field, Kind, SyncObject
from salesapp.errors import UsageError
from salesapp.textfiles import NotTextError, decoded

NEEDED: dict[str, tuple[str, ...]] = {
    "directories.units": (),
    "directories.price_types": ("currency",),
    "directories.currencies": ("code",),
    "directories.vat_rates": ("percent",),
    "directories.price_discount_types": ("kind", "value_kind"),
    "directories.global_price_configuration": ("name", "value"),
    "items.forms": ("base_unit",),
    "items.units": ("item", "unit", "numerator", "denominator"),
    "items.prices": ("value",),
    "items.groups": (),
    "items.group_links": ("item", "item_group"),
    "customers.customers": (),
    "promotions.headers": ("kind",),
    "promotions.items": ("promotion",),
    "auxiliary.profiles": ("code",),
}
"""The objects that prices depend on, with the required fields. Other objects in a case are ignored."""

_LARGEST = Decimal(10) ** 12
_MOST_DECIMALS = 10
_EMPTY: dict[Kind, Any] = {Kind.BOOLEAN: False}
_DOCUMENT = ("date", "currency", "lines", "customer", "customer_class", "profile", "discount_percent", "price_type")
_LINE = ("id", "item", "unit", "quantity", "discount_percent")


def read_case(content: bytes) -> tuple[PriceBook, DocumentInput]:
    """Returns the rows and the document of a case. Raises UsageError, which names the place."""
    try:
        case = msgspec.json.decode(decoded(content))
    except NotTextError as error:
        raise UsageError(f"the case cannot be read: {error}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise UsageError(f"the case is not JSON ({error})") from error
    found = _mapping(case, "the case", ("rows", "document"))
    rows = _mapping(found.get("rows", {}), "rows", tuple(CATALOGUE.by_key))
    book = PriceBook({key: _rows(CATALOGUE.by_key[key], entries) for key, entries in rows.items() if key in NEEDED})
    if "document" not in found:
        raise UsageError("the case has no document")
    return book, _document(found["document"], book)


def _rows(entry: SyncObject, rows: Any) -> list[dict[str, Any]]:
    found = [_row(entry, row, f"{entry.key}, row {number}") for number, row in enumerate(_list(rows, entry.key), 1)]
    keys = {row["id"] for row in found}
    if len(keys) != len(found):
        raise UsageError(f"{entry.key}: two rows have the same id")
    return found


def _row(entry: SyncObject, row: Any, where: str) -> dict[str, Any]:
    values = _mapping(row, where, ("id", *entry.field_names))
    found: dict[str, Any] = {"id": _integer(values.get("id"), f"{where}, id")}
    for field in entry.fields:
        given, place = values.get(field.name), f"{where}, {field.name}"
        if given is not None:
            found[field.name] = _value(field, given, place)
        elif field.name in NEEDED[entry.key]:
            raise UsageError(f"{place}: a value is needed")
        else:
            found[field.name] = [] if field.kind is Kind.JSON else _EMPTY.get(field.kind)
    return found


def _value(field: Field, given: Any, where: str) -> Any:
    match field.kind:
        case Kind.DECIMAL:
            return _decimal(given, where)
        case Kind.DATE:
            return _date(given, where)
        case Kind.BOOLEAN:
            return _boolean(given, where)
        case Kind.INTEGER | Kind.REFERENCE:
            return _integer(given, where)
        case Kind.JSON:
            return _nested(field.name, given, where)
    text = _text(given, where)
    if field.choices and text not in field.choices:
        raise UsageError(f"{where}: {text} is not one of {', '.join(field.choices)}")
    return text


def _nested(name: str, given: Any, where: str) -> list[Any]:
    """Reads a nested list. Raises UsageError for a wrong number in rates and scales."""
    entries = _list(given, where)
    for number, entry in enumerate(entries, 1):
        place = f"{where}, entry {number}"
        if name == "rates":
            fields = _mapping(entry, place, ("date", "rate"))
            _date(fields.get("date"), f"{place}, date")
            _decimal(fields.get("rate"), f"{place}, rate")
        elif name == "scales":
            fields = _mapping(entry, place, ("from", "value", "per", "free", "item"))
            for key in set(fields) - {"item"}:
                _decimal(fields[key], f"{place}, {key}")
    return entries


def _document(given: Any, book: PriceBook) -> DocumentInput:
    values = _mapping(given, "document", _DOCUMENT)
    lines = _list(values.get("lines", []), "document, lines")
    document = DocumentInput(
        date=_date(values.get("date"), "document, date"),
        currency=_text(values.get("currency"), "document, currency"),
        lines=tuple(_line(line, number) for number, line in enumerate(lines, 1)),
        customer=_optional(values, "customer", _integer),
        customer_class=_optional(values, "customer_class", _text),
        profile=_optional(values, "profile", _text),
        discount_percent=_optional(values, "discount_percent", _decimal) or Decimal(),
        price_type=_optional(values, "price_type", _integer),
    )
    if document.currency not in book.currency_by_code:
        raise UsageError(f"document, currency: {document.currency} is not in directories.currencies")
    if document.profile is not None and document.profile not in book.profiles:
        raise UsageError(f"document, profile: {document.profile} is not in auxiliary.profiles")
    if len({line.id for line in document.lines}) != len(document.lines):
        raise UsageError("document, lines: two lines have the same id")
    return document


def _line(given: Any, number: int) -> LineInput:
    where = f"document, line {number}"
    values = _mapping(given, where, _LINE)
    id_ = values.get("id", number)
    return LineInput(
        id=str(id_) if isinstance(id_, int) else _text(id_, f"{where}, id"),
        item=_integer(values.get("item"), f"{where}, item"),
        unit=_integer(values.get("unit"), f"{where}, unit"),
        quantity=_decimal(values.get("quantity"), f"{where}, quantity"),
        discount_percent=_decimal(values.get("discount_percent", "0"), f"{where}, discount_percent"),
    )


def _optional(values: Mapping[str, Any], name: str, read: Any) -> Any:
    return None if values.get(name) is None else read(values[name], f"document, {name}")


def _mapping(given: Any, where: str, names: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise UsageError(f"{where}: an object in braces is needed")
    for name in given:
        if name not in names:
            raise UsageError(f"{where}: unknown field {name}")
    return given


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise UsageError(f"{where}: a list in brackets is needed")
    return given


def _text(given: Any, where: str) -> str:
    if not isinstance(given, str) or not given:
        raise UsageError(f"{where}: a text is needed")
    return given


def _integer(given: Any, where: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise UsageError(f"{where}: a whole number is needed")
    return given


def _boolean(given: Any, where: str) -> bool:
    if not isinstance(given, bool):
        raise UsageError(f"{where}: true or false is needed")
    return given


def _date(given: Any, where: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(_text(given, where))
    except ValueError as error:
        raise UsageError(f"{where}: {given} is not a date like 2026-03-01") from error


def _decimal(given: Any, where: str) -> Decimal:
    """Reads a number from a string, or from a JSON integer; raises UsageError for a float."""
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise UsageError(f'{where}: a number in quotation marks is needed, like "12.50"')
    try:
        found = Decimal(given)
    except InvalidOperation as error:
        raise UsageError(f'{where}: {given} is not a number like "12.50"') from error
    exponent = found.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_DECIMALS or abs(found) > _LARGEST:
        raise UsageError(f"{where}: {given} is too large or has too many decimals")
    return found
