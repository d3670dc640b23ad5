"""Written documents: deleting drafts, turning quotes into orders, states of the ERP, e-mail."""

from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.settings import Settings
from salesapp.store.outbox import Outbox
from salesapp.views import formats
from salesapp.views.confirm import RemoveSheet
from salesapp.views.order.ending import EndSheet, WarningSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.signature import SignatureSheet
from salesapp.views.parts.text import Text
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.receipts.labels import receipt_text
from salesapp.views.requests import AREAS, OpenDocument, OpenDocuments, OpenWork
from salesapp.views.work import presenter
from salesapp.views.work.document_page import DocumentPage
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, new_order, tap_part, with_order
from tests.gui.test_order_care import edited
from tests.gui.test_order_undo import calm
from tests.gui.test_widgets import Tour
from tests.gui.test_work import opened, with_confirmed
from tests.services.account_stores import key_of


async def open_first(driver: WindowDriver, area: str) -> OrderPage:
    """Opens the first row of a list, a draft."""
    page = await opened(driver, AREAS[area])
    assert isinstance(page, WorkPage)
    page.list.opened.emit(0)
    await driver.until(lambda: driver.app.window.current == "order" and not driver.app._tasks)
    order = driver.app.window.page("order")
    assert isinstance(order, OrderPage)
    return order


async def end_of(driver: WindowDriver, order: OrderPage) -> EndSheet:
    driver.tap(order.cart.more)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, EndSheet)
    return sheet


async def question(driver: WindowDriver, sheet: EndSheet) -> RemoveSheet:
    driver.tap(sheet.remove)
    await driver.settle()
    asked = driver.app.window.open_sheet()
    assert isinstance(asked, RemoveSheet)
    return asked


async def confirm(driver: WindowDriver, order: OrderPage) -> None:
    driver.tap(order.cart.primary)
    await calm(driver)
    if isinstance(sheet := driver.app.window.open_sheet(), WarningSheet):
        driver.tap(sheet.yes)
        await calm(driver)


def shown(page: DocumentPage) -> set[str]:
    return {label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)}


def test_that_a_saved_draft_is_deleted_from_its_end_menu_after_a_question(driver: WindowDriver) -> None:
    async def story() -> None:
        order = await with_order(driver)
        await tap_part(driver, order, 0, "plus")
        sheet = await end_of(driver, order)
        assert not sheet.remove.isVisible(), "a new one is left without saving"
        driver.tap(sheet.save)
        await calm(driver)
        sheet = await end_of(driver, await open_first(driver, "documents"))
        assert sheet.remove.text().strip() == "Delete draft"
        tour = Tour(driver)
        await tour.look("the end of a draft")
        asked = await question(driver, sheet)
        await tour.look("a draft to delete")
        tour.end()
        driver.tap(asked.no)
        await calm(driver)
        assert [draft.state for draft in drafts(driver)] == ["draft"]
        asked = await question(driver, await end_of(driver, await open_first(driver, "work")))
        driver.tap(asked.yes)
        await calm(driver)
        assert drafts(driver) == []
        page = await opened(driver, OpenWork())
        assert isinstance(page, WorkPage)
        assert page.model.rowCount() == 0

    driver.run(story())


def test_that_a_draft_with_a_number_is_voided_from_its_end_menu_and_stays_visible(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await with_confirmed(driver)
        driver.tap((await end_of(driver, await edited(driver, record))).save)
        await calm(driver)
        driver.app.window.show_page("main", root=True)
        sheet = await end_of(driver, await open_first(driver, "documents"))
        assert sheet.remove.text().strip() == "Void"
        asked = await question(driver, sheet)
        driver.tap(asked.yes)
        await calm(driver)
        (kept,) = drafts(driver)
        assert (kept.id, kept.state) == (record, "voided")
        assert kept.number is not None
        assert kept.number.startswith("SO-1/")
        listed = await opened(driver, OpenDocuments())
        assert isinstance(listed, WorkPage)
        assert (listed.model.work(0).number, listed.model.work(0).state) == (kept.number, "voided")
        again = await new_order(driver)
        await tap_part(driver, again, 0, "plus")
        await again.order.confirm()
        assert sorted(str(one.number).partition("/")[0] for one in drafts(driver)) == ["SO-1", "SO-2"], (
            "never used twice"
        )

    driver.run(story())


def test_that_a_quote_becomes_an_order_with_todays_prices_and_stays(driver: WindowDriver) -> None:
    numerators = driver.gateway.connector.company["documents.numerators"]
    numerators["SQ"] = numerators["SO"] | {"document_type": "sales_quote", "symbol": "SQ"}
    driver.gateway.take()

    async def story() -> None:
        await driver.begin("rep1")
        quote = await new_order(driver, "sales_quote")
        assert quote.header.title.text() == "New quote"
        await tap_part(driver, quote, 0, "plus")
        await confirm(driver, quote)
        page = driver.app.window.page("document")
        assert isinstance(page, DocumentPage)
        assert page.buttons["to_order"].isVisible()
        driver.gateway.connector.company["items.prices"]["I1-RETAIL"] |= {"value": 200_000}
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        driver.app.window.show_page("document")
        driver.tap(page.buttons["to_order"])
        await driver.until(lambda: driver.app.window.current == "order" and not driver.app._tasks)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert (order.order.cart.type, order.order.cart.customer_name) == ("sales_order", "First")
        assert order.order.order is not None
        assert str(order.order.order.priced.net) == "19.00", "priced anew: 20.00 less the customer's 5 %"
        assert order.message.isVisible(), "what is different is said"
        await confirm(driver, order)
        made = driver.app.window.page("document")
        assert isinstance(made, DocumentPage)
        assert not made.buttons["to_order"].isVisible(), "it is an order now"
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        sent = [
            (one.payload["type"], one.payload["number"].partition("/")[0]) for one in driver.gateway.connector.delivered
        ]
        assert sent == [("sales_quote", "SQ-1"), ("sales_order", "SO-1")]

    driver.run(story())


def test_that_a_document_shows_the_erps_number_and_three_states_in_both_languages(driver: WindowDriver) -> None:
    driver.gateway.connector.company["auxiliary.documents"]["D2"] = {
        **driver.gateway.connector.company["auxiliary.documents"]["D1"],
        "customer": "C1",
        "representative": "rep1",
        "erp_number": "ZS/77/26",
        "general_state": "in process",
        "delivery_state": "partly delivered",
        "invoice_state": "not invoiced",
    }
    driver.gateway.take()

    async def story() -> None:
        await driver.begin("rep1")
        key = driver.app.workplace.stores.catalog.all(ErpDocument, "erp_number='ZS/77/26'")[0].id
        page = await opened(driver, OpenDocument(key=key))
        assert isinstance(page, DocumentPage)
        dot = " \N{MIDDLE DOT} "
        assert {"ZS/77/26", dot.join(("in process", "partly delivered", "not invoiced"))} <= shown(page)
        assert not page.buttons["edit"].isVisible()
        assert not page.buttons["void"].isVisible()
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.settle()
        assert dot.join(("w realizacji", "dostarczone częściowo", "niezafakturowane")) in shown(page)

    driver.run(story())


def test_that_a_document_that_is_sent_or_received_is_read_only_and_says_so(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await with_confirmed(driver)
        outbox = Outbox(driver.app.workplace.stores.work)
        (waiting,) = outbox.due()
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        assert page.buttons["edit"].isVisible(), "until sending starts it can be edited"
        outbox.freeze(waiting.id)  # the first attempt; its answer is missing
        listed = await opened(driver, OpenWork())
        assert isinstance(listed, WorkPage)
        assert receipt_text(listed.model.work(0)) == "Being sent"
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        assert not any(page.buttons[name].isVisible() for name in ("edit", "void"))
        driver.gateway.connector.holds = True
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        listed = await opened(driver, OpenWork())
        assert isinstance(listed, WorkPage)
        assert receipt_text(listed.model.work(0)).startswith("Received \N{MIDDLE DOT} ")
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        assert not any(page.buttons[name].isVisible() for name in ("edit", "void"))

    driver.run(story())


def test_that_an_e_mail_draft_is_for_the_customer_and_has_the_document_itself_attached(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "documents_folder", lambda: tmp_path / "papers")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: QUrl())
    driver.gateway.connector.company["customers.customers"]["C1"]["email"] = "sklep@laka.example"
    driver.gateway.take()

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        driver.tap(page.buttons["mail"])
        await calm(driver)
        (path,) = (tmp_path / "papers").glob("*.eml")
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        (number,) = [draft.number for draft in drafts(driver)]
        assert (mail["To"], mail["X-Unsent"]) == ("sklep@laka.example", "1")
        assert str(number) in mail["Subject"]
        (paper,) = mail.iter_attachments()
        assert paper.get_content_type() == "application/pdf"
        assert str(paper.get_filename()).startswith("Sales order SO-1-")
        assert paper.get_content().startswith(b"%PDF")
        assert len(paper.get_content()) > 5_000

    driver.run(story())


def test_that_a_price_of_four_decimals_is_shown_in_full_from_list_to_document(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["directories.price_types"]["RETAIL"]["decimals"] = 4
    company["items.prices"]["I2-RETAIL"] |= {"value": 345}
    driver.gateway.take()

    async def story() -> None:
        page = await with_order(driver)
        row = page.items.row_of(key_of(driver.app.workplace.stores, "items.forms", "I2"))
        page.quantity_chosen.emit(row, Decimal(1000))
        await calm(driver)
        await tap_part(driver, page, row, "price")
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        assert sheet.title.text().startswith("Why 0.0345")
        assert sheet.sums()[0][0].endswith("0.0345")
        sheet.close_sheet()
        page.item_requested.emit(page.items.row(row).item)
        await calm(driver)
        line = driver.app.window.open_sheet()
        assert isinstance(line, LineSheet)
        assert "0.0345 = 34.50" in line.price.text().replace("\N{NO-BREAK SPACE}", " ")
        line.close_sheet()
        record = await page.order.confirm()
        document = await opened(driver, OpenDocument(record))
        assert isinstance(document, DocumentPage)
        assert any(text.endswith("0.0345") for text in shown(document))

    driver.run(story())


def test_that_a_signature_is_saved_at_once_printed_and_sent_after_its_order(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "documents_folder", lambda: tmp_path / "papers")

    async def story() -> None:
        page = await with_order(driver)
        await tap_part(driver, page, 0, "plus")
        driver.tap(page.cart.sign)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, SignatureSheet)
        assert page.order.order is not None
        gross = formats.money(page.order.order.priced.gross, "PLN")
        assert any(gross in text.text() for text in sheet.findChildren(Text)), "the pad says what is signed"
        assert not sheet.accept.isEnabled(), "nothing is drawn yet"
        QTest.mousePress(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 120))
        QTest.mouseMove(sheet.canvas, QPoint(200, 60))
        QTest.mouseRelease(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
        driver.tap(sheet.accept)
        assert sheet.name.has_error, "a signature is somebody's"
        QTest.keyClicks(sheet.name.edit, "Anna Nowak")
        driver.tap(sheet.accept)
        await driver.until(lambda: bool(page.order.cart.signature_sha256) and not driver.app._tasks)
        (draft,) = drafts(driver)
        assert draft.payload.signature_sha256 == page.order.cart.signature_sha256, "it is in the draft at once"
        assert page.cart.sign.accessibleName().startswith("Signed by Anna Nowak, ")
        assert "signed by Anna Nowak, " in page.header.context.text()
        await tap_part(driver, page, 0, "plus")
        assert not page.order.cart.signature_sha256
        assert page.cart.sign.accessibleName() == "Signature"
        assert "signed by" not in page.header.context.text()
        assert not drafts(driver)[0].payload.signature_sha256
        assert page.message.isVisible(), "told"
        page.order.undo()
        await calm(driver)
        assert page.order.cart.signed_by == "Anna Nowak", "it is what was signed again"
        record = await page.order.confirm()
        document = await opened(driver, OpenDocument(record))
        assert isinstance(document, DocumentPage)
        driver.tap(document.buttons["pdf"])
        await calm(driver)
        (paper,) = (tmp_path / "papers").glob("*.pdf")
        assert b"/Subtype /Image" in paper.read_bytes()
        assert document.view is not None
        assert (document.view.signed_by, bool(document.view.signed_at)) == ("Anna Nowak", True)
        labels = [label.text() for label in document.findChildren(Text)]
        assert any(text.startswith("Anna Nowak") for text in labels), "the document says who signed"
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        sent = [(one.kind, one.payload.get("sha256")) for one in driver.gateway.connector.delivered]
        assert sent == [("document", None), ("file", draft.payload.signature_sha256)]

    driver.run(story())
