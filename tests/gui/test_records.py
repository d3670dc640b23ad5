"""Areas: fast lists of synchronized records, search as you type, and one record."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.models.records import PROMOTIONS, Role
from salesapp.views.parts.text import Text
from salesapp.views.records.details import DetailsPage
from salesapp.views.records.page import RecordsPage
from tests.gui.conftest import WindowDriver


def page_of(driver: WindowDriver) -> RecordsPage:
    page = driver.app.window.page(driver.app.window.current)
    assert isinstance(page, RecordsPage)
    return page


def titles(page: RecordsPage) -> list[str]:
    return [str(page.model.index(row, 0).data(Role.TITLE)) for row in range(page.model.rowCount())]


async def synchronized(driver: WindowDriver) -> None:
    await driver.begin()


def test_that_promotions_are_listed_as_they_were_synchronized(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.tap(driver.tile("promotions"))
        await driver.until(lambda: page_of(driver).model.is_complete)
        page = page_of(driver)
        expected = driver.gateway.connector.company[PROMOTIONS.key]
        assert page.model.total == len(expected) > 0
        assert page.count.text() == str(len(expected))
        assert page.stack.currentWidget() is page.list
        driver.press(Qt.Key.Key_Escape)
        assert driver.app.window.current == "main"

    driver.run(day())


def test_that_typing_in_a_list_searches_and_enter_opens_the_record(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.tap(driver.tile("promotions"))
        page = page_of(driver)
        await driver.until(lambda: page.model.is_complete)
        first = titles(page)[0]
        assert page.list.hasFocus()
        QTest.keyClicks(page.list, first[0])
        await driver.until(page.search.edit.hasFocus)  # a key may be the first of a scan
        assert page.model.typed.casefold() == first[0].casefold()
        driver.press(Qt.Key.Key_Down)
        assert page.list.hasFocus()
        opened = titles(page)[0]
        driver.press(Qt.Key.Key_Return)
        await driver.settle()
        details = driver.app.window.page("details")
        assert isinstance(details, DetailsPage)
        assert driver.app.window.current == "details"
        assert details.header.title.text() == opened
        shown = {label.text() for label in details.findChildren(Text)}
        assert {"Code", "Name"} <= shown
        driver.press(Qt.Key.Key_Escape)
        assert driver.app.window.current == "records promotions"
        driver.press(Qt.Key.Key_Escape)
        assert driver.app.window.current == "main"
        driver.tap(driver.tile("promotions"))
        assert page.model.typed == "", "a list is whole again when a person comes back"

    driver.run(day())


def test_that_a_record_removed_by_a_sync_is_reported(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.connector.company["promotions.headers"]["P9"] = dict(
            next(iter(driver.gateway.connector.company["promotions.headers"].values())), code="P9", name="Aaa soon gone"
        )
        driver.gateway.take()
        await synchronized(driver)
        driver.tap(driver.tile("promotions"))
        page = page_of(driver)
        await driver.until(lambda: page.model.is_complete)
        row = titles(page).index("Aaa soon gone")
        model = page.model
        model._all, model._shown = model._all[:], model._shown[:]
        del driver.gateway.connector.company["promotions.headers"]["P9"]
        driver.gateway.take()
        driver.app.runner.finished.disconnect(driver.app.synchro._on_finished)  # the list still shows the former rows
        driver.app.runner.start(driver.app.runner.request)
        await driver.until(lambda: not driver.app.runner.is_running)
        page.record_requested.emit(row)
        details = driver.app.window.page("details")
        assert isinstance(details, DetailsPage)
        assert any(label.text() == "This record is no longer there" for label in details.findChildren(Text))
        driver.app.runner.finished.connect(driver.app.synchro._on_finished)

    driver.run(day())


def test_that_an_open_list_follows_a_sync(driver: WindowDriver) -> None:
    async def day() -> None:
        await synchronized(driver)
        driver.tap(driver.tile("promotions"))
        page = page_of(driver)
        await driver.until(lambda: page.model.is_complete)
        before = page.model.total
        promotions = driver.gateway.connector.company["promotions.headers"]
        promotions["P9"] = dict(promotions["P"], code="P9", name="Zzz new promotion")
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        assert page.model.total == before + 1
        assert titles(page)[-1] == "Zzz new promotion"

    driver.run(day())
