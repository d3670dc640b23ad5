"""The gateway reprices documents at their checkpoint: equal to the grosz, or flagged."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text, update

from salesapp import clock
from salesapp.gateway import review as review_module
from salesapp.gateway.documents import document_counts
from salesapp.gateway.flags import Flag
from salesapp.gateway.folder import open_gateway
from salesapp.gateway.publisher import KEPT_DAYS, publish
from salesapp.gateway.tables import checkpoint as checkpoints
from salesapp.gateway.tables import record, superseded
from salesapp.services import ordering
from salesapp.store import records
from tests.company import Rows
from tests.conftest import GatewayUnderTest, Tablet
from tests.e2e.day_company import day_company
from tests.gateway.client import device_of, new_customer, order, submission
from tests.gateway.pricing_desk import Line, PricingDesk, desk_of

MakeTablet = Callable[[str], Tablet]


def priced_company() -> Rows:
    """Components on several levels, promotions of all kinds, a gross list, a second currency, a limit."""
    company = day_company()
    for code, kind, flags in (
        ("OFF", ("discount", "percent"), {"discountable": 1}),
        ("LESS", ("discount", "amount"), {"discountable": 1}),
        ("MORE", ("surcharge", "percent"), {}),
        ("NEW", ("replacement_price", "amount"), {"discountable": 1}),
    ):
        row = {"code": code, "name": code, "kind": kind[0], "value_kind": kind[1]}
        company["directories.price_discount_types"][code] = row | flags
    component = {"minimum_quantity": 0}
    company["items.group_links"] = {f"L-{item}": {"item": item, "item_group": "G2"} for item in ("D02", "D03", "D05")}
    company["items.prices"] |= {
        "of item": component | {"discount_type": "OFF", "level": "item", "item": "D02", "value": 30_000},
        "of group": component | {"discount_type": "MORE", "level": "item_group", "item_group": "G1", "value": 15_000},
        "of C3": component
        | {"discount_type": "LESS", "level": "customer_item", "customer": "C3", "item": "D04", "value": 12_500},
        "of class": component
        | {"discount_type": "NEW", "level": "customer_class_item", "customer_class": "A", "item": "D06"}
        | {"value": 180_000},
        "from 24": {"item": "D04", "price_type": "RETAIL", "unit": "PCS", "value": 439_000}
        | {"minimum_quantity": 240_000},
    }
    own = component | {"item": "D01", "price_type": "RETAIL"}
    company["items.prices"] |= {
        "of CN in a list": component
        | {"discount_type": "OFF", "level": "customer_item", "customer": "CN", "item": "D02", "price_type": "RETAIL"}
        | {"value": 200_000},
        "own of CN": own | {"customer": "CN", "unit": "PCS", "value": 21_000},
        "own of B": own | {"customer_class": "B", "unit": "PCS", "value": 22_000},
    }
    company["customers.customers"]["C3"]["customer_class"] = "A"
    company["customers.customers"] |= {
        code: company["customers.customers"]["C3"] | {"code": code, "name": code, "customer_class": "B"}
        for code in ("CN", "CK")
    }
    company["directories.price_types"]["GROSS"] = {
        "code": "GROSS",
        "name": "Gross",
        "is_gross": 1,
        "currency": "PLN",
        "priority": 5,
        "decimals": 2,
    }
    company["items.prices"] |= {
        f"{item}-GROSS": {"item": item, "price_type": "GROSS", "unit": "PCS", "value": value, "minimum_quantity": 0}
        for item, value in (("D01", 39_900), ("D02", 153_700), ("D03", 10_700), ("D04", 553_500))
    }
    company["customers.customers"]["CG"] = company["customers.customers"]["C3"] | {
        "code": "CG",
        "name": "Gross customer",
        "price_type": "GROSS",
    }
    offer = {"priority": 1, "threshold": "quantity", "combines": 1, "kind": "percent"}
    company["promotions.headers"] |= {
        "FREE": offer
        | {"code": "FREE", "name": "5 + 1", "kind": "free_goods", "scales": [{"from": "5", "per": "5", "free": "1"}]},
        "GIFT": offer
        | {"code": "GIFT", "name": "A gift", "kind": "free_goods"}
        | {"scales": [{"from": "3", "per": "3", "free": "1", "item": "D03"}]},
        "ALL": offer
        | {"code": "ALL", "name": "From 500", "priority": 2, "threshold": "value"}
        | {"scales": [{"from": "500", "value": "1.5"}]},
        "FIX": offer
        | {"code": "FIX", "name": "Fixed", "kind": "fixed_price", "customers": ["C1"]}
        | {"scales": [{"from": "4", "value": "40"}]},
    }
    company["promotions.items"] |= {
        "F": {"promotion": "FREE", "item": "D05"},
        "G": {"promotion": "GIFT", "item": "D06"},
        "X": {"promotion": "FIX", "item": "D04"},
    }
    company["auxiliary.profiles"]["field"]["price_types"] = ["RETAIL", "GROSS"]
    return company


@pytest.fixture
def driver(gateway: GatewayUnderTest, make_tablet: MakeTablet) -> Iterator[PricingDesk]:
    with desk_of(make_tablet("rep1"), priced_company()) as found:
        yield found


def flags_of(payload: dict[str, Any], driver: PricingDesk, checkpoint: str | None = None) -> list[Flag]:
    return list(driver.send(payload, checkpoint)[1].flags)


MIXED: tuple[Line, ...] = (
    ("D01", "PCS", "12", "0"),
    ("D02", "BOX", "2", "5"),
    ("D04", "PCS", "25", "3.5"),
    ("D05", "PCS", "11", "0"),
    ("D06", "PCS", "6", "10"),
)


def test_that_the_gateway_computes_the_same_prices_to_the_grosz(driver: PricingDesk) -> None:
    for customer in ("C1", "C3", "CE", "CG", "CN"):
        for currency in ("PLN", "EUR"):
            lines = MIXED[:3] if customer == "CG" else MIXED
            more = {"customer": customer, "currency": currency, "discount_percent": Decimal(2)}
            receipt, seen = driver.sent(*lines, **more)
            assert receipt["state"] == "received"
            assert (seen.check, seen.flags, seen.difference) == ("equal", (), "0.00")
            assert seen.sent == seen.recomputed
            assert Decimal(seen.sent) > 0
            assert (seen.user, seen.customer, seen.currency) == ("rep1", customer, currency)


def test_that_prices_for_a_customer_in_a_list_reach_the_tablet_and_nobody_else(driver: PricingDesk) -> None:
    line = ("D01", "PCS", "1", "0")
    payloads = [driver.payload(driver.cart(line, customer=name)) for name in ("CN", "CK", "C3")]
    assert [payload["lines"][0]["unit_price"] for payload in payloads] == ["2.10", "2.20", "3.20"]
    assert [driver.send(payload)[1].check for payload in payloads] == ["equal"] * 3
    look = ordering.look_at(driver.stores, driver.cart(("D02", "PCS", "1", "0"), customer="CN"))
    assert "-20 %" in [step.value for step in look.priced.lines[0].steps]


EXAMPLES: tuple[tuple[dict[str, str], tuple[tuple[Line, str], ...]], ...] = (
    (
        {},
        (
            (("A", "PCS", "20", "0"), "694.95"),
            (("B", "BOX", "3", "0"), "48.71"),
            (("C", "PCS", "2", "10"), "221.40"),
        ),
    ),
    ({"round_each_step": "1"}, ((("A", "PCS", "20", "0"), "694.95"),)),
    ({"combination": "additive"}, ((("A", "PCS", "20", "0"), "688.55"),)),
)
"""Configuration: lines, each in its own document, with their gross amounts."""


def example_company(configuration: dict[str, str]) -> Rows:
    """The items of the worked examples: A with a group discount and a promotion, B in boxes, C on a gross list."""
    company = priced_company()
    form, price = company["items.forms"]["D01"], company["items.prices"]["D01-RETAIL"]
    company["items.forms"] |= {code: form | {"code": code, "name": code} for code in ("A", "B", "C", "E", "F")}
    company["items.units"] |= {
        "B-BOX": {"item": "B", "unit": "BOX", "numerator": 12_000_000, "denominator": 1_000_000, "is_allowed": 1}
    }
    company["items.groups"] |= {"GA": {"code": "GA", "name": "A", "position": 3}}
    company["items.group_links"] |= {"LA": {"item": "A", "item_group": "GA"}}
    listed = {"A": 349_900, "B": 11_000, "E": 100_500, "F": 201_000}
    company["items.prices"] |= {f"{code}-N": price | {"item": code, "value": value} for code, value in listed.items()}
    company["items.prices"]["C-G"] = price | {"item": "C", "price_type": "GROSS", "value": 1_230_000}
    company["items.prices"]["GA"] = {
        "discount_type": "OFF",
        "level": "item_group",
        "item_group": "GA",
        "value": 150_000,
        "minimum_quantity": 0,
    }
    offer = company["promotions.headers"]["P"]
    company["promotions.headers"] = {"A": offer | {"code": "A", "scales": [{"from": "10", "value": "5"}]}}
    company["promotions.items"] = {"A": {"promotion": "A", "item": "A"}}
    company["customers.customers"]["C3"] |= {"customer_class": None}
    company["customers.customers"]["CG"] |= {"customer_class": None}
    company["directories.global_price_configuration"] = {
        name: {"name": name, "value": value} for name, value in ({"vat_on": "total"} | configuration).items()
    }
    return company


@pytest.mark.parametrize(("configuration", "documents"), EXAMPLES, ids=["cascading", "each step", "additive"])
def test_that_the_gateway_computes_the_amounts_of_the_worked_examples(
    make_tablet: MakeTablet, configuration: dict[str, str], documents: tuple[tuple[Line, str], ...]
) -> None:
    with desk_of(make_tablet("rep1"), example_company(configuration)) as driver:
        for line, gross in documents:
            _receipt, seen = driver.sent(line, customer="CG" if line[0] == "C" else "C3")
            assert (seen.sent, seen.recomputed, seen.check, seen.flags) == (gross, gross, "equal", ())
        discounted = driver.cart(("E", "PCS", "1", "0"), ("F", "PCS", "1", "0"), discount_percent=Decimal(5))
        payload = driver.payload(replace(discounted, customer=driver.key("customers.customers", "C3")))
        assert [line["net"] for line in payload["lines"]] == ["9.55", "19.09"]
        _receipt, seen = driver.send(payload)
        assert (seen.recomputed, seen.check, seen.flags) == ("35.23", "equal", ())


def tampered(payload: dict[str, Any], unit_price: str, net: str, vat: str, gross: str) -> dict[str, Any]:
    """Returns the document with another price in the first line, and matching sums."""
    changed = copy.deepcopy(payload)
    line = changed["lines"][0]
    for name, value in (("net", net), ("vat", vat), ("gross", gross)):
        changed[name] = f"{Decimal(payload[name]) - Decimal(line[name]) + Decimal(value):f}"
        line[name] = value
    changed.pop("totals", None)
    line["unit_price"] = unit_price
    return changed


def test_that_a_tampered_price_is_accepted_and_flagged_with_the_exact_difference(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0"), customer="C3"))
    assert [payload[name] for name in ("net", "vat", "gross")] == ["6.40", "1.47", "7.87"]
    receipt, seen = driver.send(tampered(payload, "3.00", "6.00", "1.38", "7.38"))
    assert receipt["state"] == "received"
    assert (seen.check, seen.sent, seen.recomputed, seen.difference) == ("differs", "7.38", "7.87", "-0.49")
    told = [
        (flag.code, flag.params.get("line"), flag.params["field"], flag.params["difference"]) for flag in seen.flags
    ]
    assert told == [
        ("price.line_differs", "1", "unit_price", "-0.20"),
        ("price.line_differs", "1", "net", "-0.40"),
        ("price.line_differs", "1", "vat", "-0.09"),
        ("price.line_differs", "1", "gross", "-0.49"),
        ("price.total_differs", None, "net", "-0.40"),
        ("price.total_differs", None, "vat", "-0.09"),
        ("price.total_differs", None, "gross", "-0.49"),
    ]
    assert seen.flags[0].sentence == ("line 1 (D01): unit_price is 3.00, by the rules 3.20, difference -0.20")
    with driver.gateway.database.read() as connection:
        counts = document_counts(connection)
    assert (counts.differs, counts.flagged) == (1, 1)


def test_that_a_flagged_document_still_reaches_the_erp(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "2", "0"), customer="C3"))
    _receipt, seen = driver.send(tampered(payload, "3.00", "6.00", "1.38", "7.38"))
    driver.device.manifest()  # waits for the delivery
    assert driver.seen(seen.id).state == "in_erp"
    assert driver.seen(seen.id).flags == seen.flags


def test_that_too_many_or_too_few_free_goods_are_flagged(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D05", "PCS", "11", "0"), customer="C3"))
    (paid, free) = payload["lines"]
    assert (free["is_free"], free["quantity"]) == (True, "2")
    (missing,) = flags_of(payload | {"lines": [paid]}, driver)
    assert (missing.code, missing.params["recomputed"]) == ("price.line_missing", "2")
    (more,) = flags_of(payload | {"lines": [paid, free | {"quantity": "5"}]}, driver)
    assert (more.code, more.params["field"], more.params["difference"]) == ("price.line_differs", "quantity", "3")
    (added,) = flags_of(payload | {"lines": [paid, free, free | {"line": "9"}]}, driver)
    assert (added.code, added.params) == ("price.line_added", {"line": "9", "item": "D05", "sent": "2"})


def test_that_an_item_without_a_price_is_flagged(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("I3", "PCS", "1", "0"), customer="C3"))
    assert flags_of(payload, driver) == []
    driver.gateway.connector.company["items.prices"].pop("I3-RETAIL")
    driver.gateway.take()
    point = str(driver.device.manifest().json()["checkpoint"])
    (first, *_more) = flags_of(payload, driver, point)
    assert first == Flag("price.line_without_price", {"line": "1", "item": "I3", "reason": "price.no_price"})


def test_that_a_document_is_compared_with_the_prices_of_its_checkpoint(
    driver: PricingDesk,
) -> None:
    cart = driver.cart(*MIXED, customer="C1")
    old_point, old = driver.checkpoint(), driver.payload(cart)
    company = driver.gateway.connector.company
    company["items.prices"]["D01-RETAIL"]["value"] = 50_000
    del company["items.prices"]["of group"]
    company["customers.customers"]["C1"]["general_discount_percent"] = 100_000
    company["promotions.headers"]["P"]["scales"] = [{"from": "1", "value": "12"}]
    del company["promotions.items"]["F"]
    company["directories.vat_rates"]["B"]["percent"] = 50_000
    company["items.units"]["D02-BOX"]["numerator"] = 10_000_000
    driver.gateway.take()
    assert driver.send(old, old_point)[1].check == "equal"
    new_point = str(driver.device.manifest().json()["checkpoint"])
    assert new_point != old_point
    receipt, seen = driver.send(old, new_point)
    assert (receipt["state"], seen.check) == ("received", "differs")


def test_that_prices_are_those_of_each_of_many_checkpoints(driver: PricingDesk) -> None:
    sent = []
    for step in range(5):
        driver.gateway.connector.company["items.prices"]["D01-RETAIL"]["value"] = 32_000 + step * 1_000
        driver.gateway.take()
        point = str(driver.device.manifest().json()["checkpoint"])
        price = Decimal("3.20") + step * Decimal("0.10")
        vat = (price * Decimal("0.23")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        payload = driver.payload(driver.cart(("D01", "PCS", "1", "0"), customer="C3"))
        sent.append((point, tampered(payload, str(price), str(price), str(vat), str(price + vat))))
    for place, (point, _payload) in enumerate(sent):
        found = [driver.send(payload, point)[1].check for _point, payload in sent]
        assert found == ["equal" if other == place else "differs" for other in range(5)]


def test_that_a_document_of_an_unknown_checkpoint_is_flagged_as_not_compared(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "1", "0")))
    revision = driver.checkpoint().split("-")[0]
    for checkpoint, code in (
        ("", "price.no_checkpoint"),
        ("1-feed", "price.checkpoint_gone"),
        (f"{revision}-feed", "price.checkpoint_gone"),
        ("9999999-feed", "price.checkpoint_gone"),
    ):
        receipt, seen = driver.send(tampered(payload, "1.00", "1.00", "0.23", "1.23"), checkpoint)
        assert receipt["state"] == "received"
        assert (seen.check, seen.recomputed, seen.difference) == ("not_compared", "", "")
        assert [flag.code for flag in seen.flags] == [code]


def test_that_former_versions_are_removed_with_their_last_checkpoint(driver: PricingDesk) -> None:
    database = driver.gateway.database

    def versions() -> int:
        with database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(superseded)).scalar_one())

    before, point = versions(), driver.checkpoint()
    payload = driver.payload(driver.cart(("D01", "PCS", "1", "0")))
    company = driver.gateway.connector.company
    company["items.prices"]["D01-RETAIL"]["value"] = 50_000
    del company["items.prices"]["of item"]
    company["items.forms"]["D01"]["name"] = "Another name"
    company["items.resources"]["I1-W1"]["quantity"] = 70_000  # no price depends on it
    driver.gateway.take()
    assert versions() == before + 3
    age_checkpoints(driver)
    company["items.forms"]["D01"]["name"] = "A third name"
    driver.gateway.take()
    publish(database, driver.gateway.catalogue)
    assert versions() == 1, "what the last one before it had"
    assert [flag.code for flag in driver.send(payload, point)[1].flags] == ["price.checkpoint_gone"]
    for quantity in (60_000, 50_000):
        age_checkpoints(driver)
        company["items.resources"]["I1-W1"]["quantity"] = quantity
        driver.gateway.take()
        publish(database, driver.gateway.catalogue)
    assert versions() == 0


def age_checkpoints(driver: PricingDesk) -> None:
    """Makes all publications older than superseded checkpoints are kept."""
    past = (clock.now() - timedelta(days=KEPT_DAYS + 1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with driver.gateway.database.write() as connection:
        connection.execute(update(checkpoints).values(at=past))


def test_that_an_old_checkpoint_stays_known_until_it_is_superseded(driver: PricingDesk) -> None:
    payload, point = driver.payload(driver.cart(("D01", "PCS", "1", "0"))), driver.checkpoint()
    age_checkpoints(driver)  # nothing changed since, so a device that has just synchronized is at it
    driver.gateway.connector.company["items.prices"]["D01-RETAIL"]["value"] = 50_000
    driver.gateway.take()
    publish(driver.gateway.database, driver.gateway.catalogue)
    assert driver.send(payload, point)[1].check == "equal"
    assert driver.device.manifest(checkpoint=point).json().get("known", True), (
        "nor must the device fetch everything afresh"
    )


def test_that_a_document_priced_while_an_object_is_red_names_no_checkpoint(
    gateway: GatewayUnderTest, make_tablet: MakeTablet
) -> None:
    tablet = make_tablet("rep1")
    with desk_of(tablet, priced_company()) as driver:
        assert driver.checkpoint() != ""
        driver.gateway.connector.company["items.prices"]["D01-RETAIL"]["value"] = 50_000
        driver.gateway.connector.company["items.forms"]["D02"]["name"] = "Another name"
        gateway.take()
        gateway.restart("items.prices=digest")
        assert tablet.sync().outcome == "failed"
        cart = driver.cart(("D01", "PCS", "1", "0"), customer="C3")
        record = ordering.confirm(driver.stores, ordering.look_at(driver.stores, replace(cart, number="")))
        gateway.restart()
        assert tablet.sync().outcome == "ok"
        seen = driver.seen(records.load(driver.stores.work, record).submission or "")
        assert (seen.check, [flag.code for flag in seen.flags]) == ("not_compared", ["price.no_checkpoint"])


def test_that_the_class_and_list_of_a_new_customer_apply(driver: PricingDesk) -> None:
    body = new_customer("Nowa hurtownia")
    body["payload"] |= {"customer_class": "A", "price_type": driver.key("directories.price_types", "GROSS")}
    id_ = "0198f2a0-0000-7000-8000-00000000000a"
    assert driver.device.send("PUT", f"/v1/submissions/{id_}", body).json()["state"] == "received"
    cart = driver.cart(("D01", "PCS", "5", "0"))
    cart = replace(cart, customer=None, new_customer=id_, customer_class="A", price_type=body["payload"]["price_type"])
    _receipt, seen = driver.send(driver.payload(cart))
    assert (seen.check, seen.flags) == ("equal", ())
    wholesale = driver.payload(replace(cart, price_type=None))
    assert driver.send(wholesale | {"price_type": cart.price_type})[1].check == "differs"


def test_that_a_user_without_a_profile_is_priced_by_the_first_one(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    with desk_of(tablet, priced_company()) as driver:
        _receipt, seen = driver.sent(*MIXED, customer="C1")
        assert (seen.check, seen.flags, seen.user) == ("equal", (), "office")


def test_that_a_bug_in_the_review_keeps_no_order_from_the_erp(
    driver: PricingDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(review_module, "price_document", lambda *_: 1 / 0)
    receipt, seen = driver.sent(("D01", "PCS", "1", "0"))
    assert receipt["state"] == "received"
    assert (seen.check, [flag.code for flag in seen.flags]) == ("not_compared", ["price.failed"])
    assert "could not be reviewed" in caplog.text


def test_that_a_repeated_document_is_reviewed_once(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(("D01", "PCS", "1", "0")))
    body = submission("document", payload) | {"checkpoint": driver.checkpoint()}
    answers = {
        driver.device.send("PUT", "/v1/submissions/0198f2a0-0000-7000-8000-00000000000b", body).body for _ in "ab"
    }
    assert len(answers) == 1
    with driver.gateway.database.read() as connection:
        assert document_counts(connection).equal == 1


def test_that_other_records_and_refused_documents_are_not_flagged(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway)
    device.send("PUT", "/v1/submissions/0198f2a0-0000-7000-8000-00000000000c", new_customer())
    wrong = submission("document", order(gateway.database, net="1"))
    device.send("PUT", "/v1/submissions/0198f2a0-0000-7000-8000-00000000000d", wrong)
    with gateway.database.read() as connection:
        assert document_counts(connection).flagged == 0


def test_that_rows_of_items_are_found_by_an_index(gateway: GatewayUnderTest) -> None:
    with gateway.database.read() as connection:
        for table in (record.name, superseded.name):
            query = (
                f"EXPLAIN QUERY PLAN SELECT id FROM {table} WHERE object = 'items.prices' AND revision + 0 <= 9"
                " AND json_extract(canonical, '$[0]') IN (1, 2, 3)"
            )
            plan = " ".join(str(row[3]) for row in connection.execute(text(query)))
            assert f"ix_{table}_items_prices_0" in plan


def test_that_an_older_gateway_gets_missing_tables_when_it_is_opened(driver: PricingDesk) -> None:
    payload = driver.payload(driver.cart(*MIXED, customer="C3"))
    with driver.gateway.database.write() as connection:
        connection.execute(text("DROP TABLE superseded"))
        connection.execute(text("DROP TABLE document_check"))
        connection.execute(text("DROP INDEX ix_record_items_prices_0"))
    open_gateway(driver.gateway.database.folder).close()
    _receipt, seen = driver.send(payload)
    assert (seen.check, seen.flags) == ("equal", ())
    with driver.gateway.database.read() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'")).scalars().all()
    assert {"ix_record_items_prices_0", "ix_superseded_items_prices_0", "ix_superseded_until"} <= set(names)


quantities = st.sampled_from(["1", "2", "3", "5", "9.5", "10", "12", "24", "60"])
lines = st.lists(
    st.tuples(
        st.sampled_from(["D01", "D02", "D03", "D04", "D05", "D06"]),
        st.sampled_from(["PCS", "BOX"]),
        quantities,
        st.sampled_from(["0", "0", "2.5", "7", "10"]),
    ),
    min_size=1,
    max_size=7,
)


def test_that_the_gateway_reprices_every_document_to_the_same_amounts(driver: PricingDesk) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        lines, st.sampled_from(["C1", "C3", "CE"]), st.sampled_from(["PLN", "EUR"]), st.sampled_from(["0", "1.5", "5"])
    )
    def law(entered: list[Line], customer: str, currency: str, percent: str) -> None:
        cart = driver.cart(*entered, customer=customer, currency=currency, discount_percent=Decimal(percent))
        receipt, seen = driver.send(driver.payload(cart))
        assert receipt["state"] == "received", receipt
        assert (seen.check, seen.flags, seen.sent) == ("equal", (), seen.recomputed)

    law()
