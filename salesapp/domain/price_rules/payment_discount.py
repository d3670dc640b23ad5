"""The discount or surcharge of the order's payment form, the last of all (docs/pricing.md, rule 5)."""

from collections.abc import Sequence
from decimal import Decimal

from salesapp.domain.price_rules.allocation import Part, spread
from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.numbers import HUNDRED, ZERO, rounded, rounded_down
from salesapp.domain.price_rules.terms import Terms


def take_payment_discount(terms: Terms, works: Sequence[LineCalculation]) -> Decimal:
    """Spreads the payment form's percent over the lines by largest remainder; returns its amount.

    A discount leaves out what no discount may reduce; a surcharge (below zero) is on all that is to be paid.
    """
    percent = terms.payment_percent
    if not percent:
        return ZERO
    parts = [Part(work.line.id, _weight(work, percent), work.value_after) for work in works]
    most = sum((part.weight for part in parts), ZERO)
    whole = min(rounded(most * percent / HUNDRED, terms.decimals), rounded_down(most, terms.decimals))
    shares = spread(whole, parts, terms.decimals)
    for work, share in zip(works, shares, strict=True):
        work.payment_discount = share
    return sum(shares, ZERO)


def _weight(work: LineCalculation, percent: Decimal) -> Decimal:
    return work.value_after if percent < 0 else max(ZERO, work.reducible - work.document_discount)
