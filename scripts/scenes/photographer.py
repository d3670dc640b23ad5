"""Sets up the window and takes its picture in each size, theme and language."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from salesapp.app import App
from salesapp.models.sync_runner import Tablet
from salesapp.store.keys import make_key_file
from salesapp.views.requests import Request
from scripts.scenes.names import NAMES
from tests.processes import GatewayProcess

TARGET = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = {"landscape": (1280, 800), "portrait": (800, 1280)}
VARIANTS = (
    ("landscape", "light", "en"),
    ("portrait", "light", "en"),
    ("landscape", "dark", "en"),
    ("landscape", "light", "pl"),
    ("portrait", "dark", "pl"),
)


class Photographer:
    """Waits for a screen, and takes its picture in each form."""

    def __init__(self, application: QApplication, folder: Path, gateway: GatewayProcess, wanted: set[str]) -> None:
        key_file = folder / "tablet.key"
        make_key_file(key_file)
        self.gateway, self.wanted = gateway, wanted
        self.app = App(application, Tablet(folder / "tablet", key_file))
        self.taken = 0
        self.seen: set[str] = set()

    async def take(self, name: str) -> None:
        """Takes the current window, unless this picture is not wanted."""
        if not self.wants(name):
            return
        for form, mode, language in VARIANTS:
            self.app.theme.set_mode(mode)  # type: ignore[arg-type]
            self.app.translation.use(language)
            self.app.window.resize(*SIZES[form])
            for _turn in range(3):
                await asyncio.sleep(0.05)
                QApplication.sendPostedEvents()  # rebuilt widgets find their place
            self.keep(name, form, mode, language)
        self.app.theme.set_mode("light")
        self.app.translation.use("en")
        self.app.window.resize(*SIZES["landscape"])
        await asyncio.sleep(0.08)

    def wants(self, name: str) -> bool:
        """Whether this picture is wanted; notes that its scene was reached."""
        assert name in NAMES, f"{name} is missing in scripts/scenes/names.py"
        self.seen.add(name)
        return not self.wanted or name in self.wanted

    def keep(self, name: str, form: str, mode: str, language: str) -> None:
        """Saves the window in this size."""
        picture = self.app.window.grab().toImage()
        assert (picture.width(), picture.height()) == SIZES[form], f"{name} does not fit"
        picture.save(str(TARGET / f"{name}-{form}-{mode}-{language}.png"))
        self.taken += 1

    async def take_sheet(self, name: str, ask: Callable[[], object]) -> None:
        """Takes the sheet that `ask` opens, then closes it."""
        ask()
        await self.sheet()
        await self.take(name)
        self.app.window.go_back()
        await asyncio.sleep(0.05)

    async def until(self, what: Callable[[], object]) -> None:
        async with asyncio.timeout(120):
            while not what():  # there is no event for what is visible
                await asyncio.sleep(0.02)

    async def idle(self) -> None:
        """Waits until the window has finished reading and writing."""
        await self.until(lambda: not self.app._tasks)

    async def open(self, request: Request) -> Any:
        """Opens a screen; returns its page once it has been read."""
        self.app.screens.open(request)
        await self.idle()
        return self.app.window.page(self.app.window.current)

    async def sheet(self, instead_of: object = None) -> Any:
        """Returns the open sheet, once it is another than `instead_of`."""
        window = self.app.window
        await self.until(lambda: window.open_sheet() not in {None, instead_of} and not self.app._tasks)
        return window.open_sheet()

    def home(self) -> None:
        self.app.window.show_page("main", root=True)
