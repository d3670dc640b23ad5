"""The kind "demo": the demo company."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from salesapp.domain.catalogue import Catalogue
from salesapp.gateway.connectors.base import Connector
from salesapp.gateway.connectors.demo.company import SIZES
from salesapp.gateway.connectors.demo.connector import DemoCompany
from salesapp.gateway.connectors.demo.office import DemoOffice
from salesapp.gateway.connectors.sources import Option, Source
from salesapp.gateway.database import Database


@dataclass(frozen=True)
class DemoSource(Source):
    """`start` is the day around which the company's dates lie; empty for today."""

    scale: str = "small"
    start: str = ""

    kind: ClassVar = "demo"
    options: ClassVar = (
        Option("--demo", "", "A demo company: a food and drink wholesaler."),
        Option("--scale", "scale", "Of the demo company: small by default.", tuple(SIZES)),
        Option("--start-date", "start", "The demo company's today.", "day"),
    )

    @property
    def description(self) -> str:
        return f"the demo company ({self.scale})"

    def connector(self, catalogue: Catalogue, database: Database | None = None) -> Connector:
        """With a gateway's database, the company decides by the rules switched on there."""
        office = DemoOffice(database) if database is not None else None
        return DemoCompany(self.scale, date.fromisoformat(self.start) if self.start else None, office)

    def is_remade(self, former: Source) -> bool:
        """On another day all rows change: the company is generated around that day."""
        return isinstance(former, DemoSource) and former.scale == self.scale
