"""This device as the window sees it: its account, what it has, and what can be asked of it.

All work is done beside the window's thread, by `device_tasks.py`, which is imported there too.
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
    """One data folder. `overview` is None before the first logon; `changed` when it has been read anew."""

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
        """Reads everything anew. Raises DeviceError, for example for damaged files; the last overview stays."""
        found = await self._ask(lambda tasks: tasks.read())
        if found != self.overview:
            self.overview = found
            self.changed.emit()

    async def log_on(self, url: str, user: str, password: str) -> None:
        """Raises UserFacingError with what the logon page says."""
        await self._ask(lambda tasks: tasks.log_on(url, user, password))
        await self.refresh()

    async def log_out(self) -> None:
        """Ends the session, at the gateway too if it is in reach; the data stay on the device."""
        await self._ask(lambda tasks: tasks.log_out())

    async def is_logged_on(self) -> bool:
        return await self._ask(lambda tasks: tasks.is_logged_on())

    async def reaches_gateway(self) -> bool:
        """Whether the gateway's port answers now. Not in the background's queue: nothing waits for a slow network."""
        url = self.overview.url if self.overview else ""
        return await asyncio.get_running_loop().run_in_executor(None, reaches, url)

    async def check_stock(self, item: int) -> None:
        """Asks the gateway for one item's stock, and keeps the answer. Beside a running sync, and beside the queue.

        Raises UserFacingError with what the item's form says.
        """
        await self._ask_beside(lambda tasks: tasks.check_stock(item))

    async def change_password(self, old: str, new: str) -> None:
        """The own password, at the gateway. Beside a running sync. Raises UserFacingError with what the sheet says."""
        await self._ask_beside(lambda tasks: tasks.change_password(old, new))

    async def history(self) -> list[HistoryRun]:
        return await self._ask(lambda tasks: tasks.history())

    async def last_outcome(self) -> "Outcome | None":
        """How the last sync ended, also one before this start; None where there is none that can be read."""
        return await self._ask(lambda tasks: tasks.last_outcome())

    async def sizes(self) -> dict[str, int]:
        """Bytes of the files of this account, by name."""
        return await self._ask(lambda tasks: tasks.sizes())

    async def clear_attachments(self) -> None:
        """Removes the fetched pictures; files that the person added stay."""
        await self._ask(lambda tasks: tasks.clear_attachments())
        await self.refresh()

    async def save_report(self, path: Path, bug: str = "") -> None:
        """Versions, sizes and the outcomes of the last syncs: no names, no addresses, no records.

        `bug`: where a bug of ours happened. Raises DeviceError when the file cannot be written.
        """
        await self._ask(lambda tasks: tasks.save_report(path, bug))

    async def _ask(self, task: "Callable[[DeviceTasks], T]") -> T:
        """Does a task in the background, in the order of asking."""
        return await self._background.run(self._do, task)

    async def _ask_beside(self, task: "Callable[[DeviceTasks], T]") -> T:
        """Does a task that must not wait for those in the background's queue."""
        return await asyncio.get_running_loop().run_in_executor(None, self._do, task)

    def _do(self, task: "Callable[[DeviceTasks], T]") -> T:
        from salesapp.models.device_tasks import DeviceTasks  # noqa: PLC0415  # the first frame does not wait for files and network

        return task(DeviceTasks(self.tablet))


def reaches(url: str) -> bool:
    """Whether something listens at the address."""
    parts = urlsplit(url)
    try:
        port = parts.port or (80 if parts.scheme == "http" else 443)
        with socket.create_connection((parts.hostname or "", port), REACH_WITHIN_S):
            return True
    except (OSError, ValueError):
        return False
