"""Reports: own sales as figures and bars, the best customers and items, and customers who stopped ordering."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salesapp.domain.periods import SPANS, Span
from salesapp.services.reports import AwayRow, Report, What
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import Segmented
from salesapp.views.parts.frame import MARGIN, scrolled
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.reports import labels
from salesapp.views.reports.cards import AwayCard, RankedCard
from salesapp.views.reports.chart import ChartCard
from salesapp.views.reports.figures import FiguresCard

SIDE = 400
CHART_PORTRAIT = 420
FOUR_FROM, BESIDE_FROM = 900, 700


class ReportsPage(ScreenPage):
    """`span_chosen`: days, weeks, months or years; `period_opened`: a bar; `up_requested`: leave the open period."""

    span_chosen = Signal(str)
    what_chosen = Signal(str)
    period_opened = Signal(object)
    up_requested = Signal()
    ranked_opened = Signal(object)
    customer_opened = Signal(object)  # key
    ranked_list_requested = Signal()
    away_list_requested = Signal()
    customers_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.spans = Segmented(SPANS)
        self.spans.chosen.connect(self.span_chosen)
        self.figures, self.chart = FiguresCard(), ChartCard()
        self.ranked, self.away = RankedCard(), AwayCard()
        self.empty = Empty("data_trending_regular")
        self.begin = Button("normal", "people_regular")
        self.begin.clicked.connect(self.customers_requested)
        self.empty.action_row.addWidget(self.begin)
        self._connect()
        self._lay_out()
        self.retranslate()

    def _connect(self) -> None:
        self.chart.chart.opened.connect(self.period_opened)
        self.ranked.chosen.connect(self.what_chosen)
        self.ranked.opened.connect(self.ranked_opened)
        self.ranked.list_requested.connect(self.ranked_list_requested)
        self.away.opened.connect(self.customer_opened)
        self.away.list_requested.connect(self.away_list_requested)

    def _lay_out(self) -> None:
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setSpacing(16)
        self._spans_row = QHBoxLayout()
        self._spans_row.setContentsMargins(0, 0, 0, 0)
        self._main = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._main.setSpacing(16)
        self._side = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._side.setSpacing(16)
        self._side.addWidget(self.ranked, 1)
        self._side.addWidget(self.away, 1)
        self._main.addWidget(self.chart, 1)
        self._main.addLayout(self._side)
        self._body.addLayout(self._spans_row)
        self._body.addWidget(self.figures)
        self._body.addLayout(self._main, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())  # until the first report arrives
        self.stack.addWidget(scrolled(body))
        self.stack.addWidget(self.empty)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)

    def show_report(self, report: Report) -> None:
        self.report = report
        self.retranslate()

    def show_away(self, weeks: int, count: int, rows: Sequence[AwayRow]) -> None:
        self.away.show_away(weeks, count, rows)

    @property
    def what(self) -> What:
        return self.report.what if self.report else "customers"

    @property
    def span(self) -> Span:
        return self.report.span if self.report else "week"

    def go_back(self) -> None:
        """Leaves an open period first."""
        if self.report is not None and self.report.within is not None:
            self.up_requested.emit()
        else:
            super().go_back()

    def arrange(self, *, portrait: bool) -> None:
        (self._spans_row if portrait else self.header.action_row).addWidget(self.spans)
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._main.setDirection(directions[0] if portrait else directions[1])
        self.chart.setMinimumHeight(CHART_PORTRAIT if portrait else 0)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Sets the widths, which depend on more than the orientation."""
        width = self.width()
        side = max((width - 1600) // 2, 0) + (MARGIN if width >= BESIDE_FROM else 16)
        self._body.setContentsMargins(side, 0, side, MARGIN)
        self.figures.set_columns(4 if width >= FOUR_FROM else 2)
        beside = self.is_portrait and width >= BESIDE_FROM
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._side.setDirection(directions[1] if beside else directions[0])
        for card in (self.ranked, self.away):
            card.setMaximumWidth(16_777_215 if self.is_portrait else SIDE)
            card.setMinimumWidth(0 if self.is_portrait else SIDE)

    def retranslate(self) -> None:
        self.spans.set_texts({name: labels.span(name) for name in SPANS}, labels.report_name())
        self.empty.title.setText(self.tr("No orders yet"))
        self.empty.text.setText(self.tr("Your sales come here with the first order that you confirm."))
        self.begin.set_texts(self.tr("Choose a customer"))
        self.away.retranslate()
        if self.report is not None:
            self._show(self.report)
        else:
            self.header.set_texts(labels.report_name())

    def _show(self, report: Report) -> None:
        title, context = labels.header(report)
        self.header.set_texts(title, context)
        self.spans.choose(report.span)
        self.figures.show_report(report)
        self.chart.show_report(report)
        self.ranked.show_report(report)
        self.stack.setCurrentIndex(1 if report.has_orders else 2)
        self.spans.setVisible(report.has_orders)
