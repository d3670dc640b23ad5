"""Random days with restored backups on either side: nothing is lost, duplicated, or mixed up.

The oracle keeps the confirmed records and those of the ERP; the ERP itself is never restored. The long form is
`make restore-tests`.
"""

import random
import shutil
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from salesapp.sync.values import Stage
from tests.conftest import Tablet, serving
from tests.sync.restored_days import Desk
from tests.sync.restored_erp import Erp
from tests.sync.restoring import put_back, sync_cut_at
from tests.sync.work_copies import COPIES
from tests.worlds import Worlds

STAGES = [Stage.SENDING, Stage.NEGOTIATING, Stage.FETCHING, Stage.PUBLISHING]
ROUNDS = 3
"""Final syncs of all tablets: one resends, one sends records that waited for others, one gets the results."""
MOST_ROUNDS = 8
"""Refused records are resent meanwhile, and then those that name them."""
DESK = st.integers(0, 2)
SEED = st.integers(0, 10**6)
HOW = st.sampled_from(sorted(COPIES))


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
            Desk(Tablet(self.root / f"tablet{n}", self.gateway, user=user), self.erp) for n, user in enumerate(users)
        ]
        for desk in (self.desks[0], self.desks[2]):
            assert desk.tablet.begin().outcome == "ok"
        self.backup: Path | None = None
        self.made = 0

    def desk(self, n: int) -> Desk:
        """Returns a desk; it begins at its first use, perhaps in another history."""
        desk = self.desks[n]
        if not desk.tablet.outcomes:
            assert desk.tablet.sync().outcome == "ok"
        return desk

    # Actions of representatives.

    @rule(n=DESK, seed=SEED, kind=st.sampled_from(["", "", "document"]), is_sent=st.booleans())
    def make(self, n: int, seed: int, kind: str, is_sent: bool) -> None:
        self.made += 1
        self.desk(n).make(random.Random(seed), self.made, kind=kind)
        if is_sent:
            self.desk(n).sync()

    @rule(n=DESK, seed=SEED)
    def edit(self, n: int, seed: int) -> None:
        self.desk(n).edit(random.Random(seed))

    @rule(n=DESK, seed=SEED)
    def void(self, n: int, seed: int) -> None:
        self.desk(n).void(random.Random(seed))

    @rule(n=DESK)
    def sync(self, n: int) -> None:
        self.desk(n).sync()

    @rule(n=DESK, stage=st.sampled_from(STAGES))
    def sync_that_is_cut(self, n: int, stage: Stage) -> None:
        self.desk(n).sync(partial(sync_cut_at, stage=stage))

    # Actions of the office, backups and restores.

    @rule(count=st.integers(1, 2))
    def refuse_the_next(self, count: int) -> None:
        self.erp.refusing = count

    @rule(seed=SEED)
    def import_other_rows_in_another_order(self, seed: int) -> None:
        which = random.Random(seed)
        forms = self.erp.company["items.forms"]
        self.made += 1
        code = f"X{self.made}"
        ordered = {name for desk in self.desks for name in desk.items()}
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
        for desk in self.desks:
            desk.gateway_was_put_back()
        if is_imported:
            self.gateway.take()

    @precondition(lambda self: self.backup is not None)
    @rule(n=DESK, stage=st.sampled_from(STAGES), seed=SEED, others=st.integers(0, 3))
    def lose_what_was_sent_and_move_on(self, n: int, stage: Stage, seed: int, others: int) -> None:
        """The gateway loses acknowledged records, and others sync before the tablet does."""
        self.make(n, seed, kind="", is_sent=False)
        self.sync_that_is_cut(n, stage)
        self.restore_gateway(is_imported=seed % 2 == 0)
        for other in range(others):
            self.make((n + 1 + other) % 3, seed + other, kind="document", is_sent=True)

    @precondition(lambda self: self.backup is not None)
    @rule(n=DESK, seed=SEED, is_sent=st.booleans(), is_imported=st.booleans())
    def lose_rows_that_were_ordered(self, n: int, seed: int, is_sent: bool, is_imported: bool) -> None:
        """The gateway loses new rows that orders name, and reads them again in another order, among others."""
        for turn in range(3):
            self.import_other_rows_in_another_order(seed + turn)
        self.desk(n).sync()
        for turn in range(2):
            self.make(n, seed + turn, kind="document", is_sent=is_sent)
        self.restore_gateway(is_imported=False)
        if is_imported:
            self.import_other_rows_in_another_order(seed + 3)

    @rule(n=DESK, how=HOW)
    def back_up_tablet(self, n: int, how: str) -> None:
        self.desk(n).back_up(how)

    @precondition(lambda self: any(desk.saved for desk in self.desks))
    @rule(seed=SEED)
    def restore_tablet(self, seed: int) -> None:
        which = random.Random(seed)
        desk = which.choice([desk for desk in self.desks if desk.saved])
        desk.put_back(which.choice(sorted(desk.saved)))

    @rule(n=DESK, seed=SEED, how=HOW, is_edited=st.booleans(), is_voided=st.booleans())
    def lose_what_was_changed(self, n: int, seed: int, how: str, is_edited: bool, is_voided: bool) -> None:
        """Waiting records of a tablet's backup are changed, withdrawn or sent, and others made, before the restore."""
        desk = self.desk(n)
        self.make(n, seed, kind="", is_sent=False)
        desk.back_up(how)
        if is_edited:
            desk.edit(random.Random(seed))
        if is_voided:
            desk.void(random.Random(seed))
        if seed % 3:
            self.make(n, seed + 1, kind="", is_sent=seed % 3 == 1)
        desk.sync()
        desk.put_back(how)

    # Checks.

    def teardown(self) -> None:
        if not hasattr(self, "desks"):
            return
        self.desks = [desk for desk in self.desks if desk.tablet.outcomes]
        try:
            self.erp.refusing = 0
            self.gateway.take()
            for turn in range(MOST_ROUNDS):
                for desk in self.desks:
                    desk.sync()
                mended = sum(desk.mend() for desk in self.desks)
                if turn >= ROUNDS and not mended:
                    break
            self.check()
        finally:
            self.context.__exit__(None, None, None)
            shutil.rmtree(self.root)

    def check(self) -> None:
        forgotten = {mark for desk in self.desks for mark in desk.forgotten}
        numbers = Counter(got.number for got in self.erp.got.values() if got.number and got.mark not in forgotten)
        assert max(numbers.values(), default=1) == 1, "a number is there twice"
        for desk in self.desks:
            desk.check()


@pytest.mark.timeout(7_200)  # the long form
def test_that_restored_backups_lose_and_duplicate_nothing(
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
