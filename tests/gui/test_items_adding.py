"""Adding items to an order from the list of items."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.protocol.records import Document
from salesapp.services.adding import draft_for
from salesapp.store import records
from salesapp.views.formats import FIXED
from salesapp.views.items.delegates import CardDelegate
from salesapp.views.items.page import ItemsPage
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.requests import OpenItems, OpenOrder
from tests.gui.among_items import calm, names, with_items
from tests.gui.conftest import WindowDriver
from tests.services.account_stores import key_of


def tap_plus(page: ItemsPage, name: str) -> None:
    place = page.tiles.visualRect(page.model.index(names(page).index(name), 0))
    QTest.mouseClick(page.tiles.viewport(), Qt.MouseButton.LeftButton, pos=CardDelegate.plus(place).center())


def carts(driver: WindowDriver) -> list[tuple[int | None, list[tuple[str, str]]]]:
    """Returns, per draft of an order, the customer, and quantity and name of each line."""
    with driver.app.workplace.stores.work.read() as connection:
        found = [entry for entry in records.find_all(connection, Document) if entry.state == "draft"]
    return [(one.payload.customer, [(line.quantity, line.item_name) for line in one.payload.lines]) for one in found]


def test_that_the_plus_of_a_tile_adds_the_item_to_the_order_of_the_customer_whose_prices_are_shown(
    driver: WindowDriver,
) -> None:
    async def day() -> None:
        page = await with_items(driver)
        customer = key_of(driver.app.workplace.stores, "customers.customers", "C1")
        driver.app.screens.open(OpenItems(customer))
        driver.tap(page.view_button)
        await calm(driver)
        oil, water = "Oliwa z oliwek 1 l", "Woda 1,5 l"
        assert CardDelegate.plus(page.tiles.visualRect(page.model.index(0, 0))).size().toTuple() == (48, 48)
        tap_plus(page, oil)
        await calm(driver)
        assert driver.app.window.current == "items", "the plus does not open the item"
        message = driver.app.window.message
        assert message.accessibleName() == f"Began a new order for First {oil}: 1{FIXED}pcs"
        assert carts(driver) == [(customer, [("1", oil)])]
        tap_plus(page, oil)
        tap_plus(page, water)
        await calm(driver)
        assert message.accessibleName() == f"Added to the new order for First {water}: 1{FIXED}pcs"
        assert carts(driver) == [(customer, [("2", oil), ("1", water)])]
        page.tiles.setFocus()
        page.tiles.setCurrentIndex(page.model.index(names(page).index(water), 0))
        driver.press(Qt.Key.Key_Plus)  # the key is delayed for a moment: it might be a scanner
        await driver.until(lambda: carts(driver) == [(customer, [("2", oil), ("2", water)])])
        await calm(driver)
        driver.tap(page.view_button)
        page.rows.setFocus()
        page.rows.setCurrentIndex(page.model.index(names(page).index(oil), 0))
        driver.press(Qt.Key.Key_Plus)
        await driver.until(lambda: carts(driver) == [(customer, [("3", oil), ("2", water)])])
        await calm(driver)
        driver.tap(message.action)
        await calm(driver)
        assert driver.app.window.current == "order"
        assert not message.isVisible()

    driver.run(day())


def test_that_an_addition_by_plus_can_be_undone_and_is_in_an_open_order_at_once(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        customer = key_of(driver.app.workplace.stores, "customers.customers", "C1")
        driver.app.screens.open(OpenItems(customer))
        page.rows.setCurrentIndex(page.model.index(1, 0))
        driver.press(Qt.Key.Key_Plus)
        await driver.until(lambda: carts(driver) == [(customer, [("1", "Woda 1,5 l")])])
        await calm(driver)
        driver.press(Qt.Key.Key_Plus)
        await driver.until(lambda: carts(driver) == [(customer, [("2", "Woda 1,5 l")])])
        await calm(driver)
        driver.app.window.show_page("main", root=True)
        driver.app.screens.open(OpenOrder(draft_for(driver.app.workplace.stores, customer)))
        await calm(driver)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        order.order.undo()
        await calm(driver)
        assert carts(driver) == [(customer, [("1", "Woda 1,5 l")])], "it can be taken back like any other change"
        driver.app.screens.open(OpenItems())
        driver.press(Qt.Key.Key_Plus)
        await driver.until(lambda: carts(driver) == [(customer, [("2", "Woda 1,5 l")])])
        await calm(driver)
        driver.app.window.go_back()
        assert driver.app.window.current == "order"
        assert [line.quantity for line in order.order.cart.lines] == [2], "an open order shows it at once"

    driver.run(day())


def test_that_the_plus_asks_for_the_customer_if_none_is_chosen(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver, 800, 1280)
        driver.tap(page.view_button)
        await calm(driver)
        tap_plus(page, "Woda 1,5 l")
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        sheet.list.opened.emit(0)
        await calm(driver)
        assert driver.app.window.current == "order"
        assert [line for _customer, lines in carts(driver) for line in lines] == [("1", "Woda 1,5 l")]

    driver.run(day())


def test_that_items_do_not_move_while_a_message_comes_and_goes(driver: WindowDriver) -> None:
    async def day() -> None:
        forms = driver.gateway.connector.company["items.forms"]
        for number in range(60):
            forms[f"X{number}"] = forms["I1"] | {"code": f"X{number}", "name": f"Item {number:03d}"}
        page = await with_items(driver)
        driver.tap(page.view_button)
        await calm(driver)
        place = page.model.index(12, 0)
        before = page.tiles.viewport().mapToGlobal(page.tiles.visualRect(place).topLeft())
        driver.app.screens.explain_scanning()
        await calm(driver)
        assert page.tiles.viewport().mapToGlobal(page.tiles.visualRect(place).topLeft()) == before
        driver.tap(driver.app.window.message.action)
        await calm(driver)
        assert page.tiles.viewport().mapToGlobal(page.tiles.visualRect(place).topLeft()) == before

    driver.run(day())
