"""Shared by the tests of items: a company with pictures, prices and groups, and steps on its screens."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.views.items.form import ItemPage
from salesapp.views.items.page import ItemsPage
from salesapp.views.parts.text import Text
from tests.company import PICTURE, picture_row
from tests.gui.conftest import WindowDriver
from tests.numerators import numerator

NUMERATOR = numerator()


def fill(driver: WindowDriver) -> None:
    """Imports a company with every feature of items."""
    company = driver.gateway.connector.company
    forms = company["items.forms"]
    forms["I1"] |= {"name": "Żółty ser łagodny 500 g", "is_new": 1, "gross_weight_kg": 5_000, "description": "Cheese"}
    forms["I2"] |= {"name": "Oliwa z oliwek 1 l", "is_bestseller": 1, "ean": "5901234123457"}
    forms["I3"] |= {"name": "Woda 1,5 l"}
    forms["I4"] = forms["I3"] | {"code": "I4", "name": "Nie w sprzedaży", "is_active": 0}
    company["items.units"]["I1B"] |= {"ean": "5907777000012", "is_allowed": 1}
    company["items.group_links"]["L2"] = {"item": "I2", "item_group": "G1"}
    company["promotions.headers"]["P"] |= {
        "valid_from": "2020-01-01",
        "scales": [{"from": "10", "value": "5"}, {"from": "24", "value": "8"}],
    }
    company["auxiliary.documents"] = {
        "D1": {
            "type": "sales_order",
            "erp_number": "ZS/1/26",
            "customer": "C1",
            "issued_on": "2026-02-26",
            "currency": "PLN",
            "net": 0,
            "vat": 0,
            "gross": 0,
            "lines": [{"item": "I2", "unit": "pcs", "quantity": "24", "unit_price": "1", "net": "24"}],
        }
    }
    values = company["additional_information.attribute_values"]
    definitions = company["additional_information.attribute_definitions"]
    for kind, value in (
        ("url", "https://example.com/a.pdf"),
        ("decimal", "12.50"),
        ("date", "2026-03-01"),
        ("selection", "Poland"),
    ):
        definitions[kind] = definitions["COLOUR"] | {"code": kind, "name": f"A {kind}", "kind": kind, "position": 5}
        values[kind] = {"definition": kind, "owner_kind": "item", "owner": "I1", "value": value}
    second = picture_row("I1", PICTURE + b"of C2")
    company["attachments.images"]["M3"] = second | {"file_name": "second.png", "is_default": 0}
    driver.gateway.take()


async def with_items(driver: WindowDriver, width: int = 1280, height: int = 800) -> ItemsPage:
    fill(driver)
    await driver.begin("office", width, height)
    driver.tap(driver.tile("items"))
    await calm(driver)
    page = driver.app.window.page("items")
    assert isinstance(page, ItemsPage)
    return page


async def calm(driver: WindowDriver) -> None:
    await driver.until(lambda: not driver.app._tasks)
    await driver.settle()
    await driver.until(lambda: not driver.app._tasks)


def names(page: ItemsPage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def shown(page: ItemPage) -> set[str]:
    return {label.text() for label in page.findChildren(Text) if label.isVisibleTo(page)}


async def open_item(driver: WindowDriver, page: ItemsPage, name: str) -> ItemPage:
    index = page.model.index(names(page).index(name), 0)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(index).center())
    await calm(driver)
    form = driver.app.window.page("item")
    assert isinstance(form, ItemPage)
    assert driver.app.window.current == "item"
    return form
