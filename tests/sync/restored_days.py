"""The tablets of the random days of restored backups: what becomes of them, and what must hold at the end."""

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
    """A copy of a representative's own work: how it is put back, and what it holds."""

    put_back: Callable[[], None]
    expected: dict[str, Version]
    in_erp: set[str]


@dataclass
class Desk(Representative):
    """A representative whose tablet comes back from backups."""

    saved: dict[str, Saved] = field(default_factory=dict)
    is_back: bool = False
    """The tablet came back from a backup, and no sync has gone through since."""
    dead: set[str] = field(default_factory=set)
    """Marks of what was voided, as the gateway was told."""
    dead_unless_restored: set[str] = field(default_factory=set)
    """The gateway was told, and has forgotten it."""
    forgotten: set[str] = field(default_factory=set)
    """Marks of what gateway and tablet have lost both: nobody but the ERP knows of them."""

    def sync(self, sync: Callable[[Tablet], Any] = Tablet.sync) -> None:
        """A sync; what both sides have lost by then is nobody's to find."""
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

    # What becomes of the tablet, and of the gateway.

    def back_up(self, how: str) -> None:
        """Keeps the own work as it is now: as the daily backup, a plain copy, or a copy of the whole folder."""
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
            else:  # made or edited since, and lost: as in the backup, or a draft again
                del self.expected[record]
        for record in self.files_without_owner():
            del self.expected[record]
        self.voided.clear()
        self.dead_unless_restored.clear()

    def gateway_was_put_back(self) -> None:
        if not self.is_back:
            self.dead_unless_restored |= self.dead
        self.dead.clear()

    # What must hold.

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
        """Goods that somebody may still order."""
        known = [self.expected, *(saved.expected for saved in self.saved.values())]
        return {name for held in known for version in held.values() for name in version}
