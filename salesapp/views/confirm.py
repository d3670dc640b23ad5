"""Questions with two answers, and the report of a bug: sheets, answered by signals."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import Actions
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Words, said


class ConfirmSheet(Sheet):
    """Asks before something that cannot be taken back."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, title: Words, text: Words, yes: Words, no: Words) -> None:
        super().__init__(parent)
        heading, words = self.text("title", title, wraps=True), self.text("body", text, "text2", wraps=True)
        self.yes, self.no = Button("normal", big=True), Button("primary", big=True)
        self.say(lambda: self.yes.set_words(said(yes)), lambda: self.no.set_words(said(no)))
        row = Actions()
        row.addWidget(self.yes)
        row.addWidget(self.no)
        self.body.addWidget(heading)
        self.body.addWidget(words)
        self.body.addSpacing(12)
        self.body.addLayout(row)
        self.no.clicked.connect(self.close_sheet)
        self.yes.clicked.connect(self._on_yes_clicked)
        self.closed.connect(self.deleteLater)

    def _on_yes_clicked(self) -> None:
        self.close_sheet()
        self.confirmed.emit()


class RemoveSheet(ConfirmSheet):
    """Asks before a draft is deleted, or a document that has a number is voided."""

    def __init__(self, parent: QWidget, *, has_number: bool) -> None:
        self._has_number = has_number
        super().__init__(parent, self._title, self._consequence, self._yes, lambda: self.tr("Keep it"))

    def _title(self) -> str:
        return self.tr("Void this document?") if self._has_number else self.tr("Delete this draft?")

    def _consequence(self) -> str:
        if self._has_number:
            return self.tr("It will not be sent. Its number stays used, and it stays in sight as voided.")
        return self.tr("It is gone then.")

    def _yes(self) -> str:
        return self.tr("Void") if self._has_number else self.tr("Delete")


class BugSheet(Sheet):
    """A mistake of ours: says that the data are safe, and offers the report. The app goes on."""

    save_requested = Signal(str)

    def __init__(self, parent: QWidget, report: str) -> None:
        super().__init__(parent)
        title = self.text("title", lambda: self.tr("The app made a mistake"), wraps=True)
        text = self.text("body", self._safe, "text2", wraps=True)
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        self.say(lambda: details.setAccessibleName(self.tr("Details")))
        details.setMinimumHeight(160)
        self.save, self.go_on = Button("normal", "save_regular", big=True), Button("primary", big=True)
        self.say(lambda: self.save.set_words(self.tr("Save a report")), lambda: self.go_on.set_words(self.tr("Go on")))
        row = Actions()
        row.addWidget(self.save)
        row.addWidget(self.go_on)
        for part in (title, text, details):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.go_on.clicked.connect(self.close_sheet)
        self.save.clicked.connect(lambda: self.save_requested.emit(report))
        self.closed.connect(self.deleteLater)

    def _safe(self) -> str:
        return self.tr("Your data are safe and you can go on. A report helps to mend it.")
