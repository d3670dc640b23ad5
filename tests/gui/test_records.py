"""Areas: fast lists of what was synchronized, search as you type, and one record."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.models.records import PROMOTIONS, Role
from salesapp.views.parts.text import Text
from salesapp.views.records.details import DetailsPage
from salesapp.views.records.page import RecordsPage
from tests.gui.conftest import Desk


def page_of(desk: Desk) -> RecordsPage:
    page = desk.app.window.page(desk.app.window.current)
    assert isinstance(page, RecordsPage)
    return page


def titles(page: RecordsPage) -> list[str]:
    return [str(page.model.index(row, 0).data(Role.TITLE)) for row in range(page.model.rowCount())]


async def synchronized(desk: Desk) -> None:
    await desk.begin()


def test_that_promotions_are_listed_as_they_were_synchronized(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        desk.tap(desk.tile("promotions"))
        await desk.until(lambda: page_of(desk).model.is_complete)
        page = page_of(desk)
        expected = desk.gateway.connector.company[PROMOTIONS.key]
        assert page.model.total == len(expected) > 0
        assert page.count.text() == str(len(expected))
        assert page.stack.currentWidget() is page.list
        desk.press(Qt.Key.Key_Escape)
        assert desk.app.window.current == "main"

    desk.run(day())


def test_that_typing_in_a_list_searches_and_enter_opens_the_record(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        desk.tap(desk.tile("promotions"))
        page = page_of(desk)
        await desk.until(lambda: page.model.is_complete)
        first = titles(page)[0]
        assert page.list.hasFocus()
        QTest.keyClicks(page.list, first[0])
        assert page.search.edit.hasFocus()
        assert page.model.typed.casefold() == first[0].casefold()
        desk.press(Qt.Key.Key_Down)
        assert page.list.hasFocus()
        opened = titles(page)[0]
        desk.press(Qt.Key.Key_Return)
        await desk.settle()
        details = desk.app.window.page("details")
        assert isinstance(details, DetailsPage)
        assert desk.app.window.current == "details"
        assert details.header.title.text() == opened
        shown = {label.text() for label in details.findChildren(Text)}
        assert {"Code", "Name"} <= shown
        desk.press(Qt.Key.Key_Escape)
        assert desk.app.window.current == "records promotions"
        desk.press(Qt.Key.Key_Escape)
        assert desk.app.window.current == "main"
        desk.tap(desk.tile("promotions"))
        assert page.model.typed == "", "a list is whole again when a person comes back"

    desk.run(day())


def test_that_a_record_that_a_sync_took_away_is_told_so(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.connector.company["promotions.headers"]["P9"] = dict(
            next(iter(desk.gateway.connector.company["promotions.headers"].values())), code="P9", name="Aaa soon gone"
        )
        desk.gateway.take()
        await synchronized(desk)
        desk.tap(desk.tile("promotions"))
        page = page_of(desk)
        await desk.until(lambda: page.model.is_complete)
        row = titles(page).index("Aaa soon gone")
        model = page.model
        model._all, model._shown = model._all[:], model._shown[:]
        del desk.gateway.connector.company["promotions.headers"]["P9"]
        desk.gateway.take()
        desk.app.runner.finished.disconnect(desk.app.synchro._on_finished)  # the list still shows the former moment
        desk.app.runner.start(desk.app.runner.request)
        await desk.until(lambda: not desk.app.runner.is_running)
        page.record_requested.emit(row)
        details = desk.app.window.page("details")
        assert isinstance(details, DetailsPage)
        assert any(label.text() == "This record is no longer there" for label in details.findChildren(Text))
        desk.app.runner.finished.connect(desk.app.synchro._on_finished)

    desk.run(day())


def test_that_an_open_list_follows_a_sync(desk: Desk) -> None:
    async def day() -> None:
        await synchronized(desk)
        desk.tap(desk.tile("promotions"))
        page = page_of(desk)
        await desk.until(lambda: page.model.is_complete)
        before = page.model.total
        promotions = desk.gateway.connector.company["promotions.headers"]
        promotions["P9"] = dict(promotions["P"], code="P9", name="Zzz new promotion")
        desk.gateway.take()
        desk.app.runner.start(desk.app.runner.request)
        assert await desk.verdict() == "ok"
        assert page.model.total == before + 1
        assert titles(page)[-1] == "Zzz new promotion"

    desk.run(day())
