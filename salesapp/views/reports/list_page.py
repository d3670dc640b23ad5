"""A list behind a report: the best customers or items, the orders of a day, customers who stopped ordering."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salesapp import clock
from salesapp.domain.periods import Period
from salesapp.models.reports import ReportRowsModel
from salesapp.services.reports import WEEKS, AwayRow
from salesapp.views.parts.fields import Segmented
from salesapp.views.parts.frame import MARGIN
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Text
from salesapp.views.reports import labels
from salesapp.views.reports.rows import ReportList

RANKED, AWAY, ORDERS = "ranked", "away", "orders"
KINDS = ("customers", "items")
CHOICES = (*(str(weeks) for weeks in WEEKS), "never")


class ReportListPage(ScreenPage):
    """A list of one `kind`. `chosen` carries "customers" or "items", or a number of weeks without orders."""

    row_requested = Signal(object)
    order_requested = Signal(object)  # key of a customer
    chosen = Signal(str)

    def __init__(self, model: ReportRowsModel) -> None:
        super().__init__()
        self.model = model
        self.kind, self.choice = RANKED, KINDS[0]
        self.period: Period | None = None
        self.last = 0
        self.kinds, self.weeks = Segmented(KINDS), Segmented(CHOICES)
        self.hint = Text("small", "text2", wraps=True)
        self.list = ReportList()
        self.list.setModel(model)
        self.list.opened.connect(lambda row: self.row_requested.emit(model.row(row)))
        self.list.order_requested.connect(self._on_order_requested)
        self.empty = Empty("data_trending_regular")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self._lay_out()
        for choice in (self.kinds, self.weeks):
            choice.chosen.connect(self.chosen)
        model.modelReset.connect(self._show_count)
        self.retranslate()

    def _lay_out(self) -> None:
        self._tools = QWidget()
        column = QVBoxLayout(self._tools)
        column.setContentsMargins(MARGIN, 0, MARGIN, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.kinds)
        row.addWidget(self.weeks)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.hint)
        whole = bare_column(self)
        whole.addWidget(self.header)
        whole.addWidget(self._tools)
        whole.addWidget(self.stack, 1)

    def begin(self, kind: str, choice: str, period: Period | None = None, last: int = 0) -> None:
        """Switches to another list, of `period`, or of the `last` periods of its span if `last` is not 0."""
        self.kind, self.choice, self.period, self.last = kind, choice, period, last
        self.model.show(())
        self.empty.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self.kinds.set_texts({name: labels.what(name) for name in KINDS}, labels.report_name())
        self.weeks.set_texts({name: labels.weeks_choice(name) for name in CHOICES}, labels.away_name())
        self.kinds.setVisible(self.kind == RANKED)
        self.weeks.setVisible(self.kind == AWAY)
        self._tools.setVisible(self.kind != ORDERS)
        if self.kind != ORDERS:
            (self.kinds if self.kind == RANKED else self.weeks).choose(self.choice)
        self.hint.setText(labels.away_hint() if self.kind == AWAY else "")
        self.hint.setVisible(self.kind == AWAY)
        self._show_count()
        self.list.viewport().update()

    def _show_count(self) -> None:
        count = self.model.rowCount()
        title, context = self._title()
        of = {AWAY: KINDS[0], ORDERS: ORDERS}.get(self.kind, self.choice)
        self.header.set_texts(title, labels.DOT.join(part for part in (context, labels.count(of, count)) if part))
        self.list.setAccessibleName(title)
        self.empty.title.setText(labels.nobody_away() if self.kind == AWAY else labels.nothing_sold())
        self.empty.text.setText("")
        self.stack.setCurrentWidget(self.list if count else self.empty)

    def _title(self) -> tuple[str, str]:
        if self.kind == AWAY:
            return labels.away_title(None if self.choice == "never" else int(self.choice)), ""
        if self.period is None:
            return labels.report_name(), ""
        when = labels.period_name(self.period, clock.today())
        if self.last:
            when = labels.last_periods(self.period.span, self.last)
        return (labels.orders() if self.kind == ORDERS else labels.what(self.choice)), when

    def _on_order_requested(self, row: int) -> None:
        found = self.model.row(row)
        if isinstance(found, AwayRow):
            self.order_requested.emit(found.away.key)
