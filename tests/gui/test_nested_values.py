"""Rows whose nested values are of wrong shapes, in the window: each screen opens and shows the rest of the row."""

from typing import Any

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Kind
from salesapp.views.parts.text import Text
from tests.gui.conftest import WindowDriver

AREAS = ("items", "customers", "documents", "appointments", "promotions", "travel", "reports", "work")
WRONG = [
    None,
    7,
    "C1",
    {"kind": ["main"], "item": {}, "name": 5, "from": "x", "answers": [1], "questions": {"a": 1}, "is_default": "yes"},
]


async def look(driver: WindowDriver, name: str, **what: Any) -> None:
    driver.app.screens.open(name, **what)
    await driver.until(lambda: not driver.app._tasks)
    await driver.settle()
    assert driver.app.window.open_sheet() is None, f"{name} made a mistake"
    assert not driver.app.window.message.isVisible(), driver.app.window.message.accessibleName()


def test_that_every_screen_opens_whatever_an_erp_nests(driver: WindowDriver) -> None:
    async def day() -> None:
        company = driver.gateway.connector.company
        for entry in CATALOGUE.all:
            nested = {field.name: WRONG for field in entry.fields if field.kind is Kind.JSON}
            for row in company.get(entry.key, {}).values():
                row.update(nested)
        driver.gateway.take()
        await driver.begin()
        for area in AREAS:
            await look(driver, area)
            driver.app.window.show_page("main", root=True)
        await look(driver, "customer", key=1)
        assert "First" in {label.text() for label in driver.app.window.findChildren(Text)}
        await look(driver, "edit_customer", key=1)
        await look(driver, "item", key=1)
        await look(driver, "appointment", key=1)
        await look(driver, "plan_appointment", customer=1, new_customer="")
        await look(driver, "document", key=1)
        await look(driver, "order", customer=1, item=1)

    driver.run(day())
