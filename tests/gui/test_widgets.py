"""Every control of every screen in every state is big enough, named and complete; and a day by keyboard alone."""

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
from salesapp.settings import Settings
from salesapp.views.confirm import BugSheet
from salesapp.views.dashboard.page import ORDER
from tests.conftest import PASSWORD
from tests.gui.conftest import ALL_KEYS, WindowDriver
from tests.gui.walk import elisions, in_the_other_language, name_of, problems, reddish

SIZES = ((1280, 800), (800, 1280), (1280, 720), (800, 1180), (853, 533), (533, 853), (640, 400), (400, 640))
"""Sizes in landscape and portrait: full screen, beside the task bar, at 150 % and 200 %."""
LANGUAGES = ("en", "pl")


class Tour:
    """Checks each state in both languages and all sizes, and collects problems."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver
        self.found: list[str] = []

    async def look(
        self,
        state: str,
        *,
        follows_language: bool = True,
        sizes: Sequence[tuple[int, int]] = SIZES,
        prepare: Callable[[], None] = lambda: None,
    ) -> None:
        app = self.driver.app
        for language in LANGUAGES:
            app._on_setting_changed(Settings.language, language)
            await self.driver.settle()
            if follows_language:
                self.found += [f"{state}: {text}" for text in in_the_other_language(app.window, language)]
            for width, height in sizes:
                app.window.resize(width, height)
                prepare()
                await self.driver.settle()
                where = f"{state} {language} {width}x{height}"
                self.found += [f"{where}: {text}" for text in problems(app.window)]
        app._on_setting_changed(Settings.language, "en")
        app.window.resize(*SIZES[0])
        await self.driver.settle()

    def end(self) -> None:
        assert not self.found, "\n".join(["", *self.found])


@contextmanager
def halted(driver: WindowDriver) -> Iterator[None]:
    """Pauses the engine, so that a test can inspect a running sync."""
    process = driver.app.runner._process
    assert process is not None
    os.kill(process.processId(), signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.processId(), signal.SIGCONT)


def test_that_logon_and_first_start_fit_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        tour = Tour(driver)
        await tour.look("logon")
        driver.logon.password.edit.clear()
        driver.logon.gateway.edit.clear()
        driver.tap(driver.logon.button)
        await tour.look("logon, empty fields")
        for code, params in (
            ("auth.wrong_password", {}),
            ("network.unreachable", {"url": "https://gateway.example.com"}),
            ("network.untrusted", {"url": "https://gateway.example.com", "reason": "self-signed certificate"}),
        ):
            driver.logon.show_error(code, params)
            await tour.look(f"logon, {code}")
        await driver.log_on()
        await tour.look("first start")
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.choice._reachable is not None)
        await tour.look("first choice")
        driver.choice.show_reachable(reachable=False)
        await tour.look("first choice, offline")
        driver.press(Qt.Key.Key_Escape)
        sheet = BugSheet(driver.app.window, "Traceback\nValueError: 1")
        sheet.open()
        await tour.look("bug")
        sheet.close_sheet()
        driver.app._tell(DeviceError("device.catalog_damaged"))
        await tour.look("message")
        tour.end()

    driver.run(day())


def test_that_synchro_fits_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.restart("items.groups=digest", "items.prices=slow")
        await driver.open()
        await driver.log_on()
        tour = Tour(driver)
        await driver.choose()
        await driver.until(lambda: driver.app.synchro.view.percent > 5)
        with halted(driver):
            await tour.look("running")
            driver.tap(driver.sync_page.card)
            driver.sync_page.tree.expandAll()
            await tour.look("progress open")
            driver.app.window.go_back()
            await tour.look("main, running")
        assert await driver.verdict() == "failed"
        await tour.look("main, first sync failed")
        driver.app.window.show_page("synchro")
        await tour.look("red")
        driver.gateway.restart("items.prices=slow")
        driver.tap(driver.sync_page.primary)
        await driver.until(lambda: driver.app.runner.progress is not None)
        driver.app.runner.stop()
        assert await driver.verdict() == "stopped"
        await tour.look("stopped")
        driver.gateway.stop()
        driver.tap(driver.sync_page.primary)
        assert await driver.verdict() == "unreachable"
        await tour.look("not reached")
        driver.gateway.start()
        driver.tap(driver.sync_page.primary)
        assert await driver.verdict() == "ok"
        await tour.look("finished")
        driver.tap(driver.sync_page.finished.show_objects)
        driver.sync_page.finished.tree.expandAll()
        await tour.look("finished, objects")
        driver.app.window.go_back()
        await tour.look("main")
        tour.end()

    driver.run(day())


def test_that_lists_details_and_settings_fit_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.begin()
        tour = Tour(driver)
        for area in driver.tiles:
            if area != "promotions":
                continue  # areas with their own screens have their own walks
            driver.tap(driver.tile(area))
            await driver.until(lambda: not driver.app._tasks)
            await tour.look(area)
            driver.app.window.go_back()
            assert driver.app.window.current == "main"
        driver.tap(driver.tile("settings"))
        await tour.look("settings")
        for name in driver.settings_page.nav:
            driver.settings_page.show_section(name)
            await driver.until(lambda: not driver.app._tasks)
            await tour.look(f"settings, {name}", prepare=partial(driver.settings_page.show_section, name))
        tour.end()

    driver.run(day())


def test_that_the_longest_texts_of_a_running_sync_fit_on_tile_and_card(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        app, page, found = driver.app, driver.app.synchro.page(), set[str]()
        app.window.show_page("synchro")
        for language in LANGUAGES:
            app.translation.use(language)
            for size in SIZES:
                app.window.resize(*size)
                for is_open in (False, True):
                    if page.is_open != is_open:
                        driver.tap(page.card)
                    await driver.settle()
                    for key in ALL_KEYS:
                        view = SyncView(is_running=True, percent=99, current=key, seconds_left=3 * 3600 + 59 * 60)
                        app.dashboard.show_device(app.device.overview, view)
                        page.show_running(view, ("120 of 120", "1 231 000 of 1 231 000", "123 MB", "59 min 59 s"))
                        with elisions() as elided:
                            page.card.grab()
                            driver.tile("synchro").grab()
                        found |= {f"{language} {size} {is_open}: {text!r} in {module}" for module, text in elided}
        assert not found, "\n".join(["", *sorted(found)])

    driver.run(day())


def test_that_a_day_without_a_problem_shows_no_red(driver: WindowDriver) -> None:
    async def day() -> None:
        driver.gateway.connector.company["appointments.appointments"].clear()  # nothing is overdue
        driver.gateway.take()
        app = await driver.open(640, 400)
        found: dict[str, float] = {}

        async def look(state: str) -> None:
            for mode in ("light", "dark"):
                app._on_setting_changed(Settings.theme, mode)
                await driver.settle()
                found[f"{state}, {mode}"] = reddish(app.window)

        await look("logon")
        driver.logon.show_error("auth.wrong_password", {})
        await look("wrong password")
        await driver.log_on()
        await look("first start")
        driver.tap(driver.tile("synchro"))
        await driver.until(lambda: driver.choice._reachable is True)
        await look("choice")
        driver.tap(driver.choice.all)
        assert await driver.verdict() == "ok"
        await look("finished")
        driver.tap(driver.sync_page.finished.show_objects)
        await look("objects")
        app.window.go_back()
        await look("main")
        driver.tap(driver.tile("settings"))
        await look("settings")
        driver.settings_page.show_section("account")
        await look("log out")
        red = {state for state, share in found.items() if share > 0}
        assert red == {"wrong password, light", "wrong password, dark"}, found

    driver.run(day())


class Keyboard:
    """A person who uses only the keyboard."""

    def __init__(self, driver: WindowDriver) -> None:
        self.driver = driver

    @property
    def focused(self) -> QWidget:
        found = self.driver.app.window.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    @property
    def name(self) -> str:
        return name_of(self.focused)

    def tab_to(self, wanted: str) -> None:
        for _ in range(30):
            if name_of(self.focused).startswith(wanted):
                return
            self.driver.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not reach {wanted}")

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focused, text)

    def log_on(self) -> None:
        self.tab_to("Gateway address")
        self.write(self.driver.gateway.url)
        self.tab_to("Login")
        self.write("office")
        self.tab_to("Password")
        self.write(PASSWORD)
        self.driver.press(Qt.Key.Key_Return)


def test_that_the_first_sync_works_by_keyboard_alone(driver: WindowDriver) -> None:
    keyboard = Keyboard(driver)

    async def day() -> None:
        app = await driver.open()
        keyboard.log_on()
        await driver.until(lambda: app.window.current == "main")
        assert keyboard.name.startswith("Synchro"), "the one thing to do has the focus"
        driver.press(Qt.Key.Key_Return)
        await driver.until(lambda: app.window.open_sheet() is not None)
        driver.press(Qt.Key.Key_Escape)
        assert app.window.open_sheet() is None
        assert keyboard.name.startswith("Synchro"), "the focus comes back to where it was"

        driver.press(Qt.Key.Key_F9)
        await driver.until(lambda: app.window.open_sheet() is not None and driver.choice._reachable is not None)
        assert keyboard.name.startswith("All.")
        keyboard.tab_to("All without attachments")
        driver.press(Qt.Key.Key_Tab)
        driver.press(Qt.Key.Key_Tab)
        assert keyboard.name.startswith("All."), "the focus goes round inside the sheet"
        driver.press(Qt.Key.Key_Return)
        await driver.until(lambda: app.runner.is_running)
        assert app.window.current == "synchro"
        keyboard.tab_to("Show progress")
        driver.press(Qt.Key.Key_Space)
        assert driver.sync_page.is_open
        assert keyboard.name == "Progress of all objects"
        driver.press(Qt.Key.Key_Down)
        driver.press(Qt.Key.Key_Space)
        tree = driver.sync_page.tree
        assert tree.isExpanded(tree.currentIndex())
        assert await driver.verdict() == "ok"
        await driver.settle()
        driver.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert app.window.current == "main"
        assert driver.tiles == list(ORDER)

    driver.run(day())


def test_that_arrows_and_numbers_reach_every_tile_of_the_main_screen(driver: WindowDriver) -> None:
    keyboard = Keyboard(driver)

    async def day() -> None:
        app = await driver.begin()
        app.window.go_back()
        await driver.settle()
        assert app.window.isActiveWindow(), "the tiles that appeared were no windows of their own for a moment"
        driver.tile("appointments").setFocus()
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
            driver.press(key)
            assert keyboard.name.startswith(name), f"{key} leads to {keyboard.name}"
        driver.tile("appointments").setFocus()
        seen = []
        for _ in driver.tiles:
            seen.append(keyboard.focused.objectName())
            driver.press(Qt.Key.Key_Tab)
        assert seen == [f"tile_{name}" for name in driver.tiles], "Tab goes in the order of display"
        for number, name in enumerate(driver.tiles, start=1):
            if name not in {"synchro", "settings"}:
                driver.press(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
                assert app.window.current != "main", f"{number} opens {name}"
                driver.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
                assert app.window.current == "main"

    driver.run(day())


def test_that_the_focus_is_visible_with_a_ring_around_it(driver: WindowDriver) -> None:
    async def day() -> None:
        app = await driver.open(400, 420)
        await driver.log_on()
        ring = app.window.ring
        assert ring is not None
        driver.tile("synchro").setFocus()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Tab):
            driver.press(key)
            await driver.settle()
            focused = app.window.focusWidget()
            assert focused is not None
            place = QRect(focused.mapTo(app.window, QPoint(0, 0)), focused.size())
            assert ring.isVisible()
            assert ring.geometry() == place.adjusted(-4, -4, 4, 4)
            assert app.window.rect().contains(place.center())
        driver.tap(driver.tile("settings"))
        await driver.settle()
        assert not ring.isVisible(), "a finger needs no ring"

    driver.run(day())
