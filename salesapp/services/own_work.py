"""The records of this device with their outcomes, and the ERP's documents beside own ones."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, select

from salesapp.disk import write_beside
from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.texts import folded
from salesapp.protocol.messages import Receipt
from salesapp.protocol.records import Payload
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.customers import made_here
from salesapp.store.records import Outline, StoredRecord, Unreadable
from salesapp.store.returned import Returned
from salesapp.store.tables import ACCEPTED, GONE
from salesapp.store.tables import outbox as outbox_table

MOST_DOCUMENTS = 5_000
STATES = ("rejected", "draft", "held_back", "on_device", "sending", "received", "in_erp", "voided", "kept")
"""The states of a record. `kept`: a file that stays on this device."""


class Sent(NamedTuple):
    """The outbox row of a submission without its body, since all bodies together grow to many megabytes."""

    id: str
    record: str
    state: str
    attempts: int
    depends_on: str | None
    error_code: str | None
    error_params: str | None
    receipt: str | None
    sent_at: str | None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One record, or a document of the ERP (`key` set, `record` empty). Times are UTC, dates local."""

    record: str
    kind: str
    state: str
    number: str
    title: str
    at: str
    type: str = ""
    count: int = 0
    amount: Decimal | None = None
    currency: str = ""
    erp_number: str = ""
    code: str = ""
    field: str = ""
    params: tuple[tuple[str, str], ...] = ()
    submission: str = ""
    key: int | None = None
    states: tuple[str, ...] = ()
    """The general, delivery and invoice states in the ERP."""
    reported_at: str = ""
    """When the gateway or the ERP last reported its state."""
    is_owner_rejected: bool = False
    """Whether it is held back because the record it depends on was rejected."""
    merged_into: str = ""
    """The name of the customer for whom it was delivered, if its own one was merged."""
    owner: tuple[str, int | None, str] = ("", None, "")
    """For a file: kind, key and submission of the record that it belongs to."""

    @property
    def can_change(self) -> bool:
        """Whether it can still be edited or withdrawn here."""
        return bool(self.record) and self.state in {"draft", "on_device", "held_back", "rejected"}


def read_work(stores: AccountStores) -> list[WorkItem]:
    """Returns all records of this device: rejected ones first, then newest first."""
    return sorted(_own(stores), key=lambda item: item.state != "rejected")


def read_returned(stores: AccountStores) -> int:
    """Returns how many records were recently recovered that a restored backup lacked."""
    return Returned(stores.work).count()


def read_documents(stores: AccountStores) -> list[WorkItem]:
    """Returns own orders and quotes, and the ERP's other ones, newest first."""
    own = [item for item in _own(stores) if item.kind == "document"]
    mine = {item.submission for item in own if item.submission}
    rows = stores.catalog.all(ErpDocument, order="issued_on DESC, id DESC", limit=MOST_DOCUMENTS)
    states = {row.submission: _states(row) for row in rows if row.submission in mine}
    names = _customer_names(stores, {row.customer for row in rows})
    theirs = [_of_erp(row, names) for row in rows if row.submission not in mine]
    own = [replace(item, states=states.get(item.submission, ())) for item in own]
    return sorted([*own, *theirs], key=lambda item: item.at, reverse=True)


def read_of_customer(stores: AccountStores, customer: int | None, submission: str = "") -> list[WorkItem]:
    """Returns the own records of a customer (a new one by its submission) and its documents in the ERP.

    Newest first; includes files, visits and changes of the customer.
    """
    made_by = made_here(stores.catalog, stores.work, customer) | ({submission} - {""})
    with stores.work.read() as connection:
        stored = [entry for entry in records.find_outlines(connection) if _is_of(entry.payload, customer, made_by)]
        sent = sent_by(connection)
    names = _customer_names(stores, [customer])
    own = [_item(entry, sent, names) for entry in stored]
    mine = {item.submission for item in own if item.submission}
    rows = stores.catalog.having(ErpDocument, "customer", [customer]) if customer is not None else []
    theirs = [_of_erp(row, names) for row in rows if row.submission not in mine]
    return sorted([*own, *theirs], key=lambda item: item.at, reverse=True)


def _is_of(outline: Outline, customer: int | None, made_by: frozenset[str]) -> bool:
    key = outline.owner if outline.owner_kind == "customer" else outline.customer
    is_named = customer is not None and key == customer
    return is_named or not made_by.isdisjoint({outline.new_customer, outline.owner_submission})


def read_item(stores: AccountStores, record: str) -> WorkItem | None:
    """Returns a record; None if it is gone."""
    with stores.work.read() as connection:
        stored = next(iter(records.find_outlines(connection, record)), None)
        if stored is None:
            return None
        sent = sent_by(connection, outbox_table.c.id == stored.submission)
        for row in list(sent.values()):
            sent |= sent_by(connection, outbox_table.c.id == row.depends_on)
    return _item(stored, sent, _customer_names(stores, [stored.payload.customer]))


def sent_by(connection: Connection, where: ColumnElement[bool] | None = None) -> dict[str, Sent]:
    """Returns outbox rows without bodies by submission id, all or those that meet a condition."""
    query = select(*(outbox_table.c[name] for name in Sent._fields))
    rows = connection.execute(query if where is None else query.where(where))
    return {row.id: Sent(*row) for row in rows}


def erp_item(stores: AccountStores, document: ErpDocument) -> WorkItem:
    """Returns a document of the ERP, of any age."""
    return _of_erp(document, _customer_names(stores, [document.customer]))


def export(stores: AccountStores, record: str, folder: Path) -> Path:
    """Writes a record with its receipt as JSON, for support; returns the path. Raises DeviceError."""
    stored = records.load(stores.work, record)
    item = read_item(stores, record)
    path = folder / f"salesapp-{stored.kind}-{record[-12:]}.json"
    summary = {"kind": stored.kind, "state": item.state if item else stored.state, "number": stored.number}
    receipt = {"code": item.code, "field": item.field, "params": dict(item.params)} if item else {}
    payload = stored.payload.text if isinstance(stored.payload, Unreadable) else msgspec.to_builtins(stored.payload)
    text = json.dumps(summary | {"receipt": receipt, "payload": payload}, indent=1, ensure_ascii=False)
    return write_beside(path, (text + "\n").encode())


def _own(stores: AccountStores) -> list[WorkItem]:
    with stores.work.read() as connection:
        stored = records.find_outlines(connection)
        sent = sent_by(connection)
    titles = _customer_names(stores, {entry.payload.customer for entry in stored})
    return [_item(entry, sent, titles) for entry in stored]


def _item(stored: StoredRecord[Outline], sent: dict[str, Sent], names: dict[int, str]) -> WorkItem:
    outline = stored.payload
    row = sent.get(stored.submission or "")
    receipt = msgspec.json.decode(row.receipt, type=Receipt) if row is not None and row.receipt else None
    params = msgspec.json.decode(row.error_params, type=dict[str, str]) if row is not None and row.error_params else {}
    return WorkItem(
        record=stored.id,
        kind=stored.kind,
        state=state_of(stored, row, sent),
        number=stored.number or "",
        title=_title(outline, names),
        at=stored.changed_at,
        type=outline.type,
        count=_count(outline),
        amount=Decimal(outline.gross) if outline.gross else None,
        currency=outline.currency,
        erp_number=receipt.erp_number if receipt else "",
        code=(row.error_code or "") if row is not None else "",
        field=receipt.field if receipt else params.get("field", ""),
        params=tuple(params.items()),
        submission=stored.submission or "",
        reported_at=(row.sent_at or "") if row is not None and row.state != "waiting" else "",
        is_owner_rejected=_is_owner_rejected(row, sent),
        merged_into=receipt.params.get("merged_into", "") if receipt else "",
        owner=(outline.owner_kind, outline.owner, outline.owner_submission),
    )


def _count(outline: Outline) -> int:
    """Returns the lines of a document, elements of a visit or kilometres of a travel entry."""
    if outline.ended_km is not None:
        return outline.ended_km - outline.started_km
    return len(outline.lines) or len(outline.elements)


def _is_owner_rejected(row: Sent | None, sent: dict[str, Sent]) -> bool:
    owner = sent.get(row.depends_on or "") if row is not None else None
    return owner is not None and owner.state == "rejected"


def state_of(stored: StoredRecord[Payload], row: Sent | None, sent: dict[str, Sent]) -> str:
    """Returns one of STATES; `row` is the record's submission, `sent` has all submissions by id."""
    if stored.state in {"draft", "voided"}:
        return stored.state
    if row is None:
        return "kept"
    if row.state in GONE:
        return "voided"
    if row.state != "waiting":
        return str(row.state)
    parent = sent.get(row.depends_on or "")
    if row.depends_on and (parent is None or parent.state not in ACCEPTED):
        goes_with_it = stored.kind == "file" and parent is not None and parent.state == "waiting"
        return "on_device" if goes_with_it else "held_back"
    return "sending" if row.attempts else "on_device"


def _title(outline: Outline, names: dict[int, str]) -> str:
    known = names.get(outline.customer or 0, "")
    return outline.customer_name or known or outline.name or outline.file_name or _trip(outline)


def _trip(travel: Outline) -> str:
    """Returns the start and destination of a trip, or its purpose."""
    return " \N{EN DASH} ".join(filter(None, (travel.departure, travel.destination))) or travel.purpose


def _of_erp(document: ErpDocument, names: dict[int, str]) -> WorkItem:
    return WorkItem(
        record="",
        kind="document",
        state="in_erp",
        number=document.number or "",
        title=names.get(document.customer or 0, ""),
        at=document.issued_on,
        type=document.type,
        count=len(document.lines),
        amount=document.gross,
        currency=document.currency,
        erp_number=document.erp_number,
        key=document.id,
        states=_states(document),
    )


def _states(document: ErpDocument) -> tuple[str, ...]:
    return tuple(filter(None, (document.general_state, document.delivery_state, document.invoice_state)))


def _customer_names(stores: AccountStores, keys: Iterable[int | None]) -> dict[int, str]:
    wanted = [key for key in keys if key is not None]
    entry = CATALOGUE.by_key["customers.customers"]
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        names = zip(part, stores.catalog.page(entry, ("name",), part), strict=True)
        found |= {key: row[0] for key, row in names if row[0] is not None}
    return found


def find_customers(stores: AccountStores, typed: str, limit: int) -> list[tuple[int | str, str, str, str]]:
    """Returns (key, or submission of a new one; name; code and town; class) of customers that match the typed text."""
    words = folded(typed).split()
    new = [
        (item.submission, item.title, "", "")
        for item in _own(stores)
        if item.kind == "customer" and item.state in {"on_device", "held_back", "sending", "received"}
        if all(word in folded(item.title) for word in words)
    ]
    entry = CATALOGUE.by_key["customers.customers"]
    ids = stores.catalog.find(entry, typed, "name") if words else stores.catalog.ids(entry, "name", limit)
    keys = list(ids[:limit])
    rows = zip(keys, stores.catalog.page(entry, ("name", "code", "city", "customer_class"), keys), strict=True)
    return [
        *new,
        *((key, name, f"{code}, {city or ''}".rstrip(", "), kind or "") for key, (name, code, city, kind) in rows),
    ]
