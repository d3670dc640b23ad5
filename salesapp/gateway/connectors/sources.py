"""What every kind of source declares: its options of the command line, its words, and how its connector is made.

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

    `takes`: what stands after it, or the words that may. A field keeps paths resolved and days as YYYY-MM-DD. An option
    that takes nothing sets the field to true; with no field at all it only names its kind.
    """

    flag: str
    field: str
    help: str
    takes: Literal["nothing", "file", "folder", "day"] | tuple[str, ...] = "nothing"

    @property
    def usage(self) -> str:
        """The option as a sentence has it: "--csv FOLDER"."""
        return self.flag if self.takes == "nothing" else f"{self.flag} {str(self.takes).upper()}"


@dataclass(frozen=True)
class Source(ABC):
    """Where rows come from, as the gateway remembers it: the fields of a kind's class are texts and truth values.

    Every field but the one of the first option needs a default.
    """

    kind: ClassVar[str]
    """Of which kind of ERP the rows are; another kind is another company."""
    options: ClassVar[tuple[Option, ...]]
    """The first one names the kind: `gateway init --csv FOLDER`."""

    @property
    @abstractmethod
    def words(self) -> str:
        """The source in a sentence."""

    @abstractmethod
    def connector(self, catalogue: Catalogue, database: Database | None = None) -> RowSource:
        """Makes the connector, which reads nothing yet. `database` is the serving gateway's."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Files and folders that a scheduled import watches."""
        return ()

    @property
    def place(self) -> str:
        """Where the rows lie: another place may be another company."""
        return "".join(map(str, self.files[:1]))

    @property
    def skips_bad_rows(self) -> bool:
        return False

    def is_remade(self, _former: Self) -> bool:
        """Whether all rows change between two imports, so that large changes are usual."""
        return False
