"""The content of a customer's card, for customers of the catalogue and new ones."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from msgspec.structs import asdict

from salesapp import clock
from salesapp.domain.objects.customers import Address, Contact, ContactPerson, Customer
from salesapp.domain.objects.directories import PaymentForm, PriceList
from salesapp.protocol.records import CustomerRecord
from salesapp.services import credit, visits
from salesapp.services.attachments import Attached, Owner, attached_to
from salesapp.services.choice_checks import left_of
from salesapp.services.customer_changes import OverwrittenValue
from salesapp.services.customers import not_taken_of, term_names
from salesapp.services.items import Attribute, attributes
from salesapp.services.own_work import WorkItem, read_of_customer
from salesapp.services.price_tags import Offer, PriceQuery
from salesapp.store import customers as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.tables import PENDING

_ZERO = Decimal()
_MOST_VISITS = 60


@dataclass(frozen=True, slots=True)
class Credit:
    """Amounts in `currency`; `unsent` are own orders not in the ERP yet. `limit` is None if none is set.

    `drafts` use no credit until they are confirmed. A sum is None where an exchange rate is missing.
    """

    limit: Decimal | None
    used: Decimal
    unsent: Decimal | None
    drafts: Decimal | None
    overdue: Decimal
    currency: str

    @property
    def free(self) -> Decimal | None:
        """The remaining credit; negative if the limit is exceeded, None if it is unknown."""
        return None if self.unsent is None else (self.limit or _ZERO) - self.used - self.unsent


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment of the catalogue (`key`), or an own one that is not there yet (`record`)."""

    name: str
    start: str
    state: str
    key: int | None = None
    record: str = ""


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A customer.

    `state` of a new one: waiting, received or rejected; `change`: the same for an own change that is not in the
    catalogue yet, else empty.
    """

    key: int | None
    submission: str
    state: str
    change: str
    name: str
    code: str
    tax_id: str
    status: str
    customer_class: str
    tax_class: str
    city: str
    phone: str
    email: str
    notes: str
    price_list: str
    payment_form: str
    payer: str
    payer_key: int | None
    discount_percent: Decimal
    addresses: tuple[Address, ...]
    persons: tuple[ContactPerson, ...]
    contacts: tuple[Contact, ...]
    credit: Credit | None
    offers: tuple[Offer, ...]
    attributes: tuple[Attribute, ...]
    documents: tuple[WorkItem, ...]
    visits: tuple[Visit, ...]
    files: tuple[Attached, ...]
    is_favourite: bool
    not_taken: tuple[OverwrittenValue, ...] = ()
    """Overwritten values of changes made here; `names` has their payment forms and price lists."""
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    merged_into: str = ""
    """The name of the customer that is left, if this one was merged and that one is on the device."""


def card(stores: AccountStores, key: int, day: date) -> CustomerCard | None:
    """Returns the card of a catalogue customer; None if a sync has removed it."""
    row = stores.catalog.one(Customer, key)
    return replace(_card_of(stores, row, day), merged_into=_merged_into(stores, row)) if row is not None else None


def _card_of(stores: AccountStores, row: Customer, day: date) -> CustomerCard:
    key = row.id
    payer = stores.catalog.one(Customer, row.payer)
    work, given = read_of_customer(stores, key), not_taken_of(stores, key)
    return CustomerCard(
        key=key,
        submission="",
        state="",
        change=_pending_change(stores, key),
        name=row.name,
        code=row.code,
        tax_id=row.tax_id or "",
        status=row.status,
        customer_class=row.customer_class or "",
        tax_class=row.tax_class or "",
        city=row.city or "",
        phone=row.phone or "",
        email=row.email or "",
        notes=row.notes or "",
        price_list=_price_list(stores, row.price_type),
        payment_form=_payment_form(stores, row.payment_form),
        payer=payer.name if payer else "",
        payer_key=payer.id if payer else None,
        discount_percent=row.general_discount_percent or _ZERO,
        addresses=row.addresses,
        persons=row.contact_persons,
        contacts=row.contacts,
        credit=_credit(stores, row),
        offers=PriceQuery(stores, [], key, day, all_promotions=True).offers(None),
        attributes=tuple(attributes(stores.catalog, "customer", key)),
        documents=tuple(item for item in work if item.kind == "document"),
        visits=tuple(_visits(stores, key, "")),
        files=tuple(attached_to(stores, Owner("customer", key))),
        is_favourite=key in store.favourites(stores.work),
        not_taken=given,
        names=term_names(stores) if given else {},
    )


def new_card(stores: AccountStores, submission: str, day: date) -> CustomerCard | None:
    """Returns the card of a customer added or changed here; None without such a submission."""
    records = store.own_records(stores.work, CustomerRecord)
    own = next((one for one in records if one.submission == submission), None)
    if own is None:
        return None
    if own.submission_state == "in_erp" and own.receipt:
        found = stores.catalog.having(Customer, "code", (own.receipt.erp_number,))
        if found:
            return card(stores, found[0].id, day)
    customer = own.payload
    if customer.customer is not None:
        return card(stores, customer.customer, day)
    return CustomerCard(
        key=None,
        submission=submission,
        state=own.submission_state,
        change="",
        name=customer.name,
        code=customer.code,
        tax_id=customer.tax_id,
        status="prospect",
        customer_class=customer.customer_class,
        tax_class="",
        city=customer.city,
        phone=customer.phone,
        email=customer.email,
        notes=customer.notes,
        price_list=_price_list(stores, customer.price_type),
        payment_form=_payment_form(stores, customer.payment_form),
        payer="",
        payer_key=None,
        discount_percent=_ZERO,
        addresses=tuple(Address(**asdict(entry)) for entry in customer.addresses),
        persons=tuple(ContactPerson(**asdict(entry)) for entry in customer.contact_persons),
        contacts=tuple(Contact(**asdict(entry)) for entry in customer.contacts),
        credit=None,
        offers=PriceQuery(stores, [], None, day, all_promotions=True).offers(None),
        attributes=(),
        documents=tuple(item for item in read_of_customer(stores, None, submission) if item.kind == "document"),
        visits=tuple(_visits(stores, None, submission)),
        files=tuple(attached_to(stores, Owner("customer", record=own.id, submission=submission))),
        is_favourite=False,
    )


def _merged_into(stores: AccountStores, customer: Customer) -> str:
    left = left_of(stores, customer)
    return left.name if left is not None and left.id != customer.id else ""


def _pending_change(stores: AccountStores, key: int) -> str:
    """Returns the state of an own change that is not in the catalogue yet; else empty."""
    for own in store.own_records(stores.work, CustomerRecord):
        if own.submission_state in PENDING and own.payload.customer == key:
            return own.submission_state
    return ""


def _price_list(stores: AccountStores, key: int | None) -> str:
    row = stores.catalog.one(PriceList, key)
    return row.name if row else ""


def _payment_form(stores: AccountStores, key: int | None) -> str:
    row = stores.catalog.one(PaymentForm, key)
    return row.name if row else ""


def _credit(stores: AccountStores, customer: Customer) -> Credit | None:
    """Returns the customer's credit; None if the ERP sends no figures."""
    if customer.credit_limit is None and not customer.credit_used and not customer.overdue:
        return None
    own = credit.usage(stores, customer)
    return Credit(
        limit=customer.credit_limit,
        used=customer.credit_used or _ZERO,
        unsent=own.unsent,
        drafts=own.drafts,
        overdue=customer.overdue or _ZERO,
        currency=own.currency,
    )


def _visits(stores: AccountStores, key: int | None, submission: str) -> list[Visit]:
    """Returns own visits and those of the catalogue, each once, latest first."""
    found = visits.of_customer(stores, key if key is not None else submission, _MOST_VISITS)
    return [Visit(one.name, clock.timestamp(one.start), one.state, key=one.key, record=one.record) for one in found]
