"""Merges the catalogue's appointments with own ones, for calendars, lists and the page of a visit.

An own record replaces the catalogue's appointment in every list until the catalogue has the change.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

import msgspec

from salesapp import clock
from salesapp.domain import appointments as rules
from salesapp.domain.appointments import Action, Progress, Slot
from salesapp.domain.objects.appointments import (
    Appointment,
    AppointmentState,
    AppointmentTemplate,
    AppointmentType,
    Element,
)
from salesapp.domain.objects.customers import Address, Customer
from salesapp.protocol.records import AppointmentRecord, CustomerRecord
from salesapp.services import documents
from salesapp.services.elements import element_of
from salesapp.store import appointments as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.customers import made_here
from salesapp.store.sales import Named, named_customers

ListName = Literal["scheduled", "overdue", "completed"]
MOST_IN_A_LIST = 1_000
_CAN_CHANGE = frozenset({"draft", "on_device", "held_back", "rejected"})
_LEFT = frozenset({"sending", "received", "in_erp"})

Entry = Appointment | AppointmentRecord
"""The data of an appointment: the catalogue's row, or the own record's payload."""


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment as a list row: `key` in the catalogue, own `record` with its `receipt`. Local times."""

    key: int | None
    record: str
    name: str
    start: datetime
    end: datetime | None
    is_full_day: bool
    state: AppointmentState
    is_overdue: bool
    customer: int | None = None
    new_customer: str = ""
    customer_name: str = ""
    town: str = ""
    type_name: str = ""
    what: tuple[str, ...] = ()
    progress: Progress = field(default_factory=lambda: Progress(0, 0))
    receipt: str = ""
    reason: str = ""

    @property
    def title(self) -> str:
        return self.customer_name or self.name

    def is_on(self, day: date) -> bool:
        """Returns whether it takes place on a local day; full-day appointments may span several."""
        return _first_day(self) <= day <= _last_day(self)

    @property
    def slot(self) -> Slot:
        return Slot(self.start, self.end or self.start, self.is_full_day)


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of appointments in each list."""

    scheduled: int = 0
    overdue: int = 0
    completed: int = 0


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """The page of an appointment. `can`: the actions possible now; "edit": it can be reopened."""

    visit: Visit
    elements: tuple[Element, ...]
    can: frozenset[Action | Literal["edit"]]
    description: str = ""
    actual_start: str = ""
    actual_end: str = ""
    address: str = ""
    phone: str = ""
    erp_number: str = ""
    error_code: str = ""
    error_params: tuple[tuple[str, str], ...] = ()

    @property
    def progress(self) -> Progress:
        return rules.progress_of(self.elements)

    @property
    def open_required(self) -> int:
        return len(rules.open_required(self.elements))


@dataclass(frozen=True, slots=True)
class AppointmentRef:
    """Where to read an appointment: in the catalogue (`own` has the changes made here), or only on this device."""

    key: int | None
    own: store.Own[AppointmentRecord] | None
    start: datetime
    end: datetime | None
    is_full_day: bool
    state: AppointmentState
    customer: int | str | None  # the submission of a new one
    is_of_catalogue: bool

    def is_overdue(self, now: datetime) -> bool:
        return rules.is_overdue(self.state, self.start, self.end, now, is_full_day=self.is_full_day)


def all_appointments(stores: AccountStores) -> list[AppointmentRef]:
    """Returns every appointment once, ordered by time."""
    briefs = {brief.id: brief for brief in store.briefs(stores.catalog)}
    keys = {brief.submission: brief.id for brief in briefs.values() if brief.submission}
    carried = store.records_by_submission(stores.work, "appointment")
    key_of_record = {carried[submission]: key for submission, key in keys.items() if submission in carried}
    found = []
    for own in store.own(stores.work, AppointmentRecord):
        named = own.payload.appointment
        key = named if named in briefs else key_of_record.get(own.id)
        brief = briefs.pop(key, None) if key is not None else None
        if brief is not None:
            is_there = bool(own.submission) and brief.submission == own.submission
            found.append(_of_brief(brief, own) if is_there else _of_own(own, key))
        elif key is None and not (named is not None and own.receipt == "in_erp"):
            found.append(_of_own(own, None))  # unless the office has removed it
    found += [_of_brief(brief, None) for brief in briefs.values()]
    return sorted(found, key=lambda seen: (seen.start, seen.key or 0))


def _of_brief(brief: store.Brief, own: store.Own[AppointmentRecord] | None) -> AppointmentRef:
    is_full_day = bool(brief.is_full_day)
    start, end = _planned(brief.planned_start, brief.planned_end, is_full_day=is_full_day)
    return AppointmentRef(
        brief.id, own, start, end, is_full_day, _state(brief.state), brief.customer, is_of_catalogue=True
    )


def _of_own(own: store.Own[AppointmentRecord], key: int | None) -> AppointmentRef:
    payload = own.payload
    start, end = _planned(payload.planned_start, payload.planned_end, is_full_day=payload.is_full_day)
    customer = payload.customer or payload.new_customer or None
    return AppointmentRef(key, own, start, end, payload.is_full_day, payload.state, customer, is_of_catalogue=False)


def _state(text: str) -> AppointmentState:
    found: AppointmentState = msgspec.convert(text, AppointmentState)
    return found


def read_calendar(
    stores: AccountStores, first: date, last: date, now: datetime | None = None
) -> tuple[tuple[Visit, ...], Counts]:
    """Returns the appointments between two local days (inclusive), and the counts of all lists."""
    at = now or clock.now()
    seen = all_appointments(stores)
    chosen = [one for one in seen if one.state != "canceled" and _touches(one, first, last)]
    return tuple(visits_of(stores, chosen, at)), _counts(seen, at)


def _touches(one: AppointmentRef, first: date, last: date) -> bool:
    return _first_day(one) <= last and _last_day(one) >= first


def _first_day(one: AppointmentRef | Visit) -> date:
    return one.start.date()


def _last_day(one: AppointmentRef | Visit) -> date:
    if not one.is_full_day or one.end is None:
        return one.start.date()
    return max(one.start.date(), (one.end - timedelta(seconds=1)).astimezone().date())


def _counts(seen: Iterable[AppointmentRef], now: datetime) -> Counts:
    is_open = [one.is_overdue(now) for one in seen if one.state in rules.OPEN_STATES]
    done = sum(one.state in {"completed", "rejected"} for one in seen)
    return Counts(scheduled=is_open.count(False), overdue=is_open.count(True), completed=done)


def read_list(stores: AccountStores, name: ListName, now: datetime | None = None) -> tuple[tuple[Visit, ...], Counts]:
    """Returns a list, next appointment first; completed and rejected ones latest first."""
    at = now or clock.now()
    seen = all_appointments(stores)
    if name == "completed":
        chosen = [one for one in reversed(seen) if one.state in {"completed", "rejected"}]
    else:
        chosen = [one for one in seen if one.state in rules.OPEN_STATES and one.is_overdue(at) == (name == "overdue")]
    return tuple(visits_of(stores, chosen[:MOST_IN_A_LIST], at)), _counts(seen, at)


def of_customer(stores: AccountStores, customer: int | str, limit: int, now: datetime | None = None) -> list[Visit]:
    """Returns the appointments of a customer (a new one by its submission), latest first."""
    made_by = made_here(stores.catalog, stores.work, customer) if isinstance(customer, int) else frozenset[str]()
    wanted = {customer, *made_by}
    chosen = [one for one in reversed(all_appointments(stores)) if one.customer in wanted]
    return visits_of(stores, chosen[:limit], now or clock.now())


def visits_of(stores: AccountStores, seen: Iterable[AppointmentRef], now: datetime) -> list[Visit]:
    """Returns the list rows of appointments, with the names they refer to."""
    chosen = list(seen)
    keys = [one.key for one in chosen if one.is_of_catalogue and one.key is not None]
    rows = {row.id: row for row in stores.catalog.having(Appointment, "id", keys)}
    found = [(one, rows.get(one.key or 0) if one.is_of_catalogue else _payload(one)) for one in chosen]
    entries = [(one, entry) for one, entry in found if entry is not None]
    names = _Names.read(stores, [entry for _, entry in entries])
    return [_visit(one, entry, names, now) for one, entry in entries]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names that appointments refer to. `new`: new customers by submission."""

    customers: dict[int, Named]
    new: dict[str, CustomerRecord]
    types: dict[int, str]
    templates: dict[int, AppointmentTemplate]

    @classmethod
    def read(cls, stores: AccountStores, entries: list[Entry]) -> "_Names":
        submissions = {_submission_of_customer(entry) for entry in entries} - {""}
        return cls(
            customers=named_customers(stores.catalog, {entry.customer for entry in entries if entry.customer}),
            new={
                submission: made
                for submission in submissions
                if (made := documents.new_customer(stores.work, submission)) is not None
            },
            types={row.id: row.name for row in stores.catalog.all(AppointmentType)},
            templates={row.id: row for row in stores.catalog.all(AppointmentTemplate)},
        )


def _payload(one: AppointmentRef) -> AppointmentRecord | None:
    return one.own.payload if one.own is not None else None


def _submission_of_customer(entry: Entry) -> str:
    """Returns the submission of a new customer, which only an own record can have."""
    return entry.new_customer if isinstance(entry, AppointmentRecord) else ""


def _visit(one: AppointmentRef, entry: Entry, names: _Names, now: datetime) -> Visit:
    customer, new = entry.customer, _submission_of_customer(entry)
    called = names.new.get(new) if new else names.customers.get(customer or 0)
    elements = _elements(entry, names.templates.get(entry.template or 0))
    return Visit(
        key=one.key,
        record=one.own.id if one.own else "",
        name=entry.name,
        start=one.start,
        end=one.end,
        is_full_day=one.is_full_day,
        state=one.state,
        is_overdue=one.is_overdue(now),
        customer=customer if customer in names.customers else None,
        new_customer=new,
        customer_name=called.name if called else "",
        town=called.city if called else "",
        type_name=names.types.get(entry.appointment_type, ""),
        what=tuple(element.name for element in elements),
        progress=rules.progress_of(elements),
        receipt=one.own.receipt if one.own else "",
        reason=entry.reason or "",
    )


def _elements(entry: Entry, template: AppointmentTemplate | None) -> tuple[Element, ...]:
    results = map(element_of, entry.elements) if isinstance(entry, AppointmentRecord) else entry.elements
    return rules.elements_of(template.elements if template else (), results)


def elements_for(stores: AccountStores, entry: Entry) -> tuple[Element, ...]:
    """Returns the elements of an appointment (`entry_of`), in its template's order."""
    return _elements(entry, stores.catalog.one(AppointmentTemplate, entry.template))


def find_appointment(stores: AccountStores, key: int | None = None, record: str = "") -> AppointmentRef | None:
    """Returns an appointment by its key in the catalogue or its own record; None if it is gone."""
    for one in all_appointments(stores):
        if (record and one.own is not None and one.own.id == record) or (key is not None and one.key == key):
            return one
    return None


def open_visit(
    stores: AccountStores, key: int | None = None, record: str = "", now: datetime | None = None
) -> OpenVisit | None:
    """Returns an appointment with its elements; None if it is gone."""
    one = find_appointment(stores, key, record)
    found = visits_of(stores, [one], now or clock.now()) if one is not None else []
    entry = entry_of(stores, one) if one is not None else None
    if one is None or entry is None or not found:
        return None
    (visit,) = found
    customer = stores.catalog.one(Customer, visit.customer)
    own = one.own
    return OpenVisit(
        visit=visit,
        elements=elements_for(stores, entry),
        can=_can(one),
        description=entry.description or "",
        actual_start=entry.actual_start or "",
        actual_end=entry.actual_end or "",
        address=_address(customer) if customer else "",
        phone=customer.phone or "" if customer else "",
        erp_number=own.erp_number if own else "",
        error_code=own.error_code if own else "",
        error_params=own.error_params if own else (),
    )


def entry_of(stores: AccountStores, one: AppointmentRef) -> Entry | None:
    """Returns the data of an appointment; None if the catalogue's row is gone."""
    return stores.catalog.one(Appointment, one.key) if one.is_of_catalogue else _payload(one)


def _can(one: AppointmentRef) -> frozenset[Action | Literal["edit"]]:
    found: set[Action | Literal["edit"]] = set(rules.ACTIONS[one.state])
    own = one.own if not one.is_of_catalogue else None
    if one.state in rules.OPEN_STATES:
        return frozenset(found)
    if own is None or own.receipt in _LEFT:
        found.discard("describe")
    elif own.receipt in _CAN_CHANGE:
        found.add("edit")
    return frozenset(found)


def _address(customer: Customer) -> str:
    main = next((address for address in customer.addresses if address.kind == "main"), Address())
    town = " ".join(part for part in (main.postal_code, main.city) if part)
    return ", ".join(part for part in (main.street, town or customer.city) if part)


def clashes(visits: Iterable[Visit], slot: Slot) -> tuple[Visit, ...]:
    """Returns open appointments that overlap the slot."""
    return tuple(visit for visit in visits if visit.state in rules.OPEN_STATES and visit.slot.overlaps(slot))


def moment(text: str) -> datetime:
    """Converts a stored time to local time."""
    return clock.local(text)


def _planned(start: str, end: str | None, *, is_full_day: bool) -> tuple[datetime, datetime | None]:
    """Returns the local times of an appointment: midnights here for whole days, wherever they were planned."""
    times = moment(start), moment(end) if end else None
    return rules.whole_days(*times) if is_full_day else times
