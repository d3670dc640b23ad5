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

_LENGTHS = (8, 12, 13, 14)
_FORM = re.compile(r"[0-9][PWAVX0-9]*C?")
_CHECKED = (4, 5)
"""Digits of a weight or price that can have a check digit of their own."""


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
