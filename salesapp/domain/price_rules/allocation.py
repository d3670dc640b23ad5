"""Spreading an amount over lines so that the parts are whole cents and their sum is the amount (rule 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.price_rules.numbers import ZERO, rounded

_FINE = 10
"""Weights count to so many decimals; with whole numbers in them nothing is lost on the way."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line that an amount is spread over: in proportion to `weight`, ties by the larger `value`."""

    line: str
    weight: Decimal
    value: Decimal


def spread(whole: Decimal, parts: Sequence[Part], decimals: int) -> list[Decimal]:
    """The part of each line by largest remainder; ties: larger line value, then lower line id.

    The sum is `whole` (nothing where all weights are zero). Where `whole` is not more than all weights together, no
    part is larger than its line's weight, rounded up. The order of the lines changes nothing.
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
    """Line ids in their order: numbers as numbers, before anything else."""
    return (False, int(line), line) if line.isdecimal() else (True, 0, line)
