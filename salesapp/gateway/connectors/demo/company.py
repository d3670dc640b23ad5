"""Parameters shared by all objects of the demo company: size, start date, representatives, random numbers."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from salesapp.gateway.connectors.demo.assortment import Assortment, load_ranges

SIZES = {"small": (2_000, 600), "large": (200_000, 100_000)}
"""Numbers of items and customers for each scale."""

REPRESENTATIVES = ("rep1", "rep2", "rep3", "rep4", "rep5", "rep6")
VAN_REPRESENTATIVES = frozenset({"rep5", "rep6"})
"""Representatives who sell from the van, with their own price lists and warehouses."""

SUPERVISOR = "office"
_ZONE = ZoneInfo("Europe/Warsaw")


@dataclass(frozen=True)
class Company:
    """A demo company. The same size and start date give the same rows, byte for byte."""

    items: int
    customers: int
    start: date

    @cached_property
    def assortment(self) -> Assortment:
        return Assortment(load_ranges())

    def chance(self, *subject: object) -> Random:
        """Returns the random numbers of a subject, independent of all other subjects."""
        # deterministic on purpose, not for secrets
        return Random(" ".join(str(part) for part in subject))  # noqa: S311

    def day(self, offset: int) -> date:
        """Returns the date `days` after the start (before it if negative)."""
        return self.start + timedelta(days=offset)

    def moment(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Returns a local time in Poland on a day."""
        return datetime.combine(self.day(offset), time(hour, minute), _ZONE)
