"""Reads in-store barcodes by the profile's patterns (`domain/barcode_patterns.py`), on the tablet alone."""

from dataclasses import dataclass
from decimal import Decimal

from biip.checksums import gs1_price_weight_check_digit, gs1_standard_check_digit

from salesapp.domain.barcode_patterns import pattern_fault

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
