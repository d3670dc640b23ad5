"""The data folder: a subfolder per gateway and account, and the small plain files that list them, without secrets."""

import platform
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs
from filelock import FileLock, Timeout
from msgspec.structs import replace

from salesapp import private
from salesapp.disk import sweep, sweep_abandoned, sweep_old, with_retries, write_failed, write_whole
from salesapp.errors import DeviceError
from salesapp.protocol.forms import one_line

DEVICE_FILE = "device.json"
ACCOUNTS_FILE = "accounts.json"


def default_root() -> Path:
    """Returns the data folder if none is given."""
    return Path(platformdirs.user_data_dir("SalesApp", appauthor=False))


@dataclass(frozen=True, slots=True)
class AccountFolder:
    """The files of one account of one gateway (by the gateway's id, not its address)."""

    path: Path
    gateway_id: str
    user: str
    url: str
    formerly: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The user's name and former names, which rows of the ERP may still have."""
        return (self.user, *self.formerly)

    @property
    def catalog_path(self) -> Path:
        return self.path / "catalog.db"

    @property
    def work_path(self) -> Path:
        return self.path / "work.db"

    @property
    def segments(self) -> Path:
        """Downloads that wait to be applied, encrypted."""
        return self.path / "segments"

    @property
    def media(self) -> Path:
        """Image files of the catalogue by digest, encrypted."""
        return self.path / "media"

    @property
    def own_files(self) -> Path:
        """Files that the representative added, encrypted."""
        return self.path / "own"

    def own_file(self, sha256: str) -> Path:
        """Returns the path of an own file's content."""
        return self.own_files / f"{sha256}.sealed"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def lock_path(self) -> Path:
        return self.path / "sync.lock"

    @property
    def temporary(self) -> Path:
        """Plain files, only while they are being staged."""
        return self.path / "tmp"

    def make(self) -> None:
        for folder in (self.path, self.segments, self.media, self.own_files, self.backups, self.temporary):
            make_private(folder)

    def clean_temporary(self) -> None:
        """Removes what a killed process left. The caller holds the lock."""
        sweep(self.temporary.iterdir())
        sweep_old(path for folder in (self.path, self.backups) for path in folder.glob("*.part"))
        sweep([*self.path.glob("catalog.empty*"), *self.path.glob("work-restored.db*")])

    def clean_unless_used(self) -> None:
        """Removes plain files that a killed process left, unless a sync is running."""
        if not self.temporary.is_dir() or not any(self.temporary.iterdir()):
            return
        with suppress(Timeout, OSError), FileLock(self.lock_path, timeout=0):
            self.clean_temporary()


class DeviceFile(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is noted of this device: its id, how many backups were restored, and which key its files need."""

    id: str = ""
    restores: int = 0
    key_fingerprint: str = ""


class _AccountEntry(msgspec.Struct, frozen=True):
    path: str
    gateway_id: str
    user: str
    url: str
    formerly: tuple[str, ...] = ()


class _AccountsFile(msgspec.Struct, frozen=True):
    accounts: tuple[_AccountEntry, ...] = ()


F = TypeVar("F", DeviceFile, _AccountsFile)


class DataFolder:
    """The root of everything that the app keeps on this device."""

    def __init__(self, root: Path) -> None:
        self.root = root
        make_private(root, levels=3)
        sweep_abandoned(root)
        device = self.device()
        if not device.id:
            device = replace(device, id=str(uuid.uuid4()))
            self.write_device(device)
        self.device_id = device.id
        for account in self.accounts():
            account.clean_unless_used()

    @property
    def device_name(self) -> str:
        return one_line(platform.node(), 100)

    def device(self) -> DeviceFile:
        """Returns what is noted of this device. Raises DeviceError."""
        return _read_json(self.root / DEVICE_FILE, DeviceFile)

    def write_device(self, device: DeviceFile) -> None:
        """Notes it. Raises DeviceError."""
        _write_json(self.root / DEVICE_FILE, device)

    def accounts(self) -> list[AccountFolder]:
        """Returns all accounts of this device, last used first."""
        entries = _read_json(self.root / ACCOUNTS_FILE, _AccountsFile).accounts
        return [
            AccountFolder(self.root / entry.path, entry.gateway_id, entry.user, entry.url, entry.formerly)
            for entry in entries
        ]

    def last(self) -> AccountFolder | None:
        return next(iter(self.accounts()), None)

    def find(self, url: str, user: str | None) -> AccountFolder | None:
        """Returns the account last used at this address, by this user if one is given."""
        return next(
            (entry for entry in self.accounts() if entry.url == url and user in {None, entry.user}),
            None,
        )

    def remember(self, gateway_id: str, user: str, url: str, formerly: Sequence[str] | None = None) -> AccountFolder:
        """Returns the folder of an account, made if necessary, and marks it as the one used last.

        `formerly` has the user's former names as the gateway gives them; None keeps the known ones. Data under a
        former name become the user's, so that unsent work is not lost.
        """
        accounts = self.accounts()
        of_gateway = {entry.user: entry for entry in accounts if entry.gateway_id == gateway_id}
        found = next((of_gateway[name] for name in (user, *(formerly or ())) if name in of_gateway), None)
        if formerly is None:
            formerly = found.formerly if found else ()
        path = found.path if found else self._new_path(f"{gateway_id}/{user}", accounts)
        account = AccountFolder(path, gateway_id, user, url, tuple(formerly))
        account.make()
        wanted = [account, *(entry for entry in accounts if entry.path != path)]
        if wanted != accounts:
            entries = tuple(
                _AccountEntry(str(one.path.relative_to(self.root)), one.gateway_id, one.user, one.url, one.formerly)
                for one in wanted
            )
            _write_json(self.root / ACCOUNTS_FILE, _AccountsFile(entries))
        return account

    def _new_path(self, name: str, accounts: list[AccountFolder]) -> Path:
        """Returns a folder that no account uses; the usual one may belong to a user who had this name before."""
        path = self.root / "accounts" / str(uuid.uuid5(uuid.NAMESPACE_URL, name))
        return path.with_name(str(uuid.uuid4())) if any(entry.path == path for entry in accounts) else path


def make_private(folder: Path, levels: int = 1) -> None:
    """Makes a folder that only this user can enter, and closes an existing one to others. Raises DeviceError."""
    try:
        private.make_private(folder, levels)
    except private.NotPrivateError as error:
        raise DeviceError("device.not_private", reason=error) from error
    except OSError as error:
        raise write_failed(error) from error


def _read_json(path: Path, kind: type[F]) -> F:
    """Reads a small JSON file; empty if it is missing. Raises DeviceError."""
    try:
        return msgspec.json.decode(with_retries(path.read_bytes), type=kind)
    except FileNotFoundError:
        return kind()
    except OSError as error:
        raise write_failed(error) from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise DeviceError("device.write_failed", reason=f"{path.name} cannot be read") from error


def _write_json(path: Path, content: DeviceFile | _AccountsFile) -> None:
    """Writes a small JSON file, whole or not at all. Raises DeviceError."""
    write_whole(path, msgspec.json.format(msgspec.json.encode(content), indent=1))
