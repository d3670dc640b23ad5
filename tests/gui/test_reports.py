"""Reports in the real window: own sales as figures and bars with details, and inactive customers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from salesapp import clock
from salesapp.domain.periods import period_of
from salesapp.settings import Settings
from salesapp.views import formats
from salesapp.views.reports import labels
from salesapp.views.reports.cards import SHOWN
from salesapp.views.reports.chart import SLOT
from salesapp.views.reports.labels import DOT
from salesapp.views.reports.list_page import ReportListPage
from salesapp.views.reports.page import ReportsPage
from salesapp.views.reports.rows import order_button
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import new_order, tap_part
from tests.gui.test_widgets import Tour
from tests.gui.walk import name_of

pytestmark = pytest.mark.clock

TODAY = clock.today()
FIXED, NARROW = formats.FIXED, formats.NARROW
LINE = {"unit": "pcs", "quantity": "1", "unit_price": "10.00"}


def day(ago: int) -> str:
    return (TODAY - timedelta(days=ago)).isoformat()


@pytest.fixture(autouse=True)
def _history(driver: WindowDriver) -> None:
    """Orders of six customers, a target for each month of three years."""
    company = driver.gateway.connector.company
    base = company["customers.customers"]["C1"]
    company["customers.customers"] |= {
        f"N{number}": base | {"code": f"N{number}", "name": f"Delikatesy Bursztynowe {number}", "city": "Sopot"}
        for number in range(6)
    }
    net = 1_234_5600
    orders = {(number, ago): net for number in range(5) for ago in (40 + 7 * number, 400)} | {(0, 0): net, (0, 7): net}
    company["auxiliary.documents"] = {
        f"ZS/{number}/{ago}": {
            "type": "sales_order",
            "erp_number": f"ZS/{number}/{ago}",
            "customer": f"N{number}",
            "representative": "rep1",
            "issued_on": day(ago),
            "currency": "PLN",
            "net": net,
            "vat": 0,
            "gross": net,
            "lines": [LINE | {"item": f"I{number % 3 + 1}", "net": "1234.56"}],
        }
        for (number, ago), net in orders.items()
    }
    company["auxiliary.targets"] = {
        f"{year}-{month}": {"representative": "rep1", "month": date(year, month, 1).isoformat(), "net": 200_000_000}
        for year in range(TODAY.year - 1, TODAY.year + 2)
        for month in range(1, 13)
    }
    driver.gateway.take()


async def idle(driver: WindowDriver) -> None:
    await driver.until(lambda: not driver.app._tasks)
    await driver.settle()


async def synchronized(driver: WindowDriver) -> None:
    await driver.begin("rep1")


async def reports(driver: WindowDriver) -> ReportsPage:
    driver.tap(driver.tile("reports"))
    await idle(driver)
    page = driver.app.window.page("reports")
    assert isinstance(page, ReportsPage)
    assert driver.app.window.current == "reports"
    return page


async def choose(driver: WindowDriver, page: ReportsPage, span: str) -> None:
    driver.tap(page.spans.buttons[span])
    await idle(driver)


def the_list(driver: WindowDriver) -> ReportListPage:
    assert driver.app.window.current == "report list"
    page = driver.app.window.page("report list")
    assert isinstance(page, ReportListPage)
    return page


def titles(page: ReportListPage) -> list[str]:
    return [page.model.data(page.model.index(row, 0)) for row in range(page.model.rowCount())]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("0", "0"),
        ("9999.4", f"9{NARROW}999"),
        ("10000", "10.0"),
        ("999949", "999.9"),
        ("1000000", f"1{NARROW}000"),
        ("12345678", "12.3"),
    ],
)
def test_that_amounts_of_a_chart_have_four_figures_at_most(amount: str, shown: str) -> None:
    assert labels.scale_of(Decimal(amount)).show(Decimal(amount)) == shown


def test_that_the_tile_shows_the_month_and_the_report_the_week_with_its_change(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        face = driver.tile("reports").face
        month = period_of("month", TODAY)
        sold = Decimal("1234.56") * sum(TODAY - timedelta(days=ago) in month for ago in (0, 7))
        assert face.figure == f"{int(sold * 100 // 20_000)}{FIXED}%"
        assert face.line.startswith(f"{formats.number(sold)} this month")
        driver.gateway.stop()  # all of it offline
        page = await reports(driver)
        assert page.report is not None
        assert page.figures.net.figure.text() == f"1{NARROW}234.56"
        assert page.figures.orders.figure.text() == "1"
        assert len(page.chart.chart.buttons) == 12
        week = name_of(page.chart.chart.buttons[-1])
        assert week.startswith("This week")
        assert f"1{NARROW}234.56 PLN, 1 order, target" in week
        compared = page.report.change.compared
        is_before = TODAY - timedelta(days=7) in compared
        assert page.figures.net.change.text().startswith("as much as" if is_before else "", 0)
        assert page.ranked.rows[0].ranked.name == "Delikatesy Bursztynowe 0"
        assert [row.isVisible() for row in page.away.rows] == [True] * SHOWN

    driver.run(story())


def test_that_taps_on_bars_lead_down_to_the_orders_of_a_day_and_back(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        page = await reports(driver)
        await choose(driver, page, "year")
        driver.tap(page.chart.chart.buttons[-1])
        await idle(driver)
        assert page.header.title.text() == str(TODAY.year)
        assert len(page.chart.chart.buttons) == 12
        driver.tap(page.chart.chart.buttons[TODAY.month - 1])
        await idle(driver)
        assert page.report is not None
        assert page.report.within == period_of("month", TODAY)
        weeks = page.chart.chart.buttons
        driver.tap(next(button for button in weeks if TODAY in button.period))
        await idle(driver)
        assert page.report.within == period_of("week", TODAY), "the whole week, also where the month cuts it"
        driver.tap(page.chart.chart.buttons[TODAY.weekday()])
        await idle(driver)
        listed = the_list(driver)
        (row,) = titles(listed)
        assert row.startswith("Delikatesy Bursztynowe 0, ZS/0/0")
        listed.list.opened.emit(0)
        await idle(driver)
        assert driver.app.window.current == "document"
        for expected in ("report list", "reports"):
            driver.press(Qt.Key.Key_Escape)
            await idle(driver)
            assert driver.app.window.current == expected
        for title in (str(TODAY.year), "Reports"):
            if title != "Reports":
                driver.press(Qt.Key.Key_Escape)
                await idle(driver)
            driver.press(Qt.Key.Key_Escape)
            await idle(driver)
            assert page.header.title.text() == title
        driver.press(Qt.Key.Key_Escape)
        assert driver.app.window.current == "main"

    driver.run(story())


def test_that_bars_can_be_reached_and_opened_by_keyboard(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        page = await reports(driver)
        bars = page.chart.chart.buttons
        bars[-1].setFocus()
        for key, place in (
            (Qt.Key.Key_Left, -2),
            (Qt.Key.Key_Left, -3),
            (Qt.Key.Key_Right, -2),
            (Qt.Key.Key_Home, 0),
            (Qt.Key.Key_Left, 0),
            (Qt.Key.Key_End, -1),
        ):
            driver.press(key)
            assert driver.app.window.focusWidget() is bars[place]
        assert [bar.focusPolicy() for bar in bars].count(Qt.FocusPolicy.StrongFocus) == 1, "Tab stops once"
        driver.app.window.resize(400, 420)
        await idle(driver)
        seen = [bar for bar in bars if bar.isVisible()]
        assert 0 < len(seen) < len(bars), "the oldest ones give way"
        assert seen == bars[-len(seen) :]
        assert all(bar.width() >= SLOT for bar in seen)
        driver.press(Qt.Key.Key_Return)
        await idle(driver)
        assert page.report is not None
        assert page.report.within == period_of("week", TODAY)
        assert page.chart.chart.buttons[-1].hasFocus(), "the focus stays in the chart"

    driver.run(story())


def test_that_customers_and_items_open_from_their_rows_and_lists(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        page = await reports(driver)
        driver.tap(page.ranked.rows[0])
        await idle(driver)
        assert driver.app.window.current == "customer"
        driver.app.window.back()
        driver.tap(page.ranked.kinds.buttons["items"])
        await idle(driver)
        assert page.ranked.rows[0].ranked.code == "I1"
        driver.tap(page.ranked.rows[0])
        await idle(driver)
        assert driver.app.window.current == "item"
        driver.app.window.back()
        driver.tap(page.ranked.head)
        await idle(driver)
        listed = the_list(driver)
        QAbstractItemModelTester(listed.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert listed.header.title.text() == "Items"
        assert listed.header.context.text() == f"last 12 weeks{DOT}3 items"
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.settle()
        assert listed.header.context.text() == f"ostatnie 12 tygodni{DOT}3 towary"
        driver.app._on_setting_changed(Settings.language, "en")
        driver.tap(listed.kinds.buttons["customers"])
        await idle(driver)
        assert titles(listed)[0].startswith("Delikatesy Bursztynowe 0, Sopot")
        listed.list.opened.emit(0)
        await idle(driver)
        assert driver.app.window.current == "customer"
        driver.app.window.back()
        driver.app.window.back()
        await idle(driver)
        assert page.ranked.kinds.buttons["customers"].isChecked(), "the report shows what the list was asked for"

    driver.run(story())


def test_that_inactive_customers_are_filtered_by_weeks_and_get_a_new_order(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        page = await reports(driver)
        driver.tap(page.away.head)
        await idle(driver)
        listed = the_list(driver)
        QAbstractItemModelTester(listed.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert [row.partition(",")[0][-1] for row in titles(listed)] == ["4", "3", "2", "1"]
        assert "9 weeks" in titles(listed)[0]
        driver.tap(listed.weeks.buttons["8"])
        await idle(driver)
        assert listed.model.rowCount() == 2
        driver.tap(listed.weeks.buttons["26"])
        await idle(driver)
        assert listed.empty.isVisible()
        driver.tap(listed.weeks.buttons["never"])
        await idle(driver)
        assert [row.partition(",")[0] for row in titles(listed)] == ["Delikatesy Bursztynowe 5", "First"]
        place = order_button(listed.list.visualRect(listed.model.index(0, 0))).center()
        QTest.mouseClick(listed.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        await idle(driver)
        assert driver.app.window.current == "order"
        order: Any = driver.app.window.page("order")
        assert order.order.cart.customer_name == "Delikatesy Bursztynowe 5"
        driver.app.window.show_page("report list")
        listed.list.setFocus()
        listed.list.setCurrentIndex(listed.model.index(1, 0))
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await idle(driver)
        assert driver.app.window.current == "order"

    driver.run(story())


def test_that_a_confirmed_order_is_in_the_report_when_it_is_reopened(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        page = await reports(driver)
        assert page.chart.notes.text() == ""
        order = await new_order(driver)
        await tap_part(driver, order, 0, "plus")
        assert page.figures.orders.figure.text() == "1", "a draft is no sale"
        await order.order.confirm()
        driver.app.screens.saved()
        await idle(driver)
        driver.app.window.show_page("reports")
        await idle(driver)
        assert page.figures.orders.figure.text() == "2"
        assert page.chart.notes.text() == "1 order that the ERP does not have yet is included."
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        driver.app.window.show_page("main", root=True)
        page = await reports(driver)
        assert page.figures.orders.figure.text() == "2", "sent, and still counted once"

    driver.run(story())


def test_that_a_device_without_orders_says_so_and_leads_to_the_customers(driver: WindowDriver) -> None:
    driver.gateway.connector.company["auxiliary.documents"].clear()
    driver.gateway.take()

    async def story() -> None:
        await synchronized(driver)
        face = driver.tile("reports").face
        assert (face.figure, face.line) == ("0", "Nothing sold this month yet")
        page = await reports(driver)
        assert page.empty.isVisible()
        tour = Tour(driver)
        await tour.look("no orders")
        tour.end()
        driver.tap(page.begin)
        await idle(driver)
        assert driver.app.window.current == "customers"

    driver.run(story())


def test_that_every_screen_of_reports_fits_in_both_languages_and_all_sizes(driver: WindowDriver) -> None:
    async def story() -> None:
        await synchronized(driver)
        tour = Tour(driver)
        await tour.look("main")
        page = await reports(driver)
        await tour.look("week")
        for span in ("day", "month", "year"):
            await choose(driver, page, span)
            await tour.look(span)
        driver.tap(page.chart.chart.buttons[-1])
        await idle(driver)
        await tour.look("within a year")
        driver.tap(page.chart.chart.buttons[0])
        await idle(driver)
        await tour.look("within a month without orders")
        page.period_opened.emit(period_of("day", TODAY))
        await idle(driver)
        await tour.look("orders of a day")
        driver.app.window.back()
        driver.tap(page.ranked.head)
        await idle(driver)
        await tour.look("customers")
        driver.app.window.back()
        driver.tap(page.away.head)
        await idle(driver)
        await tour.look("away")
        driver.tap(the_list(driver).weeks.buttons["26"])
        await idle(driver)
        await tour.look("nobody away")
        tour.end()

    driver.run(story())
