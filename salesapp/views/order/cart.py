"""The cart: lines, totals per VAT rate, and the buttons that end the order."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from salesapp.domain.price_rules.numbers import rounded
from salesapp.models.errors import survivable
from salesapp.models.order import OrderModel
from salesapp.views import formats
from salesapp.views.look.type import font
from salesapp.views.order.labels import percent_off, problem_text
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.flow import ReflowRow
from salesapp.views.parts.layouts import clear
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.plain import set_tip
from salesapp.views.parts.states import MessageBar
from salesapp.views.parts.text import Line, Text
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.parts.touch_list import RowsView

if TYPE_CHECKING:
    from salesapp.domain.documents import Cart
    from salesapp.domain.pricing import PricedLine
    from salesapp.services.order_checks import Problem

LINE = Qt.ItemDataRole.UserRole + 1
NAME = Qt.ItemDataRole.UserRole + 2
CURRENCY = Qt.ItemDataRole.UserRole + 3
WIDEST_NAME = 190
"""Pixels of a signer's name on the button."""
REASON = Qt.ItemDataRole.UserRole + 4
TIMES = "\N{MULTIPLICATION SIGN}"


def signer(cart: "Cart") -> str:
    """Returns who has signed and when: "Anna Nowak, 14:05"; the name alone of an unknown time."""
    time = formats.clock(formats.local(cart.signed_at)) if cart.signed_at else ""
    return ", ".join(part for part in (cart.signed_by, time) if part)


class CartModel(QAbstractListModel):
    """The priced lines of an order, free goods after the line that earned them."""

    def __init__(self, order: OrderModel, parent: object = None) -> None:
        del parent
        super().__init__(order)
        self._order = order
        self._lines: tuple[PricedLine, ...] = ()
        order.changed.connect(self._follow)

    def _follow(self) -> None:
        lines = self._order.order.priced.lines if self._order.order else ()
        kept = {line.id for line in self._order.cart.lines}
        shown = tuple(line for line in lines if line.is_free or line.id in kept)
        if [line.id for line in shown] != [line.id for line in self._lines]:
            self.beginResetModel()
            self._lines = shown
            self.endResetModel()
        elif shown:
            self._lines = shown
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, 0))

    def line(self, row: int) -> "PricedLine":
        return self._lines[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines) or self._order.order is None:
            return None
        line = self._lines[index.row()]
        name = self._order.order.names.get(line.item, "")
        if role == LINE:
            return line
        if role == REASON:
            typed = self._order.cart.line(line.id)
            return typed.reason if typed else ""
        if role == CURRENCY:
            return self._order.order.priced.currency
        if role == NAME:
            return self._order.order.units.get(line.unit, "")
        return name if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} else None


class CartDelegate(TouchDelegate):
    """Paints one line: name over quantity, price and discounts; the net value on the right."""

    usual_height, grows = 56, False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        line: PricedLine | None = index.data(LINE)
        if line is None:
            return
        currency: str = index.data(CURRENCY)
        net = formats.amount(line.net, currency)
        right = net_area(area, net)
        if line.error:
            paint_line(painter, right, self.tr("no price"), "small_medium", "wait", right=True, whole=True)
        else:
            paint_line(painter, right, net, "body_bold", "text", right=True, whole=True)
        top = QRect(area.left() + 16, area.top() + 5, right.left() - 16 - area.left() - 16, 24)
        paint_line(painter, top, str(index.data()), "body", "text")
        below = top.translated(0, 22)
        quantity = f"{formats.decimal(line.quantity)}{formats.FIXED}{index.data(NAME)}"
        words = (
            self.tr("{quantity} free").format(quantity=quantity)
            if line.is_free
            else f"{quantity} {TIMES} {formats.price(line.unit_price_net, currency)}"
        )
        paint_line(painter, below, words, "small", "text2")
        below.setLeft(below.left() + QFontMetrics(font("small")).horizontalAdvance(words) + 8)
        if reason := index.data(REASON):
            paint_line(painter, below, reason, "small", "text2")
        elif line.quantity > 0 and (saved := saved_text(line, currency)):
            paint_line(painter, below, saved, "small_medium", "ok")
        self.paint_edge(painter, option)


def saved_text(line: "PricedLine", currency: str) -> str:
    """Returns what is off the list price in percent, and what groups and bundles take off the value."""
    percent = f"{formats.MINUS}{formats.decimal(line.saved_percent)}{formats.FIXED}%" if line.saved_percent else ""
    off = formats.amount(-line.promotion_discount, currency) if line.promotion_discount else ""
    return "  ".join(filter(None, (percent, off)))


def net_area(area: QRect, net: str) -> QRect:
    """Returns the area of a row's net value."""
    width = QFontMetrics(font("body_bold")).horizontalAdvance(net)
    return QRect(area.right() - 16 - width, area.top(), width, area.height())


class CartList(RowsView):
    """The lines. `opened` carries a row to edit, `price_requested` a row whose price to explain."""

    opened = Signal(int)
    price_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.delegate = CartDelegate(self)
        self.setItemDelegate(self.delegate)
        self._spot = QPoint()
        self.clicked.connect(self._on_clicked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._spot = event.position().toPoint()
        super().mouseReleaseEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        """Explains the price on a tap on the value, and opens the line on a tap elsewhere."""
        net = formats.amount(index.data(LINE).net, index.data(CURRENCY))
        value = net_area(self.visualRect(index), net).adjusted(-16, 0, 16, 0)
        (self.price_requested if value.contains(self._spot) else self.opened).emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.show_focus(by_keyboard=True)
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.opened.emit(row)
        elif event.key() == Qt.Key.Key_F1 and row >= 0:
            self.price_requested.emit(row)
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            event.ignore()
        else:
            super().keyPressEvent(event)


class CartPane(QFrame):
    """Lines, totals, and the buttons that end the order. `shut`: a cart over the list was closed."""

    confirm_requested = Signal()
    save_requested = Signal()
    more_requested = Signal()
    last_requested = Signal()
    problems_requested = Signal()
    sign_requested = Signal()
    shut = Signal()

    def __init__(self, order: OrderModel) -> None:
        super().__init__()
        self._order = order
        self.setProperty("card", True)  # Qt's setter
        self.title, self.count = Text("name"), Text("body", "text2")
        self.sign = Button("quiet", "signature_regular")
        self.down = IconButton("chevron_down_regular")
        self.down.hide()
        self.model = CartModel(order)
        self.list = CartList()
        self.list.setModel(self.model)
        self.list.setMinimumHeight(112)
        self.empty = Text("body", "text2", wraps=True)
        self.same = Button("normal", "history_regular")
        self.notice, self.problem = MessageBar(16), MessageBar(16)
        self.primary, self.save = Button("primary", "checkmark_regular", big=True), Button("normal", big=True)
        self.more = IconButton("more_horizontal_regular")
        self._totals = QGridLayout()
        self._totals.setHorizontalSpacing(12)
        self._totals.setVerticalSpacing(2)
        self._totals.setColumnStretch(0, 1)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 12)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 2, 16, 2)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.sign)
        head.addWidget(self.count)
        head.addWidget(self.down)
        column.addLayout(head)
        column.addWidget(Line())
        column.addWidget(self.empty)
        beside = QHBoxLayout()
        beside.setContentsMargins(20, 0, 20, 0)
        beside.addWidget(self.same)
        beside.addStretch()
        column.addLayout(beside)
        column.addWidget(self.list, 1)
        column.addStretch()
        column.addWidget(self.notice)
        column.addWidget(self.problem)
        below = QVBoxLayout()
        below.setContentsMargins(16, 12, 16, 0)
        below.setSpacing(10)
        below.addLayout(self._totals)
        others = QWidget()
        others.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        beside = QHBoxLayout(others)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.save, 1)
        beside.addWidget(self.more)
        buttons = ReflowRow(spacing=8, least=150)
        buttons.add(self.primary, 1)
        buttons.add(others)
        below.addLayout(buttons)
        column.addLayout(below)
        self.empty.setContentsMargins(20, 24, 20, 24)

    def _connect(self) -> None:
        self.primary.clicked.connect(self.confirm_requested)
        self.save.clicked.connect(self.save_requested)
        self.more.clicked.connect(self.more_requested)
        self.same.clicked.connect(self.last_requested)
        self.down.clicked.connect(self.shut)
        self.sign.clicked.connect(self.sign_requested)
        self.problem.acted.connect(self.problems_requested)
        self._order.changed.connect(self.show_order)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Cart"))
        self.down.set_texts(self.tr("Close the cart"))
        self.empty.setText(self.tr("Nothing yet. Tap plus beside an item, type a quantity, or scan."))
        self.same.set_texts(self.tr("The same as last time"))
        self.primary.set_texts(self.tr("Confirm"))
        self.save.set_texts(self.tr("Save draft"))
        self.more.set_texts(self.tr("More"))
        self.list.setAccessibleName(self.tr("Cart"))
        self.show_order()

    def show_order(self) -> None:
        count = self.model.rowCount()
        self.count.setText(formats.plural("CartPane", "%n lines", count))
        self.empty.setVisible(not count)
        self.same.setVisible(not count and bool(self._order.last) and self._order.cart.type != "sales_return")
        self.list.setVisible(bool(count))
        self._show_totals()
        self._show_signature()
        self.sign.setVisible(bool(count))
        problems = self.problems() if count else []
        self._show_problems(problems)
        self.primary.setEnabled(bool(count) and not any(problem.blocks for problem in problems))
        self.save.setEnabled(bool(count) or bool(self._order.record))

    def problems(self) -> "list[Problem]":
        """Returns the order's problems, those that block confirmation first."""
        return sorted(self._order.problems, key=lambda problem: not problem.blocks)

    def sentences(self) -> list[str]:
        """Returns a sentence for each problem and warning, with the item concerned."""
        return [self._sentence(problem) for problem in self.problems()]

    def _sentence(self, problem: "Problem") -> str:
        priced = self._order.order.line_of(problem.line) if self._order.order and problem.line else None
        name = self._order.order.names.get(priced.item, "") if priced and self._order.order else ""
        words = problem_text(problem.code, dict(problem.params))
        return f"{name}: {words}" if name else words

    def _show_problems(self, problems: "list[Problem]") -> None:
        if not problems:
            self.problem.hide()
            return
        more = formats.plural("CartPane", "%n more", len(problems) - 1) if len(problems) > 1 else ""
        state = "failed" if problems[0].blocks else "warning"
        self.problem.show_message(state, "", self._sentence(problems[0]), more)

    def _show_signature(self) -> None:
        """Shows on the button who has signed, shortened to what fits; its full text is read aloud."""
        cart = self._order.cart
        is_signed = bool(cart.signature_sha256)
        name = signer(cart) if is_signed else self.tr("Signature")
        self.sign.set_icon("checkmark_circle_filled" if is_signed else "signature_regular")
        metrics = QFontMetrics(font("body_bold"))
        self.sign.set_texts(metrics.elidedText(name, Qt.TextElideMode.ElideRight, WIDEST_NAME))
        words = self.tr("Signed by {name}").format(name=name) if is_signed else name
        self.sign.setAccessibleName(words)
        set_tip(self.sign, words)

    def _show_totals(self) -> None:
        clear(self._totals)
        priced = self._order.order.priced if self._order.order else None
        if priced is None:
            return
        currency = priced.currency
        rows = [(self.tr("Net"), formats.amount(priced.net, currency), "body", "body_bold", "text")]
        for total in priced.totals:
            percent = formats.decimal(total.percent)
            words = self.tr("VAT {percent} % of {net}").format(percent=percent, net=formats.amount(total.net, currency))
            rows.append((words, formats.amount(total.vat, currency), "small", "small", "text2"))
        if priced.discount:
            percent = formats.decimal(rounded(priced.discount_percent, 2))
            words = self.tr("Discount of the document {percent} %").format(percent=percent)
            rows.insert(0, (words, formats.amount(-priced.discount, currency), "small", "small", "text2"))
        if priced.payment_discount:
            words = self.tr("Payment form {percent}").format(percent=percent_off(priced.payment_percent))
            off = formats.amount(-priced.payment_discount, currency)
            rows.insert(1 if priced.discount else 0, (words, off, "small", "small", "text2"))
        gross = formats.money(priced.gross, currency)
        rows.append((self.tr("Gross"), gross, "heading", "title", "text"))
        for place, (left, right, left_role, right_role, token) in enumerate(rows):
            self._totals.addWidget(Text(left_role, token, text=left), place, 0)
            self._totals.addWidget(Text(right_role, token, text=right), place, 1, Qt.AlignmentFlag.AlignRight)
        for place, sentence in enumerate(priced.vat_sentences, len(rows)):
            self._totals.addWidget(Text("small", "text2", wraps=True, text=sentence), place, 0, 1, 2)
