"""The demo company's documents: orders of the last year with their states, and new ones from devices."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from salesapp.gateway.connectors.base import DeliveredSubmission, SourceRow
from salesapp.gateway.connectors.demo.clients import client
from salesapp.gateway.connectors.demo.company import Company
from salesapp.gateway.connectors.rows import builder

MOST_CUSTOMERS = 1_200
"""The first customers, three out of four of which have a history."""
_DAYS = 380
_RHYTHMS = (21, 28, 28, 42, 42, 56, 84)
"""Days between two orders of a customer."""
_WORTH = (40, 360)
_VAT = Decimal("0.23")
_DOCUMENTS = builder("auxiliary.documents")
_PROGRESS = (
    ("in process", "not delivered", "not invoiced"),
    ("released", "partly delivered", "not invoiced"),
    ("completed", "delivered", "invoiced"),
)


def documents(company: Company) -> Iterator[SourceRow]:
    """Each customer orders in its own rhythm, on working days; one in six has not ordered for weeks."""
    for number in range(min(company.customers, MOST_CUSTOMERS)):
        if number % 4 == 3:
            continue
        dice = company.chance("documents", number)
        rhythm = dice.choice(_RHYTHMS)
        days_ago = dice.randrange(35, 220) if dice.randrange(6) == 0 else dice.randrange(1, rhythm + 1)
        turn = 0
        while days_ago < _DAYS:
            weekend = max(company.day(-days_ago).weekday() - 4, 0)
            yield _document(company, number, turn, days_ago=days_ago + weekend)
            days_ago += rhythm + dice.randrange(-4, 9)
            turn += 1


def _document(company: Company, number: int, turn: int, *, days_ago: int) -> SourceRow:
    dice = company.chance("document", number, turn)
    day = company.day(-days_ago)
    lines = [_line(company, number, dice.randrange(12), dice.randrange(*_WORTH)) for _ in range(dice.randrange(2, 9))]
    net = sum((Decimal(line["net"]) for line in lines), Decimal())
    vat = (net * _VAT).quantize(Decimal("0.01"), ROUND_HALF_UP)
    erp_number = f"ZS/{number:05d}{turn}/{day.year % 100:02d}"
    general, delivery, invoice = _PROGRESS[2 if days_ago > 14 else dice.randrange(3)]
    owner = client(number)
    return _DOCUMENTS.row(
        erp_number,
        type="sales_order",
        erp_number=erp_number,
        customer=owner.code,
        representative=owner.representative,
        issued_on=day,
        currency="PLN",
        net=net,
        vat=vat,
        gross=net + vat,
        general_state=general,
        delivery_state=delivery,
        invoice_state=invoice,
        lines=lines,
    )


def _line(company: Company, number: int, choice: int, worth: int) -> dict[str, str]:
    """A customer reorders the same part of the assortment, for about the same amount per line."""
    place = (number * 37 + choice) % company.items
    assortment = company.assortment
    price = Decimal(assortment.price(place)) / 100
    quantity = max(int(worth / price), 1)
    return {
        "item": assortment.code(place),
        "unit": assortment.range_of(place).unit,
        "quantity": str(quantity),
        "unit_price": str(price),
        "net": str((price * quantity).quantize(Decimal("0.01"), ROUND_HALF_UP)),
    }


def taken(submission: DeliveredSubmission, erp_number: str) -> SourceRow:
    """Returns the ERP's document for a device's document."""
    payload = submission.payload
    kept = ("type", "number", "issued_on", "currency")
    customer = payload.get("customer") or payload.get("new_customer")
    return _DOCUMENTS.row(
        submission.id,
        submission=submission.id,
        erp_number=erp_number,
        customer=customer,
        representative=submission.user,
        general_state="in process",
        delivery_state="not delivered",
        invoice_state="not invoiced",
        lines=[_taken_line(line) for line in payload["lines"]],
        **{name: payload[name] for name in kept},
        **{name: Decimal(payload[name]) for name in ("net", "vat", "gross")},
    )


def _taken_line(line: dict[str, Any]) -> dict[str, Any]:
    names = ("item_code", "unit_code", "quantity", "unit_price", "net", "discount_percent", "reason")
    return {name.removesuffix("_code"): line[name] for name in names if line.get(name)}
