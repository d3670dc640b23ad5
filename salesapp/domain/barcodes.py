"""What a scanned barcode says: the numbers under which an item may be stored, and how much of it.

EAN-8, EAN-13, UPC-A and GTIN-14 are one number with more or fewer zeros in front; UPC-E is a short form of UPC-A. GS1
element strings carry the number with a count or a weight. Which item has a number is for the store to say.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from biip import ParseConfig, ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_messages import GS1Message
from biip.symbology import SymbologyIdentifier
from biip.upc import Upc

_LENGTHS = (8, 12, 13, 14)
"""Digits of an EAN-8, UPC-A, EAN-13 and GTIN-14."""
_PREFIX = 3
"""Characters of an AIM prefix."""
_GS1 = ("C1", "e0", "d2", "Q3", "J1")
"""AIM prefixes of symbols that hold GS1 element strings."""
_OF_ITEMS = ("01", "02")
_COUNTS = ("30", "37")
_WEIGHT = "310"
_MOST_AROUND = 8
"""The most characters that a scanner sends before a number, and after it."""
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


def aim_prefix(text: str) -> str:
    """Returns the AIM prefix at the beginning of a scan, which names its symbology; empty without one."""
    try:
        return text[: len(SymbologyIdentifier.extract(text))] if len(text) > _PREFIX else ""
    except (ParseError, ValueError):
        return ""


def kind_of(text: str) -> Literal["number", "misread", "elements", "link", "other"]:
    """Returns what a code is that belongs to no item.

    `number`: an EAN, UPC or GTIN; `misread`: one with a wrong check digit; `elements`: GS1 without an item's number;
    `link`: a web address.
    """
    code = _without_prefix(text.strip())
    found = _read_elements(code)
    digits = found.numbers[0] if found else code
    if digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS:
        return "number" if _is_number(digits) or _upc_a(digits) else "misread"
    if "://" in code:
        return "link"
    return "elements" if aim_prefix(text.strip())[1:] in _GS1 or "\x1d" in code else "other"


def number_within(text: str) -> tuple[int, int]:
    """Returns where an EAN, UPC or GTIN with a right check digit begins and ends in a text.

    The longest run of digits counts; without one, or in a GS1 element string, the whole text.
    """
    whole = (0, len(text))
    if _read_elements(text) is not None:
        return whole
    spans = [found.span() for found in re.finditer(r"[0-9]+", text) if _is_close(found, len(text))]
    longest_first = sorted(spans, key=lambda span: span[0] - span[1])
    return next((span for span in longest_first if _is_number(text[span[0] : span[1]])), whole)


def _is_close(found: re.Match[str], length: int) -> bool:
    """Returns whether so few characters are around a number that they can be a scanner's."""
    return found.start() <= _MOST_AROUND and length - found.end() <= _MOST_AROUND


def _is_number(digits: str) -> bool:
    is_digits = digits.isascii() and digits.isdigit() and len(digits) in _LENGTHS
    return is_digits and gs1_standard_check_digit(digits[:-1]) == int(digits[-1])


def _without_prefix(text: str) -> str:
    return text[len(aim_prefix(text)) :]


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
