"""Every control of every screen in every state: big enough for a finger, named, whole; and a day by keyboard alone."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from salesapp.errors import DeviceError
from salesapp.models.sync_view import SyncView
from salesapp.views.confirm import BugSheet
from salesapp.views.dashboard.page import ORDER
from salesapp.views.screens import OPENERS
from tests.conftest import PASSWORD
from tests.gui.conftest import ALL_KEYS, Desk
from tests.gui.walk import elisions, in_the_other_language, name_of, problems, reddish

SIZES = ((1280, 800), (800, 1280), (1280, 720), (800, 1180), (853, 533), (533, 853), (640, 400), (400, 640))
"""Landscape and portrait: whole, beside the task bar, at 150 %, at 200 %."""
LANGUAGES = ("en", "pl")


class Tour:
    """Looks at each state in both languages and in all sizes, and collects what is wrong."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.found: list[str] = []

    async def look(
        self,
        state: str,
        *,
        follows_language: bool = True,
        sizes: Sequence[tuple[int, int]] = SIZES,
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        app = self.desk.app
        for language in LANGUAGES:
            app._on_setting_changed("language", language)
            await self.desk.settle()
            if follows_language:
                self.found += [f"{state}: {text}" for text in in_the_other_language(app.window, language)]
            for width, height in sizes:
                app.window.resize(width, height)
                prepare()
                await self.desk.settle()
                where = f"{state} {language} {width}x{height}"
                self.found += [f"{where}: {text}" for text in problems(app.window)]
        app._on_setting_changed("language", "en")
        app.window.resize(*SIZES[0])
        await self.desk.settle()

    def end(self) -> None:
        assert not self.found, "\n".join(["", *self.found])


@contextmanager
def halted(desk: Desk) -> Iterator[None]:
    """The engine stands still: a running sync can be looked at for as long as it takes."""
    process = desk.app.runner._process
    assert process is not None
    os.kill(process.processId(), signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.processId(), signal.SIGCONT)


def test_that_logon_and_first_start_are_whole_in_every_state(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        tour = Tour(desk)
        await tour.look("logon")
        desk.logon.password.edit.clear()
        desk.logon.gateway.edit.clear()
        desk.tap(desk.logon.button)
        await tour.look("logon, empty fields")
        for code, params in (
            ("auth.wrong_password", {}),
            ("network.unreachable", {"url": "https://gateway.example.com"}),
            ("network.untrusted", {"url": "https://gateway.example.com", "reason": "self-signed certificate"}),
        ):
            desk.logon.show_error(code, params)
            await tour.look(f"logon, {code}")
        await desk.log_on()
        await tour.look("first start")
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.choice._reachable is not None)
        await tour.look("first choice")
        desk.choice.show_reachable(reachable=False)
        await tour.look("first choice, offline")
        desk.press(Qt.Key.Key_Escape)
        sheet = BugSheet(desk.app.window, "Traceback\nValueError: 1")
        sheet.open()
        await tour.look("bug")
        sheet.close_sheet()
        desk.app._tell(DeviceError("device.catalog_damaged"))
        await tour.look("message")
        tour.end()

    desk.run(day())


def test_that_synchro_is_whole_in_every_state(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.restart("items.groups=digest", "items.prices=slow")
        await desk.open()
        await desk.log_on()
        tour = Tour(desk)
        await desk.choose()
        await desk.until(lambda: desk.app.synchro.view.percent > 5)
        with halted(desk):
            await tour.look("running")
            desk.tap(desk.sync_page.card)
            desk.sync_page.tree.expandAll()
            await tour.look("progress open")
            desk.app.window.go_back()
            await tour.look("main, running")
        assert await desk.verdict() == "failed"
        await tour.look("main, first sync failed")
        desk.app.window.show_page("synchro")
        await tour.look("red")
        desk.gateway.restart("items.prices=slow")
        desk.tap(desk.sync_page.primary)
        await desk.until(lambda: desk.app.runner.progress is not None)
        desk.app.runner.stop()
        assert await desk.verdict() == "stopped"
        await tour.look("stopped")
        desk.gateway.stop()
        desk.tap(desk.sync_page.primary)
        assert await desk.verdict() == "unreachable"
        await tour.look("not reached")
        desk.gateway.start()
        desk.tap(desk.sync_page.primary)
        assert await desk.verdict() == "ok"
        await tour.look("finished")
        desk.tap(desk.sync_page.finished.show_objects)
        desk.sync_page.finished.tree.expandAll()
        await tour.look("finished, objects")
        desk.app.window.go_back()
        await tour.look("main")
        tour.end()

    desk.run(day())


def test_that_lists_details_and_settings_are_whole_in_every_state(desk: Desk) -> None:
    async def day() -> None:
        await desk.begin()
        tour = Tour(desk)
        for area in desk.tiles:
            if not OPENERS.get(area, "").startswith("records."):
                continue  # areas with screens of their own have walks of their own
            desk.tap(desk.tile(area))
            await desk.until(lambda: not desk.app._tasks)
            await tour.look(area)
            desk.app.window.go_back()
            assert desk.app.window.current == "main"
        desk.tap(desk.tile("settings"))
        await tour.look("settings")
        for name in desk.settings_page.nav:
            desk.settings_page.show_section(name)
            await desk.until(lambda: not desk.app._tasks)
            await tour.look(f"settings, {name}", prepare=partial(desk.settings_page.show_section, name))
        tour.end()

    desk.run(day())


def test_that_the_longest_words_of_a_running_sync_have_room_on_tile_and_card(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        app, page, found = desk.app, desk.app.synchro.page(), set[str]()
        app.window.show_page("synchro")
        for language in LANGUAGES:
            app.translation.use(language)
            for size in SIZES:
                app.window.resize(*size)
                for is_open in (False, True):
                    if page.is_open != is_open:
                        desk.tap(page.card)
                    await desk.settle()
                    for key in ALL_KEYS:
                        view = SyncView(is_running=True, percent=99, current=key, seconds_left=3 * 3600 + 59 * 60)
                        app.dashboard.show_device(app.device.overview, view)
                        page.show_running(view, ("120 of 120", "1 231 000 of 1 231 000", "123 MB", "59 min 59 s"))
                        with elisions() as elided:
                            page.card.grab()
                            desk.tile("synchro").grab()
                        found |= {f"{language} {size} {is_open}: {text!r} in {module}" for module, text in elided}
        assert not found, "\n".join(["", *sorted(found)])

    desk.run(day())


def test_that_a_day_without_a_problem_shows_no_red(desk: Desk) -> None:
    async def day() -> None:
        desk.gateway.connector.company["appointments.appointments"].clear()  # nothing is overdue
        desk.gateway.take()
        app = await desk.open(640, 400)
        found: dict[str, float] = {}

        async def look(state: str) -> None:
            for mode in ("light", "dark"):
                app._on_setting_changed("theme", mode)
                await desk.settle()
                found[f"{state}, {mode}"] = reddish(app.window)

        await look("logon")
        desk.logon.show_error("auth.wrong_password", {})
        await look("wrong password")
        await desk.log_on()
        await look("first start")
        desk.tap(desk.tile("synchro"))
        await desk.until(lambda: desk.choice._reachable is True)
        await look("choice")
        desk.tap(desk.choice.all)
        assert await desk.verdict() == "ok"
        await look("finished")
        desk.tap(desk.sync_page.finished.show_objects)
        await look("objects")
        app.window.go_back()
        await look("main")
        desk.tap(desk.tile("settings"))
        await look("settings")
        desk.settings_page.show_section("account")
        await look("log out")
        red = {state for state, share in found.items() if share > 0}
        assert red == {"wrong password, light", "wrong password, dark"}, found

    desk.run(day())


class Keyboard:
    """Hands that never leave the keys."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def focused(self) -> QWidget:
        found = self.desk.app.window.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    @property
    def name(self) -> str:
        return name_of(self.focused)

    def tab_to(self, wanted: str) -> None:
        for _ in range(30):
            if name_of(self.focused).startswith(wanted):
                return
            self.desk.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted}")

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focused, text)

    def log_on(self) -> None:
        self.tab_to("Gateway address")
        self.write(self.desk.gateway.url)
        self.tab_to("Login")
        self.write("office")
        self.tab_to("Password")
        self.write(PASSWORD)
        self.desk.press(Qt.Key.Key_Return)


def test_that_the_first_sync_needs_no_finger_and_no_mouse(desk: Desk) -> None:
    keyboard = Keyboard(desk)

    async def day() -> None:
        app = await desk.open()
        keyboard.log_on()
        await desk.until(lambda: app.window.current == "main")
        assert keyboard.name.startswith("Synchro"), "the one thing to do has the focus"
        desk.press(Qt.Key.Key_Return)
        await desk.until(lambda: app.window.open_sheet() is not None)
        desk.press(Qt.Key.Key_Escape)
        assert app.window.open_sheet() is None
        assert keyboard.name.startswith("Synchro"), "the focus comes back to where it was"

        desk.press(Qt.Key.Key_F9)
        await desk.until(lambda: app.window.open_sheet() is not None and desk.choice._reachable is not None)
        assert keyboard.name.startswith("All.")
        keyboard.tab_to("All without attachments")
        desk.press(Qt.Key.Key_Tab)
        desk.press(Qt.Key.Key_Tab)
        assert keyboard.name.startswith("All."), "the focus goes round inside the sheet"
        desk.press(Qt.Key.Key_Return)
        await desk.until(lambda: app.runner.is_running)
        assert app.window.current == "synchro"
        keyboard.tab_to("Show progress")
        desk.press(Qt.Key.Key_Space)
        assert desk.sync_page.is_open
        assert keyboard.name == "Progress of all objects"
        desk.press(Qt.Key.Key_Down)
        desk.press(Qt.Key.Key_Space)
        tree = desk.sync_page.tree
        assert tree.isExpanded(tree.currentIndex())
        assert await desk.verdict() == "ok"
        await desk.settle()
        desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert app.window.current == "main"
        assert desk.tiles == list(ORDER)

    desk.run(day())


def test_that_arrows_and_numbers_reach_every_tile_of_the_main_screen(desk: Desk) -> None:
    keyboard = Keyboard(desk)

    async def day() -> None:
        app = await desk.begin()
        app.window.go_back()
        await desk.settle()
        assert app.window.isActiveWindow(), "the tiles that appeared were no windows of their own for a moment"
        desk.tile("appointments").setFocus()
        for key, name in (
            (Qt.Key.Key_Right, "Synchro"),
            (Qt.Key.Key_Down, "Documents"),
            (Qt.Key.Key_Left, "Items"),
            (Qt.Key.Key_Left, "Customers"),
            (Qt.Key.Key_Down, "Promotions"),
            (Qt.Key.Key_Right, "Travel"),
            (Qt.Key.Key_Up, "Items"),
            (Qt.Key.Key_Up, "Appointments"),
        ):
            desk.press(key)
            assert keyboard.name.startswith(name), f"{key} leads to {keyboard.name}"
        desk.tile("appointments").setFocus()
        seen = []
        for _ in desk.tiles:
            seen.append(keyboard.focused.objectName())
            desk.press(Qt.Key.Key_Tab)
        assert seen == [f"tile_{name}" for name in desk.tiles], "Tab goes in the order of display"
        for number, name in enumerate(desk.tiles, start=1):
            if name not in {"synchro", "settings"}:
                desk.press(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
                assert app.window.current != "main", f"{number} opens {name}"
                desk.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
                assert app.window.current == "main"

    desk.run(day())


def test_that_the_focus_is_in_sight_and_the_ring_lies_around_it(desk: Desk) -> None:
    async def day() -> None:
        app = await desk.open(400, 420)
        await desk.log_on()
        ring = app.window.ring
        assert ring is not None
        desk.tile("synchro").setFocus()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
            desk.press(key)
            await desk.settle()
            focused = app.window.focusWidget()
            assert focused is not None
            place = QRect(focused.mapTo(app.window, QPoint(0, 0)), focused.size())
            assert ring.isVisible()
            assert ring.geometry() == place.adjusted(-4, -4, 4, 4)
            assert app.window.rect().contains(place.center())
        desk.tap(desk.tile("settings"))
        await desk.settle()
        assert not ring.isVisible(), "a finger needs no ring"

    desk.run(day())
