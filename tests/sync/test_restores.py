"""Random days with backups that come back, on either side: nothing lost, nothing doubled, nothing for another.

The oracle keeps what representatives confirmed and what the ERP got; the ERP itself is never restored. The long form is
`make restore-tests`.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from salesapp.gateway.tables import record as row
from salesapp.protocol.records import Document
from salesapp.services import documents
from salesapp.store import records
from salesapp.sync.values import Stage
from tests.company import ListConnector
from tests.conftest import GatewayUnderTest, Tablet, serving
from tests.sync.restoring import new_customer, put_back, sync_cut_at, with_work
from tests.sync.test_devices import column
from tests.sync.test_returned_work import make_backup, restore_backup
from tests.sync.test_sending import NUMERATOR, keys, order
from tests.worlds import Worlds

STAGES = [Stage.SENDING, Stage.NEGOTIATING, Stage.FETCHING, Stage.PUBLISHING]
ROUNDS = 3
"""Syncs of all tablets at the end: one offers again, one waits for what others offered, one learns what came of it."""


@dataclass(frozen=True)
class Version:
    """What an order must be in the ERP: goods and customer by the ERP's keys, and a quantity that is its amount too."""

    item: str
    customer: str
    quantity: str


class Erp(ListConnector):
    """Knows records by their ids, as an ERP that is delivered to twice must."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway: GatewayUnderTest | None = None
        self.got: dict[str, tuple[str, str, Version]] = {}
        """Submission: the order's mark, its number, and what it is."""
        self.answers: dict[str, Delivery] = {}

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        if submission.id not in self.answers:
            if submission.kind == "document":
                self.got[submission.id] = self._read(submission.payload)
            self.answers[submission.id] = super().deliver(submission)
        return self.answers[submission.id]

    def _read(self, payload: dict[str, Any]) -> tuple[str, str, Version]:
        (line,) = payload["lines"]
        customer = payload.get("new_customer") or self._key("customers.customers", payload["customer"])
        version = Version(self._key("items.forms", line["item"]), customer, line["quantity"])
        return payload["description"], payload["number"], version

    def _key(self, key: str, id_: int) -> str:
        assert self.gateway is not None
        with self.gateway.database.read() as connection:
            found: str = connection.execute(
                select(row.c.erp_key).where(row.c.object == key, row.c.id == id_)
            ).scalar_one()
        return found


@dataclass
class WindowDriver:
    """A representative's tablet, and what was confirmed on it."""

    tablet: Tablet
    expected: dict[str, Version] = field(default_factory=dict)
    """Record: its last confirmed version; nothing for what was voided."""
    marks: dict[str, str] = field(default_factory=dict)
    saved: dict[str, Version] | None = None
    """What the backup holds."""


class Restores(RuleBasedStateMachine):
    """A gateway, two tablets of one user and one of another."""

    folder: Path
    published: Path
    worlds: Worlds
    count = 0

    @initialize()
    def begin(self) -> None:
        Restores.count += 1
        self.root = self.folder / str(Restores.count)
        self.root.mkdir()
        self.erp = Erp()
        self.context = serving(self.published, self.root / "gateway", self.worlds)
        self.gateway = self.context.__enter__()
        self.gateway.stop()
        self.gateway.connector, self.erp.gateway = self.erp, self.gateway
        self.gateway.start()
        users = ("office", "office", "rep1")
        self.desks = [
            WindowDriver(Tablet(self.root / f"tablet{n}", self.gateway, user=user)) for n, user in enumerate(users)
        ]
        for driver in self.desks:
            assert driver.tablet.begin().outcome == "ok"
        self.backup: Path | None = None
        self.made = 0

    # What representatives do.

    @rule(n=st.integers(0, 2), seed=st.integers(0, 10**6), is_new=st.booleans())
    def take_order(self, n: int, seed: int, is_new: bool) -> None:
        self.order(n, random.Random(seed), is_new=is_new)

    def order(self, n: int, which: random.Random, *, is_new: bool) -> None:
        driver = self.desks[n]
        self.made += 1
        item = which.choice(sorted(keys(driver.tablet, "items_forms")))
        if is_new:
            submission = new_customer(driver.tablet, f"Customer {self.made}")
            document = order(driver.tablet, new_customer=submission)
            customer = submission
        else:
            ids = column(driver.tablet, "SELECT id FROM customers_customers ORDER BY name")
            names = [str(name) for name in column(driver.tablet, "SELECT name FROM customers_customers ORDER BY name")]
            place = which.randrange(len(ids))
            document = msgspec.structs.replace(order(driver.tablet), customer=int(str(ids[place])))
            customer = names[place]
        line = msgspec.structs.replace(document.lines[0], item=keys(driver.tablet, "items_forms")[item], quantity="1")
        mark = f"order {self.made}"
        document = msgspec.structs.replace(document, lines=[line], description=mark)
        record = self._confirm(driver, document, submission if is_new else None)
        driver.marks[record] = mark
        driver.expected[record] = Version(item, customer, "1")

    @rule(n=st.integers(0, 2), seed=st.integers(0, 10**6))
    def order_and_sync(self, n: int, seed: int) -> None:
        which = random.Random(seed)
        self.order(n, which, is_new=which.random() < 0.3)
        self.desks[n].tablet.sync()

    @rule(n=st.integers(0, 2), seed=st.integers(0, 10**6))
    def edit(self, n: int, seed: int) -> None:
        which = random.Random(seed)
        driver = self.desks[n]
        if (record := self._some(driver, which)) is None:
            return
        try:
            document: Document = with_work(driver.tablet, documents.reopen, record)
        except documents.TooLateError:
            return
        quantity = str(int(document.lines[0].quantity) + 1)
        line = msgspec.structs.replace(document.lines[0], quantity=quantity)
        document = msgspec.structs.replace(document, lines=[line])
        self._confirm(driver, document, document.new_customer or None, record)
        driver.expected[record] = replace(driver.expected[record], quantity=quantity)

    @rule(n=st.integers(0, 2), seed=st.integers(0, 10**6))
    def void(self, n: int, seed: int) -> None:
        which = random.Random(seed)
        driver = self.desks[n]
        if (record := self._some(driver, which)) is None:
            return
        try:
            with_work(driver.tablet, documents.void, record)
        except documents.TooLateError:
            return
        del driver.expected[record]

    @rule(n=st.integers(0, 2))
    def sync(self, n: int) -> None:
        self.desks[n].tablet.sync()

    @rule(n=st.integers(0, 2), stage=st.sampled_from(STAGES))
    def sync_that_is_cut(self, n: int, stage: Stage) -> None:
        sync_cut_at(self.desks[n].tablet, stage)

    # What the office and the disks do.

    @rule(seed=st.integers(0, 10**6))
    def import_other_rows_in_another_order(self, seed: int) -> None:
        which = random.Random(seed)
        forms = self.erp.company["items.forms"]
        self.made += 1
        code = f"X{self.made}"
        known = [held for driver in self.desks for held in (driver.expected, driver.saved or {})]
        ordered = {version.item for held in known for version in held.values()}
        gone = [key for key in forms if key.startswith("X") and key not in ordered and which.random() < 0.3]
        added = {code: forms["I1"] | {"code": code}}
        rows = [(key, values) for key, values in (forms | added).items() if key not in gone]
        which.shuffle(rows)
        self.erp.company["items.forms"] = dict(rows)
        self.gateway.take()

    @rule()
    def back_up_gateway(self) -> None:
        self.gateway.stop()
        self.gateway.database.close()
        if self.backup is not None:
            shutil.rmtree(self.backup)
        self.backup = self.root / "backup"
        shutil.copytree(self.gateway.database.folder, self.backup)
        self.gateway.start()

    @precondition(lambda self: self.backup is not None)
    @rule(is_imported=st.booleans())
    def restore_gateway(self, is_imported: bool) -> None:
        assert self.backup is not None
        put_back(self.gateway, self.backup)
        if is_imported:
            self.gateway.take()

    @precondition(lambda self: self.backup is not None)
    @rule(n=st.integers(0, 2), stage=st.sampled_from(STAGES), seed=st.integers(0, 10**6), others=st.integers(0, 3))
    def lose_what_was_sent_and_move_on(self, n: int, stage: Stage, seed: int, others: int) -> None:
        """The gateway forgets what it acknowledged, and is moved on by others before the tablet is heard again."""
        self.take_order(n, seed, is_new=seed % 3 == 0)
        sync_cut_at(self.desks[n].tablet, stage)
        self.restore_gateway(is_imported=seed % 2 == 0)
        for other in range(others):
            self.order_and_sync((n + 1 + other) % 3, seed + other)

    @rule(n=st.integers(0, 2))
    def back_up_tablet(self, n: int) -> None:
        make_backup(self.desks[n].tablet)
        self.desks[n].saved = dict(self.desks[n].expected)

    @precondition(lambda self: any(driver.saved is not None for driver in self.desks))
    @rule(seed=st.integers(0, 10**6))
    def restore_tablet(self, seed: int) -> None:
        which = random.Random(seed)
        driver = which.choice([driver for driver in self.desks if driver.saved is not None])
        sent = {mark for mark, _number, _version in self.erp.got.values()}
        restore_backup(driver.tablet)
        lost = {record for record in driver.expected if driver.marks[record] not in sent}
        for record in lost:  # made or edited since, and not received: as in the backup, or a draft again
            driver.expected.pop(record)

    # What must hold.

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        try:
            self.gateway.take()
            for _ in range(ROUNDS):
                for driver in self.desks:
                    driver.tablet.sync()
            self.check()
        finally:
            self.context.__exit__(None, None, None)
            shutil.rmtree(self.root)

    def check(self) -> None:
        got = list(self.erp.got.values())
        assert max(Counter(mark for mark, _, _ in got).values(), default=1) == 1, "an order is there twice"
        assert max(Counter(number for _, number, _ in got).values(), default=1) == 1, "a number is there twice"
        versions = {mark: version for mark, _, version in got}
        for driver in self.desks:
            assert {outcome.outcome for outcome in driver.tablet.outcomes[-1:]} == {"ok"}
            names = dict(
                zip(
                    column(driver.tablet, "SELECT name FROM customers_customers ORDER BY id"),
                    column(driver.tablet, "SELECT id FROM customers_customers ORDER BY id"),
                    strict=True,
                )
            )
            for record, version in driver.expected.items():
                is_there = versions.get(driver.marks[record])
                assert is_there is not None, f"{driver.marks[record]} is lost"
                assert (is_there.item, is_there.quantity) == (version.item, version.quantity)
                name = names.get(version.customer)
                key = self.erp._key("customers.customers", int(str(name))) if name is not None else version.customer
                assert is_there.customer == key
            found = with_work(driver.tablet, self._stored)
            for stored in found:
                if stored.state == "confirmed":
                    assert stored.submission_state == "in_erp", stored
                    assert versions[stored.payload.description].quantity == stored.payload.lines[0].quantity

    @staticmethod
    def _stored(work: Any) -> list[records.StoredRecord[Document]]:
        with work.read() as connection:
            return records.find_all(connection, Document)

    def _some(self, driver: WindowDriver, which: random.Random) -> str | None:
        stored = {entry.id for entry in with_work(driver.tablet, self._stored) if entry.state == "confirmed"}
        known = sorted(stored & set(driver.expected))
        return which.choice(known) if known else None

    def _confirm(self, driver: WindowDriver, document: Document, parent: str | None, record: str | None = None) -> str:
        def do(work: Any) -> str:
            return documents.confirm(work, document, NUMERATOR, checkpoint="1-a", record_id=record, depends_on=parent)

        return str(with_work(driver.tablet, do))


@pytest.mark.timeout(7_200)  # the long form
def test_that_backups_that_come_back_lose_double_and_mistake_nothing(
    tmp_path: Path, published: Path, worlds: Worlds, request: pytest.FixtureRequest
) -> None:
    Restores.folder, Restores.published, Restores.worlds, Restores.count = tmp_path, published, worlds, 0
    sequences: int = request.config.getoption("--restores")
    run_state_machine_as_test(
        Restores,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=14,
            deadline=None,
            database=None,
            derandomize=sequences < 10,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
