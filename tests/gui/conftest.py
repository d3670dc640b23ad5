"""The real window on a real data folder, with the real engine in its own process and the real gateway."""

import asyncio
import gc
import os
from collections.abc import Callable, Coroutine, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from salesapp.app import App
from salesapp.domain.catalogue import CATALOGUE
from salesapp.models.collecting import Collector
from salesapp.models.sync_runner import Tablet
from salesapp.settings import Setting, Settings
from salesapp.store.keys import make_key_file
from salesapp.views.logon.page import LogonPage
from salesapp.views.main_window import MainWindow
from salesapp.views.parts.fields import Segmented, Switch
from salesapp.views.parts.tile import Tile
from salesapp.views.settings.page import SettingsPage
from salesapp.views.synchro.choice import ChoiceSheet
from salesapp.views.synchro.page import SyncPage
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.conftest import Tablet as SyncedTablet

T = TypeVar("T")
ALL_KEYS = tuple(entry.key for entry in CATALOGUE.objects)
PATIENCE_S = 40.0
ROOT = Path(__file__).parents[2]


class Strays(QObject):
    """Records widgets that become windows because they are shown without a parent."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # Qt's name
        if isinstance(event, QShowEvent) and isinstance(watched, QWidget) and self._is_stray(watched):
            self.seen.append(type(watched).__name__)
        return False

    @staticmethod
    def _is_stray(shown: QWidget) -> bool:
        return not isinstance(shown, _KNOWN) and shown.isWindow() and shown.windowType() in _WINDOWS


_KNOWN = (MainWindow, QDialog)
_WINDOWS = (Qt.WindowType.Widget, Qt.WindowType.Window)

_KEY_TIMES = count(10_000_000, 200)


class WindowDriver:
    """A person in front of the window: opens it, taps, types, waits for visible results."""

    def __init__(self, application: QApplication, root: Path, gateway: GatewayUnderTest) -> None:
        self.application = application
        application.setQuitOnLastWindowClosed(False)
        self.gateway = gateway
        self.tablet = Tablet(root, root.parent / f"{root.name}.key")
        make_key_file(self.tablet.root.parent / f"{root.name}.key")
        self.settings = Settings(root)
        self.settings.language = "en"
        self.settings.theme = "light"
        self.loop = qasync.QEventLoop(application)
        asyncio.set_event_loop(self.loop)
        self._app: App | None = None

    @property
    def app(self) -> App:
        assert self._app is not None, "the window is not open"
        return self._app

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a test's coroutine in the window's loop, and closes the window at its end."""

        async def whole() -> T:
            try:
                return await work
            finally:
                await self.close()

        strays = Strays()
        self.application.installEventFilter(strays)
        found: T = self.loop.run_until_complete(whole())
        self.application.removeEventFilter(strays)
        assert strays.seen == [], "shown without a parent"
        return found

    async def open(self, width: int = 1280, height: int = 800) -> App:
        self.start(width, height)
        self.app.window.activateWindow()  # there is no window manager to do it
        await self.until(self.app.window.isActiveWindow)
        await self.until(lambda: not self.app._tasks)
        return self.app

    def start(self, width: int = 1280, height: int = 800) -> None:
        """Opens the window up to the first frame, before slow work begins."""
        self._app = App(self.application, self.tablet)
        self._app.window.resize(width, height)
        self._app.start()

    async def begin(self, user: str = "office", width: int = 1280, height: int = 800) -> App:
        """Opens the window on a device that is already synchronized, as on most mornings.

        The sync uses the same engine in a thread of this process, which is quicker than tapping through a first one.
        """
        outcome = await asyncio.to_thread(SyncedTablet(self.tablet.root, self.gateway, user=user).begin)
        assert outcome.outcome == "ok"
        app = await self.open(width, height)
        assert app.window.current == "main"
        return app

    async def close(self) -> None:
        if self._app is not None:
            app, self._app = self._app, None
            await app.end()
            app.window.close()
            app.window.deleteLater()
            app.deleteLater()
            await asyncio.sleep(0.02)

    async def until(self, what: Callable[[], object], seconds: float = PATIENCE_S) -> None:
        """Waits until a condition holds."""
        async with asyncio.timeout(seconds):
            while not what():  # there is no event for what is visible
                await asyncio.sleep(0.01)

    async def settle(self) -> None:
        """Waits until pending changes are painted."""
        for _ in range(3):
            await asyncio.sleep(0.01)

    def segment(self, setting: Setting, text: str) -> QAbstractButton:
        """Returns a choice of a setting on the settings page."""
        control = self.settings_page.declared.controls[setting]
        assert isinstance(control, Segmented)
        return control.buttons[text]

    def switch(self, setting: Setting) -> Switch:
        control = self.settings_page.declared.controls[setting]
        assert isinstance(control, Switch)
        return control

    def tap(self, widget: QWidget) -> None:
        """Taps in the middle of a widget, which must be visible and enabled."""
        assert widget.isVisible(), f"{widget.accessibleName()} is not visible"
        assert widget.isEnabled(), f"{widget.accessibleName()} is not enabled"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key at the focus."""
        QTest.keyClick(self.app.window.focusWidget() or self.app.window, key, modifiers)

    def write(self, field: QWidget, text: str) -> None:
        """Types like a person: a key per fifth of a second of the keyboard's own clock, so never like a scanner."""
        for letter in text:
            key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(next(_KEY_TIMES))
            QApplication.sendEvent(field, event)

    def scan(self, code: str) -> None:
        """Types like a scanner at the focus: a key per millisecond of its own clock, then Enter."""
        keys = [*((Qt.Key(ord(letter)), letter) for letter in code), (Qt.Key.Key_Return, "\r")]
        for number, (key, text) in enumerate(keys, 1):
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(number)
            QApplication.sendEvent(QApplication.focusWidget() or self.app.window, event)

    # Visible parts

    @property
    def tiles(self) -> list[str]:
        return self.app.dashboard.visible_tiles()

    @property
    def logon(self) -> LogonPage:
        page = self.app.window.page("logon")
        assert isinstance(page, LogonPage)
        return page

    @property
    def sync_page(self) -> SyncPage:
        page = self.app.window.page("synchro")
        assert isinstance(page, SyncPage)
        return page

    @property
    def settings_page(self) -> SettingsPage:
        page = self.app.window.page("settings")
        assert isinstance(page, SettingsPage)
        return page

    @property
    def choice(self) -> ChoiceSheet:
        sheet = self.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        return sheet

    def tile(self, name: str) -> Tile:
        return self.app.dashboard.tiles[name]

    # Actions of a person

    async def log_on(self, user: str = "office", password: str = PASSWORD, url: str = "") -> None:
        """Types into the logon page, and waits for the answer."""
        page = self.logon
        page.gateway.edit.setText(url or self.gateway.url)
        page.user.edit.setText(user)
        page.password.edit.setText(password)
        self.tap(page.button)
        await self.until(lambda: not self.app._tasks)
        await self.settle()

    async def choose(self, *, attachments: bool = True) -> None:
        """Taps the tile, then one of the two choices; returns when the sync runs."""
        self.tap(self.tile("synchro"))
        await self.until(lambda: self.app.window.open_sheet() is not None)
        await self.until(lambda: self.choice._reachable is not None)
        self.tap(self.choice.all if attachments else self.choice.without)
        await self.settle()

    async def synchronize(self, *, attachments: bool = True) -> str:
        """Runs a complete sync, up to its verdict."""
        await self.choose(attachments=attachments)
        return await self.verdict()

    async def verdict(self) -> str:
        await self.until(lambda: self.app.runner.outcome is not None and not self.app.runner.is_running)
        await self.until(lambda: not self.app._tasks)
        assert self.app.runner.outcome is not None
        return self.app.runner.outcome.outcome


@pytest.fixture
def driver(
    qapp: QApplication, tmp_path: Path, gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WindowDriver]:
    """A person, a closed window, and a gateway."""
    monkeypatch.setattr(Collector, "freeze", lambda _: None)  # or objects of this window would never be collected
    gc.disable()  # or a thread of the gateway would destroy Qt objects, which belong to this one
    found = WindowDriver(qapp, tmp_path / "device", gateway)
    yield found
    found.loop.close()
    asyncio.set_event_loop(None)
    vars(found).clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()
