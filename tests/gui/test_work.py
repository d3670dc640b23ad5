"""My work and documents: receipts, reading, mending what was rejected, PDF and e-mail."""

import hashlib
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from salesapp.models.pictures import png_of
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import customers
from salesapp.store.work import now
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.documents.page import DocumentPage
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.work import opening
from salesapp.views.work.page import WorkPage
from salesapp.views.work.trouble import TroubleRow
from salesapp.views.work.words import receipt_words
from tests.company import picture_row
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts, new_order, tap_part, with_order


async def with_confirmed(desk: Desk) -> str:
    """An order that was confirmed offline; its record's id."""
    page = await with_order(desk)
    await tap_part(desk, page, 0, "plus")
    await page.order.confirm()
    desk.app.window.show_page("main", root=True)
    desk.app.screens.saved()
    await desk.until(lambda: not desk.app._tasks)
    return drafts(desk)[0].id


async def opened(desk: Desk, name: str, **what: object) -> object:
    desk.app.screens.open(name, **what)
    await desk.until(lambda: not desk.app._tasks)
    return desk.app.window.page(name)


def open_row(page: WorkPage) -> TroubleRow | None:
    return page.trouble if page.trouble.isVisible() else None


def test_that_my_work_tells_the_receipt_of_each_record_through_its_life(desk: Desk) -> None:
    async def story() -> None:
        await with_confirmed(desk)
        page = await opened(desk, "work")
        assert isinstance(page, WorkPage)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert [page.model.work(row).state for row in range(page.model.rowCount())] == ["on_device"]
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        await opened(desk, "work")
        item = page.model.work(0)
        assert item.state == "in_erp"
        assert item.erp_number
        page.choose("draft")
        assert page.model.rowCount() == 0
        assert page.empty.isVisibleTo(page)

    desk.run(story())


async def with_rejected(desk: Desk) -> DocumentPage:
    """An order that the ERP has rejected, opened."""
    record = await with_confirmed(desk)
    desk.gateway.connector.rejected_kinds.add("document")
    await desk.synchronize()
    desk.app.window.show_page("main", root=True)
    page = await opened(desk, "document", record=record)
    assert isinstance(page, DocumentPage)
    return page


def test_that_a_rejected_order_says_why_and_is_mended_and_accepted(desk: Desk) -> None:
    async def story() -> None:
        page = await with_rejected(desk)
        assert page.view is not None
        record = page.view.item.record
        assert page.view.item.state == "rejected"
        assert page.buttons["edit"].text().strip() == "Fix and send again"
        number = page.view.item.number
        desk.tap(page.buttons["edit"])
        await desk.until(lambda: desk.app.window.current == "order" and not desk.app._tasks)
        order = desk.app.window.page("order")
        assert isinstance(order, OrderPage)
        await tap_part(desk, order, 0, "plus")
        await order.order.confirm()
        desk.gateway.connector.rejected_kinds.clear()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        (kept,) = drafts(desk)
        assert (kept.id, kept.number, kept.submission_state) == (record, number, "in_erp")

    desk.run(story())


def test_that_what_was_rejected_stands_open_in_my_work_with_what_can_be_done(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "documents_folder", lambda: tmp_path / "papers")

    async def story() -> None:
        record = await with_confirmed(desk)
        desk.gateway.connector.rejected_kinds.add("document")
        await desk.synchronize()
        desk.app.window.show_page("main", root=True)
        page = await opened(desk, "work")
        assert isinstance(page, WorkPage)
        trouble = open_row(page)
        assert trouble is not None
        assert trouble.item is not None
        assert trouble.item.record == record
        shown = [label.text() for label in trouble.findChildren(QLabel) if label.isVisible()]
        assert shown[0] == "Why:"
        assert "a test" in shown[1]
        assert page.header.context.text().startswith("1 record on this device \N{MIDDLE DOT} last sent ")
        page.list.opened.emit(0)
        assert open_row(page) is None, "a tap closes it"
        for turn in range(6):  # what lies over a row outlives rows that come and go
            page.list.opened.emit(0)
            page.choose(("rejected", "all")[turn % 2])
            page.search.edit.setText("nothing like this")
            assert open_row(page) is None
            page.search.edit.clear()
            desk.app.window.resize(*((800, 1280), (1280, 800))[turn % 2])
            await desk.settle()
        page.list.opened.emit(0)
        trouble = open_row(page)
        assert trouble is not None
        desk.tap(trouble.export)
        await desk.until(lambda: not desk.app._tasks)
        (exported,) = (tmp_path / "papers").glob("*.json")
        assert json.loads(exported.read_text(encoding="utf-8"))["receipt"]["code"] == "submission.refused_by_erp"
        (number,) = [draft.number for draft in drafts(desk)]
        desk.tap(trouble.withdraw)
        await desk.until(lambda: not desk.app._tasks)
        assert [(draft.state, draft.number) for draft in drafts(desk)] == [("draft", number)]
        assert open_row(page) is None
        assert page.model.work(0).state == "draft"
        assert desk.app.window.message.accessibleName().startswith("It is a draft again")

    desk.run(story())


def test_that_an_order_of_a_rejected_customer_waits_and_says_so(desk: Desk) -> None:
    async def story() -> None:
        await with_order(desk)
        address = Address("main", street="a 1", postal_code="81-704", city="Sopot", country="PL")
        customer = CustomerRecord(name="Nowy", addresses=[address], city="Sopot")
        _record, submission = customers.save_customer(desk.app.workplace.shelf.work, customer)
        order = await new_order(desk, customer=None, new_customer=submission)
        await tap_part(desk, order, 0, "plus")
        await order.order.save()
        desk.app.window.show_page("main", root=True)
        desk.gateway.connector.rejected_kinds.add("customer")
        await desk.synchronize()
        await order.order.confirm()
        desk.app.window.show_page("main", root=True)
        await desk.synchronize()
        desk.app.window.show_page("main", root=True)
        listed = await opened(desk, "work")
        assert isinstance(listed, WorkPage)
        states = {item.kind: item for item in (listed.model.work(row) for row in range(listed.model.rowCount()))}
        assert states["customer"].state == "rejected"
        assert states["document"].state == "held_back"
        assert receipt_words(states["document"]) == "Held back \N{MIDDLE DOT} customer was rejected"
        trouble = open_row(listed)
        assert trouble is not None
        desk.tap(trouble.fix)
        await desk.until(lambda: desk.app.window.current == "customer form" and not desk.app._tasks)
        desk.app.window.show_page("main", root=True)
        await desk.app.device.refresh()
        desk.tap(desk.tile("synchro"))
        await desk.settle()
        assert desk.choice.waits.answer.text() == "Nothing", "the order does not go with this sync"
        assert desk.choice.hint.text() == "1 record waits until you mend what was rejected: see My work."

    desk.run(story())


def test_that_a_document_is_printed_and_put_into_a_mail(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "documents_folder", lambda: tmp_path / "papers")
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        desk.tap(page.buttons["pdf"])
        await desk.until(lambda: not desk.app._tasks)
        (pdf,) = (tmp_path / "papers").glob("*.pdf")
        assert pdf.read_bytes().startswith(b"%PDF")
        assert pdf.stat().st_size > 5_000
        desk.tap(desk.app.window.message.action)
        assert [url.toLocalFile() for url in shown] == [str(pdf)]
        desk.tap(page.buttons["mail"])
        await desk.until(lambda: not desk.app._tasks)
        (mail,) = (tmp_path / "papers").glob("*.eml")
        text = mail.read_text()
        assert "X-Unsent: 1" in text
        assert "application/pdf" in text
        assert [url.toLocalFile() for url in shown] == [str(pdf), str(mail)]

    desk.run(story())


def test_that_the_paper_bears_the_companys_logo_once_the_erp_has_sent_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "documents_folder", lambda: tmp_path / "papers")

    async def story() -> None:
        record = await with_confirmed(desk)

        async def printed() -> bytes:
            page = await opened(desk, "document", record=record)
            assert isinstance(page, DocumentPage)
            desk.tap(page.buttons["pdf"])
            await desk.until(lambda: not desk.app._tasks)
            (pdf,) = (tmp_path / "papers").glob("*.pdf")
            return pdf.read_bytes()

        assert b"/Subtype /Image" not in await printed(), "the place stays empty without a logo"
        image = QImage(230, 80, QImage.Format.Format_RGB32)
        image.fill(0x0B5C6B)
        content = png_of(image)
        connector = desk.gateway.connector
        connector.pictures[hashlib.sha256(content).hexdigest()] = content
        connector.company["attachments.images"]["LOGO"] = picture_row("OWN", content, "company")
        desk.gateway.take()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert b"/Subtype /Image" in await printed()

    desk.run(story())


def test_that_a_numbered_document_is_voided_and_stays_in_sight(desk: Desk) -> None:
    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        desk.tap(page.buttons["void"])
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.yes)
        await desk.until(lambda: not desk.app._tasks)
        assert page.view is not None
        assert page.view.item.state == "voided"
        assert page.view.item.number
        assert not page.buttons["edit"].isVisible()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert [entry for entry in desk.gateway.connector.delivered if entry.kind == "document"] == []

    desk.run(story())


def test_that_a_draft_opens_from_the_documents_and_a_new_order_asks_for_its_customer(desk: Desk) -> None:
    async def story() -> None:
        order = await with_order(desk)
        await tap_part(desk, order, 0, "plus")
        await order.order.save()
        desk.app.window.show_page("main", root=True)
        page = await opened(desk, "documents")
        assert isinstance(page, WorkPage)
        assert page.model.counts()["draft"] == 1
        page.item_requested.emit(page.model.work(0))
        await desk.until(lambda: desk.app.window.current == "order" and not desk.app._tasks)
        desk.app.window.show_page("documents")
        desk.tap(page.order)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        sheet.list.opened.emit(0)
        await desk.until(lambda: not desk.app._tasks)
        fresh = desk.app.window.page("order")
        assert isinstance(fresh, OrderPage)
        assert fresh.order.cart.customer_name == "First"

    desk.run(story())


def test_that_my_work_says_what_came_back_after_a_backup(desk: Desk) -> None:
    async def story() -> None:
        await with_confirmed(desk)
        page = await opened(desk, "work")
        assert isinstance(page, WorkPage)
        assert not page.returned.isVisible()
        desk.app.workplace.shelf.work.set_flag("returned_records", f"{now()} 3")
        desk.app.screens.saved()
        desk.app.window.show_page("main", root=True)
        await opened(desk, "work")
        assert page.returned.isVisible()
        assert "restored from a backup" in page.returned.text()
        assert "3 records" in page.returned.text()

    desk.run(story())
