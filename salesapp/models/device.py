"""The window's view of this device: its account, its figures, and its actions.

`device_tasks.py` does all work outside the window's thread, and is imported there, too.
"""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from salesapp.models.background import Background
from salesapp.models.sync_runner import Tablet
from salesapp.store.glance import HistoryRun, Overview, RunSummary, VisitGlance, read_glance

if TYPE_CHECKING:
    from salesapp.models.device_tasks import DeviceTasks
    from salesapp.sync.values import Outcome

T = TypeVar("T")
REACH_WITHIN_S = 2.0

__all__ = ["Device", "HistoryRun", "Overview", "RunSummary", "VisitGlance"]


class Device(QObject):
    """One data folder. `overview` is None before the first logon; emits `changed` after each refresh."""

    changed = Signal()

    def __init__(self, tablet: Tablet, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tablet = tablet
        self._background = background
        self.overview: Overview | None = read_glance(tablet.root, tablet.key_file)

    @property
    def first_sync_succeeded(self) -> bool:
        return self.overview is not None and self.overview.first_sync_succeeded_at is not None

    async def refresh(self) -> None:
        """Reads the overview. Raises DeviceError, for example for damaged files; the last overview stays."""
        found = await self._ask(lambda tasks: tasks.read())
        if found != self.overview:
            self.overview = found
            self.changed.emit()

    async def log_on(self, url: str, user: str, password: str) -> None:
        """Logs on. Raises UserFacingError for the logon page."""
        await self._ask(lambda tasks: tasks.log_on(url, user, password))
        await self.refresh()

    async def log_out(self) -> None:
        """Ends the session, also at the gateway if it is reachable; the data stay on the device."""
        await self._ask(lambda tasks: tasks.log_out())

    async def is_logged_on(self) -> bool:
        return await self._ask(lambda tasks: tasks.is_logged_on())

    async def reaches_gateway(self) -> bool:
        """Returns whether the gateway's port answers. Bypasses the background's queue, which must not wait for it."""
        url = self.overview.url if self.overview else ""
        return await asyncio.get_running_loop().run_in_executor(None, reaches, url)

    async def check_stock(self, item: int) -> None:
        """Fetches an item's stock from the gateway and stores it, during a sync too. Bypasses the background's queue.

        Raises UserFacingError for the item's card.
        """
        await self._ask_beside(lambda tasks: tasks.check_stock(item))

    async def change_password(self, old: str, new: str) -> None:
        """Changes the own password at the gateway, during a sync too. Raises UserFacingError for the sheet."""
        await self._ask_beside(lambda tasks: tasks.change_password(old, new))

    async def history(self) -> list[HistoryRun]:
        return await self._ask(lambda tasks: tasks.history())

    async def last_outcome(self) -> "Outcome | None":
        """Returns the outcome of the last sync, also from before this start; None if there is no readable one."""
        return await self._ask(lambda tasks: tasks.last_outcome())

    async def sizes(self) -> dict[str, int]:
        """Returns the sizes of this account's files in bytes, by name."""
        return await self._ask(lambda tasks: tasks.sizes())

    async def clear_attachments(self) -> None:
        """Removes fetched pictures; the user's own files stay."""
        await self._ask(lambda tasks: tasks.clear_attachments())
        await self.refresh()

    async def save_report(self, path: Path, bug: str = "") -> None:
        """Writes versions, sizes and outcomes of the last syncs; no names, addresses or records.

        `bug`: the traceback of a bug. Raises DeviceError if the file cannot be written.
        """
        await self._ask(lambda tasks: tasks.save_report(path, bug))

    async def _ask(self, task: "Callable[[DeviceTasks], T]") -> T:
        """Runs a task in the background's queue."""
        return await self._background.run(self._do, task)

    async def _ask_beside(self, task: "Callable[[DeviceTasks], T]") -> T:
        """Runs a task outside the background's queue."""
        return await asyncio.get_running_loop().run_in_executor(None, self._do, task)

    def _do(self, task: "Callable[[DeviceTasks], T]") -> T:
        from salesapp.models.device_tasks import DeviceTasks  # noqa: PLC0415  # the first frame does not wait for files and network

        return task(DeviceTasks(self.tablet))


def reaches(url: str) -> bool:
    """Returns whether something listens at the address."""
    parts = urlsplit(url)
    try:
        port = parts.port or (80 if parts.scheme == "http" else 443)
        with socket.create_connection((parts.hostname or "", port), REACH_WITHIN_S):
            return True
    except (OSError, ValueError):
        return False
