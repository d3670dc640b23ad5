"""Returns: documents whose lines have quantities below zero (docs/pricing.md, rule 8).

They are priced as if sold, then turned round. What was paid may differ from every price of today.
"""

from dataclasses import replace
from decimal import Decimal

from salesapp.domain.price_rules.base import LineCalculation
from salesapp.domain.price_rules.numbers import ZERO, plain
from salesapp.domain.price_rules.running import RunningPrice
from salesapp.domain.price_rules.values import DocumentInput, PricedDocument, PricedLine, PriceWarning, Step


def as_sold(document: DocumentInput) -> DocumentInput:
    """Returns the document with its quantities turned round, without discounts of representative and payment form."""
    lines = tuple(
        replace(line, quantity=-line.quantity, discount_percent=ZERO, discount_amount=ZERO) for line in document.lines
    )
    return replace(document, lines=lines, discount_percent=ZERO, discount_amount=ZERO, payment_form=None)


def take_paid_price(work: LineCalculation, running: RunningPrice) -> tuple[PriceWarning, ...]:
    """Sets the price that was paid, if the line names one: it may be above or below today's."""
    paid = work.line.own_price
    if paid is None:
        return ()
    if paid < 0:
        return (PriceWarning("price.discount_below_zero", work.line.id, {}),)
    before = running.value
    running.set_to(paid)
    work.explain("paid_price", "", lambda: f"= {plain(paid, 2)}", before, running.value)
    return ()


def returned(priced: PricedDocument) -> PricedDocument:
    """Returns the priced document with all quantities and amounts below zero; unit prices stay above."""
    return replace(
        priced,
        lines=tuple(_returned_line(line) for line in priced.lines),
        totals=tuple(
            replace(total, net=_turned(total.net), vat=_turned(total.vat), gross=_turned(total.gross))
            for total in priced.totals
        ),
        net=_turned(priced.net),
        vat=_turned(priced.vat),
        gross=_turned(priced.gross),
    )


def _returned_line(line: PricedLine) -> PricedLine:
    return replace(
        line,
        quantity=_turned(line.quantity),
        net=_turned(line.net),
        vat=_turned(line.vat),
        gross=_turned(line.gross),
        value_steps=tuple(_returned_step(line, step) for step in line.value_steps),
    )


def _returned_step(line: PricedLine, step: Step) -> Step:
    return replace(step, value=f"x {plain(_turned(line.quantity))}", after=_turned(step.after))


def _turned(amount: Decimal) -> Decimal:
    """Returns the negative amount; zero stays zero."""
    return ZERO + -amount if amount else amount
