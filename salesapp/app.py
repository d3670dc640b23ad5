"""Builds the window's objects, passes them down, and connects the pages' requests to the device."""

import asyncio
import logging
import sys
from collections.abc import Coroutine
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QApplication

from salesapp import clock
from salesapp.errors import UserFacingError
from salesapp.log import log_to, places_of
from salesapp.models.automatic import Automatic
from salesapp.models.background import Background
from salesapp.models.collecting import Collector
from salesapp.models.device import Device
from salesapp.models.sync_runner import SyncRunner, Tablet
from salesapp.models.today import Today
from salesapp.models.workplace import Workplace
from salesapp.settings import Setting, Settings
from salesapp.views import currencies, labels, later
from salesapp.views.dashboard.page import DashboardPage
from salesapp.views.logon.presenter import Logon
from salesapp.views.look.theme import Theme, mode_of
from salesapp.views.main_window import MainWindow
from salesapp.views.requests import AREAS
from salesapp.views.screens import Screens
from salesapp.views.synchro.presenter import Synchro
from salesapp.views.translation import Translation

if TYPE_CHECKING:
    from salesapp.views.scanning import Scanning
    from salesapp.views.settings.page import SettingsPage

log = logging.getLogger(__name__)

LATER = (
    "salesapp.views.synchro.page",
    "salesapp.views.synchro.choice",
    "salesapp.views.settings.page",
    "salesapp.views.records.presenter",
    "salesapp.views.items.presenter",
    "salesapp.views.customers.presenter",
    "salesapp.views.logon.page",
)
"""Modules imported after the first frame, which needs none of these screens."""

ENTERING = frozenset({"logon", "order", "customer form", "plan_appointment", "new_travel"})
"""Pages for data entry, on which no automatic sync starts."""


class App(QObject):
    """One window on one data folder."""

    def __init__(
        self,
        application: QApplication,
        tablet: Tablet,
        offered: tuple[str, str] = ("", ""),
        window: MainWindow | None = None,
    ) -> None:
        super().__init__(application)
        self._is_closing = False
        self._is_ending = False
        self.scanning: Scanning | None = None
        self.settings = Settings(tablet.root)
        self.translation = Translation()
        self.translation.use(self.settings.language)
        self.theme = application.findChild(Theme) or Theme(application)
        self.theme.set_mode(mode_of(self.settings.theme))
        self.collector = Collector(self)
        self.background = Background()
        self.device = Device(tablet, self.background, self)
        self.runner = SyncRunner(tablet, self)
        self.window = window or MainWindow()
        self.window.complete()
        self.dashboard = DashboardPage()
        self.window.add_page("main", self.dashboard)
        self.workplace = Workplace(tablet, self.background)
        self.screens = Screens(
            self.window,
            self.workplace,
            self.device,
            self.settings,
            self.spawn,
            self._tell,
            self._open_verdict,
            self,
        )
        self.synchro: Synchro = Synchro(self.screens, self.runner, lambda: self._is_closing)
        self.automatic = Automatic(self.device, self.runner, self.settings, self.spawn, self._is_free, self)
        self.logon = Logon(self.screens, offered)
        self._tasks: set[asyncio.Task[object]] = set()
        self._shown_error: UserFacingError | None = None
        self.today = Today(application, self)
        self._learn_currencies()
        self._connect()

    def _connect(self) -> None:
        self.window.requested.connect(self._on_requested)
        self.window.arrow_pressed.connect(self._on_arrow_pressed)
        self.window.closing.connect(self.close)
        self.today.minute.connect(self._show_device)
        self.today.changed.connect(self._on_new_day)
        self.dashboard.area_requested.connect(self.open_area)
        self.device.changed.connect(self._learn_currencies)
        self.device.changed.connect(self._show_device)
        self.window.shown.connect(self._show_device)
        self.synchro.changed.connect(self._show_device)
        self.synchro.finished.connect(self._on_synchronized)
        self.synchro.log_on_requested.connect(self.logon.show)
        self.logon.logged_on.connect(self._on_logged_on)
        self.automatic.due.connect(self.synchro.start_silently)
        self.screens.confirmed.connect(self.automatic.note_confirmed)

    def start(self) -> None:
        """Shows the window: the main screen with the stored overview, or the logon page."""
        known = self.device.overview is not None and self.settings.remember
        if known:
            self.window.show_page("main", root=True)
            self._show_device()
        else:
            self.logon.show()
        self.window.show()
        if self.settings.trouble:
            log_to(self.device.tablet.root / "logs", "salesapp-window")
            log.warning("%s cannot be read: %s", self.settings.path.name, self.settings.trouble)
            self._tell(UserFacingError("device.settings_unreadable", path=self.settings.path))
        self.spawn(self._after_start(is_known=known))
        self.today.begin()

    async def _after_start(self, *, is_known: bool) -> None:
        """Does the slow part of the start, once the window is visible."""
        await asyncio.sleep(0.05)
        remembered = self.settings.remember
        try:
            await self.device.refresh()
            is_logged_on = self.device.overview is not None and await self.device.is_logged_on()
            if is_logged_on and not remembered:
                await self.device.log_out()
                is_logged_on = False
        except UserFacingError as error:
            self._tell(error)
            return
        if is_logged_on and not is_known:
            self.window.show_page("main", root=True)
            self._show_device()
        elif not is_logged_on and is_known:
            self.logon.show()
        elif not is_logged_on:
            self.logon.offer()
        for module in LATER:
            import_module(module)
            await asyncio.sleep(0)
        self.scanning = later.Scanning(self.screens)
        self.automatic.begin()
        self.collector.freeze()

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Runs a coroutine; reports its bugs like all others."""
        if self._is_ending:  # nobody would see the result
            work.close()
            return
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._on_task_done)

    def _on_task_done(self, task: "asyncio.Task[object]") -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, UserFacingError):
            self._tell(error)
        elif error is not None:
            sys.excepthook(type(error), error, error.__traceback__)

    # Pages

    def _on_logged_on(self) -> None:
        self.automatic.note_logged_on()
        self.screens.close()
        self.synchro.forget()
        self.window.show_page("main", root=True)
        self._show_device()

    def _open_verdict(self) -> None:
        self.synchro.open_verdict()

    def open_area(self, name: str) -> None:
        """Opens the area of a tile, on a tap or a key."""
        if name == "synchro":
            self.synchro.open_choice()
        elif name == "verdict":
            self.synchro.open_verdict()
        elif name == "settings":
            self._settings_page()
            self.window.show_page("settings")
        else:
            self.screens.open(AREAS[name])

    def _settings_page(self) -> "SettingsPage":
        page = self.window.page("settings")
        if not isinstance(page, later.SettingsPage):
            page = later.SettingsPage(self.settings)
            page.setting_changed.connect(self._on_setting_changed)
            page.log_out_requested.connect(self.logon.ask_log_out)
            page.password_requested.connect(self.logon.ask_password)
            page.clear_attachments_requested.connect(lambda: self.spawn(self.device.clear_attachments()))
            page.report_requested.connect(lambda: self.spawn(self._save_report()))
            page.history_requested.connect(lambda: self.spawn(self._show_history(page)))
            page.sizes_requested.connect(lambda: self.spawn(self._show_sizes(page)))
            page.synchro_requested.connect(self.synchro.open_verdict)
            self.window.add_page("settings", page)
        page.show_device(self.device.overview, self.synchro.view)
        return page

    async def _show_history(self, page: "SettingsPage | None") -> None:
        if page is not None:
            page.show_history(await self.device.history())

    async def _show_sizes(self, page: "SettingsPage") -> None:
        page.show_sizes(await self.device.sizes())

    async def _save_report(self, bug: str = "") -> None:
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        path = folder / f"salesapp-report-{clock.here():%Y%m%d-%H%M%S}.json"
        await self.device.save_report(path, bug)
        self.window.message.show_message("ok", lambda: self.tr("Saved"), str(path), lambda: self.tr("Close"))

    def _on_setting_changed(self, setting: Setting, text: str) -> None:
        self.settings.put(setting, text)
        if setting is Settings.language:
            self.translation.use(self.settings.language)
            self.synchro.show_running()
            if self._shown_error is not None and self.window.message.isVisible():
                self._tell(self._shown_error)
        elif setting is Settings.theme:
            self.theme.set_mode(mode_of(self.settings.theme))
        self._show_device()

    def _on_requested(self, what: str) -> None:
        if self.window.current == "logon":
            return
        if (sheet := self.window.open_sheet()) is not None:
            if what == "primary":
                sheet.press_primary()
            return  # pages under a sheet get no requests
        if what == "main":
            self.window.show_page("main", root=True)
        elif what == "synchro":
            self.synchro.open_choice()
        elif what == "search":
            self.screens.focus_search()
        elif what == "primary":
            self.screens.press_primary()
        elif what.startswith("tile ") and self.window.current == "main":
            self.dashboard.focus_tile(int(what.removeprefix("tile ")))

    def _on_arrow_pressed(self, dx: int, dy: int) -> None:
        if self.window.current == "main":
            self.dashboard.move_focus(dx, dy)

    def _is_free(self) -> bool:
        """Returns whether an automatic sync may start: no data entry that new prices could affect is open."""
        return self.window.current not in ENTERING and self.window.open_sheet() is None and not self._is_closing

    def _on_synchronized(self) -> None:
        self.spawn(self._show_history(cast("SettingsPage | None", self.window.page("settings"))))

    def _on_new_day(self) -> None:
        """Reads everything that depends on the date again, in case the window stays open."""
        if not self._is_closing:
            self._show_device()
            self.screens.saved()

    def _learn_currencies(self) -> None:
        currencies.learn(self.device.overview.decimals if self.device.overview else {})

    def _show_device(self) -> None:
        """Updates the visible page with the device's figures; other pages update when they become visible."""
        page = self.window.page(self.window.current)
        if page is not None:
            page.show_device(self.device.overview, self.synchro.view)

    # Errors and shutdown

    def _tell(self, error: UserFacingError) -> None:
        """Shows an error that belongs to no page in a bar at the top, until the user acts on it."""
        self._shown_error = error
        text = labels.error(error.code, error.params)
        self.window.message.show_message("failed", text.why, f"{text.on_device} {text.helps}", self.tr("Close"))

    def report_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Logs a bug and shows a sheet that offers a report. The app keeps running."""
        log_to(self.device.tablet.root / "logs", "salesapp-window")
        log.error("unexpected error", exc_info=(kind, error, trace))
        if any(sheet.isVisible() for sheet in self.window.findChildren(later.BugSheet)):
            return  # a bug in painting recurs with each frame: one sheet is enough
        sheet = later.BugSheet(self.window, places_of(kind, trace))  # the error's text may contain personal data
        sheet.save_requested.connect(lambda where: self.spawn(self._save_report(where)))
        sheet.open()

    def close(self) -> None:
        """Closes the window, stops a running sync (which keeps its progress), and ends the program."""
        if not self._is_closing:
            self._is_closing = True
            self.spawn(self._close())

    async def _close(self) -> None:
        await self.end()
        asyncio.get_running_loop().stop()

    async def end(self) -> None:
        """Stops a running sync and closes all files."""
        self._is_closing = self._is_ending = True
        self.today.end()
        self.automatic.end()
        if self.runner.is_running:
            self.runner.stop()
            await self.runner.wait()
        own = asyncio.current_task()
        others = [task for task in self._tasks if task is not own]
        if others:
            await asyncio.wait(others)
        self.screens.close()
        self.background.close()
        self.collector.end()
