"""Travel: own entries with their receipts, and the km of the day and the month."""

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QStackedWidget,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from salesapp.models.travel import TravelModel, TravelRole
from salesapp.services.travel import Entry, Log
from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.parts import slim
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.frame import MARGIN, Card
from salesapp.views.parts.keys import add_shortcut
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.strip import paint_strip
from salesapp.views.parts.text import Text
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.parts.touch_list import TouchList
from salesapp.views.receipts.labels import LOOKS
from salesapp.views.travel import labels

HEIGHT, WHEN, RECEIPT, NARROW = 72, 84, 220, 760


class TravelDelegate(TouchDelegate):
    """Paints one entry; reads roles only."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        entry: Entry | None = index.data(TravelRole.ENTRY)
        if entry is None:
            return
        if entry.receipt == "rejected":
            self.paint_rejected_ground(painter, option)
        if slim.is_slim(area.width()):
            self._paint_slim(painter, area, entry)
        else:
            self._paint_wide(painter, area, entry)
        self.paint_edge(painter, option)

    @staticmethod
    def _paint_slim(painter: QPainter, area: QRect, entry: Entry) -> None:
        """Paints departure and destination; vehicle and odometer; day, kilometres and receipt."""
        paint_line(painter, slim.line(area, 0, 16), labels.title(entry), "name", "text")
        paint_line(painter, slim.line(area, 1, 16), labels.below(entry), "small", "text2")
        last = slim.line(area, 2, 16, 16)
        icon, token, _segments = LOOKS[entry.receipt]
        icons.draw(painter, icon, last.left(), last.top() + 3, 20, token)
        paint_line(painter, last.adjusted(28, 0, 0, 0), _day(entry), "body_medium", "text")
        icons.draw(painter, "chevron_right_regular", last.right() - 20, last.top() + 3, 20, "text2")
        if entry.km is not None:
            paint_line(
                painter, last.adjusted(0, 0, -32, 0), labels.km(entry.km), "price", "text", right=True, whole=True
            )

    def _paint_wide(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        paint_line(painter, QRect(area.left() + 24, area.top(), WHEN - 8, HEIGHT), _day(entry), "body_medium", "text")
        icons.draw(painter, "chevron_right_regular", area.right() - 40, area.top() + 26, 20, "text2")
        right = area.right() - 56
        width = 44 if area.width() < NARROW else RECEIPT
        self._paint_receipt(painter, QRect(right - width, area.top(), width, HEIGHT), entry)
        right -= width + 16
        if entry.km is not None:
            place = QRect(right - 96, area.top(), 96, HEIGHT)
            paint_line(painter, place, labels.km(entry.km), "price", "text", right=True, whole=True)
            right -= 112
        left = area.left() + 24 + WHEN
        line = QRect(left, area.top() + 12, right - left, 26)
        paint_line(painter, line, labels.title(entry), "name", "text")
        paint_line(painter, line.translated(0, 25), labels.below(entry), "small", "text2")

    @staticmethod
    def _paint_receipt(painter: QPainter, area: QRect, entry: Entry) -> None:
        icon, token, segments = LOOKS[entry.receipt]
        if area.width() < RECEIPT:
            icons.draw(painter, icon, area.right() - 24, area.center().y() - 9, 20, token)
            return
        icons.draw(painter, icon, area.left(), area.top() + 14, 20, token)
        line = QRect(area.left() + 28, area.top() + 13, area.width() - 28, 22)
        paint_line(painter, line, labels.receipt(entry), "word", token)
        paint_strip(painter, QRectF(area.left(), area.top() + 40, area.width() - 16, 12), segments, 6)


def _day(entry: Entry) -> str:
    return formats.day(entry.travel.travelled_on)


class TravelPage(ScreenPage):
    """`entry_requested` carries the record of an opened row; `new_requested` asks for a new entry."""

    entry_requested = Signal(object)
    new_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._log = Log((), 0, 0, None)
        self.new = Button("primary", "add_regular")
        self.new.clicked.connect(self.new_requested)
        self.header.action_row.addWidget(self.new)
        self._figures: list[tuple[Text, Text]] = []
        self._sums = QWidget()
        self._sums_row = QHBoxLayout(self._sums)
        self._sum_rows: list[QBoxLayout] = []
        for _ in range(3):
            card, name, figure = Card(padding=16), Text("small", "text2", wraps=True), Text("title")
            inner = QVBoxLayout()
            inner.setSpacing(0)
            inner.addWidget(name, 1)
            inner.addWidget(figure)
            card.body.addLayout(inner)
            self._sums_row.addWidget(card, 1)
            self._sum_rows.append(inner)
            self._figures.append((name, figure))
        self.model = TravelModel(labels.spoken, self)
        self.list = TouchList()
        self.list.setItemDelegate(TravelDelegate(self.list))
        self.list.setModel(self.model)
        self.list.opened.connect(lambda place: self.entry_requested.emit(self.model.entry(place)))
        self.empty = Empty("vehicle_car_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self._sums)
        column.addWidget(self.stack, 1)
        add_shortcut(self, "Ctrl+N", self.new.click)
        self.retranslate()

    @property
    def primary(self) -> Button:
        return self.new

    def arrange(self, *, portrait: bool) -> None:
        """Places the totals side by side, or stacked when slim."""
        del portrait
        margin = 16 if self.is_slim else MARGIN
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sums_row.setDirection(down if self.is_slim else across)
        self._sums_row.setContentsMargins(margin, 0, margin, margin if self.is_slim or self.is_low else 16)
        self._sums_row.setSpacing(8 if self.is_slim else 16)
        for inner, (_name, figure) in zip(self._sum_rows, self._figures, strict=True):
            inner.setDirection(across if self.is_slim else down)
            figure.set_role("name" if self.is_slim else "title")
            card = inner.parentWidget()
            if isinstance(card, Card):
                edge = 8 if self.is_slim else 16
                card.body.setContentsMargins(16, edge, 16, edge)

    def show_log(self, log: Log) -> None:
        self._log = log
        self.model.show(log.entries)
        self.retranslate()

    def retranslate(self) -> None:
        log = self._log
        self.header.set_texts(self.tr("Travel"), formats.plural("TravelPage", "%n entries", len(log.entries)))
        self.new.set_texts(self.tr("New entry"))
        odometer = labels.km(log.odometer_km) if log.odometer_km is not None else "\N{EN DASH}"
        figures = (
            (self.tr("Today"), labels.km(log.today_km)),
            (self.tr("This month"), labels.km(log.month_km)),
            (self.tr("Odometer"), odometer),
        )
        for (name, figure), (caption, value) in zip(self._figures, figures, strict=True):
            name.setText(caption)
            figure.setText(value)
        self.list.setAccessibleName(self.tr("Travel"))
        self.empty.title.setText(self.tr("No travel entries yet"))
        self.empty.text.setText(self.tr("An entry goes on where the vehicle's odometer ended last."))
        self.stack.setCurrentWidget(self.list if self.model.rowCount() else self.empty)
