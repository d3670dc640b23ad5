"""Rows of appointments: time, customer and subject, progress."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from salesapp.models.appointments import VisitRole
from salesapp.services.visits import Visit
from salesapp.views import formats
from salesapp.views.appointments import labels
from salesapp.views.look import icons
from salesapp.views.look.type import font
from salesapp.views.parts import slim
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.strip import paint_strip
from salesapp.views.parts.touch_delegate import Index, TouchDelegate

HEIGHT, WHEN, STATE, NARROW = 72, 108, 200, 700


class VisitDelegate(TouchDelegate):
    """Paints one appointment; reads roles only."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        visit: Visit | None = index.data(VisitRole.VISIT)
        if visit is None:
            return
        self.paint_ground(painter, option)
        if slim.is_slim(area.width()):
            self._paint_slim(painter, area, visit)
        else:
            self._paint_wide(painter, area, visit)
        self.paint_edge(painter, option)

    @staticmethod
    def _paint_slim(painter: QPainter, area: QRect, visit: Visit) -> None:
        """Paints time and state; customer; subject."""
        token = "fail" if visit.is_overdue else "text2"
        first = slim.line(area, 0, 16, 16)
        when = f"{labels.time_of(visit)} {formats.capitalized(labels.day_word(visit.start.date()))}"
        icon, state_token = labels.state_look(visit)
        word = labels.state_word(visit.state, is_overdue=visit.is_overdue)
        wide = QFontMetrics(font("word")).horizontalAdvance(word)
        icons.draw(painter, icon, first.right() - wide - 28, first.top() + 3, 20, state_token)
        paint_line(painter, first, word, "word", state_token, right=True, whole=True)
        paint_line(painter, first.adjusted(0, 0, -wide - 36, 0), when, "body_bold", token)
        paint_line(painter, slim.line(area, 1, 16), visit.title, "name", "text")
        paint_line(painter, slim.line(area, 2, 16), labels.below(visit), "small", "text2")

    def _paint_wide(self, painter: QPainter, area: QRect, visit: Visit) -> None:
        token = "fail" if visit.is_overdue else "text"
        when = QRect(area.left() + 24, area.top() + 12, WHEN - 8, 26)
        paint_line(painter, when, labels.time_of(visit), "body_bold", token)
        day = formats.capitalized(labels.day_word(visit.start.date()))
        paint_line(painter, when.translated(0, 25), day, "small", token if visit.is_overdue else "text2")
        icons.draw(painter, "chevron_right_regular", area.right() - 40, area.top() + 26, 20, "text2")
        right = area.right() - 56
        width = 44 if area.width() < NARROW else STATE
        self._paint_state(painter, QRect(right - width, area.top(), width, HEIGHT), visit)
        left = area.left() + 24 + WHEN
        line = QRect(left, area.top() + 12, right - width - 16 - left, 26)
        paint_line(painter, line, visit.title, "name", "text")
        paint_line(painter, line.translated(0, 25), labels.below(visit), "small", "text2")

    @staticmethod
    def _paint_state(painter: QPainter, area: QRect, visit: Visit) -> None:
        icon, token = labels.state_look(visit)
        if area.width() < STATE:
            icons.draw(painter, icon, area.right() - 24, area.center().y() - 9, 20, token)
            return
        progress = visit.progress
        has_strip = bool(progress.total) and visit.state != "rejected"
        top = area.top() + (13 if has_strip else 25)
        icons.draw(painter, icon, area.left(), top + 1, 20, token)
        word = QRect(area.left() + 28, top, area.width() - 28, 22)
        paint_line(painter, word, labels.state_word(visit.state, is_overdue=visit.is_overdue), "word", token)
        if has_strip:
            place = QRectF(area.left(), area.top() + 40, area.width() - 20, 14)
            paint_strip(painter, place, labels.segments_of(progress), 6, labels.FILLS[progress.colour])
