"""What all objects of the demo company have in common: its size, its start date, its representatives, its chances."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from salesapp.gateway.connectors.demo.assortment import Assortment, load_ranges

SIZES = {"small": (2_000, 600), "large": (200_000, 100_000)}
"""Items and customers of each scale."""

REPRESENTATIVES = ("rep1", "rep2", "rep3", "rep4", "rep5", "rep6")
VAN_REPRESENTATIVES = frozenset({"rep5", "rep6"})
"""They sell from the van: other price lists and warehouses."""

SUPERVISOR = "office"
_ZONE = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True)
class Company:
    """One company of the demo: the same size and start date give the same rows, byte for byte."""

    items: int
    customers: int
    start: date

    @cached_property
    def assortment(self) -> Assortment:
        return Assortment(load_ranges())

    def chance(self, *subject: object) -> Random:
        """The dice of one subject, independent of all others."""
        # not for secrets: the same rows every time are the point
        return Random(" ".join(str(part) for part in subject))  # noqa: S311

    def day(self, offset: int) -> date:
        """A date so many days after the start (before it when negative)."""
        return self.start + timedelta(days=offset)

    def moment(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """A local time in Poland on that day."""
        return datetime.combine(self.day(offset), time(hour, minute), _ZONE)
