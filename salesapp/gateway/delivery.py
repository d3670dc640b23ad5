"""Delivers stored submissions to the ERP's connector, in sending order, each until the ERP decides it."""

import dataclasses
import logging
import threading
import time
from typing import Any

import msgspec
from sqlalchemy import select, update

from salesapp.domain.catalogue import Catalogue
from salesapp.gateway.connectors.base import Connector, DeliveredSubmission, Delivery, RowSource
from salesapp.gateway.database import Database
from salesapp.gateway.merges import followed
from salesapp.gateway.submissions import record_delivery
from salesapp.gateway.tables import record, submission
from salesapp.protocol.records import PARENT_FIELDS, SENDING_ORDER

log = logging.getLogger(__name__)

RETRY_S = 30.0
_CHANGED = {
    "customer": ("customers.customers", "customer"),
    "appointment": ("appointments.appointments", "appointment"),
    "travel": ("directories.vehicles", "vehicle"),
}
"""For each kind that can change a record: the record's object, and the payload's field that names it."""


class DeliveryWorker:
    """Delivers in a thread. Call `kick` after a submission; `wait_until_idle` lets a sync see its own results.

    Does nothing for a source that takes no records.
    """

    def __init__(self, database: Database, catalogue: Catalogue, source: RowSource) -> None:
        self._database = database
        self._catalogue = catalogue
        self._kicked = threading.Event()
        self._stopping = threading.Event()
        self._idle = threading.Condition()
        self._is_busy = False
        self._thread = None
        if isinstance(source, Connector):
            self._thread = threading.Thread(target=self._run, args=(source,), name="delivery", daemon=True)

    def start(self) -> None:
        if self._thread is None:
            return
        self._kicked.set()
        self._thread.start()

    def stop(self) -> None:
        if self._thread is None:
            return
        self._stopping.set()
        self._kicked.set()
        self._thread.join()

    def kick(self) -> None:
        if self._thread is None:
            return
        with self._idle:  # not between the worker's check for more and its report that it is idle
            self._is_busy = True
            self._kicked.set()

    def wait_until_idle(self, seconds: float) -> None:
        """Waits until everything stored so far has been handed over once, for at most so many seconds."""
        with self._idle:
            self._idle.wait_for(lambda: not self._is_busy, timeout=seconds)

    def _run(self, connector: Connector) -> None:
        while True:
            self._kicked.wait(timeout=RETRY_S)
            if self._stopping.is_set():
                return
            self._kicked.clear()
            try:
                deliver_pending(self._database, self._catalogue, connector, self._stopping)
            except Exception:  # the service goes on; the next round tries again
                log.exception("delivery to the ERP failed")
            with self._idle:
                if not self._kicked.is_set():
                    self._is_busy = False
                    self._idle.notify_all()


def deliver_pending(
    database: Database, catalogue: Catalogue, connector: Connector, stopping: threading.Event | None = None
) -> int:
    """Hands over every undecided submission; returns how many the ERP decided."""
    with database.read() as connection:
        rows = connection.execute(
            select(submission).where(submission.c.state == "received").order_by(submission.c.seq)
        ).all()
    decided = 0
    for row in sorted(rows, key=lambda row: SENDING_ORDER.index(row.kind)):
        if stopping is not None and stopping.is_set():
            break
        began = time.monotonic()
        try:
            delivery = _hand_over(database, connector, row)
        except Exception:  # one record must not hold up the others
            log.exception("the ERP's connector failed with submission %s", row.id)
            _count_try(database, row.seq)
            continue
        if delivery.state != "received":
            record_delivery(database, catalogue, row, delivery)
            decided += 1
            log.info("submission %s: %s after %.1f s", row.id, delivery.state, time.monotonic() - began)
    return decided


def _hand_over(database: Database, connector: Connector, row: Any) -> Delivery:
    """Hands over a submission and returns the ERP's answer. A submission waits for the one that it names."""
    payload = msgspec.json.decode(row.payload)
    for field in PARENT_FIELDS:
        state = _state_of(database, row.user_name, payload.get(field) or "")
        if state == "received":
            return Delivery("received")
        if state == "rejected":
            return Delivery("rejected", code="submission.unknown_record", field=field, params={"field": field})
    merged_into = ""
    if row.kind != "customer":
        with database.read() as connection:
            payload, merged_into = followed(connection, payload)
    delivery = connector.deliver(
        DeliveredSubmission(
            id=row.id,
            kind=row.kind,
            user=row.user_name,
            created_at=row.created_at,
            payload=payload,
            record_key=_record_key(database, row.kind, payload),
            received_at=row.received_at,
            merged_into=merged_into,
        )
    )
    told = {"merged_into": merged_into} if merged_into and delivery.state == "in_erp" else {}
    return dataclasses.replace(delivery, params=delivery.params | told)


def _state_of(database: Database, user: str, id_: str) -> str | None:
    with database.read() as connection:
        state: str | None = connection.execute(
            select(submission.c.state).where(submission.c.user_name == user, submission.c.id == id_)
        ).scalar()
    return state


def _record_key(database: Database, kind: str, payload: dict[str, Any]) -> str:
    """Returns the ERP's key of the record that a submission changes; empty for a new record."""
    key, field = _CHANGED.get(kind, ("", ""))
    if payload.get(field) is None:
        return ""
    with database.read() as connection:
        found: str | None = connection.execute(
            select(record.c.erp_key).where(record.c.object == key, record.c.id == payload[field])
        ).scalar()
    return found or ""


def _count_try(database: Database, seq: int) -> None:
    with database.write() as connection:
        connection.execute(update(submission).where(submission.c.seq == seq).values(tries=submission.c.tries + 1))
