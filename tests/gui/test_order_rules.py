"""Rules of the profile for documents: types, payment forms, and missing stock."""

from salesapp.views.customers.card import CustomerPage
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.choice import Choice
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.requests import OpenCustomer, OpenDocuments
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, new_order, tap_part, with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_work import opened
from tests.services.account_stores import key_of


def set_profile(driver: WindowDriver, **fields: object) -> None:
    driver.gateway.connector.company["auxiliary.profiles"]["field"] |= fields
    driver.gateway.take()


def found(page: OrderPage) -> list[tuple[str, bool]]:
    """Returns problems that block confirmation, and warnings."""
    return [(problem.code, problem.blocks) for problem in page.order.problems]


async def opened_customer(driver: WindowDriver) -> CustomerPage:
    key = key_of(driver.app.workplace.stores, "customers.customers", "C1")
    page = await opened(driver, OpenCustomer(key))
    assert isinstance(page, CustomerPage)
    return page


def test_that_a_document_type_that_the_profile_lacks_is_not_offered_or_is_marked(
    driver: WindowDriver,
) -> None:
    set_profile(driver, document_types=["sales_order"])

    async def story() -> None:
        await driver.begin("rep1")
        listed, card = await opened(driver, OpenDocuments()), await opened_customer(driver)
        assert isinstance(listed, WorkPage)
        driver.app.window.show_page("documents")
        assert listed.order.isVisible()
        assert not listed.quote.isVisible()
        driver.app.window.show_page("customer")
        assert card.primary.isVisible()
        assert not card.quote.isVisible()
        driver.app.window.resize(800, 1280)
        await driver.settle()
        assert not card.small_quote.isVisible()
        driver.app.window.show_page("documents")
        await driver.settle()
        assert not listed.small_quote.isVisible()
        page = await new_order(driver, "sales_quote")  # planned with a visit
        await tap_part(driver, page, 0, "plus")
        assert found(page) == [("document.kind_not_allowed", True)]
        assert not page.cart.primary.isEnabled()

    driver.run(story())


def test_that_a_quote_can_be_started_from_the_documents_in_portrait_too(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1", 800, 1280)
        listed = await opened(driver, OpenDocuments())
        assert isinstance(listed, WorkPage)
        assert listed.order.isVisible()
        driver.tap(listed.small_quote)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        sheet.list.opened.emit(0)
        await calm(driver)
        page = driver.app.window.page("order")
        assert isinstance(page, OrderPage)
        assert page.order.cart.type == "sales_quote"

    driver.run(story())


def test_that_without_a_numerator_a_document_stays_a_draft_and_says_why(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        page = await new_order(driver, "sales_quote")
        await tap_part(driver, page, 0, "plus")
        assert [problem.code for problem in page.order.problems] == ["document.no_numerator"]
        assert any("it stays a draft" in sentence for sentence in page.cart.sentences())
        assert not page.cart.primary.isEnabled()
        assert [draft.state for draft in drafts(driver)] == ["draft"]

    driver.run(story())


def test_that_the_profile_decides_whether_missing_stock_blocks_confirmation(driver: WindowDriver) -> None:
    set_profile(driver, stock_rule="block")

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        assert found(page) == []
        await tap_part(driver, page, 0, "plus")
        assert found(page) == [("stock.not_enough", True)]
        assert not page.cart.primary.isEnabled()
        await tap_part(driver, page, 0, "minus")
        await tap_part(driver, page, 2, "plus")
        assert found(page) == [("stock.none", True)]
        set_profile(driver, stock_rule="ignore")
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        driver.app.window.show_page("order")
        assert found(page) == []
        assert page.cart.primary.isEnabled()

    driver.run(story())


def test_that_payment_forms_are_those_of_the_profile_starting_with_its_default(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    for code, name in (("T7", "7 days"), ("T14", "14 days")):
        company["directories.payment_forms"][code] = {"code": code, "name": name, "kind": "transfer", "due_days": 7}
    set_profile(driver, payment_forms=["CASH", "T7"], default_payment_form="T7")

    async def story() -> None:
        page = await with_order(driver)
        driver.tap(page.details)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        payment: Choice = sheet.payment
        assert payment.currentText() == "7 days"
        assert sorted(payment.itemText(row) for row in range(payment.count())) == ["7 days", "Cash"]

    driver.run(story())
