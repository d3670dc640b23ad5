"""Rows whose nested values are of wrong shapes, in the window: each screen opens and shows the rest of the row."""

from typing import Any

from salesapp.domain.catalogue import CATALOGUE
from salesapp.domain.schema import Kind
from salesapp.views.parts.text import Text
from tests.gui.conftest import Desk

AREAS = ("items", "customers", "documents", "appointments", "promotions", "travel", "reports", "work")
WRONG = [
    None,
    7,
    "C1",
    {"kind": ["main"], "item": {}, "name": 5, "from": "x", "answers": [1], "questions": {"a": 1}, "is_default": "yes"},
]


async def look(desk: Desk, name: str, **what: Any) -> None:
    desk.app.screens.open(name, **what)
    await desk.until(lambda: not desk.app._tasks)
    await desk.settle()
    assert desk.app.window.open_sheet() is None, f"{name} made a mistake"
    assert not desk.app.window.message.isVisible(), desk.app.window.message.accessibleName()


def test_that_every_screen_opens_whatever_an_erp_nests(desk: Desk) -> None:
    async def day() -> None:
        company = desk.gateway.connector.company
        for entry in CATALOGUE.all:
            nested = {field.name: WRONG for field in entry.fields if field.kind is Kind.JSON}
            for row in company.get(entry.key, {}).values():
                row.update(nested)
        desk.gateway.take()
        await desk.begin()
        for area in AREAS:
            await look(desk, area)
            desk.app.window.show_page("main", root=True)
        await look(desk, "customer", key=1)
        assert "First" in {label.text() for label in desk.app.window.findChildren(Text)}
        await look(desk, "edit_customer", key=1)
        await look(desk, "item", key=1)
        await look(desk, "appointment", key=1)
        await look(desk, "plan_appointment", customer=1, new_customer="")
        await look(desk, "document", key=1)
        await look(desk, "order", customer=1, item=1)

    desk.run(day())
