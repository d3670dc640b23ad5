"""A representative's sales: the ERP's documents, and own orders not in the ERP yet; each order counts once.

Drafts, quotes, voided and rejected documents do not count, nor documents cancelled in the ERP. Amounts are net, in the
base currency at the rate of the document's day, and not rounded.
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
    """An own order not in the ERP yet; `net` in the base currency."""

    record: str
    day: date
    net: Decimal
    rate: Decimal
    document: Document

    @property
    def count(self) -> int:
        """1 for an order; 0 for a return, which lowers the sales and is none."""
        return int(self.document.type == "sales_order")

    @property
    def customer(self) -> int | str | None:
        """The customer's key, or the submission of a new one."""
        return self.document.new_customer or self.document.customer


@dataclass
class Money:
    """Converts stored amounts to the base currency, and counts inexact conversions."""

    rates: Rates
    estimated: int = 0
    """Orders older than every rate of their currency, converted at the oldest rate."""
    left_out: dict[str, int] = field(default_factory=dict)
    """Currency without rates -> number of omitted orders."""

    def rate(self, currency: str, day: str, orders: int = 0) -> Decimal | None:
        """Returns the rate of a day ("" for the base currency) or None; counts `orders` if it is inexact or missing."""
        found = self.rates.on(currency, date.fromisoformat(day) if day else date.max)
        if found is None:
            self.left_out[currency] = self.left_out.get(currency, 0) + orders
            return None
        rate, is_exact = found
        self.estimated += 0 if is_exact else orders
        return rate

    def net(self, amount: int, currency: str, day: str) -> Decimal:
        """Converts a stored amount; returns 0 without a rate."""
        return scaled(amount, _SCALE) * (self.rate(currency, day) or ZERO)


@dataclass(frozen=True)
class Ledger:
    """Totals by day, the own orders among them that are only on this device, and the targets."""

    names: tuple[str, ...]
    money: Money
    days: dict[date, Total]
    own: tuple[OwnOrder, ...]
    targets: Targets
    begins: date | None
    """The day of the oldest document on this device, which may lack earlier ones."""

    @property
    def currency(self) -> str:
        return self.money.rates.base

    def lacks(self, period: Period) -> bool:
        """Returns whether a period has working days before the oldest document on this device."""
        return self.begins is not None and working_days(period.first, min(period.last, self.begins - _DAY)) > 0

    def own_of(self, period: Period) -> Iterator[OwnOrder]:
        return (order for order in self.own if order.day in period)


def read_ledger(stores: AccountStores) -> Ledger:
    """Returns the basis of all reports of the account's representative."""
    money, names = Money(_rates(stores.catalog)), stores.account.names
    days: defaultdict[date, Total] = defaultdict(Total)
    for day, currency, net, orders in store.days(stores.catalog, names):
        rate = money.rate(currency, day, orders)
        if rate is not None:
            days[date.fromisoformat(day)] += Total(scaled(net, _SCALE) * rate, orders)
    own = tuple(_own_orders(stores, money))
    for order in own:
        days[order.day] += Total(order.net, order.count)
    first = store.first_day(stores.catalog)
    begins = date.fromisoformat(first) if first else None
    return Ledger(names, money, dict(days), own, read_targets(stores.catalog, names), begins)


def read_targets(catalog: CatalogReader, names: Sequence[str]) -> Targets:
    """Returns the targets by month; if a month has several, the newest name's one."""
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
        if document.type == "sales_quote":
            continue
        rate = money.rate(document.currency, document.issued_on, int(document.type == "sales_order"))
        if rate is not None:
            day = date.fromisoformat(document.issued_on)
            yield OwnOrder(record, day, Decimal(document.net) * rate, rate, document)


def new_customers(stores: AccountStores, submissions: Iterable[str]) -> dict[str, int]:
    """Returns submission -> key of new customers that are in the catalogue by now."""
    codes = store.customer_codes(stores.work, submissions)
    found = store.customers_by_code(stores.catalog, codes.values())
    return {submission: found[code].key for submission, code in codes.items() if code in found}
