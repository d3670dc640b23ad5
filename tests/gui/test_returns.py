"""Returns in the real window: from a past order or item by item, with a reason, numbered, printed and sent."""

from decimal import Decimal

from PySide6.QtTest import QTest

from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.requests import NewOrder, OpenDocument, OpenDocuments
from salesapp.views.work.document_page import DocumentPage
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, new_order, tap_part
from tests.gui.test_order_care import line_sheet
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened, with_confirmed

D = Decimal
REASONS = ["Damaged", "Too old"]


def allow(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["auxiliary.profiles"]["field"]["document_types"] = ["sales_order", "sales_return"]
    company["auxiliary.profiles"]["field"]["return_reasons"] = REASONS
    numerators = company["documents.numerators"]
    numerators["RT"] = numerators["SO"] | {"document_type": "sales_return", "symbol": "RT"}
    driver.gateway.take()


async def confirmed(driver: WindowDriver, page: OrderPage) -> DocumentPage:
    await driver.until(lambda: page.order.is_current and page.cart.primary.isEnabled())
    driver.tap(page.cart.primary)
    await calm(driver)
    sheet = driver.app.window.open_sheet()
    if isinstance(sheet, WarningSheet):
        driver.tap(sheet.yes)
        await calm(driver)
    document = driver.app.window.page("document")
    assert isinstance(document, DocumentPage)
    return document


async def begun(driver: WindowDriver, record: str) -> OrderPage:
    """The return that a document's page begins."""
    document = await opened(driver, OpenDocument(record))
    assert isinstance(document, DocumentPage)
    driver.tap(document.buttons["return"])
    await driver.until(lambda: driver.app.window.current == "order" and not driver.app._tasks)
    page = driver.app.window.page("order")
    assert isinstance(page, OrderPage)
    return page


def test_that_goods_of_a_past_order_come_back_at_the_price_paid_and_reach_the_erp(driver: WindowDriver) -> None:
    allow(driver)

    async def story() -> None:
        record = await with_confirmed(driver)
        document = await opened(driver, OpenDocument(record))
        assert isinstance(document, DocumentPage)
        assert not document.buttons["return"].isVisible(), "what is not sold yet is changed, not returned"
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        driver.gateway.connector.company["items.prices"]["I1-RETAIL"] |= {"value": 200_000}
        driver.gateway.take()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        sold = drafts(driver)[0].payload
        page = await begun(driver, record)
        assert page.header.title.text() == "New return"
        assert page.order.order is not None
        assert page.order.order.priced.net == -D(sold.net), "as much as it cost then"
        assert page.cart.problem.accessibleName().endswith("Say why it comes back.")
        assert not page.cart.primary.isEnabled()
        sheet = await line_sheet(driver, page)
        assert not sheet.stock.isVisible()
        assert sheet.discount.label.text() == "Price paid per pcs, net (PLN)"
        driver.tap(sheet.reason.buttons["Damaged"])
        driver.tap(sheet.quantity.more)
        driver.tap(sheet.done)
        await driver.until(lambda: any(problem.code == "return.too_much" for problem in page.order.problems))
        assert not page.cart.primary.isEnabled(), "more than was sold"
        page.order.set_quantity(page.order.cart.lines[0].item, page.order.cart.lines[0].unit, D(1))
        made = await confirmed(driver, page)
        assert made.header.title.text().startswith("RT-1/"), "numbers of its own"
        assert not made.buttons["return"].isVisible()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        sent = driver.gateway.connector.delivered[-1].payload
        (line,) = sent["lines"]
        assert (sent["type"], line["quantity"], line["reason"]) == ("sales_return", "-1", "Damaged")
        assert line["returned_from"] == sold.number
        assert line["unit_price"] == sold.lines[0].unit_price
        again = await begun(driver, record)
        assert any(problem.code == "return.too_much" for problem in again.order.problems), "it is back already"

    driver.run(story())


def test_that_items_are_returned_without_a_document_with_one_reason_for_all(driver: WindowDriver) -> None:
    allow(driver)

    async def story() -> None:
        await driver.begin("rep1")
        page = await new_order(driver, "sales_return")
        await tap_part(driver, page, 0, "plus")
        driver.scan("5900000000001")
        await driver.until(lambda: len(page.order.cart.lines) == 2)
        await calm(driver)
        page.details_requested.emit()
        await calm(driver)
        details = driver.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        assert not details.own.isVisible(), "a return has no discount"
        QTest.keyClicks(details.reason.field.edit, "Leaks")
        await calm(driver)
        driver.tap(details.done)
        assert [line.reason for line in page.order.cart.lines] == ["Leaks", "Leaks"]
        made = await confirmed(driver, page)
        (kept,) = drafts(driver)
        assert [(line.quantity, line.reason) for line in kept.payload.lines] == [("-1", "Leaks"), ("-1", "Leaks")]
        assert D(kept.payload.gross) < 0
        assert made.view is not None
        assert [line.reason for line in made.view.lines] == ["Leaks", "Leaks"]

    driver.run(story())


def test_that_returns_are_offered_only_where_the_profile_names_them(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        page = await opened(driver, OpenDocuments())
        assert isinstance(page, WorkPage)
        assert not page.small_return.isVisible()
        assert not page.chips.chips["sales_return"].isVisible()
        order = await opened(driver, NewOrder(1, document_type="sales_return"))
        assert isinstance(order, OrderPage)
        await tap_part(driver, order, 0, "plus")
        assert any(problem.code == "document.kind_not_allowed" for problem in order.order.problems)

    driver.run(story())


def test_that_documents_and_customers_offer_returns_where_the_profile_does(driver: WindowDriver) -> None:
    allow(driver)

    async def story() -> None:
        await driver.begin("rep1")
        page = await opened(driver, OpenDocuments())
        assert isinstance(page, WorkPage)
        assert page.small_return.isVisible()
        assert page.chips.chips["sales_return"].isVisible()

    driver.run(story())
