"""What a scanned code stands for, whatever its symbology: the item, its unit, and how much of it."""

from decimal import Decimal
from typing import Any

import pytest

from salesapp.domain.documents import Cart
from salesapp.services import explaining, ordering
from salesapp.services.scanning import Scanned, scanned
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of

GS1 = "0105900000000001"


def meanings(make_tablet: Any, code: str, ean: str = "5900000000001", **units: Any) -> list[Scanned]:
    """What a code means on a tablet whose I2 has this EAN, and a unit "KG" of `units`."""
    tablet: Tablet = make_tablet("rep1")
    company = tablet.gateway.connector.company
    company["items.forms"]["I2"] |= {"ean": ean}
    if units:
        company["directories.units"]["KG"] = company["directories.units"]["PCS"] | {"code": "KG", "decimals": 3}
        company["items.units"]["I2K"] = company["items.units"]["I1B"] | {"item": "I2", "unit": "KG"} | units
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as stores:
        return scanned(stores, code)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ("0041234567892", "041234567892"),
        ("078000113464", "0078000113464"),
        ("5400000002649", "05400000002649"),
        ("05400000002649", "5400000002649"),
        ("96385074", "0000096385074"),
        ("042100005264", "04252614"),
        ("0042100005264", "]E004252614"),
        ("5900000000001", "]E05900000000001"),
        ("5900000000001", f"]C1{GS1}"),
        ("5900000000001", f"]C1{GS1}17270131" + "10ABC"),
        ("5900000000001", f"{GS1}10ABC\x1d17270131"),
        ("5900000000001", f"]e0{GS1}17270100"),
        ("05900000000001", "]C1" + "0205900000000001"),
    ],
)
def test_that_one_number_is_found_however_it_is_stored_and_scanned(make_tablet: Any, stored: str, code: str) -> None:
    (found,) = meanings(make_tablet, code, stored)
    assert (found.code, found.unit_code, found.quantity) == ("I2", "pcs", Decimal(1))


@pytest.mark.parametrize("code", ["]C1" + "10ABC\x1d17270131", "5900000000009", "]C1" + "0105900000000009", "]", "01"])
def test_that_a_code_of_no_item_means_nothing(make_tablet: Any, code: str) -> None:
    assert meanings(make_tablet, code) == []


def test_that_a_gs1_code_says_how_much(make_tablet: Any) -> None:
    (found,) = meanings(make_tablet, f"]C1{GS1}10ABC\x1d3012")
    assert (found.code, found.unit_code, found.quantity) == ("I2", "pcs", Decimal(12))


def test_that_a_gs1_weight_counts_for_an_item_that_is_sold_by_weight(make_tablet: Any) -> None:
    (found,) = meanings(make_tablet, f"{GS1}3103001250", is_allowed=1)
    assert (found.unit_code, found.quantity) == ("KG", Decimal("1.250"))


def test_that_a_gs1_weight_of_an_item_that_is_sold_by_the_piece_is_one_piece(make_tablet: Any) -> None:
    (found,) = meanings(make_tablet, f"{GS1}3103001250")
    assert (found.unit_code, found.quantity) == ("pcs", Decimal(1))


def test_that_two_items_with_one_code_are_both_meant(make_tablet: Any) -> None:
    found = meanings(make_tablet, "5900000000002", "05900000000002")
    assert [one.code for one in found] == ["I2", "I3"]


PATTERNS = ["27PPPPPWWWWWC", "29PPPPPAAAAAC"]
EGGS, WEIGHED, PRICED = "2700123000007", "2700123012505", "2900123012509"
"""An item's EAN without a weight, then 1.250 kg of it, and a package of it for 12.50."""


def with_patterns(make_tablet: Any, item: dict[str, Any], unit: str = "kg", decimals: int = 3) -> Tablet:
    """A tablet whose profile has patterns, and whose I2 is sold by weight."""
    tablet: Tablet = make_tablet("rep1")
    company = tablet.gateway.connector.company
    for profile in company["auxiliary.profiles"].values():
        profile["barcode_patterns"] = PATTERNS
    company["directories.units"]["KG"] = company["directories.units"]["PCS"] | {"code": unit, "decimals": decimals}
    company["items.forms"]["I2"] |= {"sales_unit": "KG", "base_unit": "KG"} | item
    for price in company["items.prices"].values():
        if price.get("item") == "I2":
            price["unit"] = "KG"
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    return tablet


def cart_of(stores: AccountStores) -> Cart:
    return ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))


@pytest.mark.parametrize("item", [{"ean": EGGS}, {"ean": "2700123000000"}, {"ean": "00123"}, {"code": "123"}])
def test_that_an_in_store_code_gives_the_item_and_its_weight(make_tablet: Any, item: dict[str, Any]) -> None:
    with stores_of(with_patterns(make_tablet, item)) as stores:
        (found,) = scanned(stores, f"]E0{WEIGHED}", cart_of(stores))
        assert (found.unit_code, found.quantity) == ("kg", Decimal("1.250"))
        assert scanned(stores, "2700124012504") == [], "another item's"
        assert scanned(stores, "2700123012504") == [], "misread"


def test_that_a_weight_is_in_the_items_unit_of_weight(make_tablet: Any) -> None:
    with stores_of(with_patterns(make_tablet, {"ean": EGGS}, unit="dag")) as stores:
        (found,) = scanned(stores, WEIGHED)
        assert (found.unit_code, found.quantity) == ("dag", Decimal(125))


def test_that_a_code_that_is_an_items_own_comes_before_a_pattern(make_tablet: Any) -> None:
    with stores_of(with_patterns(make_tablet, {"ean": WEIGHED})) as stores:
        (found,) = scanned(stores, WEIGHED)
        assert found.quantity == Decimal(1)


def test_that_a_price_is_divided_by_the_customers_price(make_tablet: Any) -> None:
    with stores_of(with_patterns(make_tablet, {"ean": "2900123000001"})) as stores:
        cart = cart_of(stores)
        each = explaining.explain_item(stores, cart, key_of(stores, "items.forms", "I2")).price
        (found,) = scanned(stores, PRICED, cart)
        assert found.quantity == (Decimal("12.50") / each).quantize(Decimal("0.001"), "ROUND_HALF_UP")
        (found,) = scanned(stores, PRICED)
        assert found.quantity == Decimal(1), "without an order there is no price"


def test_that_a_price_below_that_of_one_unit_is_still_something(make_tablet: Any) -> None:
    with stores_of(with_patterns(make_tablet, {"ean": "2900123000001"}, decimals=0)) as stores:
        (found,) = scanned(stores, "2900123000018", cart_of(stores))
        assert found.quantity == Decimal(1)
