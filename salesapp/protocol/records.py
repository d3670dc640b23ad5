"""The payloads of submissions: the records that a representative makes, each complete.

Amounts, prices, quantities and percents are decimal strings; dates are local, YYYY-MM-DD; times UTC. `item`, `unit` and
the like are primary keys of the catalogue. A record names another record of the device by its submission id.
"""

from typing import Any, Literal

import msgspec

from salesapp.protocol.forms import Key, Line, Name, Text
from salesapp.protocol.messages import SubmissionKind

AMOUNTS = ("net", "vat", "gross")
"""Fields of a line, a sum of a VAT rate and a document, that add up."""


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the payloads; unknown fields are refused."""


class PriceStep(Payload, frozen=True):
    """One step in the explanation of a price."""

    label: Line
    before: Name
    after: Name
    value: Line = ""
    source: Line = ""


class DocumentLine(Payload, frozen=True):
    """One line of a document."""

    line: Name  # id within the document
    item: int
    unit: int
    quantity: Name
    unit_price: Name
    net: Name
    vat: Name
    gross: Name
    vat_rate: int | None = None
    warehouse: int | None = None
    discount_percent: Name = "0"
    description: Text = ""
    is_free: bool = False
    steps: list[PriceStep] = []
    item_code: Line = ""
    item_name: Line = ""
    unit_code: Line = ""
    discount_amount: Name = "0"  # own discount per unit, net or gross as in the price list
    own_price: Name = ""  # own price per unit, net or gross as in the price list; of a return the price paid
    promotion_discount: Name = "0"  # what groups and bundles take off the value, net or gross as in the price list
    reason: Line = ""  # of a return
    returned_from: Line = ""  # of a return: the number of the document that it was sold with


class VatTotal(Payload, frozen=True):
    """The sums of one VAT rate."""

    vat_rate: int | None
    net: Name
    vat: Name
    gross: Name


class Document(Payload, frozen=True):
    """An order, quote or return with all its lines, priced at the submission's checkpoint.

    Quantities and amounts of a return are below zero, its unit prices are not.
    """

    type: Literal["sales_order", "sales_quote", "sales_return"]
    number: Name
    issued_on: Name
    currency: Name
    lines: list[DocumentLine]
    net: Name
    vat: Name
    gross: Name
    customer: int | None = None
    new_customer: Name = ""  # submission id of a customer that the gateway does not know yet
    price_type: int | None = None
    payment_form: int | None = None
    delivery_on: Name = ""
    delivery_address: Line = ""
    warehouse: int | None = None
    discount_percent: Name = "0"
    description: Text = ""
    signature_sha256: Name = ""
    signed_by: Line = ""
    signed_at: Name = ""
    signed_content: Name = ""  # SHA-256 of what was signed
    totals: list[VatTotal] = []
    appointment: Name = ""
    customer_name: Line = ""  # as it was when the document was made
    discount_amount: Name = "0"  # in place of the percent, net or gross as in the price list
    payment_discount: Name = "0"  # of the payment form, in the amounts already; below zero for a surcharge
    vat_sentences: list[Text] = []  # what the customer's tax class requires on the paper


class Address(Payload, frozen=True):
    """An address of a customer."""

    kind: Literal["main", "delivery", "correspondence", "invoice"]
    street: Line = ""
    postal_code: Line = ""
    city: Line = ""
    country: Line = ""
    name: Line = ""
    is_default: bool = False


class ContactPerson(Payload, frozen=True):
    """A person at a customer."""

    name: Line
    position: Line = ""
    phone: Line = ""
    email: Line = ""
    is_default: bool = False


class Contact(Payload, frozen=True):
    """A way to reach a customer."""

    kind: Literal["phone", "email", "url", "fax"]
    value: Line


class CustomerRecord(Payload, frozen=True):
    """A new customer, or a changed one (with `customer`, `base_hash` and `changed`).

    Only the fields in `changed` are the representative's; the others are those of the version that was edited.
    """

    name: Line
    addresses: list[Address]
    code: Line = ""
    tax_id: Line = ""
    kind: Literal["company", "person"] = "company"
    customer_class: Line = ""
    city: Line = ""
    phone: Line = ""
    email: Line = ""
    price_type: int | None = None
    payment_form: int | None = None
    currency: Line = ""
    contact_persons: list[ContactPerson] = []
    contacts: list[Contact] = []
    notes: Text = ""
    customer: int | None = None
    base_hash: int | None = None  # row_hash of the version that was edited
    changed: list[Name] = []  # names of the changed fields


class ElementResult(Payload, frozen=True):
    """The result of one element of an appointment."""

    kind: Literal["questionnaire", "document", "travel", "photo", "note"]
    name: Line
    state: Literal["open", "completed", "rejected"]
    required: bool = False
    reason: Text = ""
    answers: dict[str, Any] = {}


class AppointmentRecord(Payload, frozen=True):
    """An appointment: planned, moved, carried out or rejected.

    `appointment` is its key in the catalogue; `record` is its id on the device, the same in all its
    submissions, which documents and travel entries name too.
    """

    name: Line
    appointment_type: int
    planned_start: Name
    state: Literal["unconfirmed", "confirmed", "pending", "suspended", "completed", "rejected", "canceled"]
    planned_end: Name = ""
    actual_start: Name = ""
    actual_end: Name = ""
    is_full_day: bool = False
    customer: int | None = None
    new_customer: Name = ""
    template: int | None = None
    appointment: int | None = None
    reason: Text = ""
    description: Text = ""
    elements: list[ElementResult] = []
    record: Name = ""


class TravelRecord(Payload, frozen=True):
    """Travel with a vehicle between two readings of its odometer (km). Without `ended_km` it is under way."""

    vehicle: int
    travel_type: int
    travelled_on: Name
    started_km: int
    ended_km: int | None = None
    purpose: Line = ""
    departure: Line = ""
    destination: Line = ""
    appointment: Name = ""  # `record` of an appointment
    visit: int | None = None  # key of one that this device has no record of


class FileRecord(Payload, frozen=True):
    """A file that belongs to a record; its content is uploaded first."""

    owner_kind: Literal["customer", "document", "appointment", "item"]
    file_name: Name
    media_type: Name
    size: int
    sha256: Key
    owner: int | None = None
    owner_submission: Name = ""
    description: Text = ""
    upload_to_erp: bool = True


PAYLOADS: dict[SubmissionKind, type[Payload]] = {  # in sending order
    "customer": CustomerRecord,
    "document": Document,
    "appointment": AppointmentRecord,
    "travel": TravelRecord,
    "file": FileRecord,
}
KINDS: dict[type[Payload], SubmissionKind] = {payload: kind for kind, payload in PAYLOADS.items()}
SENDING_ORDER: tuple[SubmissionKind, ...] = tuple(PAYLOADS)
"""Records go to the gateway, and from there to the ERP, in this order: what others name comes first."""
PARENT_FIELDS = ("new_customer", "owner_submission")
"""Fields of payloads that name another submission of the same user."""
