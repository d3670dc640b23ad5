"""Allocates an amount to lines in whole cents that add up to the amount (rule 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.price_rules.numbers import ZERO, rounded

_FINE = 10
"""Decimals of a weight: weights become integers, which makes the division exact."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line that receives a share in proportion to its `weight`; `value` breaks ties."""

    line: str
    weight: Decimal
    value: Decimal


def spread(whole: Decimal, parts: Sequence[Part], decimals: int) -> list[Decimal]:
    """Returns each line's share by largest remainder; ties go to the larger line value, then the lower line id.

    The shares add up to `whole` (or are 0 if all weights are 0). If `whole` is at most the sum of the weights, no
    share exceeds its line's weight, rounded up. The order of the lines does not matter.
    """
    weights = [int(rounded(part.weight, _FINE).scaleb(_FINE)) for part in parts]
    total = sum(weights)
    cents = int(whole.scaleb(decimals))
    if not cents or not total:
        return [ZERO] * len(parts)
    divided = [divmod(cents * weight, total) for weight in weights]
    left = cents - sum(share for share, _ in divided)
    ranked = sorted(
        range(len(parts)), key=lambda index: (-divided[index][1], -parts[index].value, line_order(parts[index].line))
    )
    winners = frozenset(ranked[:left])
    return [Decimal(share + (index in winners)).scaleb(-decimals) for index, (share, _) in enumerate(divided)]


def line_order(line: str) -> tuple[bool, int, str]:
    """Returns the sort key of a line id: numbers first, in numeric order."""
    return (False, int(line), line) if line.isdecimal() else (True, 0, line)
