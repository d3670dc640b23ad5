"""Checking the stock of one item: only what the user may see, and quickly among many rows."""

from typing import Any

import pytest
from sqlalchemy import select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway.audit import audit
from salesapp.gateway.folder import open_gateway
from salesapp.gateway.tables import STOCK, is_stock, record, stock_index, stock_item
from salesapp.protocol.messages import PROTOCOL
from tests.conftest import GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, key_of


def ask(gateway: GatewayUnderTest, device: Device, item: str | int, **more: Any) -> Answer:
    key = key_of(gateway.database, "items.forms", item) if isinstance(item, str) else item
    return device.send("POST", "/v1/stock", {"protocol": PROTOCOL, "item": key, **more})


def test_that_it_returns_the_stock_of_the_profiles_warehouses_only(gateway: GatewayUnderTest) -> None:
    resources = gateway.connector.company["items.resources"]
    resources["I1-W1"] |= {"quantity": 125_000, "as_of": "2026-03-02T06:00:00Z"}
    gateway.take()
    first, second = (key_of(gateway.database, "directories.warehouses", code) for code in ("W1", "W2"))
    there = {"warehouse": first, "quantity": "12.5000", "as_of": "2026-03-02T06:00:00Z"}
    answer = ask(gateway, device_of(gateway, "rep1"), "I1").json()
    assert answer == {"item": key_of(gateway.database, "items.forms", "I1"), "stock": [there]}
    assert [entry["warehouse"] for entry in ask(gateway, device_of(gateway, "rep2"), "I1").json()["stock"]] == [second]
    assert len(ask(gateway, device_of(gateway, "office"), "I1").json()["stock"]) == 2
    assert "stock" not in ask(gateway, device_of(gateway, "office"), "I3").json(), "no warehouse has any of it"


def test_that_it_returns_stock_that_is_not_published_yet(gateway: GatewayUnderTest) -> None:
    before = device_of(gateway, "rep1").manifest().json()["checkpoint"]
    gateway.connector.company["items.resources"]["I2-W1"] |= {"quantity": 70_000}
    gateway.take()
    assert ask(gateway, device_of(gateway, "rep1"), "I2").json()["stock"][0]["quantity"] == "7.0000"
    assert device_of(gateway, "rep1").manifest().json()["checkpoint"] != before


def test_that_an_unknown_item_is_refused_and_logged(gateway: GatewayUnderTest) -> None:
    answer = ask(gateway, device_of(gateway, "rep1"), 999_999)
    assert (answer.status, answer.code) == (404, "stock.unknown_item")
    with gateway.database.read() as connection:
        noted = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(1)).one()
    assert (noted.who, noted.what, noted.result) == ("rep1", "stock of item 999999", "not found")


@pytest.mark.parametrize("body", [{}, {"item": 1}, {"protocol": PROTOCOL, "item": "1"}, {"protocol": 99, "item": 1}])
def test_that_a_malformed_request_is_refused(gateway: GatewayUnderTest, body: dict[str, Any]) -> None:
    assert device_of(gateway).send("POST", "/v1/stock", body).status == 400


def test_that_a_session_is_required(gateway: GatewayUnderTest) -> None:
    assert ask(gateway, Device(gateway.port), "I1").code == "auth.required"


def test_that_one_item_is_found_by_an_index_that_older_gateways_get_too(gateway: GatewayUnderTest) -> None:
    assert CATALOGUE.by_key[STOCK].field_names[0] == "item"
    gateway.stop()
    stock_index.drop(gateway.database.engine)
    reopened = open_gateway(gateway.database.folder)
    try:
        query = select(record.c.canonical).where(is_stock, stock_item == 1)
        text = str(query.compile(reopened.engine, compile_kwargs={"literal_binds": True}))
        with reopened.read() as connection:
            plan = [str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
    finally:
        reopened.close()
    assert any("ix_record_stock" in line for line in plan), plan
