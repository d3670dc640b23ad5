"""Fields to type in and choices to tap: line edit with label and error, search, switch, segments."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from salesapp.protocol.forms import LONGEST_LINE, LONGEST_TEXT
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.flow import Segments
from salesapp.views.parts.plain import set_label
from salesapp.views.parts.text import Icon, Line, Text


class FieldFrame(QFrame):
    """The outline around a line edit, with an icon on the left."""

    def __init__(self, icon: str, height: int = 52) -> None:
        super().__init__()
        self.setProperty("field", True)  # Qt's setter
        self.setFixedHeight(height)
        self.edit = QLineEdit()
        self.edit.setMaxLength(LONGEST_LINE)
        self.edit.setFont(font("body"))
        self.edit.setMinimumHeight(44)
        self.edit.installEventFilter(self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(15, 1, 3, 1)
        self.row.setSpacing(10)
        self.row.addWidget(Icon(icon, 24, "text2"))
        self.row.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self.mark("focused", event.type() == QEvent.Type.FocusIn)
        elif watched is self.edit and event.type() == QEvent.Type.EnabledChange:
            self.mark("off", not self.edit.isEnabled())
        return False

    def mark(self, name: str, is_on: bool) -> None:
        if bool(self.property(name)) != is_on:
            self.setProperty(name, is_on)
            self.style().unpolish(self)
            self.style().polish(self)


class TextBox(QPlainTextEdit):
    """Several lines of text, cut at the most letters that a record can hold."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.textChanged.connect(self._cut)

    def _cut(self) -> None:
        over = self.document().characterCount() - 1 - LONGEST_TEXT
        if over > 0:
            cursor = self.textCursor()
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, over)
            cursor.removeSelectedText()


class Field(QWidget):
    """Label, field, and its error below."""

    def __init__(self, icon: str, height: int = 56) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.label = Text("small_bold")
        self.frame = FieldFrame(icon, height)
        self.error = Text("small", "fail", wraps=True)
        self.error.hide()
        column.addWidget(self.label)
        column.addWidget(self.frame)
        column.addWidget(self.error)
        self.edit = self.frame.edit

    def set_texts(self, label: str) -> None:
        self.label.setText(label)
        self.edit.setAccessibleName(label)

    def set_error(self, sentence: str) -> None:
        self.frame.mark("wrong", bool(sentence))
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    @property
    def has_error(self) -> bool:
        return bool(self.error.text())


class PasswordField(Field):
    """A field whose text is hidden, with a button that shows it."""

    def __init__(self) -> None:
        super().__init__("key_regular")
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.eye = IconButton("eye_regular")
        self.eye.clicked.connect(self._on_eye_clicked)
        self.frame.row.addWidget(self.eye)

    def set_eye_texts(self, show: str, hide: str) -> None:
        self._show, self._hide = show, hide
        self.eye.set_texts(show if self.edit.echoMode() == QLineEdit.EchoMode.Password else hide)

    def _on_eye_clicked(self) -> None:
        is_hidden = self.edit.echoMode() == QLineEdit.EchoMode.Password
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if is_hidden else QLineEdit.EchoMode.Password)
        self.eye.set_icon("eye_off_regular" if is_hidden else "eye_regular")
        self.eye.set_texts(self._hide if is_hidden else self._show)


class SearchField(FieldFrame):
    """Search as you type, with a button that clears. `went_down`: Down was pressed, to enter the results."""

    changed = Signal(str)
    went_down = Signal()

    def __init__(self) -> None:
        super().__init__("search_regular")
        self.clear = IconButton("dismiss_regular")
        self.clear.clicked.connect(self.edit.clear)
        self.clear.hide()
        self.row.addWidget(self.clear)
        self.edit.textChanged.connect(self._on_text_changed)

    def add_scan(self) -> IconButton:
        """Adds a button that explains how to scan, and returns it so that the caller can set its text."""
        line = Line()
        line.setFixedSize(1, 28)
        scan = IconButton("barcode_scanner_regular")
        scan.set_icon("barcode_scanner_regular", "accent")
        scan.setFixedSize(52, 48)
        self.row.addWidget(line)
        self.row.addWidget(scan)
        return scan

    def set_texts(self, placeholder: str, clear: str) -> None:
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.clear.set_texts(clear)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handles keys that the line edit ignores; Down ends here if a slot moved the focus away."""
        if event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        if self.edit.hasFocus():
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        self.clear.setVisible(bool(text))
        self.changed.emit(text)


class Switch(QAbstractButton):
    """On or off: 52 x 30 in a target of 48."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedSize(60, 48)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(60, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF((self.width() - 52) / 2, (self.height() - 30) / 2, 52, 30)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent"))
            painter.drawRoundedRect(track, 15, 15)
            painter.setBrush(theme().color("on_accent"))
            painter.drawEllipse(QRectF(track.right() - 25, track.top() + 5, 20, 20))
        else:
            painter.setPen(QPen(theme().color("control"), 2))
            painter.setBrush(theme().color("surface"))
            painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), 14, 14)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("control"))
            painter.drawEllipse(QRectF(track.left() + 6, track.top() + 6, 18, 18))


class CheckBox(QCheckBox):
    """A box of 28 in a target of 48."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setFixedHeight(48)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(48 + self.fontMetrics().horizontalAdvance(self.text()), 48)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(theme().color("accent" if on else "control"), 2))
        painter.setBrush(theme().color("accent" if on else "surface"))
        painter.drawRoundedRect(QRectF(1, 11, 26, 26), 6, 6)
        if on:
            icons.draw(painter, "checkmark_filled", 4, 14, 20, "on_accent")
        painter.setPen(theme().color("text"))
        painter.drawText(QRectF(40, 0, self.width() - 40, 48), Qt.AlignmentFlag.AlignVCenter, self.text())


class _Choice(QAbstractButton):
    """One of the segments."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFixedHeight(48)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 36, 48)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme().color("accent" if self.isChecked() else "control"), 1))
        painter.setBrush(theme().color("accent" if self.isChecked() else "surface"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setFont(font("body_bold" if self.isChecked() else "body_medium"))
        painter.setPen(theme().color("on_accent" if self.isChecked() else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segmented(QWidget):
    """A choice among a few values, all visible."""

    chosen = Signal(str)

    def __init__(self, values: Sequence[str]) -> None:
        super().__init__()
        row = Segments(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QAbstractButton] = {}
        for value in values:
            button = _Choice()
            button.setFont(font("body_bold"))
            button.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            self._group.addButton(button)
            self.buttons[value] = button
            row.addWidget(button)

    def set_texts(self, words: dict[str, str], name: str) -> None:
        for value, text in words.items():
            set_label(self.buttons[value], text)
            self.buttons[value].setAccessibleName(f"{name}: {text}")
            self.buttons[value].updateGeometry()

    def choose(self, value: str) -> None:
        """Shows a value as chosen without emitting `chosen`."""
        self.buttons[value].setChecked(True)
