"""What becomes of an order: the close menu, and what must be known before it is confirmed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Text


class EndSheet(Sheet):
    """Save as draft, confirm, leave without saving, or go on."""

    save_requested = Signal()
    confirm_requested = Signal()
    leave_requested = Signal()

    def __init__(self, parent: QWidget, *, can_be_confirmed: bool, is_new: bool) -> None:
        super().__init__(parent)
        self.body.addWidget(Text("title", text=self.tr("What becomes of this order?")))
        self.save, self.confirm = (
            Button("normal", "save_regular", big=True),
            Button("primary", "checkmark_regular", big=True),
        )
        self.leave, self.cancel = Button("normal", big=True), Button("quiet", big=True)
        self.save.set_words(self.tr("Save as draft"))
        self.confirm.set_words(self.tr("Confirm"))
        self.leave.set_words(self.tr("Leave without saving") if is_new else self.tr("Leave it as it was before"))
        self.cancel.set_words(self.tr("Cancel"))
        self.confirm.setEnabled(can_be_confirmed)
        words = self.tr("A draft stays on this device. A confirmed order gets its number and goes with the next sync.")
        self.body.addWidget(Text("body", "text2", wraps=True, text=words))
        for button, signal in (
            (self.confirm, self.confirm_requested),
            (self.save, self.save_requested),
            (self.leave, self.leave_requested),
        ):
            self.body.addWidget(button)
            button.clicked.connect(self.close_sheet)
            button.clicked.connect(signal)
        self.body.addWidget(self.cancel)
        self.cancel.clicked.connect(self.close_sheet)
        self.closed.connect(self.deleteLater)


class KnowSheet(Sheet):
    """What does not forbid confirming, but must be known; `confirmed` goes on all the same."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, sentences: list[str]) -> None:
        super().__init__(parent)
        self.body.addWidget(Text("title", wraps=True, text=self.tr("Before you confirm")))
        for sentence in sentences:
            self.body.addWidget(Text("body", wraps=True, text=f"\N{BULLET} {sentence}"))
        self.yes, self.no = Button("primary", "checkmark_regular", big=True), Button("quiet", big=True)
        self.yes.set_words(self.tr("Confirm all the same"))
        self.no.set_words(self.tr("Cancel"))
        self.body.addWidget(self.yes)
        self.body.addWidget(self.no)
        self.yes.clicked.connect(self.close_sheet)
        self.yes.clicked.connect(self.confirmed)
        self.no.clicked.connect(self.close_sheet)
        self.closed.connect(self.deleteLater)
