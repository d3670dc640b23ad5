"""Checking stock from an item's form: answered, offline, refused; and an order that begins with the item."""

import asyncio
from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp import clock
from salesapp.models.items import Role
from salesapp.store.folders import DataFolder
from salesapp.sync.session import Place, end_session
from salesapp.views.formats import FIXED
from salesapp.views.items.form import ItemPage, PicturePanel
from salesapp.views.items.page import ItemsPage
from salesapp.views.items.presenter import ItemPresenter
from salesapp.views.order.line_sheet import LineSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.requests import OpenItem, OpenItems
from tests.company import PICTURE, picture_row
from tests.gui.among_items import calm, names, open_item, shown, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import new_order
from tests.gui.test_widgets import Tour
from tests.services.account_stores import key_of

OFFLINE = "Offline: the gateway is not reached. Stock can be checked as soon as the network is back."
CHEESE = "Żółty ser łagodny 500 g"


async def with_form(driver: WindowDriver, width: int = 1280, height: int = 800) -> tuple[ItemsPage, ItemPage]:
    page = await with_items(driver, width, height)
    form = await open_item(driver, page, CHEESE)
    await driver.until(form.check.isEnabled)
    return page, form


def change(driver: WindowDriver, quantity: int) -> None:
    for row in ("I1-W1", "I1-W2"):
        driver.gateway.connector.company["items.resources"][row] |= {"quantity": quantity}
    driver.gateway.take()


async def check(driver: WindowDriver, form: ItemPage) -> None:
    driver.tap(form.check)
    await calm(driver)


def test_that_checked_stock_is_shown_until_a_sync_brings_newer(driver: WindowDriver) -> None:
    async def day() -> None:
        page, form = await with_form(driver)
        assert not any(text.startswith("checked") for text in shown(form))
        change(driver, 70_000)
        await check(driver, form)
        told = shown(form)
        assert "7\N{NO-BREAK SPACE}pcs" in told, "in the one warehouse of the profile"
        assert any(text.startswith("checked ") and text[-3] == ":" for text in told)
        assert form.check.accessibleName() == "Check stock now"
        driver.app.window.go_back()
        assert page.model.index(2, 0).data(Role.ROW).stock == 7, "the list knows it too"
        form = await open_item(driver, page, CHEESE)
        assert "7\N{NO-BREAK SPACE}pcs" in shown(form)
        change(driver, 90_000)
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        assert "9\N{NO-BREAK SPACE}pcs" in shown(form)
        assert not any(text.startswith("checked") for text in shown(form))

    driver.run(day())


def test_that_the_filter_in_stock_uses_checked_stock(driver: WindowDriver) -> None:
    async def day() -> None:
        page, form = await with_form(driver)
        driver.app.window.go_back()
        driver.tap(page.chips.chips["in_stock"])
        await calm(driver)
        assert CHEESE in names(page)
        others = [name for name in names(page) if name != CHEESE]
        for quantity, expected in ((0, others), (20_000, [*others, CHEESE])):
            change(driver, quantity)
            assert form.key is not None
            driver.app.screens.open(OpenItem(form.key))
            await driver.until(form.check.isEnabled)
            await check(driver, form)
            driver.app.window.go_back()
            await calm(driver)
            assert names(page) == expected

    driver.run(day())


def test_that_stock_can_be_checked_while_a_sync_runs(driver: WindowDriver) -> None:
    async def day() -> None:
        _page, form = await with_form(driver)
        change(driver, 70_000)
        driver.gateway.restart("items.prices=slow")
        prices = driver.gateway.connector.company["items.prices"]
        prices["I1-RETAIL"] |= {"value": 110_000}
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        await driver.until(
            lambda: driver.app.runner.progress is not None and driver.app.runner.progress.stage == "fetching"
        )
        driver.tap(form.check)
        await driver.until(lambda: form.check.accessibleName() == "Checking stock")
        assert not form.check.isEnabled()
        await driver.until(lambda: any(text.startswith("checked ") for text in shown(form)))
        assert driver.app.runner.is_running, "the sync went on meanwhile"
        assert await driver.verdict() == "ok"

    driver.run(day())


def test_that_offline_the_button_is_disabled_with_a_reason_and_returns(driver: WindowDriver) -> None:
    async def day() -> None:
        page, form = await with_form(driver)
        driver.gateway.stop()
        driver.app.window.go_back()
        form = await open_item(driver, page, CHEESE)
        await driver.until(lambda: not form.check.isEnabled())
        offline = OFFLINE
        assert offline in shown(form)
        assert form.check.toolTip() == offline
        assert form.primary.isEnabled(), "an order needs no network"
        tour = Tour(driver)
        await tour.look("item, offline")
        tour.end()
        driver.gateway.start()
        driver.app.screens.presenter(ItemPresenter)._probing.timeout.emit()  # the next check
        await driver.until(form.check.isEnabled)
        assert offline not in shown(form)

    driver.run(day())


def test_that_a_failed_check_shows_a_remedy_and_keeps_the_former_stock(driver: WindowDriver) -> None:
    async def day() -> None:
        page, form = await with_form(driver)
        driver.gateway.stop()
        await check(driver, form)
        assert any(text == OFFLINE for text in shown(form))
        assert not form.check.isEnabled()
        assert "1\N{NO-BREAK SPACE}pcs" in shown(form)
        driver.gateway.start()
        root, key_file = driver.tablet.root, driver.tablet.key_file
        await asyncio.to_thread(end_session, Place(root, key_file))
        driver.app.screens.presenter(ItemPresenter)._probing.timeout.emit()
        await driver.until(form.check.isEnabled)
        await check(driver, form)
        ended = next(text for text in shown(form) if "session with the gateway has ended" in text)
        assert "Log out in Settings, then log on again." in ended, "what it leads to is there: Settings has Log out"
        assert DataFolder(root).last() is not None
        other = await open_other(driver, page)
        assert not any("session with the gateway" in text for text in shown(other)), "it was said of another item"

    driver.run(day())


async def open_other(driver: WindowDriver, page: ItemsPage) -> ItemPage:
    driver.app.window.go_back()
    return await open_item(driver, page, "Woda 1,5 l")


def test_that_an_item_missing_at_the_gateway_is_reported(driver: WindowDriver) -> None:
    async def day() -> None:
        page, _form = await with_form(driver)
        form = await open_other(driver, page)
        company = driver.gateway.connector.company
        for key in ("items.forms", "items.prices"):
            for row in [row for row in company[key] if row.startswith("I3")]:
                del company[key][row]
        driver.gateway.take()
        await check(driver, form)
        assert any("does not have this item any more" in text and "Synchronize" in text for text in shown(form))

    driver.run(day())


def test_that_an_order_from_the_form_begins_with_the_item_once_a_customer_is_chosen(driver: WindowDriver) -> None:
    async def day() -> None:
        _page, form = await with_form(driver)
        key = form.key
        driver.tap(form.primary)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        assert sheet.accessibleName() or sheet.model.rowCount() == 2
        sheet.search.edit.setText("first")
        sheet.list.setCurrentIndex(sheet.model.index(0, 0))
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
        await driver.until(lambda: driver.app.window.current == "order")
        await calm(driver)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert order.order.cart.customer_name == "First"
        assert [(line.item, str(line.quantity)) for line in order.order.cart.lines] == [(key, "1")]
        row = order.items.row_of(key or 0)
        assert order.list.currentIndex().row() == row >= 0
        assert order.order.record, "it is a draft on the disk"

    driver.run(day())


def test_that_an_order_from_the_form_is_for_the_customer_whose_prices_are_shown(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        customer = key_of(driver.app.workplace.stores, "customers.customers", "C1")
        driver.app.screens.open(OpenItems(customer))
        form = await open_item(driver, page, CHEESE)
        driver.tap(form.primary)
        await driver.until(lambda: driver.app.window.current == "order")
        await calm(driver)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert (order.order.cart.customer, len(order.order.cart.lines)) == (customer, 1)

    driver.run(day())


def test_that_each_warehouse_shows_its_own_time_of_count_if_it_differs(driver: WindowDriver) -> None:
    async def day() -> None:
        now = clock.now()
        resources = driver.gateway.connector.company["items.resources"]
        profile = driver.gateway.connector.company["auxiliary.profiles"]["field"]
        profile["warehouses"] = ["W1", "W2"]
        for row, hours in (("I1-W1", 2), ("I1-W2", 7)):
            resources[row] |= {"as_of": f"{now - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"}
        _page, form = await with_form(driver)
        assert {f"ERP: 2{FIXED}h{FIXED}old", f"ERP: 7{FIXED}h{FIXED}old", "Main", "Second"} <= shown(form)
        await check(driver, form)
        assert {f"ERP: 2{FIXED}h{FIXED}old", f"ERP: 7{FIXED}h{FIXED}old"} <= shown(form), (
            "a check tells the ERP's own time too"
        )

    driver.run(day())


def test_that_every_picture_of_an_item_can_be_reached(driver: WindowDriver) -> None:
    async def day() -> None:
        images = driver.gateway.connector.company["attachments.images"]
        for number in range(6):
            content = PICTURE + bytes([number])
            row = picture_row("I1", content) | {"file_name": f"{number}.png", "is_default": 0}
            images[f"P{number}"] = row
            driver.gateway.connector.pictures[row["sha256"]] = content
        page, form = await with_form(driver)
        panel = form.findChild(PicturePanel)
        assert panel is not None
        assert len(panel.thumbnails) == 8
        for button in panel.thumbnails:
            assert button.geometry().right() < panel.width(), "none is cut off"
        driver.tap(panel.thumbnails[7])
        assert panel.thumbnails[7].isChecked()
        tour = Tour(driver)
        await tour.look("item with many pictures")
        tour.end()
        assert page.model.rowCount()

    driver.run(day())


def test_that_stock_can_be_checked_from_a_line_of_an_order(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.begin("rep1")
        page = await new_order(driver)
        item = page.items.row(0).item
        page.quantity_chosen.emit(0, Decimal(3))
        await calm(driver)
        assert [problem.code for problem in page.order.problems] == ["stock.not_enough"]
        page.line_requested.emit(page.order.cart.lines[0].id)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, LineSheet)
        assert sheet.stock.text.text() == "Can be sold: 1\N{NO-BREAK SPACE}pcs"
        change(driver, 50_000)
        driver.tap(sheet.stock.check)
        await driver.until(lambda: "checked" in sheet.stock.text.text())
        await calm(driver)
        assert sheet.stock.text.text().startswith("Can be sold: 5\N{NO-BREAK SPACE}pcs")
        assert page.order.problems == (), "five are enough for three"
        assert page.order.cart.line_of(item) is not None
        driver.gateway.stop()
        driver.tap(sheet.stock.check)
        await driver.until(lambda: "Offline" in sheet.stock.text.text())
        assert "5\N{NO-BREAK SPACE}pcs" in sheet.stock.text.text()
        tour = Tour(driver)
        await tour.look("line, stock")
        tour.end()

    driver.run(day())
