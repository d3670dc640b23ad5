"""Auxiliary objects beyond the specification's 26: profile, receipts, customers' documents, own company, targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from salesapp.domain.entries import Entry
from salesapp.domain.nested import UNREADABLE, codes, mapping, texts
from salesapp.domain.objects.documents import USUAL_TYPES, DocumentType
from salesapp.domain.rows import (
    Row,
    added,
    boolean,
    date,
    decimal,
    integer,
    nested,
    objects_of,
    reference,
    synchronized,
    text,
    timestamp,
)
from salesapp.domain.schema import ScopeRule

Severity = Literal["ignore", "warn", "block"]


@synchronized("auxiliary.profiles", "Profile", natural_key=("code",), scope=(ScopeRule("code", "profile"),))
class Profile(Row):
    """The rights of a representative; lists hold codes, and an empty list restricts nothing.

    `barcode_patterns` are those of in-store codes (`domain/barcode_patterns.py`). A larger quantity of a line than
    `maximum_quantity`, in base units, is asked about.
    """

    code: str = text()
    name: str = text()
    price_types: tuple[str, ...] = nested(codes)
    warehouses: tuple[str, ...] = nested(codes)
    payment_forms: tuple[str, ...] = nested(codes)
    default_payment_form: str | None = text()
    document_types: tuple[str, ...] = nested(codes)
    maximum_discount_percent: Decimal | None = decimal(4)
    stock_rule: Severity = text()
    credit_rule: Severity = text()
    maximum_price_age_hours: int | None = integer()
    price_age_rule: Severity = text()
    may_add_customers: bool = boolean()
    barcode_patterns: tuple[str, ...] = added(nested(codes))
    maximum_quantity: Decimal | None = added(decimal(4))
    minimum_price_rule: Severity | None = added(text())
    return_reasons: tuple[str, ...] = added(nested(texts))

    @property
    def allowed_types(self) -> Sequence[str]:
        """The kinds of documents that the representative may write; returns only if the profile names them."""
        return self.document_types or USUAL_TYPES

    @property
    def minimum_rule(self) -> Severity:
        """What a line below its minimum price does; a profile that does not say it warns."""
        return self.minimum_price_rule or "warn"

    @property
    def knows_price_lists(self) -> bool:
        """Whether all codes of its price lists are readable."""
        return UNREADABLE not in self.price_types


@synchronized(
    "auxiliary.document_states",
    "Document States",
    natural_key=("submission", "erp_number"),
    scope=(ScopeRule("representative", "rep"),),
    indexes=(("submission",),),
)
class DocumentState(Row):
    """The ERP's state of a device's record, or of a document created in the ERP (`submission` is None).

    `code`, `field` and `params` explain a rejection.
    """

    submission: str | None = text()
    kind: str = text()
    state: Literal["received", "in_erp", "rejected"] = text()
    representative: str | None = text()
    erp_number: str | None = text()
    code: str | None = text()
    field: str | None = text()
    params: Mapping[str, str] = nested(mapping)
    general_state: str | None = text()
    delivery_state: str | None = text()
    invoice_state: str | None = text()
    changed_at: str = timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class ErpLine(Entry):
    """A line of a document: item and unit by code, amounts in the document's currency."""

    item: str
    quantity: Decimal
    unit: str = ""
    unit_price: Decimal | None = None
    net: Decimal | None = None
    discount_percent: Decimal | None = None
    reason: str = ""
    """Of a return: why it came back; its quantity and net are below zero."""

    @property
    def is_given(self) -> bool:
        """Whether these are free goods: a copy does not order them, its promotions give them."""
        return self.unit_price == 0 and self.net == 0


@synchronized(
    "auxiliary.documents",
    "Documents",
    natural_key=("erp_number",),
    scope=(ScopeRule("customer"), ScopeRule("representative", "rep")),
    indexes=(
        ("customer",),
        ("issued_on",),
        ("submission",),
        ("erp_number",),
        ("number",),
        ("representative", "type", "issued_on", "currency", "customer", "net", "general_state"),  # all of a report
    ),
)
class ErpDocument(Row):
    """An order, quote or return of the ERP; quantities and amounts of a return are below zero.

    `submission` is the id from the device (None: created in the ERP), `number` the device's number.
    """

    submission: str | None = text()
    type: DocumentType = text()
    number: str | None = text()
    erp_number: str = text()
    customer: int | None = reference("customers.customers", strong=False)
    representative: str | None = text()
    issued_on: str = date()
    currency: str = text()
    net: Decimal = decimal(4)
    vat: Decimal = decimal(4)
    gross: Decimal = decimal(4)
    general_state: str | None = text()
    delivery_state: str | None = text()
    invoice_state: str | None = text()
    lines: tuple[ErpLine, ...] = nested()


@synchronized("auxiliary.company", "Company", natural_key=("code",))
class Company(Row):
    """The representative's own company; its address on one line."""

    code: str = text()
    name: str = text()
    address: str | None = text()
    tax_id: str | None = text()
    phone: str | None = text()
    email: str | None = text()


@synchronized(
    "auxiliary.targets",
    "Targets",
    natural_key=("representative", "month"),
    scope=(ScopeRule("representative", "rep"),),
)
class Target(Row):
    """A representative's sales target for a month (given as its first day), net, in the base currency."""

    representative: str = text()
    month: str = date()
    net: Decimal = decimal(4)


OBJECTS = objects_of(Profile, DocumentState, ErpDocument, Company, Target)
