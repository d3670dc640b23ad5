"""Decimal arithmetic for prices: one context, one rounding mode, no floats."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

ZERO = Decimal()
HUNDRED = Decimal(100)
CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
"""Calculations keep 60 digits until they round."""

_UNITS = tuple(Decimal(1).scaleb(-places) for places in range(21))
_NEARLY_EXACT = _UNITS[20]


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounds half up (docs/pricing.md, rule 6), first to 20 decimals: three times a third is one."""
    exact = value.quantize(_NEARLY_EXACT, ROUND_HALF_UP, CONTEXT)
    return exact.quantize(_UNITS[decimals], ROUND_HALF_UP, CONTEXT)


def rounded_down(value: Decimal, decimals: int) -> Decimal:
    """Rounds toward minus infinity."""
    return rounded(value, 20).quantize(_UNITS[decimals], ROUND_FLOOR, CONTEXT)


def shown(value: Decimal) -> Decimal:
    """Returns an intermediate price for display: 2 to 10 decimals, without zeros after the second."""
    short = value.quantize(_UNITS[2], ROUND_HALF_UP, CONTEXT)
    if short == value:
        return short
    long = rounded(value, 10)
    return short if long == short else long.normalize(CONTEXT)


def plain(value: Decimal, least: int = 0) -> str:
    """Formats without exponent or trailing zeros, with `least` to 10 decimals: "28.254425", "10.00"."""
    whole, _, part = f"{value or ZERO:f}".partition(".")
    if len(part) > 10:
        whole, _, part = f"{rounded(value, 10):f}".partition(".")
    part = part.rstrip("0").ljust(least, "0")
    return f"{whole}.{part}" if part else whole


def taken_off(value: Decimal, least: int = 0) -> str:
    """Formats what is taken off a price, with its sign; a negative amount is added: "-10", "+10"."""
    return f"{'+' if value < 0 else '-'}{plain(abs(value), least)}"


def percent_below(before: Decimal, after: Decimal) -> Decimal:
    """Returns the reduction in percent, to one decimal; zero if the price is not lower."""
    return rounded((before - after) * HUNDRED / before, 1) if ZERO <= after < before else ZERO
