"""Initial states of many tests: a gateway with an imported company, and a synchronized tablet.

The first test of a process creates a state for real; later tests with the same state get copies. The
state is the same if the imported companies and all tables outside imports are the same.
"""

import hashlib
import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from salesapp.settings import FILE as SETTINGS
from salesapp.sync.values import Outcome

_DATABASE = "gateway.db"


@dataclass(frozen=True)
class World:
    """The folders of a gateway and of a tablet, the tablet's key, and its outcome."""

    gateway: Path
    tablet: Path
    key: bytes
    outcome: Outcome


class Worlds:
    """The states of this process. All use one address, by which a tablet knows its gateway."""

    def __init__(self, folder: Path, of_imports: Iterable[str]) -> None:
        self._folder, self._of_imports = folder, frozenset(of_imports)
        self._made: dict[str, World] = {}
        self._place = socket.socket()  # bound but never listening, to reserve the port
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind(("127.0.0.1", 0))
        self.port: int = self._place.getsockname()[1]

    def close(self) -> None:
        self._place.close()

    def begin(self, told: object, gateway: Path, tablet: Path, key_file: Path, sync: Callable[[], Outcome]) -> Outcome:
        """Runs or copies a first sync; `told` has what it depends on besides the gateway's tables."""
        tables = {name: of for name, of in digests(gateway / _DATABASE).items() if name not in self._of_imports}
        name = hashlib.sha256(repr((told, tables)).encode()).hexdigest()
        if name not in self._made:
            outcome = sync()
            self._made[name] = self._keep(self._folder / name, gateway, tablet, key_file.read_bytes(), outcome)
            return outcome
        world = self._made[name]
        shutil.copytree(world.tablet, tablet, dirs_exist_ok=True)
        key_file.write_bytes(world.key)
        _copy_gateway(world.gateway, gateway)
        return world.outcome

    @staticmethod
    def _keep(folder: Path, gateway: Path, tablet: Path, key: bytes, outcome: Outcome) -> World:
        _copy_gateway(gateway, folder / "gateway")
        shutil.copytree(tablet, folder / "tablet", ignore=shutil.ignore_patterns(SETTINGS))
        return World(folder / "gateway", folder / "tablet", key, outcome)


def digests(database: Path) -> dict[str, str]:
    """Returns digests of each table."""
    with closing(sqlite3.connect(database)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY 1")]
        rows = {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}
    return {name: hashlib.sha256(repr(found).encode()).hexdigest() for name, found in rows.items()}


def _copy_gateway(source: Path, target: Path) -> None:
    """Works on a serving gateway too: its database is overwritten in one transaction."""
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{_DATABASE}*", "*.lock"))
    with (
        closing(sqlite3.connect(source / _DATABASE)) as known,
        closing(sqlite3.connect(target / _DATABASE, timeout=60)) as new,
    ):
        known.backup(new)
