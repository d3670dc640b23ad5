"""Own prices and amounts in the real window: typed on a line and on the document, limited, explained, kept, printed."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.text import Text
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import OpenDocument
from salesapp.views.work.document_page import DocumentPage, Fact
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, tap_part, with_order
from tests.gui.test_order_care import line_sheet
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened

D = Decimal


def allow(driver: WindowDriver, percent: int) -> None:
    driver.gateway.connector.company["auxiliary.profiles"]["field"]["maximum_discount_percent"] = percent * 10_000
    driver.gateway.take()


async def details_of(driver: WindowDriver, page: OrderPage) -> DetailsSheet:
    page.details_requested.emit()
    await calm(driver)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, DetailsSheet)
    return sheet


async def kept(driver: WindowDriver, page: OrderPage) -> None:
    """Waits until what was typed is priced and in the draft."""
    await driver.until(lambda: page.order.is_current and not driver.app._tasks)


def test_that_an_own_price_is_typed_limited_explained_and_kept(driver: WindowDriver) -> None:
    allow(driver, 15)

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        sheet = await line_sheet(driver, page)
        driver.tap(sheet.own.kinds.buttons["price"])
        assert sheet.discount.label.text() == "Your price per pcs, net (PLN)"
        QTest.keyClicks(sheet.discount.edit, "8,07")
        await driver.until(lambda: sheet.discount.has_error)
        assert sheet.discount.error.text() == "Above your limit of 15 %: your lowest price is 8.08."
        driver.tap(sheet.done)
        assert driver.app.window.open_sheet() is sheet, "it says what is wrong until it is right"
        assert not page.cart.primary.isEnabled()
        sheet.discount.edit.setText("8,1")
        await driver.until(lambda: page.order.cart.lines[0].own_price == D("8.1"))
        await kept(driver, page)
        assert not sheet.discount.has_error
        driver.tap(sheet.done)
        assert driver.app.window.open_sheet() is None
        (draft,) = drafts(driver)
        assert (draft.payload.lines[0].own_price, draft.payload.lines[0].unit_price) == ("8.1", "8.10")
        again = await line_sheet(driver, page)
        assert (again.own.kind, again.discount.edit.text()) == ("price", "8.1")
        driver.tap(again.why)
        await calm(driver)
        explained = driver.app.window.open_sheet()
        assert isinstance(explained, PriceSheet)
        assert any("Your own price" in child.text() for child in explained.findChildren(Text))

    driver.run(story())


def test_that_another_unit_takes_an_own_amount_away_and_says_so(driver: WindowDriver) -> None:
    driver.gateway.connector.company["items.units"]["I1B"]["is_allowed"] = 1
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        sheet = await line_sheet(driver, page)
        driver.tap(sheet.own.kinds.buttons["amount"])
        QTest.keyClicks(sheet.discount.edit, "0.5")
        await driver.until(lambda: page.order.cart.lines[0].discount_amount == D("0.5"))
        await kept(driver, page)
        driver.tap(next(button for button in sheet.unit.buttons.values() if button.text() == "box"))
        await kept(driver, page)
        assert (sheet.discount.edit.text(), sheet.discount.error.text()) == ("", "It was for another unit.")
        assert page.order.cart.lines[0].discount_amount == 0

    driver.run(story())


def test_that_an_amount_of_the_document_is_spread_limited_and_printed(driver: WindowDriver) -> None:
    allow(driver, 10)

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        await tap_part(driver, page, 1, "plus")
        assert page.order.order is not None
        net = page.order.order.priced.net
        sheet = await details_of(driver, page)
        driver.tap(sheet.own.kinds.buttons["amount"])
        assert sheet.discount.label.text() == "Discount of the document, net (PLN)"
        QTest.keyClicks(sheet.discount.edit, "50")
        await driver.until(lambda: sheet.discount.has_error)
        assert sheet.discount.error.text().startswith("Above your limit of 10 %: you can take off at most ")
        sheet.discount.edit.setText("1.5")
        await driver.until(lambda: page.order.cart.discount_amount == D("1.5"))
        await kept(driver, page)
        driver.tap(sheet.done)
        assert driver.app.window.open_sheet() is None
        assert page.order.order.priced.net == net - D("1.5")
        driver.tap(page.cart.primary)
        await driver.until(lambda: driver.app.window.current == "document" and not driver.app._tasks)
        (record,) = drafts(driver)
        assert record.payload.discount_amount == "1.5"
        document = await opened(driver, OpenDocument(record.id))
        assert isinstance(document, DocumentPage)
        assert ("Discount of the document", "1.50\N{NO-BREAK SPACE}PLN") in [
            fact.words for fact in document.findChildren(Fact)
        ]

    driver.run(story())


def test_that_another_currency_takes_own_amounts_away_and_says_so(driver: WindowDriver) -> None:
    rates = [{"date": "2020-01-01", "rate": "4.25"}]
    euro = {"code": "EUR", "name": "Euro", "decimals": 2, "is_base": 0, "rates": rates}
    driver.gateway.connector.company["directories.currencies"]["EUR"] = euro
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        sheet = await details_of(driver, page)
        driver.tap(sheet.own.kinds.buttons["amount"])
        QTest.keyClicks(sheet.discount.edit, "1")
        await driver.until(lambda: page.order.cart.discount_amount == 1)
        other = next(
            place
            for place in range(sheet.currency.count())
            if sheet.currency.itemData(place) != page.order.cart.currency
        )
        sheet.currency.setCurrentIndex(other)
        await kept(driver, page)
        assert page.order.cart.discount_amount == 0
        assert sheet.discount.error.text() == "It was in another currency."
        assert page.message.accessibleName().startswith("Own prices and amounts were removed")
        QTest.keyClick(sheet, Qt.Key.Key_Escape)

    driver.run(story())


@pytest.mark.parametrize(("rule", "blocks"), [("warn", False), ("block", True)])
def test_that_a_line_below_its_minimum_price_says_so_and_blocks_if_the_profile_does(
    driver: WindowDriver, rule: str, blocks: bool
) -> None:
    company = driver.gateway.connector.company
    company["items.forms"]["I1"]["minimum_price"] = 93_000
    company["auxiliary.profiles"]["field"]["minimum_price_rule"] = rule
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        sheet = await line_sheet(driver, page)
        assert sheet.price.text().endswith("minimum price 9.30")
        QTest.keyClicks(sheet.discount.edit, "3")
        await driver.until(lambda: sheet.discount.has_error)
        sentence = "Below the minimum price of 9.30: raise your price or lower your discount."
        assert sheet.discount.error.text() == sentence
        await kept(driver, page)
        driver.tap(sheet.done)
        assert (driver.app.window.open_sheet() is sheet) is blocks
        assert sentence in page.cart.problem.accessibleName()
        assert page.cart.primary.isEnabled() is not blocks
        sheet.discount.edit.setText("1")
        await driver.until(lambda: not page.order.problems or not blocks)

    driver.run(story())
