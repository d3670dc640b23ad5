"""Shows how much of a line's item can be sold, with a button that asks the gateway."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from salesapp.errors import NO_ANSWER, UserFacingError
from salesapp.services.stock import Sellable
from salesapp.views import formats
from salesapp.views import labels as common
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.text import Text


class StockRow(QWidget):
    """`check_requested`: the button was tapped."""

    check_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known: Sellable | None = None
        self._failure: UserFacingError | None = None
        self._is_asking = False
        self.text = Text("body", "text2", wraps=True)
        self.check = Button("quiet", "arrow_clockwise_regular")
        self.check.clicked.connect(self.check_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.check)
        self._show()

    @property
    def is_there(self) -> bool:
        """Returns whether the row still exists; its sheet may be closed before an answer arrives."""
        return bool(isValid(self))

    def show_stock(self, known: Sellable) -> None:
        self._known, self._is_asking = known, False
        self._show()

    def show_checking(self) -> None:
        self._failure, self._is_asking = None, True
        self._show()

    def show_failure(self, failure: UserFacingError) -> None:
        """Shows that the gateway has not answered; the known stock stays visible."""
        self._failure, self._is_asking = failure, False
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _show(self) -> None:
        self.check.set_texts(self.tr("Checking stock") if self._is_asking else self.tr("Check stock now"))
        self.check.setEnabled(not self._is_asking)
        parts = []
        if self._known is not None:
            quantity = f"{formats.decimal(self._known.quantity)}{formats.FIXED}{self._known.unit}"
            parts.append(self.tr("Can be sold: {quantity}").format(quantity=quantity))
            if self._known.checked_at:
                time = formats.clock(formats.local(self._known.checked_at))
                parts.append(self.tr("checked {time}").format(time=time))
        if self._failure is not None:
            sentences = common.error(self._failure.code, self._failure.params)
            is_offline = self._failure.code in NO_ANSWER
            parts.append(
                self.tr("Offline: the gateway is not reached.") if is_offline else f"{sentences.why} {sentences.helps}"
            )
        self.text.setText(" \N{MIDDLE DOT} ".join(parts))
