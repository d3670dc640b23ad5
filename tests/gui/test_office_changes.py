"""An order that is open in the window while the office changes something, or while a new day begins."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from salesapp import clock
from salesapp.gateway import app as gateway_app
from salesapp.views.customers.card import CustomerPage
from salesapp.views.formats import day_and_time
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.differences import DifferenceSheet
from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.text import Text
from salesapp.views.requests import NewOrder, OpenCustomer, OpenDocument, OpenOrder
from salesapp.views.work.document_page import DocumentPage
from tests import days
from tests.conftest import Tablet
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, open_order, tap_part, with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened
from tests.services.account_stores import key_of

pytestmark = pytest.mark.clock


async def synchronize(driver: WindowDriver) -> None:
    """Imports what the office changed, and synchronizes in the background."""
    driver.gateway.take()
    driver.app.runner.start(driver.app.runner.request)
    assert await driver.verdict() == "ok"
    await calm(driver)


def message(page: OrderPage) -> list[str]:
    assert page.message.isVisible()
    return [text.text() for text in page.message.findChildren(Text) if text.isVisible() and text.text()]


async def confirm(driver: WindowDriver, page: OrderPage) -> None:
    """Confirms, whatever is warned of."""
    driver.tap(page.cart.primary)
    await calm(driver)
    sheet = driver.app.window.open_sheet()
    if isinstance(sheet, WarningSheet):
        driver.tap(sheet.yes)
        await calm(driver)


def test_that_an_open_order_says_which_item_the_office_has_withdrawn(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        await tap_part(driver, page, 1, "plus")
        driver.gateway.connector.company["items.forms"]["I2"]["is_active"] = 0
        await synchronize(driver)
        assert (
            page.cart.sentences()[0] == "Item I2 Żółć: This item is no longer sold: take it out, or choose another one."
        )
        assert not page.cart.primary.isEnabled()
        assert page.items.row_of(page.order.cart.lines[1].item) < 0, "nor is it offered any more"
        page.order.remove_line(page.order.cart.lines[1].id)
        await calm(driver)
        await confirm(driver, page)
        assert [draft.state for draft in drafts(driver)] == ["confirmed"]

    driver.run(story())


def test_that_changed_prices_are_listed_with_the_old_and_the_new_one(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        driver.gateway.connector.company["items.prices"]["I2-RETAIL"]["value"] = 125_000
        await synchronize(driver)
        assert message(page)[0] == "1 price has changed"
        driver.tap(page.message.action)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DifferenceSheet)
        shown = " ".join(text.text() for text in sheet.findChildren(Text))
        assert "Item I2" in shown
        assert "10.00" in shown
        assert "12.50" in shown

    driver.run(story())


def test_that_a_draft_tells_prices_changed_since_it_was_saved(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        driver.tap(page.cart.save)
        await calm(driver)
        driver.gateway.connector.company["items.prices"]["I2-RETAIL"]["value"] = 125_000
        await synchronize(driver)
        (draft,) = drafts(driver)
        page = await open_order(driver, OpenOrder(draft.id))
        assert message(page)[0] == "1 price has changed"

    driver.run(story())


def test_that_a_price_changed_behind_the_question_is_shown_and_asked_about_again(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 2, "plus")  # without stock, so that confirming asks
        driver.tap(page.cart.primary)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, WarningSheet)
        driver.gateway.connector.company["items.prices"]["I3-RETAIL"]["value"] = 125_000
        driver.gateway.take()
        other = Tablet(
            driver.tablet.root, driver.gateway, user="rep1"
        )  # of this device; its window knows nothing of it
        assert (await asyncio.to_thread(other.sync)).outcome == "ok"
        driver.tap(sheet.yes)
        await calm(driver)
        assert [draft.state for draft in drafts(driver)] == ["draft"]
        assert message(page)[0] == "1 price has changed"
        await confirm(driver, page)
        assert [draft.state for draft in drafts(driver)] == ["confirmed"]

    driver.run(story())


def test_that_the_customer_can_be_replaced_after_the_office_gave_it_away(driver: WindowDriver) -> None:
    customers = driver.gateway.connector.company["customers.customers"]
    customers["C3"] = customers["C1"] | {"code": "C3", "name": "Third"}
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        customers["C1"]["representative"] = "rep2"
        await synchronize(driver)
        sentence = "First is no longer among your customers: choose another one in Details, or ask the office."
        assert page.cart.sentences()[0] == sentence
        assert not page.cart.primary.isEnabled()
        driver.tap(page.details)
        await calm(driver)
        details = driver.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        assert details.customer.text().strip() == "First"
        driver.tap(details.customer)
        await driver.until(lambda: isinstance(driver.app.window.open_sheet(), ChoiceSheet))
        choice = driver.app.window.open_sheet()
        assert isinstance(choice, ChoiceSheet)
        choice.list.opened.emit(0)
        await calm(driver)
        assert page.order.cart.customer_name == "Third"
        assert page.cart.primary.isEnabled()
        await confirm(driver, page)
        (record,) = drafts(driver)
        assert (record.state, record.payload.customer_name) == ("confirmed", "Third")

    driver.run(story())


def test_that_a_withdrawn_payment_form_is_replaced_by_the_shown_one(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["directories.payment_forms"]["T7"] = {"code": "T7", "name": "7 days", "kind": "transfer", "due_days": 7}
    company["customers.customers"]["C1"]["payment_form"] = "T7"
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        company["customers.customers"]["C1"]["payment_form"] = "CASH"
        del company["directories.payment_forms"]["T7"]
        await synchronize(driver)
        assert page.cart.sentences()[0].startswith("The payment form is no longer offered")
        driver.tap(page.details)
        await calm(driver)
        details = driver.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        assert details.payment.currentText() == "Cash"
        driver.tap(details.done)
        await calm(driver)
        assert page.order.problems == ()
        assert page.cart.primary.isEnabled()

    driver.run(story())


def test_that_an_order_open_over_midnight_gets_the_new_day_and_its_prices(driver: WindowDriver) -> None:
    prices = driver.gateway.connector.company["items.prices"]
    prices["I2-DECEMBER"] = prices["I2-RETAIL"] | {"value": 90_000, "valid_from": "2026-12-01"}
    prices["I2-RETAIL"]["valid_to"] = "2026-11-30"
    driver.gateway.take()

    async def story() -> None:
        with days.at("2026-11-30 23:50"):
            page = await with_order(driver)
            await tap_part(driver, page, 1, "plus")
            assert page.order.order is not None
            assert page.order.order.priced.net == Decimal("10.00")
            driver.app.today.look()
        with days.at("2026-12-01 06:30"):
            driver.app.today.look()  # as someone returns to the window
            await calm(driver)
            assert (page.order.cart.issued_on, page.order.cart.delivery_on) == ("2026-12-01", "2026-12-02")
            assert page.order.order.priced.net == Decimal("9.00")
            words = message(page)
            assert words[0] == "1 price has changed"
            assert words[1].startswith("Dated 1 Dec, delivery on 2 Dec")
            await confirm(driver, page)
            (record,) = drafts(driver)
            assert (record.payload.issued_on, record.payload.net) == ("2026-12-01", "9.00")

    driver.run(story())


async def confirmed_of_third(driver: WindowDriver) -> str:
    """Confirms an order of the customer Third offline; returns its record."""
    customers = driver.gateway.connector.company["customers.customers"]
    for code, name in (("C3", "Third"), ("C4", "Fourth")):
        customers[code] = customers["C1"] | {"code": code, "name": name}
    driver.gateway.take()
    await driver.begin("rep1")
    key = key_of(driver.app.workplace.stores, "customers.customers", "C3")
    page = await open_order(driver, NewOrder(key))
    await tap_part(driver, page, 1, "plus")
    await confirm(driver, page)
    (record,) = drafts(driver)
    assert record.state == "confirmed"
    return record.id


def test_that_an_order_rejected_for_its_customer_says_why_and_is_mended_with_another_one(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await confirmed_of_third(driver)
        del driver.gateway.connector.company["customers.customers"]["C3"]
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        await driver.verdict()
        await calm(driver)
        document = await opened(driver, OpenDocument(record))
        assert isinstance(document, DocumentPage)
        number = drafts(driver)[0].number
        driver.tap(document.buttons["edit"])
        await driver.until(lambda: driver.app.window.current == "order" and not driver.app._tasks)
        page = driver.app.window.page("order")
        assert isinstance(page, OrderPage)
        assert page.rejection.isVisible()
        assert page.rejection.accessibleName().startswith("It was rejected")
        assert "(Customer)" in page.rejection.accessibleName()
        assert page.cart.sentences()[0].startswith("Third is no longer among your customers")
        fourth = key_of(driver.app.workplace.stores, "customers.customers", "C4")
        await page.order.change_customer(fourth)
        await calm(driver)
        driver.tap(page.cart.save)
        await calm(driver)
        page = await open_order(driver, OpenOrder(record))
        assert page.rejection.isVisible(), "also as a draft, until it is confirmed again"
        await confirm(driver, page)
        await synchronize(driver)
        (kept,) = drafts(driver)
        assert (kept.id, kept.number, kept.submission_state) == (record, number, "in_erp")
        (sent,) = [entry for entry in driver.gateway.connector.delivered if entry.kind == "document"]
        assert (sent.payload["customer"], sent.payload["number"]) == (fourth, number)

    driver.run(story())


def test_that_a_document_says_for_whom_it_is_delivered_after_a_merge(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await confirmed_of_third(driver)
        driver.gateway.connector.company["customers.customers"]["C3"]["merged_into"] = "C4"
        await synchronize(driver)
        document = await opened(driver, OpenDocument(record))
        assert isinstance(document, DocumentPage)
        words = [text.text() for text in document.findChildren(Text)]
        assert "The office has merged the customer: it goes to Fourth." in words
        (kept,) = drafts(driver)
        assert kept.submission_state == "in_erp"

    driver.run(story())


def test_that_a_merged_customer_says_so_and_a_new_order_is_for_the_one_who_is_left(driver: WindowDriver) -> None:
    async def story() -> None:
        await confirmed_of_third(driver)
        driver.gateway.connector.company["customers.customers"]["C3"]["merged_into"] = "C4"
        await synchronize(driver)
        key = key_of(driver.app.workplace.stores, "customers.customers", "C3")
        card = await opened(driver, OpenCustomer(key))
        assert isinstance(card, CustomerPage)
        words = [text.text() for text in card.findChildren(Text)]
        assert "Merged into Fourth, who gets the orders" in words
        page = await open_order(driver, NewOrder(key))
        assert page.order.cart.customer_name == "Fourth"

    driver.run(story())


def test_that_a_line_of_a_deleted_item_can_be_named_and_replaced(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        company = driver.gateway.connector.company
        for name in ("items.prices", "items.resources"):
            company[name] = {key: row for key, row in company[name].items() if row["item"] != "I2"}
        del company["items.forms"]["I2"]
        await synchronize(driver)
        assert page.cart.sentences()[0] == "Item I2 Żółć: This item is no longer on this device: take it out."
        page.cart.list.opened.emit(0)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        driver.tap(sheet.remove)
        await calm(driver)
        await tap_part(driver, page, 0, "plus")
        await confirm(driver, page)
        (record,) = drafts(driver)
        assert [line.item_code for line in record.payload.lines] == ["I1"]

    driver.run(story())


def test_that_a_wrong_clock_is_told_after_the_sync_and_in_the_order(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.timestamp(clock.now() - timedelta(hours=4))
    monkeypatch.setattr(gateway_app, "timestamp", lambda: at)

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 1, "plus")
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        bar = driver.app.window.message
        assert bar.isVisible()
        assert f"and the gateway {day_and_time(at)}." in bar.accessibleName()
        assert page.cart.sentences()[0].startswith("This device shows ")
        await confirm(driver, page)
        assert [draft.state for draft in drafts(driver)] == ["confirmed"]

    driver.run(story())
