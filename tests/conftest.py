"""Common fixtures: a real gateway over real HTTP, and tablets with real encrypted files."""

import asyncio
import gc
import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.gateway import accounts
from salesapp.gateway.addresses import Proxies
from salesapp.gateway.app import create_app
from salesapp.gateway.database import Database
from salesapp.gateway.doors import DoorLimits
from salesapp.gateway.faults import Faults
from salesapp.gateway.folder import create, open_gateway, opened
from salesapp.gateway.intake import ImportReport, import_all
from salesapp.gateway.publisher import publish
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.server import GatewayServer, listen
from salesapp.store.folders import ACCOUNTS_FILE, AccountFolder, DataFolder
from salesapp.store.keys import load_key, make_key_file
from salesapp.store.work import WorkStore
from salesapp.sync.engine import Engine
from salesapp.sync.retry import RetryPolicy
from salesapp.sync.session import Place
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import Hooks, Outcome, SyncOptions
from tests import days
from tests.company import ListConnector
from tests.hostile import Answers
from tests.worlds import Worlds, digests

accounts._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # tests of hashing set their own
PASSWORD = "correct horse"
QUICK = RetryPolicy(attempts=4, base_s=0.02, cap_s=0.1, budget_s=2.0)


@dataclass
class GatewayUnderTest:
    """The gateway's parts, and a server in a thread while `serving`."""

    database: Database
    connector: ListConnector
    catalogue: Catalogue = CATALOGUE
    faults: tuple[str, ...] = ()
    answers: Answers = field(default_factory=Answers)
    """A filter of the gateway's answers; does nothing unless a test sets it."""
    limits: DoorLimits = field(default_factory=DoorLimits)
    proxies: Proxies = field(default_factory=Proxies)
    quotas: Quotas = field(default_factory=Quotas)
    worlds: Worlds | None = None
    taken: list[str] = field(default_factory=list)
    """Digests of the imports since the folder was published."""
    _server: GatewayServer | None = None
    _thread: threading.Thread | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_plain(self) -> bool:
        """Whether its answers are unchanged."""
        return not self.faults and self.answers.change is None and self._server is not None

    def take(self) -> ImportReport:
        source: Any = self.connector
        is_list = isinstance(source, ListConnector)  # a folder of exports is never shared
        told = repr((source.company, sorted(source.pictures)) if is_list else (id(self), len(self.taken)))
        self.taken.append(hashlib.sha256(told.encode()).hexdigest())
        report = import_all(self.database, self.catalogue, self.connector)
        publish(self.database, self.catalogue)
        return report

    def start(self, *faults: str) -> None:
        self.faults = faults
        app = create_app(
            self.database,
            self.catalogue,
            self.connector,
            faults=Faults.parse(faults, self.catalogue),
            quotas=self.quotas,
        )
        listening = listen("127.0.0.1", self.port)
        self.port = listening.getsockname()[1]
        self._server = GatewayServer(self.answers.around(app), limits=self.limits, proxies=self.proxies)
        self._thread = threading.Thread(target=self._server.run, args=([listening],))
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive()

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
            self._server = None

    def restart(self, *faults: str) -> None:
        self.stop()
        self.start(*faults)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a gateway that has published the small company; tests work on copies."""
    folder = tmp_path_factory.mktemp("published") / "gateway"
    with days.begun(before=timedelta(minutes=5)):
        database = create(folder)
        GatewayUnderTest(database, ListConnector()).take()
        accounts.add_user(database, "office", PASSWORD, None)
        accounts.add_user(database, "rep1", PASSWORD, "field")
        accounts.add_user(database, "rep2", PASSWORD, "office")
        database.close()
    return folder


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory, published: Path) -> Iterator[Worlds]:
    """The initial states of tests in this process so far."""
    folder = tmp_path_factory.mktemp("worlds")
    shutil.copytree(published, folder / "import")
    before = digests(published / "gateway.db")
    with opened(folder / "import") as database:
        connector = ListConnector()
        connector.company["items.forms"].popitem()
        GatewayUnderTest(database, connector).take()
        after = digests(database.path)
    made = Worlds(folder, (name for name in after if after[name] != before.get(name)))
    yield made
    made.close()


@pytest.fixture
def gateway(tmp_path: Path, published: Path, worlds: Worlds) -> Iterator[GatewayUnderTest]:
    """A serving gateway of the small company; users `office` (everything), `rep1` (field), `rep2` (office)."""
    with serving(published, tmp_path / "gateway", worlds) as under_test:
        yield under_test


@contextmanager
def serving(published: Path, folder: Path, worlds: Worlds | None = None) -> Iterator[GatewayUnderTest]:
    """A gateway in a copy of a published folder, at the address of the `worlds`, or at one of its own."""
    shutil.copytree(published, folder)
    database = open_gateway(folder)
    under_test = GatewayUnderTest(database, ListConnector(), worlds=worlds, port=worlds.port if worlds else 0)
    under_test.start()
    try:
        yield under_test
    finally:
        under_test.stop()
        database.close()


@dataclass
class Tablet:
    """A device with its own data folder."""

    root: Path
    gateway: GatewayUnderTest
    user: str = "office"
    password: str | None = PASSWORD
    catalogue: Catalogue = CATALOGUE
    policy: RetryPolicy = QUICK
    url: str | None = None
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def key_file(self) -> Path:
        path = self.root.parent / f"{self.root.name}.key"
        make_key_file(path)
        return path

    @property
    def place(self) -> Place:
        return Place(
            root=self.root,
            key_file=self.key_file,
            url=self.url or self.gateway.url,
            user=self.user,
            password=self.password,
            policy=self.policy,
        )

    def sync(
        self,
        *,
        attachments: bool = True,
        fresh: tuple[str, ...] = (),
        full: bool = False,
        hooks: Hooks | None = None,
        stop_when: Callable[[StopSignal], object] | None = None,
    ) -> Outcome:
        """Runs a complete sync; `stop_when` gets the stop signal before it begins."""

        async def run() -> Outcome:
            stop = StopSignal()
            if stop_when is not None:
                stop_when(stop)
            options = SyncOptions(attachments=attachments, fresh=fresh, full=full)
            return await Engine(self.place, options, hooks, self.catalogue).run(stop)

        outcome = asyncio.run(run())
        self.outcomes.append(outcome)
        return outcome

    def begin(self) -> Outcome:
        """Runs a first sync with attachments, or copies its result from an equal one of this process."""
        gateway = self.gateway
        is_new = not (self.root / ACCOUNTS_FILE).exists() and self.url is None
        is_usual = gateway.is_plain and self.catalogue is gateway.catalogue is CATALOGUE
        if gateway.worlds is None or not (is_new and is_usual):
            return self.sync()
        told = (gateway.taken, gateway.url, self.user, self.password)
        with days.begun(before=timedelta(seconds=10)):
            outcome = gateway.worlds.begin(told, gateway.database.folder, self.root, self.key_file, self.sync)
        self.outcomes[:] = [outcome]
        return outcome

    @property
    def account(self) -> AccountFolder:
        account = DataFolder(self.root).last()
        assert account is not None
        return account

    @property
    def key(self) -> bytes:
        return load_key(self.root, self.key_file)

    def work(self) -> WorkStore:
        return WorkStore.open(self.account, self.key)


@pytest.fixture
def tablet(tmp_path: Path, gateway: GatewayUnderTest) -> Tablet:
    """A tablet of a user without a profile, who sees everything."""
    return Tablet(tmp_path / "tablet", gateway)


@pytest.fixture
def make_tablet(tmp_path: Path, gateway: GatewayUnderTest) -> Callable[[str], Tablet]:
    """Tablets of other users."""
    count = iter(range(100))

    def make(user: str) -> Tablet:
        return Tablet(tmp_path / f"tablet-{user}-{next(count)}", gateway, user=user)

    return make


def states(outcome: Outcome) -> dict[str, str]:
    """Returns the state of each object, auxiliary ones included."""
    return {entry.key: entry.state.value for entry in (*outcome.objects, *outcome.auxiliary)}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    """Every test begins at the same moment."""
    with days.begun():
        yield


def pytest_configure(config: pytest.Config) -> None:
    try:
        days.settle(config.getoption("--moment"), config.getoption("--zone"))
    except ValueError as error:
        raise pytest.UsageError(f"--moment, --zone: {error}") from error


def pytest_collection_finish() -> None:
    """Freezes objects that live to the end, so the collector of each window skips them."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--moment", default=days.MOMENT, help="when every test begins, there")
    parser.addoption("--zone", default=days.ZONE, help="where the tests live")
    parser.addoption("--long", action="store_true", help="every value in every place, where a part is usual")
    parser.addoption("--restores", type=int, default=4, help="how many sequences the tests of restored backups play")
    parser.addoption("--kills", type=int, default=25, help="how many processes the kill tests kill")
