"""One line of the cart: quantity, unit, own discount, description; and why its price is what it is."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from salesapp.models.order import CartLine
from salesapp.views import formats
from salesapp.views.order.words import step_words
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.fields import Field, Segmented
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Line, Text

if TYPE_CHECKING:
    from salesapp.domain.pricing import PricedLine


SAYS_ITSELF = frozenset({"list_price", "rounding"})
"""Steps whose value is the price that stands beside them."""


def amount(text: str) -> Decimal | None:
    """A typed number: a point or a comma both count; None for anything else."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace(formats.NARROW, "") or "0")
    except InvalidOperation:
        return None
    return value if value.is_finite() and value >= 0 else None


class LineSheet(Sheet):
    """Edits one line. `taken` carries it changed; the others ask for what their names say."""

    taken = Signal(object)
    removed = Signal(str)
    copied = Signal(str)
    explained = Signal(str)

    def __init__(self, parent: QWidget, name: str, line: CartLine, units: list[tuple[int, str, int]]) -> None:
        super().__init__(parent)
        self._line, self._units = line, units
        close = IconButton("dismiss_regular")
        close.set_words(self.tr("Close"))
        close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.addWidget(Text("title", wraps=True, text=name), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.quantity, self.discount = Field("calculator_regular"), Field("tag_percent_regular")
        self.description = Field("note_regular")
        self.quantity.set_words(self.tr("Quantity"))
        self.discount.set_words(self.tr("Your discount in percent"))
        self.description.set_words(self.tr("Description"))
        self.quantity.edit.setText(f"{line.quantity:f}")
        self.discount.edit.setText(f"{line.discount_percent:f}" if line.discount_percent else "")
        self.description.edit.setText(line.description)
        self.unit = Segmented([str(key) for key, _code, _decimals in units])
        self.unit.set_words({str(key): code for key, code, _decimals in units}, self.tr("Unit"))
        if str(line.unit) in self.unit.buttons:
            self.unit.choose(str(line.unit))
        self.unit.chosen.connect(self._on_unit_chosen)
        self.take = Button("primary", "checkmark_regular", big=True)
        self.take.set_words(self.tr("Apply"))
        self.take.clicked.connect(self._on_take_clicked)
        self.body.addLayout(head)
        self.body.addWidget(self.quantity)
        self.body.addWidget(self.unit)
        self.body.addWidget(self.discount)
        self.body.addWidget(self.description)
        self.body.addLayout(self._others())
        self.body.addWidget(self.take)
        for field in (self.quantity, self.discount, self.description):
            field.edit.returnPressed.connect(self._on_take_clicked)
        self.closed.connect(self.deleteLater)

    def _others(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.why, self.copy, self.remove = (
            Button("quiet"),
            Button("quiet", "copy_regular"),
            Button("quiet", "delete_regular"),
        )
        for button, words in (
            (self.why, self.tr("Why this price")),
            (self.copy, self.tr("Copy line")),
            (self.remove, self.tr("Remove")),
        ):
            button.set_words(words)
            row.addWidget(button)
        self.why.clicked.connect(lambda: self._end(lambda: self.explained.emit(self._line.id)))
        self.copy.clicked.connect(lambda: self._end(lambda: self.copied.emit(self._line.id)))
        self.remove.clicked.connect(lambda: self._end(lambda: self.removed.emit(self._line.id)))
        return row

    def _end(self, ask: object) -> None:
        self.close_sheet()
        if callable(ask):
            ask()

    def open(self) -> None:
        super().open()
        self.quantity.edit.setFocus()
        self.quantity.edit.selectAll()

    def _on_unit_chosen(self, key: str) -> None:
        self._line = replace(self._line, unit=int(key))

    def _on_take_clicked(self) -> None:
        quantity, discount = amount(self.quantity.edit.text()), amount(self.discount.edit.text())
        decimals = next((decimals for key, _code, decimals in self._units if key == self._line.unit), 4)
        wrong = quantity is None or quantity != quantity.quantize(Decimal(1).scaleb(-decimals))
        words = formats.plural("LineSheet", "A number with at most %n decimals", decimals)
        self.quantity.set_error(words if wrong else "")
        is_over = discount is None or discount > 100
        self.discount.set_error(self.tr("A number from 0 to 100") if is_over else "")
        if wrong or is_over or quantity is None or discount is None:
            return
        self.close_sheet()
        description = self.description.edit.text().strip()
        self.taken.emit(replace(self._line, quantity=quantity, discount_percent=discount, description=description))


class PriceSheet(Sheet):
    """Why this price: every step with what it made of the price, and where the rule comes from."""

    def __init__(self, parent: QWidget, name: str, line: "PricedLine", currency: str, unit: str) -> None:
        super().__init__(parent, "side")
        close = IconButton("dismiss_regular")
        close.set_words(self.tr("Close"))
        close.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        head.addWidget(Text("title", wraps=True, text=self.tr("Why this price")), 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(Text("body", "text2", wraps=True, text=name))
        price = f"{formats.number(line.unit_price_net, 2)}{formats.FIXED}{currency} / {unit}"
        self.body.addWidget(Text("display", text=price))
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        row = 0
        for step in line.steps:
            grid.addWidget(Text("body", wraps=True, text=step_words(step.code, step.label)), row, 0)
            value = Text("body_bold", text=formats.number(step.after, _decimals(step.after)))
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            change = step.value.replace("-", formats.MINUS) if step.code not in SAYS_ITSELF else ""
            token = "ok" if step.after < step.before else "text2"
            grid.addWidget(Text("small", token, text=change), row + 1, 0)
            if step.before != step.after and step.before:
                before = formats.number(step.before, _decimals(step.before))
                words = self.tr("from {before}").format(before=before)
                grid.addWidget(Text("small", "text2", text=words), row + 1, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Line(), row + 2, 0, 1, 2)
            row += 3
        self.body.addLayout(grid)
        total = self.tr("{quantity} {unit}: net {net}, VAT {vat}, gross {gross}").format(
            quantity=formats.decimal(line.quantity),
            unit=unit,
            net=formats.number(line.net, 2),
            vat=formats.number(line.vat, 2),
            gross=formats.number(line.gross, 2),
        )
        self.body.addWidget(Text("body", wraps=True, text=total))
        self.body.addStretch()
        self.closed.connect(self.deleteLater)


def _decimals(value: Decimal) -> int:
    """Two decimals, up to four where the price has them."""
    exponent = value.normalize().as_tuple().exponent
    return min(max(2, -exponent if isinstance(exponent, int) else 2), 4)
