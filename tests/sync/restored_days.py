"""The tablets of the random days of restored backups: their fates, and the final checks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from salesapp.store.outbox import Outbox
from tests.conftest import Tablet
from tests.services.account_stores import stores_of
from tests.sync.representatives import Representative, fields_of, stored_in
from tests.sync.restored_erp import Version, held_by
from tests.sync.work_copies import COPIES


@dataclass
class Saved:
    """A copy of a representative's own work: its content, and how to put it back."""

    put_back: Callable[[], None]
    expected: dict[str, Version]
    in_erp: set[str]


@dataclass
class Desk(Representative):
    """A representative whose tablet is restored from backups."""

    saved: dict[str, Saved] = field(default_factory=dict)
    is_back: bool = False
    """Whether the tablet was restored and has not completed a sync since."""
    dead: set[str] = field(default_factory=set)
    """Marks of voided records reported to the gateway."""
    dead_unless_restored: set[str] = field(default_factory=set)
    """Marks reported to the gateway, which it lost by a restore."""
    forgotten: set[str] = field(default_factory=set)
    """Marks of records lost by both gateway and tablet: only the ERP has them."""

    def sync(self, sync: Callable[[Tablet], Any] = Tablet.sync) -> None:
        """Runs a sync; records lost by both sides before it cannot be recovered."""
        if self.came_back:
            held = held_by(self.tablet.gateway)
            self.forgotten |= {self.erp.got[lost].mark for lost in self.came_back - held}
        outcome = sync(self.tablet).outcome
        self.erp.decide(self.tablet.gateway)
        if outcome in {"ok", "failed"}:
            self.came_back.clear()
            self.is_back = False
            self.dead |= self.voided
            self.voided.clear()

    # Backups and restores of tablet and gateway.

    def back_up(self, how: str) -> None:
        """Saves the own work: as the daily backup, a plain copy, or a copy of the whole folder."""
        in_erp = {id_ for id_, got in self.erp.got.items() if got.mark in self.marks.values()}
        self.saved[how] = Saved(COPIES[how](self.tablet), dict(self.expected), in_erp - self.came_back)

    def put_back(self, how: str) -> None:
        saved = self.saved[how]
        saved.put_back()
        self.is_back = True
        marks = set(self.marks.values())
        self.came_back |= {id_ for id_, got in self.erp.got.items() if got.mark in marks} - saved.in_erp
        for record in list(self.expected):
            if saved.expected.get(record) == self.expected[record]:
                continue
            if there := self.erp.versions(self.marks[record]):
                self.expected[record] = there[-1].version
            else:  # made or edited since, and lost: reverts to the backup, or to a draft
                del self.expected[record]
        for record in self.files_without_owner():
            del self.expected[record]
        self.voided.clear()
        self.dead_unless_restored.clear()

    def gateway_was_put_back(self) -> None:
        if not self.is_back:
            self.dead_unless_restored |= self.dead
        self.dead.clear()

    # Checks.

    def check(self) -> None:
        last = self.tablet.outcomes[-1]
        with stores_of(self.tablet) as stores:
            stored = {entry.id: entry for entry in stored_in(stores)}
            waits = [item for item in Outbox(stores.work).items() if item.state in {"waiting", "rejected"}]
        assert last.outcome == "ok", (last.error, last.sent, last.warnings, waits, self.refusals)
        for record, version in self.expected.items():
            mark = self.marks[record]
            if mark in self.forgotten:
                continue
            got = self.erp.versions(mark)
            assert got, f"{mark} is lost"
            assert got[-1].version == version, mark
            assert len({one.version for one in got}) == len(got), f"{mark} is there twice"
            assert len(got) == 1 or stored[record].kind == "appointment", f"{mark} is there twice"
            assert (stored[record].state, stored[record].submission_state) == ("confirmed", "in_erp"), stored[record]
            assert fields_of(stored[record]) == got[-1].payload, mark
        for mark in (self.dead | self.dead_unless_restored) - self.forgotten:
            assert not self.erp.versions(mark), f"{mark} was voided"

    def items(self) -> set[str]:
        """Returns items that can still be ordered."""
        known = [self.expected, *(saved.expected for saved in self.saved.values())]
        return {name for held in known for version in held.values() for name in version}
