"""Edits a line of the cart: quantity, unit, own price or discount, description. Input reaches the cart at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salesapp.domain.documents import CartLine
from salesapp.views import formats
from salesapp.views.order.own_terms import Own, OwnTerms, amount
from salesapp.views.order.reason import ReasonField
from salesapp.views.order.stock_row import StockRow
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.fields import Field, Segmented
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.keypad import Keypad
from salesapp.views.parts.scanner_keys import LONGEST_PAUSE_MS
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Text
from salesapp.views.prices.labels import hint_text

if TYPE_CHECKING:
    from salesapp.models.order import OrderModel

TIMES = "\N{MULTIPLICATION SIGN}"


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

    on_scan = "close"

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
        reasons: Sequence[str] | None = None,
    ) -> None:
        super().__init__(parent, name)
        self._order, self._line, self._units = order, line, units
        self._opened_with = line
        self._keeping = QTimer(
            self, interval=LONGEST_PAUSE_MS + 5, singleShot=True, timerType=Qt.TimerType.PreciseTimer
        )
        self._keeping.timeout.connect(self._keep_typed)
        self._keep: Callable[[CartLine], CartLine] = order.put_line
        self.quantity = QuantityField()
        self._make_terms(line, most_discount, reasons)
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

    def _make_terms(self, line: CartLine, most_discount: Decimal, reasons: Sequence[str] | None) -> None:
        """Creates the fields of own terms: of a return (with `reasons`) only the price paid, and its reason."""
        own = Own(line.discount_percent, line.discount_amount, line.own_price)
        self._is_return = reasons is not None
        kinds = ("price",) if self._is_return else ("percent", "amount", "price")
        self.own = OwnTerms(own, kinds, most_discount, self._order.cart.currency)
        self.discount = self.own.field
        self.reason = ReasonField(reasons or (), line.reason)

    def _lay_out(self, *, keypad: bool) -> None:
        above = (self.quantity, self.unit, self.keypad, self.price, self.stock)
        for part in (*above, self.reason, self.own, self.description):
            self.body.addWidget(part)
        self.others = self._make_buttons()
        self.body.addWidget(self.others)
        self.keypad.setVisible(keypad)
        hidden: tuple[QWidget, ...] = (self.stock, self.own, self.description, self.others, self.quantity.keys)
        for widget in hidden:
            widget.setVisible(not keypad)
        self.reason.setVisible(self._is_return and not keypad)
        self.stock.setVisible(not self._is_return and not keypad)
        self.panel.foot.addWidget(self.done)

    def _fill(self, line: CartLine) -> None:
        self.quantity.edit.setText(f"{line.quantity:f}" if line.quantity else "")
        self.description.edit.setText(line.description)

    def _connect(self) -> None:
        self.unit.chosen.connect(self._on_unit_chosen)
        self.done.clicked.connect(self._on_done_clicked)
        self.quantity.keys.clicked.connect(lambda: self.keypad.setVisible(not self.keypad.isVisible()))
        self.own.edited.connect(self._on_edited)
        self.reason.edited.connect(self._on_edited)
        self.reason.field.edit.returnPressed.connect(self._on_done_clicked)
        self.discount.edit.returnPressed.connect(self._on_done_clicked)
        for field in (self.quantity, self.description):
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
        self._name_own_terms()
        self.reason.set_texts(self.tr("Why it comes back"))
        self.description.set_texts(self.tr("Description"))
        self.unit.set_texts({str(key): code for key, code, _decimals in self._units}, self.tr("Unit"))
        self.done.set_texts(self.tr("Done"))
        self.keypad.retranslate()
        self.why.set_texts(self.tr("Why this price"))
        self.copy.set_texts(self.tr("Copy line"))
        self.remove.set_texts(self.tr("Remove"))
        self._show_price()

    def _name_own_terms(self) -> None:
        """Names the field of own terms by unit and side of the price list."""
        unit = next((code for key, code, _decimals in self._units if key == self._line.unit), "")
        known = self._order.order
        is_gross = known is not None and known.priced.is_gross
        amounts = self.tr("Your discount per {unit}, gross") if is_gross else self.tr("Your discount per {unit}, net")
        price = self.tr("Your price per {unit}, gross") if is_gross else self.tr("Your price per {unit}, net")
        if self._is_return:
            price = self.tr("Price paid per {unit}, gross") if is_gross else self.tr("Price paid per {unit}, net")
        percent = self.tr("Your discount in percent")
        self.own.set_texts({"percent": percent, "amount": amounts.format(unit=unit), "price": price.format(unit=unit)})

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
        if self._order.is_current:
            self.own.show_problems(self._order.problems, self._line.id)
        quantity = f"{formats.decimal(priced.quantity)}{formats.FIXED}{known.units.get(priced.unit, '')}"
        currency = known.priced.currency
        price = formats.price(priced.unit_price_net, currency)
        net = formats.money(priced.net, currency)
        parts = [f"{quantity} {TIMES} {price} = {net}"]
        if priced.next_scale:
            parts.append(hint_text(priced.next_scale, currency))
        if priced.minimum_price is not None:
            least = formats.price(priced.minimum_price, currency)
            parts.append(self.tr("minimum price {price}").format(price=least))
        self.price.setText(" \N{MIDDLE DOT} ".join(parts))

    def _on_unit_chosen(self, key: str) -> None:
        if int(key) == self._line.unit:
            return
        self._put(replace(self._line.without_amounts(), unit=int(key)))
        had_amount = self.own.take_away()
        self._name_own_terms()
        self._keep_typed()
        if had_amount:
            self.discount.set_error(self.tr("It was for another unit."))
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
        quantity, own = amount(self.quantity.edit.text()), self.own.typed()
        if self.quantity.has_error or quantity is None:
            quantity = opened.quantity or self._line.quantity
        if own is None:
            own = Own(opened.discount_percent)
        return self._with(quantity, own)

    def _with(self, quantity: Decimal, own: Own) -> CartLine:
        return replace(
            self._line,
            quantity=quantity,
            discount_percent=own.percent,
            discount_amount=own.amount,
            own_price=own.price,
            description=self.description.edit.text().strip(),
            reason=self.reason.reason,
        )

    def _put(self, line: CartLine) -> None:
        is_new = not self._line.id
        if line != self._line or is_new:
            self._line = self._keep(line) if line.quantity > 0 else line
            self._show_price()

    def _typed(self) -> CartLine | None:
        """Returns the line with the values of the fields; if one is invalid, shows its error and returns None."""
        quantity, own = amount(self.quantity.edit.text()), self.own.typed()
        decimals = self._decimals
        wrong = quantity is None or quantity != quantity.quantize(Decimal(1).scaleb(-decimals))
        words = formats.plural("LineSheet", "A number with at most %n decimals", decimals)
        self.quantity.set_error(words if wrong else "")
        if wrong or quantity is None or own is None:
            return None
        return self._with(quantity, own)

    def _on_done_clicked(self) -> None:
        line = self._typed()
        is_priced = line is not None and line == self._line and self._order.is_current
        if is_priced and self.own.show_problems(self._order.problems, self._line.id):
            line = None
        if line is None:
            (self.quantity if self.quantity.has_error else self.discount).edit.setFocus()
            return
        self.close_sheet()
        if line.id and not line.quantity and self.quantity.edit.text().strip():
            self.removed.emit(line.id)
