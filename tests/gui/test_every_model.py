"""Every item model of the window, future ones included, keeps Qt's contract through a day."""

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
from salesapp.views.requests import AREAS, NewOrder, OpenCustomer, OpenReports
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import new_order, tap_part
from tests.gui.test_states import falsify_groups
from tests.gui.test_travel import describe, form, idle, travel
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
    """Attaches a tester to each new model; counts the most rows of each kind of model."""
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


async def lists(driver: WindowDriver) -> None:
    """Opens items, customers, promotions, the calendar's lists, a customer's card."""
    driver.tap(driver.tile("items"))
    await idle(driver)
    driver.app.window.page("items").search.edit.setText("item")  # type: ignore[union-attr]
    await idle(driver)
    for area in ("customers", "promotions"):
        driver.app.window.show_page("main", root=True)
        driver.tap(driver.tile(area))
        await idle(driver)
    page = await calendar(driver)
    for name in ("scheduled", "completed", "calendar"):
        driver.tap(page.chips.chips[name])
        await idle(driver)
    driver.app.screens.open(OpenCustomer(1))
    await idle(driver)


async def orders(driver: WindowDriver) -> None:
    """Confirms an order, opens a report, and starts another order that asks for its customer."""
    order = await new_order(driver)
    for row in (0, 1, 0):
        await tap_part(driver, order, row, "plus")
    order.search.edit.setText("i1")
    await idle(driver)
    order.search.edit.clear()
    await order.order.confirm()
    driver.app.window.show_page("main", root=True)
    driver.app.screens.open(OpenReports())
    await idle(driver)
    report = driver.app.window.page("reports")
    assert isinstance(report, ReportsPage)
    driver.tap(report.ranked.head)
    await idle(driver)
    driver.app.window.show_page("main", root=True)
    driver.app.screens.open(NewOrder(None))
    await idle(driver)


async def own_work(driver: WindowDriver) -> None:
    """Adds a travel entry, and opens the lists of own work."""
    driver.app.window.show_page("main", root=True)
    driver.tap((await travel(driver)).new)
    entry = await form(driver)
    entry.started.edit.setText("48300")
    entry.ended.edit.setText("48310")
    describe(entry)
    driver.tap(entry.save)
    await idle(driver)
    for area in ("work", "documents"):
        driver.app.window.show_page("main", root=True)
        driver.app.screens.open(AREAS[area])
        await idle(driver)
        listed = driver.app.window.page(area)
        assert isinstance(listed, WorkPage)
        listed.choose("draft")
        listed.choose("all")


def test_that_every_model_keeps_qts_contract_through_a_day(driver: WindowDriver, rows_of: Counter[str]) -> None:
    async def day() -> None:
        take_company(driver)
        await started(driver)
        await lists(driver)
        await orders(driver)
        await own_work(driver)
        driver.app.window.show_page("main", root=True)
        falsify_groups(driver)
        assert await driver.synchronize() == "failed"
        await idle(driver)

    driver.run(day())
    names = {kind.__name__ for kind in every_model()}
    assert names - {name for name, most in rows_of.items() if most} == set(), "models that no list has filled"
