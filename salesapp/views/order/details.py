"""The header of an order: payment, delivery, warehouse, description, discount of the document."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp import clock
from salesapp.domain.documents import Cart
from salesapp.models.order_choices import OrderChoices
from salesapp.services.order_checks import Problem
from salesapp.views import formats
from salesapp.views.look.type import font
from salesapp.views.order.labels import percent_off
from salesapp.views.order.own_terms import Own, OwnTerms
from salesapp.views.order.reason import ReasonField
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.choice import Choice, DateField
from salesapp.views.parts.fields import TextBox
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Words


class DetailsSheet(TitledSheet):
    """Edits the header; `edited` carries each change at once: the field's name, and a function of the cart."""

    edited = Signal(str, object)  # and a Callable[[Cart], Cart]
    signature_requested = Signal()
    customer_requested = Signal()

    def __init__(
        self,
        parent: QWidget,
        cart: Cart,
        choices: OrderChoices,
        *,
        is_gross: bool = False,
        reasons: Sequence[str] | None = None,
    ) -> None:
        super().__init__(parent, lambda: self.tr("Details"), "side")
        self._is_signed, self._is_gross = bool(cart.signature_sha256), is_gross
        self._problems: tuple[Problem, ...] = ()
        self._withdrawn = _withdrawn(cart, choices)
        self.customer = Button("normal", "people_regular", big=True)
        self._customer_name = cart.customer_name
        self.add_labelled(lambda: self.tr("Customer"), self.customer)
        self.payment = self._choice(
            lambda: self.tr("Payment form"), _forms(choices, cart.payment_form), cart.payment_form
        )
        self.currency = self._choice(lambda: self.tr("Currency"), choices.currencies, cart.currency)
        self.warehouse = self._choice(lambda: self.tr("Warehouse"), choices.warehouses, cart.warehouse)
        addresses = [(entry, entry) for entry in choices.addresses] or [("", self.tr("No address"))]
        self.address = self._choice(lambda: self.tr("Delivery address"), addresses, cart.delivery_address)
        self.delivery = DateField(date.fromisoformat(cart.delivery_on or cart.issued_on))
        self.delivery.setMinimumDate(_day(max(cart.issued_on, clock.today().isoformat())))
        self.add_labelled(lambda: self.tr("Delivery date"), self.delivery)
        self._make_terms(cart, choices, reasons)
        self.description = TextBox(cart.description)
        self.description.setFont(font("body"))
        self.description.setFixedHeight(96)
        self.description.setTabChangesFocus(True)
        self.add_labelled(lambda: self.tr("Description"), self.description)
        self.body.addStretch()
        self._make_foot()
        self.keep_translated(self._set_texts)
        self._connect()

    def _make_foot(self) -> None:
        self.signature, self.done = (
            Button("normal", "signature_regular", big=True),
            Button("primary", "checkmark_regular", big=True),
        )
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.signature, 1)
        foot.addWidget(self.done, 1)
        self.panel.foot.addLayout(foot)

    def _make_terms(self, cart: Cart, choices: OrderChoices, reasons: Sequence[str] | None) -> None:
        """Adds the discount of the document, or (with `reasons`) the reason of a return, which has no discount."""
        own = Own(cart.discount_percent, cart.discount_amount)
        self._opened_with = Own(cart.discount_percent)
        self.own = OwnTerms(own, ("percent", "amount"), choices.maximum_discount, cart.currency)
        self.discount = self.own.field
        self.reason = ReasonField(reasons or ())
        self.body.addWidget(self.own)
        self.body.addWidget(self.reason)
        self.own.setVisible(reasons is None)
        self.reason.setVisible(reasons is not None)

    def _connect(self) -> None:
        self._follow(self.payment, "payment_form", lambda cart, key: replace(cart, payment_form=key))
        self._follow(self.currency, "currency", lambda cart, code: replace(cart.without_amounts(), currency=code))
        self.currency.currentIndexChanged.connect(self._on_currency)
        self._follow(self.warehouse, "warehouse", lambda cart, key: replace(cart, warehouse=key))
        self._follow(self.address, "delivery_address", lambda cart, text: replace(cart, delivery_address=text))
        self.delivery.dateChanged.connect(self._on_delivery)
        self.own.edited.connect(self._on_discount)
        self.reason.edited.connect(self._on_reason)
        self.description.textChanged.connect(self._on_description)
        self.customer.clicked.connect(self.close_sheet)
        self.customer.clicked.connect(self.customer_requested)
        self.signature.clicked.connect(self.close_sheet)
        self.signature.clicked.connect(self.signature_requested)
        self.done.clicked.connect(self._on_done_clicked)

    def _set_texts(self) -> None:
        self.customer.set_texts(self._customer_name or self.tr("Choose a customer"))
        is_gross = self._is_gross
        amount = self.tr("Discount of the document, gross") if is_gross else self.tr("Discount of the document, net")
        self.own.set_texts({"percent": self.tr("Discount of the document in percent"), "amount": amount})
        self.reason.set_texts(self.tr("Why all of it comes back"))
        self.signature.set_texts(self.tr("Sign anew") if self._is_signed else self.tr("Signature"))
        self.done.set_texts(self.tr("Done"))
        self.own.typed()

    def _choice(self, name: Words, entries: Sequence[tuple[Any, str]], current: Any) -> Choice:
        made = Choice(entries, current)
        self.add_labelled(name, made)
        return made

    def _follow(self, choice: Choice, field: str, make: Callable[[Cart, Any], Cart]) -> None:
        def emit() -> None:
            value = choice.currentData()
            self.edited.emit(field, lambda cart: make(cart, value))

        choice.currentIndexChanged.connect(emit)

    def _on_delivery(self) -> None:
        day = self.delivery.day.isoformat()
        self.edited.emit("delivery_on", lambda cart: replace(cart, delivery_on=day))

    def _on_description(self) -> None:
        text = self.description.toPlainText().strip()
        self.edited.emit("description", lambda cart: replace(cart, description=text))

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Shows what pricing found wrong with the discount of the document."""
        self._problems = tuple(problems)
        self.own.show_problems(self._problems)

    def _on_currency(self) -> None:
        """Takes away an amount, which was in another currency."""
        self.own.use_currency(self.currency.currentData())
        if self.own.take_away():
            self.discount.set_error(self.tr("It was in another currency."))

    def _on_discount(self) -> None:
        """Applies the typed discount. If it is invalid, restores the first one, so 40 does not leave a 4 behind."""
        own = self.own.typed() or self._opened_with
        self._problems = ()
        self.edited.emit(
            "discount", lambda cart: replace(cart, discount_percent=own.percent, discount_amount=own.amount)
        )

    def _on_reason(self) -> None:
        reason = self.reason.reason
        if reason:
            self.edited.emit("reason", lambda cart: cart.with_reason(reason))

    def _on_done_clicked(self) -> None:
        """Closes; takes what is shown where the cart's own choice is not offered any more."""
        if self.own.typed() is None or self.own.show_problems(self._problems):
            return
        for field, value in (
            ("payment_form", self.payment.currentData()),
            ("warehouse", self.warehouse.currentData()),
            ("delivery_address", self.address.currentData()),
            ("delivery_on", self.delivery.day.isoformat()),
        ):
            if field in self._withdrawn:
                self.edited.emit(field, partial(_with, field, value))
        self.close_sheet()


def _day(text: str) -> QDate:
    day = date.fromisoformat(text)
    return QDate(day.year, day.month, day.day)


def _with(field: str, value: Any, cart: Cart) -> Cart:
    return replace(cart, **{field: value})


def _forms(choices: OrderChoices, chosen: int | None) -> tuple[tuple[int | None, str], ...]:
    """Returns the payment forms, with the discounts that they have; a dash as long as none is chosen."""
    percents = {key: f" ({percent_off(percent)})" for key, percent in choices.form_discounts.items()}
    forms = tuple((key, f"{name}{percents.get(key, '')}") for key, name in choices.payment_forms)
    return forms if chosen is not None else ((None, formats.UNKNOWN), *forms)


def _withdrawn(cart: Cart, choices: OrderChoices) -> frozenset[str]:
    """Returns the fields whose value in the cart is not offered today."""
    forms, homes = dict(choices.payment_forms), dict(choices.warehouses)
    found = {
        "payment_form": cart.payment_form is not None and cart.payment_form not in forms,
        "warehouse": cart.warehouse is not None and cart.warehouse not in homes,
        "delivery_address": bool(cart.delivery_address) and cart.delivery_address not in choices.addresses,
        "delivery_on": bool(cart.delivery_on) and cart.delivery_on < clock.today().isoformat(),
    }
    return frozenset(field for field, is_gone in found.items() if is_gone)
