"""Sheets for yes/no questions and for bug reports; the answers are signals."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import Actions
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Words, text_of


class ConfirmSheet(Sheet):
    """Asks before something that cannot be undone."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, title: Words, text: Words, yes: Words, no: Words) -> None:
        super().__init__(parent)
        heading, words = self.text("title", title, wraps=True), self.text("body", text, "text2", wraps=True)
        self.yes, self.no = Button("normal", big=True, final=True), Button("primary", big=True)
        self.keep_translated(lambda: self.yes.set_texts(text_of(yes)), lambda: self.no.set_texts(text_of(no)))
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
    """Reports a bug: says that the data are safe, and offers the report. The app goes on.

    `report` is for the developers: it can be copied or saved, and is not shown.
    """

    save_requested = Signal(str)

    def __init__(self, parent: QWidget, report: str) -> None:
        super().__init__(parent)
        self._report, self._is_copied = report, False
        self.copy, self.save = Button("quiet", "copy_regular", big=True), Button("normal", "save_regular", big=True)
        self.go_on = Button("primary", big=True)
        self.keep_translated(
            self._set_copy_texts,
            lambda: self.save.set_texts(self.tr("Save a report")),
            lambda: self.go_on.set_texts(self.tr("Go on")),
        )
        row = Actions()
        for button in (self.copy, self.save, self.go_on):
            row.addWidget(button)
        self.body.addWidget(self.text("title", lambda: self.tr("The app made a mistake"), wraps=True))
        self.body.addWidget(self.text("body", self._safe, "text2", wraps=True))
        self.body.addSpacing(12)
        self.body.addLayout(row)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.go_on.clicked.connect(self.close_sheet)
        self.save.clicked.connect(lambda: self.save_requested.emit(report))
        self.closed.connect(self.deleteLater)

    def _safe(self) -> str:
        return self.tr("Your data are safe and you can go on. A report helps to mend it.")

    def _set_copy_texts(self) -> None:
        self.copy.set_texts(self.tr("Copied") if self._is_copied else self.tr("Copy details"))

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._report)
        self._is_copied = True
        self._set_copy_texts()
