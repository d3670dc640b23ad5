"""The files of a record, and the questions before one is added."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from salesapp.models.pictures import png_of
from salesapp.services.attachments import Attached, Candidate
from salesapp.views import formats
from salesapp.views.look.theme import theme
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import CheckBox, Field
from salesapp.views.parts.file_drop import paths_of
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.layouts import clear
from salesapp.views.parts.sheet import Sheet, TitledSheet
from salesapp.views.parts.text import Icon, Line, Text
from salesapp.views.receipts.labels import LOOKS, state_word


class FilesSheet(TitledSheet):
    """The attached files, and ways to add more: file dialog, photo, clipboard, drag and drop."""

    choose_requested = Signal()
    photo_requested = Signal()
    content_given = Signal(str, bytes)
    path_given = Signal(object)
    file_requested = Signal(object)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent, lambda: self.tr("Attachments"), "side")
        self.words.addWidget(Text("small", "text2", wraps=True, text=title))
        self.setAcceptDrops(True)
        self.choose, self.paste = Button("primary", "attach_regular"), Button("normal", "image_regular")
        self.photo = Button("normal", "camera_regular")
        self.keep_translated(
            lambda: self.choose.set_texts(self.tr("Choose a file")),
            lambda: self.photo.set_texts(self.tr("Take a photo")),
            lambda: self.paste.set_texts(self.tr("Paste")),
        )
        self.choose.clicked.connect(self.choose_requested)
        self.photo.clicked.connect(self.photo_requested)
        self.paste.clicked.connect(self.add_from_clipboard)
        holder = QWidget()
        buttons = Flow(holder)
        for button in (self.choose, self.photo, self.paste):
            buttons.addWidget(button)
        self.body.addWidget(holder)
        hint = self.text("small", self._hint, "text2", wraps=True)
        self.body.addWidget(hint)
        self.nothing = self.text("small", self._nothing, "text2", wraps=True)
        self.nothing.hide()
        self.body.addWidget(self.nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addLayout(self._list)
        self.body.addStretch()
        self._files: Sequence[Attached] = ()

    def _nothing(self) -> str:
        return self.tr("There is no picture or file to paste.")

    def _hint(self) -> str:
        return self.tr("Or drop it here. At most 3 MB each.")

    def retranslate(self) -> None:
        super().retranslate()
        self.show_files(self._files)

    def show_files(self, files: Sequence[Attached]) -> None:
        self._files = files
        clear(self._list)
        if not files:
            self._list.addWidget(Text("body", "text2", text=self.tr("Nothing is attached yet.")))
        for file in files:
            self._list.addWidget(Line())
            row = FileRow(file)
            row.clicked.connect(lambda _checked=False, file=file: self.file_requested.emit(file))
            self._list.addWidget(row)

    def add_from_clipboard(self) -> None:
        """Adds the files or the picture of the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        paths = paths_of(data)
        for path in paths:
            self.path_given.emit(path)
        if not paths and data.hasImage():
            self.content_given.emit(self.tr("Picture"), png_of(QGuiApplication.clipboard().image()))
        elif not paths:
            self.nothing.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in paths_of(event.mimeData()):
            self.path_given.emit(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.add_from_clipboard()
        else:
            super().keyPressEvent(event)


class FileRow(QAbstractButton):
    """One file: kind, name, size, state; a tap opens it."""

    def __init__(self, file: Attached) -> None:
        super().__init__()
        icon, token, _segments = LOOKS[file.state]
        self.file = file
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        below = " \N{MIDDLE DOT} ".join(part for part in (formats.size(file.size), file.description) if part)
        self.setAccessibleName(", ".join((file.name, below, state_word(file.state))))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.addWidget(Icon("image_regular" if file.media_type.startswith("image/") else "attach_regular", 24, "text2"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text("body_medium", wraps=True, text=file.name))
        words.addWidget(Text("small", "text2", wraps=True, text=below))
        row.addLayout(words, 1)
        row.addWidget(Icon(icon, 20, token))
        row.addWidget(Text("word", token, text=state_word(file.state)))
        row.addWidget(Icon("chevron_right_regular", 20, "text2"))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        wanted = self._row.sizeHint()
        return QSize(wanted.width(), max(wanted.height(), 56))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._row.heightForWidth(width), 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.isDown():
            QPainter(self).fillRect(self.rect(), theme().color("sunken"))


class AddSheet(Sheet):
    """Asks how to add one file. `answer`: (description, to the ERP, shrink, keep the location), None if cancelled."""

    def __init__(self, parent: QWidget, candidate: Candidate) -> None:
        super().__init__(parent)
        self.body.addWidget(Text("title", wraps=True, text=candidate.name))
        about = self.text("body", lambda: f"{formats.size(candidate.size)}, {candidate.media_type}")
        self.body.addWidget(about)
        self.description = Field("note_regular")
        self.body.addWidget(self.description)
        self.to_erp, self.shrink, self.place = CheckBox(), CheckBox(), CheckBox()
        self.to_erp.setChecked(True)
        self.shrink.setChecked(candidate.is_too_large)
        self.shrink.setEnabled(not candidate.is_too_large)
        for box in (self.to_erp, self.shrink, self.place):
            self.body.addWidget(box)
        self.shrink.setVisible(candidate.is_picture)
        self.place.setVisible(candidate.has_place)
        is_impossible = candidate.is_too_large and not candidate.is_picture
        if is_impossible:
            self.body.addWidget(self.text("body", self._failure_text, "fail", wraps=True))
        self.add, self.cancel = Button("primary", "add_regular", big=True), Button("quiet", big=True)
        self.add.setEnabled(not is_impossible)
        self.keep_translated(self._set_texts)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.add)
        self.body.addLayout(row)
        self.answer: tuple[str, bool, bool, bool] | None = None
        self.cancel.clicked.connect(self.close_sheet)
        self.add.clicked.connect(self._on_add_clicked)
        self.closed.connect(self.deleteLater)

    def _set_texts(self) -> None:
        self.description.set_texts(self.tr("Description"))
        self.to_erp.setText(self.tr("Send to the ERP"))
        self.shrink.setText(self.tr("Make the picture smaller"))
        self.place.setText(self.tr("Keep where it was taken"))
        self.add.set_texts(self.tr("Add"))
        self.cancel.set_texts(self.tr("Cancel"))

    def _failure_text(self) -> str:
        return self.tr("It is larger than 3 MB and cannot be made smaller here. It is not added.")

    def _on_add_clicked(self) -> None:
        self.answer = (
            self.description.edit.text().strip(),
            self.to_erp.isChecked(),
            self.shrink.isChecked(),
            self.place.isChecked(),
        )
        self.close_sheet()
