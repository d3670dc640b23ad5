"""Amounts are written with the decimals of their currency, on screens and on paper, and rounded half up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from salesapp.domain.pricing import NextScale
from salesapp.services.price_tags import Offer, OfferScale
from salesapp.services.reports import Order
from salesapp.views import currencies, formats, labels
from salesapp.views.order.labels import problem_text
from salesapp.views.parts.text import Text
from salesapp.views.prices.labels import benefit_text, hint_text
from salesapp.views.prices.offer_card import scale_text
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.reports.labels import rights
from salesapp.views.translation import Translation
from salesapp.views.work import paper
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_paper import view

N, F = formats.NARROW, formats.FIXED


@pytest.fixture(autouse=True)
def _learned(qapp: QApplication) -> Iterator[None]:
    del qapp
    Translation().use("en")
    currencies.learn({"": 2, "PLN": 2, "HUF": 0, "KWD": 3})
    yield
    currencies.learn({})


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [
        ("1234.5", "HUF", f"1{N}235"),
        ("0.125", "PLN", "0.13"),
        ("0.135", "PLN", "0.14"),
        ("-0.125", "", f"{formats.MINUS}0.13"),
        ("1.4285", "KWD", "1.429"),
        ("1.4", "KWD", "1.400"),
        ("7", "XXX", "7.00"),
    ],
)
def test_that_an_amount_has_its_currencys_decimals_and_is_rounded_half_up(
    value: str, currency: str, written: str
) -> None:
    assert formats.amount(Decimal(value), currency) == written


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [("120", "HUF", "120"), ("120.5", "HUF", "120.5"), ("1.2", "KWD", "1.200"), ("0.0345", "PLN", "0.0345")],
)
def test_that_a_price_has_at_least_its_currencys_decimals(value: str, currency: str, written: str) -> None:
    assert formats.price(Decimal(value), currency) == written


def test_that_a_hint_of_a_value_says_how_much_money_is_missing() -> None:
    scale = NextScale(1, "More", "percent", "value", Decimal(437), None, "3")
    assert hint_text(scale, "PLN") == f"for 437.00{F}PLN more: 3{F}%"
    assert hint_text(scale, "HUF") == f"for 437{F}HUF more: 3{F}%"


def test_that_a_hint_of_a_set_says_what_completes_it() -> None:
    group = NextScale(1, "Third", "percent", "quantity", Decimal(2), 1, "50", "1/3")
    assert hint_text(group, "PLN") == f"2 more: {formats.MINUS}50{F}% on 1 of each 3"
    bundle = NextScale(1, "Breakfast", "bundle", "quantity", Decimal(1), 1, "15")
    assert hint_text(bundle, "PLN") == f"1 more for a bundle at 15.00{F}PLN"


def test_that_a_sentence_of_the_credit_has_the_currencys_decimals() -> None:
    words = problem_text("credit.overdue", {"amount": "1500.5", "currency": "KWD"})
    assert f"1{N}500.500" in words


@pytest.mark.parametrize(
    ("code", "params", "told"),
    [
        ("submission.credit_exceeded", {"over": "1200.5", "currency": "KWD"}, f"1{N}200.500 KWD"),
        ("submission.credit_exceeded", {"over": "1200.00", "currency": "HUF"}, f"1{N}200 HUF"),
        ("erp.amount_too_high", {"limit": "1000", "amount": "1060.5", "currency": "PLN"}, f"1{N}060.50 PLN"),
        ("erp.amount_too_high", {"limit": "1000", "amount": "1060.5", "currency": "PLN"}, f"up to 1{N}000.00"),
        ("erp.price_changed", {"sent": "12.5", "price": "-", "currency": "KWD"}, "12.500 KWD"),
        ("submission.discount_over_limit", {"percent": "20", "limit": "15"}, "15 %"),
    ],
)
def test_that_a_refusal_has_the_currencys_decimals(code: str, params: dict[str, str], told: str) -> None:
    assert told in labels.error(code, params).why


def test_that_an_order_in_a_report_has_its_own_currencys_decimals() -> None:
    order = Order("", 1, "SO-1", "C1", date(2026, 3, 2), Decimal("12.5"), "KWD")
    assert rights(order) == ("12.500", "KWD")


def test_that_a_card_of_a_promotion_writes_money_as_money() -> None:
    offer = Offer(1, "P", "amount", "value", None, "KWD", (), "")
    assert scale_text(offer, OfferScale(Decimal(500), "1.5")) == f"from 500.000{F}KWD: {formats.MINUS}1.500{F}KWD"
    assert scale_text(replace(offer, threshold="quantity"), OfferScale(Decimal(10), "1.5")).startswith("from 10:")


def test_that_the_explanation_of_a_price_writes_money_as_money(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["directories.currencies"]["PLN"]["decimals"] = 3
    scales = [{"from": "20", "value": "2"}, {"from": "1000", "value": "3"}]
    company["promotions.headers"]["P"] |= {"kind": "amount", "threshold": "value", "scales": scales}
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        page.order.set_quantity(page.items.row(0).item, page.items.row(0).unit, Decimal(8))
        await calm(driver)
        page.cart.list.price_requested.emit(0)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        assert "the scale from 20.000 PLN is reached" in sheet.as_text()
        assert f"{formats.MINUS}2.000" in sheet.as_text()
        shown = " ".join(label.text() for label in sheet.findChildren(Text))
        assert f"{formats.MINUS}3.000{F}PLN" in shown, "the hint"

    driver.run(story())


def test_that_the_scales_of_amounts_are_written_with_their_currency() -> None:
    assert benefit_text("amount", Decimal(2), "KWD") == f"{formats.MINUS}2.000{F}KWD"
    assert benefit_text("fixed_price", Decimal("9.5"), "HUF") == f"9.5{F}HUF"
    assert benefit_text("percent", Decimal("2.50"), "KWD") == f"{formats.MINUS}2.5{F}%"


@pytest.mark.parametrize(("currency", "to_pay"), [("KWD", f"1.428{F}KWD"), ("HUF", f"1{F}HUF"), ("PLN", f"1.43{F}PLN")])
def test_that_a_paper_has_the_currencys_decimals(currency: str, to_pay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    plain = paper._Sheet._text

    def noted(self: paper._Sheet, words: str, *args: Any, **kwargs: Any) -> float:
        written.append(words)
        return plain(self, words, *args, **kwargs)

    monkeypatch.setattr(paper._Sheet, "_text", noted)
    paper.print_pdf(replace(view(1), currency=currency, gross=Decimal("1.428")), None)
    assert to_pay in written


def test_that_the_window_learns_the_decimals_from_the_catalogue(driver: WindowDriver) -> None:
    async def day() -> None:
        currencies.learn({})
        rows = driver.gateway.connector.company["directories.currencies"]
        rows["KWD"] = {"code": "KWD", "name": "Dinar", "decimals": 3, "is_base": 0}
        rows["PLN"]["decimals"] = 0
        driver.gateway.take()
        await driver.begin()
        assert formats.amount(Decimal(1), "KWD") == "1.000"
        assert formats.amount(Decimal(1)) == "1", "the base currency"

    driver.run(day())


def test_that_no_view_has_two_decimals_for_every_currency() -> None:
    fixed, views = re.compile(r"formats\.number\(.*, 2\)"), Path(formats.__file__).parent
    assert [path.name for path in views.rglob("*.py") if fixed.search(path.read_text(encoding="utf-8"))] == []
