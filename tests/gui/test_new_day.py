"""What an open window shows when a new day begins: at midnight, and after the device has slept."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.items.page import ItemsPage
from salesapp.views.reports.page import ReportsPage
from salesapp.views.requests import OpenAppointments, OpenItems
from tests import days
from tests.gui.among_items import names
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened

pytestmark = pytest.mark.clock


def with_promotions(driver: WindowDriver) -> None:
    """Imports a promotion of I1 that ends on 30 November, and one of I2 that begins the day after."""
    company = driver.gateway.connector.company
    head = company["promotions.headers"]["P"] | {"scales": [{"from": "1", "value": "5"}]}
    company["promotions.headers"] = {
        "P": head | {"valid_from": "2026-11-01", "valid_to": "2026-11-30"},
        "Q": head | {"code": "Q", "name": "Winter", "valid_from": "2026-12-01"},
    }
    company["promotions.items"] = {"P1": {"promotion": "P", "item": "I1"}, "Q1": {"promotion": "Q", "item": "I2"}}
    driver.gateway.take()


async def wake(driver: WindowDriver) -> None:
    """Returns to the window after sleep."""
    driver.application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    await calm(driver)


def test_that_main_screen_calendar_reports_and_promotions_show_the_new_day(driver: WindowDriver) -> None:
    with_promotions(driver)

    async def story() -> None:
        with days.at("2026-11-30 22:10"):
            await driver.begin("rep1")
            assert driver.app.dashboard.context.text().startswith("Monday, 30 November 2026")
            driver.app.open_area("reports")
            await calm(driver)
            reports = driver.app.window.page("reports")
            assert isinstance(reports, ReportsPage)
            assert reports.report is not None
            assert reports.report.today == date(2026, 11, 30)
            items = await opened(driver, OpenItems())
            assert isinstance(items, ItemsPage)
            driver.tap(items.tools.chips.chips["promotion"])
            await calm(driver)
            assert names(items) == ["Item I1 Żółć"]
            calendar = await opened(driver, OpenAppointments())
            assert isinstance(calendar, AppointmentsPage)
            assert calendar.day == date(2026, 11, 30)
        with days.at("2026-12-07 07:05"):
            await wake(driver)
            assert calendar.day == date(2026, 12, 7)
            assert calendar.shown == (date(2026, 12, 7), date(2026, 12, 13))
            assert names(items) == ["Item I2 Żółć"]
            driver.app.window.show_page("reports")
            await calm(driver)
            assert reports.report.today == date(2026, 12, 7)
            driver.app.window.show_page("main", root=True)
            await calm(driver)
            assert driver.app.dashboard.context.text().startswith("Monday, 7 December 2026")

    driver.run(story())


def test_that_a_day_chosen_in_the_calendar_stays(driver: WindowDriver) -> None:
    async def story() -> None:
        with days.at("2026-11-30 22:10"):
            await driver.begin("rep1")
            calendar = await opened(driver, OpenAppointments())
            assert isinstance(calendar, AppointmentsPage)
            calendar.go_to(date(2026, 12, 24))
            await calm(driver)
        with days.at("2026-12-01 07:05"):
            await wake(driver)
            assert calendar.day == date(2026, 12, 24)
            driver.tap(calendar.today)
            await calm(driver)
            assert calendar.day == date(2026, 12, 1)

    driver.run(story())


def test_that_the_list_of_an_open_order_follows_the_promotions_of_the_day(driver: WindowDriver) -> None:
    with_promotions(driver)

    async def story() -> None:
        with days.at("2026-11-30 23:59"):
            page = await with_order(driver)
            page.choose("promotion")
            assert [page.items.row(0).name, page.items.rowCount()] == ["Item I1 Żółć", 1]
        with days.at("2026-12-01 00:00"):
            driver.app.today._timer.timeout.emit()
            await calm(driver)
            assert [page.items.row(0).name, page.items.rowCount()] == ["Item I2 Żółć", 1]

    driver.run(story())
