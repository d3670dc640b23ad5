"""New customers, usable at once, and changes of known ones; the lists of customers, and who may be one already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import msgspec

from salesapp.domain.ids import new_id
from salesapp.protocol.records import Address, Contact, ContactPerson, CustomerRecord
from salesapp.services import customer_rules as rules
from salesapp.services.documents import TooLateError
from salesapp.services.price_rows import Row, directory, profile_of
from salesapp.store import customers as store
from salesapp.store import outbox, records
from salesapp.store.browse import Browser
from salesapp.store.shelf import Shelf
from salesapp.store.work import WorkStore

if TYPE_CHECKING:
    from array import array

T = TypeVar("T", Address, Contact, ContactPerson)
TABS = ("all", "favourites", "top", "recent")
_ON_DEVICE = ("waiting", "received", "rejected")
_MOST = 500


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list. One that is only on this device has no `key` but a `submission`, and its `state`."""

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
    """A customer that may be the same. `reasons`: tax_id, name, phone."""

    row: CustomerRow
    reasons: tuple[str, ...]


def add_customer(work: WorkStore, customer: CustomerRecord) -> tuple[str, str]:
    """Saves a new or changed customer and puts it into the outbox; returns the record's and the submission's id.

    A document names a new customer by the submission's id, and depends on it.
    """
    return save_customer(work, customer)


def save_customer(work: WorkStore, customer: CustomerRecord, record_id: str = "") -> tuple[str, str]:
    """Like `add_customer`; with a record, what waits of it is withdrawn and this is sent in its place.

    Documents that name the former submission name the new one. Raises TooLateError when it may be on its way already.
    """
    id_ = record_id or new_id()
    with work.write() as connection:
        found = records.find_in(connection, id_)
        if found is not None and found.submission and not outbox.withdraw(connection, found.submission):
            raise TooLateError(id_)
        submission = outbox.add(connection, "customer", id_, customer)
        records.save(connection, id_, "customer", "confirmed", customer, submission=submission)
    return id_, submission


def may_add(shelf: Shelf) -> bool:
    """Whether the profile lets the representative add customers; without a profile: yes."""
    profile = profile_of(shelf.catalog)
    return profile is None or bool(profile["may_add_customers"])


# Lists


def listed(shelf: Shelf, tab: str) -> "array[int]":
    """Keys of the customers of a tab, in its order."""
    catalog = shelf.catalog
    if tab == "favourites":
        return store.by_name(catalog, store.favourites(shelf.work))
    if tab not in {"top", "recent"}:
        return store.by_name(catalog)
    counted = store.documents_of(catalog)
    for customer, issued_on in _own_documents(shelf):
        count, last = counted.get(customer, (0, ""))
        counted[customer] = (count + 1, max(last, issued_on))
    if tab == "top":
        ordered = sorted(counted, key=lambda customer: counted[customer][0], reverse=True)
    else:
        ordered = sorted(counted, key=lambda customer: counted[customer][1], reverse=True)
    return store.existing(catalog, ordered[:_MOST])


def _own_documents(shelf: Shelf) -> Iterable[tuple[int, str]]:
    """(Customer, date) of own documents that the catalogue does not have yet, drafts included."""
    for row in store.own_records(shelf.work, "document"):
        if row.state != "voided" and row.submission_state != "in_erp":
            payload = msgspec.json.decode(row.payload)
            if payload.get("customer") is not None:
                yield int(payload["customer"]), str(payload["issued_on"])


def rows(shelf: Shelf, keys: Sequence[int]) -> dict[int, CustomerRow]:
    """What a list shows of these customers; those that are gone are left out."""
    return {
        key: CustomerRow(
            key=key,
            submission="",
            code=found["code"],
            name=found["name"],
            city=found["city"] or "",
            status=found["status"],
            overdue=found["overdue"],
            last_document=found.get("last", ""),
        )
        for key, found in store.page(shelf.catalog, keys).items()
    }


def on_device(shelf: Shelf, typed: str = "") -> list[CustomerRow]:
    """New customers that the catalogue does not have yet, the newest first; those whose words begin as typed."""
    found = []
    wanted = rules.name_words(typed) if typed.strip() else []
    for row in store.own_records(shelf.work, "customer"):
        if row.submission_state not in _ON_DEVICE:
            continue
        customer = msgspec.json.decode(row.payload, type=CustomerRecord)
        if customer.customer is not None:
            continue
        words = rules.name_words(f"{customer.name} {customer.city} {customer.tax_id}")
        if all(any(word.startswith(part) for word in words) for part in wanted):
            found.append(_device_row(customer, row.submission, row.submission_state))
    return found


def _device_row(customer: CustomerRecord, submission: str, state: str) -> CustomerRow:
    return CustomerRow(
        key=None,
        submission=submission,
        code=customer.code,
        name=customer.name,
        city=customer.city,
        status="prospect",
        overdue=Decimal(),
        last_document="",
        state=state,
    )


# Who may be the same


def duplicates(shelf: Shelf, customer: CustomerRecord, *, submission: str = "") -> list[Duplicate]:
    """Customers with the same tax number, a similar name or the same phone, the surest first; not itself."""
    reasons: dict[int, list[str]] = {}
    for reason, keys in _same(shelf.catalog, customer):
        for key in keys:
            if key != customer.customer:
                reasons.setdefault(key, []).append(reason)
    known = rows(shelf, list(reasons))
    found = [Duplicate(known[key], tuple(dict.fromkeys(why))) for key, why in reasons.items() if key in known]
    found += _same_on_device(shelf, customer, submission)
    return sorted(found, key=lambda duplicate: ("tax_id" not in duplicate.reasons, -len(duplicate.reasons)))[:8]


def _same(catalog: Browser, customer: CustomerRecord) -> Iterable[tuple[str, list[int]]]:
    address = rules.main_address(customer)
    spellings = rules.tax_id_spellings(customer.tax_id, address.country if address else "")
    if spellings:
        yield "tax_id", store.with_tax_id(catalog, spellings)
    words = [word for word in rules.name_words(customer.name) if len(word) > 2]
    candidates = {key: name for word in words for key, name in store.with_word(catalog, word)}
    yield "name", [key for key, name in candidates.items() if rules.are_similar(customer.name, name)]
    phone = rules.digits(customer.phone)[-rules.PHONE_DIGITS :]
    if len(phone) == rules.PHONE_DIGITS:
        yield "phone", store.with_phone_ending(catalog, phone)


def _same_on_device(shelf: Shelf, customer: CustomerRecord, submission: str) -> list[Duplicate]:
    tax_id, phone = rules.plain_tax_id(customer.tax_id), rules.digits(customer.phone)[-rules.PHONE_DIGITS :]
    found = []
    for row in store.own_records(shelf.work, "customer"):
        if row.submission_state not in _ON_DEVICE or row.submission == submission:
            continue
        other = msgspec.json.decode(row.payload, type=CustomerRecord)
        if other.customer is not None:
            continue
        same = {
            "tax_id": bool(tax_id) and rules.plain_tax_id(other.tax_id) == tax_id,
            "name": rules.are_similar(customer.name, other.name),
            "phone": bool(phone) and rules.digits(other.phone).endswith(phone),
        }
        if why := tuple(reason for reason, is_same in same.items() if is_same):
            found.append(Duplicate(_device_row(other, row.submission, row.submission_state), why))
    return found


# Editing


@dataclass(frozen=True, slots=True)
class Editing:
    """A customer to edit: how it is now, and the own record that it replaces when that still waits."""

    customer: CustomerRecord
    record: str = ""
    submission: str = ""


def to_edit(shelf: Shelf, key: int) -> Editing | None:
    """A known customer as a change: of the version in the catalogue, or a change that still waits; None when gone."""
    row = shelf.catalog.row("customers.customers", key)
    if row is None:
        return None
    for own in store.own_records(shelf.work, "customer"):
        if own.submission_state in {"waiting", "rejected"}:
            waiting = msgspec.json.decode(own.payload, type=CustomerRecord)
            if waiting.customer == key:
                base = store.row_hash(shelf.catalog, key)
                return Editing(msgspec.structs.replace(waiting, base_hash=base), own.id, own.submission)
    return Editing(_as_record(shelf, row, store.row_hash(shelf.catalog, key)))


def new_to_edit(shelf: Shelf, submission: str) -> Editing | None:
    """A customer of this device; None when there is none with this submission."""
    for own in store.own_records(shelf.work, "customer"):
        if own.submission == submission:
            return Editing(msgspec.json.decode(own.payload, type=CustomerRecord), own.id, submission)
    return None


def _as_record(shelf: Shelf, row: Row, base_hash: int | None) -> CustomerRecord:
    currencies = {entry["id"]: entry["code"] for entry in directory(shelf.catalog, "directories.currencies")}
    return CustomerRecord(
        name=row["name"],
        addresses=_entries(Address, row["addresses"]),
        code=row["code"],
        tax_id=row["tax_id"] or "",
        kind=row["kind"],
        customer_class=row["customer_class"] or "",
        city=row["city"] or "",
        phone=row["phone"] or "",
        email=row["email"] or "",
        price_type=row["price_type"],
        payment_form=row["payment_form"],
        currency=currencies.get(row["currency"], ""),
        contact_persons=_entries(ContactPerson, row["contact_persons"]),
        contacts=_entries(Contact, row["contacts"]),
        notes=row["notes"] or "",
        customer=row["id"],
        base_hash=base_hash,
    )


def _entries(kind: type[T], entries: Iterable[Row]) -> list[T]:
    """Nested entries of a row as the struct that travels; what the struct does not know stays in the ERP."""
    names = set(kind.__struct_fields__)
    found = []
    for entry in entries:
        try:
            known = {name: value for name, value in entry.items() if name in names and value is not None}
            found.append(msgspec.convert(known, kind))
        except msgspec.ValidationError:  # not one that can be edited here
            continue
    return found
