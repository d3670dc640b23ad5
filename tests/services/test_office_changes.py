"""What the office changed while an order was open: each change in one sentence, before the order is confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from salesapp.domain.documents import Cart
from salesapp.services import documents, ordering
from salesapp.services.ordering import OpenOrder
from salesapp.store.account_stores import AccountStores
from tests import days
from tests.company import Rows
from tests.conftest import GatewayUnderTest, Tablet
from tests.services.account_stores import key_of, stores_of

pytestmark = pytest.mark.clock

MakeTablet = Callable[[str], Tablet]
ADDRESS = "Długa 1, 80-001 Gdańsk"


def company_of(gateway: GatewayUnderTest) -> Rows:
    """A company in which every draft of these tests has a customer, an item and a choice of its own."""
    company = gateway.connector.company
    customer = company["customers.customers"]["C1"]
    place = {"kind": "delivery", "street": "Długa 1", "postal_code": "80-001", "city": "Gdańsk", "is_default": True}
    for number in range(3, 14):
        code = f"C{number}"
        company["customers.customers"][code] = customer | {"code": code, "name": f"Customer {code}"}
    company["customers.customers"]["C8"]["addresses"] = [place]
    item, price = company["items.forms"]["I2"], company["items.prices"]["I2-RETAIL"]
    for number in range(4, 12):
        code = f"I{number}"
        company["items.forms"][code] = item | {"code": code, "name": f"Item {code}", "ean": None}
        company["items.prices"][f"{code}-RETAIL"] = price | {"item": code}
    box = {"numerator": 12_000_000, "denominator": 1_000_000, "is_allowed": 1}
    company["items.units"]["I5B"] = box | {"item": "I5", "unit": "BOX"}
    for code in ("T7", "T14"):
        form = {"code": code, "name": code, "kind": "transfer", "due_days": 7}
        company["directories.payment_forms"][code] = form
    company["directories.warehouses"]["W3"] = {"code": "W3", "name": "Third", "kind": "local"}
    company["auxiliary.profiles"]["field"] |= {"payment_forms": ["CASH", "T7", "T14"], "warehouses": ["W1", "W3"]}
    gateway.take()
    return company


@pytest.fixture
def tablet(make_tablet: MakeTablet) -> Tablet:
    found = make_tablet("rep1")
    company_of(found.gateway)
    assert found.begin().outcome == "ok"
    return found


def cart_of(stores: AccountStores, customer: str = "C3", item: str = "I6", unit: str = "pcs") -> Cart:
    cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", customer))
    keys = key_of(stores, "items.forms", item), key_of(stores, "directories.units", unit)
    return cart.with_quantity(*keys, Decimal(1))


def drafts_of(stores: AccountStores) -> dict[str, str]:
    """Saves a draft for each change of the office; returns its record by the change's name."""
    form, home = key_of(stores, "directories.payment_forms", "T14"), key_of(stores, "directories.warehouses", "W3")
    carts = {
        "item is no longer sold": cart_of(stores, item="I4"),
        "item is deleted": cart_of(stores, item="I7"),
        "unit is no longer sold": cart_of(stores, item="I5", unit="box"),
        "customer is another representative's": cart_of(stores, "C4"),
        "customer is deleted": cart_of(stores, "C5"),
        "customer is blocked": cart_of(stores, "C6"),
        "customer is merged": cart_of(stores, "C9"),
        "customer is merged into another's": cart_of(stores, "C10"),
        "customer is merged in a circle": cart_of(stores, "C11"),
        "payment form is withdrawn": replace(cart_of(stores), payment_form=form),
        "warehouse is withdrawn": replace(cart_of(stores), warehouse=home),
        "address is another": replace(cart_of(stores, "C8")),
        "quote of an item no longer sold": replace(cart_of(stores, item="I4"), type="sales_quote"),
        "nothing changed": cart_of(stores),
    }
    assert carts["address is another"].delivery_address == ADDRESS
    return {name: ordering.keep(stores, cart, "")[1] for name, cart in carts.items()}


CODES = {
    "item is no longer sold": [("item.not_sold", True)],
    "item is deleted": [("price.unknown_item", True)],
    "unit is no longer sold": [("unit.not_sold", True)],
    "customer is another representative's": [("customer.gone", True)],
    "customer is deleted": [("customer.gone", True)],
    "customer is blocked": [("customer.blocked", False)],
    "customer is merged": [("customer.merged", True)],
    "customer is merged into another's": [("customer.merged_away", True)],
    "customer is merged in a circle": [],
    "payment form is withdrawn": [("payment_form.gone", True)],
    "warehouse is withdrawn": [("warehouse.gone", True)],
    "address is another": [("address.gone", True)],
    "quote of an item no longer sold": [("item.not_sold", True)],
    "nothing changed": [],
}
_OTHERS = {"stock.none", "stock.not_enough", "document.no_numerator"}


def told(order: OpenOrder) -> list[tuple[str, bool]]:
    """Returns the problems and whether they block, apart from those on stock and the like."""
    return [(problem.code, problem.blocks) for problem in order.problems if problem.code not in _OTHERS]


def change_everything(company: Rows) -> None:
    """Makes every change of the table."""
    customers, items = company["customers.customers"], company["items.forms"]
    items["I4"]["is_active"] = 0
    del items["I7"], company["items.prices"]["I7-RETAIL"]
    company["items.units"]["I5B"]["is_allowed"] = 0
    customers["C4"]["representative"] = "rep2"
    del customers["C5"]
    customers["C6"]["status"] = "blocked"
    customers["C9"]["merged_into"], customers["C12"]["merged_into"] = "C12", "C7"
    customers["C10"]["merged_into"] = "C2"
    customers["C11"]["merged_into"], customers["C13"]["merged_into"] = "C13", "C11"
    customers["C8"]["addresses"] = [{"kind": "delivery", "street": "Krótka 2", "city": "Gdańsk", "is_default": True}]
    del company["directories.payment_forms"]["T14"]
    company["auxiliary.profiles"]["field"] |= {"warehouses": ["W1"]}


@pytest.fixture
def changed(tablet: Tablet) -> Iterator[tuple[AccountStores, dict[str, str]]]:
    """The drafts on a tablet that has synchronized after the office's changes."""
    with stores_of(tablet) as stores:
        drafts = drafts_of(stores)
        for record in drafts.values():
            assert told(ordering.look_at(stores, ordering.resume(stores, record), record)) == []
    change_everything(tablet.gateway.connector.company)
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        yield stores, drafts


def test_that_each_change_of_the_office_is_told_when_an_open_order_is_looked_at(
    changed: tuple[AccountStores, dict[str, str]],
) -> None:
    stores, drafts = changed
    orders = {
        name: ordering.look_at(stores, ordering.resume(stores, record), record) for name, record in drafts.items()
    }
    assert {name: told(order) for name, order in orders.items()} == CODES


def test_that_what_blocks_is_not_confirmed_though_the_screen_has_not_shown_it(
    changed: tuple[AccountStores, dict[str, str]],
) -> None:
    stores, drafts = changed
    for name, codes in CODES.items():
        record = drafts[name]
        cart = ordering.resume(stores, record)
        shown = replace(ordering.look_at(stores, cart, record), problems=())  # from before the changes
        with pytest.raises(ordering.NotConfirmedError) as caught:
            ordering.confirm(stores, shown)
        assert isinstance(caught.value, ordering.BlockedError) == (
            any(blocks for _code, blocks in codes) or cart.type == "sales_quote"
        )
        assert set(codes) <= {(problem.code, problem.blocks) for problem in caught.value.order.problems}


def test_that_a_customer_who_is_gone_can_be_replaced(changed: tuple[AccountStores, dict[str, str]]) -> None:
    stores, drafts = changed
    record = drafts["customer is deleted"]
    cart = ordering.resume(stores, record)
    mended = ordering.with_customer(stores, cart, key_of(stores, "customers.customers", "C3"))
    order = ordering.look_at(stores, mended, record)
    assert told(order) == []
    assert ordering.confirm(stores, order) == record


def test_that_a_new_order_for_a_merged_customer_is_for_the_one_who_is_left(
    changed: tuple[AccountStores, dict[str, str]],
) -> None:
    stores, drafts = changed
    merged, left = key_of(stores, "customers.customers", "C9"), key_of(stores, "customers.customers", "C7")
    begun = ordering.begin(stores, "sales_order", customer=merged)
    assert (begun.customer, begun.customer_name) == (left, "Customer C7")
    record = drafts["customer is merged"]
    mended = ordering.with_customer(stores, ordering.resume(stores, record), merged)
    assert told(ordering.look_at(stores, mended, record)) == []


def test_that_a_deleted_item_keeps_its_name_in_the_draft(changed: tuple[AccountStores, dict[str, str]]) -> None:
    stores, drafts = changed
    record = drafts["item is deleted"]
    for _time in range(2):
        order, _same = ordering.keep(stores, ordering.resume(stores, record), record)
        assert list(order.names.values()) == ["Item I7"]
        assert list(order.codes.values()) == ["I7"]


def test_that_changed_prices_must_be_seen_before_the_order_is_confirmed(tablet: Tablet) -> None:
    with stores_of(tablet) as stores:
        order, _record = ordering.keep(stores, cart_of(stores), "")
    tablet.gateway.connector.company["items.prices"]["I6-RETAIL"]["value"] = 110_000
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        with pytest.raises(ordering.ChangedError) as caught:
            ordering.confirm(stores, order)
        assert caught.value.order.priced.net == Decimal("11.00")
        assert ordering.confirm(stores, caught.value.order) == order.record


def test_that_an_order_confirmed_after_midnight_has_the_new_date_price_and_delivery(tablet: Tablet) -> None:
    company = tablet.gateway.connector.company
    new_price = company["items.prices"]["I6-RETAIL"] | {"value": 90_000, "valid_from": "2026-12-01"}
    company["items.prices"]["I6-DECEMBER"] = new_price
    company["items.prices"]["I6-RETAIL"]["valid_to"] = "2026-11-30"
    tablet.gateway.take()
    with days.at("2026-11-30 23:50"):
        assert tablet.sync().outcome == "ok"
        with stores_of(tablet) as stores:
            order, record = ordering.keep(stores, cart_of(stores), "")
            assert (order.priced.net, order.cart.delivery_on) == (Decimal("10.00"), "2026-12-01")
    with days.at("2026-12-01 00:10"), stores_of(tablet) as stores:
        with pytest.raises(ordering.ChangedError) as caught:
            ordering.confirm(stores, order)
        today = caught.value.order
        assert (today.cart.issued_on, today.cart.delivery_on) == ("2026-12-01", "2026-12-02")
        assert today.priced.net == Decimal("9.00")
        ordering.confirm(stores, today)
        confirmed = documents.load(stores.work, record)
        assert (confirmed.issued_on, confirmed.net) == ("2026-12-01", "9.00")
        assert "/12/26/" in confirmed.number


def test_that_a_chosen_delivery_date_that_has_passed_blocks_and_a_numbers_date_is_told(tablet: Tablet) -> None:
    with days.at("2026-12-04 10:00"):
        assert tablet.sync().outcome == "ok"
    with days.at("2026-12-04 10:05"), stores_of(tablet) as stores:
        later = replace(cart_of(stores), delivery_on="2026-12-08")
        order, chosen = ordering.keep(stores, later, "")
        sent, numbered = ordering.keep(stores, cart_of(stores), "")
        ordering.confirm(stores, sent)
        documents.reopen(stores.work, numbered)
    with days.at("2026-12-09 10:00"), stores_of(tablet) as stores:
        order = ordering.look_at(stores, ordering.resume(stores, chosen), chosen)
        assert told(order) == [("delivery.past", True)]
        assert order.cart.issued_on == "2026-12-09"
        order = ordering.look_at(stores, ordering.resume(stores, numbered), numbered)
        assert told(order) == [("delivery.past", True), ("date.kept", False)]
        assert order.cart.issued_on == "2026-12-04"
