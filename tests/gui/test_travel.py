"""Travel in the real window: entries with a rising odometer and their receipts, sent to the real gateway."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QAbstractItemModelTester

from salesapp import clock
from salesapp.domain.objects.appointments import Appointment
from salesapp.protocol.records import TravelRecord
from salesapp.store import records
from salesapp.views import formats
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.parts.text import Text
from salesapp.views.travel.form import TravelForm
from salesapp.views.travel.page import TravelPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _vehicle(driver: WindowDriver) -> None:
    driver.gateway.connector.company["directories.vehicles"]["V1"] |= {"last_odometer_km": 48_203, "is_active": 1}
    driver.gateway.take()


async def idle(driver: WindowDriver) -> None:
    await driver.until(lambda: not driver.app._tasks)
    await driver.settle()


async def started(driver: WindowDriver) -> TravelPage:
    await driver.begin("rep1")
    return await travel(driver)


async def travel(driver: WindowDriver) -> TravelPage:
    driver.tap(driver.tile("travel"))
    await idle(driver)
    page = driver.app.window.page("travel")
    assert isinstance(page, TravelPage)
    return page


async def form(driver: WindowDriver) -> TravelForm:
    await idle(driver)
    found = driver.app.window.page("new_travel")
    assert isinstance(found, TravelForm)
    assert driver.app.window.current == "new_travel"
    return found


def describe(entry: TravelForm) -> None:
    entry.departure.edit.setText("Gdynia")
    entry.destination.edit.setText("Sopot")
    entry.purpose.edit.setText("Visits")


def own(driver: WindowDriver) -> list[records.StoredRecord[TravelRecord]]:
    with driver.app.workplace.stores.work.read() as connection:
        return records.find_all(connection, TravelRecord)


def test_that_an_entry_continues_from_the_odometer_and_reaches_the_gateway(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await started(driver)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert page.empty.isVisible()
        driver.gateway.stop()
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        entry = await form(driver)
        assert entry.started.edit.text() == "48203"
        driver.press(Qt.Key.Key_5)
        entry.ended.edit.setText("48 251")
        assert entry.length.text() == "48\N{NO-BREAK SPACE}km"
        describe(entry)
        driver.tap(entry.save)
        await idle(driver)
        assert driver.app.window.current == "travel"
        shown = page.model.entry(0)
        assert (shown.km, shown.receipt) == (48, "on_device")
        driver.gateway.start()
        driver.app.window.show_page("main", root=True)
        assert driver.tile("travel").face.figure == "48\N{NO-BREAK SPACE}km"
        assert await driver.synchronize() == "ok"
        (sent,) = driver.gateway.connector.delivered
        assert (sent.kind, sent.record_key) == ("travel", "V1")
        assert (sent.payload["started_km"], sent.payload["ended_km"]) == (48_203, 48_251)
        driver.app.window.show_page("main", root=True)
        page = await travel(driver)
        assert page.model.entry(0).receipt == "in_erp"
        page.list.opened.emit(0)
        entry = await form(driver)
        assert not entry.save.isVisible()
        assert not entry.started.edit.isEnabled()

    driver.run(story())


def test_that_an_odometer_that_goes_back_is_refused_and_a_gap_is_asked_about(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await started(driver)
        driver.tap(page.new)
        entry = await form(driver)
        for start, end, where in (("48000", "48100", "started"), ("48203", "48100", "ended"), ("", "", "started")):
            entry.started.edit.setText(start)
            entry.ended.edit.setText(end)
            driver.tap(entry.save)
            assert getattr(entry, where).error.isVisible(), (start, end)
        entry.started.edit.setText("48215")
        entry.ended.edit.setText("48230")
        driver.tap(entry.save)
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.no)
        assert own(driver) == []
        driver.tap(entry.save)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.yes)
        await idle(driver)
        assert [record.state for record in own(driver)] == ["confirmed"]

    driver.run(story())


@pytest.mark.parametrize(
    ("end", "days", "title"),
    [("999999", 0, "951 796 km in one entry?"), ("48230", 1, "Is the day right?"), ("48230", -90, "Is the day right?")],
)
def test_that_a_way_that_is_too_long_and_a_day_that_is_odd_are_asked_about(
    driver: WindowDriver, end: str, days: int, title: str
) -> None:
    async def story() -> None:
        page = await started(driver)
        driver.tap(page.new)
        entry = await form(driver)
        entry.ended.edit.setText(end)
        describe(entry)
        day = clock.today() + timedelta(days=days)
        entry.day.setDate(QDate(day.year, day.month, day.day))
        driver.tap(entry.save)
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        assert title in [
            shown.text().replace(formats.NARROW, " ").replace(formats.FIXED, " ") for shown in sheet.findChildren(Text)
        ]
        driver.tap(sheet.no)
        assert own(driver) == []

    driver.run(story())


def test_that_a_finished_trip_without_places_and_purpose_is_asked_about(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["directories.travel_types"]["Z"] = {"code": "Z", "name": "Private", "is_private": 1}
    driver.gateway.take()

    async def story() -> None:
        page = await started(driver)
        driver.tap(page.new)
        entry = await form(driver)
        entry.ended.edit.setText("48230")
        entry.destination.edit.setText("Sopot")
        driver.tap(entry.save)
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        assert "Nothing is typed for: From, Purpose." in [shown.text() for shown in sheet.findChildren(Text)]
        driver.tap(sheet.no)
        assert own(driver) == []
        entry.type.setCurrentIndex(entry.type.findText("Private"))
        driver.tap(entry.save)
        await idle(driver)
        assert [record.state for record in own(driver)] == ["confirmed"], "nobody asks about a private trip"

    driver.run(story())


def test_that_an_unfinished_entry_is_a_draft_that_can_be_finished_changed_and_deleted(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await started(driver)
        driver.tap(page.new)
        entry = await form(driver)
        driver.tap(entry.save)
        await idle(driver)
        assert [record.state for record in own(driver)] == ["draft"]
        for end in ("48210", "48211"):
            page.list.opened.emit(0)
            entry = await form(driver)
            assert entry.started.edit.text() == "48203"
            describe(entry)
            entry.ended.edit.setText(end)
            driver.tap(entry.save)
            await idle(driver)
        assert [(record.state, record.payload.ended_km) for record in own(driver)] == [("confirmed", 48_211)]
        page.list.opened.emit(0)
        entry = await form(driver)
        driver.tap(entry.remove)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.yes)
        await idle(driver)
        assert page.model.rowCount() == 0
        assert [record.state for record in own(driver)] == ["voided"]

    driver.run(story())


def test_that_an_earlier_entry_can_be_changed_between_its_neighbours_and_belongs_to_a_visit(
    driver: WindowDriver,
) -> None:
    now = clock.now()
    driver.gateway.connector.company["appointments.appointments"] = {
        "TODAY": {
            "name": "Today",
            "appointment_type": "VISIT",
            "customer": "C1",
            "representative": "rep1",
            "planned_start": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "state": "confirmed",
        }
    }
    driver.gateway.take()

    async def story() -> None:
        page = await started(driver)
        for end in ("48210", "48230"):
            driver.tap(page.new)
            entry = await form(driver)
            entry.ended.edit.setText(end)
            describe(entry)
            driver.tap(entry.save)
            await idle(driver)
        assert [page.model.entry(row).travel.started_km for row in range(2)] == [48_210, 48_203]
        page.list.opened.emit(1)
        entry = await form(driver)
        entry.ended.edit.setText("48215")
        driver.tap(entry.save)
        assert entry.ended.error.isVisible()
        assert "48\N{NARROW NO-BREAK SPACE}210" in entry.ended.error.text()
        entry.ended.edit.setText("48209")
        assert entry.visit.currentText() == "None"
        entry.visit.setCurrentIndex(1)
        assert entry.visit.currentText().endswith("First")
        driver.tap(entry.save)
        await idle(driver)
        assert driver.app.window.current == "travel"
        key = driver.app.workplace.stores.catalog.all(Appointment)[0].id
        (changed,) = [record.payload for record in own(driver) if record.payload.started_km == 48_203]
        assert (changed.ended_km, changed.visit) == (48_209, key)
        page.list.opened.emit(1)
        entry = await form(driver)
        assert entry.visit.currentText().endswith("First")
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert [sent.payload["ended_km"] for sent in driver.gateway.connector.delivered] == [48_230, 48_209]

    driver.run(story())


def test_that_an_error_below_a_reading_leaves_both_fields_as_wide_as_they_were(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await started(driver)
        driver.tap(page.new)
        entry: Any = await form(driver)
        before = entry.started.width(), entry.ended.width()
        assert before[0] == before[1]
        entry.started.edit.setText("1")
        driver.tap(entry.save)
        await driver.settle()
        assert entry.started.has_error
        assert (entry.started.width(), entry.ended.width()) == before

    driver.run(story())


def test_that_every_screen_of_travel_fits_in_both_languages_and_all_sizes(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await started(driver)
        tour = Tour(driver)
        await tour.look("no travel")
        driver.tap(page.new)
        entry: Any = await form(driver)
        await tour.look("new travel")
        entry.started.edit.setText("1")
        driver.tap(entry.save)
        await tour.look("new travel, wrong", follows_language=False)
        entry.started.edit.setText("48300")
        entry.ended.edit.setText("48310")
        entry.departure.edit.setText("Gdynia")
        driver.tap(entry.save)
        await tour.look("a gap")
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.yes)
        await idle(driver)
        await tour.look("travel")
        page.list.opened.emit(0)
        await form(driver)
        await tour.look("an entry")
        tour.end()

    driver.run(story())
