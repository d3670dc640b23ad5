"""A document for display and print: own ones from the record, the ERP's from the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from email.message import EmailMessage
from itertools import takewhile

from salesapp.domain.addresses import in_one_line, main_address
from salesapp.domain.files import safe_name
from salesapp.domain.links import mail_address
from salesapp.domain.objects.auxiliary import ErpDocument, ErpLine
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import PaymentForm, Unit, VatRate
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.numbers import percent_below, rounded
from salesapp.domain.texts import one_line
from salesapp.protocol.records import CustomerRecord, Document, DocumentLine
from salesapp.services import documents
from salesapp.services.ordering import keys_by_code
from salesapp.services.own_work import WorkItem, erp_item, read_item
from salesapp.store import records
from salesapp.store.account_stores import AccountStores

_ZERO = Decimal()
_LONGEST_SUBJECT = 200
_LONGEST_LINE = 900
_CONVERSIONS = ("items.units/", "directories.currencies/")
"""Sources of the steps between the list price and the first discount."""


@dataclass(frozen=True, slots=True)
class ViewLine:
    """Quantity in `unit`; the price is per `unit`, gross if the document's price list is.

    `discount_percent`: all reductions from the list price together.
    """

    name: str
    code: str
    quantity: Decimal
    unit: str
    price: Decimal
    discount_percent: Decimal
    net: Decimal
    is_free: bool = False
    description: str = ""
    gross: Decimal = _ZERO
    promotion_discount: Decimal = _ZERO
    """What groups and bundles took off the value, net or gross as the price."""
    reason: str = ""
    """Why it comes back, with the document that it was sold with."""


@dataclass(frozen=True, slots=True)
class ViewTotal:
    """The totals of one VAT rate; no percent if the rate is not in the catalogue."""

    percent: Decimal | None
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class DocumentView:
    """`item` is its row in lists, `document` the record of an own one. Dates are local."""

    item: WorkItem
    issued_on: str
    delivery_on: str
    delivery_address: str
    payment_form: str
    customer: str
    customer_address: str
    tax_id: str
    email: str
    description: str
    currency: str
    lines: tuple[ViewLine, ...]
    totals: tuple[ViewTotal, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    signature: str = ""
    signed_by: str = ""
    signed_at: str = ""
    """UTC."""
    document: Document | None = None
    is_gross: bool = False
    """Whether prices and values of lines are gross, as in the price list."""
    discount_percent: Decimal = _ZERO
    """The document's discount, already applied to the values of lines."""
    discount_amount: Decimal = _ZERO
    """The same as an amount, if it was given as one; net or gross as the prices."""
    payment_discount: Decimal = _ZERO
    """Of the payment form, already applied to the values of lines; below zero for a surcharge."""
    vat_sentences: tuple[str, ...] = ()
    """What the customer's tax class requires on the paper."""
    left_out: tuple[str, ...] = ()
    """Names of lines that a copy omits: their items or units are not on this device."""


def view_of_record(stores: AccountStores, record: str) -> DocumentView | None:
    """Returns an own document; None if it is gone."""
    item = read_item(stores, record)
    if item is None:
        return None
    document = documents.load(stores.work, record)
    percents = {rate.id: rate.percent for rate in stores.catalog.all(VatRate)}
    form = stores.catalog.one(PaymentForm, document.payment_form)
    party = _party(_customer(stores, document))
    is_gross = any(_side_price(line) != Decimal(line.unit_price) for line in document.lines)
    return DocumentView(
        item=item,
        issued_on=document.issued_on,
        delivery_on=document.delivery_on,
        delivery_address=document.delivery_address,
        payment_form=form.name if form else "",
        customer=document.customer_name or party.name,
        customer_address=party.address,
        tax_id=party.tax_id,
        email=party.email,
        description=document.description,
        currency=document.currency,
        lines=tuple(_line(line, is_gross=is_gross) for line in document.lines),
        totals=tuple(
            ViewTotal(percents.get(total.vat_rate or 0), Decimal(total.net), Decimal(total.vat), Decimal(total.gross))
            for total in document.totals
        ),
        net=Decimal(document.net),
        vat=Decimal(document.vat),
        gross=Decimal(document.gross),
        signature=document.signature_sha256,
        signed_by=document.signed_by,
        signed_at=document.signed_at,
        document=document,
        is_gross=is_gross,
        discount_percent=Decimal(document.discount_percent),
        discount_amount=Decimal(document.discount_amount),
        payment_discount=Decimal(document.payment_discount),
        vat_sentences=tuple(document.vat_sentences),
    )


def view_of_erp(stores: AccountStores, key: int) -> DocumentView | None:
    """Returns a document of the ERP, an own one as it was made here; unknown items show their codes."""
    row = stores.catalog.one(ErpDocument, key)
    if row is None:
        return None
    own = _own_record(stores, row.submission)
    if own:
        return view_of_record(stores, own)
    items = {item.code: item for item in stores.catalog.having(Item, "code", (line.item for line in row.lines))}
    party = _party(stores.catalog.one(Customer, row.customer))
    document = _as_document(stores, row, items)
    return DocumentView(
        item=erp_item(stores, row),
        issued_on=row.issued_on,
        delivery_on="",
        delivery_address="",
        payment_form="",
        customer=party.name,
        customer_address=party.address,
        tax_id=party.tax_id,
        email=party.email,
        description="",
        currency=row.currency,
        lines=tuple(_lines_of(row, items)),
        totals=(),
        net=row.net,
        vat=row.vat,
        gross=row.gross,
        document=document,
        left_out=_left_out(row, items, document),
    )


def _own_record(stores: AccountStores, submission: str | None) -> str:
    """Returns the own record behind an ERP document; empty if it was not made on this device."""
    if not submission:
        return ""
    with stores.work.read() as connection:
        found = records.find_by_submission(connection, submission, Document)
    return found.id if found else ""


def _lines_of(row: ErpDocument, items: Mapping[str, Item]) -> Iterable[ViewLine]:
    """Yields the lines with amounts from the ERP: a missing amount is not zero."""
    for line in row.lines:
        if line.unit_price is not None and line.net is not None:
            yield ViewLine(
                _name(line, items),
                line.item,
                line.quantity,
                line.unit,
                line.unit_price,
                line.discount_percent or _ZERO,
                line.net,
                line.is_given,
                reason=line.reason,
            )


def _name(line: ErpLine, items: Mapping[str, Item]) -> str:
    item = items.get(line.item)
    return item.name if item else line.item


def _left_out(row: ErpDocument, items: Mapping[str, Item], document: Document | None) -> tuple[str, ...]:
    kept = {line.line for line in document.lines} if document else set()
    return tuple(
        _name(line, items) for number, line in enumerate(row.lines, 1) if str(number) not in kept and not line.is_given
    )


def _as_document(stores: AccountStores, row: ErpDocument, items: Mapping[str, Item]) -> Document | None:
    """Returns the document to copy from: the lines whose items and units are on this device."""
    units = keys_by_code(stores.catalog, Unit)
    lines = [
        DocumentLine(
            line=str(number),
            item=items[line.item].id,
            unit=units[line.unit],
            quantity=f"{line.quantity:f}",
            unit_price=f"{line.unit_price:f}",
            net=f"{line.net:f}",
            vat="0",
            gross=f"{line.net:f}",
        )
        for number, line in enumerate(row.lines, 1)
        if line.item in items and line.unit in units and not line.is_given
        if line.unit_price is not None and line.net is not None
    ]
    if not lines:
        return None
    return Document(
        type=row.type,
        number=row.number or "",
        issued_on=row.issued_on,
        currency=row.currency,
        lines=lines,
        net=f"{row.net:f}",
        vat=f"{row.vat:f}",
        gross=f"{row.gross:f}",
        customer=row.customer,
    )


def mail_of(view: DocumentView, subject: str, text: str, pdf: bytes, file_name: str) -> bytes:
    """Returns an e-mail draft (RFC 5322, marked unsent) with the document attached.

    It has no recipient unless the customer has exactly one plain address: see `has_bad_address`.
    """
    message = EmailMessage()
    message["Subject"] = one_line(subject, _LONGEST_SUBJECT)
    if recipient := mail_address(view.email):
        message["To"] = recipient
    message["X-Unsent"] = "1"
    message.set_content("\n".join(one_line(line, _LONGEST_LINE) for line in text.splitlines()) + "\n")
    message.add_attachment(pdf, maintype="application", subtype="pdf", filename=safe_name(file_name, ".pdf"))
    return message.as_bytes()


def has_bad_address(view: DocumentView) -> bool:
    """Returns whether the customer has an unusable e-mail address."""
    return bool(view.email.strip()) and not mail_address(view.email)


def _side_price(line: DocumentLine) -> Decimal:
    """Returns the unit price, net or gross as in the price list: the end of its explanation."""
    return Decimal(line.steps[-1].after) if line.steps and not line.is_free else Decimal(line.unit_price)


def _discount(line: DocumentLine) -> Decimal:
    """Returns all discounts of the line together, as the cart shows them."""
    if line.is_free or not line.steps:
        return Decimal(line.discount_percent)
    if line.reason:
        return _ZERO  # the price paid is no discount of today's
    listed = [line.steps[0], *takewhile(lambda step: step.source.startswith(_CONVERSIONS), line.steps[1:])]
    decimals = -int(Decimal(line.unit_price).as_tuple().exponent)
    return percent_below(rounded(Decimal(listed[-1].after), decimals), _side_price(line))


def _line(line: DocumentLine, *, is_gross: bool) -> ViewLine:
    return ViewLine(
        line.item_name or line.item_code,
        line.item_code,
        Decimal(line.quantity),
        line.unit_code,
        _side_price(line) if is_gross else Decimal(line.unit_price),
        _discount(line),
        Decimal(line.net),
        line.is_free,
        line.description,
        Decimal(line.gross),
        Decimal(line.promotion_discount),
        ", ".join(filter(None, (line.reason, line.returned_from))),
    )


@dataclass(frozen=True, slots=True)
class _Party:
    """The customer as printed on a document; the address on one line."""

    name: str = ""
    address: str = ""
    tax_id: str = ""
    email: str = ""


def _party(customer: Customer | CustomerRecord | None) -> _Party:
    if customer is None:
        return _Party()
    address = in_one_line(main_address(customer.addresses))
    return _Party(customer.name, address, customer.tax_id or "", customer.email or "")


def _customer(stores: AccountStores, document: Document) -> Customer | CustomerRecord | None:
    if document.new_customer:
        return documents.new_customer(stores.work, document.new_customer)
    return stores.catalog.one(Customer, document.customer)
