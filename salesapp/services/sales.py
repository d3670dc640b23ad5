"""Own sales, each order counted once: the ERP's documents of this representative, and own orders it does not have yet.

Drafts, quotes, voided and rejected documents are no sales, nor is what the ERP has called off. Amounts are net, in the
base currency by the rate of the document's day, and never rounded here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from salesapp.domain import credit
from salesapp.domain.objects.auxiliary import Target
from salesapp.domain.objects.directories import Currency
from salesapp.domain.periods import Period, working_days
from salesapp.domain.rows import scaled
from salesapp.domain.sales import ZERO, Rates, Targets, Total
from salesapp.protocol.records import Document
from salesapp.services.price_rows import directories, directory
from salesapp.store import sales as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader

_SCALE = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """An own order that the ERP does not have yet; `net` in the base currency."""

    record: str
    day: date
    net: Decimal
    rate: Decimal
    document: Document

    @property
    def customer(self) -> int | str | None:
        """A key of the catalogue, or the submission of a new customer."""
        return self.document.new_customer or self.document.customer


@dataclass
class Money:
    """Turns stored amounts into the base currency, and counts what it could not do well."""

    rates: Rates
    estimated: int = 0
    """Orders older than every rate of their currency: the oldest one was taken."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Currency without any rate -> orders that are not counted."""

    def rate(self, currency: str, day: str, orders: int = 0) -> Decimal | None:
        """The rate of a day ("": any, of the base currency); `orders`: how many to count if it is not the right one."""
        found = self.rates.on(currency, date.fromisoformat(day) if day else date.max)
        if found is None:
            self.left_out[currency] = self.left_out.get(currency, 0) + orders
            return None
        rate, is_exact = found
        self.estimated += 0 if is_exact else orders
        return rate

    def net(self, amount: int, currency: str, day: str) -> Decimal:
        """A stored amount; nothing for one without a rate."""
        return scaled(amount, _SCALE) * (self.rate(currency, day) or ZERO)


@dataclass(frozen=True)
class Ledger:
    """What is counted: totals by day, the own orders among them that are on this device only, and the targets."""

    names: tuple[str, ...]
    money: Money
    days: dict[date, Total]
    own: tuple[OwnOrder, ...]
    targets: Targets
    begins: date | None
    """The day of the oldest document on this device: what was before may not have come down."""

    @property
    def currency(self) -> str:
        return self.money.rates.base

    def lacks(self, period: Period) -> bool:
        """Whether working days of a period lie before the oldest document on this device."""
        return self.begins is not None and working_days(period.first, min(period.last, self.begins - _DAY)) > 0

    def own_of(self, period: Period) -> Iterator[OwnOrder]:
        return (order for order in self.own if order.day in period)


def read_ledger(stores: AccountStores) -> Ledger:
    """Everything that a report begins with, for the representative whose account this is."""
    money, names = Money(_rates(stores.catalog)), stores.account.names
    days: defaultdict[date, Total] = defaultdict(Total)
    for day, currency, net, orders in store.days(stores.catalog, names):
        rate = money.rate(currency, day, orders)
        if rate is not None:
            days[date.fromisoformat(day)] += Total(scaled(net, _SCALE) * rate, orders)
    own = tuple(_own_orders(stores, money))
    for order in own:
        days[order.day] += Total(order.net, 1)
    first = store.first_day(stores.catalog)
    begins = date.fromisoformat(first) if first else None
    return Ledger(names, money, dict(days), own, read_targets(stores.catalog, names), begins)


def read_targets(catalog: CatalogReader, names: Sequence[str]) -> Targets:
    """The newest name's target counts where a month has several."""
    return {
        date.fromisoformat(row.month).replace(day=1): row.net
        for name in reversed(names)
        for row in catalog.having(Target, "representative", (name,))
    }


def _rates(catalog: CatalogReader) -> Rates:
    known = {
        currency.code: [(found.date, usable) for found in currency.rates if (usable := found.usable) is not None]
        for currency in directory(catalog, Currency)
    }
    return Rates(credit.currency_of(None, directories(catalog)), known)


def _own_orders(stores: AccountStores, money: Money) -> Iterator[OwnOrder]:
    sent = store.confirmed(stores.work)
    counted = store.counted_by_erp(stores.catalog, sent)
    mine = [order.record for order in sent if order.record not in counted]
    for record, document in store.documents(stores.work, mine):
        if document.type != "sales_order":
            continue
        rate = money.rate(document.currency, document.issued_on, 1)
        if rate is not None:
            day = date.fromisoformat(document.issued_on)
            yield OwnOrder(record, day, Decimal(document.net) * rate, rate, document)


def new_customers(stores: AccountStores, submissions: Iterable[str]) -> dict[str, int]:
    """Submission of a new customer -> its key, for those that the catalogue has by now."""
    codes = store.customer_codes(stores.work, submissions)
    found = store.customers_by_code(stores.catalog, codes.values())
    return {submission: found[code].key for submission, code in codes.items() if code in found}
