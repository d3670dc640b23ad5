"""The interface between the gateway and its connectors."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from salesapp.domain.canonical import Value
from salesapp.domain.schema import SyncObject


class SourceRow(NamedTuple):
    """One record of the ERP.

    `key` is the ERP's own key within the object: any text that never changes. `values` are in the catalogue's field
    order and in stored form (decimals as scaled integers, dates as text, nested lists as canonical JSON), except
    references, which hold the ERP key of the other record.
    """

    key: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported, reported to the person who has to correct it."""

    file: str
    line: int
    column: str
    reason: str

    @property
    def message(self) -> str:
        """Place and reason; lines to add to a mapping may follow below the first line."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.column, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the ERP dealt with a submission. `received`: the ERP has not decided yet."""

    state: Literal["received", "in_erp", "rejected"]
    erp_number: str = ""
    code: str = ""
    """Why it was rejected: a code of `ERRORS`, or `submission.refused_by_erp` with the parameter `reason`."""
    field: str = ""
    params: dict[str, str] = dataclasses.field(default_factory=dict)
    changes: tuple[tuple[str, SourceRow], ...] = ()
    """Rows (object key, row) that the ERP created or changed, for example the new customer."""


@dataclass(frozen=True, slots=True)
class DeliveredSubmission:
    """A stored submission as the connector sees it."""

    id: str
    kind: str
    user: str
    created_at: str
    payload: dict[str, Any]
    record_key: str = ""
    """The ERP key of the changed `customer`, `appointment` or `vehicle` of the payload; empty for a new record."""
    received_at: str = ""
    """When the gateway received it, UTC."""
    merged_into: str = ""
    """The name of the payload's customer, if the record was made for one who was merged into this one."""


class RowSource(ABC):
    """A read-only ERP. Records of devices wait at the gateway for the back office."""

    @property
    @abstractmethod
    def objects(self) -> frozenset[str]:
        """Keys of the objects that the source has; the gateway leaves rows of other objects unchanged."""

    @abstractmethod
    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        """Yields all current rows of one object. Raises ImportRefused when the source has bad rows."""

    def media(self, sha256: str) -> bytes:
        """Returns the content of an image that a row of `attachments.images` names. Raises KeyError for any other."""
        raise KeyError(sha256)

    @property
    def problems(self) -> tuple[BadRow, ...]:
        """The skipped rows, complete once all objects have been read."""
        return ()

    def close(self) -> None:
        """Releases resources at the end of an import."""
        return


class Connector(RowSource):
    """An ERP that also accepts and judges records."""

    @abstractmethod
    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        """Hands a submission to the ERP. Must be idempotent: after a crash it is called again with the same id."""
