"""Adds customers (usable at once), changes known ones, lists them, and finds possible duplicates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import msgspec

from salesapp.domain.entries import Entry
from salesapp.domain.ids import new_id
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Currency, PaymentForm, PriceList
from salesapp.protocol.codes import CONFLICT
from salesapp.protocol.records import Address, Contact, ContactPerson, CustomerRecord, Document
from salesapp.services import customer_rules as rules
from salesapp.services.customer_changes import (
    ChangeStory,
    Difference,
    OverwrittenValue,
    changed_fields,
    compare,
    merged,
    not_taken,
    values_of,
)
from salesapp.services.documents import TooLateError
from salesapp.services.price_rows import profile_of
from salesapp.store import customers as store
from salesapp.store import outbox, records
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.tables import PENDING
from salesapp.store.work import WorkStore

if TYPE_CHECKING:
    from array import array

T = TypeVar("T", Address, Contact, ContactPerson)
Own = store.OwnRecord[CustomerRecord]
TABS = ("all", "favourites", "top", "recent")
_MOST = 500
"""The gateway's code for a change rejected because the office has changed the record meanwhile."""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list. One that is only on this device has a `submission` and `state`, but no `key`."""

    key: int | None
    submission: str
    code: str
    name: str
    city: str
    status: str
    overdue: Decimal
    last_document: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A possible duplicate. `reasons`: tax_id, name, phone."""

    row: CustomerRow
    reasons: tuple[str, ...]


def save_customer(
    work: WorkStore, customer: CustomerRecord, record_id: str = "", story: ChangeStory | None = None
) -> tuple[str, str]:
    """Puts a new or changed customer into the outbox; returns the ids of record and submission.

    With `record_id`, replaces the submission that waits for it. A document names a new customer by the
    submission's id and depends on it; documents with the former id get the new one. Raises TooLateError if
    it may already have been sent.
    """
    id_ = record_id or new_id()
    with work.write() as connection:
        found = records.find_in(connection, id_)
        if found is not None and found.submission and not outbox.withdraw(connection, found.submission):
            raise TooLateError(id_)
        submission = outbox.add(connection, "customer", id_, customer)
        records.save(connection, id_, "customer", "confirmed", customer, submission=submission, story=story)
    return id_, submission


def may_add(stores: AccountStores) -> bool:
    """Returns whether the profile allows adding customers; true without a profile."""
    profile = profile_of(stores.catalog)
    return profile is None or profile.may_add_customers


# Lists


def listed(stores: AccountStores, tab: str) -> "array[int]":
    """Returns the keys of a tab's customers, in its order."""
    catalog = stores.catalog
    if tab == "favourites":
        return store.by_name(catalog, store.favourites(stores.work))
    if tab not in {"top", "recent"}:
        return store.by_name(catalog)
    counted = store.documents_of(catalog)
    for customer, issued_on in _own_documents(stores):
        count, last = counted.get(customer, (0, ""))
        counted[customer] = (count + 1, max(last, issued_on))
    if tab == "top":
        ordered = sorted(counted, key=lambda customer: counted[customer][0], reverse=True)
    else:
        ordered = sorted(counted, key=lambda customer: counted[customer][1], reverse=True)
    return store.existing(catalog, ordered[:_MOST])


def _own_documents(stores: AccountStores) -> Iterable[tuple[int, str]]:
    """Yields (customer, date) of own documents that are not in the catalogue yet, including drafts."""
    for own in store.own_records(stores.work, Document):
        document = own.payload
        if own.state != "voided" and own.submission_state != "in_erp" and document.customer is not None:
            yield document.customer, document.issued_on


def rows(stores: AccountStores, keys: Sequence[int]) -> dict[int, CustomerRow]:
    """Returns the list rows of these customers, except removed ones."""
    return {
        key: CustomerRow(key=key, submission="", **found._asdict())
        for key, found in store.page(stores.catalog, keys).items()
    }


def on_device(stores: AccountStores, typed: str = "") -> list[CustomerRow]:
    """Returns new customers not in the catalogue yet, newest first, filtered by prefixes of words."""
    found = []
    wanted = rules.name_words(typed) if typed.strip() else []
    for own in _new_ones(stores):
        words = rules.name_words(f"{own.payload.name} {own.payload.city} {own.payload.tax_id}")
        if all(any(word.startswith(part) for word in words) for part in wanted):
            found.append(_device_row(own))
    return found


def _new_ones(stores: AccountStores) -> Iterable[Own]:
    """Yields new customers that are not in the catalogue yet."""
    for own in store.own_records(stores.work, CustomerRecord):
        if own.submission_state in PENDING and own.payload.customer is None:
            yield own


def _device_row(own: Own) -> CustomerRow:
    customer = own.payload
    return CustomerRow(
        key=None,
        submission=own.submission,
        code=customer.code,
        name=customer.name,
        city=customer.city,
        status="prospect",
        overdue=Decimal(),
        last_document="",
        state=own.submission_state,
    )


# Possible duplicates


def duplicates(stores: AccountStores, customer: CustomerRecord, *, submission: str = "") -> list[Duplicate]:
    """Returns other customers with the same tax number, a similar name or the same phone, best matches first."""
    reasons: dict[int, list[str]] = {}
    for reason, keys in _same(stores.catalog, customer):
        for key in keys:
            if key != customer.customer:
                reasons.setdefault(key, []).append(reason)
    known = rows(stores, list(reasons))
    found = [Duplicate(known[key], tuple(dict.fromkeys(why))) for key, why in reasons.items() if key in known]
    found += _same_on_device(stores, customer, submission)
    return sorted(found, key=lambda duplicate: ("tax_id" not in duplicate.reasons, -len(duplicate.reasons)))[:8]


def _same(catalog: CatalogReader, customer: CustomerRecord) -> Iterable[tuple[str, list[int]]]:
    address = rules.main_address(customer)
    spellings = rules.tax_id_spellings(customer.tax_id, address.country if address else "")
    if spellings:
        yield "tax_id", store.with_tax_id(catalog, spellings)
    words = [word for word in rules.name_words(customer.name) if len(word) > 2]
    likeness = {key: rules.likeness(customer.name, name) for key, name in store.with_words(catalog, words)}
    similar = (key for key, found in likeness.items() if found >= rules.SIMILAR)
    yield "name", sorted(similar, key=lambda key: -likeness[key])
    phone = rules.digits(customer.phone)[-rules.PHONE_DIGITS :]
    if len(phone) == rules.PHONE_DIGITS:
        yield "phone", store.with_phone_ending(catalog, phone)


def _same_on_device(stores: AccountStores, customer: CustomerRecord, submission: str) -> list[Duplicate]:
    tax_id, phone = rules.plain_tax_id(customer.tax_id), rules.digits(customer.phone)[-rules.PHONE_DIGITS :]
    found = []
    for own in _new_ones(stores):
        other = own.payload
        if own.submission == submission:
            continue
        same = {
            "tax_id": bool(tax_id) and rules.plain_tax_id(other.tax_id) == tax_id,
            "name": rules.are_similar(customer.name, other.name),
            "phone": bool(phone) and rules.digits(other.phone).endswith(phone),
        }
        if why := tuple(reason for reason, is_same in same.items() if is_same):
            found.append(Duplicate(_device_row(own), why))
    return found


# Editing


@dataclass(frozen=True, slots=True)
class Editing:
    """A customer to edit: its current version, and the waiting own record that the edit will replace.

    `before` is the base version of the change. With `differences`, the office has changed the customer meanwhile:
    `before` is then its newest version, and `customer` that version with the changes made here. `is_behind`: the
    office's version is not on this device yet. `mine_at`, `office_at`: when each version was made, UTC, or empty.
    """

    customer: CustomerRecord
    record: str = ""
    submission: str = ""
    before: CustomerRecord | None = None
    differences: tuple[Difference, ...] = ()
    not_taken: tuple[OverwrittenValue, ...] = ()
    mine_at: str = ""
    office_at: str = ""
    is_behind: bool = False


def to_edit(stores: AccountStores, key: int) -> Editing | None:
    """Returns a known customer to edit, with its waiting change if there is one; None if it is gone."""
    customer = stores.catalog.one(Customer, key)
    if customer is None:
        return None
    office = _as_record(stores, customer, store.row_hash(stores.catalog, key))
    for own in store.own_records(stores.work, CustomerRecord):
        if own.submission_state in {"waiting", "rejected"} and own.payload.customer == key:
            return _resumed(own, office)
    return Editing(office, before=office)


def _resumed(own: Own, office: CustomerRecord) -> Editing:
    """Resumes a change that is not in the ERP yet, compared with the office's current version."""
    mine, story = own.payload, _story_of(own)
    known = Editing(
        mine,
        own.id,
        own.submission,
        before=story.before if story else None,
        not_taken=story.not_taken if story else (),
        mine_at=own.changed_at,
        office_at=own.error_params.get("since", ""),
    )
    if mine.base_hash == office.base_hash:
        is_behind = own.submission_state == "rejected" and own.error_code == CONFLICT
        return replace(known, before=known.before or office, is_behind=is_behind)
    differences = tuple(compare(known.before, mine, office))
    return replace(known, customer=merged(office, differences), before=office, differences=differences)


def new_to_edit(stores: AccountStores, submission: str) -> Editing | None:
    """Returns a customer added or changed here, to edit; None without such a submission."""
    for own in store.own_records(stores.work, CustomerRecord):
        if own.submission == submission:
            if own.payload.customer is not None:
                return to_edit(stores, own.payload.customer)
            return Editing(own.payload, own.id, submission)
    return None


def _story_of(own: Own) -> ChangeStory | None:
    return msgspec.json.decode(own.story, type=ChangeStory) if own.story else None


def save_edit(work: WorkStore, editing: Editing, customer: CustomerRecord) -> str:
    """Saves the form; returns the submission's id, or "" if nothing differs (any more).

    A change lists only the fields that differ from its base version; overwritten values are kept.
    """
    if customer.customer is None or editing.before is None:
        return save_customer(work, customer, editing.record)[1]
    gone = not_taken(editing.differences, values_of(customer), editing.mine_at, editing.office_at)
    fresh = {entry.field for entry in gone}
    kept = (*(entry for entry in editing.not_taken if entry.field not in fresh), *gone)
    changed = changed_fields(editing.before, customer)
    made = msgspec.structs.replace(customer, base_hash=editing.before.base_hash, changed=changed)
    story = ChangeStory(editing.before, kept)
    if not changed:
        if editing.record:
            _take_back(work, editing, made, story)
        return ""
    return save_customer(work, made, editing.record, story)[1]


def _take_back(work: WorkStore, editing: Editing, customer: CustomerRecord, story: ChangeStory) -> None:
    """Withdraws a change for which the office's values were chosen everywhere; it stays visible."""
    with work.write() as connection:
        if not outbox.withdraw(connection, editing.submission):
            raise TooLateError(editing.record)
        records.save(
            connection, editing.record, "customer", "voided", customer, submission=editing.submission, story=story
        )


def term_names(stores: AccountStores) -> dict[tuple[str, int], str]:
    """Returns the names of all payment forms and price lists, by customer field and key."""
    forms = {("payment_form", row.id): row.name for row in stores.catalog.all(PaymentForm)}
    return forms | {("price_type", row.id): row.name for row in stores.catalog.all(PriceList)}


def not_taken_of(stores: AccountStores, key: int) -> tuple[OverwrittenValue, ...]:
    """Returns the overwritten values of a customer from changes made here, newest change first."""
    found: list[OverwrittenValue] = []
    for own in store.own_records(stores.work, CustomerRecord):
        if own.payload.customer == key and (story := _story_of(own)) is not None:
            found += story.not_taken
    return tuple(found)


def _as_record(stores: AccountStores, row: Customer, base_hash: int | None) -> CustomerRecord:
    currency = stores.catalog.one(Currency, row.currency)
    return CustomerRecord(
        name=row.name,
        addresses=_entries(Address, row.addresses),
        code=row.code,
        tax_id=row.tax_id or "",
        kind=row.kind,
        customer_class=row.customer_class or "",
        city=row.city or "",
        phone=row.phone or "",
        email=row.email or "",
        price_type=row.price_type,
        payment_form=row.payment_form,
        currency=currency.code if currency else "",
        contact_persons=_entries(ContactPerson, (person for person in row.contact_persons if person.name)),
        contacts=_entries(Contact, (contact for contact in row.contacts if contact.value)),
        notes=row.notes or "",
        customer=row.id,
        base_hash=base_hash,
    )


def _entries(kind: type[T], entries: Iterable[Entry]) -> list[T]:
    """Converts a row's nested entries to structs of the payload; skips those that cannot be edited here."""
    found = []
    for entry in entries:
        try:
            found.append(msgspec.convert(entry, kind, from_attributes=True))
        except msgspec.ValidationError:
            continue
    return found
