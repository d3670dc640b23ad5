"""The header of an order: payment, delivery, warehouse, description, discount of the document."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from salesapp.models.order import Cart
from salesapp.models.order_choices import OrderChoices
from salesapp.views import formats
from salesapp.views.look.type import font
from salesapp.views.order.line_sheet import amount
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.choice import Choice, DateField
from salesapp.views.parts.fields import Field
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Text


class DetailsSheet(Sheet):
    """Edits the header; `taken` carries the fields that the cart takes over."""

    taken = Signal(dict)
    signature_requested = Signal()

    def __init__(self, parent: QWidget, cart: Cart, choices: OrderChoices) -> None:
        super().__init__(parent, "side")
        self._cart, self._choices = cart, choices
        close = IconButton("dismiss_regular")
        close.set_words(self.tr("Close"))
        close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.addWidget(Text("title", text=self.tr("Details")), 1)
        head.addWidget(close)
        self.body.addLayout(head)
        self.payment = self._choice(self.tr("Payment form"), choices.payment_forms, cart.payment_form)
        self.currency = self._choice(self.tr("Currency"), choices.currencies, cart.currency)
        self.warehouse = self._choice(self.tr("Warehouse"), choices.warehouses, cart.warehouse)
        addresses = [(entry, entry) for entry in choices.addresses] or [("", self.tr("No address"))]
        self.address = self._choice(self.tr("Delivery address"), addresses, cart.delivery_address)
        self.delivery = DateField(date.fromisoformat(cart.delivery_on or cart.issued_on))
        self.delivery.setMinimumDate(_day(cart.issued_on))
        self._labelled(self.tr("Delivery date"), self.delivery)
        self.discount = Field("tag_percent_regular")
        self.discount.set_words(self.tr("Discount of the document in percent"))
        self.discount.edit.setText(f"{cart.discount_percent:f}" if cart.discount_percent else "")
        self.body.addWidget(self.discount)
        self.description = QPlainTextEdit(cart.description)
        self.description.setFont(font("body"))
        self.description.setFixedHeight(96)
        self.description.setTabChangesFocus(True)
        self._labelled(self.tr("Description"), self.description)
        self.signature = Button("normal", "signature_regular")
        self.signature.set_words(self.tr("Sign anew") if cart.signature_sha256 else self.tr("Signature"))
        self.signature.clicked.connect(self._on_signature_clicked)
        self.body.addWidget(self.signature)
        self.take = Button("primary", "checkmark_regular", big=True)
        self.take.set_words(self.tr("Apply"))
        self.take.clicked.connect(self._on_take_clicked)
        self.body.addWidget(self.take)
        self.body.addStretch()
        self.closed.connect(self.deleteLater)

    def _choice(self, name: str, entries: Sequence[tuple[Any, str]], current: Any) -> Choice:
        made = Choice(entries, current, name)
        self._labelled(name, made)
        return made

    def _labelled(self, name: str, field: QWidget) -> None:
        label = Text("small_bold", text=name)
        label.setBuddy(field)
        field.setAccessibleName(name)
        self.body.addWidget(label)
        self.body.addWidget(field)

    def _fields(self) -> dict[str, Any] | None:
        discount = amount(self.discount.edit.text())
        limit = self._choices.maximum_discount
        is_over = discount is None or discount > limit
        words = self.tr("At most {limit} %").format(limit=formats.decimal(limit))
        self.discount.set_error(words if is_over else "")
        if is_over:
            return None
        return {
            "payment_form": self.payment.currentData(),
            "currency": self.currency.currentData(),
            "warehouse": self.warehouse.currentData(),
            "delivery_address": self.address.currentData(),
            "delivery_on": self.delivery.day.isoformat(),
            "discount_percent": discount if discount is not None else Decimal(),
            "description": self.description.toPlainText().strip(),
        }

    def _on_take_clicked(self) -> None:
        fields = self._fields()
        if fields is not None:
            self.close_sheet()
            self.taken.emit(fields)

    def _on_signature_clicked(self) -> None:
        fields = self._fields()
        if fields is not None:
            self.close_sheet()
            self.taken.emit(fields)
            self.signature_requested.emit()


def _day(text: str) -> QDate:
    day = date.fromisoformat(text)
    return QDate(day.year, day.month, day.day)
