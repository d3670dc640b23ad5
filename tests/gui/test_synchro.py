"""The screen as specified: tiles, choice, percentage, progress bars, red."""

from PySide6.QtCore import Qt

from salesapp.domain.catalogue import CATALOGUE
from salesapp.models.sync_runner import SyncRequest
from salesapp.models.sync_tree import Role
from tests.gui.conftest import ALL_KEYS, WindowDriver
from tests.held import open_files

AREAS = [
    *("appointments", "synchro", "customers", "items", "documents", "work"),
    *("promotions", "travel", "reports", "settings"),
]


def test_that_before_the_first_successful_sync_only_settings_and_synchro_exist(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        assert driver.app.window.current == "main"
        assert driver.tiles == ["synchro", "settings"]
        assert await driver.synchronize() == "ok"
        driver.app.window.go_back()
        assert driver.app.window.current == "main"
        assert driver.tiles == AREAS

    driver.run(day())


def test_that_the_choice_offers_all_all_without_attachments_and_cancel(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.app.window.open_sheet() is not None)
        sheet = driver.choice
        assert [button.text() for button in (sheet.all, sheet.without, sheet.cancel)] == [
            "All",
            "All without attachments",
            "Cancel",
        ]
        driver.tap(sheet.cancel)
        await driver.settle()
        assert driver.app.window.open_sheet() is None
        assert driver.app.window.current == "main"
        assert not driver.app.runner.is_running

    driver.run(day())


def test_that_tapping_the_percentage_opens_nine_progress_bars_and_26_objects(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        await driver.choose()
        page = driver.sync_page
        assert page.stack.currentWidget() is page.closed
        driver.tap(page.card)
        await driver.settle()
        assert page.stack.currentWidget() is page.opened
        model = page.tree.model()
        sections = [model.index(row, 0) for row in range(model.rowCount())]
        assert [index.data(Role.KEY) for index in sections] == [
            "sending",
            "directories",
            "items",
            "customers",
            "appointments",
            "documents",
            "promotions",
            "additional_information",
            "attachments",
        ]
        objects = [
            model.index(row, 0, section).data(Role.KEY)
            for section in sections
            for row in range(model.rowCount(section))
        ]
        assert tuple(objects) == ALL_KEYS
        assert all(page.tree.bar(index.data(Role.KEY)).isVisible() for index in sections)
        driver.tap(page.card)
        await driver.settle()
        assert page.stack.currentWidget() is page.closed
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_the_percentage_never_falls(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        seen: list[int] = []
        driver.app.runner.progressed.connect(lambda _progress: seen.append(driver.sync_page.card.percent))
        await driver.synchronize()
        assert seen == sorted(seen)
        assert driver.app.synchro.view.percent == 100

    driver.run(day())


def test_that_a_wrong_object_turns_red_with_reason_kept_rows_and_remedy(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "ok"
        driver.app.window.go_back()
        driver.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
        driver.gateway.connector.company["items.group_links"]["L2"] = {"item": "I2", "item_group": "G1"}
        driver.gateway.take()
        driver.gateway.restart("items.groups=digest")
        assert await driver.synchronize() == "failed"
        page = driver.sync_page.finished
        assert page.title.text() == f"{len(ALL_KEYS) - 2} of {len(ALL_KEYS)} objects are correct"
        rows = [(row.key, row.state) for row in page.attention_model.rows]
        assert rows == [("items.groups", "failed"), ("items.group_links", "held_back")]
        told = page.attention_model.index(0, 0)
        from salesapp.views.synchro.rows import red_lines, waits_for

        labels = [label for _icon, label, _sentence in red_lines(told)]
        assert labels == ["Why:", "On this device:", "What helps:"]
        assert "today" in red_lines(told)[1][2]
        assert waits_for(page.attention_model.index(1, 0)).startswith("Waits for: Groups")
        spoken = [page.attention_model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(2)]
        assert all(sentence in spoken[0] for sentence in ("Failed", "today", "Try this object again"))
        assert "Held back. Waits for: Groups" in spoken[1]
        items = page.tree.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert items.startswith("Items, 4 of 6 done, Failed, 1 failed, 1 held back")
        driver.app.window.go_back()
        assert driver.tiles == AREAS, "a later failure does not take the tiles away"
        driver.gateway.restart()
        driver.app.open_area("synchro")
        driver.app.window.go_back()
        driver.app.window.show_page("synchro")
        await driver.settle()
        driver.tap(page.attention._red["items.groups"].buttons.again)
        assert await driver.verdict() == "ok"
        assert page.title.text() == "Everything is correct"

    driver.run(day())


def test_that_after_a_failed_first_sync_there_are_still_two_tiles(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.groups=digest")
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "failed"
        driver.app.window.go_back()
        assert driver.tiles == ["synchro", "settings"]
        assert driver.app.dashboard.tiles["synchro"].face.mood == "problem"
        await driver.settle()
        driver.tap(driver.app.dashboard.chip)
        assert driver.app.window.current == "synchro", "what is wrong can be looked at again"
        await driver.close()
        await driver.open()
        assert driver.tiles == ["synchro", "settings"]
        assert driver.app.dashboard.tiles["synchro"].face.mood == "problem"
        driver.tap(driver.app.dashboard.chip)
        await driver.until(lambda: driver.app.window.current == "synchro" and not driver.app._tasks)
        rows = [(row.key, row.state) for row in driver.sync_page.finished.attention_model.rows]
        assert ("items.groups", "failed") in rows
        assert driver.sync_page.finished.title.text().endswith(f"of {len(ALL_KEYS)} objects are correct")
        driver.app.window.go_back()
        driver.gateway.restart()
        assert await driver.synchronize() == "ok"
        driver.app.window.go_back()
        assert driver.tiles == AREAS

    driver.run(day())


def test_that_the_sync_continues_behind_the_main_screen_and_cannot_be_started_twice(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        await driver.choose()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            driver.app.window.show_page("synchro")
            driver.press(key)
            assert driver.app.window.current == "main"
        await driver.settle()
        assert driver.app.dashboard.tiles["synchro"].face.is_percent
        first = driver.app.runner._process
        driver.tap(driver.tile("synchro"))
        await driver.settle()
        assert driver.app.window.open_sheet() is None, "a running sync is shown, not asked for again"
        assert driver.app.window.current == "synchro"
        driver.app.synchro.start(driver.app.runner.request)
        assert driver.app.runner._process is first
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_stop_takes_effect_within_a_second_and_loses_nothing(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.prices=slow")
        await driver.open()
        await driver.log_on()
        await driver.choose()
        await driver.until(lambda: driver.app.synchro.view.percent > 5)
        driver.tap(driver.sync_page.stop)
        await driver.until(lambda: not driver.app.runner.is_running, seconds=3)
        await driver.verdict()
        assert driver.sync_page.finished.title.text().startswith("Stopped at")
        driver.gateway.restart()
        driver.tap(driver.sync_page.primary)
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_without_attachments_the_images_are_left_out(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize(attachments=False) == "ok"
        assert driver.app.synchro.tree.object_index("attachments.images").data(Role.STATE) == "skipped"
        driver.app.window.go_back()
        assert driver.tiles == AREAS

    driver.run(day())


def test_that_the_window_closes_the_catalogue_when_any_sync_starts(
    driver: WindowDriver,
) -> None:
    async def day() -> None:
        app = await driver.begin()
        for start in (app.synchro.start_silently, app.synchro.start):
            forms = app.workplace.stores.catalog
            assert forms.count(CATALOGUE.by_key["items.forms"])
            assert held_of(driver) == {"catalog.db", "work.db"}
            start(SyncRequest())
            assert held_of(driver) == set()
            assert await driver.verdict() == "ok"
            assert app.workplace.stores.catalog.count(CATALOGUE.by_key["items.forms"])

    driver.run(day())


def held_of(driver: WindowDriver) -> set[str]:
    """Returns the databases of the account that this process, the window's, has open."""
    return {path.name for path in open_files() if path.suffix == ".db" and "accounts" in path.parts}
