"""Travel in the real window: entries whose odometer goes on, with their receipts, sent to the real gateway."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from salesapp import clock
from salesapp.store import records
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.travel.form import TravelForm
from salesapp.views.travel.page import TravelPage
from tests.gui.conftest import Desk
from tests.gui.test_widgets import Tour

pytestmark = pytest.mark.clock


@pytest.fixture(autouse=True)
def _vehicle(desk: Desk) -> None:
    desk.gateway.connector.company["directories.vehicles"]["V1"] |= {"last_odometer_km": 48_203, "is_active": 1}
    desk.gateway.take()


async def idle(desk: Desk) -> None:
    await desk.until(lambda: not desk.app._tasks)
    await desk.settle()


async def started(desk: Desk) -> TravelPage:
    await desk.begin("rep1")
    return await travel(desk)


async def travel(desk: Desk) -> TravelPage:
    desk.tap(desk.tile("travel"))
    await idle(desk)
    page = desk.app.window.page("travel")
    assert isinstance(page, TravelPage)
    return page


async def form(desk: Desk) -> TravelForm:
    await idle(desk)
    found = desk.app.window.page("new_travel")
    assert isinstance(found, TravelForm)
    assert desk.app.window.current == "new_travel"
    return found


def own(desk: Desk) -> list[records.StoredRecord]:
    with desk.app.workplace.shelf.work.read() as connection:
        return records.find_all(connection, "travel")


def test_that_an_entry_goes_on_from_the_odometer_and_reaches_the_gateway(desk: Desk) -> None:
    async def story() -> None:
        page = await started(desk)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert page.empty.isVisible()
        desk.gateway.stop()
        desk.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        entry = await form(desk)
        assert entry.started.edit.text() == "48203"
        desk.press(Qt.Key.Key_5)
        entry.ended.edit.setText("48 251")
        assert entry.length.text() == "48\N{NO-BREAK SPACE}km"
        entry.departure.edit.setText("Gdynia")
        entry.destination.edit.setText("Sopot")
        entry.purpose.edit.setText("Visits")
        desk.tap(entry.save)
        await idle(desk)
        assert desk.app.window.current == "travel"
        shown = page.model.entry(0)
        assert (shown.km, shown.receipt) == (48, "on_device")
        desk.gateway.start()
        desk.app.window.show_page("main", root=True)
        assert desk.tile("travel").face.figure == "48\N{NO-BREAK SPACE}km"
        assert await desk.synchronize() == "ok"
        (sent,) = desk.gateway.connector.delivered
        assert (sent.kind, sent.record_key) == ("travel", "V1")
        assert (sent.payload["started_km"], sent.payload["ended_km"]) == (48_203, 48_251)
        desk.app.window.show_page("main", root=True)
        page = await travel(desk)
        assert page.model.entry(0).receipt == "in_erp"
        page.list.opened.emit(0)
        entry = await form(desk)
        assert not entry.save.isVisible()
        assert not entry.started.edit.isEnabled()

    desk.run(story())


def test_that_an_odometer_that_goes_back_is_refused_and_a_gap_is_asked_about(desk: Desk) -> None:
    async def story() -> None:
        page = await started(desk)
        desk.tap(page.new)
        entry = await form(desk)
        for start, end, where in (("48000", "48100", "started"), ("48203", "48100", "ended"), ("", "", "started")):
            entry.started.edit.setText(start)
            entry.ended.edit.setText(end)
            desk.tap(entry.save)
            assert getattr(entry, where).error.isVisible(), (start, end)
        entry.started.edit.setText("48215")
        entry.ended.edit.setText("48230")
        desk.tap(entry.save)
        await idle(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.no)
        assert own(desk) == []
        desk.tap(entry.save)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.yes)
        await idle(desk)
        assert [record.state for record in own(desk)] == ["confirmed"]

    desk.run(story())


def test_that_an_entry_under_way_is_a_draft_that_is_finished_changed_and_deleted(desk: Desk) -> None:
    async def story() -> None:
        page = await started(desk)
        desk.tap(page.new)
        entry = await form(desk)
        desk.tap(entry.save)
        await idle(desk)
        assert [record.state for record in own(desk)] == ["draft"]
        for end in ("48210", "48211"):
            page.list.opened.emit(0)
            entry = await form(desk)
            assert entry.started.edit.text() == "48203"
            entry.ended.edit.setText(end)
            desk.tap(entry.save)
            await idle(desk)
        assert [(record.state, record.payload["ended_km"]) for record in own(desk)] == [("confirmed", 48_211)]
        page.list.opened.emit(0)
        entry = await form(desk)
        desk.tap(entry.remove)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.yes)
        await idle(desk)
        assert page.model.rowCount() == 0
        assert [record.state for record in own(desk)] == ["voided"]

    desk.run(story())


def test_that_an_earlier_entry_can_be_changed_between_its_neighbours_and_belongs_to_a_visit(desk: Desk) -> None:
    now = clock.now()
    desk.gateway.connector.company["appointments.appointments"] = {
        "TODAY": {
            "name": "Today",
            "appointment_type": "VISIT",
            "customer": "C1",
            "representative": "rep1",
            "planned_start": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "state": "confirmed",
        }
    }
    desk.gateway.take()

    async def story() -> None:
        page = await started(desk)
        for end in ("48210", "48230"):
            desk.tap(page.new)
            entry = await form(desk)
            entry.ended.edit.setText(end)
            desk.tap(entry.save)
            await idle(desk)
        assert [page.model.entry(row).travel.started_km for row in range(2)] == [48_210, 48_203]
        page.list.opened.emit(1)
        entry = await form(desk)
        entry.ended.edit.setText("48215")
        desk.tap(entry.save)
        assert entry.ended.error.isVisible()
        assert "48\N{NARROW NO-BREAK SPACE}210" in entry.ended.error.text()
        entry.ended.edit.setText("48209")
        assert entry.visit.currentText() == "None"
        entry.visit.setCurrentIndex(1)
        assert entry.visit.currentText().endswith("First")
        desk.tap(entry.save)
        await idle(desk)
        assert desk.app.window.current == "travel"
        key = desk.app.workplace.shelf.catalog.rows("appointments.appointments")[0]["id"]
        (changed,) = [record.payload for record in own(desk) if record.payload["started_km"] == 48_203]
        assert (changed["ended_km"], changed["visit"]) == (48_209, key)
        page.list.opened.emit(1)
        entry = await form(desk)
        assert entry.visit.currentText().endswith("First")
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert [sent.payload["ended_km"] for sent in desk.gateway.connector.delivered] == [48_230, 48_209]

    desk.run(story())


def test_that_an_error_below_a_reading_leaves_both_fields_as_wide_as_they_were(desk: Desk) -> None:
    async def story() -> None:
        page = await started(desk)
        desk.tap(page.new)
        entry: Any = await form(desk)
        before = entry.started.width(), entry.ended.width()
        assert before[0] == before[1]
        entry.started.edit.setText("1")
        desk.tap(entry.save)
        await desk.settle()
        assert entry.started.has_error
        assert (entry.started.width(), entry.ended.width()) == before

    desk.run(story())


def test_that_every_screen_of_travel_is_whole_in_both_languages_and_all_sizes(desk: Desk) -> None:
    async def story() -> None:
        page = await started(desk)
        tour = Tour(desk)
        await tour.look("no travel")
        desk.tap(page.new)
        entry: Any = await form(desk)
        await tour.look("new travel")
        entry.started.edit.setText("1")
        desk.tap(entry.save)
        await tour.look("new travel, wrong", follows_language=False)
        entry.started.edit.setText("48300")
        entry.ended.edit.setText("48310")
        entry.departure.edit.setText("Gdynia")
        desk.tap(entry.save)
        await tour.look("a gap")
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.yes)
        await idle(desk)
        await tour.look("travel")
        page.list.opened.emit(0)
        await form(desk)
        await tour.look("an entry")
        tour.end()

    desk.run(story())
