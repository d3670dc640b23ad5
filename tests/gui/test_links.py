"""Only plain links of records are opened, after a person has seen and confirmed the whole target."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from salesapp.domain.links import Link, link_of, map_of
from salesapp.views.customers.overview import DetailsSheet
from salesapp.views.parts import links
from salesapp.views.parts.attributes import attribute_value
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.links import LinkSheet
from salesapp.views.parts.text import Text
from tests.gui.among_customers import infos, open_customer, with_customers
from tests.gui.among_items import calm
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour
from tests.unit.test_links import NEVER

CONTACTS = [
    ("url", "file://evil.example/share/invoice.hta"),
    ("url", "//host/share/x.hta"),
    ("fax", "C:/Windows/System32/calc.exe"),
    ("email", "a@b.pl?bcc=c@d.pl"),
    ("phone", "*#06#"),
    ("url", "www.ok.example"),
    ("fax", "58 111 22 34"),
]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The targets that the system was asked to open."""
    found: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(bytes(url.toEncoded().data()).decode()))
    return found


def sheet_over(widget: QWidget) -> LinkSheet | None:
    found = [sheet for sheet in widget.window().findChildren(LinkSheet) if not sheet.isHidden()]
    return found[-1] if found else None


def test_that_a_contact_is_opened_only_after_its_shown_address_is_confirmed(
    driver: WindowDriver, opened: list[str]
) -> None:
    customer = driver.gateway.connector.company["customers.customers"]["C1"]
    customer["contacts"] = [{"kind": kind, "value": value} for kind, value in CONTACTS]

    async def story() -> None:
        page = await with_customers(driver)
        card = await open_customer(driver, page, "Łąka delikatesy")
        driver.tap(next(row for name, row in infos(card).items() if name.startswith("58 111 22 33")))
        await driver.settle()
        contacts = driver.app.window.open_sheet()
        assert isinstance(contacts, DetailsSheet)
        texts = [label.text() for label in contacts.findChildren(Text)]
        assert {value for _, value in CONTACTS} <= set(texts), "what is not opened is still read"
        assert sum("is shown only" in text for text in texts) == 4
        buttons = {button.accessibleName(): button for button in contacts.findChildren(IconButton)}
        opening = {name.split(": ")[1] for name in buttons if ": " in name}
        assert opening == {"58 111 22 33", "sklep@laka.example", "58 1", "jan@laka.example", "www.ok.example"}
        for name, target in (
            ("Web: www.ok.example", "http://www.ok.example"),
            ("Email: sklep@laka.example", "mailto:sklep@laka.example"),
            ("Phone: 58 111 22 33", "tel:581112233"),
        ):
            await agree(driver, buttons[name], target, opened)

    driver.run(story())


async def agree(driver: WindowDriver, button: QPushButton, target: str, opened: list[str]) -> None:
    """Cancels first, then confirms; checks that only the shown target is opened, after confirmation."""
    before = list(opened)
    driver.tap(button)
    await driver.settle()
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, LinkSheet)
    assert sheet.target.text() == target
    assert sheet.place.text() in target
    assert driver.app.window.focusWidget() is sheet.cancel, "Enter alone opens nothing"
    driver.tap(sheet.cancel)
    await driver.settle()
    assert not isinstance(driver.app.window.open_sheet(), LinkSheet)
    assert opened == before
    driver.tap(button)
    await driver.settle()
    again = driver.app.window.open_sheet()
    assert isinstance(again, LinkSheet)
    driver.tap(again.go)
    await driver.settle()
    assert not isinstance(driver.app.window.open_sheet(), LinkSheet)
    assert opened == [*before, target]


def test_that_an_attribute_opens_nothing_but_a_plain_address(qapp: QApplication, opened: list[str]) -> None:
    del qapp
    for text in NEVER:
        shown = attribute_value("url", text)
        assert isinstance(shown, Text)
        assert shown.text() == text
        assert links.remark("url", text) or not text.strip()
    for written in ("www.example.com/a.pdf", "https://example.com/b.pdf"):
        button = attribute_value("url", written)
        assert isinstance(button, Button)
        button.click()
        sheet = sheet_over(button)
        assert sheet is not None
        assert opened == []
        assert sheet.place.text() in {"www.example.com", "example.com"}
        assert written in sheet.target.text()
        sheet.close_sheet()
        button.click()
        again = sheet_over(button)
        assert again is not None
        again.go.click()
        assert opened.pop() == again.target.text()


def test_that_the_system_gets_the_shown_address(qapp: QApplication, opened: list[str]) -> None:
    del qapp
    over = QWidget()
    for kind, text in (
        ("url", "https://ok.pl/żółw?x=1&y=%C5%82#@a"),
        ("url", "HTTPS://WWW.OK.PL:8443/(a)'b'"),
        ("url", "mailto:jan+x@ok.pl"),
        ("email", "o'brien@ok.pl"),
        ("phone", "+48 (58) 123-45-67"),
        ("map", 'Długa 1 & "2" %0a#x'),
    ):
        link = map_of(text) if kind == "map" else link_of(kind, text)
        assert link is not None
        sheet = LinkSheet(over, link)
        sheet.go.click()
        assert opened.pop() == sheet.target.text() == link.target


def test_that_a_device_without_a_program_for_it_says_so(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    del qapp
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    over = QWidget()
    sheet = LinkSheet(over, Link("phone", "tel:112", "112"))
    sheet.open()
    sheet.go.click()
    assert not sheet.isHidden()
    assert not sheet.failed.isHidden()
    assert "Nothing was opened" in sheet.failed.text()


def test_that_only_files_that_the_app_writes_are_opened(opened: list[str], tmp_path: Path) -> None:
    for name in ("x.hta", "x.lnk", "x.url", "x.bat", "x.desktop", "x.exe", "x.pdf.exe", "x", "x.html", "x.docm"):
        links.open_own_file(tmp_path / name)
    assert opened == []
    for name in ("x.pdf", "x.eml", "x.json", "x.PDF"):
        links.open_own_file(tmp_path / name)
        assert opened.pop() == QUrl.fromLocalFile(str(tmp_path / name)).toString()


def sheets(over: QWidget) -> Iterator[tuple[str, Callable[[], LinkSheet]]]:
    long = "https://" + "a-very-long-name." * 12 + "example/" + "x" * 300
    for kind, text in (
        ("url", "https://www.ok.example/a.pdf"),
        ("url", long),
        ("phone", "58 111"),
        ("email", "a@b.pl"),
    ):
        link = link_of(kind, text)
        assert link is not None
        yield f"{kind} {text[:30]}", lambda link=link: LinkSheet(over, link)  # type: ignore[misc]
    place = map_of("ul. Portowa 14, 81-704 Sopot")
    assert place is not None
    yield "map", lambda: LinkSheet(over, place, "ul. Portowa 14, 81-704 Sopot")


def test_that_the_question_fits_in_every_state(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin()
        tour = Tour(driver)
        for state, make in sheets(driver.app.window):
            sheet = make()
            sheet.open()
            await tour.look(state, sizes=((1280, 800), (800, 1280), (400, 640)))
            sheet.close_sheet()
        await calm(driver)
        tour.end()

    driver.run(story())


def test_that_the_map_of_an_address_opens_after_a_question(driver: WindowDriver, opened: list[str]) -> None:
    async def story() -> None:
        page = await with_customers(driver)
        card = await open_customer(driver, page, "Łąka delikatesy")
        driver.tap(next(row for name, row in infos(card).items() if "Portowa" in name))
        await driver.settle()
        addresses: Any = driver.app.window.open_sheet()
        button = next(one for one in addresses.findChildren(Button) if one.words == "Directions")
        driver.tap(button)
        await driver.settle()
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LinkSheet)
        assert opened == []
        assert sheet.place.text() == "ul. Portowa 14, 81-704, Sopot, PL"
        assert sheet.target.text().startswith("https://www.openstreetmap.org/search?query=ul.%20Portowa%2014")
        driver.press(Qt.Key.Key_Escape)
        await driver.settle()
        assert opened == []
        driver.tap(button)
        await driver.settle()
        again = driver.app.window.open_sheet()
        assert isinstance(again, LinkSheet)
        driver.tap(again.go)
        assert opened == [again.target.text()]

    driver.run(story())
