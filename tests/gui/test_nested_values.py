"""Rows with nested values of wrong shapes in the window: each screen opens and shows the rest of the row."""

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Kind
from salesapp.gateway import intake
from salesapp.views.parts.text import Text
from salesapp.views.requests import (
    AREAS,
    EditCustomer,
    NewOrder,
    OpenAppointment,
    OpenCustomer,
    OpenDocument,
    OpenItem,
    PlanAppointment,
    Request,
)
from tests.gui.conftest import WindowDriver

WRONG = [
    None,
    7,
    "C1",
    {"kind": ["main"], "item": {}, "name": 5, "from": "x", "answers": [1], "questions": {"a": 1}, "is_default": "yes"},
]


async def look(driver: WindowDriver, request: Request) -> None:
    driver.app.screens.open(request)
    await driver.until(lambda: not driver.app._tasks)
    await driver.settle()
    assert driver.app.window.open_sheet() is None, f"{request} made a mistake"
    assert not driver.app.window.message.isVisible(), driver.app.window.message.accessibleName()


def test_that_every_screen_opens_with_malformed_nested_values(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of rows that were taken by a gateway that did not check nested values yet."""
    monkeypatch.setattr(intake, "_faulty", lambda _checks, _row: None)

    async def day() -> None:
        company = driver.gateway.connector.company
        for entry in CATALOGUE.all:
            nested = {field.name: WRONG for field in entry.fields if field.kind is Kind.JSON}
            for row in company.get(entry.key, {}).values():
                row.update(nested)
        driver.gateway.take()
        await driver.begin()
        for request in AREAS.values():
            await look(driver, request)
            driver.app.window.show_page("main", root=True)
        await look(driver, OpenCustomer(1))
        assert "First" in {label.text() for label in driver.app.window.findChildren(Text)}
        await look(driver, EditCustomer(1))
        await look(driver, OpenItem(1))
        await look(driver, OpenAppointment(1))
        await look(driver, PlanAppointment(1))
        await look(driver, OpenDocument(key=1))
        await look(driver, NewOrder(1, item=1))

    driver.run(day())
