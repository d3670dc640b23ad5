"""The first look at a device: one row of work.db, read without any slow import.

`services.overview` makes these values and keeps the last one in work.db.
"""

import json
import re
from decimal import Decimal
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from salesapp.store.cipher import PAGE_SIZE

GLANCE = "overview"
"""The flag of work.db that holds the last overview as JSON."""


class RunSummary(msgspec.Struct, frozen=True):
    """A summary of one sync. `sections` has the worst state of each section that took part, in order."""

    started_at: str
    ended_at: str
    outcome: str
    seconds: float
    bytes_down: int
    correct: int
    failed: int
    held_back: int
    total: int
    with_attachments: bool
    sections: dict[str, str]
    error: tuple[str, dict[str, str]] = ("", {})
    """The error that ended the run: code and parameters."""
    rejected: int = 0
    """Rejected records that were on the device at its end."""

    @property
    def is_problem(self) -> bool:
        """Whether a person has to know of a problem. No network and a stop are no problems."""
        ended_badly = self.outcome in {"failed", "error", "unauthorized"} and bool(self.error[0])
        return ended_badly or bool(self.failed + self.held_back)


class VisitGlance(msgspec.Struct, frozen=True):
    """A summary of an appointment. Times in UTC; `what` names its first elements."""

    start: str
    end: str
    title: str
    what: str
    state: str
    done: int
    total: int
    is_full_day: bool = False
    is_overdue: bool = False


class SalesGlance(msgspec.Struct, frozen=True):
    """Own sales of a month (its first day, YYYY-MM-DD), net in `currency`.

    `percent` is the change from the same part of the month before, None if that had no sales; `reached` is the
    percentage of the target.
    """

    month: str
    net: Decimal
    currency: str
    percent: Decimal | None = None
    reached: int | None = None


class Overview(msgspec.Struct, frozen=True):
    """What this device has. Times are UTC; `waiting` counts waiting submissions by kind.

    `held_up` counts those that the next sync cannot send, because the record they depend on was rejected.
    """

    user: str
    url: str
    first_sync_succeeded_at: str | None = None
    last_good_at: str | None = None
    last_run: RunSummary | None = None
    rows: dict[str, int] = {}
    verified_at: dict[str, str] = {}
    stock_as_of: str = ""  # when the ERP counted the newest of its stock; empty if it does not say
    waiting: dict[str, int] = {}
    held_up: dict[str, int] = {}
    rejected: int = 0
    drafts: int = 0
    shown: dict[str, int] = {}  # area -> how many its list shows, where that is not its number of rows
    draft_documents: int = 0
    media_files: int = 0
    media_bytes: int = 0
    visits: tuple[VisitGlance, ...] = ()  # of the day that this was read on
    overdue: tuple[VisitGlance, ...] = ()  # a few of them
    overdue_count: int = 0
    month_km: int = 0
    odometer_km: int | None = None
    sales: SalesGlance | None = None
    decimals: dict[str, int] = {}
    """Decimals of amounts by code of currency; those of the base currency are also under ""."""

    @property
    def waiting_total(self) -> int:
        return sum(self.waiting.values())

    @property
    def going(self) -> dict[str, int]:
        """Counts what the next sync sends, by kind."""
        return {kind: count - self.held_up.get(kind, 0) for kind, count in self.waiting.items()}

    @property
    def unsent_total(self) -> int:
        """Counts what a person entered and the ERP does not have: waiting, rejected, and drafts."""
        return self.waiting_total + self.rejected + self.drafts


class HistoryRun(msgspec.Struct, frozen=True):
    """One sync of the history, with its objects: (key, state, rows, error code or "", the error's parameters)."""

    summary: RunSummary
    objects: tuple[tuple[str, str, int, str, dict[str, str]], ...]


def read_glance(root: Path, key_file: Path | None) -> Overview | None:
    """Returns the overview kept last; None without one, or if the files need a real opening."""
    folder = _last_account(root)
    if folder is None or not (folder / "work.db").exists():
        return None
    key = _key(root, key_file)
    if not re.fullmatch(r"[0-9a-fA-F]{64}", key):
        return None
    try:
        connection = sqlcipher.connect(str(folder / "work.db"), timeout=1)
        try:
            connection.execute(f"PRAGMA key = \"x'{key}'\"")
            connection.execute(f"PRAGMA cipher_page_size={PAGE_SIZE}")
            connection.execute("PRAGMA cipher_log_level=NONE")
            row = connection.execute("SELECT value FROM flag WHERE name=?", (GLANCE,)).fetchone()
        finally:
            connection.close()
        return msgspec.json.decode(row[0], type=Overview) if row else None
    except (sqlcipher.Error, msgspec.DecodeError):
        return None


def _last_account(root: Path) -> Path | None:
    """Returns the folder of the account used last."""
    try:
        entries = json.loads((root / "accounts.json").read_text(encoding="utf-8")).get("accounts", [])
    except (OSError, ValueError):
        return None
    return root / entries[0]["path"] if entries else None


def _key(root: Path, key_file: Path | None) -> str:
    """Returns the key in hexadecimal, unchecked; a wrong one just opens nothing."""
    try:
        if key_file is not None:
            return key_file.read_text(encoding="ascii").strip()
        import keyring  # noqa: PLC0415  # slow to import, and not needed with a key file

        device = json.loads((root / "device.json").read_text(encoding="utf-8"))
        return keyring.get_password("SalesApp", f"key {device['id']}") or ""
    except Exception:  # the real opening follows, and reports the problem
        return ""
