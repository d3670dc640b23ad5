"""The payloads of submissions: what a representative makes, complete, as one unit each.

Amounts, prices, quantities and percents are decimal strings; dates are local, YYYY-MM-DD; times UTC. `item`, `unit` and
the like are primary keys of the catalogue. A record made on a device names another such record by its submission id.
"""

from typing import Any, Literal

import msgspec

from salesapp.protocol.messages import SubmissionKind


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the payloads; unknown fields are refused."""


class PriceStep(Payload, frozen=True):
    """One step of a price's explanation."""

    label: str
    before: str
    after: str
    value: str = ""
    source: str = ""


class DocumentLine(Payload, frozen=True):
    """One line of a document."""

    line: str  # id within the document
    item: int
    unit: int
    quantity: str
    unit_price: str
    net: str
    vat: str
    gross: str
    vat_rate: int | None = None
    warehouse: int | None = None
    discount_percent: str = "0"
    description: str = ""
    is_free: bool = False
    steps: list[PriceStep] = []
    item_code: str = ""
    item_name: str = ""
    unit_code: str = ""


class VatTotal(Payload, frozen=True):
    """The sums of one VAT rate."""

    vat_rate: int | None
    net: str
    vat: str
    gross: str


class Document(Payload, frozen=True):
    """A sales order or quote with all its lines, priced at the submission's checkpoint."""

    type: Literal["sales_order", "sales_quote"]
    number: str
    issued_on: str
    currency: str
    lines: list[DocumentLine]
    net: str
    vat: str
    gross: str
    customer: int | None = None
    new_customer: str = ""  # submission id of a customer that the gateway does not know yet
    price_type: int | None = None
    payment_form: int | None = None
    delivery_on: str = ""
    delivery_address: str = ""
    warehouse: int | None = None
    discount_percent: str = "0"
    description: str = ""
    signature_sha256: str = ""
    totals: list[VatTotal] = []
    appointment: str = ""
    customer_name: str = ""  # as it was when the document was made


class Address(Payload, frozen=True):
    """An address of a customer."""

    kind: Literal["main", "delivery", "correspondence", "invoice"]
    street: str = ""
    postal_code: str = ""
    city: str = ""
    country: str = ""
    name: str = ""
    is_default: bool = False


class ContactPerson(Payload, frozen=True):
    """A person at a customer."""

    name: str
    position: str = ""
    phone: str = ""
    email: str = ""
    is_default: bool = False


class Contact(Payload, frozen=True):
    """A way to reach a customer."""

    kind: Literal["phone", "email", "url", "fax"]
    value: str


class CustomerRecord(Payload, frozen=True):
    """A new customer, or the changed state of one (`customer`, `base_hash` and `changed` set).

    Of a change only the fields named in `changed` are the representative's; the others are as the version had them.
    """

    name: str
    addresses: list[Address]
    code: str = ""
    tax_id: str = ""
    kind: Literal["company", "person"] = "company"
    customer_class: str = ""
    city: str = ""
    phone: str = ""
    email: str = ""
    price_type: int | None = None
    payment_form: int | None = None
    currency: str = ""
    contact_persons: list[ContactPerson] = []
    contacts: list[Contact] = []
    notes: str = ""
    customer: int | None = None
    base_hash: int | None = None  # row_hash of the version that was edited
    changed: list[str] = []  # names of the fields above that the change writes


class ElementResult(Payload, frozen=True):
    """What became of one element of a visit."""

    kind: Literal["questionnaire", "document", "travel", "photo", "note"]
    name: str
    state: Literal["open", "completed", "rejected"]
    required: bool = False
    reason: str = ""
    answers: dict[str, Any] = {}


class AppointmentRecord(Payload, frozen=True):
    """A planned, moved, carried out or rejected appointment.

    `appointment` names one of the catalogue; `record` is the device's own id of it, the same in each of its
    submissions: documents and travel entries name it too.
    """

    name: str
    appointment_type: int
    planned_start: str
    state: Literal["unconfirmed", "confirmed", "pending", "suspended", "completed", "rejected", "canceled"]
    planned_end: str = ""
    actual_start: str = ""
    actual_end: str = ""
    is_full_day: bool = False
    customer: int | None = None
    new_customer: str = ""
    template: int | None = None
    appointment: int | None = None
    reason: str = ""
    description: str = ""
    elements: list[ElementResult] = []
    record: str = ""


class TravelRecord(Payload, frozen=True):
    """A way with a vehicle: from one reading of its odometer (km) to another. Without `ended_km` it is under way."""

    vehicle: int
    travel_type: int
    travelled_on: str
    started_km: int
    ended_km: int | None = None
    purpose: str = ""
    departure: str = ""
    destination: str = ""
    appointment: str = ""  # `record` of an appointment
    visit: int | None = None  # key of one that this device has no record of


class FileRecord(Payload, frozen=True):
    """A file that belongs to a record; its content has been uploaded before."""

    owner_kind: Literal["customer", "document", "appointment", "item"]
    file_name: str
    media_type: str
    size: int
    sha256: str
    owner: int | None = None
    owner_submission: str = ""
    description: str = ""
    upload_to_erp: bool = True


PAYLOADS: dict[SubmissionKind, type[Payload]] = {
    "customer": CustomerRecord,
    "document": Document,
    "appointment": AppointmentRecord,
    "travel": TravelRecord,
    "file": FileRecord,
}
