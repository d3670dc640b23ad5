"""A question with two answers, and the report of a bug: sheets, answered by signals."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Text


class ConfirmSheet(Sheet):
    """Asks before something that cannot be taken back."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, title: str, text: str, yes: str, no: str) -> None:
        super().__init__(parent)
        heading, words = Text("title", wraps=True, text=title), Text("body", "text2", wraps=True, text=text)
        self.yes, self.no = Button("normal", big=True), Button("primary", big=True)
        self.yes.set_words(yes)
        self.no.set_words(no)
        row = QHBoxLayout()
        row.addStretch()
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


class BugSheet(Sheet):
    """A mistake of ours: says that the data are safe, and offers the report. The app goes on."""

    save_requested = Signal(str)

    def __init__(self, parent: QWidget, report: str) -> None:
        super().__init__(parent)
        title = Text("title", wraps=True, text=self.tr("The app made a mistake"))
        text = Text(
            "body",
            "text2",
            wraps=True,
            text=self.tr("Your data are safe and you can go on. A report helps to mend it."),
        )
        details = QPlainTextEdit(report)
        details.setReadOnly(True)
        details.setAccessibleName(self.tr("Details"))
        details.setMinimumHeight(160)
        self.save, self.go_on = Button("normal", "save_regular", big=True), Button("primary", big=True)
        self.save.set_words(self.tr("Save a report"))
        self.go_on.set_words(self.tr("Go on"))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.save)
        row.addWidget(self.go_on)
        for part in (title, text, details):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.go_on.clicked.connect(self.close_sheet)
        self.save.clicked.connect(lambda: self.save_requested.emit(report))
        self.closed.connect(self.deleteLater)
