"""A document's page: receipt, facts, lines, totals, and the actions that its state allows."""

from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views import formats, labels
from salesapp.views.parts.buttons import Button, Kind
from salesapp.views.parts.flow import Pairs, ReflowRow
from salesapp.views.parts.frame import MARGIN, Card, FootBar, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.strip import Strip
from salesapp.views.parts.text import Icon, Line, Text
from salesapp.views.receipts.labels import LOOKS, erp_state_word, item_title, receipt_text

if TYPE_CHECKING:
    from salesapp.services.document_view import DocumentView

ACTIONS: dict[str, tuple[Kind, str]] = {
    "void": ("quiet", "dismiss_circle_regular"),
    "export": ("quiet", "share_regular"),
    "attach": ("normal", "attach_regular"),
    "mail": ("normal", "mail_regular"),
    "pdf": ("normal", "document_pdf_regular"),
    "copy": ("normal", "copy_regular"),
    "return": ("normal", "box_regular"),
    "to_order": ("normal", "arrow_repeat_all_regular"),
    "edit": ("primary", "edit_regular"),
}
"""Buttons of the foot bar -> kind and icon. Where there is little room, the first ones shrink first."""


def possible(view: "DocumentView", kinds: Collection[str] = ()) -> set[str]:
    """Returns the actions that a document's state allows; `kinds` are those that the user may write."""
    found = {"pdf", "mail"}
    if view.document is not None:
        found.add("copy")
        if view.item.type == "sales_quote":
            found.add("to_order")
        if view.item.type == "sales_order" and view.item.state == "in_erp" and "sales_return" in kinds:
            found.add("return")
    if view.item.can_change:
        found |= {"edit", "void"}
    if view.item.record:
        found.add("export")
    if view.item.record and view.item.state != "voided":
        found.add("attach")
    return found


class Fact(QWidget):
    """A value below its name; asks for the width of one line."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__()
        self.words = (name, value)
        self._lines = (Text("small", "text2", text=name), Text("body", wraps=True, text=value))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for line in self._lines:
            column.addWidget(line)

    def sizeHint(self) -> QSize:
        widths = (line.fontMetrics().horizontalAdvance(line.text()) for line in self._lines)
        return QSize(max(widths) + 2, super().sizeHint().height())


class DocumentPage(ScreenPage):
    """`action_requested` carries one of ACTIONS, or "visit" for the visit in which the document was made."""

    action_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.view: DocumentView | None = None
        self._kinds: Collection[str] = ()
        self.visit: Button | None = None
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self._column.setSpacing(16)
        self.foot = FootBar()
        self.buttons: dict[str, Button] = {}
        for name, (kind, icon) in ACTIONS.items():
            button = self.buttons[name] = Button(kind, icon)
            button.clicked.connect(lambda _checked=False, name=name: self.action_requested.emit(name))
            self.foot.add(button, may_shrink=name != "edit")
        column = bare_column(self)
        column.addWidget(self.header)
        self.area = scrolled(self._holder)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)
        self.foot.set_hint("")

    @property
    def primary(self) -> Button:
        return self.buttons["edit"]

    def show_document(self, view: "DocumentView | None", kinds: Collection[str] = ()) -> None:
        self.view, self._kinds = view, kinds
        self.retranslate()

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)
        self.retranslate()

    def retranslate(self) -> None:
        self.visit = None
        clear(self._column)
        allowed = possible(self.view, self._kinds) if self.view else set()
        names = {
            "void": self.tr("Void"),
            "export": self.tr("Export"),
            "attach": self.tr("Attachments"),
            "mail": self.tr("Mail"),
            "pdf": self.tr("PDF"),
            "copy": self.tr("Copy"),
            "return": self.tr("Return goods"),
            "to_order": self.tr("Make an order"),
            "edit": self.tr("Fix and send again") if self._is_rejected else self.tr("Edit"),
        }
        for name, button in self.buttons.items():
            button.set_texts(names[name])
            button.setVisible(name in allowed)
        if self.view is None:
            self._show_gone()
            return
        self.header.set_texts(item_title(self.view.item), self.view.customer)
        for card in (self._receipt(), self._facts(), self._lines(), self._totals()):
            self._column.addWidget(card)
        self._column.addStretch()

    @property
    def _is_rejected(self) -> bool:
        return self.view is not None and self.view.item.state == "rejected"

    def _show_gone(self) -> None:
        self.header.set_texts(self.tr("Document"))
        gone = Empty("document_text_regular")
        gone.title.setText(self.tr("This document is no longer there"))
        gone.text.setText(self.tr("A draft that was deleted, or one that the ERP has taken back."))
        self._column.addWidget(gone)

    def _receipt(self) -> Card:
        assert self.view is not None  # parts are built from a view
        item = self.view.item
        icon, token, segments = LOOKS[item.state]
        card = Card()
        row = QHBoxLayout()
        row.addWidget(Icon(icon, 24, token))
        beside = ReflowRow()
        beside.add(Text("name", token, wraps=True, text=receipt_text(item)), 1)
        strip = Strip(8)
        strip.set_segments(segments, receipt_text(item))
        strip.setFixedWidth(200)
        beside.add(strip)
        row.addLayout(beside, 1)
        card.body.addLayout(row)
        if item.merged_into:
            words = self.tr("The office has merged the customer: it goes to {name}.").format(name=item.merged_into)
            card.body.addWidget(Text("body", wraps=True, text=words))
        if item.code:
            sentences = labels.error(item.code, dict(item.params))
            rows = [(self.tr("Why:"), sentences.why), (self.tr("What helps:"), sentences.helps)]
            if item.field:
                rows.insert(1, (self.tr("Field:"), labels.field(item.field.rpartition(".")[2])))
            for name, sentence in rows:
                line = ReflowRow(spacing=8, below=0)
                line.add(Text("body_bold", text=name))
                line.add(Text("body", wraps=True, text=sentence), 1)
                card.body.addLayout(line)
        return card

    def _facts(self) -> Card:
        assert self.view is not None  # parts are built from a view
        view = self.view
        dot = " \N{MIDDLE DOT} "
        facts = [
            (self.tr("Issued on"), view.issued_on and formats.day(view.issued_on)),
            (
                self.tr("Delivery"),
                view.delivery_on and formats.day(view.delivery_on),
            ),
            (self.tr("Delivery address"), view.delivery_address),
            (self.tr("Payment form"), view.payment_form),
            (self.tr("Number in the ERP"), view.item.erp_number),
            (self.tr("State in the ERP"), dot.join(erp_state_word(state) for state in view.item.states)),
            (self.tr("Discount of the document"), self._discount()),
            (self.tr("Discount of the payment form"), self._payment_discount()),
            (self.tr("VAT"), "\n".join(view.vat_sentences)),
            (self.tr("Description"), view.description),
            (self.tr("Signed by"), dot.join(filter(None, (view.signed_by, _moment(view.signed_at))))),
        ]
        card = Card()
        pairs = Pairs(below=12)
        for name, value in facts:
            if value:
                pairs.addWidget(Fact(name, value))
        card.body.addLayout(pairs)
        if view.document is not None and view.document.appointment:
            self.visit = Button("quiet", "clipboard_checkmark_regular")
            self.visit.set_texts(self.tr("The visit it was made in"))
            self.visit.clicked.connect(lambda: self.action_requested.emit("visit"))
            card.body.addWidget(self.visit, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _discount(self) -> str:
        if self.view and self.view.discount_amount:
            return formats.money(self.view.discount_amount, self.view.currency)
        percent = self.view.discount_percent if self.view else Decimal()
        return f"{formats.decimal(percent)}{formats.FIXED}%" if percent else ""

    def _payment_discount(self) -> str:
        if not self.view or not self.view.payment_discount:
            return ""
        return formats.money(-self.view.payment_discount, self.view.currency)

    def _lines(self) -> Card:
        assert self.view is not None  # parts are built from a view
        card = Card()
        for place, line in enumerate(self.view.lines):
            if place:
                card.body.addWidget(Line())
            row = QHBoxLayout()
            words_ = QVBoxLayout()
            words_.setSpacing(0)
            words_.addWidget(Text("body_medium", wraps=True, text=line.name))
            quantity = f"{formats.decimal(line.quantity)}{formats.FIXED}{line.unit}"
            times = f"{quantity} \N{MULTIPLICATION SIGN} {formats.price(line.price, self.view.currency)}"
            below = self.tr("{quantity} free").format(quantity=quantity) if line.is_free else times
            if line.discount_percent:
                below += f" {formats.MINUS}{formats.decimal(line.discount_percent)}{formats.FIXED}%"
            if line.promotion_discount:
                below += f" {formats.amount(-line.promotion_discount, self.view.currency)}"
            words_.addWidget(Text("small", "text2", wraps=True, text=f"{line.code}  {below}"))
            if line.reason:
                reason = self.tr("Reason: {reason}").format(reason=line.reason)
                words_.addWidget(Text("small", "text2", wraps=True, text=reason))
            if line.description:
                words_.addWidget(Text("small", "text2", wraps=True, text=line.description))
            row.addLayout(words_, 1)
            value = line.gross if self.view.is_gross else line.net
            row.addWidget(Text("body_bold", text=formats.amount(value, self.view.currency)))
            card.body.addLayout(row)
        return card

    def _totals(self) -> Card:
        assert self.view is not None  # parts are built from a view
        view = self.view
        rows = [(self.tr("Net"), formats.amount(view.net, view.currency), "body", "body_bold")]
        rows += [
            (
                self.tr("VAT {percent} % of {net}").format(
                    percent=formats.decimal(total.percent) if total.percent is not None else "?",
                    net=formats.amount(total.net, view.currency),
                ),
                formats.amount(total.vat, view.currency),
                "small",
                "small",
            )
            for total in view.totals
        ] or [(self.tr("VAT"), formats.amount(view.vat, view.currency), "small", "small")]
        gross = formats.money(view.gross, view.currency)
        rows.append((self.tr("Gross"), gross, "heading", "title"))
        card = Card()
        for name, amount, left, right in rows:
            row = QHBoxLayout()
            row.addWidget(Text(left, "text" if left != "small" else "text2", text=name), 1)
            row.addWidget(Text(right, text=amount))
            card.body.addLayout(row)
        return card


def _moment(utc: str) -> str:
    return formats.moment(utc) if utc else ""
