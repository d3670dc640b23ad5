"""Patterns of in-store barcodes, which carry an item's number with its weight or price, as scales in shops print them.

A pattern has a character for each digit, for example `27PPPPPWWWWWC`:

    0 to 9  this digit
    P       the item's number
    W       the weight in grams
    A       the price of the package, in the currency's smallest unit
    V       the check digit of weight or price (GS1 General Specifications, 7.9)
    C       the check digit of the whole code, which is always last
    X       any digit

GS1 leaves these codes (prefixes 02 and 20 to 29) to each country and company, so the ERP says what they are.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from biip.checksums import gs1_price_weight_check_digit, gs1_standard_check_digit

_LENGTHS = (8, 12, 13, 14)
_FORM = re.compile(r"[0-9][PWAVX0-9]*C?")
_CHECKED = (4, 5)
"""Digits of a weight or price that can have a check digit of their own."""
_GRAMS = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """What an in-store code says; `numbers` are EANs, then `codes` of items, to look for in their order.

    `weight` in kg, or `price` in the smallest unit of the currency.
    """

    numbers: tuple[str, ...]
    codes: tuple[str, ...]
    weight: Decimal | None = None
    price: int | None = None


def pattern_fault(pattern: str) -> str:
    """Returns a sentence about what is wrong with a pattern; empty for a right one."""
    if len(pattern) not in _LENGTHS:
        return "has no length of a barcode: 8, 12, 13 or 14"
    if not _FORM.fullmatch(pattern):
        return "must begin with a digit, and consist of digits, P, W, A, V, X and a last C"
    if len(re.findall("P+", pattern)) != 1:
        return "needs the item's number as one group of P"
    if len(re.findall("W+|A+", pattern)) != 1:
        return "needs one group of W (weight) or of A (price)"
    values = sum(pattern.count(letter) for letter in "WA")
    if pattern.count("V") > 1 or ("V" in pattern and values not in _CHECKED):
        return "can have one V, for a weight or price of 4 or 5 digits"
    return ""


def read_measure(pattern: str, code: str) -> Measured | None:
    """Reads a scanned code by a pattern; None if it is no such code, or one with a wrong check digit."""
    if pattern_fault(pattern) or len(code) != len(pattern) or not (code.isascii() and code.isdigit()):
        return None
    if any(wanted.isdigit() and wanted != digit for wanted, digit in zip(pattern, code, strict=True)):
        return None
    value = _part(pattern, code, "WA")
    if "V" in pattern and _part(pattern, code, "V") != str(gs1_price_weight_check_digit(value)):
        return None
    if pattern.endswith("C") and int(code[-1]) != gs1_standard_check_digit(code[:-1]):
        return None
    number = _part(pattern, code, "P")
    numbers = (*_without_value(pattern, code), number)
    codes = tuple(dict.fromkeys((number, number.lstrip("0") or "0")))
    if "W" in pattern:
        return Measured(numbers, codes, weight=Decimal(int(value)).scaleb(-_GRAMS))
    return Measured(numbers, codes, price=int(value))


def _part(pattern: str, code: str, letters: str) -> str:
    return "".join(digit for wanted, digit in zip(pattern, code, strict=True) if wanted in letters)


def _without_value(pattern: str, code: str) -> tuple[str, ...]:
    """Returns the code with a value of zero, under which an ERP may keep the item: check digits right, or zero too."""
    zeroed = "".join("0" if wanted in "WAVC" else digit for wanted, digit in zip(pattern, code, strict=True))
    checked = zeroed
    if "V" in pattern:
        place = pattern.index("V")
        zero = "0" * sum(pattern.count(letter) for letter in "WA")
        checked = zeroed[:place] + str(gs1_price_weight_check_digit(zero)) + zeroed[place + 1 :]
    if pattern.endswith("C"):
        checked = checked[:-1] + str(gs1_standard_check_digit(checked[:-1]))
        zeroed_right = zeroed[:-1] + str(gs1_standard_check_digit(zeroed[:-1]))
        return tuple(dict.fromkeys((checked, zeroed_right, zeroed)))
    return tuple(dict.fromkeys((checked, zeroed)))
