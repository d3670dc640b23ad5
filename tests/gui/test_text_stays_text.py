"""Text of records is shown literally: on every screen, in every tooltip, on paper and in mails."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QToolTip

from salesapp.domain.objects.appointments import Appointment
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.items import Item
from salesapp.views.customers.overview import CustomerOverview
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.plain import set_tip
from salesapp.views.requests import (
    EditCustomer,
    NewOrder,
    NewTravel,
    OpenAppointment,
    OpenAppointments,
    OpenCustomer,
    OpenCustomers,
    OpenDocument,
    OpenDocuments,
    OpenItem,
    OpenItems,
    OpenPromotions,
    OpenReports,
    OpenTravel,
    OpenWork,
    PlanAppointment,
    Request,
)
from salesapp.views.work import presenter
from tests.gui import among_customers, among_items, hostile, visiting
from tests.gui.conftest import WindowDriver
from tests.gui.hostile import MARK, Spy
from tests.gui.test_order import tap_part
from tests.gui.test_paper import signature
from tests.gui.test_work import opened


@pytest.fixture
def spy(tmp_path: Path, qapp: QApplication) -> Iterator[Spy]:
    del qapp
    found = Spy(tmp_path / "spy.png", signature())
    yield found
    found.end()


def test_that_the_spy_detects_when_qt_loads_a_file(spy: Spy) -> None:
    label = QLabel(spy.text)
    label.grab()
    assert spy.was_opened(), "a label that guesses loads the picture"
    assert hostile.interpreting_widgets(label) != []
    assert not spy.was_opened()
    QToolTip.showText(QPoint(1, 1), spy.text, label)
    hostile.tip_in_sight().grab()
    assert spy.was_opened(), "and so does a tip"
    label.setToolTip(spy.text)
    assert any("read as HTML" in told for told in hostile.interpreting_widgets(label))


@pytest.mark.parametrize(
    "text", ["{spy}", " \n{spy}", "a &lt; b", "<!doctype html>", "<?xml version='1.0'?>{spy}", "{spy}" * 20]
)
def test_that_a_tooltip_shows_its_text_literally(spy: Spy, text: str) -> None:
    said = text.replace("{spy}", spy.text)
    button = IconButton("call_regular")
    button.set_texts(said)
    label = QLabel(button.toolTip())
    label.grab()
    assert not spy.was_opened()
    assert len(button.toolTip()) < 2_000
    set_tip(button, "5 < 6 & 7")
    assert button.toolTip() == "5 < 6 & 7"


def test_that_a_button_shows_an_ampersand_and_has_no_mnemonic(qapp: QApplication) -> None:
    del qapp
    button = Button()
    for words in ("&Save", "Salt & Pepper", "A&&B", "&&&x", "Q&A"):
        button.set_texts(words)
        assert button.shortcut().isEmpty()
        assert button.text() == words.replace("&", "&&")
        assert (button.words, button.accessibleName()) == (words, words)


class Walk:
    """Opens screen after screen, and checks how each shows the text."""

    def __init__(self, driver: WindowDriver, spy: Spy) -> None:
        self.driver, self.spy = driver, spy
        self.found: list[str] = []
        self.told: dict[str, int] = {}
        self.tips = set[str]()

    async def look(self, state: str) -> None:
        window = self.driver.app.window
        await among_items.calm(self.driver)
        window.grab()
        self.found += [f"{state}: {told}" for told in hostile.interpreting_widgets(window)]
        self.told[state] = hostile.shown_by(window)
        hostile.show_tips(window, self.tips)
        if self.spy.was_opened():
            self.found.append(f"{state}: the picture was opened")

    async def sheet(self, state: str, ask: Callable[[], object]) -> None:
        """Checks a sheet, and closes it."""
        ask()
        await among_items.calm(self.driver)
        sheet = self.driver.app.window.open_sheet()
        assert sheet is not None, state
        await self.look(state)
        while (sheet := self.driver.app.window.open_sheet()) is not None:
            sheet.close_sheet()
            await self.driver.settle()
        await among_items.calm(self.driver)

    async def page(self, request: Request) -> Any:
        found = await opened(self.driver, request)
        await self.look(self.driver.app.window.current)
        return found


def take_hostile_company(driver: WindowDriver, spy: Spy) -> None:
    """Imports and makes hostile texts for everything that a screen can show."""
    among_items.fill(driver)
    among_customers.fill(driver)
    visiting.take_company(driver)
    company = driver.gateway.connector.company
    company["customers.customers"]["C1"] |= {
        "contacts": [{"kind": kind, "value": spy.text} for kind in ("phone", "email", "url", "fax")],
        "payer": "C2",
    }
    company["customers.customers"]["C2"]["representative"] = "rep1"
    company["auxiliary.documents"]["D0"] |= {"representative": "rep1", "customer": "C1"}
    company["directories.travel_types"]["T"]["is_private"] = 0
    hostile.fill(company, spy.text)
    driver.gateway.take()


async def over_customers(walk: Walk, key: int) -> None:
    await walk.page(OpenCustomers())
    card = await walk.page(OpenCustomer(key))
    for name in card.tabs.tabs:
        card.choose_tab(name)
        await walk.look(f"customer, {name}")
    overview = card.findChild(CustomerOverview)
    assert overview is not None
    for name in ("addresses", "contacts", "terms", "offers"):
        await walk.sheet(f"customer, {name}", getattr(overview, f"open_{name}"))
    await opened(walk.driver, EditCustomer(key))
    await walk.look("customer form")


async def over_items(walk: Walk) -> None:
    await walk.page(OpenItems())
    key = walk.driver.app.workplace.stores.catalog.all(Item, "code LIKE 'I1%'")[0].id
    form = await walk.page(OpenItem(key))
    await walk.sheet("item, price", form.price_requested.emit)
    await walk.sheet("item, files", form.files_requested.emit)
    await walk.page(OpenPromotions())


async def over_an_order(walk: Walk, customer: int) -> str:
    page = await walk.page(NewOrder(customer))
    page.choose("all")
    await among_items.calm(walk.driver)
    await tap_part(walk.driver, page, 0, "plus")
    await walk.look("order, cart")
    for name, ask in (
        ("line", lambda: page.cart.list.opened.emit(0)),
        ("price", lambda: page.cart.list.price_requested.emit(0)),
        ("details", page.details.click),
        ("groups", page.groups_requested.emit),
        ("grid", page.grid_requested.emit),
        ("end", page.leave_requested.emit),
    ):
        await walk.sheet(f"order, {name}", ask)
    record: str = await page.order.confirm()
    walk.driver.app.window.show_page("main", root=True)
    walk.driver.app.screens.saved()
    await walk.look("main")
    return record


async def over_visits(walk: Walk) -> None:
    page = await walk.page(OpenAppointments())
    for span in page.spans.buttons.values():
        span.click()
        await walk.look(f"appointments, {span.text()}")
    rows = walk.driver.app.workplace.stores.catalog.all(Appointment, "name LIKE 'Next%'")
    visit = await walk.page(OpenAppointment(rows[0].id))
    assert len(visit.cards) == len(visiting.ELEMENTS)
    for position in range(len(visit.cards)):
        await walk.sheet(f"element {position}", visit.cards[position].click)
    await walk.page(PlanAppointment())


def test_that_text_of_a_record_is_plain_text_everywhere(
    driver: WindowDriver, spy: Spy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = tmp_path / "papers"
    monkeypatch.setattr(presenter, "documents_folder", lambda: papers)
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()))
    take_hostile_company(driver, spy)

    async def story() -> None:
        await driver.begin("rep1")
        walk = Walk(driver, spy)
        await walk.look("main")
        key = driver.app.workplace.stores.catalog.all(Customer, "code LIKE 'C1%'")[0].id
        await over_customers(walk, key)
        await over_items(walk)
        record = await over_an_order(walk, key)
        document = await walk.page(OpenDocument(record))
        driver.tap(document.buttons["mail"])
        await walk.look("document, after the mail")
        told = [label.text() for label in driver.app.window.message.findChildren(QLabel)]
        assert "The e-mail has no recipient yet" in told
        for request in (OpenWork(), OpenDocuments(), OpenTravel(), NewTravel(), OpenReports()):
            await walk.page(request)
        await over_visits(walk)
        assert walk.found == []
        silent = {state for state, count in walk.told.items() if not count}
        assert silent == {"travel", "appointments, Month"}, "one is empty, one has points alone"
        assert len(walk.tips) > 10
        (draft,) = papers.glob("*.eml")
        mail = message_from_bytes(draft.read_bytes(), policy=policy.default)
        assert mail["To"] is None
        assert all(MARK not in str(value) for name, value in mail.items() if name != "Subject")
        assert [Path(url).suffix for url in asked] == [".eml"]
        assert not spy.was_opened()

    driver.run(story())
