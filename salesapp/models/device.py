"""This device as the window sees it: its account, what it has, and what can be asked of it.

All work is done beside the window's thread; what takes time to import is imported there too.
"""

import asyncio
import json
import os
import platform
import socket
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, Signal

from salesapp import __version__
from salesapp.domain.appointments import OPEN_STATES
from salesapp.models.background import Background
from salesapp.models.sync_runner import Tablet
from salesapp.store.glance import HistoryRun, Overview, RunSummary, SalesGlance, VisitGlance, read_glance

if TYPE_CHECKING:
    from salesapp.store.folders import AccountFolder
    from salesapp.sync.values import Outcome

REACH_WITHIN_S = 2.0

__all__ = ["OPEN_STATES", "Device", "HistoryRun", "Overview", "RunSummary", "SalesGlance", "VisitGlance"]


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
        found = await self._background.run(self._read)
        if found != self.overview:
            self.overview = found
            self.changed.emit()

    async def log_on(self, url: str, user: str, password: str) -> None:
        """Raises UserFacingError with what the logon page says."""
        await self._background.run(self._log_on, url, user, password)
        await self.refresh()

    async def log_out(self) -> None:
        """Ends the session, at the gateway too if it is in reach; the data stay on the device."""
        await self._background.run(self._log_out)

    async def is_logged_on(self) -> bool:
        return await self._background.run(self._is_logged_on)

    async def reaches_gateway(self) -> bool:
        """Whether the gateway's port answers now. Not in the background's queue: nothing waits for a slow network."""
        url = self.overview.url if self.overview else ""
        return await asyncio.get_running_loop().run_in_executor(None, reaches, url)

    async def check_stock(self, item: int) -> None:
        """Asks the gateway for one item's stock, and keeps the answer. Beside a running sync, and beside the queue.

        Raises UserFacingError with what the item's form says.
        """
        await asyncio.get_running_loop().run_in_executor(None, self._check_stock, item)

    async def change_password(self, old: str, new: str) -> None:
        """The own password, at the gateway. Beside a running sync. Raises UserFacingError with what the sheet says."""
        await asyncio.get_running_loop().run_in_executor(None, self._change_password, old, new)

    async def history(self) -> list[HistoryRun]:
        return await self._background.run(self._history)

    async def last_outcome(self) -> "Outcome | None":
        """How the last sync ended, also one before this start; None where there is none that can be read."""
        return await self._background.run(self._last_outcome)

    async def sizes(self) -> dict[str, int]:
        """Bytes of the files of this account, by name."""
        return await self._background.run(self._sizes)

    async def clear_attachments(self) -> None:
        """Removes the fetched pictures; files that the person added stay."""
        await self._background.run(self._clear_attachments)
        await self.refresh()

    async def save_report(self, path: Path, mistake: str = "") -> None:
        """Versions, sizes and the outcomes of the last syncs: no names, no addresses, no records.

        `mistake`: where a mistake of ours happened. Raises DeviceError when the file cannot be written.
        """
        await self._background.run(self._save_report, path, mistake)

    def _account(self) -> "AccountFolder | None":
        from salesapp.store.folders import DataFolder  # noqa: PLC0415  # the first frame does not wait for files and network

        return DataFolder(self.tablet.root).last() if self.tablet.root.exists() else None

    def _key(self) -> bytes:
        from salesapp.store.keys import load_key  # noqa: PLC0415  # the first frame does not wait for files and network

        return load_key(self.tablet.root, self.tablet.key_file)

    def _read(self) -> Overview | None:
        from salesapp.services.overview import read_overview  # noqa: PLC0415  # the first frame does not wait for files and network

        account = self._account()
        return read_overview(account, self._key()) if account else None

    def _log_on(self, url: str, user: str, password: str) -> None:
        from salesapp.sync.session import Place, start_session  # noqa: PLC0415  # the first frame does not wait for files and network

        place = Place(self.tablet.root, self.tablet.key_file, url=url, user=user, password=password, ca_file=_ca_file())
        asyncio.run(start_session(place))

    def _check_stock(self, item: int) -> None:
        from salesapp.sync.session import Place  # noqa: PLC0415  # the first frame does not wait for files and network
        from salesapp.sync.stock import check_stock  # noqa: PLC0415  # the first frame does not wait for files and network

        asyncio.run(check_stock(Place(self.tablet.root, self.tablet.key_file, ca_file=_ca_file()), item))

    def _change_password(self, old: str, new: str) -> None:
        from salesapp.sync.password import change_password  # noqa: PLC0415  # the first frame does not wait for files and network
        from salesapp.sync.session import Place  # noqa: PLC0415  # the first frame does not wait for files and network

        asyncio.run(change_password(Place(self.tablet.root, self.tablet.key_file, ca_file=_ca_file()), old, new))

    def _log_out(self) -> None:
        from salesapp.sync.session import Place, end_session  # noqa: PLC0415  # the first frame does not wait for files and network

        end_session(Place(self.tablet.root, self.tablet.key_file, ca_file=_ca_file()))

    def _is_logged_on(self) -> bool:
        from salesapp.sync.session import Place, has_session  # noqa: PLC0415  # the first frame does not wait for files and network

        return has_session(Place(self.tablet.root, self.tablet.key_file))

    def _history(self) -> list[HistoryRun]:
        from salesapp.services.overview import read_history  # noqa: PLC0415  # the first frame does not wait for files and network

        account = self._account()
        return read_history(account, self._key()) if account else []

    def _last_outcome(self) -> "Outcome | None":
        from salesapp.services.overview import read_last_outcome  # noqa: PLC0415  # the first frame does not wait for files and network
        from salesapp.sync.values import read_outcome  # noqa: PLC0415  # the first frame does not wait for files and network

        account = self._account()
        return read_outcome(read_last_outcome(account, self._key())) if account else None

    def _sizes(self) -> dict[str, int]:
        from salesapp.services.overview import diagnostics  # noqa: PLC0415  # the first frame does not wait for files and network

        found: dict[str, int] = diagnostics(self.tablet.root, self._account())["sizes"]
        return found

    def _clear_attachments(self) -> None:
        account = self._account()
        from salesapp.disk import sweep  # noqa: PLC0415  # the first frame does not wait for files and network

        if account is not None:
            sweep(account.media.glob("*/*.sealed"))  # not what the engine is writing at this moment

    def _save_report(self, path: Path, mistake: str) -> None:
        from salesapp.disk import write_failed  # noqa: PLC0415  # the first frame does not wait for files and network
        from salesapp.services.overview import diagnostics  # noqa: PLC0415  # the first frame does not wait for files and network

        runs = [
            {"at": run.summary.ended_at, "outcome": run.summary.outcome, "objects": [one[:4] for one in run.objects]}
            for run in self._history()
        ]
        report = {
            "app": __version__,
            "python": platform.python_version(),
            "system": platform.platform(),
            **diagnostics(self.tablet.root, self._account()),
            "syncs": runs,
            "mistake": mistake.splitlines(),
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(report, indent=1, default=str) + "\n", encoding="utf-8")
        except OSError as error:
            raise write_failed(error) from error


def _ca_file() -> Path | None:
    name = os.environ.get("SALESAPP_CA_FILE")
    return Path(name) if name else None


def reaches(url: str) -> bool:
    """Whether something listens at the address."""
    parts = urlsplit(url)
    try:
        port = parts.port or (80 if parts.scheme == "http" else 443)
        with socket.create_connection((parts.hostname or "", port), REACH_WITHIN_S):
            return True
    except (OSError, ValueError):
        return False
