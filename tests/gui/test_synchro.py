"""What the specification says of the screen: tiles, choice, percentage, progress bars, red."""

from PySide6.QtCore import Qt

from salesapp.domain.catalogue import CATALOGUE
from salesapp.models.sync_runner import SyncRequest
from salesapp.models.sync_tree import Role
from tests.gui.conftest import ALL_KEYS, Desk
from tests.held import open_files

AREAS = [
    *("appointments", "synchro", "customers", "items", "documents", "work"),
    *("promotions", "travel", "reports", "settings"),
]


def test_that_before_the_first_good_sync_only_settings_and_synchro_are_there(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        assert desk.app.window.current == "main"
        assert desk.tiles == ["synchro", "settings"]
        assert await desk.synchronize() == "ok"
        desk.app.window.go_back()
        assert desk.app.window.current == "main"
        assert desk.tiles == AREAS

    desk.run(day())


def test_that_the_choice_offers_all_all_without_attachments_and_cancel(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.app.window.open_sheet() is not None)
        sheet = desk.choice
        assert [button.text() for button in (sheet.all, sheet.without, sheet.cancel)] == [
            "All",
            "All without attachments",
            "Cancel",
        ]
        desk.tap(sheet.cancel)
        await desk.settle()
        assert desk.app.window.open_sheet() is None
        assert desk.app.window.current == "main"
        assert not desk.app.runner.is_running

    desk.run(day())


def test_that_tapping_the_percentage_opens_nine_progress_bars_and_26_objects(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        await desk.choose()
        page = desk.sync_page
        assert page.stack.currentWidget() is page.closed
        desk.tap(page.card)
        await desk.settle()
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
        desk.tap(page.card)
        await desk.settle()
        assert page.stack.currentWidget() is page.closed
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_the_percentage_never_falls(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        seen: list[int] = []
        desk.app.runner.progressed.connect(lambda _progress: seen.append(desk.sync_page.card.percent))
        await desk.synchronize()
        assert seen == sorted(seen)
        assert desk.app.synchro.view.percent == 100

    desk.run(day())


def test_that_a_wrong_object_turns_red_with_why_what_is_kept_and_what_helps(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "ok"
        desk.app.window.go_back()
        desk.gateway.connector.company["items.groups"]["G1"]["name"] = "Renamed"
        desk.gateway.connector.company["items.group_links"]["L2"] = {"item": "I2", "item_group": "G1"}
        desk.gateway.take()
        desk.gateway.restart("items.groups=digest")
        assert await desk.synchronize() == "failed"
        page = desk.sync_page.finished
        assert page.title.text() == "24 of 26 objects are correct"
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
        desk.app.window.go_back()
        assert desk.tiles == AREAS, "a later failure does not take the tiles away"
        desk.gateway.restart()
        desk.app.open_area("synchro")
        desk.app.window.go_back()
        desk.app.window.show_page("synchro")
        await desk.settle()
        desk.tap(page.attention._red["items.groups"].buttons.again)
        assert await desk.verdict() == "ok"
        assert page.title.text() == "Everything is correct"

    desk.run(day())


def test_that_after_a_failed_first_sync_there_are_still_two_tiles(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.groups=digest")
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "failed"
        desk.app.window.go_back()
        assert desk.tiles == ["synchro", "settings"]
        assert desk.app.dashboard.tiles["synchro"].face.mood == "problem"
        await desk.settle()
        desk.tap(desk.app.dashboard.chip)
        assert desk.app.window.current == "synchro", "what is wrong can be looked at again"
        await desk.close()
        await desk.open()
        assert desk.tiles == ["synchro", "settings"]
        assert desk.app.dashboard.tiles["synchro"].face.mood == "problem"
        desk.tap(desk.app.dashboard.chip)
        await desk.until(lambda: desk.app.window.current == "synchro" and not desk.app._tasks)
        rows = [(row.key, row.state) for row in desk.sync_page.finished.attention_model.rows]
        assert ("items.groups", "failed") in rows
        assert desk.sync_page.finished.title.text().endswith("of 26 objects are correct")
        desk.app.window.go_back()
        desk.gateway.restart()
        assert await desk.synchronize() == "ok"
        desk.app.window.go_back()
        assert desk.tiles == AREAS

    desk.run(day())


def test_that_the_sync_goes_on_behind_the_main_screen_and_cannot_be_started_twice(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        await desk.choose()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            desk.app.window.show_page("synchro")
            desk.press(key)
            assert desk.app.window.current == "main"
        await desk.settle()
        assert desk.app.dashboard.tiles["synchro"].face.is_percent
        first = desk.app.runner._process
        desk.tap(desk.tile("synchro"))
        await desk.settle()
        assert desk.app.window.open_sheet() is None, "a running sync is shown, not asked for again"
        assert desk.app.window.current == "synchro"
        desk.app.synchro.start(desk.app.runner.request)
        assert desk.app.runner._process is first
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_stop_takes_effect_within_a_second_and_loses_nothing(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.prices=slow")
        await desk.open()
        await desk.log_on()
        await desk.choose()
        await desk.until(lambda: desk.app.synchro.view.percent > 5)
        desk.tap(desk.sync_page.stop)
        await desk.until(lambda: not desk.app.runner.is_running, seconds=3)
        await desk.verdict()
        assert desk.sync_page.finished.title.text().startswith("Stopped at")
        desk.gateway.restart()
        desk.tap(desk.sync_page.primary)
        assert await desk.verdict() == "ok"

    desk.run(day())


def test_that_without_attachments_the_images_are_left_out(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize(attachments=False) == "ok"
        assert desk.app.synchro.tree.object_index("attachments.images").data(Role.STATE) == "skipped"
        desk.app.window.go_back()
        assert desk.tiles == AREAS

    desk.run(day())


def test_that_the_window_lets_the_catalogue_go_when_a_sync_starts_also_one_that_nobody_asked_for(desk: Desk) -> None:
    async def day() -> None:
        app = await desk.begin()
        for start in (app.synchro.start_silently, app.synchro.start):
            forms = app.workplace.shelf.catalog
            assert forms.count(CATALOGUE.by_key["items.forms"])
            assert held_of(desk) == {"catalog.db", "work.db"}
            start(SyncRequest())
            assert held_of(desk) == set()
            assert await desk.verdict() == "ok"
            assert app.workplace.shelf.catalog.count(CATALOGUE.by_key["items.forms"])

    desk.run(day())


def held_of(desk: Desk) -> set[str]:
    """The databases of the account that this process, the window's, has open."""
    return {path.name for path in open_files() if path.suffix == ".db" and "accounts" in path.parts}
