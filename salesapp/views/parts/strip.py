"""The strip: the common sign of progress. Its equal segments differ by shape first, and by colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from salesapp.views.look.theme import theme

GAP = 3.0
RADIUS = 2.0
TALL = 1.75
"""How much taller a failed segment is."""
MOST_SEGMENTS = 20


class Shape(StrEnum):
    """The state that a segment shows."""

    EMPTY = "empty"  # not started
    RUNNING = "running"  # filled up to `part`
    DONE = "done"
    HOLLOW = "hollow"  # waiting, held back
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment; `part` (0 to 1) is the progress of a running one, or how far a failed bar got."""

    shape: Shape
    part: float = 0.0


_COLOURS = {Shape.RUNNING: "accent", Shape.HOLLOW: "wait_fill", Shape.FAILED: "fail"}


def paint_strip(painter: QPainter, area: QRectF, segments: Sequence[Segment], height: float, done: str = "ok") -> None:
    """Paints segments across an area, vertically centred; `done` is the colour of finished ones."""
    if not segments:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = (area.width() - GAP * (len(segments) - 1)) / len(segments)
    if len(segments) > MOST_SEGMENTS or width < 6:
        _paint_segment(painter, area, _as_one(segments), height, 4, done=done)
    else:
        for number, segment in enumerate(segments):
            left = area.left() + number * (width + GAP)
            place = QRectF(left, area.top(), width, area.height())
            _paint_segment(painter, place, segment, height, RADIUS, done=done)
    painter.restore()


def _as_one(segments: Sequence[Segment]) -> Segment:
    """Merges segments that do not fit into one bar: failed if one of them failed, else their total progress."""
    if any(segment.shape is Shape.FAILED for segment in segments):
        return Segment(Shape.FAILED, 1.0)
    parts = [1.0 if segment.shape is Shape.DONE else segment.part for segment in segments]
    part = sum(parts) / len(parts)
    return Segment(Shape.DONE if all(segment.shape is Shape.DONE for segment in segments) else Shape.RUNNING, part)


def paint_bar(painter: QPainter, area: QRectF, segment: Segment, height: float = 8) -> None:
    """Paints one object's bar: like a segment, but never taller, and a failed one shows how far it got."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = _centred(area, height)
    if segment.shape is Shape.FAILED and segment.part < 1:
        _fill(painter, bar, "border", 4)
        _fill(painter, QRectF(bar.left(), bar.top(), max(bar.width() * segment.part, 8), bar.height()), "fail", 4)
    else:
        shape = Shape.DONE if segment.shape is Shape.FAILED else segment.shape
        _paint_segment(painter, area, Segment(shape, segment.part), height, 4, failed=segment.shape is Shape.FAILED)
    painter.restore()


def _centred(area: QRectF, height: float) -> QRectF:
    return QRectF(area.left(), area.center().y() - height / 2, area.width(), height)


def _paint_segment(
    painter: QPainter,
    area: QRectF,
    segment: Segment,
    height: float,
    radius: float,
    *,
    failed: bool = False,
    done: str = "ok",
) -> None:
    box = _centred(area, height * TALL if segment.shape is Shape.FAILED else height)
    if segment.shape is Shape.HOLLOW:
        painter.setPen(QPen(theme().color("wait_fill"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        return
    if segment.shape in {Shape.EMPTY, Shape.RUNNING}:
        _fill(painter, box, "border", radius)
    if segment.shape is Shape.RUNNING and segment.part > 0:
        painter.save()
        painter.setClipRect(QRectF(box.left(), box.top(), box.width() * min(segment.part, 1), box.height()))
        _fill(painter, box, "accent", radius)
        painter.restore()
    elif segment.shape not in {Shape.EMPTY, Shape.RUNNING}:
        token = done if segment.shape is Shape.DONE else _COLOURS[segment.shape]
        _fill(painter, box, "fail" if failed else token, radius)


def _fill(painter: QPainter, box: QRectF, token: str, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().color(token))
    painter.drawRoundedRect(box, radius, radius)


class Strip(QWidget):
    """A strip as a widget."""

    def __init__(self, height: int = 10) -> None:
        super().__init__()
        self._height = height
        self._segments: tuple[Segment, ...] = ()
        self._done = "ok"
        self.setFixedHeight(round(height * TALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self._segments

    def set_segments(self, segments: Sequence[Segment], words: str = "", done: str = "ok") -> None:
        """Shows segments; `words` is their text for screen readers, `done` the colour of finished ones."""
        if (tuple(segments), done) != (self._segments, self._done):
            self._segments, self._done = tuple(segments), done
            self.update()
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(120, round(self._height * TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint_strip(QPainter(self), QRectF(self.rect()), self._segments, self._height, self._done)
