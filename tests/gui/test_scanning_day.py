"""A day's work with a scanner: from the logon to an order in the ERP, with keys only where a representative types."""

from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from salesapp.views.customers.card import CustomerPage
from salesapp.views.customers.page import CustomersPage
from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.grid import GridSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.signature import SignatureSheet
from tests.gui.conftest import WindowDriver
from tests.gui.test_order_undo import calm
from tests.gui.test_scanning_everywhere import item_shown
from tests.gui.test_scanning_orders import EAN_OF_I2, send

BOX, SCALES, EAN_OF_I3 = "5900000000123", "2700123012505", "5900000000003"
"""A box of I1, 1.250 kg of I4 from the scales, a bottle of I3."""


def take_company(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    for profile in company["auxiliary.profiles"].values():
        profile |= {"barcode_patterns": ["27PPPPPWWWWWC"], "maximum_quantity": 100 * 10_000}
    forms, prices = company["items.forms"], company["items.prices"]
    company["items.units"]["I1B"] |= {"ean": BOX, "is_allowed": 1}
    forms["I3"] |= {"ean": EAN_OF_I3}
    company["directories.units"]["KG"] = company["directories.units"]["PCS"] | {"code": "kg", "decimals": 3}
    sold_by_weight = {"code": "I4", "name": "Ham", "ean": "2700123000007", "base_unit": "KG", "sales_unit": "KG"}
    forms["I4"] = forms["I3"] | sold_by_weight
    of_i2 = next(price for price in prices.values() if price.get("item") == "I2")
    prices["I4"] = of_i2 | {"item": "I4", "unit": None}
    driver.gateway.take()


async def scan(driver: WindowDriver, keys: str) -> None:
    send(driver, keys)
    await calm(driver)


async def order_of_first_customer(driver: WindowDriver) -> OrderPage:
    """Opens the first customer's card from the main screen, and begins an order."""
    driver.tap(driver.tile("customers"))
    await calm(driver)
    listed = driver.app.window.page("customers")
    assert isinstance(listed, CustomersPage)
    place = listed.list.visualRect(listed.model.index(0, 0)).center()
    QTest.mouseClick(listed.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await calm(driver)
    card = driver.app.window.page("customer")
    assert isinstance(card, CustomerPage)
    driver.tap(card.primary)
    await calm(driver)
    page = driver.app.window.page("order")
    assert isinstance(page, OrderPage)
    return page


def ordered(page: OrderPage) -> "Ordered":
    known = page.order.order
    assert known is not None
    return [(known.codes[line.item], known.units[line.unit], line.quantity) for line in page.order.cart.lines]


async def type_quantity(driver: WindowDriver, page: OrderPage, digits: str) -> None:
    """Types digits slower than a scanner, into the row of what was scanned last."""
    for digit in digits:
        QTest.keyClick(driver.app.window.focusWidget() or page.list, Qt.Key(ord(digit)))
        await driver.until(lambda: page.list.delegate.typing is not None)
        await calm(driver)


async def sign(driver: WindowDriver, page: OrderPage, name: str) -> None:
    driver.tap(page.cart.sign)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, SignatureSheet)
    QTest.mousePress(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 120))
    QTest.mouseMove(sheet.canvas, QPoint(200, 60))
    QTest.mouseRelease(sheet.canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    sheet.name.edit.setText(name)
    await scan(driver, f"{EAN_OF_I2}\r")
    assert driver.app.window.open_sheet() is sheet, "a stray scan neither signs nor changes what is signed"
    assert sheet.name.edit.text() == name
    driver.tap(sheet.accept)
    await driver.until(lambda: bool(page.order.cart.signature_sha256) and not driver.app._tasks)


Ordered = list[tuple[str, str, Decimal]]


async def scan_the_shelf(driver: WindowDriver, page: OrderPage) -> Ordered:
    """Scans what is missing on a shelf, with whatever a scanner may send around a code; returns what is ordered."""
    await scan(driver, f"{EAN_OF_I2}\r")
    await scan(driver, f"{EAN_OF_I2}\t")
    await scan(driver, f"\x02{BOX}\r\n")
    await type_quantity(driver, page, "3")
    await scan(driver, SCALES)
    await scan(driver, f"]C101{EAN_OF_I3.zfill(14)}10LOT7\x1d3012\r")
    right = [("I2", "pcs", Decimal(2)), ("I1", "box", Decimal(3)), ("I4", "kg", Decimal("1.250"))]
    assert ordered(page) == [*right, ("I3", "pcs", Decimal(12))]
    await scan(driver, "5900000009990\r")
    assert page.message.isVisible()
    assert ordered(page) == [*right, ("I3", "pcs", Decimal(12))], "an unknown code is told, and nothing else"
    await scan(driver, f"{EAN_OF_I3}\r")
    assert not page.message.isVisible()
    return [*right, ("I3", "pcs", Decimal(13))]


async def correct_in_the_grid(driver: WindowDriver, page: OrderPage) -> None:
    """Scans I2 into the grid entry and types its quantity, 5."""
    driver.tap(page.chips.chips["grid"])
    grid = driver.app.window.open_sheet()
    assert isinstance(grid, GridSheet)
    await scan(driver, f"{EAN_OF_I2}\r")
    QTest.keyClick(grid.quantity.edit, Qt.Key.Key_5)
    QTest.keyClick(grid.quantity.edit, Qt.Key.Key_Return)
    await calm(driver)
    grid.close_sheet()


async def confirm(driver: WindowDriver, page: OrderPage) -> None:
    driver.tap(page.cart.primary)
    await calm(driver)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, WarningSheet), "there is not so much in stock"
    await scan(driver, f"{EAN_OF_I2}\r")
    assert driver.app.window.open_sheet() is sheet, "a scan answers no question"
    driver.tap(sheet.yes)
    await calm(driver)
    assert driver.app.window.current == "document"


def test_that_a_day_with_a_scanner_ends_with_the_right_order_in_the_erp(driver: WindowDriver) -> None:
    take_company(driver)

    async def story() -> None:
        await driver.open()
        await driver.log_on("rep1")
        assert await driver.synchronize() == "ok"
        driver.app.window.show_page("main", root=True)
        await scan(driver, f"]E0{EAN_OF_I2}\r")
        assert item_shown(driver), "what a customer asks about at the door"
        driver.app.window.show_page("main", root=True)
        page = await order_of_first_customer(driver)
        right = await scan_the_shelf(driver, page)
        await correct_in_the_grid(driver, page)
        right[0] = ("I2", "pcs", Decimal(5))
        assert ordered(page) == right
        await sign(driver, page, "Anna Nowak")
        assert ordered(page) == right
        await confirm(driver, page)
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        (document,) = [one.payload for one in driver.gateway.connector.delivered if one.kind == "document"]
        sent = [Decimal(line["quantity"]) for line in document["lines"] if not line.get("is_free")]
        assert sent == [quantity for _code, _unit, quantity in right]
        assert document["signed_by"] == "Anna Nowak"

    driver.run(story())
