"""My work and documents: receipts, viewing, correcting rejected records, PDF and e-mail."""

import hashlib
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from salesapp.clock import timestamp
from salesapp.models.pictures import png_of
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import customers
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.receipts.labels import receipt_text
from salesapp.views.requests import NewOrder, OpenDocument, OpenDocuments, OpenWork, Request
from salesapp.views.work import presenter
from salesapp.views.work.document_page import DocumentPage
from salesapp.views.work.page import WorkPage
from salesapp.views.work.rejection import RejectionRow
from tests.company import picture_row
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, open_order, tap_part, with_order


async def with_confirmed(driver: WindowDriver) -> str:
    """Confirms an order offline; returns the id of its record."""
    page = await with_order(driver)
    await tap_part(driver, page, 0, "plus")
    await page.order.confirm()
    driver.app.window.show_page("main", root=True)
    driver.app.screens.saved()
    await driver.until(lambda: not driver.app._tasks)
    return drafts(driver)[0].id


async def opened(driver: WindowDriver, request: Request) -> object:
    driver.app.screens.open(request)
    await driver.until(lambda: not driver.app._tasks)
    return driver.app.window.page(driver.app.window.current)


def open_row(page: WorkPage) -> RejectionRow | None:
    return page.rejection if page.rejection.isVisible() else None


def test_that_my_work_shows_the_receipt_of_each_record_through_its_life(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_confirmed(driver)
        page = await opened(driver, OpenWork())
        assert isinstance(page, WorkPage)
        QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
        assert [page.model.work(row).state for row in range(page.model.rowCount())] == ["on_device"]
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        await opened(driver, OpenWork())
        item = page.model.work(0)
        assert item.state == "in_erp"
        assert item.erp_number
        page.choose("draft")
        assert page.model.rowCount() == 0
        assert page.empty.isVisibleTo(page)

    driver.run(story())


async def with_rejected(driver: WindowDriver) -> DocumentPage:
    """Opens an order that the ERP has rejected."""
    record = await with_confirmed(driver)
    driver.gateway.connector.rejected_kinds.add("document")
    await driver.synchronize()
    driver.app.window.show_page("main", root=True)
    page = await opened(driver, OpenDocument(record))
    assert isinstance(page, DocumentPage)
    return page


def test_that_a_rejected_order_shows_why_and_is_accepted_once_corrected(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_rejected(driver)
        assert page.view is not None
        record = page.view.item.record
        assert page.view.item.state == "rejected"
        assert page.buttons["edit"].text().strip() == "Fix and send again"
        number = page.view.item.number
        driver.tap(page.buttons["edit"])
        await driver.until(lambda: driver.app.window.current == "order" and not driver.app._tasks)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        await tap_part(driver, order, 0, "plus")
        await order.order.confirm()
        driver.gateway.connector.rejected_kinds.clear()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        (kept,) = drafts(driver)
        assert (kept.id, kept.number, kept.submission_state) == (record, number, "in_erp")

    driver.run(story())


def test_that_rejected_records_are_expanded_in_my_work_with_their_actions(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "documents_folder", lambda: tmp_path / "papers")

    async def story() -> None:
        record = await with_confirmed(driver)
        driver.gateway.connector.rejected_kinds.add("document")
        await driver.synchronize()
        driver.app.window.show_page("main", root=True)
        page = await opened(driver, OpenWork())
        assert isinstance(page, WorkPage)
        rejection = open_row(page)
        assert rejection is not None
        assert rejection.item is not None
        assert rejection.item.record == record
        shown = [label.text() for label in rejection.findChildren(QLabel) if label.isVisible()]
        assert shown[0] == "Why:"
        assert "a test" in shown[1]
        assert page.header.context.text().startswith("1 record on this device \N{MIDDLE DOT} last sent ")
        page.list.opened.emit(0)
        assert open_row(page) is None, "a tap closes it"
        for turn in range(6):  # widgets over a row outlive changes of rows
            page.list.opened.emit(0)
            page.choose(("rejected", "all")[turn % 2])
            page.search.edit.setText("nothing like this")
            assert open_row(page) is None
            page.search.edit.clear()
            driver.app.window.resize(*((800, 1280), (1280, 800))[turn % 2])
            await driver.settle()
        page.list.opened.emit(0)
        rejection = open_row(page)
        assert rejection is not None
        driver.tap(rejection.export)
        await driver.until(lambda: not driver.app._tasks)
        (exported,) = (tmp_path / "papers").glob("*.json")
        assert json.loads(exported.read_text(encoding="utf-8"))["receipt"]["code"] == "submission.refused_by_erp"
        (number,) = [draft.number for draft in drafts(driver)]
        driver.tap(rejection.withdraw)
        await driver.until(lambda: not driver.app._tasks)
        assert [(draft.state, draft.number) for draft in drafts(driver)] == [("draft", number)]
        assert open_row(page) is None
        assert page.model.work(0).state == "draft"
        assert driver.app.window.message.accessibleName().startswith("It is a draft again")

    driver.run(story())


def test_that_an_order_of_a_rejected_customer_waits_and_shows_it(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_order(driver)
        address = Address("main", street="a 1", postal_code="81-704", city="Sopot", country="PL")
        customer = CustomerRecord(name="Nowy", addresses=[address], city="Sopot")
        _record, submission = customers.save_customer(driver.app.workplace.stores.work, customer)
        order = await open_order(driver, NewOrder(new_customer=submission))
        await tap_part(driver, order, 0, "plus")
        await order.order.save()
        driver.app.window.show_page("main", root=True)
        driver.gateway.connector.rejected_kinds.add("customer")
        await driver.synchronize()
        await order.order.confirm()
        driver.app.window.show_page("main", root=True)
        await driver.synchronize()
        driver.app.window.show_page("main", root=True)
        listed = await opened(driver, OpenWork())
        assert isinstance(listed, WorkPage)
        states = {item.kind: item for item in (listed.model.work(row) for row in range(listed.model.rowCount()))}
        assert states["customer"].state == "rejected"
        assert states["document"].state == "held_back"
        assert receipt_text(states["document"]) == "Held back \N{MIDDLE DOT} customer was rejected"
        rejection = open_row(listed)
        assert rejection is not None
        driver.tap(rejection.fix)
        await driver.until(lambda: driver.app.window.current == "customer form" and not driver.app._tasks)
        driver.app.window.show_page("main", root=True)
        await driver.app.device.refresh()
        driver.tap(driver.tile("synchro"))
        await driver.settle()
        assert driver.choice.waits.answer.text() == "Nothing", "the order does not go with this sync"
        assert driver.choice.hint.text() == "1 record waits until you mend what was rejected: see My work."

    driver.run(story())


def test_that_a_document_can_be_printed_and_e_mailed(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "documents_folder", lambda: tmp_path / "papers")
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", shown.append)

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        driver.tap(page.buttons["pdf"])
        await driver.until(lambda: not driver.app._tasks)
        (pdf,) = (tmp_path / "papers").glob("*.pdf")
        assert pdf.read_bytes().startswith(b"%PDF")
        assert pdf.stat().st_size > 5_000
        driver.tap(driver.app.window.message.action)
        assert [url.toLocalFile() for url in shown] == [str(pdf)]
        driver.tap(page.buttons["mail"])
        await driver.until(lambda: not driver.app._tasks)
        (mail,) = (tmp_path / "papers").glob("*.eml")
        text = mail.read_text()
        assert "X-Unsent: 1" in text
        assert "application/pdf" in text
        assert [url.toLocalFile() for url in shown] == [str(pdf), str(mail)]

    driver.run(story())


def test_that_the_printout_has_the_companys_logo_once_the_erp_has_sent_it(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenter, "documents_folder", lambda: tmp_path / "papers")

    async def story() -> None:
        record = await with_confirmed(driver)

        async def printed() -> bytes:
            page = await opened(driver, OpenDocument(record))
            assert isinstance(page, DocumentPage)
            driver.tap(page.buttons["pdf"])
            await driver.until(lambda: not driver.app._tasks)
            (pdf,) = (tmp_path / "papers").glob("*.pdf")
            return pdf.read_bytes()

        assert b"/Subtype /Image" not in await printed(), "the place stays empty without a logo"
        image = QImage(230, 80, QImage.Format.Format_RGB32)
        image.fill(0x0B5C6B)
        content = png_of(image)
        connector = driver.gateway.connector
        connector.pictures[hashlib.sha256(content).hexdigest()] = content
        connector.company["attachments.images"]["LOGO"] = picture_row("OWN", content, "company")
        driver.gateway.take()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert b"/Subtype /Image" in await printed()

    driver.run(story())


def test_that_a_numbered_document_is_voided_and_stays_visible(driver: WindowDriver) -> None:
    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        driver.tap(page.buttons["void"])
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.yes)
        await driver.until(lambda: not driver.app._tasks)
        assert page.view is not None
        assert page.view.item.state == "voided"
        assert page.view.item.number
        assert not page.buttons["edit"].isVisible()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert [entry for entry in driver.gateway.connector.delivered if entry.kind == "document"] == []

    driver.run(story())


def test_that_a_draft_opens_from_the_documents_and_a_new_order_asks_for_its_customer(driver: WindowDriver) -> None:
    async def story() -> None:
        order = await with_order(driver)
        await tap_part(driver, order, 0, "plus")
        await order.order.save()
        driver.app.window.show_page("main", root=True)
        page = await opened(driver, OpenDocuments())
        assert isinstance(page, WorkPage)
        assert page.model.counts()["draft"] == 1
        page.item_requested.emit(page.model.work(0))
        await driver.until(lambda: driver.app.window.current == "order" and not driver.app._tasks)
        driver.app.window.show_page("documents")
        driver.tap(page.order)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        sheet.list.opened.emit(0)
        await driver.until(lambda: not driver.app._tasks)
        fresh = driver.app.window.page("order")
        assert isinstance(fresh, OrderPage)
        assert fresh.order.cart.customer_name == "First"

    driver.run(story())


def test_that_my_work_lists_records_that_returned_after_a_restore(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_confirmed(driver)
        page = await opened(driver, OpenWork())
        assert isinstance(page, WorkPage)
        assert not page.returned.isVisible()
        driver.app.workplace.stores.work.set_flag("returned_records", f"{timestamp()} 3")
        driver.app.screens.saved()
        driver.app.window.show_page("main", root=True)
        await opened(driver, OpenWork())
        assert page.returned.isVisible()
        assert "restored from a backup" in page.returned.text()
        assert "3 records" in page.returned.text()

    driver.run(story())
