"""The cart in portrait: a row under the thumb, with the total and the buttons that end the order."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from salesapp.models.order import OrderModel
from salesapp.views import formats
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.text import ElidedLabel, Icon, Line, Text, Words, text_of

ROW, BAR, SLIM_BAR, LOW = 56, 96, 112, 80


class CartFoot(QFrame):
    """`open_cart` is the row; it shows the last change."""

    confirm_requested = Signal()
    save_requested = Signal()

    def __init__(self, order: OrderModel) -> None:
        super().__init__()
        self._order = order
        self.setProperty("bar", "foot")
        self.notice: Words = ""
        self.open_cart = QPushButton()
        self.open_cart.setFlat(True)
        self.open_cart.setFixedHeight(ROW)
        self.open_cart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lines, self.last = Text("body_bold"), ElidedLabel("body", "text2")
        self.last.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self.open_cart)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(Icon("cart_regular", 24))
        row.addWidget(self.lines)
        row.addWidget(self.last, 1)
        row.addWidget(Icon("chevron_up_regular", 24, "text2"))
        self.cart_button = IconButton("cart_regular")
        self.cart_button.clicked.connect(self.open_cart.click)
        self.gross, self.net = Text("title"), Text("small", "text2")
        self.primary, self.save = Button("primary", "checkmark_regular", big=True), Button("normal", big=True)
        self.primary.clicked.connect(self.confirm_requested)
        self.save.clicked.connect(self.save_requested)
        self._lay_out()
        self.set_form(is_low=False, is_slim=False)
        order.changed.connect(self.show_order)
        self.retranslate()

    def _lay_out(self) -> None:
        self._sums = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sums.setSpacing(0)
        self._sums.addStretch()
        self._sums.addWidget(self.gross)
        self._sums.addWidget(self.net)
        self._sums.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.save)
        buttons.addWidget(self.primary, 1)
        below = self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.setSpacing(12)
        below.addWidget(self.cart_button)
        below.addLayout(self._sums, 1)
        below.addLayout(buttons)
        column = bare_column(self)
        column.addWidget(self.open_cart)
        self._line = Line()
        column.addWidget(self._line)
        column.addLayout(below, 1)

    def set_form(self, *, is_low: bool, is_slim: bool) -> None:
        """Sets the form: when low, the row is a button beside the total; when slim, buttons go below the total."""
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        margin = 16 if is_slim else 24
        self._below.setDirection(down if is_slim else across)
        self._below.setContentsMargins(margin, 8 if is_slim else 0, margin, 8 if is_slim else 0)
        self._below.setSpacing(4 if is_slim else 12)
        self._sums.setDirection(across if is_slim else down)
        self._sums.setSpacing(8 if is_slim else 0)
        self.gross.set_role("heading" if is_slim else "title")
        self.open_cart.setVisible(not is_low)
        self._line.setVisible(not is_low)
        self.cart_button.setVisible(is_low)
        self.setFixedHeight(LOW if is_low else ROW + (SLIM_BAR if is_slim else BAR))

    def retranslate(self) -> None:
        self.primary.set_texts(self.tr("Confirm"))
        self.save.set_texts(self.tr("Draft"))
        self.show_order()

    def show_notice(self, words: Words) -> None:
        """Shows what has just happened, until something else does."""
        self.notice = words
        self.show_order()

    def show_order(self) -> None:
        cart, order = self._order.cart, self._order.order
        count = len(cart.lines)
        self.lines.setText(formats.plural("CartFoot", "Cart: %n lines", count))
        newest = order.names.get(cart.lines[-1].item, "") if order and cart.lines else ""
        self.last.setText(text_of(self.notice) or (self.tr("last: {name}").format(name=newest) if newest else ""))
        self.open_cart.setAccessibleName(f"{self.lines.text()}. {self.last.text()}")
        self.cart_button.set_texts(self.lines.text())
        priced = order.priced if order else None
        self.gross.setText(formats.money(priced.gross, priced.currency) if priced else "")
        net = formats.amount(priced.net, priced.currency) if priced else ""
        self.net.setText(self.tr("net {net}").format(net=net) if priced else "")
        can = bool(count) and not any(problem.blocks for problem in self._order.problems)
        self.primary.setEnabled(can)
        self.save.setEnabled(bool(count) or bool(self._order.record))
