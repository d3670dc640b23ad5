"""The ERP of the random days of restored backups: it is never restored, and keeps all deliveries."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import select

from salesapp.domain.schema import SyncObject
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery, SourceRow
from salesapp.gateway.tables import record as row
from salesapp.gateway.tables import submission
from salesapp.gateway.uploads import Uploads
from tests.company import ListConnector, source_row
from tests.conftest import GatewayUnderTest

MOST_S = 20.0
Version = tuple[str, ...]
"""The expected content of a record in the ERP: owner, goods, amounts; rows are named by ERP keys."""


@dataclass(frozen=True)
class Got:
    """A record that the ERP accepted."""

    mark: str
    version: Version
    number: str
    payload: dict[str, Any]


class Erp(ListConnector):
    """Recognises submissions by id, as an ERP with repeated deliveries must."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway: GatewayUnderTest | None = None
        self.got: dict[str, Got] = {}
        self.answers: dict[str, Delivery] = {}
        self.count = count(2)
        """Version numbers, which never repeat, even if a tablet counts from an older one."""
        self.refusing = 0
        """The number of further records to refuse."""

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        """Returns a snapshot: deliveries meanwhile add rows."""
        for key, values in list(self.company[entry.key].items()):
            yield source_row(entry, key, values)

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        if submission.id not in self.answers:
            self.answers[submission.id] = self._decide(submission)
        return self.answers[submission.id]

    def decide(self, gateway: GatewayUnderTest) -> None:
        """Waits until every arrived submission is decided: a busy machine may take longer than a sync waits."""
        until = time.monotonic() + MOST_S
        while _undecided(gateway) and time.monotonic() < until:
            time.sleep(0.01)

    def versions(self, mark: str) -> list[Got]:
        """Returns all accepted versions of a record, in order of arrival."""
        return [got for got in self.got.values() if got.mark == mark]

    def name_of(self, key: str, id_: int) -> str:
        """Returns the ERP key of a row; for a customer made on a tablet, its mark."""
        assert self.gateway is not None
        with self.gateway.database.read() as connection:
            found: str = connection.execute(
                select(row.c.erp_key).where(row.c.object == key, row.c.id == id_)
            ).scalar_one()
        return self.got[found].mark if found in self.got else found

    def _decide(self, submission: DeliveredSubmission) -> Delivery:
        if self.refusing:
            self.refusing -= 1
            return Delivery("rejected", code="submission.refused_by_erp", params={"reason": "a test"})
        payload = submission.payload
        mark, version = self._read(submission)
        self.got[submission.id] = Got(mark, version, payload.get("number", ""), payload)
        delivery = super().deliver(submission)
        if submission.kind == "customer" and not submission.record_key:  # the next import has it too
            self.company["customers.customers"][submission.id] = {
                "code": delivery.erp_number,
                "name": mark,
                "status": "prospect",
                "kind": "company",
                "representative": submission.user,
            }
        return delivery

    def _read(self, submission: DeliveredSubmission) -> tuple[str, Version]:
        payload = submission.payload
        if submission.kind == "document":
            (line,) = payload["lines"]
            item = self.name_of("items.forms", line["item"])
            return payload["description"], (self._customer(payload), item, line["quantity"], payload["gross"])
        if submission.kind == "customer":
            return _parts(payload["notes"], submission.record_key)
        if submission.kind == "appointment":
            return _parts(payload["description"], self._customer(payload), submission.record_key, payload["state"])
        if submission.kind == "travel":
            vehicle = self.name_of("directories.vehicles", payload["vehicle"])
            return _parts(payload["purpose"], vehicle, str(payload["ended_km"] - payload["started_km"]))
        return payload["description"], (self._owner(payload), self._content(submission.user, payload["sha256"]))

    def _customer(self, payload: dict[str, Any]) -> str:
        if new := payload.get("new_customer"):
            return self.got[new].mark
        return self.name_of("customers.customers", payload["customer"]) if payload.get("customer") else ""

    def _owner(self, payload: dict[str, Any]) -> str:
        if owner := payload.get("owner_submission"):
            return self.got[owner].mark
        return self.name_of("customers.customers", payload["owner"])

    def _content(self, user: str, sha256: str) -> str:
        """Returns the file as the gateway has it."""
        assert self.gateway is not None
        return Uploads.of(self.gateway.database.folder, user).path(sha256).read_bytes()[-20:].decode().strip("\0")


def _parts(text: str, *others: str) -> tuple[str, Version]:
    """Splits a text "mark #version"."""
    mark, _, number = text.partition(" #")
    return mark, (*others, number)


def _undecided(gateway: GatewayUnderTest) -> bool:
    with gateway.database.read() as connection:
        return connection.execute(select(submission.c.id).where(submission.c.state == "received")).first() is not None


def held_by(gateway: GatewayUnderTest) -> set[str]:
    """Returns the submissions of a gateway."""
    with gateway.database.read() as connection:
        return set(connection.execute(select(submission.c.id)).scalars())
