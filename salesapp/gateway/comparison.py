"""Compares a sent document with the same document priced by the gateway: every difference, to the last digit."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from salesapp.domain.pricing import DocumentInput, LineInput, PricedDocument, PricedLine
from salesapp.gateway.flags import Flag
from salesapp.protocol.records import AMOUNTS, Document, DocumentLine


def as_entered(document: Document, profile: str | None, customer_class: str | None) -> DocumentInput:
    """Returns the representative's input, without prices and without lines that promotions added."""
    return DocumentInput(
        date=date.fromisoformat(document.issued_on),
        currency=document.currency,
        lines=tuple(
            LineInput(
                line.line,
                line.item,
                line.unit,
                Decimal(line.quantity),
                Decimal(line.discount_percent),
                Decimal(line.discount_amount),
                Decimal(line.own_price) if line.own_price else None,
            )
            for line in document.lines
            if not line.is_free
        ),
        customer=document.customer,
        customer_class=customer_class,
        profile=profile,
        discount_percent=Decimal(document.discount_percent),
        price_type=document.price_type,
        payment_form=document.payment_form,
        discount_amount=Decimal(document.discount_amount),
        is_return=document.type == "sales_return",
    )


def differences(document: Document, priced: PricedDocument) -> Iterator[Flag]:
    """Yields the differences of each line, then of the totals."""
    ours = {line.id: line for line in priced.lines}
    for line in document.lines:
        found = ours.pop(line.line, None)
        if found is None or (found.is_free, found.item, found.unit) != (line.is_free, line.item, line.unit):
            yield Flag("price.line_added", _line(line) | {"sent": line.quantity})
        elif found.error:
            yield Flag("price.line_without_price", _line(line) | {"reason": found.error})
        else:
            yield from _line_differences(line, found)
    for missing in ours.values():
        params = {"line": missing.id, "item": str(missing.item), "recomputed": f"{missing.quantity:f}"}
        yield Flag("price.line_missing", params)
    totals = ((name, getattr(document, name), getattr(priced, name)) for name in AMOUNTS)
    for params in _differing(totals):
        yield Flag("price.total_differs", params)


def _line_differences(line: DocumentLine, ours: PricedLine) -> Iterator[Flag]:
    pairs = [("quantity", line.quantity, ours.quantity), ("unit_price", line.unit_price, ours.unit_price_net)]
    pairs += [(name, getattr(line, name), getattr(ours, name)) for name in AMOUNTS]
    for params in _differing(pairs):
        yield Flag("price.line_differs", _line(line) | params)


def _line(line: DocumentLine) -> dict[str, str]:
    return {"line": line.line, "item": line.item_code or str(line.item)}


def _differing(pairs: Iterable[tuple[str, str, Decimal]]) -> Iterator[dict[str, str]]:
    for name, sent, ours in pairs:
        difference = Decimal(sent) - ours
        if difference:
            yield {"field": name, "sent": sent, "recomputed": f"{ours:f}", "difference": f"{difference:f}"}
