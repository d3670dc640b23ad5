"""What the clocks of this device and of the gateway showed when they were last compared, kept in work.db."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from salesapp.store.work import WorkStore

TOLERATED = timedelta(hours=1)
"""The difference up to which nobody is told."""
_FLAG = "clocks"


@dataclass(frozen=True, slots=True)
class Clocks:
    """The time of this device and of the gateway at one moment, both UTC."""

    here: datetime
    there: datetime

    @property
    def differ(self) -> bool:
        return abs(self.here - self.there) > TOLERATED

    def at(self, now: datetime) -> "Clocks | None":
        """Returns what they show when this device shows `now`, if they differ too much; None if they do not.

        The gateway's clock has gone on, at least since then: a device that shows less is behind. One that was ahead is
        taken as corrected if it shows less than it did.
        """
        if now < self.there - TOLERATED:
            return Clocks(now, self.there)
        is_ahead = self.here - self.there > TOLERATED and now >= self.here
        return Clocks(now, now - (self.here - self.there)) if is_ahead else None


def note_clocks(work: WorkStore, clocks: Clocks) -> None:
    """Keeps the newest comparison."""
    work.set_flag(_FLAG, msgspec.json.encode(clocks).decode())


def known_clocks(work: WorkStore) -> Clocks | None:
    """Returns the newest comparison; None before the first one."""
    found = work.flag(_FLAG)
    return msgspec.json.decode(found, type=Clocks) if found else None
