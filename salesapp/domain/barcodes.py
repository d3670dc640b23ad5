"""What a scanned barcode says: the numbers under which an item may be stored, and how much of it.

EAN-8, EAN-13, UPC-A and GTIN-14 are one number with more or fewer zeros in front; UPC-E is a short form of UPC-A. GS1
element strings carry the number with a count or a weight. Which item has a number is for the store to say.
"""

from dataclasses import dataclass
from decimal import Decimal

from biip import ParseConfig, ParseError
from biip.gs1_messages import GS1Message
from biip.symbology import SymbologyIdentifier
from biip.upc import Upc

_LENGTHS = (8, 12, 13, 14)
"""Digits of an EAN-8, UPC-A, EAN-13 and GTIN-14."""
_PREFIX = 3
"""Characters of an AIM prefix."""
_OF_ITEMS = ("01", "02")
_COUNTS = ("30", "37")
_WEIGHT = "310"
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)


@dataclass(frozen=True, slots=True)
class Barcode:
    """`numbers` are looked for in their order; `count` is in the unit of the code, `weight` in kg."""

    numbers: tuple[str, ...]
    count: Decimal | None = None
    weight: Decimal | None = None


def read_barcode(text: str) -> Barcode:
    """Reads what a scanner sends, with or without an AIM prefix."""
    code = _without_prefix(text.strip())
    found = _read_elements(code)
    return found or Barcode((code, *_same_numbers(code), *_same_numbers(_upc_a(code))))


def _without_prefix(text: str) -> str:
    if len(text) <= _PREFIX:
        return text
    try:
        return text[len(SymbologyIdentifier.extract(text)) :]
    except ParseError:
        return text


def _same_numbers(digits: str) -> tuple[str, ...]:
    """The number at each length of a barcode, the longest forms last; empty for what is no such number."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) < min(_LENGTHS):
        return ()
    bare = digits.lstrip("0")
    return tuple(bare.zfill(length) for length in _LENGTHS if len(bare) <= length)


def _upc_a(code: str) -> str:
    """The long form of a UPC-E; empty for any other code."""
    try:
        return Upc.parse(code).as_upc_a() if len(code) == min(_LENGTHS) else ""
    except ParseError:
        return ""


def _read_elements(code: str) -> Barcode | None:
    """A GS1 element string; None for a code that names no item by one."""
    try:
        elements = GS1Message.parse(code, config=_CONFIG).element_strings
    except ParseError:
        return None
    values = {element.ai.ai: element for element in elements}
    number = next((values[ai].value for ai in _OF_ITEMS if ai in values), "")
    if not number:
        return None
    count = next((Decimal(values[ai].value) for ai in _COUNTS if ai in values), None)
    weight = next((element.decimal for ai, element in values.items() if ai.startswith(_WEIGHT)), None)
    return Barcode((number, *_same_numbers(number)), count or None, weight or None)
