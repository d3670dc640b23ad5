"""The only place where the window asks the system to open anything: a record's link, the app's own file, the camera.

`domain/links.py` decides which text of a record may be opened; the user sees the whole link first.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QWidget

from salesapp.domain.links import Link, link_of, map_of
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import Actions
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.text import Line, WholeText

CAMERA = "microsoft.windows.camera:"
OUR_FILES = frozenset({".pdf", ".eml", ".json"})
"""Files that the app writes for the user; none of them is executable."""
translate = QCoreApplication.translate


class LinkSheet(Sheet):
    """Shows the whole link, its host above all, and opens it if the user agrees."""

    def __init__(self, parent: QWidget, link: Link, about: str = "") -> None:
        super().__init__(parent)
        self.link = link
        self.place, self.target = WholeText("name", text=about or link.place), WholeText("body", text=link.target)
        self.failed = self.text("body", self._failure, "fail", wraps=True)
        self.failed.hide()
        self.body.addWidget(self.text("title", self._question, wraps=True))
        for part in (self.place, Line(), self.target):
            self.body.addWidget(part)
        self.body.addWidget(self.text("body", self._caution, "text2", wraps=True))
        self.body.addWidget(self.failed)
        self.body.addSpacing(12)
        self.body.addLayout(self._answers())
        self.closed.connect(self.deleteLater)

    def _answers(self) -> Actions:
        self.cancel, self.go = Button("normal", big=True), Button("primary", big=True)
        self.keep_translated(
            lambda: self.cancel.set_texts(self.tr("Cancel")), lambda: self.go.set_texts(self.tr("Open"))
        )
        self.cancel.clicked.connect(self.close_sheet)
        self.go.clicked.connect(self._on_go_clicked)
        row = Actions()
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _question(self) -> str:
        return {
            "web": self.tr("Open this web page?"),
            "phone": self.tr("Call this number?"),
            "mail": self.tr("Write to this address?"),
            "map": self.tr("Look for this place on the map?"),
        }[self.link.kind]

    def _caution(self) -> str:
        return {
            "web": self.tr("The browser goes to this site. Open it only if you know it."),
            "phone": self.tr("The phone program of this device gets the number."),
            "mail": self.tr("The mail program of this device gets the address. Nothing is sent by this."),
            "map": self.tr("The browser shows the map of openstreetmap.org, which gets the place."),
        }[self.link.kind]

    def _failure(self) -> str:
        return self.tr("This device has no program for it. Nothing was opened, and your data are as they were.")

    def _on_go_clicked(self) -> None:
        url = QUrl(self.link.target, QUrl.ParsingMode.StrictMode)
        if QDesktopServices.openUrl(url) is False:
            self.failed.show()
        else:
            self.close_sheet()


def connect_link(button: QAbstractButton, link: Link) -> None:
    """Makes a tap on the button ask whether to open the link."""
    button.clicked.connect(lambda: LinkSheet(button.window(), link).open())


def remark(kind: str, value: str) -> str:
    """Returns why a link is shown as text only; empty if it can be opened or its kind is no link at all."""
    if not value.strip() or link_of(kind, value) is not None:
        return ""
    return {
        "url": translate("Links", "not a plain web address: it is shown only, and not opened"),
        "phone": translate("Links", "not a plain phone number: it is shown only, and not dialled"),
        "email": translate("Links", "not one plain e-mail address: it is shown only, and not opened"),
    }.get(kind, "")


def ask_map(over: QWidget, place: str) -> None:
    """Asks whether to look up a postal address on the map."""
    link = map_of(place)
    if link is not None:
        LinkSheet(over.window(), link, place).open()


def open_own_file(path: Path) -> None:
    """Opens a file that the app wrote in the system's program for it."""
    if path.suffix.lower() in OUR_FILES:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_camera() -> bool:
    """Opens the system's camera app and returns whether it did."""
    return QDesktopServices.openUrl(QUrl(CAMERA))
