"""Rows of the settings: a name with an explanation, and a control on the right."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salesapp.domain.object_states import WRONG
from salesapp.models.device import HistoryRun
from salesapp.views import formats, labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.flow import ReflowRow
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.plain import set_label
from salesapp.views.parts.states import StateLabel
from salesapp.views.parts.strip import Strip
from salesapp.views.parts.text import Icon, Text
from salesapp.views.sync_labels import outcome_line, outcome_word, segments_of


class NavButton(QAbstractButton):
    """A section of the settings: icon, name, and current values."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self._below = ""
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_texts(self, name: str, below: str) -> None:
        set_label(self, name)
        self._below = below
        self.setAccessibleName(f"{name}, {below}" if below else name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent_soft" if self.isChecked() else "sunken"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        name = f"{self._icon}_filled" if self.isChecked() else f"{self._icon}_regular"
        icons.draw(painter, name, 16, 20, 24, "accent" if self.isChecked() else "text2")
        room = self.width() - 52 - 12
        top = 9 if self._below else 20
        for text, role, token, y in (
            (self.text(), "body_bold" if self.isChecked() else "body", "text", top),
            (self._below, "small", "text2", 33),
        ):
            painter.setFont(font(role))
            painter.setPen(theme().color(token))
            shown = QFontMetrics(font(role)).elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(52, y, room, 24), Qt.AlignmentFlag.AlignVCenter, shown)


class SettingRow(QWidget):
    """Name, explanation, and control."""

    def __init__(self, control: QWidget | None = None) -> None:
        super().__init__()
        row = ReflowRow(self, least=130)
        row.setContentsMargins(20, 12, 20, 12)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.name = Text("body_bold", wraps=True)
        self.about = Text("small", "text2", wraps=True)
        column.addStretch()
        column.addWidget(self.name)
        column.addWidget(self.about)
        column.addStretch()
        row.add(words, 1)
        self.setMinimumHeight(76)
        if control is not None:
            row.add(control)

    def set_texts(self, name: str, about: str = "") -> None:
        self.name.setText(name)
        self.about.setText(about)
        self.about.setVisible(bool(about))


class HistoryRow(QAbstractButton):
    """A sync of the history; a tap shows its objects."""

    def __init__(self, run: HistoryRun, *, portrait: bool = False, slim: bool = False) -> None:
        super().__init__()
        self.run = run
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = bare_column(self)
        summary = run.summary
        self.strip = Strip(8)
        self.strip.setFixedWidth(180)
        self.strip.set_segments(segments_of((state, 0.0) for state in summary.sections.values()))
        self._time = Text("body", text=formats.capitalized(formats.moment(summary.ended_at)))
        parts = [outcome_line(summary), formats.size(summary.bytes_down), formats.duration(summary.seconds)]
        self._line = Text("small", "text2", wraps=True, text=" \N{MIDDLE DOT} ".join(parts))
        state, word = outcome_word(summary)
        self._label = StateLabel()
        self._label.show_state(state, word)
        self.chevron = Icon("chevron_right_regular", 20, "text2")
        head = QWidget()
        head.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        head.setMinimumHeight(60)
        self._fill(QHBoxLayout(head), portrait=portrait, slim=slim)
        column.addWidget(head)
        self.objects = QWidget()
        self.objects.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inner = QVBoxLayout(self.objects)
        inner.setContentsMargins(20, 0, 20, 12)
        inner.setSpacing(4)
        code, params = summary.error
        if code and summary.is_problem:
            sentences = labels.error(code, params)
            inner.addWidget(Text("small", "fail", wraps=True, text=f"{sentences.why} {sentences.helps}"))
        for one in run.objects:
            inner.addWidget(_object_line(*one))
        self.objects.hide()
        column.addWidget(self.objects)
        self.toggled.connect(self._on_toggled)
        self.setAccessibleName(f"{self._time.text()}, {parts[0]}, {word}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def _fill(self, row: QHBoxLayout, *, portrait: bool, slim: bool) -> None:
        """Lays out time, strip, figures and verdict side by side; when slim, the figures go below."""
        row.setSpacing(16)
        row.addWidget(self._time)
        row.addWidget(self.strip)
        self.strip.setVisible(not portrait)  # needs a parent first, otherwise it would open as a window
        if slim:
            row.setContentsMargins(20, 10, 16, 10)
            words_of, first = QVBoxLayout(), QHBoxLayout()
            row.removeWidget(self._time)
            first.addWidget(self._time, 1)
            first.addWidget(self._label)
            words_of.addLayout(first)
            words_of.addWidget(self._line)
            row.addLayout(words_of, 1)
        else:
            row.setContentsMargins(20, 0, 16, 0)
            self._time.setMinimumWidth(150)
            row.addWidget(self._line, 1)
            row.addWidget(self._label)
        row.addWidget(self.chevron)

    def _on_toggled(self, is_open: bool) -> None:  # Qt's signal
        self.objects.setVisible(is_open)
        self.chevron.set_icon("chevron_down_regular" if is_open else "chevron_right_regular", "text2")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout else QSize(300, 60)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self.isDown():
            painter.fillRect(self.rect(), theme().color("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme().color("border"))


def _object_line(key: str, state: str, rows: int, code: str, params: dict[str, str]) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    is_wrong = state in WRONG
    row.addWidget(Text("small", "text", wraps=True, text=labels.object_path(key)), 3)
    row.addWidget(Text("small", "text2", text=formats.number(rows)))
    reason = labels.error(code, params).why if code and is_wrong else ""
    text = f"{labels.state(state)}. {reason}" if reason else labels.state(state)
    row.addWidget(Text("small", "fail" if is_wrong else "text2", wraps=True, text=text), 3)
    return line
