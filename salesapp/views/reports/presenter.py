"""Opens reports and the lists behind them, and moves into and out of periods."""

from collections.abc import Sequence
from typing import cast

from salesapp.domain.periods import SPANS, Period, Span, period_of
from salesapp.models.reports import Entry, ReportRowsModel, ReportSource, Row
from salesapp.services.reports import WEEKS, AwayRow, Order, What
from salesapp.views.reports import labels
from salesapp.views.reports.cards import SHOWN
from salesapp.views.reports.list_page import AWAY, ORDERS, RANKED, ReportListPage
from salesapp.views.reports.page import ReportsPage
from salesapp.views.requests import NewOrder, OpenCustomer, OpenCustomers, OpenDocument, OpenItem, OpenReports
from salesapp.views.screens import Presenter, Screens

PAGE, LIST = "reports", "report list"


class ReportPresenter(Presenter):
    """The report and one list. After a sync or a change they are read again once they are visible."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = ReportSource(screens.workplace)
        self._span: Span = "week"
        self._what: What = "customers"
        self._path: list[Period] = []
        self._weeks = WEEKS[0]
        self._round = 0
        self._is_stale = False
        self.window.shown.connect(self._on_shown)
        self.shows(OpenReports, lambda _request: self._open())

    # The report

    def _open(self) -> None:
        page = self._page() or self._make_page()
        self._path.clear()
        self._is_stale = False
        self.window.show_page(PAGE)
        page.header.back.setFocus()
        self.screens.spawn(self._fill(page))

    def _page(self) -> ReportsPage | None:
        page = self.window.page(PAGE)
        return page if isinstance(page, ReportsPage) else None

    def _make_page(self) -> ReportsPage:
        page = ReportsPage()
        page.span_chosen.connect(self._on_span_chosen)
        page.what_chosen.connect(self._on_what_chosen)
        page.period_opened.connect(self._on_period_opened)
        page.up_requested.connect(self._on_up_requested)
        page.ranked_opened.connect(self._open_row)
        page.customer_opened.connect(lambda key: self.screens.open(OpenCustomer(key)))
        page.ranked_list_requested.connect(self._open_ranked)
        page.away_list_requested.connect(self._open_away)
        page.customers_requested.connect(lambda: self.screens.open(OpenCustomers()))
        self.add_page(PAGE, page)
        return page

    async def _fill(self, page: ReportsPage) -> None:
        """Reads and shows the report; drops the answer if another one was requested meanwhile."""
        self._round += 1
        round_, within = self._round, self._path[-1] if self._path else None
        report = await self._source.report(self._span, within, self._what)
        if round_ != self._round:
            return
        page.show_report(report)
        count, rows = await self._source.away_first(self._weeks, SHOWN)
        if round_ == self._round:
            page.show_away(self._weeks, count, rows)

    def _reload(self) -> None:
        page = self._page()
        if page is not None:
            self.screens.spawn(self._fill(page))

    def _on_span_chosen(self, span: str) -> None:
        self._span = next(known for known in SPANS if known == span)
        self._path.clear()
        self._reload()

    def _on_what_chosen(self, what: str) -> None:
        self._what = cast("What", what)
        self._reload()

    def _on_period_opened(self, period: Period) -> None:
        """Opens a period: a day lists its orders, and a week cut off by its month is shown whole."""
        if period.span == "day":
            self._open_list(ORDERS, "", period)
            return
        self._path.append(period_of(period.span, period.first))
        self._reload()

    def _on_up_requested(self) -> None:
        self._path.pop()
        self._reload()

    # Lists

    def _list(self) -> ReportListPage | None:
        page = self.window.page(LIST)
        return page if isinstance(page, ReportListPage) else None

    def _make_list(self) -> ReportListPage:
        page = ReportListPage(ReportRowsModel(self.workplace, labels.spoken_row, self))
        page.row_requested.connect(self._open_row)
        page.order_requested.connect(lambda key: self.screens.open(NewOrder(key)))
        page.chosen.connect(lambda choice: self._on_chosen(page, choice))
        self.add_page(LIST, page)
        return page

    def _open_ranked(self) -> None:
        page = self._page()
        if page is not None and page.report is not None:
            report = page.report
            self._open_list(RANKED, self._what, report.within or report.shown, 0 if report.within else len(report.bars))

    def _open_away(self) -> None:
        self._open_list(AWAY, str(self._weeks), None)

    def _open_list(self, kind: str, choice: str, period: Period | None, last: int = 0) -> None:
        page = self._list() or self._make_list()
        page.begin(kind, choice, period, last)
        self.window.show_page(LIST)
        page.list.setFocus()
        self.screens.spawn(self._fill_list(page))

    def _on_chosen(self, page: ReportListPage, choice: str) -> None:
        page.choice = choice
        if page.kind == RANKED:
            self._what = cast("What", choice)
        elif choice != "never":
            self._weeks = int(choice)
        self._is_stale = True  # the report must show the same choice
        page.retranslate()
        self.screens.spawn(self._fill_list(page))

    async def _fill_list(self, page: ReportListPage) -> None:
        kind, choice, period = page.kind, page.choice, page.period
        if kind == AWAY:
            weeks = None if choice == "never" else int(choice)
            found: Sequence[Entry] = await self._source.away(weeks)
        elif kind == ORDERS and period is not None:
            found = await self._source.orders(period)
        else:
            found = await self._source.ranked(cast("What", choice), cast("Period", period))
        if (page.kind, page.choice, page.period) == (kind, choice, period):
            page.model.show(found)

    def _open_row(self, row: Row) -> None:
        if isinstance(row, Order):
            self.screens.open(OpenDocument(row.record, row.key))
        elif isinstance(row, AwayRow):
            self.screens.open(OpenCustomer(row.away.key))
        elif self._what == "items":
            if row.key is not None:
                self.screens.open(OpenItem(row.key))
        elif row.key is not None or row.submission:
            self.screens.open(OpenCustomer(row.key, row.submission))

    # Sync, saving

    async def refresh(self) -> None:
        self._is_stale = True
        await self._reread()

    async def _reread(self) -> None:
        """Reads the visible page again."""
        if self.window.current == PAGE and (page := self._page()) is not None:
            self._is_stale = False
            await self._fill(page)
        elif self.window.current == LIST and (listed := self._list()) is not None:
            await self._fill_list(listed)

    def _on_shown(self) -> None:
        if self._is_stale and self.window.current in {PAGE, LIST}:
            self.screens.spawn(self._reread())
