"""Tiles: the big buttons of the main screen."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.keys import ARROWS
from salesapp.views.parts.paint import paint_line, step_in
from salesapp.views.parts.strip import Segment, paint_strip

Mood = Literal["calm", "running", "problem", "accent"]
PADDING = 20
RADIUS = 12
MOST_RIGHT = 0.4
"""Largest part of a line with a `lead` that its right text may take."""


@dataclass(frozen=True, slots=True)
class TileLine:
    """A live line: an icon or a bold `lead` (a time), text, and a small text on the right."""

    text: str
    icon: str = ""
    right: str = ""
    token: str = "text2"
    is_bold: bool = False
    lead: str = ""
    right_icon: str = ""


@dataclass(frozen=True, slots=True)
class TileFace:
    """The content of a tile."""

    name: str
    line: str = ""
    figure: str = ""
    unit: str = ""
    mood: Mood = "calm"
    line_icon: str = ""
    strip: Sequence[Segment] = field(default=())
    lines: Sequence[TileLine] = field(default=())
    is_percent: bool = False


class Tile(QAbstractButton):
    """One button. A wide one has a strip and up to three live lines. `moved` carries an arrow key's direction."""

    moved = Signal(int, int)

    def __init__(self, icon: str, *, wide: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self._wide = wide
        self._face = TileFace("")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def face(self) -> TileFace:
        return self._face

    @property
    def is_wide(self) -> bool:
        return self._wide

    def show_face(self, face: TileFace, spoken: str = "") -> None:
        """Shows a face; `spoken` is the text of the whole tile for screen readers."""
        if face != self._face:
            self._face = face
            self.update()
        texts = [face.name, f"{face.figure} {face.unit}".strip(), face.line, *(entry.text for entry in face.lines)]
        self.setAccessibleName(spoken or ", ".join(part for part in texts if part))

    def sizeHint(self) -> QSize:
        return QSize(600 if self._wide else 290, 236 if self._wide else 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 200 if self._wide else 124)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.moved.emit(*arrow)  # Qt would move between buttons in the order of their creation
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        inner = QRectF(self.rect()).adjusted(PADDING, PADDING, -PADDING, -PADDING)
        if self._wide and self._face.mood != "accent":
            self._paint_wide(painter, inner)
        else:
            self._paint_small(painter, inner)

    def _paint_ground(self, painter: QPainter) -> None:
        mood = self._face.mood
        if mood == "accent":
            token = "accent_pressed" if self.isDown() else "accent_hover" if self.underMouse() else "accent"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(token))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
            return
        outline = {"running": "accent", "problem": "fail"}.get(mood, "control" if self.underMouse() else "border")
        width = 1 if mood == "calm" else 2
        painter.setPen(QPen(theme().color(outline), width))
        painter.setBrush(theme().color("sunken" if self.isDown() else "surface"))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS, RADIUS)

    def _tokens(self) -> tuple[str, str, str]:
        """Returns the colour tokens of icon and figure, of the name, and of the lines."""
        return ("on_accent",) * 3 if self._face.mood == "accent" else ("accent", "text", "text2")

    def _paint_small(self, painter: QPainter, inner: QRectF) -> None:
        face, (icon, name, line) = self._face, self._tokens()
        icons.draw(painter, self._icon, inner.left(), inner.top(), 32, icon)
        self._paint_figure(painter, inner)
        top = inner.bottom() - 22
        words_left = inner.left()
        line_token = "fail" if face.mood == "problem" else line
        if face.line_icon:
            icons.draw(painter, face.line_icon, words_left, top + 1, 20, line_token)
            words_left += 27
        paint_line(painter, QRectF(words_left, top, inner.right() - words_left, 24), face.line, "body", line_token)
        paint_line(painter, QRectF(inner.left(), top - 28, inner.width(), 28), face.name, "heading", name)

    def _paint_figure(self, painter: QPainter, inner: QRectF) -> None:
        face = self._face
        token = "fail" if face.mood == "problem" else "accent" if face.is_percent else "text"
        role = "percent_tile" if face.is_percent else "figure"
        right, top = inner.right(), inner.top() - (8 if face.is_percent else 2)
        height = 54 if face.is_percent else 36
        if face.unit:
            unit_role = "title" if face.is_percent else role
            width = QFontMetrics(font(unit_role)).horizontalAdvance(face.unit)
            drop = 8 if face.is_percent else 0
            paint_line(
                painter, QRectF(right - width, top + drop, width, height), face.unit, unit_role, token, right=True
            )
            right -= width + 8
        paint_line(
            painter,
            QRectF(inner.left() + 48, top, right - inner.left() - 48, height),
            face.figure,
            role,
            token,
            right=True,
        )

    def _paint_wide(self, painter: QPainter, inner: QRectF) -> None:
        face, (icon, name, _line) = self._face, self._tokens()
        icons.draw(painter, self._icon, inner.left(), inner.top() + 2, 32, icon)
        self._paint_figure(painter, inner)
        figure = QFontMetrics(font("percent_tile" if face.is_percent else "figure")).horizontalAdvance(face.figure) + 40
        paint_line(
            painter,
            QRectF(inner.left() + 44, inner.top() + 4, inner.width() - 44 - figure, 28),
            face.name,
            "heading",
            name,
        )
        bottom = inner.bottom()
        is_high = len(face.lines) > 2 or any(entry.lead for entry in face.lines)
        step = 32 if is_high else 25
        for number, entry in enumerate(reversed(face.lines)):
            _paint_line(painter, QRectF(inner.left(), bottom - 26 - number * step, inner.width(), 26), entry)
        if face.strip:
            top = inner.top() + 48 if is_high else bottom - len(face.lines) * step - 40
            paint_strip(painter, QRectF(inner.left(), top, inner.width(), 22), face.strip, 10 if is_high else 12)


def _paint_line(painter: QPainter, area: QRectF, entry: TileLine) -> None:
    left, right = area.left(), area.right()
    if entry.right:
        room = area.width() * MOST_RIGHT if entry.lead else area.width()
        width = min(QFontMetrics(font("small")).horizontalAdvance(entry.right), room)
        token = entry.token if entry.token == "fail" else "text3"
        paint_line(
            painter, QRectF(right - width, area.top(), width, area.height()), entry.right, "small", token, right=True
        )
        right -= width + 12
    if entry.right_icon:
        icons.draw(painter, entry.right_icon, right - 20, area.center().y() - 10, 20, entry.token)
        right -= 32
    if entry.lead:
        metrics = QFontMetrics(font("body_bold"))
        token = "fail" if entry.token == "fail" else "text"
        width = metrics.horizontalAdvance(entry.lead)
        paint_line(painter, QRectF(left, area.top(), width, area.height()), entry.lead, "body_bold", token)
        left += max(width, metrics.horizontalAdvance("00:00")) + 16
    if entry.icon:
        icons.draw(painter, entry.icon, left, area.center().y() - 10, 20, entry.token)
        left += 32
    role = "body_bold" if entry.is_bold else "body"
    if QFontMetrics(font(role)).horizontalAdvance(entry.text) > right - left:
        role = role.replace("body", "small")
    paint_line(
        painter,
        QRectF(left, area.top(), right - left, area.height()),
        step_in(entry.text, right - left, role),
        role,
        "text" if entry.is_bold else entry.token,
    )
