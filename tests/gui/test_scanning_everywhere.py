"""A scanner works on every screen: it opens the item, or says what was scanned, and never types into a field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from salesapp.views.customers.form import CustomerForm
from salesapp.views.items.form import ItemPage
from salesapp.views.order.ending import EndSheet
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.requests import AREAS, EditCustomer, NewCustomer, NewTravel, OpenCustomer, PlanAppointment
from salesapp.views.travel.form import TravelForm
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import new_order, with_order
from tests.gui.test_order_undo import calm
from tests.gui.test_scanning_orders import EAN_OF_I2, ordered, send
from tests.services.account_stores import key_of

MISREAD = "5900000007770"


def item_shown(driver: WindowDriver) -> str:
    page = driver.app.window.page("item")
    return page.header.title.text() if driver.app.window.current == "item" and isinstance(page, ItemPage) else ""


def message(driver: WindowDriver) -> str:
    bar = driver.app.window.message
    return bar.accessibleName() if bar.isVisible() else ""


async def scan_here(driver: WindowDriver) -> None:
    """Scans an item and an unknown code; the screen stays behind the item, and its fields stay as they are."""
    window, place = driver.app.window, driver.app.window.current
    page = window.page(place)
    assert page is not None
    before = [field.text() for field in page.findChildren(QLineEdit)]
    send(driver, f"{EAN_OF_I2}\r")
    await calm(driver)
    assert item_shown(driver), place
    window.go_back()
    await calm(driver)
    assert window.current == place
    assert [field.text() for field in page.findChildren(QLineEdit)] == before, place
    send(driver, f"{MISREAD}\r")
    await calm(driver)
    assert message(driver).startswith(f"No item has the code {MISREAD}"), place
    assert window.current == place
    assert [field.text() for field in page.findChildren(QLineEdit)] == before, place


def test_that_every_screen_opens_the_scanned_item(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        await scan_here(driver)
        for area in (*AREAS, "settings"):
            driver.app.open_area(area)
            await calm(driver)
            await scan_here(driver)
            driver.app.window.show_page("main", root=True)

    driver.run(story())


def test_that_a_scan_into_a_form_leaves_the_field_with_the_focus_alone(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        customer = key_of(driver.app.workplace.stores, "customers.customers", "C1")
        for request in (
            OpenCustomer(customer),
            NewCustomer(),
            EditCustomer(customer),
            PlanAppointment(customer),
            NewTravel(),
        ):
            driver.app.screens.open(request)
            await calm(driver)
            page = driver.app.window.page(driver.app.window.current)
            assert page is not None
            field = next((one for one in page.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()), None)
            if field is not None:
                field.setFocus()
            await scan_here(driver)
        form = driver.app.window.page("customer form")
        assert isinstance(form, CustomerForm)

    driver.run(story())


def test_that_a_code_that_belongs_to_no_item_is_told_by_its_kind(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        for code, told in (
            (MISREAD, "Its check digit is wrong"),
            ("5901234123457", "It is a complete EAN or UPC"),
            ("]C110ABC\x1d17270131", "It is a GS1 code without an item"),
            ("https://example.com/1", "It is a web address"),
            ("ABC-123", "It was not understood"),
        ):
            send(driver, f"{code}\r")
            await calm(driver)
            assert told in message(driver)
            assert driver.app.window.current == "main"
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert not message(driver), "the next code is known"

    driver.run(story())


def test_that_a_sheet_that_waits_for_an_answer_refuses_a_scan(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        page.leave_requested.emit()
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, EndSheet)
        for button in sheet.findChildren(QPushButton):
            button.setFocus()
            send(driver, f"{EAN_OF_I2}\r")
            await calm(driver)
            assert driver.app.window.open_sheet() is sheet
            assert sheet.message.startswith(f"Scanned: {EAN_OF_I2} It changed nothing here.")
        assert ordered(page) == {"I2": 1}
        driver.app.window.go_back()
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert ordered(page) == {"I2": 2}

    driver.run(story())


def test_that_an_open_order_behind_another_screen_gets_the_scan(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        driver.app.open_area("settings")
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert driver.app.window.current == "order"
        assert ordered(page) == {"I2": 1}

    driver.run(story())


@pytest.mark.parametrize("row", [0, 1])
def test_that_an_order_left_for_the_main_screen_is_asked_about(driver: WindowDriver, row: int) -> None:
    async def story() -> None:
        page = await with_order(driver)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        driver.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
        assert driver.app.window.current == "main"
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        assert ordered(page) == {"I2": 1}, "nothing is added unasked"
        place = sheet.list.visualRect(sheet.model.index(row)).center()
        QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        await calm(driver)
        assert ordered(page) == {"I2": 1 if row else 2}
        assert driver.app.window.current == ("item" if row else "order")

    driver.run(story())


def test_that_an_order_that_has_ended_takes_no_scan(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_order(driver)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        driver.tap(page.cart.primary)
        await calm(driver)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert item_shown(driver)
        driver.app.window.show_page("main", root=True)
        page = await new_order(driver)
        driver.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert item_shown(driver), "an order without lines is not open"

    driver.run(story())


def test_that_space_still_presses_a_button_and_letters_still_search(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        driver.tile("customers").setFocus()
        driver.press(Qt.Key.Key_Space)
        await driver.until(lambda: driver.app.window.current == "customers")

    driver.run(story())


def test_that_nothing_is_scanned_on_the_logon_page(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.open()
        driver.logon.password.edit.setFocus()
        QTest.keyClicks(driver.logon.password.edit, "secret-123456")
        assert driver.logon.password.edit.text() == "secret-123456"
        driver.logon.user.edit.setFocus()
        driver.logon.user.edit.clear()
        QTest.keyClicks(driver.logon.user.edit, "rep-123456")
        await driver.settle()
        assert driver.logon.user.edit.text() == "rep-123456"

    driver.run(story())


def test_that_a_date_field_shows_keys_at_once_and_keeps_its_date_under_a_scan(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        driver.app.screens.open(NewTravel())
        await calm(driver)
        form = driver.app.window.page("new_travel")
        assert isinstance(form, TravelForm)
        before = form.day.date()
        form.day.setFocus()
        form.day.setSelectedSection(form.day.Section.DaySection)
        send(driver, f"{EAN_OF_I2}\r")
        await calm(driver)
        assert item_shown(driver)
        assert form.day.date() == before
        driver.app.window.go_back()
        form.day.setFocus()
        form.day.setSelectedSection(form.day.Section.DaySection)
        send(driver, "9", begin_ms=9_000)
        assert form.day.text().startswith("9"), "no field waits for what a key may turn out to be"

    driver.run(story())
