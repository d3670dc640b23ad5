"""Plans appointments, with or without a template, for several customers at once, with a preview."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from salesapp import clock
from salesapp.domain import appointments as rules
from salesapp.domain.appointments import Slot
from salesapp.domain.objects.appointments import AppointmentTemplate, AppointmentType
from salesapp.protocol.records import AppointmentRecord, CustomerRecord
from salesapp.services import documents
from salesapp.services.appointments import add_planned
from salesapp.services.elements import result_of
from salesapp.services.visits import Visit, clashes, read_calendar
from salesapp.store.account_stores import AccountStores
from salesapp.store.alphabet import BY_NAME
from salesapp.store.sales import named_customers


@dataclass(frozen=True, slots=True)
class Template:
    """A template that this representative may use; `what` has the names of its elements."""

    key: int
    name: str
    appointment_type: int
    minutes: int | None
    is_full_day: bool
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of a plan: templates, and types as (key, name)."""

    templates: tuple[Template, ...]
    types: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`customers` are catalogue keys or submissions of new ones; `slot` is the first appointment's."""

    name: str
    appointment_type: int
    slot: Slot
    template: int | None = None
    customers: tuple[int | str, ...] = ()
    description: str = ""
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One appointment of a plan, ready to save. `clashes`: titles of others at the same time."""

    title: str
    town: str
    slot: Slot
    record: AppointmentRecord
    clashes: tuple[str, ...] = ()


def read_choices(stores: AccountStores) -> Choices:
    """Returns templates and types, ordered by name."""
    names = frozenset(stores.account.names)
    return Choices(
        templates=tuple(
            Template(
                key=row.id,
                name=row.name,
                appointment_type=row.appointment_type,
                minutes=row.duration_minutes,
                is_full_day=row.is_full_day,
                what=tuple(element.name for element in row.elements),
            )
            for row in stores.catalog.all(AppointmentTemplate, order=BY_NAME)
            if row.is_active and (not row.representatives or names & set(row.representatives))
        ),
        types=tuple((row.id, row.name) for row in stores.catalog.all(AppointmentType, order=BY_NAME)),
    )


def preview(stores: AccountStores, plan: Plan) -> tuple[Planned, ...]:
    """Returns the appointments to save: consecutive ones for each customer, or one without a customer."""
    keys = plan.customers or (None,)
    slots = rules.consecutive_slots(plan.slot, len(keys))
    known = named_customers(stores.catalog, (key for key in keys if isinstance(key, int)))
    first, last = slots[0].start.date(), (slots[-1].end - timedelta(seconds=1)).date()
    there, _ = read_calendar(stores, first, last)
    found = []
    for key, slot in zip(keys, slots, strict=True):
        customer = known.get(key) if isinstance(key, int) else _new_customer(stores, key)
        name, town = (customer.name, customer.city) if customer else ("", "")
        record = _record(stores, plan, key, name, slot)
        found.append(Planned(name or plan.name, town, slot, record, _titles(clashes(there, slot))))
    return tuple(found)


def save(stores: AccountStores, planned: tuple[Planned, ...]) -> list[str]:
    """Puts all appointments into the outbox in one transaction; returns their records."""
    with stores.work.write() as connection:
        return [add_planned(connection, one.record, depends_on=one.record.new_customer or None)[0] for one in planned]


def next_slot(stores: AccountStores, minutes: int, now: datetime | None = None) -> Slot:
    """Returns today's first free slot from the next quarter of an hour on; if there is none, that quarter."""
    at = (now or clock.now()).astimezone()
    start = (at + timedelta(minutes=15 - at.minute % 15)).replace(second=0, microsecond=0).astimezone()
    there, _ = read_calendar(stores, start.date(), start.date(), at)
    for turn in range(40):
        slot = rules.slot_from(start + timedelta(minutes=15 * turn), minutes)
        if slot.start.date() == start.date() and not clashes(there, slot):
            return slot
    return rules.slot_from(start, minutes)


def _titles(visits: tuple[Visit, ...]) -> tuple[str, ...]:
    return tuple(visit.title for visit in visits)


def _new_customer(stores: AccountStores, submission: str | None) -> CustomerRecord | None:
    return documents.new_customer(stores.work, submission) if submission else None


def _record(
    stores: AccountStores, plan: Plan, key: int | str | None, customer_name: str, slot: Slot
) -> AppointmentRecord:
    template = stores.catalog.one(AppointmentTemplate, plan.template)
    return AppointmentRecord(
        name=f"{plan.name}: {customer_name}" if customer_name else plan.name,
        appointment_type=plan.appointment_type,
        planned_start=clock.timestamp(slot.start),
        planned_end=clock.timestamp(slot.end),
        is_full_day=slot.is_full_day,
        state="unconfirmed" if plan.needs_approval else "confirmed",
        customer=key if isinstance(key, int) else None,
        new_customer=key if isinstance(key, str) else "",
        template=plan.template,
        description=plan.description.strip(),
        elements=[result_of(element) for element in rules.elements_of(template.elements if template else ())],
    )


def customer_name(stores: AccountStores, customer: int | str) -> str:
    """Returns the name of a catalogue customer by key, or of a new one by its submission."""
    known = named_customers(stores.catalog, [customer]) if isinstance(customer, int) else {}
    found = known.get(customer) if isinstance(customer, int) else _new_customer(stores, customer)
    return found.name if found else ""
