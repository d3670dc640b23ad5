"""Limits of profile, customer and document: violations are refused with a code, a field and parameters, or flagged."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from salesapp.errors import ERRORS, describe
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery
from tests.company import ListConnector, Rows
from tests.conftest import GatewayUnderTest, Tablet
from tests.e2e.day_company import day_company
from tests.gateway.client import device_of, new_customer
from tests.gateway.pricing_desk import PricingDesk, desk_of

MakeTablet = Callable[[str], Tablet]
POLNA = {"kind": "delivery", "street": "Polna 1", "postal_code": "80-001", "city": "Gdańsk"}
NEW = "0198f2a0-0000-7000-8000-0000000000aa"


class Undecided(ListConnector):
    """An ERP that makes no decisions."""

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        self.delivered.append(submission)
        return Delivery("received")


def limited_company() -> Rows:
    company = day_company()
    company["directories.payment_forms"]["T7"] = {"code": "T7", "name": "7 days", "kind": "transfer", "due_days": 7}
    company["customers.customers"]["C1"] |= {"addresses": [POLNA], "credit_limit": 1_000_000, "credit_used": 500_000}
    company["customers.customers"]["CB"] = company["customers.customers"]["C3"] | {
        "code": "CB",
        "name": "Blocked one",
        "status": "blocked",
    }
    return company


@pytest.fixture
def driver(gateway: GatewayUnderTest, make_tablet: MakeTablet) -> Iterator[PricingDesk]:
    with desk_of(make_tablet("rep1"), limited_company()) as found:
        yield found


def changed(driver: PricingDesk, key: str, row: str, **values: Any) -> str:
    """Changes a row in the ERP; returns the checkpoint with the change."""
    driver.gateway.connector.company[key][row] |= values
    driver.gateway.take()
    return str(driver.device.manifest().json()["checkpoint"])


def refusal(receipt: dict[str, Any]) -> tuple[str, str]:
    """Returns code and field of a rejected document; checks that its message has all parameters."""
    assert receipt["state"] == "rejected", receipt
    code = receipt["code"]
    assert code in ERRORS
    assert receipt["params"]["field"] == receipt["field"]
    assert all(isinstance(value, str) for value in receipt["params"].values())
    assert "?" not in describe(code, receipt["params"]).what
    return code, receipt["field"]


def test_that_own_discounts_above_the_profiles_maximum_are_refused_with_the_limit(driver: PricingDesk) -> None:
    cases = (
        ("16", "0", "lines.discount_percent", {"percent": "16", "limit": "15", "line": "1"}),
        ("10", "5.5", "lines.discount_percent", {"percent": "15.5", "limit": "15", "line": "1"}),
        ("0", "20", "discount_percent", {"percent": "20", "limit": "15"}),
    )
    for line, whole, field, params in cases:
        receipt, seen = driver.sent(("D01", "PCS", "2", line), discount_percent=Decimal(whole))
        assert refusal(receipt) == ("submission.discount_over_limit", field)
        assert receipt["params"] == params | {"field": field}
        assert (seen.state, seen.check, seen.code) == ("rejected", "", "submission.discount_over_limit")
    receipt, seen = driver.sent(("D01", "PCS", "2", "10"), ("D02", "PCS", "1", "0"), discount_percent=Decimal(5))
    assert (receipt["state"], seen.check) == ("received", "equal")
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0")))
    below = driver.send(payload | {"discount_percent": "-1"})[0]
    assert refusal(below) == ("submission.invalid", "discount_percent")


def test_that_the_global_maximum_counts_when_it_is_lower(driver: PricingDesk) -> None:
    rows = driver.gateway.connector.company["directories.global_price_configuration"]
    rows["most"] = {"name": "maximum_discount_percent", "value": "8"}
    driver.gateway.take()
    point = str(driver.device.manifest().json()["checkpoint"])
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "9")))
    receipt, _seen = driver.send(payload, point)
    assert receipt["params"]["limit"] == "8"
    assert refusal(receipt) == ("submission.discount_over_limit", "lines.discount_percent")
    assert driver.send(payload)[0]["state"] == "received", "it was made before that limit"


def test_that_limits_of_the_documents_checkpoint_apply(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "12")))
    before = driver.checkpoint()
    now = changed(driver, "auxiliary.profiles", "field", maximum_discount_percent=100_000)
    receipt, seen = driver.send(payload, before)
    assert (receipt["state"], seen.check) == ("received", "equal")
    assert refusal(driver.send(payload, now)[0])[0] == "submission.discount_over_limit"
    unknown = driver.send(payload, "1-feed")[0]
    assert refusal(unknown)[0] == "submission.discount_over_limit", "today's limits where the checkpoint is not known"


def test_that_a_payment_form_and_a_kind_of_document_that_the_profile_lacks_are_refused(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0")))
    receipt, _seen = driver.send(payload | {"payment_form": driver.key("directories.payment_forms", "T7")})
    assert refusal(receipt) == ("submission.payment_form_not_allowed", "payment_form")
    assert receipt["params"]["value"] == "7 days"
    assert driver.send(payload | {"type": "sales_quote"})[0]["state"] == "received"
    point = changed(driver, "auxiliary.profiles", "field", document_types=["sales_order"], payment_forms=[])
    receipt, _seen = driver.send(payload | {"type": "sales_quote"}, point)
    assert refusal(receipt) == ("submission.type_not_allowed", "type")
    free = driver.send(payload | {"payment_form": driver.key("directories.payment_forms", "T7")}, point)
    assert free[0]["state"] == "received", "a profile that names none allows all"


def test_that_lists_and_warehouses_outside_the_scope_are_unknown(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0")))
    line = payload["lines"][0]
    second, wholesale = driver.key("directories.warehouses", "W2"), driver.key("directories.price_types", "WHOLESALE")
    for changes, field in (
        ({"warehouse": second}, "warehouse"),
        ({"lines": [line | {"warehouse": second}]}, "lines.warehouse"),
        ({"price_type": wholesale}, "price_type"),
        ({"customer": driver.key("customers.customers", "C2")}, "customer"),
        ({"currency": "XXX"}, "currency"),
    ):
        receipt, _seen = driver.send(payload | changes)
        assert refusal(receipt) == ("submission.unknown_record", field)


def test_that_a_user_without_a_profile_has_the_lists_and_warehouses_of_the_first_one(tablet: Tablet) -> None:
    with desk_of(tablet, limited_company()) as driver:
        payload = driver.payload(driver.cart(("D01", "PCS", "2", "0")))
        for field, key, name in (
            ("warehouse", "directories.warehouses", "W2"),
            ("price_type", "directories.price_types", "WHOLESALE"),
        ):
            receipt, _seen = driver.send(payload | {field: driver.key(key, name)})
            code = "submission.price_list_not_allowed" if field == "price_type" else "submission.warehouse_not_allowed"
            assert refusal(receipt) == (code, field)


def test_that_a_unit_that_the_item_does_not_have_is_refused(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("I2", "PCS", "2", "0")))
    line = payload["lines"][0] | {"unit": driver.key("directories.units", "BOX"), "unit_code": "box"}
    receipt, _seen = driver.send(payload | {"lines": [line]})
    assert refusal(receipt) == ("submission.unit_not_of_item", "lines.unit")
    assert receipt["params"] == {"field": "lines.unit", "line": "1", "item": "I2", "unit": "box"}


def test_that_goods_go_to_a_current_or_former_address_of_the_customer(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0")))
    assert payload["delivery_address"] == "Polna 1, 80-001 Gdańsk"
    receipt, _seen = driver.send(payload | {"delivery_address": "Elsewhere 5"})
    assert refusal(receipt) == ("submission.unknown_address", "delivery_address")
    before = driver.checkpoint()
    now = changed(driver, "customers.customers", "C1", addresses=[POLNA | {"street": "Leśna 2"}])
    assert driver.send(payload, before)[0]["state"] == "received", "as it was when the order was made"
    assert driver.send(payload | {"delivery_address": "Leśna 2, 80-001 Gdańsk"}, before)[0]["state"] == "received"
    assert refusal(driver.send(payload, now)[0])[0] == "submission.unknown_address"


def test_that_goods_go_to_the_address_of_a_new_customer(driver: PricingDesk) -> None:
    assert driver.device.send("PUT", f"/v1/submissions/{NEW}", new_customer()).status == 200
    payload = driver.payload(driver.cart(("D03", "PCS", "2", "0"))) | {"customer": None, "new_customer": NEW}
    assert driver.send(payload | {"delivery_address": "Łódź"})[0]["state"] == "received"
    assert refusal(driver.send(payload)[0])[0] == "submission.unknown_address"


@pytest.fixture
def undecided(driver: PricingDesk) -> PricingDesk:
    """The desk, with an ERP that makes no decisions."""
    connector = Undecided(driver.gateway.connector.company)
    driver.gateway.connector = connector
    driver.gateway.restart()
    driver.device = device_of(driver.gateway, "rep1")
    return driver


def test_that_an_exceeded_credit_limit_is_flagged_with_orders_that_the_erp_has_not_decided(
    undecided: PricingDesk,
) -> None:
    first, seen = undecided.sent(("D02", "PCS", "3", "0"))  # 43.80 of the remaining 50.00
    assert (first["state"], seen.sent, seen.flags) == ("received", "43.80", ())
    quote = undecided.payload(undecided.cart(("D02", "PCS", "30", "0"))) | {"type": "sales_quote"}
    assert undecided.send(quote)[1].flags == (), "a quote owes nothing"
    second, seen = undecided.sent(("D02", "PCS", "1", "0"))
    assert (second["state"], seen.check) == ("received", "equal")
    (flag,) = seen.flags
    assert (flag.code, flag.params) == ("credit.limit_exceeded", {"over": "8.40", "currency": "PLN"})
    assert flag.sentence == "the customer's credit limit is exceeded by 8.40 PLN"
    euro = undecided.payload(undecided.cart(("D02", "PCS", "1", "0"), currency="EUR"))
    (flag,) = undecided.send(euro)[1].flags
    exchanged = (Decimal(euro["gross"]) * Decimal("4.25")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    assert flag.params == {"over": f"{Decimal('8.40') + exchanged}", "currency": "PLN"}, "in the limit's currency"
    changed(undecided, "customers.customers", "C1", credit_used=938_000)  # the ERP has included the orders
    _third, seen = undecided.sent(("D03", "PCS", "5", "0"))
    assert seen.flags == ()


def test_that_an_exceeded_credit_limit_is_refused_if_the_profile_blocks(driver: PricingDesk) -> None:
    lines = ("D02", "PCS", "4", "0")
    payload = driver.payload(driver.cart(lines))
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="block")
    receipt, _seen = driver.send(payload, point)
    assert refusal(receipt) == ("submission.credit_exceeded", "customer")
    assert receipt["params"] == {"field": "customer", "over": "8.40", "currency": "PLN"}
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="ignore")
    receipt, seen = driver.send(payload, point)
    assert (receipt["state"], seen.flags) == ("received", ())


def test_that_credit_that_cannot_be_exchanged_is_flagged(driver: PricingDesk) -> None:
    huf = {"code": "HUF", "name": "Forint", "decimals": 2}
    driver.gateway.connector.company["directories.currencies"]["HUF"] = huf
    changed(driver, "customers.customers", "C1", currency="HUF")
    payload = driver.payload(driver.cart(("D02", "PCS", "1", "0"), currency="PLN"))
    for rule in ("warn", "block"):
        point = changed(driver, "auxiliary.profiles", "field", credit_rule=rule)
        receipt, seen = driver.send(payload | {"number": f"SO-{rule}"}, point)
        assert (receipt["state"], [flag.code for flag in seen.flags]) == ("received", ["credit.no_rate"])
        assert "between PLN and HUF" in seen.flags[0].sentence


def test_that_amounts_of_a_refusal_have_the_decimals_of_their_currency(driver: PricingDesk) -> None:
    currencies = driver.gateway.connector.company["directories.currencies"]
    currencies["KWD"] = {"code": "KWD", "name": "Dinar", "decimals": 3, "rates": [{"date": "2020-01-01", "rate": "1"}]}
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="block")
    for decimals, over in ((3, "8.400"), (0, "8")):
        currencies["KWD"]["decimals"] = decimals
        point = changed(driver, "customers.customers", "C1", currency="KWD", overdue=8_205_000)
        payload = driver.payload(driver.cart(("D02", "PCS", "4", "0"), currency="PLN"))
        receipt, _seen = driver.send(payload | {"number": f"SO-{decimals}"}, point)
        assert receipt["params"] == {"field": "customer", "over": over, "currency": "KWD"}
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="warn")
    _receipt, seen = driver.send(payload | {"number": "SO-warn"}, point)
    assert [flag.sentence for flag in seen.flags] == [
        "821 KWD of the customer are overdue",
        "the customer's credit limit is exceeded by 8 KWD",
    ]


def test_that_overdue_money_is_flagged_and_never_refused(driver: PricingDesk) -> None:
    changed(driver, "customers.customers", "C1", overdue=8_205_000)
    lines = ("D02", "PCS", "1", "0")
    receipt, seen = driver.send(driver.payload(driver.cart(lines)))
    assert (receipt["state"], [flag.code for flag in seen.flags]) == ("received", ["customer.overdue"])
    assert seen.flags[0].sentence == "820.50 PLN of the customer are overdue"
    quote = driver.payload(driver.cart(lines)) | {"type": "sales_quote"}
    assert driver.send(quote)[1].flags == (), "an offer owes nothing"
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="block")
    receipt, seen = driver.send(driver.payload(driver.cart(lines)), point)
    assert (receipt["state"], [flag.code for flag in seen.flags]) == ("received", ["customer.overdue"])
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="ignore")
    assert driver.send(driver.payload(driver.cart(lines)), point)[1].flags == ()


def test_that_a_blocked_customer_is_flagged_or_refused_by_the_profiles_rule(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0"), customer="CB"))
    receipt, seen = driver.send(payload)
    assert (receipt["state"], [flag.code for flag in seen.flags]) == ("received", ["customer.blocked"])
    assert seen.check == "equal"
    point = changed(driver, "auxiliary.profiles", "field", credit_rule="block")
    receipt, _seen = driver.send(payload, point)
    assert refusal(receipt) == ("submission.customer_blocked", "customer")
    assert receipt["params"]["name"] == "Blocked one"


def test_that_amounts_that_do_not_add_up_to_the_grosz_are_refused(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0"), ("D03", "PCS", "7", "0")))
    line, other = payload["lines"]
    assert driver.send(payload)[0]["state"] == "received"
    for changes, field in (
        ({"net": f"{Decimal(payload['net']) + Decimal('0.01')}"}, "net"),
        ({"vat": f"{Decimal(payload['vat']) - Decimal('0.01')}"}, "vat"),
        ({"gross": "0.00"}, "gross"),
        ({"lines": [line | {"gross": f"{Decimal(line['gross']) + 1}"}, other]}, "lines.gross"),
        ({"lines": [line]}, "net"),
        ({"totals": payload["totals"][:1]}, "totals.net"),
    ):
        receipt, _seen = driver.send(payload | changes)
        assert refusal(receipt) == ("submission.wrong_sum", field), changes
