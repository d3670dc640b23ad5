"""Compares a return with the document that its lines were sold with: a difference is flagged, never refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import msgspec
from sqlalchemy import Connection, select

from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.price_rules.numbers import plain
from salesapp.domain.pricing import PricedDocument
from salesapp.gateway.database import cell
from salesapp.gateway.flags import Flag
from salesapp.gateway.history import RowsAt
from salesapp.gateway.tables import submission
from salesapp.protocol.records import Document, DocumentLine

_SLACK = Decimal("0.01")
"""A unit price that was paid is rounded: so much may it be above the exact one."""


@dataclass(slots=True)
class _Sold:
    """What a document sold of an item in a unit."""

    quantity: Decimal = Decimal()
    net: Decimal = Decimal()


@dataclass(frozen=True, slots=True)
class Former:
    """A document that a return names, its lines by codes of item and unit."""

    customer: int | None
    lines: dict[tuple[str, str], _Sold] = field(default_factory=lambda: defaultdict(_Sold))

    @classmethod
    def of(cls, customer: int | None, lines: Iterable[tuple[str, str, Decimal, Decimal]]) -> "Former":
        made = cls(customer)
        for item, unit, quantity, net in lines:
            sold = made.lines[item, unit]
            sold.quantity += quantity
            sold.net += net
        return made


def check_return(document: Document, rows: RowsAt, connection: Connection, user: str) -> Iterator[Flag]:
    """Flags lines of a return whose document is not known, sold less, or sold it for less."""
    numbers = {line.returned_from for line in document.lines} - {""}
    formers = {number: _former(number, rows, connection, user) for number in numbers}
    back: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for line in document.lines:
        back[line.returned_from, line.item_code, line.unit_code] -= Decimal(line.quantity)
    for line in document.lines:
        if not line.returned_from:
            continue
        params = {"line": line.line, "item": line.item_code or str(line.item), "number": line.returned_from}
        former = formers[line.returned_from]
        if former is None or (former.customer is not None and former.customer != document.customer):
            yield Flag("return.unknown_document", params)
        else:
            sold = former.lines.get((line.item_code, line.unit_code), _Sold())
            yield from _compared(line, sold, back[line.returned_from, line.item_code, line.unit_code], params)


def _compared(line: DocumentLine, sold: _Sold, quantity: Decimal, params: dict[str, str]) -> Iterator[Flag]:
    if quantity > sold.quantity:
        yield Flag("return.more_than_sold", params | {"quantity": plain(quantity), "sold": plain(sold.quantity)})
    credited = Decimal(line.net) / Decimal(line.quantity)
    if sold.quantity and credited > sold.net / sold.quantity + _SLACK:
        paid = {"price": plain(round(credited, 4), 2), "paid": plain(round(sold.net / sold.quantity, 4), 2)}
        yield Flag("return.price_above", params | paid)


def check_free_prices(document: Document, priced: PricedDocument) -> Iterator[Flag]:
    """Flags lines without a document whose price is above that of the rules."""
    for line in document.lines:
        if line.returned_from:
            continue
        ours = priced.line(line.line)
        step = next((step for step in ours.steps if step.code == "paid_price"), None) if ours else None
        if step is not None and step.after > step.before:
            params = {"line": line.line, "item": line.item_code or str(line.item)}
            prices = {"price": plain(step.after, 2), "rules": plain(step.before, 2)}
            yield Flag("return.price_of_its_own", params | prices)


def _former(number: str, rows: RowsAt, connection: Connection, user: str) -> Former | None:
    """Returns a document by its number in the ERP or on a device: the ERP's, else what the user sent."""
    found = rows.having(ErpDocument, "erp_number", (number,)) or rows.having(ErpDocument, "number", (number,))
    if found:
        return Former.of(
            found[0].customer,
            ((line.item, line.unit, line.quantity, line.net or Decimal()) for line in found[0].lines),
        )
    text: str | None = connection.execute(
        select(submission.c.payload).where(
            submission.c.user_name == user,
            submission.c.kind == "document",
            submission.c.state != "rejected",
            cell(submission.c.payload, "number") == number,
        )
    ).scalar()
    if text is None:
        return None
    sent = msgspec.json.decode(text, type=Document)
    return Former.of(
        sent.customer,
        ((line.item_code, line.unit_code, Decimal(line.quantity), Decimal(line.net)) for line in sent.lines),
    )
