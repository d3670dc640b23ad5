"""What every connector gives the gateway, and what it takes."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from salesapp.domain.canonical import Value
from salesapp.domain.schema import SyncObject


class SourceRow(NamedTuple):
    """One record of the ERP.

    `key` is the ERP's own key within the object (any text, stable for ever). `values` stand in the catalogue's field
    order, as they are stored (decimals as scaled integers, dates as text, nested lists as canonical JSON), but for
    references, which are the ERP key of the other record.
    """

    key: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken, for the person who has to mend it."""

    file: str
    line: int
    column: str
    reason: str

    @property
    def told(self) -> str:
        """For people; a reason can have lines to add to a mapping below its first one."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.column, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the ERP made of a submission. `received`: the ERP has not decided yet."""

    state: Literal["received", "in_erp", "rejected"]
    erp_number: str = ""
    code: str = ""
    """Why it was rejected: one of `ERRORS`, for a reason that has no code `submission.refused_by_erp` with `reason`."""
    field: str = ""
    params: dict[str, str] = dataclasses.field(default_factory=dict)
    changes: tuple[tuple[str, SourceRow], ...] = ()
    """Rows (object key, row) that the ERP made or changed with it, for example the new customer."""


@dataclass(frozen=True, slots=True)
class DeliveredSubmission:
    """A stored submission as the connector sees it."""

    id: str
    kind: str
    user: str
    created_at: str
    payload: dict[str, Any]
    record_key: str = ""
    """The ERP key of the record that it changes (`customer`, `appointment` or `vehicle` of the payload); empty: a new
    record."""
    received_at: str = ""
    """When the gateway received it, UTC."""


class RowSource(ABC):
    """Where rows come from. It takes no records: they wait at the gateway for the back office."""

    @property
    @abstractmethod
    def objects(self) -> frozenset[str]:
        """Keys of the objects that it has rows of; rows of others stay as they are in the gateway."""

    @abstractmethod
    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        """All current rows of one object. Raises ImportRefused when the source is not right."""

    def media(self, sha256: str) -> bytes:
        """The content of an image file that a row of `attachments.images` names. Raises KeyError for any other."""
        raise KeyError(sha256)

    @property
    def problems(self) -> tuple[BadRow, ...]:
        """Rows that were skipped, once all have been read."""
        return ()

    def close(self) -> None:
        """Frees what it holds, at the end of an import."""
        return


class Connector(RowSource):
    """One ERP system: it also takes records and decides on them."""

    @abstractmethod
    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        """Hands a submission to the ERP. May be called again with the same id after a crash: same effect, once."""
