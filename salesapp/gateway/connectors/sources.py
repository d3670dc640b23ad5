"""The interface of a kind of source: its command-line options, its description, and its connector.

`kinds.py` lists the kinds.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Self

from salesapp.domain.catalogue import Catalogue
from salesapp.gateway.connectors.base import RowSource
from salesapp.gateway.database import Database


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the command line that fills a field of a source.

    `takes` is the kind of its value, or the allowed words. Fields hold resolved paths, and days as YYYY-MM-DD. An
    option that takes nothing sets its field to true; without a field it only selects the kind.
    """

    flag: str
    field: str
    help: str
    takes: Literal["nothing", "file", "folder", "day"] | tuple[str, ...] = "nothing"

    @property
    def usage(self) -> str:
        """The option with its value, for messages: "--csv FOLDER"."""
        return self.flag if self.takes == "nothing" else f"{self.flag} {str(self.takes).upper()}"


@dataclass(frozen=True)
class Source(ABC):
    """Where rows come from, as the gateway stores it. Fields are texts and booleans.

    Every field except that of the first option needs a default.
    """

    kind: ClassVar[str]
    """The kind of ERP; a source of another kind is another company."""
    options: ClassVar[tuple[Option, ...]]
    """The first option selects the kind: `gateway init --csv FOLDER`."""

    @property
    @abstractmethod
    def description(self) -> str:
        """A phrase for messages, such as "the folder /exports"."""

    @abstractmethod
    def connector(self, catalogue: Catalogue, database: Database | None = None) -> RowSource:
        """Returns the connector, which reads nothing yet. `database` is that of the serving gateway."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files and folders that scheduled imports watch."""
        return ()

    @property
    def place(self) -> str:
        """The location of the rows; another place may be another company."""
        return "".join(map(str, self.files[:1]))

    @property
    def skips_bad_rows(self) -> bool:
        return False

    def is_remade(self, _former: Self) -> bool:
        """Whether all rows are regenerated, which makes large changes normal."""
        return False
