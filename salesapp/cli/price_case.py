"""Reads a case for `salesapp price`: rows by object and a document, checked against the catalogue."""

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any, get_args

import msgspec

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.entries import read_entries
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import (
    ClassRate,
    ComponentType,
    Currency,
    PaymentForm,
    PriceList,
    PriceSetting,
    Rate,
    TaxClass,
    Unit,
    VatRate,
)
from salesapp.domain.objects.items import GroupLink, Item, ItemGroup, ItemUnit, Price
from salesapp.domain.objects.promotions import Promotion, PromotionItem, Scale
from salesapp.domain.price_rules.price_inputs import Rows
from salesapp.domain.pricing import DocumentInput, LineInput, PriceBook
from salesapp.domain.rows import Row
from salesapp.domain.schema import Field, Kind
from salesapp.errors import UsageError
from salesapp.textfiles import NotTextError, decoded

NEEDED: dict[type[Row], tuple[str, ...]] = {
    Unit: (),
    PriceList: ("currency",),
    Currency: ("code",),
    VatRate: ("percent",),
    ComponentType: ("kind", "value_kind"),
    PriceSetting: ("name", "value"),
    Item: ("base_unit",),
    ItemUnit: ("item", "unit", "numerator", "denominator"),
    Price: ("value",),
    ItemGroup: (),
    GroupLink: ("item", "item_group"),
    Customer: (),
    Promotion: ("kind",),
    PromotionItem: ("promotion",),
    Profile: ("code",),
    PaymentForm: (),
}
"""The objects that prices depend on, with the required fields. Other objects in a case are ignored."""

_LAST = 2**31
_DEFAULTS: dict[type[Row], dict[str, object]] = {
    PriceList: {"decimals": 2, "priority": _LAST},
    Currency: {"decimals": 2},
    Promotion: {"priority": _LAST, "threshold": "quantity"},
    Profile: {"price_age_rule": "ignore"},
}
"""What holds where a row of a case leaves a field out that an ERP must send."""
_SAME_AS = {"name": "code", "sales_unit": "base_unit"}
"""Fields that are like another one of their row where they are left out."""
_ZEROS: dict[Kind, object] = {
    Kind.TEXT: "",
    Kind.INTEGER: 0,
    Kind.DECIMAL: Decimal(),
    Kind.BOOLEAN: False,
    Kind.JSON: (),
}

_LARGEST = Decimal(10) ** 12
_MOST_DECIMALS = 10
_DOCUMENT = (
    "date",
    "currency",
    "lines",
    "customer",
    "customer_class",
    "profile",
    "discount_percent",
    "discount_amount",
    "price_type",
    "payment_form",
    "is_return",
)
_OWN_TERMS = ("discount_percent", "discount_amount", "own_price")
"""Terms of the representative, of which a line or a document has at most one."""
_LINE = ("id", "item", "unit", "quantity", *_OWN_TERMS)


def read_case(content: bytes) -> tuple[PriceBook, DocumentInput]:
    """Returns the rows and the document of a case. Raises UsageError, which names the place."""
    try:
        case = msgspec.json.decode(decoded(content))
    except NotTextError as error:
        raise UsageError(f"the case cannot be read: {error}") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise UsageError(f"the case is not JSON ({error})") from error
    found = _mapping(case, "the case", ("rows", "document"))
    given = _mapping(found.get("rows", {}), "rows", tuple(CATALOGUE.by_key))
    rows = (_rows(kind, given[kind.OBJECT.key]) for kind in NEEDED if kind.OBJECT.key in given)
    book = PriceBook(Rows(chain.from_iterable(rows)))
    if "document" not in found:
        raise UsageError("the case has no document")
    return book, _document(found["document"], book)


def _rows(kind: type[Row], given: Any) -> list[Row]:
    key = kind.OBJECT.key
    found = [_row(kind, row, f"{key}, row {number}") for number, row in enumerate(_list(given, key), 1)]
    if len({row.id for row in found}) != len(found):
        raise UsageError(f"{key}: two rows have the same id")
    return found


def _row(kind: type[Row], given: Any, where: str) -> Row:
    values = _mapping(given, where, ("id", *kind.OBJECT.field_names))
    id_ = _integer(values.get("id"), f"{where}, id")
    found: dict[str, object] = {}
    for field in kind.OBJECT.fields:
        place = f"{where}, {field.name}"
        if values.get(field.name) is not None:
            found[field.name] = _value(field, values[field.name], place)
        elif field.name in NEEDED[kind]:
            raise UsageError(f"{place}: a value is needed")
    return kind.of(id_, **_zeros(kind) | _DEFAULTS.get(kind, {}) | _like_others(kind, found) | found)


def _zeros(kind: type[Row]) -> dict[str, object]:
    """What a field is that the ERP must send."""
    return {field.name: _ZEROS.get(field.kind) for field in kind.OBJECT.fields if field.required}


def _like_others(kind: type[Row], found: Mapping[str, object]) -> dict[str, object]:
    names = kind.OBJECT.field_names
    return {name: found[other] for name, other in _SAME_AS.items() if name in names and other in found}


def _value(field: Field, given: Any, where: str) -> Any:
    match field.kind:
        case Kind.DECIMAL:
            return _decimal(given, where)
        case Kind.DATE:
            return _date(given, where).isoformat()
        case Kind.BOOLEAN:
            return _boolean(given, where)
        case Kind.INTEGER | Kind.REFERENCE:
            return _integer(given, where)
        case Kind.JSON:
            return _nested(field, given, where)
    text = _text(given, where)
    if field.choices and text not in field.choices:
        raise UsageError(f"{where}: {text} is not one of {', '.join(field.choices)}")
    return text


def _nested(field: Field, given: Any, where: str) -> Any:
    """Reads a nested list. Raises UsageError for a wrong number in rates and scales."""
    for number, entry in enumerate(_list(given, where), 1):
        place = f"{where}, entry {number}"
        if field.entry is Rate:
            fields = _mapping(entry, place, ("date", "rate"))
            _date(fields.get("date"), f"{place}, date")
            _decimal(fields.get("rate"), f"{place}, rate")
        elif field.entry is ClassRate:
            fields = _mapping(entry, place, ("tax_class", "vat_rate", "sentence"))
            if ClassRate.read(fields) is None:
                raise UsageError(f"{place}: tax_class (one of {', '.join(get_args(TaxClass))}) and vat_rate are needed")
        elif field.entry is Scale:
            fields = _mapping(entry, place, ("from", "value", "per", "free", "item", "units"))
            for key in set(fields) - {"item"}:
                _decimal(fields[key], f"{place}, {key}")
    if field.entry is not None:
        return read_entries(field.entry, given)
    return field.read(given) if field.read else given


def _document(given: Any, book: PriceBook) -> DocumentInput:
    values = _mapping(given, "document", _DOCUMENT)
    _one_own_term(values, "document")
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
        discount_amount=_optional(values, "discount_amount", _decimal) or Decimal(),
        payment_form=_optional(values, "payment_form", _integer),
        is_return=_optional(values, "is_return", _boolean) or False,
    )
    if document.currency not in book.currency_by_code:
        raise UsageError(f"document, currency: {document.currency} is not in directories.currencies")
    if document.payment_form is not None and document.payment_form not in book.payment_forms:
        raise UsageError(f"document, payment_form: {document.payment_form} is not in directories.payment_forms")
    if document.profile is not None and document.profile not in book.profiles:
        raise UsageError(f"document, profile: {document.profile} is not in auxiliary.profiles")
    if len({line.id for line in document.lines}) != len(document.lines):
        raise UsageError("document, lines: two lines have the same id")
    return document


def _line(given: Any, number: int) -> LineInput:
    where = f"document, line {number}"
    values = _mapping(given, where, _LINE)
    _one_own_term(values, where)
    id_ = values.get("id", number)
    return LineInput(
        id=str(id_) if isinstance(id_, int) else _text(id_, f"{where}, id"),
        item=_integer(values.get("item"), f"{where}, item"),
        unit=_integer(values.get("unit"), f"{where}, unit"),
        quantity=_decimal(values.get("quantity"), f"{where}, quantity"),
        discount_percent=_decimal(values.get("discount_percent", "0"), f"{where}, discount_percent"),
        discount_amount=_decimal(values.get("discount_amount", "0"), f"{where}, discount_amount"),
        own_price=None if values.get("own_price") is None else _decimal(values["own_price"], f"{where}, own_price"),
    )


def _one_own_term(values: Mapping[str, Any], where: str) -> None:
    given = [name for name in _OWN_TERMS if values.get(name) not in {None, "0", 0}]
    if len(given) > 1:
        raise UsageError(f"{where}: only one of {', '.join(given)} can be given")


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
