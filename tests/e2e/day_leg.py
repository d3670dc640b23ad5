"""One leg of a working day: a window in its own process, driven by clicks and keys from a plan.

`python -m tests.e2e.day_leg ROOT KEY_FILE PLAN.json`; a step "die" reports on standard output, and waits to be killed.
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QListView, QPushButton, QWidget

from salesapp.app import App
from salesapp.models.sync_runner import Tablet
from salesapp.settings import Settings
from salesapp.views.appointments.elements import ElementSheet
from salesapp.views.appointments.page import AppointmentsPage
from salesapp.views.appointments.sheets import ReasonSheet
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.attachments.sheets import AddSheet, FilesSheet
from salesapp.views.customers.card import CustomerPage
from salesapp.views.customers.form import CustomerForm
from salesapp.views.order.details import DetailsSheet
from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.sheet import Sheet
from salesapp.views.synchro.choice import ChoiceSheet as SyncSheet
from salesapp.views.travel.form import TravelForm
from salesapp.views.work.document_page import DocumentPage
from salesapp.views.work.page import WorkPage

PATIENCE_S = 40.0


def give_up(why: str) -> NoReturn:
    """Ends the leg at once with a reason."""
    sys.stderr.write(f"{why}\n")
    sys.stderr.flush()
    os._exit(1)


def button_of(sheet: QWidget, words: str) -> QPushButton:
    return next(button for button in sheet.findChildren(QPushButton) if words in button.text())


class Leg:
    """A representative in front of one window."""

    def __init__(self, app: App, password: str) -> None:
        self.app, self.password = app, password

    async def until(self, what: Callable[[], object], told: str = "") -> None:
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not what():  # there is no event for what is visible
                    await asyncio.sleep(0.01)
        except TimeoutError:
            sheet = self.app.window.open_sheet()
            give_up(f"waited in vain for {told}; page {self.app.window.current}, sheet {type(sheet).__name__}")

    async def idle(self) -> None:
        await asyncio.sleep(0.02)
        await self.until(lambda: not self.app._tasks, "the end of what was asked")

    async def tap(self, widget: QWidget) -> None:
        assert widget.isVisible(), f"{widget.accessibleName()} is not visible"
        assert widget.isEnabled(), f"{widget.accessibleName()} cannot be used"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        await self.idle()

    async def sheet(self, kind: type[Sheet]) -> Any:
        await self.until(lambda: isinstance(self.app.window.open_sheet(), kind), kind.__name__)
        return self.app.window.open_sheet()

    async def page(self, name: str) -> Any:
        await self.until(lambda: self.app.window.current == name, f"the page {name}")
        await self.idle()
        return self.app.window.page(name)

    async def home(self) -> None:
        QTest.keyClick(self.app.window, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
        if self.app.window.current != "main":
            self.app.window.show_page("main", root=True)
        await self.idle()

    async def tile(self, name: str) -> None:
        await self.home()
        await self.tap(self.app.dashboard.tiles[name])

    @staticmethod
    def _has_looked(sheet: SyncSheet) -> bool:
        return sheet._reachable is not None

    # Steps

    async def log_on(self, url: str, user: str) -> None:
        page = self.app.logon.page()
        page.gateway.edit.setText(url)
        page.user.edit.setText(user)
        page.password.edit.setText(self.password)
        await self.tap(page.button)
        await self.page("main")

    async def synchronize(self, wanted: str = "ok") -> None:
        """Repeats while the line fails; the last outcome must be the wanted one."""
        for _attempt in range(8):
            await self.home()
            self.app.open_area("synchro")
            if not self.app.runner.is_running:
                sheet = await self.sheet(SyncSheet)
                await self.until(partial(self._has_looked, sheet), "a look at the network")
                self.app.runner.outcome = None
                if sheet.all.isEnabled():
                    await self.tap(sheet.all)
                else:
                    sheet.close_sheet()
                    continue
            await self.until(
                lambda: self.app.runner.outcome is not None and not self.app.runner.is_running, "a verdict"
            )
            await self.idle()
            outcome = self.app.runner.outcome
            if outcome is not None and outcome.outcome == wanted:
                return
        give_up(f"the sync ended with {self.app.runner.outcome}")

    async def order(
        self,
        customer: str,
        lines: list[list[Any]],
        type: str = "sales_order",  # noqa: A002  # the field's name
        currency: str = "",
        photos: list[str] | None = None,
        end: str = "confirm",
    ) -> None:
        """Writes a new document: chooses the customer, types quantities, and ends it."""
        await self.tile("documents")
        page: WorkPage = await self.page("documents")
        await self.tap(page.order if type == "sales_order" else page.quote)
        choice = await self.sheet(ChoiceSheet)
        choice.search.edit.setText(customer)
        await self.idle()
        await self.click_row(choice.list, 0)
        await self.write(lines, currency)
        await self.finish(end, photos or [])

    async def resume(self, lines: list[list[Any]], end: str = "confirm", photos: list[str] | None = None) -> None:
        """Continues the draft of the last leg."""
        await self.tile("documents")
        page: WorkPage = await self.page("documents")
        page.choose("draft")
        assert page.model.rowCount() == 1, "the draft is not there"
        await self.click_row(page.list, 0)
        await self.write(lines, "")
        await self.finish(end, photos or [])

    async def new_customer(self, name: str, tax_id: str, city: str, lines: list[list[Any]]) -> None:
        """Adds a new customer, and an order for it at once."""
        await self.tile("customers")
        await self.tap((await self.page("customers")).primary)
        form: CustomerForm = await self.page("customer form")
        entered = {"name": name, "tax_id": tax_id, "address.street": "Polna 1", "address.postal_code": "80-001"}
        for field, text in (entered | {"address.city": city, "address.country": "PL"}).items():
            form.fields[field].edit.setText(text)
        await self.tap(form.primary)
        card: CustomerPage = await self.page("customer")
        await self.until(lambda: card.primary.isVisible() and card.primary.isEnabled(), "the customer's card")
        await self.tap(card.primary)
        await self.write(lines, "")
        await self.finish("confirm", [])

    async def visit(
        self,
        name: str,
        reason: str = "",
        end: str = "complete",
        answers: list[str] | None = None,
        photos: list[str] | None = None,
        lines: list[list[Any]] | None = None,
        note: str = "",
    ) -> None:
        """Carries out a visit from the calendar's lists, with its elements, to its end."""
        page = await self.open_visit(name)
        if answers:
            sheet = await self.element(page, "questionnaire")
            for field, answer in zip(sheet.questions, answers, strict=True):
                field.set_answer(answer)
            await self.tap(sheet.yes)
        if photos:
            sheet = await self.element(page, "photo")
            await self.tap(button_of(sheet, "Add a photo"))
            await self.pick_files(photos)
            await self.tap((await self.sheet(ElementSheet)).yes)
        if lines:
            await self.tap(button_of(await self.element(page, "document"), "New order"))
            await self.write(lines, "")
            await self.finish("confirm", [])
            await self.tap((await self.page("document")).header.back)
            await self.page("appointment")
        if note:
            sheet = await self.element(page, "note")
            assert sheet.note is not None
            QTest.keyClicks(sheet.note, note)
            await self.tap(sheet.yes)
        await self.tap(page.buttons[end])
        if reason:
            why: ReasonSheet = await self.sheet(ReasonSheet)
            QTest.keyClicks(why.reason, reason)
            await self.tap(why.yes)

    async def open_visit(self, name: str) -> VisitPage:
        await self.tile("appointments")
        page: AppointmentsPage = await self.page("appointments")
        for chip in ("overdue", "scheduled"):
            await self.tap(page.chips.chips[chip])
            rows = [row for row in range(page.model.rowCount()) if page.model.visit(row).name == name]
            if rows:
                await self.click_row(page.list, rows[0])
                found: VisitPage = await self.page("appointment")
                return found
        give_up(f"{name} is in no list")

    async def element(self, page: VisitPage, kind: str) -> ElementSheet:
        assert page.view is not None
        place = next(number for number, element in enumerate(page.view.elements) if element.kind == kind)
        await self.tap(page.cards[place])
        found: ElementSheet = await self.sheet(ElementSheet)
        return found

    async def pick_files(self, names: list[str]) -> None:
        """Answers the system's file dialog, which a test cannot click."""
        await self.until(lambda: self.app.window.findChildren(QFileDialog), "the dialog of files")
        (dialog,) = self.app.window.findChildren(QFileDialog)
        dialog.filesSelected.emit(names)
        dialog.close()
        self.app.window.activateWindow()  # there is no window manager to do it
        await self.until(self.app.window.isActiveWindow, "the window again")
        await self.idle()

    async def click_row(self, rows: QListView, row: int) -> None:
        index = rows.model().index(row, 0)
        rows.scrollTo(index)
        where = rows.visualRect(index).center()
        assert rows.viewport().rect().contains(where)
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
        await self.idle()

    async def settled(self, documents: int) -> None:
        """Waits until My work shows all documents in the ERP."""
        await self.tile("work")
        page: WorkPage = await self.page("work")
        page.choose("all")
        items = [page.model.work(row) for row in range(page.model.rowCount())]
        assert {item.state for item in items} == {"in_erp"}, [(item.title, item.state) for item in items]
        assert sum(item.kind == "document" for item in items) == documents
        assert all(item.erp_number for item in items)

    async def travel(self, started: int, ended: int, purpose: str) -> None:
        """Adds a travel entry."""
        await self.tile("travel")
        await self.tap((await self.page("travel")).new)
        form: TravelForm = await self.page("new_travel")
        form.started.edit.setText(str(started))
        form.ended.edit.setText(str(ended))
        form.departure.edit.setText("Gdynia")
        form.destination.edit.setText("Sopot")
        form.purpose.edit.setText(purpose)
        await self.tap(form.save)
        await self.until(lambda: self.app.window.current != "new_travel", "the entry to be saved")

    async def try_to_synchronize(self) -> None:
        """Syncs once over a failing line: part of it arrives, and the verdict says so."""
        await self.home()
        self.app.open_area("synchro")
        sheet = await self.sheet(SyncSheet)
        await self.until(lambda: self._has_looked(sheet), "a look at the network")
        await self.tap(sheet.all)
        await self.until(lambda: self.app.runner.outcome is not None and not self.app.runner.is_running, "a verdict")
        await self.idle()
        assert self.app.runner.outcome is not None
        assert self.app.runner.outcome.outcome != "ok"

    async def copy(self, number: str, end: str = "confirm") -> None:
        """Copies a confirmed document."""
        await self.tile("documents")
        page: WorkPage = await self.page("documents")
        page.choose("all")
        page.search.edit.setText(number)
        await self.idle()
        assert page.model.rowCount() == 1, f"{number} is not found"
        await self.click_row(page.list, 0)
        document: DocumentPage = await self.page("document")
        await self.tap(document.buttons["copy"])
        await self.page("order")
        await self.finish(end, [])

    async def fix(self, number: str, item: str, quantity: int) -> None:
        """Corrects a quantity of a rejected document, and sends it again."""
        await self.tile("work")
        page: WorkPage = await self.page("work")
        page.choose("rejected")
        assert page.model.rowCount() == 1, "nothing is rejected"
        assert page.model.work(0).number == number
        await self.until(page.rejection.isVisible, "what was rejected, standing open with what helps")
        await self.tap(page.rejection.fix)
        await self.write([[item, "pcs", quantity, 0]], "")
        await self.finish("confirm", [])

    async def write(self, lines: list[list[Any]], currency: str) -> None:
        page: OrderPage = await self.page("order")
        if currency:
            await self.tap(page.details)
            details = await self.sheet(DetailsSheet)
            details.currency.setCurrentIndex(details.currency.findData(currency))
            await self.tap(details.done)
        for item, unit, quantity, own in lines:
            page.focus_search()
            page.search.edit.setText(item)
            await self.idle()
            QTest.keyClick(page.search.edit, Qt.Key.Key_Down)
            assert page.list.hasFocus()
            for digit in str(quantity):
                QTest.keyClick(page.list, Qt.Key(ord(digit)))
                await asyncio.sleep(0.04)  # slower than a scanner
            QTest.keyClick(page.list, Qt.Key.Key_Return)
            await asyncio.sleep(0.04)
            await self.idle()
            if unit != "pcs" or own:
                await self.edit(page, unit, own)
            page.search.edit.clear()
        await self.idle()

    async def edit(self, page: OrderPage, unit: str, own: int) -> None:
        number = page.list.delegate.parts(page.list.visualRect(page.items.index(0, 0)))["number"].center()
        QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=number)
        sheet: LineSheet = await self.sheet(LineSheet)
        for button in sheet.unit.buttons.values():
            if button.text() == unit:
                await self.tap(button)
        if own:
            sheet.discount.edit.setText(str(own))
        await self.tap(sheet.done)

    async def finish(self, end: str, photos: list[str]) -> None:
        page: OrderPage = await self.page("order")
        if end == "die":
            await self.idle()
            sys.stdout.write("READY TO DIE\n")
            sys.stdout.flush()
            await asyncio.sleep(600)
        await self.tap(page.cart.primary if end == "confirm" else page.cart.save)
        if end == "confirm":
            await self.until(
                lambda: self.app.window.current == "document" or isinstance(self.app.window.open_sheet(), WarningSheet),
                "the document, or a question",
            )
            if isinstance(sheet := self.app.window.open_sheet(), WarningSheet):
                await self.tap(sheet.yes)
            document: DocumentPage = await self.page("document")
            for photo in photos:
                await self.attach(document, photo)

    async def attach(self, document: DocumentPage, photo: str) -> None:
        await self.tap(document.buttons["attach"])
        sheet: FilesSheet = await self.sheet(FilesSheet)
        await self.tap(sheet.choose)
        await self.pick_files([photo])
        question: AddSheet = await self.sheet(AddSheet)
        await self.tap(question.add)
        again: FilesSheet = await self.sheet(FilesSheet)
        again.close_sheet()
        await self.idle()


async def drive(application: QApplication, root: Path, key_file: Path, plan: dict[str, Any]) -> None:
    app = App(application, Tablet(root, key_file))
    app.window.resize(1280, 800)
    app.start()
    leg = Leg(app, plan.get("password", ""))
    app.window.activateWindow()
    await leg.until(app.window.isActiveWindow, "the window")
    await leg.idle()
    for step in plan["steps"]:
        name = step.pop("do")
        await getattr(leg, name)(**step)
    await app.end()


def main() -> None:
    root, key_file, plan = (Path(argument) for argument in sys.argv[1:4])
    Settings(root).language = "en"
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    loop.run_until_complete(drive(application, root, key_file, json.loads(plan.read_text())))
    sys.stdout.write("DONE\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
