"""Grid entry: ordering by item code."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.views import formats
from salesapp.views.order.own_terms import amount
from salesapp.views.parts.fields import Field
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Text


class GridSheet(TitledSheet):
    """Fast entry by keyboard: code, Enter, quantity, Enter, and so on.

    `entered` carries code and quantity; None stands for what the code says, one as a rule.
    """

    entered = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, lambda: self.tr("Grid entry"))
        self.code, self.quantity = Field("barcode_scanner_regular"), Field("calculator_regular")
        self.quantity.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.keep_translated(
            lambda: self.code.set_texts(self.tr("Code or EAN")), lambda: self.quantity.set_texts(self.tr("Quantity"))
        )
        self.done = Text("body", "text2", wraps=True)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.code, 2)
        fields.addWidget(self.quantity, 1)
        self.body.addLayout(fields)
        self.body.addWidget(self.done)
        self.code.edit.returnPressed.connect(self._on_code)
        self.quantity.edit.returnPressed.connect(self._on_quantity)

    def _on_code(self) -> None:
        self.code.set_error("")
        self.quantity.edit.setFocus()
        self.quantity.edit.selectAll()

    def _on_quantity(self) -> None:
        typed = self.quantity.edit.text().strip()
        quantity = amount(typed) if typed else None
        is_wrong = bool(typed) and quantity is None
        self.quantity.set_error(self.tr("A number") if is_wrong else "")
        if not is_wrong:
            self.entered.emit(self.code.edit.text().strip(), quantity)

    def show_entered(self, name: str, quantity: Decimal, unit: str) -> None:
        """Shows that the entry is in the cart, and clears the fields for the next one."""
        self.done.setText(f"{formats.decimal(quantity)}{formats.FIXED}{unit} {name}")
        self.code.edit.clear()
        self.quantity.edit.clear()
        self.code.edit.setFocus()

    def enter_code(self, code: str) -> None:
        """Enters a scanned code and asks for its quantity."""
        self.code.edit.setText(code)
        self._on_code()

    def take_scan(self, code: str) -> bool:
        self.enter_code(code)
        return True

    def show_unknown(self) -> None:
        self.code.set_error(self.tr("No item has this code or EAN"))
        self.code.edit.setFocus()
        self.code.edit.selectAll()
