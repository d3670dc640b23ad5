"""Writes orders and quotes: begins or resumes one, prices it, checks it, saves it as a draft, confirms it.

A draft is a record in work.db from its first line on and is never sent. Confirming it assigns its number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType

import msgspec

from salesapp import clock
from salesapp.domain import credit
from salesapp.domain.addresses import delivery_address, in_one_line
from salesapp.domain.documents import Cart, CartLine, next_day
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Currency, PaymentForm, PriceList, Unit, Warehouse
from salesapp.domain.objects.documents import DocumentType
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.price_inputs import PRICED_BY
from salesapp.domain.pricing import (
    DocumentInput,
    LineInput,
    NextScale,
    PriceBook,
    PricedDocument,
    PricedLine,
    price_document,
)
from salesapp.protocol.records import Document, DocumentLine, PriceStep, VatTotal
from salesapp.services import documents, signing
from salesapp.services.choice_checks import choice_problems, left_of
from salesapp.services.order_checks import Problem, numerator_of, problems, size_problems
from salesapp.services.price_rows import directories, profile_of, rows_for
from salesapp.services.units import unit_codes
from salesapp.store import undo
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader

Past = Mapping[int, Cart]
"""Earlier carts by the number of the step that changed each; numbers increase."""


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """A cart with its prices, its problems, and the names it refers to."""

    cart: Cart
    priced: PricedDocument
    problems: tuple[Problem, ...]
    names: dict[int, str]
    codes: dict[int, str]
    units: dict[int, str]
    record: str = ""

    @property
    def can_be_confirmed(self) -> bool:
        return not any(problem.blocks for problem in self.problems)

    def line_of(self, id_: str) -> PricedLine | None:
        return next((line for line in self.priced.lines if line.id == id_), None)

    def hint_of(self, id_: str) -> NextScale | None:
        """Returns the next promotion scale of a line; None without one."""
        line = self.line_of(id_)
        return line.next_scale if line else None


def begin(
    stores: AccountStores,
    type_: DocumentType,
    *,
    customer: int | None = None,
    new_customer: str = "",
    appointment: str = "",
    today: date | None = None,
) -> Cart:
    """Returns an empty cart with the defaults of the customer and the profile."""
    day = today or clock.today()
    profile = profile_of(stores.catalog)
    named = profile.warehouses if profile else ()
    warehouses = keys_by_code(stores.catalog, Warehouse)
    cart = Cart(
        type=type_,
        issued_on=day.isoformat(),
        currency=credit.currency_of(None, directories(stores.catalog)),
        appointment=appointment,
        delivery_on=next_day(day),
        payment_form=_payment_form(stores, None, profile),
        warehouse=next((warehouses[code] for code in named if code in warehouses), None),
    )
    if new_customer:
        return _of_new_customer(stores, cart, new_customer)
    return with_customer(stores, cart, customer)


def with_customer(stores: AccountStores, cart: Cart, customer: int | str | None) -> Cart:
    """Returns the cart for another customer: name, currency, price list, payment form, delivery address.

    A customer is given by its key, a new one by its submission; one who was merged is replaced by who is left. Own
    amounts stay only in their currency.
    """
    made = (
        _of_new_customer(stores, cart, customer)
        if isinstance(customer, str)
        else _of_known_customer(stores, cart, customer)
    )
    return made if made.currency == cart.currency else made.without_amounts()


def _of_known_customer(stores: AccountStores, cart: Cart, customer: int | None) -> Cart:
    known = stores.catalog.one(Customer, customer)
    found = known and (left_of(stores, known) or known)
    cart = replace(cart, price_type=None)
    if found is None:
        return replace(cart, customer=None, new_customer="", customer_name="")
    currency = stores.catalog.one(Currency, found.currency)
    return replace(
        cart,
        customer=found.id,
        new_customer="",
        customer_name=found.name,
        customer_class=found.customer_class or "",
        currency=currency.code if currency else cart.currency,
        payment_form=_payment_form(stores, found.payment_form, profile_of(stores.catalog)),
        delivery_address=in_one_line(delivery_address(found.addresses)),
    )


def _of_new_customer(stores: AccountStores, cart: Cart, submission: str) -> Cart:
    found = documents.new_customer(stores.work, submission)
    if found is None:
        return cart
    return replace(
        cart,
        customer=None,
        new_customer=submission,
        customer_name=found.name,
        customer_class=found.customer_class,
        currency=found.currency or cart.currency,
        price_type=found.price_type if stores.catalog.one(PriceList, found.price_type) else None,
        payment_form=found.payment_form or cart.payment_form,
        delivery_address=in_one_line(delivery_address(found.addresses)),
    )


def resume(stores: AccountStores, record: str, *, today: date | None = None) -> Cart:
    """Returns the cart of a draft or withdrawn record, without free lines, which pricing adds again.

    A draft without a number gets today's date; one with a number keeps its date.
    """
    return cart_of(stores, documents.load(stores.work, record)).on(today or clock.today())


def cart_of(stores: AccountStores, document: Document) -> Cart:
    cart = Cart(
        type=document.type,
        issued_on=document.issued_on,
        currency=document.currency,
        customer=document.customer,
        new_customer=document.new_customer,
        customer_name=document.customer_name,
        price_type=document.price_type,
        payment_form=document.payment_form,
        delivery_on=document.delivery_on,
        delivery_address=document.delivery_address,
        warehouse=document.warehouse,
        discount_percent=Decimal(document.discount_percent),
        description=document.description,
        signature_sha256=document.signature_sha256,
        signed_by=document.signed_by,
        signed_at=document.signed_at,
        signed_content=document.signed_content,
        appointment=document.appointment,
        number=document.number,
        lines=tuple(_as_typed(line) for line in document.lines if not line.is_free),
        discount_amount=Decimal(document.discount_amount),
    )
    known = stores.catalog.one(Customer, cart.customer)
    if known is not None:
        return replace(cart, customer_class=known.customer_class or "")
    new = documents.new_customer(stores.work, cart.new_customer) if cart.new_customer else None
    return replace(cart, customer_class=new.customer_class) if new else cart


def _as_typed(line: DocumentLine) -> CartLine:
    return CartLine(
        line.line,
        line.item,
        line.unit,
        abs(Decimal(line.quantity)),
        Decimal(line.discount_percent),
        line.description,
        Decimal(line.discount_amount),
        Decimal(line.own_price) if line.own_price else None,
        line.reason,
        line.returned_from,
    )


def price(stores: AccountStores, cart: Cart) -> PricedDocument:
    """Prices the cart as of today, by the rules of docs/pricing.md; quantities of a return are below zero."""
    is_return = cart.type == "sales_return"
    book = PriceBook(rows_for(stores, (line.item for line in cart.lines), cart.customer))
    document = replace(
        head_of(stores, cart),
        lines=tuple(_as_input(line, is_return=is_return) for line in cart.lines),
        is_return=is_return,
        discount_percent=cart.discount_percent,
        discount_amount=cart.discount_amount,
    )
    return price_document(book, document)


def _as_input(line: CartLine, *, is_return: bool) -> LineInput:
    quantity = -line.quantity if is_return else line.quantity
    return LineInput(
        line.id, line.item, line.unit, quantity, line.discount_percent, line.discount_amount, line.own_price
    )


def head_of(stores: AccountStores, cart: Cart) -> DocumentInput:
    """Returns the input for pricing single lines of the cart's document: no lines, no document discount."""
    profile = profile_of(stores.catalog)
    return DocumentInput(
        date=date.fromisoformat(cart.issued_on),
        currency=cart.currency,
        customer=cart.customer,
        customer_class=cart.customer_class or None,
        profile=profile.code if profile else None,
        price_type=cart.price_type,
        payment_form=cart.payment_form,
        lines=(),
    )


def look_at(stores: AccountStores, cart: Cart, record: str = "") -> OpenOrder:
    """Prices and checks a cart; removes its signature if it was given for other content."""
    priced = price(stores, cart)
    names, codes = _item_words(stores, priced, record)
    order = OpenOrder(
        cart,
        priced,
        (*choice_problems(stores, cart), *problems(stores, cart, priced, record)),
        names,
        codes,
        unit_codes(stores.catalog),
        record,
    )
    document = to_document(order)
    signed = signing.with_valid_signature(cart, document)
    return replace(order, cart=signed, problems=(*order.problems, *size_problems(document)))


def _item_words(stores: AccountStores, priced: PricedDocument, record: str) -> tuple[dict[int, str], dict[int, str]]:
    """Returns the items' names and codes by key; those of deleted items are as the record was saved with."""
    keys = {line.item for line in priced.lines}
    items = stores.catalog.having(Item, "id", keys)
    names, codes = {item.id: item.name for item in items}, {item.id: item.code for item in items}
    if record and names.keys() != keys:
        for line in documents.load(stores.work, record).lines:
            names.setdefault(line.item, line.item_name)
            codes.setdefault(line.item, line.item_code)
    return names, codes


def keep(stores: AccountStores, cart: Cart, record: str, past: Past = MappingProxyType({})) -> tuple[OpenOrder, str]:
    """Prices and checks a cart, and saves it durably as a draft; returns it with the record's id.

    `past` has the carts that undoing can restore. Raises TooLateError unless the record is new or a draft.
    """
    order = look_at(stores, cart, record)
    kept = documents.save_draft(stores.work, to_document(order), record or None, _steps(past))
    return replace(order, record=kept), kept


def put_back(stores: AccountStores, document: Document, record: str, past: Past) -> None:
    """Restores a draft to its content when it was opened."""
    documents.save_draft(stores.work, document, record, _steps(past))


def _steps(past: Past) -> undo.Steps:
    return {step: partial(_as_json, cart) for step, cart in past.items()}


def _as_json(cart: Cart) -> str:
    return msgspec.json.encode(cart).decode()


def past_of(stores: AccountStores, record: str) -> dict[int, Cart]:
    """Returns the carts that undoing can restore, oldest first."""
    return {step: msgspec.json.decode(cart, type=Cart) for step, cart in undo.load(stores.work, record).items()}


def newly_reached(before: OpenOrder, after: OpenOrder) -> list[str]:
    """Returns the names of promotions whose scales a change has reached."""
    held = _scales(before)
    return list(dict.fromkeys(name for key, name in _scales(after).items() if key not in held))


def _scales(order: OpenOrder) -> dict[tuple[int, Decimal], str]:
    return {
        (promotion.promotion, promotion.scale_from): promotion.name
        for line in order.priced.lines
        for promotion in line.promotions
    }


def confirm(stores: AccountStores, order: OpenOrder) -> str:
    """Checks the order with today's data, numbers it and puts it into the outbox.

    Raises TooLateError, BlockedError, or ChangedError if the order is not what it was when it was looked at.
    """
    checked, checkpoint = _priced_at_one_moment(stores, order)
    if not checked.can_be_confirmed:
        raise BlockedError(checked)
    if _is_other(order, checked):
        raise ChangedError(checked)
    return documents.confirm(
        stores.work,
        to_document(checked),
        numerator_of(stores, checked.cart.type),
        checkpoint=checkpoint,
        record_id=order.record or None,
        depends_on=checked.cart.new_customer or None,
    )


def _priced_at_one_moment(stores: AccountStores, order: OpenOrder) -> tuple[OpenOrder, str]:
    """Returns the order of today with prices, and their checkpoint; prices again if a sync published meanwhile.

    The checkpoint is empty if an object is red, because the rows then belong to several checkpoints.
    """
    while True:
        checkpoint = stores.catalog.checkpoint_of(PRICED_BY)
        checked = look_at(stores, order.cart.on(clock.today()), order.record)
        if stores.catalog.checkpoint_of(PRICED_BY) == checkpoint:
            return checked, checkpoint


def _is_other(shown: OpenOrder, now: OpenOrder) -> bool:
    """Whether the date, a price or a warning is not the one shown."""
    known = {(problem.code, problem.line) for problem in shown.problems}
    is_new = any((problem.code, problem.line) not in known for problem in now.problems)
    return is_new or now.cart != shown.cart or _amounts(now.priced) != _amounts(shown.priced)


def _amounts(priced: PricedDocument) -> list[tuple[object, ...]]:
    lines = [(line.item, line.unit, line.quantity, line.unit_price_net, line.gross) for line in priced.lines]
    return [*lines, (priced.net, priced.vat, priced.gross)]


class NotConfirmedError(Exception):
    """The document was not confirmed; `order` is how it is today."""

    def __init__(self, order: OpenOrder) -> None:
        self.order = order
        super().__init__(", ".join(problem.code for problem in order.problems))


class BlockedError(NotConfirmedError):
    """Problems block the confirmation of the document."""


class ChangedError(NotConfirmedError):
    """Date, prices or warnings are not those that were shown: they must be seen before the document is confirmed."""


def to_document(order: OpenOrder) -> Document:
    """Returns the record to store and send."""
    cart, priced = order.cart, order.priced
    return Document(
        type=cart.type,
        number=cart.number,
        issued_on=cart.issued_on,
        currency=cart.currency,
        lines=[_line(order, line) for line in priced.lines],
        net=_money(priced.net),
        vat=_money(priced.vat),
        gross=_money(priced.gross),
        customer=cart.customer,
        new_customer=cart.new_customer,
        price_type=cart.price_type,
        payment_form=cart.payment_form,
        delivery_on=cart.delivery_on,
        delivery_address=cart.delivery_address,
        warehouse=cart.warehouse,
        discount_percent=_money(cart.discount_percent),
        description=cart.description,
        signature_sha256=cart.signature_sha256,
        signed_by=cart.signed_by,
        signed_at=cart.signed_at,
        signed_content=cart.signed_content,
        payment_discount=_money(priced.payment_discount),
        vat_sentences=list(priced.vat_sentences),
        totals=[
            VatTotal(vat_rate=total.vat_rate, net=_money(total.net), vat=_money(total.vat), gross=_money(total.gross))
            for total in priced.totals
        ],
        appointment=cart.appointment,
        customer_name=cart.customer_name,
        discount_amount=_money(cart.discount_amount),
    )


def _line(order: OpenOrder, line: PricedLine) -> DocumentLine:
    typed = order.cart.line(line.id)
    return DocumentLine(
        line=line.id,
        item=line.item,
        unit=line.unit,
        quantity=_money(line.quantity),
        unit_price=_money(line.unit_price_net),
        net=_money(line.net),
        vat=_money(line.vat),
        gross=_money(line.gross),
        vat_rate=line.vat_rate,
        warehouse=order.cart.warehouse,
        discount_percent=_money(typed.discount_percent) if typed else "0",
        description=typed.description if typed else "",
        is_free=line.is_free,
        steps=[
            PriceStep(
                label=step.label or step.code,
                before=_money(step.before),
                after=_money(step.after),
                value=step.value,
                source=step.source,
            )
            for step in line.steps
        ],
        item_code=order.codes.get(line.item, ""),
        item_name=order.names.get(line.item, ""),
        unit_code=order.units.get(line.unit, ""),
        discount_amount=_money(typed.discount_amount) if typed else "0",
        own_price=_money(typed.own_price) if typed and typed.own_price is not None else "",
        promotion_discount=_money(line.promotion_discount),
        reason=typed.reason if typed else "",
        returned_from=typed.returned_from if typed else "",
    )


def keys_by_code(catalog: CatalogReader, kind: type[PaymentForm | Unit | Warehouse]) -> dict[str, int]:
    """Returns code -> key for the rows of a small object."""
    return {row.code: row.id for row in catalog.all(kind)}


def _payment_form(stores: AccountStores, wanted: int | None, profile: Profile | None) -> int | None:
    """Returns the customer's payment form if the profile allows it, else the profile's default."""
    by_code = keys_by_code(stores.catalog, PaymentForm)
    allowed = {by_code[code] for code in (profile.payment_forms if profile else ()) if code in by_code}
    if wanted is not None and (wanted in allowed or not allowed):
        return wanted
    return by_code.get((profile.default_payment_form if profile else None) or "")


def _money(value: Decimal) -> str:
    return f"{value:f}"
