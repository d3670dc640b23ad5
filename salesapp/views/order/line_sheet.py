"""Edits a line of the cart: quantity, unit, own discount, description. Input reaches the cart at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salesapp.domain.documents import CartLine
from salesapp.views import formats
from salesapp.views.order.stock_row import StockRow
from salesapp.views.parts.barcode_scanner import LONGEST_PAUSE_MS
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.fields import Field, Segmented
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.keypad import Keypad
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Text
from salesapp.views.prices.labels import hint_text

if TYPE_CHECKING:
    from salesapp.models.order import OrderModel

TIMES = "\N{MULTIPLICATION SIGN}"
_LARGEST = Decimal(10**12)
"""From here on, a number was scanned, not typed by a person."""


def amount(text: str) -> Decimal | None:
    """Parses a typed number, with a point or a comma; returns None for anything else."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace(formats.NARROW, "") or "0")
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < _LARGEST else None


class QuantityField(Field):
    """A number with buttons to step down and up."""

    def __init__(self) -> None:
        super().__init__("calculator_regular")
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.less, self.more = IconButton("subtract_regular"), IconButton("add_regular")
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.keys = IconButton("keyboard_regular")
        self.frame.row.addWidget(self.keys)
        self.frame.row.addWidget(self.less)
        self.frame.row.addWidget(self.more)

    def set_texts(self, label: str) -> None:
        super().set_texts(label)
        self.less.set_texts(self.tr("{name}: one less").format(name=label))
        self.more.set_texts(self.tr("{name}: one more").format(name=label))
        self.keys.set_texts(self.tr("{name}: keys for fingers").format(name=label))

    def _step(self, by: int) -> None:
        now = amount(self.edit.text()) or Decimal()
        self.edit.setText(f"{max(now + by, Decimal()):f}")


class LineSheet(TitledSheet):
    """Edits one line of `order`; a new line, without an id, enters the cart with its first quantity.

    `keypad` shows only quantity and unit with large keys, which can also be opened in any line.
    """

    removed = Signal(str)
    copied = Signal(str)
    explained = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        order: "OrderModel",
        name: str,
        line: CartLine,
        units: Sequence[tuple[int, str, int]],
        most_discount: Decimal,
        *,
        keypad: bool = False,
    ) -> None:
        super().__init__(parent, name)
        self._order, self._line, self._units, self._most = order, line, units, most_discount
        self._opened_with = line
        self._keeping = QTimer(
            self, interval=LONGEST_PAUSE_MS + 5, singleShot=True, timerType=Qt.TimerType.PreciseTimer
        )
        self._keeping.timeout.connect(self._keep_typed)
        self._keep: Callable[[CartLine], CartLine] = order.put_line
        self.quantity, self.discount = QuantityField(), Field("tag_percent_regular")
        self.discount.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.description = Field("note_regular")
        self._fill(line)
        self.unit = Segmented([str(key) for key, _code, _decimals in units])
        if str(line.unit) in self.unit.buttons:
            self.unit.choose(str(line.unit))
        self.price = Text("body_medium", wraps=True)
        self.stock = StockRow()
        self.done = Button("primary", "checkmark_regular", big=True)
        self.keypad = Keypad(self.quantity.edit)
        self._lay_out(keypad=keypad)
        self.keep_translated(self._set_texts)
        self._connect()
        self._allow_point()
        self._show_price()

    def _lay_out(self, *, keypad: bool) -> None:
        for part in (self.quantity, self.unit, self.keypad, self.price, self.stock, self.discount, self.description):
            self.body.addWidget(part)
        self.others = self._make_buttons()
        self.body.addWidget(self.others)
        self.keypad.setVisible(keypad)
        hidden: tuple[QWidget, ...] = (self.stock, self.discount, self.description, self.others, self.quantity.keys)
        for widget in hidden:
            widget.setVisible(not keypad)
        self.panel.foot.addWidget(self.done)

    def _fill(self, line: CartLine) -> None:
        self.quantity.edit.setText(f"{line.quantity:f}" if line.quantity else "")
        self.discount.edit.setText(f"{line.discount_percent:f}" if line.discount_percent else "")
        self.description.edit.setText(line.description)

    def _connect(self) -> None:
        self.unit.chosen.connect(self._on_unit_chosen)
        self.done.clicked.connect(self._on_done_clicked)
        self.quantity.keys.clicked.connect(lambda: self.keypad.setVisible(not self.keypad.isVisible()))
        for field in (self.quantity, self.discount, self.description):
            field.edit.textChanged.connect(self._on_edited)
            field.edit.returnPressed.connect(self._on_done_clicked)
        self._order.changed.connect(self._show_price)
        self.closed.connect(self._on_closed)

    def _on_closed(self) -> None:
        if self._keeping.isActive():
            self._keep_typed()
        self._order.changed.disconnect(self._show_price)

    def _set_texts(self) -> None:
        self.quantity.set_texts(self.tr("Quantity"))
        self.discount.set_texts(self.tr("Your discount in percent"))
        self.description.set_texts(self.tr("Description"))
        self.unit.set_texts({str(key): code for key, code, _decimals in self._units}, self.tr("Unit"))
        self.done.set_texts(self.tr("Done"))
        self.keypad.retranslate()
        self.why.set_texts(self.tr("Why this price"))
        self.copy.set_texts(self.tr("Copy line"))
        self.remove.set_texts(self.tr("Remove"))
        self._show_price()

    def _make_buttons(self) -> QWidget:
        holder = QWidget()
        row = Flow(holder)
        self.why, self.copy, self.remove = (
            Button("quiet"),
            Button("quiet", "copy_regular"),
            Button("quiet", "delete_regular"),
        )
        for button in (self.why, self.copy, self.remove):
            row.addWidget(button)
        self.why.clicked.connect(lambda: self._end(self.explained.emit))
        self.copy.clicked.connect(lambda: self._end(self.copied.emit))
        self.remove.clicked.connect(lambda: self._end(self.removed.emit))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        return holder

    def _end(self, ask: Callable[[str], object]) -> None:
        self.close_sheet()
        if self._line.id:
            ask(self._line.id)

    def open(self) -> None:
        super().open()
        self.quantity.edit.setFocus()
        self.quantity.edit.selectAll()

    def _show_price(self) -> None:
        """Shows the line's current price, and the benefit of the next scale."""
        known = self._order.order
        priced = known.line_of(self._line.id) if known and self._line.id else None
        for button in (self.why, self.copy, self.remove):
            button.setEnabled(bool(self._line.id))
        if known is None or priced is None or priced.error:
            self.price.setText("")
            return
        quantity = f"{formats.decimal(priced.quantity)}{formats.FIXED}{known.units.get(priced.unit, '')}"
        currency = known.priced.currency
        price = formats.price(priced.unit_price_net, currency)
        net = formats.money(priced.net, currency)
        hint = f" \N{MIDDLE DOT} {hint_text(priced.next_scale, currency)}" if priced.next_scale else ""
        self.price.setText(f"{quantity} {TIMES} {price} = {net}{hint}")

    def _on_unit_chosen(self, key: str) -> None:
        self._put(replace(self._line, unit=int(key)))
        self._keep_typed()
        self._allow_point()

    @property
    def _decimals(self) -> int:
        return next((decimals for key, _code, decimals in self._units if key == self._line.unit), 4)

    def _allow_point(self) -> None:
        self.keypad.allow_decimals(are_allowed=self._decimals > 0)

    def _on_edited(self) -> None:
        """Shows errors at once; the cart follows once the keys can no longer belong to a scan."""
        self._typed()
        self._keeping.start()

    def _keep_typed(self) -> None:
        """Puts valid input into the cart, and so into the draft.

        On invalid input, restores the value from before the edit, so a 40 that is too much does not leave a 4 behind.
        """
        self._keeping.stop()
        line = self._typed()
        if line is None:
            line = self._without_wrong_ones()
        if line.quantity > 0:
            self._put(line)

    def _without_wrong_ones(self) -> CartLine:
        """Returns the typed line, with the original value in place of each invalid one."""
        opened = self._opened_with
        quantity, discount = amount(self.quantity.edit.text()), amount(self.discount.edit.text())
        if self.quantity.has_error or quantity is None:
            quantity = opened.quantity or self._line.quantity
        if self.discount.has_error or discount is None:
            discount = opened.discount_percent
        description = self.description.edit.text().strip()
        return replace(self._line, quantity=quantity, discount_percent=discount, description=description)

    def _put(self, line: CartLine) -> None:
        is_new = not self._line.id
        if line != self._line or is_new:
            self._line = self._keep(line) if line.quantity > 0 else line
            self._show_price()

    def _typed(self) -> CartLine | None:
        """Returns the line with the values of the fields; if one is invalid, shows its error and returns None."""
        quantity, discount = amount(self.quantity.edit.text()), amount(self.discount.edit.text())
        decimals = self._decimals
        wrong = quantity is None or quantity != quantity.quantize(Decimal(1).scaleb(-decimals))
        words = formats.plural("LineSheet", "A number with at most %n decimals", decimals)
        self.quantity.set_error(words if wrong else "")
        is_over = discount is None or discount > self._most
        limit = self.tr("At most {limit} %").format(limit=formats.decimal(self._most))
        self.discount.set_error(limit if is_over else "")
        if wrong or is_over or quantity is None or discount is None:
            return None
        description = self.description.edit.text().strip()
        return replace(self._line, quantity=quantity, discount_percent=discount, description=description)

    def _on_done_clicked(self) -> None:
        line = self._typed()
        if line is None:
            (self.quantity if self.quantity.has_error else self.discount).edit.setFocus()
            return
        self.close_sheet()
        if line.id and not line.quantity and self.quantity.edit.text().strip():
            self.removed.emit(line.id)
