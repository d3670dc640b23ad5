"""Decimal arithmetic of prices: one context, one way to round. Never a float."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

ZERO = Decimal()
HUNDRED = Decimal(100)
CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Prices are carried with 60 digits until they are rounded."""

_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(21))
_NEARLY_EXACT = _UNITS[20]


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up (docs/pricing.md, rule 6). A third times three is one: what is a half to 20 decimals counts as a half."""
    exact = value.quantize(_NEARLY_EXACT, ROUND_HALF_UP, CONTEXT)
    return exact.quantize(_UNITS[decimals], ROUND_HALF_UP, CONTEXT)


def rounded_down(value: Decimal, decimals: int) -> Decimal:
    """The last value with so many decimals that is not above this one."""
    return rounded(value, 20).quantize(_UNITS[decimals], ROUND_FLOOR, CONTEXT)


def shown(value: Decimal) -> Decimal:
    """A price between two steps as it is told: at least 2 and at most 10 decimals, no zeros after the second."""
    short = value.quantize(_UNITS[2], ROUND_HALF_UP, CONTEXT)
    if short == value:
        return short
    long = rounded(value, 10)
    return short if long == short else long.normalize(CONTEXT)


def plain(value: Decimal, least: int = 0) -> str:
    """Without exponent and trailing zeros, with at least so many and at most 10 decimals: "28.254425", "10.00"."""
    whole, _, part = f"{value or ZERO:f}".partition(".")
    if len(part) > 10:
        whole, _, part = f"{rounded(value, 10):f}".partition(".")
    part = part.rstrip("0").ljust(least, "0")
    return f"{whole}.{part}" if part else whole


def percent_below(before: Decimal, after: Decimal) -> Decimal:
    """How much lower a price is than another, in percent to one decimal; zero where it is not lower."""
    return rounded((before - after) * HUNDRED / before, 1) if ZERO <= after < before else ZERO
