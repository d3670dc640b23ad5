"""Every item model of the window keeps Qt's contract through a day, and one that is added tomorrow has to as well."""

import pkgutil
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

import salesapp.models
import salesapp.views
from salesapp.models.counted import CountedModel
from salesapp.models.paged import PagedModel
from salesapp.views.reports.page import ReportsPage
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import Desk
from tests.gui.test_order import new_order, tap_part
from tests.gui.test_states import spoil_groups
from tests.gui.test_travel import form, idle, travel
from tests.gui.visiting import calendar, started, take_company


def every_model() -> set[type[QAbstractItemModel]]:
    for package in (salesapp.models, salesapp.views):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)

    def below(kind: type[QAbstractItemModel]) -> Iterator[type[QAbstractItemModel]]:
        for found in kind.__subclasses__():
            yield found
            yield from below(found)

    found = {kind for kind in below(QAbstractItemModel) if kind.__module__.startswith("salesapp.")}
    return found - {CountedModel, PagedModel}


@pytest.fixture
def rows_of(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """A tester for each model that is made; the most rows that a kind of model has had."""
    most: Counter[str] = Counter()

    def watch(kind: type[QAbstractItemModel]) -> None:
        make = kind.__init__

        def made(self: QAbstractItemModel, *args: Any, **named: Any) -> None:
            make(self, *args, **named)
            if type(self) is not kind:
                return
            QAbstractItemModelTester(self, QAbstractItemModelTester.FailureReportingMode.Warning, self)

            def note(*_: object) -> None:
                most[kind.__name__] = max(most[kind.__name__], self.rowCount())

            for signal in (self.modelReset, self.rowsInserted, self.dataChanged):
                signal.connect(note)
            note()

        monkeypatch.setattr(kind, "__init__", made)

    for kind in every_model():
        watch(kind)
    return most


async def lists(desk: Desk) -> None:
    """Items, customers, promotions, the calendar's lists, a customer's card."""
    desk.tap(desk.tile("items"))
    await idle(desk)
    desk.app.window.page("items").search.edit.setText("item")  # type: ignore[union-attr]
    await idle(desk)
    for area in ("customers", "promotions"):
        desk.app.window.show_page("main", root=True)
        desk.tap(desk.tile(area))
        await idle(desk)
    page = await calendar(desk)
    for name in ("scheduled", "completed", "calendar"):
        desk.tap(page.chips.chips[name])
        await idle(desk)
    desk.app.screens.open("customer", key=1)
    await idle(desk)


async def orders(desk: Desk) -> None:
    """An order, confirmed; the report that counts it; another one that asks for its customer."""
    order = await new_order(desk)
    for row in (0, 1, 0):
        await tap_part(desk, order, row, "plus")
    order.search.edit.setText("i1")
    await idle(desk)
    order.search.edit.clear()
    await order.order.confirm()
    desk.app.window.show_page("main", root=True)
    desk.app.screens.open("reports")
    await idle(desk)
    report = desk.app.window.page("reports")
    assert isinstance(report, ReportsPage)
    desk.tap(report.ranked.head)
    await idle(desk)
    desk.app.window.show_page("main", root=True)
    desk.app.screens.open("order", customer=None)
    await idle(desk)


async def own_work(desk: Desk) -> None:
    """A travel entry, and the lists of what was made here."""
    desk.app.window.show_page("main", root=True)
    desk.tap((await travel(desk)).new)
    entry = await form(desk)
    entry.started.edit.setText("48300")
    entry.ended.edit.setText("48310")
    entry.departure.edit.setText("Gdynia")
    desk.tap(entry.save)
    await idle(desk)
    for area in ("work", "documents"):
        desk.app.window.show_page("main", root=True)
        desk.app.screens.open(area)
        await idle(desk)
        listed = desk.app.window.page(area)
        assert isinstance(listed, WorkPage)
        listed.choose("draft")
        listed.choose("all")


def test_that_every_model_keeps_qts_contract_through_a_day(desk: Desk, rows_of: Counter[str]) -> None:
    async def day() -> None:
        take_company(desk)
        await started(desk)
        await lists(desk)
        await orders(desk)
        await own_work(desk)
        desk.app.window.show_page("main", root=True)
        spoil_groups(desk)
        assert await desk.synchronize() == "failed"
        await idle(desk)

    desk.run(day())
    names = {kind.__name__ for kind in every_model()}
    assert names - {name for name, most in rows_of.items() if most} == set(), "models that no list has filled"
