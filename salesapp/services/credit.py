"""How much of a customer's credit is used: by the ERP's figures, own unsent documents, and drafts.

All amounts are gross, in the currency of the customer's limit.
"""

from collections.abc import Iterable, Iterator, Sequence
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
class Usage:
    """`unsent`: confirmed here, not in the ERP yet; `drafts` would be added if confirmed.

    A sum is None where an exchange rate is missing; `without_rate` are the currencies of unsent orders without one.
    """

    currency: str
    used: Decimal
    unsent: Decimal | None
    drafts: Decimal | None
    draft_count: int
    without_rate: tuple[str, ...] = ()


def usage(stores: AccountStores, customer: Customer, *, without: str = "") -> Usage:
    """Returns the used credit of a customer; `without` excludes a record, the one being edited."""
    currency = currency_of(stores, customer)
    made_by = made_here(stores.catalog, stores.work, customer.id)
    unsent = _orders_of(customer.id, made_by, unsent_documents(stores), without)
    drafts = _orders_of(customer.id, made_by, _drafts(stores), without)
    own, planned = _amounts(stores, unsent, currency), _amounts(stores, drafts, currency)
    without_rate = {entry.currency for entry, amount in zip(unsent, own, strict=True) if amount is None}
    return Usage(
        currency=currency,
        used=customer.credit_used or _ZERO,
        unsent=_sum(own),
        drafts=_sum(planned),
        draft_count=len(drafts),
        without_rate=tuple(sorted(without_rate)),
    )


def currency_of(stores: AccountStores, customer: Customer) -> str:
    """Returns the code of the customer's currency, else of the base currency."""
    return credit.currency_of(customer, directories(stores.catalog))


def in_currency(stores: AccountStores, amount: Decimal, source: str, target: str, day: date) -> Decimal | None:
    """Converts an amount at the day's rate; returns None if there is no rate."""
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
    """Returns a customer's orders, including those that name it by submission because it was new."""
    return [
        document
        for record, document in documents
        if record != without and document.type == "sales_order" and document.lines
        if document.customer == customer or document.new_customer in made_by
    ]


def _amounts(stores: AccountStores, documents: Iterable[Document], currency: str) -> list[Decimal | None]:
    day = clock.today()
    return [in_currency(stores, Decimal(entry.gross), entry.currency, currency, day) for entry in documents]


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Returns the sum; None if one of them is unknown."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, _ZERO) if len(known) == len(amounts) else None
