"""The cards beside the chart: the best customers or items, and customers who stopped ordering."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout

from salesapp.services.reports import AwayRow, Ranked, Report
from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.card_head import CardHead
from salesapp.views.parts.fields import Segmented
from salesapp.views.parts.frame import Card
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.text import Text
from salesapp.views.reports import labels

SHOWN = 4
ROW = 50
_BAR = 6


class _Row(QAbstractButton):
    """A row of a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(ROW)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(260, ROW)


class RankedRow(_Row):
    """Name and amount over a bar whose length is relative to the best row."""

    def __init__(self) -> None:
        super().__init__()
        self.ranked = Ranked(None, "", "", labels.ZERO)
        self._part = 0.0

    def show_row(self, ranked: Ranked, best: Ranked) -> None:
        self.ranked = ranked
        self._part = float(ranked.net / best.net)
        self.setAccessibleName(labels.spoken_row(ranked))
        self.setEnabled(ranked.key is not None or bool(ranked.submission))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown():
            painter.fillRect(self.rect(), theme().color("sunken"))
        amount = labels.money(self.ranked.net, 0)
        width = QFontMetrics(font("body_bold")).horizontalAdvance(amount)
        line = QRectF(0, 5, self.width(), 26)
        paint_line(painter, line, amount, "body_bold", "text", right=True, whole=True)
        name = QRectF(0, 5, self.width() - width - 12, 26)
        paint_line(painter, name, labels.ranked_place(self.ranked), "body", "text")
        track = QRectF(0, 35, self.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("border"))
        painter.drawRoundedRect(track, _BAR / 2, _BAR / 2)
        painter.setBrush(theme().color("accent"))
        painter.drawRoundedRect(QRectF(0, 35, max(self.width() * self._part, _BAR), _BAR), _BAR / 2, _BAR / 2)


class AwayButton(_Row):
    """Name and town, the weeks since the last order, and a chevron."""

    def __init__(self) -> None:
        super().__init__()
        self.row: AwayRow | None = None

    def show_row(self, row: AwayRow) -> None:
        self.row = row
        self.setAccessibleName(labels.spoken_row(row))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self.row is None:
            return
        painter = QPainter(self)
        if self.isDown():
            painter.fillRect(self.rect(), theme().color("sunken"))
        right = self.width() - 20
        icons.draw(painter, "chevron_right_regular", right, (ROW - 20) / 2, 20, "text3")
        weeks = labels.weeks_of(self.row)
        width = QFontMetrics(font("small")).horizontalAdvance(weeks)
        place = QRectF(right - 8 - width, 0, width, ROW)
        paint_line(painter, place, weeks, "small", "text2", right=True, whole=True)
        paint_line(painter, QRectF(0, 0, place.left() - 12, ROW), labels.place_of(self.row), "body", "text")
        painter.fillRect(0, ROW - 1, self.width(), 1, theme().color("border"))


class RankedCard(Card):
    """`chosen` carries "customers" or "items", `opened` a row; `list_requested` asks for the whole list."""

    chosen = Signal(str)
    opened = Signal(object)
    list_requested = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.head, self.kinds = CardHead(), Segmented(("customers", "items"))
        self.head.clicked.connect(self.list_requested)
        self.kinds.chosen.connect(self.chosen)
        self.rows = [RankedRow() for _ in range(SHOWN)]
        self.empty = Text("body", "text2", wraps=True)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.head, 1)
        top.addWidget(self.kinds)
        self.body.setSpacing(0)
        self.body.addLayout(top)
        self.body.addSpacing(8)
        self.body.addWidget(self.empty)
        for row in self.rows:
            row.clicked.connect(lambda _checked=False, row=row: self.opened.emit(row.ranked))
            self.body.addWidget(row)
        self.body.addStretch()

    def show_report(self, report: Report) -> None:
        title, of = labels.best_title(), labels.best_of(report)
        self.kinds.set_texts({what: labels.what(what) for what in ("customers", "items")}, title)
        self.kinds.choose(report.what)
        spoken = labels.whole_list(f"{title} {labels.DASH} {labels.what(report.what)}", of)
        self.head.set_texts(title, spoken, below=of)
        for place, row in enumerate(self.rows):
            is_there = place < len(report.ranked)
            row.setVisible(is_there)
            if is_there:
                row.show_row(report.ranked[place], report.ranked[0])
        self.empty.setText(labels.nothing_sold())
        self.empty.setVisible(not report.ranked)


class AwayCard(Card):
    """`opened` carries a customer's key; `list_requested` asks for the whole list."""

    opened = Signal(object)  # key of a customer
    list_requested = Signal()

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.head, self.empty = CardHead(), Text("body", "text2", wraps=True)
        self.head.clicked.connect(self.list_requested)
        self.rows = [AwayButton() for _ in range(SHOWN)]
        self._shown: tuple[int, int, Sequence[AwayRow]] = (0, 0, ())
        self.body.setSpacing(0)
        self.body.addWidget(self.head)
        self.body.addWidget(self.empty)
        column = QVBoxLayout()
        column.setSpacing(0)
        for row in self.rows:
            row.clicked.connect(lambda _checked=False, row=row: self.opened.emit(row.row.away.key if row.row else 0))
            column.addWidget(row)
        self.body.addLayout(column)
        self.body.addStretch()

    def show_away(self, weeks: int, count: int, rows: Sequence[AwayRow]) -> None:
        self._shown = (weeks, count, rows)
        title = labels.away_title(weeks)
        number = formats.number(count)
        self.head.set_texts(title, labels.whole_list(title, number), count=number)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(rows))
            if place < len(rows):
                row.show_row(rows[place])
        self.empty.setText(labels.nobody_away())
        self.empty.setVisible(not count)

    def retranslate(self) -> None:
        self.show_away(*self._shown)
