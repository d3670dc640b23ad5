"""What a customer's credit is taken by: what the ERP knows, own documents that it does not know yet, and drafts.

All amounts are gross, in the currency of the customer's limit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from salesapp import clock
from salesapp.domain import credit
from salesapp.domain.objects.customers import Customer
from salesapp.domain.pricing import PriceBook
from salesapp.protocol.records import Document
from salesapp.services.price_rows import directories, rows_for
from salesapp.services.unsent import unsent_documents
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.customers import made_here

_ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class Taken:
    """`unsent`: confirmed here, not in the ERP yet; `drafts` would come on top if they were confirmed."""

    currency: str
    used: Decimal
    unsent: Decimal
    drafts: Decimal
    draft_count: int


def taken(stores: AccountStores, customer: Customer, *, without: str = "") -> Taken:
    """Of a customer; `without`: a record that is left out, the one that is being written."""
    currency = currency_of(stores, customer)
    made_by = made_here(stores.catalog, stores.work, customer.id)
    unsent = _orders_of(customer.id, made_by, unsent_documents(stores), without)
    drafts = _orders_of(customer.id, made_by, _drafts(stores), without)
    return Taken(
        currency=currency,
        used=customer.credit_used or _ZERO,
        unsent=_sum(stores, unsent, currency),
        drafts=_sum(stores, drafts, currency),
        draft_count=len(drafts),
    )


def currency_of(stores: AccountStores, customer: Customer) -> str:
    """Code of the customer's currency, else of the base currency."""
    return credit.currency_of(customer, directories(stores.catalog))


def in_currency(stores: AccountStores, amount: Decimal, source: str, target: str, day: date) -> Decimal:
    """An amount in another currency at the rate of the day; as it is where there is no rate."""
    if source == target:
        return amount
    return credit.in_currency(PriceBook(rows_for(stores, (), None)), amount, source, target, day)


def _drafts(stores: AccountStores) -> Iterator[tuple[str, Document]]:
    with stores.work.read() as connection:
        stored = records.find_all(connection, Document, "draft")
    for entry in stored:
        yield entry.id, entry.payload


def _orders_of(
    customer: int, made_by: frozenset[str], documents: Iterable[tuple[str, Document]], without: str
) -> list[Document]:
    """Also those that were begun before the ERP had the customer, and name it by a submission."""
    return [
        document
        for record, document in documents
        if record != without and document.type == "sales_order" and document.lines
        if document.customer == customer or document.new_customer in made_by
    ]


def _sum(stores: AccountStores, documents: Iterable[Document], currency: str) -> Decimal:
    day = clock.today()
    return sum((in_currency(stores, Decimal(entry.gross), entry.currency, currency, day) for entry in documents), _ZERO)
