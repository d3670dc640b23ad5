"""Sales reports from this device's data: by day, week, month and year, by customer and item, and inactive customers.

These functions may read every document: call them outside the window's thread.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from heapq import nlargest
from typing import Literal, TypeVar

from salesapp.domain.periods import Period, Span, last_periods, period_of, same_part_before
from salesapp.domain.rows import scaled
from salesapp.domain.sales import (
    ZERO,
    TargetProgress,
    Total,
    change_percent,
    target_of,
    target_progress,
    total_of,
    weeks_since,
)
from salesapp.services.sales import Ledger, OwnOrder, new_customers, read_ledger
from salesapp.store import customers
from salesapp.store import sales as store
from salesapp.store.account_stores import AccountStores
from salesapp.store.glance import SalesGlance
from salesapp.store.sales import Named

K = TypeVar("K")
What = Literal["customers", "items"]
COUNTS: dict[Span, int] = {"day": 14, "week": 12, "month": 12, "year": 5}
"""The number of periods in a report."""
WEEKS = (4, 8, 12, 26)
"""Choices of weeks without an order after which a customer counts as inactive."""
MOST_RANKED = 100
MOST_ORDERS = 500
_YEAR_OF_WEEKS = timedelta(weeks=52)
_SCALE = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One period of the chart. `is_current`: it contains today; `target` None or 0: no target."""

    period: Period
    total: Total
    target: Decimal | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a figure to the previous period, or its part `compared`; `percent` None: nothing was sold then.

    `is_whole` is False if the device lacks documents of that time, which rules out a comparison.
    """

    compared: Period
    is_whole: bool
    before: Total
    percent: Decimal | None
    orders: int
    average_percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A customer or item with its share; `key` None: not in the catalogue; `submission`: a new customer."""

    key: int | None
    name: str
    code: str
    net: Decimal
    submission: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: the bars, and the figures of one `period` (the last one, or the one opened by the user).

    `shown` reaches from the first bar to the last. `on_device`: orders among them that the ERP does not
    have yet; `estimated` and `left_out`: orders with an approximate exchange rate, and without any.
    """

    span: Span
    within: Period | None
    today: date
    currency: str
    as_of: str | None
    bars: tuple[Bar, ...]
    period: Period
    shown: Period
    total: Total
    change: Change
    progress: TargetProgress | None
    target: Decimal | None
    what: What
    ranked: tuple[Ranked, ...]
    has_orders: bool
    on_device: int
    estimated: int
    left_out: tuple[tuple[str, int], ...]
    begins: date | None
    """The date of the oldest document on this device, if a bar begins before it."""

    @property
    def highest(self) -> Decimal:
        """The maximum of all bars and their targets."""
        return max(max(bar.total.net, bar.target or ZERO) for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Away:
    """An inactive customer; `last` order, None: never. `net`: sales of the last 52 weeks."""

    key: int
    last: date | None
    weeks: int
    net: Decimal


@dataclass(frozen=True, slots=True)
class AwayRow:
    """An inactive customer as a list row."""

    away: Away
    name: str
    city: str


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a period: an own one by record, the ERP's by key. `net` in `currency`."""

    record: str
    key: int | None
    number: str
    customer: str
    day: date
    net: Decimal
    currency: str


def read_report(
    stores: AccountStores, span: Span, within: Period | None, today: date, what: What = "customers"
) -> Report:
    """Returns the report of a span's last periods, or of the parts of `within`, with the best customers or items."""
    ledger = read_ledger(stores)
    periods = within.parts() if within else _last(span, ledger, today)
    period = within or periods[-1]
    shown = Period(period.span, periods[0].first, periods[-1].last)
    total = total_of(ledger.days, period)
    money = ledger.money
    return Report(
        span=span,
        within=within,
        today=today,
        currency=ledger.currency,
        as_of=stores.catalog.verified_at("auxiliary.documents"),
        bars=tuple(_bar(ledger, entry, today) for entry in periods),
        period=period,
        shown=shown,
        total=total,
        change=_change(ledger, period, total, today),
        progress=_progress(ledger, period, today),
        target=target_of(period, ledger.targets) or None,
        what=what,
        ranked=_ranked(stores, ledger, shown, what),
        has_orders=bool(ledger.days),
        on_device=sum(1 for _ in ledger.own_of(shown)),
        estimated=money.estimated,
        left_out=tuple(sorted(money.left_out.items())),
        begins=ledger.begins if ledger.lacks(shown) else None,
    )


def glance_of(ledger: Ledger, today: date) -> SalesGlance:
    """Returns the figures of the tile: this month, and the change to the same part of the last one."""
    month = period_of("month", today)
    total = total_of(ledger.days, month)
    change, progress = _change(ledger, month, total, today), _progress(ledger, month, today)
    return SalesGlance(
        month=month.first.isoformat(),
        net=total.net,
        currency=ledger.currency,
        percent=change.percent,
        reached=progress.percent if progress else None,
    )


def read_ranked(stores: AccountStores, what: What, shown: Period) -> tuple[Ranked, ...]:
    """Returns the best customers or items of a period."""
    return _ranked(stores, read_ledger(stores), shown, what)


def read_away(stores: AccountStores, weeks: int | None, today: date) -> list[Away]:
    """Returns customers without any representative's order for `weeks`, the longest first; None: without any order.

    Omits blocked customers, who cannot order.
    """
    ledger = read_ledger(stores)
    last, net = _last_orders(stores, ledger, today)
    hidden = store.customer_keys(stores.catalog, blocked=True)
    if weeks is None:
        known = (
            key for key in stores.catalog.ids(customers.CUSTOMERS, "name") if key not in last and key not in hidden
        )
        return [Away(key, None, 0, ZERO) for key in known]
    here = store.customer_keys(stores.catalog, blocked=False) - hidden
    latest = today - timedelta(weeks=weeks)
    found = [
        Away(key, day, weeks_since(day, today), net.get(key, ZERO))
        for key, day in last.items()
        if day <= latest and key in here
    ]
    return sorted(found, key=lambda entry: (entry.last or today, -entry.net, entry.key))


def named(stores: AccountStores, entries: Sequence[Away]) -> list[AwayRow]:
    """Returns a page of inactive customers with names and towns."""
    found = store.named_customers(stores.catalog, [entry.key for entry in entries])
    rows = ((entry, found.get(entry.key)) for entry in entries)
    return [AwayRow(entry, row.name if row else "", row.city if row else "") for entry, row in rows]


def read_away_first(stores: AccountStores, weeks: int, today: date, most: int) -> tuple[int, list[AwayRow]]:
    """Returns the number of inactive customers, and the first of them."""
    found = read_away(stores, weeks, today)
    return len(found), named(stores, found[:most])


def read_orders(stores: AccountStores, period: Period) -> list[Order]:
    """Returns the orders of a period: unsent own ones first, then latest first."""
    ledger = read_ledger(stores)
    rows = store.of_period(stores.catalog, ledger.names, _bounds(period), MOST_ORDERS)
    names = store.named_customers(stores.catalog, {row.customer for row in rows if row.customer is not None})
    own = [
        Order(
            order.record,
            None,
            order.document.number,
            order.document.customer_name,
            order.day,
            Decimal(order.document.net),
            order.document.currency,
        )
        for order in ledger.own_of(period)
    ]
    theirs = [
        Order(
            "",
            row.id,
            row.erp_number,
            names[row.customer].name if row.customer is not None and row.customer in names else "",
            date.fromisoformat(row.issued_on),
            scaled(row.net, _SCALE),
            row.currency,
        )
        for row in rows
    ]
    return sorted(own, key=lambda order: order.day, reverse=True) + theirs


def _last(span: Span, ledger: Ledger, today: date) -> tuple[Period, ...]:
    """Returns the last periods of a span; omits years before the first order, but keeps the last two."""
    found = last_periods(span, today, COUNTS[span])
    if span != "year":
        return found
    first = min(ledger.days, default=today)
    return tuple(period for period in found[:-2] if period.last >= first) + found[-2:]


def _bounds(period: Period) -> tuple[str, str]:
    return period.first.isoformat(), period.last.isoformat()


def _bar(ledger: Ledger, period: Period, today: date) -> Bar:
    return Bar(period, total_of(ledger.days, period), target_of(period, ledger.targets), today in period)


def _change(ledger: Ledger, period: Period, total: Total, today: date) -> Change:
    compared = same_part_before(period, today)
    is_whole = not ledger.lacks(compared)
    before = total_of(ledger.days, compared) if is_whole else Total()
    return Change(
        compared,
        is_whole,
        before,
        change_percent(total.net, before.net),
        total.orders - before.orders,
        change_percent(total.average, before.average) if total.orders else None,
    )


def _progress(ledger: Ledger, period: Period, today: date) -> TargetProgress | None:
    """Returns target progress of a month or year; for a day or week, of the month of its last day (or today)."""
    if period.span in {"day", "week"}:
        period = period_of("month", today if today in period else period.last)
    return target_progress(period, ledger.targets, total_of(ledger.days, period).net, today)


def _ranked(stores: AccountStores, ledger: Ledger, shown: Period, what: What) -> tuple[Ranked, ...]:
    """Returns the best of a period. Reads the lines of all orders for items, only sums for customers."""
    return (_customers if what == "customers" else _items)(stores, ledger, shown)


def _customers(stores: AccountStores, ledger: Ledger, shown: Period) -> tuple[Ranked, ...]:
    net: defaultdict[int | str | None, Decimal] = defaultdict(Decimal)
    rows = store.by_customer(stores.catalog, ledger.names, _bounds(shown), ledger.currency)
    for customer, currency, day, amount, _orders in rows:
        net[customer] += ledger.money.net(amount, currency, day)
    own = tuple(ledger.own_of(shown))
    known = new_customers(stores, {order.document.new_customer for order in own} - {""})
    called: dict[int | str | None, str] = {}
    for order in own:
        key = known.get(order.document.new_customer, order.customer)
        net[key] += order.net
        called.setdefault(key, order.document.customer_name)
    best = _best(net)
    names = store.named_customers(stores.catalog, [key for key, _ in best if isinstance(key, int)])
    return tuple(_ranked_customer(key, amount, names, called) for key, amount in best)


def _ranked_customer(
    key: int | str | None, net: Decimal, names: dict[int, Named], called: dict[int | str | None, str]
) -> Ranked:
    if isinstance(key, int) and key in names:
        found = names[key]
        return Ranked(key, found.name, found.code, net, city=found.city)
    return Ranked(None, called.get(key, ""), "", net, key if isinstance(key, str) else "")


def _items(stores: AccountStores, ledger: Ledger, shown: Period) -> tuple[Ranked, ...]:
    net: defaultdict[str, Decimal] = defaultdict(Decimal)
    for part in _by_month(shown):
        for day, currency, lines in store.lines(stores.catalog, ledger.names, _bounds(part)):
            rate = ledger.money.rate(currency, day) or ZERO
            for sold in lines:
                net[sold.item] += Decimal(sold.net) * rate
    called: dict[str, str] = {}
    for order in ledger.own_of(shown):
        for line in order.document.lines:
            net[line.item_code] += Decimal(line.net) * order.rate
            called.setdefault(line.item_code, line.item_name)
    best = _best(net)
    names = store.named_items(stores.catalog, [code for code, _ in best])
    return tuple(
        Ranked(names[code].key, names[code].name, code, amount)
        if code in names
        else Ranked(None, called.get(code, code), code, amount)
        for code, amount in best
    )


def _by_month(shown: Period) -> Iterator[Period]:
    """Splits a long period into months, to limit the lines read at once."""
    first = shown.first
    while first <= shown.last:
        last = min(period_of("month", first).last, shown.last)
        yield Period("day", first, last)
        first = last + timedelta(days=1)


def _best(net: dict[K, Decimal]) -> list[tuple[K, Decimal]]:
    found = ((key, amount) for key, amount in net.items() if amount > 0)
    return nlargest(MOST_RANKED, found, key=lambda entry: entry[1])


def _last_orders(stores: AccountStores, ledger: Ledger, today: date) -> tuple[dict[int, date], dict[int, Decimal]]:
    """Returns each customer's day of the last order, and net sales of the last 52 weeks."""
    last: dict[int, str] = {}
    net: defaultdict[int, Decimal] = defaultdict(Decimal)
    since = today - _YEAR_OF_WEEKS
    for customer, currency, day, latest, amount in store.last_orders(
        stores.catalog, since.isoformat(), ledger.currency
    ):
        last[customer] = max(last.get(customer, ""), latest)
        net[customer] += ledger.money.net(amount, currency, day) if amount else ZERO
    days = {customer: date.fromisoformat(day) for customer, day in last.items() if day}
    for key, order in _with_keys(stores, ledger):
        if order.count:
            days[key] = max(days.get(key, order.day), order.day)
        net[key] += order.net if order.day >= since else ZERO
    return days, net


def _with_keys(stores: AccountStores, ledger: Ledger) -> Iterable[tuple[int, OwnOrder]]:
    """Yields (customer, order) of own orders and returns of catalogue customers."""
    known = new_customers(stores, {order.document.new_customer for order in ledger.own} - {""})
    for order in ledger.own:
        key = known.get(order.document.new_customer, order.document.customer)
        if key is not None:
            yield key, order
