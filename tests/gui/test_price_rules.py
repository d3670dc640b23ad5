"""Promotions over several lines, as the order and the item's card show them."""

from dataclasses import replace
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from salesapp.views.order.cart import saved_text
from salesapp.views.order.details import DetailsSheet
from salesapp.views.parts.text import Text
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import OpenDocument
from salesapp.views.work.document_page import DocumentPage
from tests.company import Rows
from tests.gui.among_items import open_item, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import tap_part, with_order
from tests.services.account_stores import key_of

OFFER = {"priority": 1, "threshold": "quantity", "combines": 1, "kind": "percent"}


def offer_third(company: Rows) -> None:
    """Every third of the first item costs half its price."""
    scales = [{"from": "0", "value": "50", "per": "3", "units": "1"}]
    company["promotions.headers"]["T"] = OFFER | {"code": "T", "name": "Every third", "scales": scales}
    company["promotions.items"]["T1"] = {"promotion": "T", "item": "I1"}


def texts(widget: QWidget) -> list[str]:
    return [child.text().replace("\N{NO-BREAK SPACE}", " ") for child in widget.findChildren(Text)]


def test_that_an_order_takes_a_groups_discount_off_the_line_and_explains_it(driver: WindowDriver) -> None:
    async def story() -> None:
        offer_third(driver.gateway.connector.company)
        driver.gateway.take()
        page = await with_order(driver)
        for _ in range(2):
            await tap_part(driver, page, 0, "plus")
        await page.order.settle()
        assert page.order.order is not None
        hint = page.order.order.hint_of("1")
        assert hint is not None
        assert (hint.missing, hint.group) == (Decimal(1), "1/3")
        await tap_part(driver, page, 0, "plus")
        await page.order.settle()
        (line,) = page.order.order.priced.lines
        assert (f"{line.unit_price_net:f}", f"{line.net:f}") == ("9.50", "23.75")
        assert saved_text(line, "PLN").replace("\N{NO-BREAK SPACE}", " ") == "\N{MINUS SIGN}5 %  \N{MINUS SIGN}4.75"
        await tap_part(driver, page, 0, "price")
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        sums = [(left, right.replace("\N{MINUS SIGN}", "-")) for left, right, _role in sheet.sums()]
        assert sums[:3] == [
            ("3 \N{MULTIPLICATION SIGN} 9.50", "28.50"),
            ("Promotion: Every third", "-4.75"),
            ("Line net", "23.75"),
        ]

    driver.run(story())


def test_that_a_card_says_what_counts_what_is_cheaper_and_what_is_in_a_bundle(driver: WindowDriver) -> None:
    async def story() -> None:
        company = driver.gateway.connector.company
        offer_third(company)
        company["promotions.headers"]["B"] = OFFER | {"code": "B", "name": "Breakfast", "kind": "bundle"}
        company["promotions.headers"]["B"]["scales"] = [{"value": "15"}]
        company["promotions.headers"]["C"] = OFFER | {"code": "C", "name": "Cheese counts"}
        company["promotions.headers"]["C"]["scales"] = [{"from": "4", "value": "10"}]
        company["promotions.items"] |= {
            "B1": {"promotion": "B", "item": "I1"},
            "B2": {"promotion": "B", "item": "I2", "quantity": 20_000},
            "C1": {"promotion": "C", "item": "I1", "role": "condition"},
            "C2": {"promotion": "C", "item": "I2", "role": "benefit"},
        }
        page = await with_items(driver)
        form = await open_item(driver, page, "Żółty ser łagodny 500 g")
        told = "\n".join(texts(form))
        assert "always: \N{MINUS SIGN}50 % on 1 of each 3" in told
        assert "what counts: Żółty ser łagodny 500 g" in told
        assert "what is cheaper: " in told
        (together,) = (line for line in told.splitlines() if line.startswith("together: "))
        assert "1 \N{MULTIPLICATION SIGN} Żółty ser łagodny 500 g" in together
        assert "2 \N{MULTIPLICATION SIGN} " in together

    driver.run(story())


def abroad(company: Rows) -> None:
    """The first customer is in another country of the EU; cash has a discount of 2 %."""
    company["directories.payment_forms"]["CASH"]["discount_percent"] = 20_000
    company["directories.vat_rates"]["WDT"] = {"code": "WDT", "name": "Intra-EU", "percent": 0}
    classes = [{"tax_class": "intra_eu", "vat_rate": "WDT", "sentence": "Intra-Community supply of goods."}]
    company["directories.vat_rates"]["A"]["by_tax_class"] = classes
    company["customers.customers"]["C1"]["tax_class"] = "intra_eu"


def test_that_the_cart_and_the_document_bear_the_sentence_and_the_discount_of_the_payment_form(
    driver: WindowDriver,
) -> None:
    async def story() -> None:
        abroad(driver.gateway.connector.company)
        driver.gateway.take()
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        cash = key_of(driver.app.workplace.stores, "directories.payment_forms", "CASH")
        page.order.change("payment form", lambda cart: replace(cart, payment_form=cash))
        await page.order.settle()
        told = texts(page.cart)
        assert "Payment form \N{MINUS SIGN}2 %" in told
        assert "Intra-Community supply of goods." in told
        assert "9.31 PLN" in told, "9.50 without 0.19, and no VAT"
        assert page.order.record
        driver.app.screens.open(OpenDocument(page.order.record))
        await driver.until(lambda: not driver.app._tasks)
        document = driver.app.window.page("document")
        assert isinstance(document, DocumentPage)
        shown = texts(document)
        assert "Intra-Community supply of goods." in shown
        assert "\N{MINUS SIGN}0.19 PLN" in shown
        assert document.view is not None
        assert (document.view.vat_sentences, document.view.payment_discount) == (
            ("Intra-Community supply of goods.",),
            Decimal("0.19"),
        )

    driver.run(story())


def test_that_another_payment_form_in_the_details_prices_the_order_anew(driver: WindowDriver) -> None:
    async def story() -> None:
        forms = driver.gateway.connector.company["directories.payment_forms"]
        forms["CASH"]["discount_percent"] = 20_000
        forms["CARD"] = {"code": "CARD", "name": "Card", "kind": "card", "due_days": 0, "discount_percent": -15_000}
        driver.gateway.take()
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        driver.tap(page.details)
        await driver.until(lambda: not driver.app._tasks)
        details = driver.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        labels = [details.payment.itemText(place) for place in range(details.payment.count())]
        shown = [label.replace("\N{NO-BREAK SPACE}", " ") for label in labels]
        assert shown == ["\N{EN DASH}", "Card (+1.5 %)", "Cash (\N{MINUS SIGN}2 %)"]
        assert details.payment.currentIndex() == 0, "none is chosen yet"
        for label, net in (("Card", "9.64"), ("Cash", "9.31"), ("\N{EN DASH}", "9.50")):
            details.payment.setCurrentIndex(next(n for n, one in enumerate(shown) if one.startswith(label)))
            await page.order.settle()
            assert page.order.order is not None
            assert f"{page.order.order.priced.net:f}" == net

    driver.run(story())
