"""Documents once they are written: drafts deleted, quotes made into orders, what the ERP says of them, e-mail."""

from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from salesapp.store.outbox import Outbox
from salesapp.views.confirm import RemoveSheet
from salesapp.views.documents.page import DocumentPage
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.ending import EndSheet, KnowSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.order.price_sheet import PriceSheet
from salesapp.views.parts.signature import SignatureSheet
from salesapp.views.parts.text import Text
from salesapp.views.work import opening
from salesapp.views.work.page import WorkPage
from salesapp.views.work.words import receipt_words
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts, new_order, tap_part, with_order
from tests.gui.test_order_care import edited
from tests.gui.test_order_undo import calm
from tests.gui.test_widgets import Tour
from tests.gui.test_work import opened, with_confirmed


async def open_first(desk: Desk, area: str) -> OrderPage:
    """The first row of a list, which is a draft."""
    page = await opened(desk, area)
    assert isinstance(page, WorkPage)
    page.list.opened.emit(0)
    await desk.until(lambda: desk.app.window.current == "order" and not desk.app._tasks)
    order = desk.app.window.page("order")
    assert isinstance(order, OrderPage)
    return order


async def end_of(desk: Desk, order: OrderPage) -> EndSheet:
    desk.tap(order.cart.more)
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, EndSheet)
    return sheet


async def question(desk: Desk, sheet: EndSheet) -> RemoveSheet:
    desk.tap(sheet.remove)
    await desk.settle()
    asked = desk.app.window.open_sheet()
    assert isinstance(asked, RemoveSheet)
    return asked


async def confirm(desk: Desk, order: OrderPage) -> None:
    desk.tap(order.cart.primary)
    await calm(desk)
    if isinstance(sheet := desk.app.window.open_sheet(), KnowSheet):
        desk.tap(sheet.yes)
        await calm(desk)


def shown(page: DocumentPage) -> set[str]:
    return {label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)}


def test_that_a_saved_draft_is_deleted_from_its_end_menu_after_a_question(desk: Desk) -> None:
    async def story() -> None:
        order = await with_order(desk)
        await tap_part(desk, order, 0, "plus")
        sheet = await end_of(desk, order)
        assert not sheet.remove.isVisible(), "a new one is left without saving"
        desk.tap(sheet.save)
        await calm(desk)
        sheet = await end_of(desk, await open_first(desk, "documents"))
        assert sheet.remove.text().strip() == "Delete draft"
        tour = Tour(desk)
        await tour.look("the end of a draft")
        asked = await question(desk, sheet)
        await tour.look("a draft to delete")
        tour.end()
        desk.tap(asked.no)
        await calm(desk)
        assert [draft.state for draft in drafts(desk)] == ["draft"]
        asked = await question(desk, await end_of(desk, await open_first(desk, "work")))
        desk.tap(asked.yes)
        await calm(desk)
        assert drafts(desk) == []
        page = await opened(desk, "work")
        assert isinstance(page, WorkPage)
        assert page.model.rowCount() == 0

    desk.run(story())


def test_that_a_draft_with_a_number_is_voided_from_its_end_menu_and_stays_in_sight(desk: Desk) -> None:
    async def story() -> None:
        record = await with_confirmed(desk)
        desk.tap((await end_of(desk, await edited(desk, record))).save)
        await calm(desk)
        desk.app.window.show_page("main", root=True)
        sheet = await end_of(desk, await open_first(desk, "documents"))
        assert sheet.remove.text().strip() == "Void"
        asked = await question(desk, sheet)
        desk.tap(asked.yes)
        await calm(desk)
        (kept,) = drafts(desk)
        assert (kept.id, kept.state) == (record, "voided")
        assert kept.number is not None
        assert kept.number.startswith("SO-1/")
        listed = await opened(desk, "documents")
        assert isinstance(listed, WorkPage)
        assert (listed.model.work(0).number, listed.model.work(0).state) == (kept.number, "voided")
        again = await new_order(desk)
        await tap_part(desk, again, 0, "plus")
        await again.order.confirm()
        assert sorted(str(one.number).partition("/")[0] for one in drafts(desk)) == ["SO-1", "SO-2"], "never used twice"

    desk.run(story())


def test_that_a_quote_becomes_an_order_with_todays_prices_and_stays(desk: Desk) -> None:
    numerators = desk.gateway.connector.company["documents.numerators"]
    numerators["SQ"] = numerators["SO"] | {"document_type": "sales_quote", "symbol": "SQ"}
    desk.gateway.take()

    async def story() -> None:
        await desk.begin("rep1")
        quote = await new_order(desk, document_type="sales_quote")
        assert quote.header.title.text() == "New quote"
        await tap_part(desk, quote, 0, "plus")
        await confirm(desk, quote)
        page = desk.app.window.page("document")
        assert isinstance(page, DocumentPage)
        assert page.buttons["to_order"].isVisible()
        desk.gateway.connector.company["items.prices"]["I1-RETAIL"] |= {"value": 200_000}
        desk.gateway.take()
        desk.app.runner.start(desk.app.runner.request)
        assert await desk.verdict() == "ok"
        await calm(desk)
        desk.app.window.show_page("document")
        desk.tap(page.buttons["to_order"])
        await desk.until(lambda: desk.app.window.current == "order" and not desk.app._tasks)
        order = desk.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert (order.order.cart.type, order.order.cart.customer_name) == ("sales_order", "First")
        assert order.order.order is not None
        assert str(order.order.order.priced.net) == "19.00", "priced anew: 20.00 less the customer's 5 %"
        assert order.message.isVisible(), "what is different is said"
        await confirm(desk, order)
        made = desk.app.window.page("document")
        assert isinstance(made, DocumentPage)
        assert not made.buttons["to_order"].isVisible(), "it is an order now"
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        sent = [
            (one.payload["type"], one.payload["number"].partition("/")[0]) for one in desk.gateway.connector.delivered
        ]
        assert sent == [("sales_quote", "SQ-1"), ("sales_order", "SO-1")]

    desk.run(story())


def test_that_a_document_tells_the_erps_number_and_its_three_states_in_both_languages(desk: Desk) -> None:
    desk.gateway.connector.company["auxiliary.documents"]["D2"] = {
        **desk.gateway.connector.company["auxiliary.documents"]["D1"],
        "customer": "C1",
        "representative": "rep1",
        "erp_number": "ZS/77/26",
        "general_state": "in process",
        "delivery_state": "partly delivered",
        "invoice_state": "not invoiced",
    }
    desk.gateway.take()

    async def story() -> None:
        await desk.begin("rep1")
        key = desk.app.workplace.shelf.catalog.rows("auxiliary.documents", "erp_number='ZS/77/26'")[0]["id"]
        page = await opened(desk, "document", key=key)
        assert isinstance(page, DocumentPage)
        dot = " \N{MIDDLE DOT} "
        assert {"ZS/77/26", dot.join(("in process", "partly delivered", "not invoiced"))} <= shown(page)
        assert not page.buttons["edit"].isVisible()
        assert not page.buttons["void"].isVisible()
        desk.app._on_setting_changed("language", "pl")
        await desk.settle()
        assert dot.join(("w realizacji", "dostarczone częściowo", "niezafakturowane")) in shown(page)

    desk.run(story())


def test_that_what_is_being_sent_or_received_says_so_and_is_read_only(desk: Desk) -> None:
    async def story() -> None:
        record = await with_confirmed(desk)
        outbox = Outbox(desk.app.workplace.shelf.work)
        (waiting,) = outbox.due()
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        assert page.buttons["edit"].isVisible(), "until sending starts it can be edited"
        outbox.freeze(waiting.id)  # the first attempt; its answer has not come
        listed = await opened(desk, "work")
        assert isinstance(listed, WorkPage)
        assert receipt_words(listed.model.work(0)) == "Being sent"
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        assert not any(page.buttons[name].isVisible() for name in ("edit", "void"))
        desk.gateway.connector.holds = True
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        listed = await opened(desk, "work")
        assert isinstance(listed, WorkPage)
        assert receipt_words(listed.model.work(0)).startswith("Received \N{MIDDLE DOT} ")
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        assert not any(page.buttons[name].isVisible() for name in ("edit", "void"))

    desk.run(story())


def test_that_an_e_mail_draft_is_for_the_customer_and_has_the_document_itself_attached(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "documents_folder", lambda: tmp_path / "papers")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: QUrl())
    desk.gateway.connector.company["customers.customers"]["C1"]["email"] = "sklep@laka.example"
    desk.gateway.take()

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        desk.tap(page.buttons["mail"])
        await calm(desk)
        (path,) = (tmp_path / "papers").glob("*.eml")
        mail = message_from_bytes(path.read_bytes(), policy=policy.default)
        (number,) = [draft.number for draft in drafts(desk)]
        assert (mail["To"], mail["X-Unsent"]) == ("sklep@laka.example", "1")
        assert str(number) in mail["Subject"]
        (paper,) = mail.iter_attachments()
        assert paper.get_content_type() == "application/pdf"
        assert str(paper.get_filename()).startswith("Sales order SO-1-")
        assert paper.get_content().startswith(b"%PDF")
        assert len(paper.get_content()) > 5_000

    desk.run(story())


def test_that_a_price_of_four_decimals_is_shown_whole_from_the_list_to_the_document(desk: Desk) -> None:
    company = desk.gateway.connector.company
    company["directories.price_types"]["RETAIL"]["decimals"] = 4
    company["items.prices"]["I2-RETAIL"] |= {"value": 345}
    desk.gateway.take()

    async def story() -> None:
        page = await with_order(desk)
        row = page.items.row_of(desk.app.workplace.shelf.catalog.rows("items.forms", "code='I2'")[0]["id"])
        page.quantity_chosen.emit(row, Decimal(1000))
        await calm(desk)
        await tap_part(desk, page, row, "price")
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        assert sheet.title.text().startswith("Why 0.0345")
        assert sheet.sums()[0][0].endswith("0.0345")
        sheet.close_sheet()
        page.item_requested.emit(page.items.row(row).item)
        await calm(desk)
        line = desk.app.window.open_sheet()
        assert isinstance(line, LineSheet)
        assert "0.0345 = 34.50" in line.price.text().replace("\N{NO-BREAK SPACE}", " ")
        line.close_sheet()
        record = await page.order.confirm()
        document = await opened(desk, "document", record=record)
        assert isinstance(document, DocumentPage)
        assert any(text.endswith("0.0345") for text in shown(document))

    desk.run(story())


def test_that_a_signature_is_drawn_kept_at_once_printed_and_sent_after_its_order(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "documents_folder", lambda: tmp_path / "papers")

    async def story() -> None:
        page = await with_order(desk)
        await tap_part(desk, page, 0, "plus")
        desk.tap(page.details)
        await calm(desk)
        details = desk.app.window.open_sheet()
        assert isinstance(details, DetailsSheet)
        desk.tap(details.signature)
        await calm(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, SignatureSheet)
        assert not sheet.take.isEnabled(), "nothing is drawn yet"
        QTest.mousePress(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 120))
        QTest.mouseMove(sheet.canvas, QPoint(200, 60))
        QTest.mouseRelease(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
        desk.tap(sheet.take)
        await desk.until(lambda: bool(page.order.cart.signature_sha256) and not desk.app._tasks)
        (draft,) = drafts(desk)
        assert draft.payload["signature_sha256"] == page.order.cart.signature_sha256, "it is in the draft at once"
        record = await page.order.confirm()
        document = await opened(desk, "document", record=record)
        assert isinstance(document, DocumentPage)
        desk.tap(document.buttons["pdf"])
        await calm(desk)
        (paper,) = (tmp_path / "papers").glob("*.pdf")
        assert b"/Subtype /Image" in paper.read_bytes()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        sent = [(one.kind, one.payload.get("sha256")) for one in desk.gateway.connector.delivered]
        assert sent == [("document", None), ("file", draft.payload["signature_sha256"])]

    desk.run(story())
