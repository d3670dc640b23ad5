"""Reports: every order counts once through its life, and sums equal an independent calculation."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.customers import Customer
from salesapp.domain.periods import Period, period_of
from salesapp.domain.sales import Total
from salesapp.gateway import administration
from salesapp.protocol.records import Address, CustomerRecord, Document, DocumentLine, Payload
from salesapp.services import customers, documents, own_work
from salesapp.services.document_view import view_of_erp
from salesapp.services.reports import Report, What, glance_of, read_away, read_orders, read_report
from salesapp.services.sales import read_ledger
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.numerators import numerator
from tests.services.account_stores import key_of, stores_of

pytestmark = pytest.mark.clock

TODAY = date(2026, 3, 12)
NUMERATOR = numerator()
LINE = {"item": "I1", "unit": "pcs", "quantity": "1", "unit_price": "10.00", "net": "10.00"}
ERP = {
    "type": "sales_order",
    "customer": "C1",
    "representative": "rep1",
    "issued_on": "2026-03-10",
    "currency": "PLN",
    "net": 1_000_000,
    "vat": 230_000,
    "gross": 1_230_000,
    "lines": [LINE | {"net": "100.00"}],
}
"""A document of 100.00 that rep1 issued."""
EUR = {"code": "EUR", "name": "Euro", "decimals": 2, "rates": [{"date": "2026-03-01", "rate": "4.2512"}]}


def an_order(**values: Any) -> Document:
    """An order of 50.00."""
    line = DocumentLine(
        line="1", item=1, unit=1, quantity="1", unit_price="50.00", net="50.00", vat="11.50", gross="61.50",
        item_code="I2", item_name="Item I2",
    )  # fmt: skip
    order = Document(
        type="sales_order", number="", issued_on="2026-03-11", currency="PLN", lines=[line], net="50.00", vat="11.50",
        gross="61.50", customer_name="First",
    )  # fmt: skip
    return msgspec.structs.replace(order, **values)


class Day:
    """A representative's tablet, and the ERP behind the gateway."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.company = tablet.gateway.connector.company
        self.company["auxiliary.documents"].clear()
        self.company["directories.currencies"]["EUR"] = EUR
        self.take()

    def take(self) -> None:
        """Brings the ERP's rows to the tablet."""
        self.tablet.gateway.take()
        assert self.tablet.sync().outcome in {"ok", "failed"}

    def erp(self, key: str, **values: Any) -> None:
        self.company["auxiliary.documents"][key] = ERP | {"erp_number": key} | values

    @contextmanager
    def stores(self) -> Iterator[AccountStores]:
        with stores_of(self.tablet) as found:
            yield found

    def report(self, within: Period | None = None, what: What = "customers") -> Report:
        with self.stores() as stores:
            return read_report(stores, "month", within, TODAY, what)

    @property
    def total(self) -> tuple[Decimal, int]:
        total = self.report().total
        return total.net, total.orders

    def confirm(self, **values: Any) -> str:
        with self.stores() as stores:
            order = an_order(**{"customer": key_of(stores, "customers.customers", "C1")} | values)
            return documents.confirm(stores.work, order, NUMERATOR, checkpoint="1-a")

    def stored(self, record: str) -> records.StoredRecord[Payload]:
        with self.stores() as stores:
            return records.load(stores.work, record)


@pytest.fixture
def day(make_tablet: Callable[[str], Tablet]) -> Day:
    return Day(make_tablet("rep1"))


NOTHING, ONE = (Decimal(0), 0), (Decimal(50), 1)


def test_that_an_order_counts_once_from_its_confirmation_on(day: Day) -> None:
    with day.stores() as stores:
        customer = key_of(stores, "customers.customers", "C1")
        record = documents.save_draft(stores.work, an_order(customer=customer))
    assert day.total == NOTHING, "a draft"
    with day.stores() as stores:
        order = documents.load(stores.work, record)
        documents.confirm(stores.work, order, NUMERATOR, checkpoint="1-a", record_id=record)
    assert day.total == ONE, "confirmed"
    assert day.report().on_device == 1
    with day.stores() as stores:
        documents.reopen(stores.work, record)
    assert day.total == NOTHING, "withdrawn"
    with day.stores() as stores:
        documents.confirm(stores.work, order, NUMERATOR, checkpoint="1-a", record_id=record)
    day.take()
    assert day.total == ONE, "in the ERP, whose document has not come down"
    submission = day.stored(record).submission
    day.erp("ERP/9", submission=submission, net=500_000, issued_on="2026-03-11")
    day.take()
    assert day.total == ONE, "the document of the ERP stands for it"
    assert day.report().on_device == 0
    day.erp("ERP/9", submission=submission, net=400_000, issued_on="2026-03-11")
    day.take()
    assert day.total == (Decimal(40), 1), "the ERP changed it"
    day.erp("ERP/9", submission=submission, net=400_000, general_state="Invalid")
    day.take()
    assert day.total == NOTHING, "called off in the ERP"


@pytest.mark.parametrize("known_by", ["erp_number", "number"])
def test_that_a_document_without_a_submission_is_matched_by_its_numbers(day: Day, known_by: str) -> None:
    record = day.confirm()
    day.take()
    number = day.stored(record).number
    key = f"ERP/{len(day.tablet.gateway.connector.delivered)}" if known_by == "erp_number" else "of the office"
    day.erp(key, net=500_000, number=number if known_by == "number" else None)
    day.take()
    assert day.total == ONE


def test_that_the_own_record_counts_beside_a_document_without_a_representative(day: Day) -> None:
    record = day.confirm()
    day.take()
    day.erp("ERP/1", submission=day.stored(record).submission, representative=None, net=500_000)
    day.take()
    assert day.total == ONE


def test_that_a_renamed_representative_keeps_the_sales_of_the_former_name(day: Day) -> None:
    day.erp("of the old name", net=500_000)
    day.take()
    administration.rename_user(day.tablet.gateway.database, "rep1", "rep9")
    day.tablet.user = "rep9"
    day.erp("of the new name", representative="rep9", net=400_000)
    day.erp("of another", representative="rep2", net=300_000)
    day.take()
    assert day.total == (Decimal(90), 2)
    with day.stores() as stores:
        assert stores.account.names == ("rep9", "rep1")


def test_that_quotes_voided_rejected_and_other_peoples_documents_are_not_sales(day: Day) -> None:
    day.confirm(type="sales_quote")
    voided = day.confirm()
    with day.stores() as stores:
        documents.void(stores.work, voided)
    day.erp("quote", type="sales_quote")
    day.erp("of the office", representative="office")
    day.erp("cancelled", general_state="canceled")
    day.take()
    assert day.total == NOTHING
    day.tablet.gateway.connector.rejected_kinds.add("document")
    record = day.confirm()
    assert day.total == ONE
    day.take()
    assert day.total == NOTHING, "rejected"
    day.tablet.gateway.connector.rejected_kinds.clear()
    with day.stores() as stores:
        order = documents.reopen(stores.work, record)
        documents.confirm(stores.work, order, NUMERATOR, checkpoint="1-a", record_id=record)
    day.take()
    assert day.total == ONE, "mended, and taken"


def test_that_other_currencies_use_the_rate_of_their_day_and_missing_rates_are_reported(day: Day) -> None:
    day.confirm(currency="EUR")
    day.erp("in EUR", currency="EUR", issued_on="2026-03-05")
    day.erp("too old", currency="EUR", issued_on="2026-02-10")
    day.erp("unknown", currency="XXX")
    day.take()
    report = day.report()
    assert report.total == Total(150 * Decimal("4.2512"), 2)
    assert report.currency == "PLN"
    assert (report.estimated, report.left_out) == (1, (("XXX", 1),))
    assert report.ranked[0].net == 250 * Decimal("4.2512")
    assert {item.code: item.net for item in day.report(what="items").ranked} == {
        "I1": 200 * Decimal("4.2512"),
        "I2": 50 * Decimal("4.2512"),
    }
    assert report.bars[-2].total.net == 100 * Decimal("4.2512"), "by the oldest rate there is"


def test_that_a_month_has_its_change_its_target_and_its_weeks(day: Day) -> None:
    days = {"A": ("2026-03-02", 300), "B": ("2026-02-12", 200), "C": ("2026-02-13", 900), "D": ("2026-01-01", 0)}
    for key, (issued_on, net) in days.items():
        day.erp(key, issued_on=issued_on, net=net * 10_000)
    day.take()
    report = day.report()
    assert report.total == Total(Decimal(300), 1)
    assert (report.change.before, report.change.percent) == (Total(Decimal(200), 1), Decimal("50.0"))
    assert report.change.compared == Period("month", date(2026, 2, 1), TODAY.replace(month=2))
    assert report.progress is not None
    assert [report.progress.target, report.progress.to_go, report.progress.days_left] == [60_000, 59_700, 13]
    assert [bar.is_current for bar in report.bars] == [False] * 11 + [True]
    february = day.report(period_of("month", date(2026, 2, 1)))
    assert [bar.total.net for bar in february.bars] == [0, 0, 1100, 0, 0]
    assert february.bars[0].period.days == 1, "cut at the edge of the month"
    assert [february.total.net, february.change.percent, february.progress] == [1100, None, None]
    assert february.change.is_whole, "in all of January nothing was sold"
    assert (february.begins, report.begins) == (None, date(2026, 1, 1))
    del day.company["auxiliary.documents"]["D"]
    day.take()
    change = day.report().change
    assert (change.is_whole, change.percent) == (False, None), "what came before may not be on this device"
    with day.stores() as stores:
        week = read_report(stores, "week", None, TODAY)
        assert len(week.bars) == 12
        assert week.progress == report.progress, "a week shows its month's target"
        assert week.target == Decimal(60_000) * 5 / 22
        years = read_report(stores, "year", None, TODAY)
        assert [bar.period.first.year for bar in years.bars] == [2025, 2026]


def test_that_sums_equal_an_independent_calculation(day: Day) -> None:
    dice = random.Random(11)
    rates = {"PLN": Decimal(1), "EUR": Decimal("4.2512")}
    day.company["customers.customers"] |= {
        f"N{number}": day.company["customers.customers"]["C1"] | {"code": f"N{number}", "name": f"Shop {number}"}
        for number in range(9)
    }
    counted: list[tuple[date, str, Decimal, list[dict[str, str]]]] = []
    for number in range(300):
        issued_on = TODAY - timedelta(days=dice.randrange(0, 11))
        lines = [
            LINE | {"item": f"I{dice.randrange(1, 4)}", "net": str(Decimal(dice.randrange(1, 10**6)) / 100)}
            for _ in range(dice.randrange(1, 5))
        ]
        net = sum((Decimal(line["net"]) for line in lines), Decimal())
        values = {
            "customer": f"N{dice.randrange(9)}",
            "representative": dice.choice(("rep1", "rep1", "rep1", "rep2")),
            "type": dice.choice(("sales_order", "sales_order", "sales_order", "sales_quote")),
            "general_state": dice.choice((None, "completed", "in process", "invalid")),
            "currency": dice.choice(("PLN", "EUR")),
        }
        day.erp(f"D{number}", **values, issued_on=issued_on.isoformat(), net=int(net * 10_000), lines=lines)
        if (values["representative"], values["type"]) == ("rep1", "sales_order") and values[
            "general_state"
        ] != "invalid":
            counted.append((issued_on, str(values["customer"]), net * rates[str(values["currency"])],
                            [line | {"rate": str(rates[str(values["currency"])])} for line in lines]))  # fmt: skip
    day.take()
    with day.stores() as stores:
        report = read_report(stores, "day", None, TODAY)
        items = read_report(stores, "day", None, TODAY, "items").ranked
    for bar in report.bars:
        assert bar.total.net == sum(net for when, _, net, _ in counted if when == bar.period.first)
        assert bar.total.orders == sum(when == bar.period.first for when, *_ in counted)
    by_code: dict[str, Decimal] = {}
    by_item: dict[str, Decimal] = {}
    for _, customer, net, lines in counted:
        by_code[customer] = by_code.get(customer, Decimal()) + net
        for line in lines:
            by_item[line["item"]] = by_item.get(line["item"], Decimal()) + Decimal(line["net"]) * Decimal(line["rate"])
    assert {entry.code: entry.net for entry in report.ranked} == by_code
    assert {entry.code: entry.net for entry in items} == by_item
    assert [entry.net for entry in report.ranked] == sorted(by_code.values(), reverse=True)
    assert sum(by_code.values()) == sum((bar.total for bar in report.bars), Total()).net


def test_that_a_new_customers_orders_stay_together_once_the_erp_has_the_customer(day: Day) -> None:
    with day.stores() as stores:
        _, submission = customers.save_customer(
            stores.work, CustomerRecord("Corner", [Address("main", city="Sopot")]), ""
        )
    for _ in range(2):
        day.confirm(customer=None, new_customer=submission, customer_name="Corner")
    (ranked,) = day.report().ranked
    assert [ranked.key, ranked.submission, ranked.name, ranked.net] == [None, submission, "Corner", 100]
    day.take()
    key = day.tablet.gateway.connector.delivered[0].id
    day.erp("one of them", customer=key, net=500_000)
    day.take()
    (ranked,) = day.report().ranked
    assert [ranked.submission, ranked.name, ranked.net] == ["", "Corner", 150]
    assert ranked.key is not None


def test_that_inactive_customers_are_found_by_weeks_since_any_order(day: Day) -> None:
    base = day.company["customers.customers"]["C1"]
    names = ("never", "just now", "28 days", "27 days", "a year", "blocked", "by the office")
    day.company["customers.customers"] = {
        name: base | {"code": name, "name": name, "status": "blocked" if name == "blocked" else "active"}
        for name in names
    }
    for name, days_ago, representative in (
        ("just now", 200, "rep1"),
        ("28 days", 28, "rep1"),
        ("28 days", 90, "rep1"),
        ("27 days", 27, "rep1"),
        ("a year", 365, "rep1"),
        ("blocked", 100, "rep1"),
        ("by the office", 60, "office"),
    ):
        issued_on = (TODAY - timedelta(days=days_ago)).isoformat()
        day.erp(f"{name} {days_ago}", customer=name, issued_on=issued_on, representative=representative)
    day.take()
    with day.stores() as stores:
        day_of_order = an_order(customer=key_of(stores, "customers.customers", "just now"))
        documents.confirm(stores.work, day_of_order, NUMERATOR, checkpoint="1-a")
        codes = {row.id: row.code for row in stores.catalog.all(Customer)}
        found = [[codes[entry.key], entry.weeks, entry.net] for entry in read_away(stores, 4, TODAY)]
        assert found == [["a year", 52, 0], ["by the office", 8, 100], ["28 days", 4, 200]]
        assert [codes[entry.key] for entry in read_away(stores, 8, TODAY)] == ["a year", "by the office"]
        assert [codes[entry.key] for entry in read_away(stores, None, TODAY)] == ["never"]


def test_that_the_orders_of_a_day_are_listed_with_those_of_this_device_first(day: Day) -> None:
    day.erp("ERP/5", issued_on="2026-03-11")
    day.erp("other day", issued_on="2026-03-10")
    day.take()
    record = day.confirm()
    with day.stores() as stores:
        found = read_orders(stores, period_of("day", date(2026, 3, 11)))
        assert [[order.record, order.number, order.customer, order.net] for order in found] == [
            [record, day.stored(record).number, "First", 50],
            ["", "ERP/5", "First", 100],
        ]


def test_that_every_order_of_a_report_opens_and_own_ones_as_they_were_made(day: Day) -> None:
    record = day.confirm()
    day.take()
    day.erp("ERP/9", submission=day.stored(record).submission, net=500_000, issued_on="2026-03-11")
    day.erp("ERP/5", issued_on="2026-03-11")
    day.take()
    with day.stores() as stores:
        found = read_orders(stores, period_of("day", date(2026, 3, 11)))
        opened = {order.number: view_of_erp(stores, order.key or 0) for order in found}
    assert {number: view.item.record for number, view in opened.items() if view} == {"ERP/9": record, "ERP/5": ""}


def test_that_an_old_document_of_the_erp_can_be_opened(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    day.erp("old", issued_on="2020-03-11")
    day.erp("new", issued_on="2026-03-11")
    day.take()
    monkeypatch.setattr(own_work, "MOST_DOCUMENTS", 1)
    with day.stores() as stores:
        key = stores.catalog.all(ErpDocument, "erp_number='old'")[0].id
        view = view_of_erp(stores, key)
        assert view is not None
        assert (view.item.erp_number, view.item.title, view.item.key) == ("old", "First", key)
        assert view_of_erp(stores, 987_654) is None, "gone"


def test_that_a_device_without_documents_has_an_empty_report(day: Day) -> None:
    report = day.report()
    assert not report.has_orders
    assert (report.total, report.change.percent, report.ranked) == (Total(), None, ())
    with day.stores() as stores:
        glance = glance_of(read_ledger(stores), TODAY)
    assert [glance.net, glance.percent, glance.reached] == [0, None, 0]


def a_return(net: str) -> dict[str, Any]:
    """Values of a return of an item at this net amount, below zero."""
    line = DocumentLine(
        line="1", item=1, unit=1, quantity="-1", unit_price=net.removeprefix("-"), net=net, vat="0", gross=net,
        item_code="I2", reason="Damaged",
    )  # fmt: skip
    return {"type": "sales_return", "lines": [line], "net": net, "vat": "0", "gross": net}


def test_that_a_return_lowers_the_sales_and_is_no_order(day: Day) -> None:
    day.company["auxiliary.profiles"]["field"]["document_types"] = ["sales_order", "sales_return"]
    day.take()
    day.confirm()
    day.confirm(**a_return("-20.00"))
    assert day.total == (Decimal(30), 1), "on this device"
    day.erp("back", type="sales_return", net=-300_000, vat=0, gross=-300_000, lines=[LINE | {"net": "-30.00"}])
    day.erp("called off", type="sales_return", net=-300_000, general_state="canceled")
    day.take()
    assert day.total == (Decimal(0), 1), "in the ERP"


def test_that_a_customer_who_only_returned_goods_has_never_ordered(day: Day) -> None:
    day.erp("back", type="sales_return", net=-300_000, issued_on="2026-03-10")
    day.take()
    day.confirm(**a_return("-20.00"))
    with day.stores() as stores:
        assert key_of(stores, "customers.customers", "C1") in [
            entry.key for entry in read_away(stores, None, TODAY) if entry.last is None
        ]
