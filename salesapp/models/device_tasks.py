"""Tasks on a data folder. Slow to import: only `device.py` imports it."""

import asyncio
import json
import os
import platform
from pathlib import Path

from msgspec.structs import asdict

from salesapp import __version__
from salesapp.disk import sweep, write_failed
from salesapp.models.sync_runner import Tablet
from salesapp.services.overview import diagnostics, read_history, read_last_outcome, read_overview
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.glance import HistoryRun, Overview
from salesapp.store.keys import load_key
from salesapp.sync.password import change_password
from salesapp.sync.session import Place, end_session, has_session, start_session
from salesapp.sync.stock import check_stock
from salesapp.sync.values import Outcome, read_outcome


class DeviceTasks:
    """Blocking methods; they raise the errors documented in `Device`."""

    def __init__(self, tablet: Tablet) -> None:
        self._tablet = tablet

    def _place(self, url: str = "", user: str = "", password: str = "") -> Place:
        root, key_file = self._tablet.root, self._tablet.key_file
        return Place(root, key_file, url=url, user=user, password=password, ca_file=_ca_file())

    def _account(self) -> AccountFolder | None:
        return DataFolder(self._tablet.root).last() if self._tablet.root.exists() else None

    def _key(self) -> bytes:
        return load_key(self._tablet.root, self._tablet.key_file)

    def read(self) -> Overview | None:
        account = self._account()
        return read_overview(account, self._key()) if account else None

    def log_on(self, url: str, user: str, password: str) -> None:
        asyncio.run(start_session(self._place(url, user, password)))

    def check_stock(self, item: int) -> None:
        asyncio.run(check_stock(self._place(), item))

    def change_password(self, old: str, new: str) -> None:
        asyncio.run(change_password(self._place(), old, new))

    def log_out(self) -> None:
        end_session(self._place())

    def is_logged_on(self) -> bool:
        return has_session(self._place())

    def history(self) -> list[HistoryRun]:
        account = self._account()
        return read_history(account, self._key()) if account else []

    def last_outcome(self) -> Outcome | None:
        account = self._account()
        return read_outcome(read_last_outcome(account, self._key())) if account else None

    def sizes(self) -> dict[str, int]:
        return diagnostics(self._tablet.root, self._account()).sizes

    def clear_attachments(self) -> None:
        account = self._account()
        if account is not None:
            sweep(account.media.glob("*/*.sealed"))  # not the files that the engine is writing

    def save_report(self, path: Path, bug: str) -> None:
        runs = [
            {"at": run.summary.ended_at, "outcome": run.summary.outcome, "objects": [one[:4] for one in run.objects]}
            for run in self.history()
        ]
        report = {
            "app": __version__,
            "python": platform.python_version(),
            "system": platform.platform(),
            **asdict(diagnostics(self._tablet.root, self._account())),
            "syncs": runs,
            "mistake": bug.splitlines(),
        }
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(report, indent=1, default=str) + "\n", encoding="utf-8")
        except OSError as error:
            raise write_failed(error) from error


def _ca_file() -> Path | None:
    name = os.environ.get("SALESAPP_CA_FILE")
    return Path(name) if name else None
