"""Sheets at the end of an order: the close menu, and warnings before it is confirmed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Text

BULLET = "\N{BULLET}"


class EndSheet(Sheet):
    """The close menu: confirm, save as draft, leave without saving, delete an existing draft, or go on."""

    save_requested = Signal()
    confirm_requested = Signal()
    leave_requested = Signal()
    remove_requested = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        can_be_confirmed: bool,
        is_new: bool,
        kind: str = "sales_order",
        has_number: bool = False,
    ) -> None:
        super().__init__(parent)
        self._kind, self._has_number = kind, has_number
        self.title = Text("title", wraps=True)
        self.body.addWidget(self.title)
        self.save, self.confirm = (
            Button("normal", "save_regular", big=True),
            Button("primary", "checkmark_regular", big=True, final=True),
        )
        self.leave, self.cancel = Button("normal", big=True, final=True), Button("quiet", big=True)
        self.remove = Button("normal", "dismiss_circle_regular", big=True, final=True)
        self.confirm.setEnabled(can_be_confirmed)
        self._is_new = is_new
        self.hint = Text("body", "text2", wraps=True)
        self.keep_translated(self._set_texts)
        self.body.addWidget(self.hint)
        for button, signal in (
            (self.confirm, self.confirm_requested),
            (self.save, self.save_requested),
            (self.leave, self.leave_requested),
            (self.remove, self.remove_requested),
        ):
            self.body.addWidget(button)
            button.clicked.connect(self.close_sheet)
            button.clicked.connect(signal)
        self.remove.setVisible(not is_new)  # needs a parent first, otherwise it would open as a window
        self.body.addWidget(self.cancel)
        self.cancel.clicked.connect(self.close_sheet)
        self.closed.connect(self.deleteLater)

    def _set_texts(self) -> None:
        titles = {
            "sales_quote": self.tr("What becomes of this quote?"),
            "sales_return": self.tr("What becomes of this return?"),
        }
        self.title.setText(titles.get(self._kind, self.tr("What becomes of this order?")))
        self.save.set_texts(self.tr("Save as draft"))
        self.confirm.set_texts(self.tr("Confirm"))
        leave = self.tr("Leave without saving") if self._is_new else self.tr("Leave it as it was before")
        self.leave.set_texts(leave)
        self.remove.set_texts(self.tr("Void") if self._has_number else self.tr("Delete draft"))
        self.cancel.set_texts(self.tr("Cancel"))
        self.hint.setText(
            self.tr("A draft stays on this device. What is confirmed gets its number and goes with the next sync.")
        )


class WarningSheet(Sheet):
    """Warnings that do not block confirmation; `confirmed`: confirm anyway. Without `asks`, only shows them."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, sentences: Callable[[], list[str]], *, asks: bool = True) -> None:
        super().__init__(parent)
        self.body.addWidget(self.text("title", lambda: self.tr("Before you confirm"), wraps=True))
        self._sentences = sentences
        self._texts = [Text("body", wraps=True) for _sentence in sentences()]
        for text in self._texts:
            self.body.addWidget(text)
        self.keep_translated(self._set_sentences)
        self.yes = Button("primary", "checkmark_regular", big=True, final=True)
        self.no = Button("quiet", big=True)
        self.keep_translated(
            lambda: self.yes.set_texts(self.tr("Confirm all the same")),
            lambda: self.no.set_texts(self.tr("Cancel") if asks else self.tr("Close")),
        )
        self.body.addWidget(self.yes)
        self.body.addWidget(self.no)
        self.yes.setVisible(asks)
        self.yes.clicked.connect(self.close_sheet)
        self.yes.clicked.connect(self.confirmed)
        self.no.clicked.connect(self.close_sheet)
        self.closed.connect(self.deleteLater)

    def _set_sentences(self) -> None:
        for text, sentence in zip(self._texts, self._sentences(), strict=False):
            text.setText(f"{BULLET} {sentence}")
