"""Representatives in the random days of restored backups, and the expected content of the ERP.

Each record has a mark, by which the oracle recognises it in all submissions and versions.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

import msgspec

from salesapp.domain.appointments import ACTIONS, NotPossibleError, slot_from
from salesapp.domain.objects.appointments import Appointment, AppointmentType
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import TravelType, Vehicle
from salesapp.protocol.records import Address, AppointmentRecord, CustomerRecord, Document, Payload, TravelRecord
from salesapp.services import appointments, attachments, customers, documents, files, travel
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import Outbox
from salesapp.store.records import StoredRecord
from tests.conftest import Tablet
from tests.pictures import photo
from tests.services.account_stores import stores_of
from tests.sync.restored_erp import Erp, Version
from tests.sync.test_sending import NUMERATOR, keys, order

KINDS: Final = ("document",) * 4 + ("customer", "change", "visit", "planned", "travel", "file", "file")
PLANNED: Final = {"C1": "A1", "C2": "A2"}
"""The office's appointments by customer."""
TOO_LATE = (
    documents.TooLateError,
    files.TooLateError,
    NotPossibleError,
    travel.NotPossibleError,
)

Stored = StoredRecord[Payload]


@dataclass
class Representative:
    """A representative with a tablet, and the records confirmed on it."""

    tablet: Tablet
    erp: Erp
    expected: dict[str, Version] = field(default_factory=dict)
    """The last confirmed version of each record that is not voided."""
    marks: dict[str, str] = field(default_factory=dict)
    came_back: set[str] = field(default_factory=set)
    """Submissions in the ERP that this restored tablet does not know until it asks."""
    voided: set[str] = field(default_factory=set)
    """Marks of voided records not reported to the gateway yet."""
    refusals: list[tuple[Any, ...]] = field(default_factory=list)
    """Records that were refused and resent, with the reason."""

    # Actions of a representative.

    def make(self, which: Random, number: int, *, kind: str = "") -> None:
        """Makes a new record of a random kind."""
        kind = kind or which.choice(KINDS)
        with stores_of(self.tablet) as stores:
            make = {
                "document": self._make_order,
                "customer": self._make_customer,
                "change": self._change_customer,
                "visit": self._plan_visit,
                "planned": self._take_planned_visit,
                "travel": self._make_travel,
                "file": self._attach,
            }[kind]
            make(stores, which, f"{kind} {number}")

    def edit(self, which: Random) -> None:
        """Changes an unsent record, or continues a visit."""
        with stores_of(self.tablet) as stores:
            stored = self._some(stores, which, "document", "customer", "appointment", "travel")
            if stored is None:
                return
            edit = {
                "document": self._edit_order,
                "customer": self._edit_customer,
                "appointment": self._go_on_with_visit,
                "travel": self._edit_travel,
            }[stored.kind]
            with suppress(*TOO_LATE):
                version = edit(stores, stored, which)
                if stored.kind == "appointment" or not self._is_late(stored.id):
                    self.expected[stored.id] = version

    def void(self, which: Random) -> None:
        with stores_of(self.tablet) as stores:
            stored = self._some(stores, which, "document", "travel", "file", "appointment")
            if stored is None:
                return
            with suppress(*TOO_LATE):
                if stored.kind == "appointment":
                    self._cancel_visit(stores, stored)
                    return
                if stored.kind == "document":
                    documents.void(stores.work, stored.id)
                elif stored.kind == "travel":
                    travel.drop(stores, stored.id)
                else:
                    files.remove(stores.work, stored.id)
                if not self._is_late(stored.id):
                    self._drop(stored.id)

    def mend(self) -> int:
        """Resends refused records; returns their number."""
        with stores_of(self.tablet) as stores:
            refused = [
                stored
                for stored in stored_in(stores)
                if (stored.state, stored.submission_state) == ("confirmed", "rejected") and stored.id in self.expected
            ]
            codes = {item.id: (item.error_code, item.error_params) for item in Outbox(stores.work).items()}
            self.refusals += [(self.marks[stored.id], *codes[stored.submission or ""]) for stored in refused]
            order_ = ("customer", "document", "appointment", "travel", "file")
            for stored in sorted(refused, key=lambda one: order_.index(one.kind)):
                with suppress(*TOO_LATE):  # it was sent with its owner meanwhile
                    self._send_again(stores, stored)
        return len(refused)

    # The kinds of records.

    def _confirmed(self, record: str, mark: str, version: Version) -> None:
        self.marks[record], self.expected[record] = mark, version

    def _make_order(self, stores: AccountStores, which: Random, mark: str) -> None:
        forms = keys(self.tablet, "items_forms")
        item = which.choice(sorted(forms.keys() & self.erp.company["items.forms"].keys()))
        plain = order(self.tablet)
        line = msgspec.structs.replace(plain.lines[0], item=forms[item])
        new = self._some(stores, which, "customer") if which.random() < 0.3 else None
        if new is not None and fields_of(new).get("customer") is None:
            chosen: dict[str, Any] = {"customer": None, "new_customer": new.submission}
            name = self.marks[new.id]
        else:
            key, name = self._known_customer(stores, which)
            chosen = {"customer": key, "new_customer": ""}
        document = _of_quantity(msgspec.structs.replace(plain, lines=[line], description=mark, **chosen), 1)
        self._confirmed(_confirm(stores, document), mark, (name, item, "1", document.gross))

    def _make_customer(self, stores: AccountStores, _which: Random, mark: str) -> None:
        customer = CustomerRecord(name=mark, addresses=[Address(kind="main")], notes=f"{mark} #1")
        record, _ = customers.save_customer(stores.work, customer)
        self._confirmed(record, mark, ("", "1"))

    def _change_customer(self, stores: AccountStores, which: Random, mark: str) -> None:
        known = stores.catalog.all(Customer, "code IN ('C1', 'C2')")
        chosen = which.choice(known)
        changed = CustomerRecord(
            name=chosen.name, addresses=[], notes=f"{mark} #1", customer=chosen.id, changed=["notes"]
        )
        record, _ = customers.save_customer(stores.work, changed)
        self._confirmed(record, mark, (chosen.code, "1"))

    def _plan_visit(self, stores: AccountStores, which: Random, mark: str) -> None:
        key, name = self._known_customer(stores, which)
        visit = AppointmentRecord(
            name="Visit",
            appointment_type=stores.catalog.all(AppointmentType)[0].id,
            planned_start="2026-12-03T12:00:00Z",
            planned_end="2026-12-03T13:00:00Z",
            state="confirmed",
            customer=key,
            description=f"{mark} #1",
        )
        with stores.work.write() as connection:
            record, _ = appointments.add_planned(connection, visit)
        self._confirmed(record, mark, (name, "", "confirmed", "1"))

    def _take_planned_visit(self, stores: AccountStores, which: Random, mark: str) -> None:
        """Describes and moves an appointment of the office, unless this tablet did so before."""
        planned = which.choice(stores.catalog.all(Appointment, order="id"))
        own = [entry for entry in stored_in(stores) if fields_of(entry).get("appointment") == planned.id]
        if own:
            return
        record = appointments.describe(stores, planned.id, "", f"{mark} #1")
        _moved(stores, record)
        (customer,) = stores.catalog.all(Customer, "id = ?", (planned.customer,))
        self._confirmed(record, mark, (customer.code, PLANNED[customer.code], "confirmed", "1"))

    def _cancel_visit(self, stores: AccountStores, stored: Stored) -> None:
        """Cancels a visit; one that was never sent is only voided."""
        if "cancel" not in ACTIONS[fields_of(stored)["state"]]:
            return
        version, text = self._next_version(stored, "description")
        appointments.describe(stores, None, stored.id, text)
        appointments.cancel(stores, None, stored.id, "closed")
        (now,) = [entry for entry in stored_in(stores) if entry.id == stored.id]
        if now.state == "voided":
            if not self._is_late(stored.id):
                self._drop(stored.id)
        else:
            self.expected[stored.id] = (*version[:2], "canceled", version[3])

    def _make_travel(self, stores: AccountStores, _which: Random, mark: str) -> None:
        vehicle = stores.catalog.all(Vehicle)[0].id
        before, _ = travel.around(stores, vehicle)
        start = before or 0
        way = TravelRecord(
            vehicle=vehicle,
            travel_type=stores.catalog.all(TravelType)[0].id,
            travelled_on="2026-12-03",
            started_km=start,
            ended_km=start + 10,
            purpose=f"{mark} #1",
        )
        self._confirmed(travel.save(stores, way), mark, ("V1", "10", "1"))

    def _attach(self, stores: AccountStores, which: Random, mark: str) -> None:
        content = photo(8) + mark.encode().rjust(20, b"\0")
        candidate = attachments.Candidate(f"{mark}.jpg", "image/jpeg", content)
        stored = self._some(stores, which, "document", "customer", "appointment")
        if stored is None or fields_of(stored).get("changed"):
            key, name = self._known_customer(stores, which)
            owner = attachments.Owner("customer", key=key)
        else:
            name = self.marks[stored.id]
            kind: Any = stored.kind
            owner = attachments.Owner(kind, record=stored.id, submission=stored.submission or "")
        record = attachments.attach(stores, candidate, owner, description=mark)
        self._confirmed(record, mark, (name, mark))

    def _edit_order(self, stores: AccountStores, stored: Stored, _which: Random) -> Version:
        document = documents.reopen(stores.work, stored.id)
        document = _of_quantity(document, int(document.lines[0].quantity) + 1)
        _confirm(stores, document, stored.id)
        return (*self.expected[stored.id][:2], document.lines[0].quantity, document.gross)

    def _edit_customer(self, stores: AccountStores, stored: Stored, _which: Random) -> Version:
        version, notes = self._next_version(stored, "notes")
        customer = msgspec.convert(fields_of(stored) | {"notes": notes}, CustomerRecord)
        customers.save_customer(stores.work, customer, stored.id)
        return version

    def _edit_travel(self, stores: AccountStores, stored: Stored, _which: Random) -> Version:
        version, purpose = self._next_version(stored, "purpose")
        travel.save(stores, msgspec.convert(fields_of(stored) | {"purpose": purpose}, TravelRecord), stored.id)
        return version

    def _go_on_with_visit(self, stores: AccountStores, stored: Stored, which: Random) -> Version:
        version, text = self._next_version(stored, "description")
        appointments.describe(stores, None, stored.id, text)
        state = fields_of(stored)["state"]
        self.expected[stored.id] = version  # even if the rest is not possible
        with suppress(*TOO_LATE):
            state = which.choice([_moved, _done, _rejected, lambda *_: state])(stores, stored.id)
        return (version[0], version[1], state, version[3])

    def _next_version(self, stored: Stored, name: str) -> tuple[Version, str]:
        mark, _ = fields_of(stored)[name].split(" #")
        following = str(next(self.erp.count))
        return (*self.expected[stored.id][:-1], following), f"{mark} #{following}"

    def _send_again(self, stores: AccountStores, stored: Stored) -> None:
        if stored.kind == "document":
            _confirm(stores, documents.reopen(stores.work, stored.id), stored.id)
        elif stored.kind == "customer":
            customers.save_customer(stores.work, msgspec.convert(fields_of(stored), CustomerRecord), stored.id)
        elif stored.kind == "travel":
            travel.save(stores, msgspec.convert(fields_of(stored), TravelRecord), stored.id)
        elif stored.kind == "file":
            files.choose_sending(stores.work, stored.id, to_erp=True)
        else:
            version, text = self._next_version(stored, "description")
            appointments.describe(stores, None, stored.id, text)
            self.expected[stored.id] = version

    # Queries.

    def _some(self, stores: AccountStores, which: Random, *kinds: str) -> Stored | None:
        found = [
            entry
            for entry in stored_in(stores)
            if entry.kind in kinds and entry.state == "confirmed" and entry.id in self.expected
        ]
        return which.choice(sorted(found, key=lambda entry: entry.id)) if found else None

    def _known_customer(self, stores: AccountStores, which: Random) -> tuple[int, str]:
        known = stores.catalog.all(Customer, order="name")
        chosen = which.choice(known)
        return chosen.id, chosen.code if chosen.code in {"C1", "C2"} else chosen.name

    def _is_late(self, record: str) -> bool:
        """Whether the ERP has it without the tablet's knowledge."""
        mark = self.marks[record]
        return any(self.erp.got[id_].mark == mark for id_ in self.came_back)

    def _drop(self, record: str) -> None:
        """Drops a voided record with its files."""
        mark = self.marks[record]
        self.voided.add(mark)
        del self.expected[record]
        for file in self._files_of(mark):
            del self.expected[file]

    def _files_of(self, mark: str) -> list[str]:
        return [
            record
            for record, version in self.expected.items()
            if self.marks[record].startswith("file") and version[0] == mark
        ]

    def files_without_owner(self) -> list[str]:
        """Returns files that wait for a record that may never be sent."""
        sure = {self.marks[record] for record in self.expected}
        unsure = set(self.marks.values()) - sure
        return [
            record for mark in unsure for record in self._files_of(mark) if not self.erp.versions(self.marks[record])
        ]


def _of_quantity(document: Document, quantity: int) -> Document:
    """Returns the document with one line of this quantity, at 10 each."""
    net, vat = Decimal(10) * quantity, Decimal("2.30") * quantity
    amounts = {"net": f"{net:.2f}", "vat": f"{vat:.2f}", "gross": f"{net + vat:.2f}"}
    line = msgspec.structs.replace(document.lines[0], quantity=str(quantity), **amounts)
    return msgspec.structs.replace(document, lines=[line], **amounts)


def _confirm(stores: AccountStores, document: Document, record: str | None = None) -> str:
    parent = document.new_customer or None
    return documents.confirm(stores.work, document, NUMERATOR, checkpoint="1-a", record_id=record, depends_on=parent)


def fields_of(stored: Stored) -> dict[str, Any]:
    """Returns the payload as it is sent."""
    found: dict[str, Any] = msgspec.to_builtins(stored.payload)
    return found


def stored_in(stores: AccountStores) -> list[Stored]:
    """Returns all records of the device."""
    with stores.work.read() as connection:
        return records.find_all(connection, Payload)


def _moved(stores: AccountStores, record: str) -> str:
    start = datetime.fromisoformat("2026-12-04T12:00:00+00:00") + timedelta(hours=1)
    appointments.reschedule(stores, None, record, slot_from(start, 30))
    return "confirmed"


def _done(stores: AccountStores, record: str) -> str:
    appointments.begin(stores, None, record)
    appointments.complete(stores, None, record)
    return "completed"


def _rejected(stores: AccountStores, record: str) -> str:
    appointments.reject(stores, None, record, "closed")
    return "rejected"
