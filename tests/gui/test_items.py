"""Items: search by words, groups, filters and scanner; prices for a customer; one item with all details."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.models.items import ItemsModel, Role
from salesapp.protocol.records import Document, DocumentLine
from salesapp.services import documents
from salesapp.store import items as items_store
from salesapp.views.items import labels
from salesapp.views.items.delegates import MOST_FLAGS
from salesapp.views.items.form import ItemPage, PicturePanel
from salesapp.views.items.tree import GroupSheet
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.zoom import ZoomSheet
from salesapp.views.prices.price_sheet import PriceSheet
from salesapp.views.requests import OpenItem, OpenItems
from tests.gui.among_items import NUMERATOR, calm, names, open_item, shown, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour
from tests.services.account_stores import key_of


def test_that_the_list_shows_active_items_with_price_stock_and_flags(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        assert names(page) == ["Oliwa z oliwek 1 l", "Woda 1,5 l", "Żółty ser łagodny 500 g"]
        await driver.until(lambda: page.model.index(2, 0).data(Role.TAG) is not None)
        row, tag = page.model.index(2, 0).data(Role.ROW), page.model.index(2, 0).data(Role.TAG)
        assert (row.code, row.stock, row.flags) == ("I1", 1, ("is_new",))
        assert (tag.value, tag.currency, tag.unit, tag.has_promotion) == (10, "PLN", "pcs", True)
        said = page.model.index(2, 0).data(Role.SAID)
        assert all(
            word in said for word in ("Żółty ser", "I1", "1\N{NO-BREAK SPACE}pcs in stock", "10.00", "Promotion")
        )
        assert page.count.text() == "3 items"
        assert page.header.context.text().startswith("Prices of the default list")

    driver.run(day())


def test_that_the_tile_counts_what_the_list_shows(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_items(driver)
        tiles = driver.app.dashboard.tiles
        assert tiles["items"].face.figure == str(page.model.rowCount()) == "3"
        assert (tiles["documents"].face.figure, tiles["documents"].face.line) == ("1", "No drafts")

    driver.run(story())


def test_that_the_price_on_a_form_is_explained_for_its_customer(driver: WindowDriver) -> None:
    async def story() -> None:
        page = await with_items(driver)
        form = await open_item(driver, page, "Żółty ser łagodny 500 g")
        told = shown(form)
        driver.tap(
            next(button for button in form.findChildren(QPushButton) if button.text().strip() == "Why this price")
        )
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, PriceSheet)
        price = sheet.title.text().removeprefix("Why ").partition("\N{NO-BREAK SPACE}")[0]
        assert price in told, "what is explained is what the form shows"

    driver.run(story())


def test_that_search_as_you_type_finds_words_codes_and_eans_without_polish_letters(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        for typed, found in (
            ("zolty", ["Żółty ser łagodny 500 g"]),
            ("Żółty", ["Żółty ser łagodny 500 g"]),
            ("ser lag", ["Żółty ser łagodny 500 g"]),
            ("I3", ["Woda 1,5 l"]),
            ("590123412", ["Oliwa z oliwek 1 l"]),
            ("sprzed", []),
        ):
            page.search.edit.setText(typed)
            assert names(page) == found, typed
        assert page.stack.currentWidget() is page.empty
        assert page.empty.title.text() == "No item matches “sprzed”"
        driver.tap(page.search.clear)
        assert len(names(page)) == 3
        QTest.keyClicks(page.rows, "o")
        await driver.until(lambda: page.model.typed == "o")
        assert page.search.edit.hasFocus(), "typing in the list searches"
        driver.press(Qt.Key.Key_Down)
        driver.press(Qt.Key.Key_Return)
        await calm(driver)
        assert driver.app.window.current == "item"
        driver.press(Qt.Key.Key_Escape)
        driver.press(Qt.Key.Key_Escape)
        assert driver.app.window.current == "main"
        assert page.model.typed == "", "the list is whole again when a person comes back"

    driver.run(day())


def test_that_groups_match_their_subgroups_and_filters_narrow_together(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        assert [index.data() for index in (page.groups.index(0, 0), page.groups.index(1, 0))] == ["All items", "All"]
        everything = page.groups.index(1, 0)
        page.tree.expand(everything)
        page.tree._choose(everything)
        await calm(driver)
        assert names(page) == ["Oliwa z oliwek 1 l", "Żółty ser łagodny 500 g"], "the cheese is in a subgroup"
        assert page.count.text() == "2 of 2"
        driver.tap(page.chips.chips["is_new"])
        await calm(driver)
        assert names(page) == ["Żółty ser łagodny 500 g"]
        driver.tap(page.chips.chips["is_bestseller"])
        await calm(driver)
        assert names(page) == ["Oliwa z oliwek 1 l"], "one flag at a time"
        assert not page.chips.is_on("is_new")
        page.search.edit.setText("ser")
        assert names(page) == []
        driver.tap(page.clear_filters)
        await calm(driver)
        assert names(page) == ["Żółty ser łagodny 500 g"]
        page.search.edit.setText("woda")
        assert names(page) == []
        driver.tap(page.search_all)
        await calm(driver)
        assert names(page) == ["Woda 1,5 l"], "it is in no group"
        page.search.edit.clear()
        driver.tap(page.chips.chips["in_stock"])
        await calm(driver)
        assert names(page) == ["Oliwa z oliwek 1 l", "Żółty ser łagodny 500 g"]
        driver.tap(page.chips.chips["promotion"])
        await calm(driver)
        assert names(page) == ["Żółty ser łagodny 500 g"]

    driver.run(day())


def test_that_the_filter_promotion_lists_what_has_its_sign_for_the_customer(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    company["promotions.headers"]["P"] |= {"customers": ["C2"]}
    company["items.forms"]["I1"] |= {"is_bestseller": 1}

    async def day() -> None:
        page = await with_items(driver)
        driver.tap(page.chips.chips["promotion"])
        await calm(driver)
        assert names(page) == [], "the only promotion is for another customer"
        stores = driver.app.workplace.stores
        for code, listed in (("C2", ["Żółty ser łagodny 500 g"]), ("C1", [])):
            driver.app.screens.open(OpenItems(key_of(stores, "customers.customers", code)))
            await calm(driver)
            assert names(page) == listed
        driver.app.screens.open(OpenItems(key_of(stores, "customers.customers", "C2")))
        await driver.until(lambda: page.model.rowCount() and page.model.index(0, 0).data(Role.TAG) is not None)
        row, tag = page.model.index(0, 0).data(Role.ROW), page.model.index(0, 0).data(Role.TAG)
        assert tag.has_promotion
        assert labels.flags_of(row, tag)[:MOST_FLAGS] == ["promotion", "is_new"], "no other sign hides it"

    driver.run(day())


def test_that_items_of_a_former_document_are_listed(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        driver.tap(page.chips.chips["document"])
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        assert sheet.model.choice(0).title == "ZS/1/26"
        sheet.list.setCurrentIndex(sheet.model.index(0, 0))
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
        await calm(driver)
        assert names(page) == ["Oliwa z oliwek 1 l"]
        assert page.chips.is_on("document")
        driver.tap(page.chips.chips["document"])
        await calm(driver)
        assert len(names(page)) == 3

    driver.run(day())


def test_that_portrait_asks_for_the_group_in_a_sheet_and_tiles_show_the_same(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver, 800, 1280)
        assert not page.tree.isVisible()
        driver.tap(page.group_chip)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, GroupSheet)
        sheet.tree.setCurrentIndex(page.groups.index(1, 0))
        QTest.keyClick(sheet.tree, Qt.Key.Key_Return)
        await calm(driver)
        assert page.group_chip.accessibleName() == "All"
        assert page.chips.is_on("group")
        assert len(names(page)) == 2
        driver.tap(page.view_button)
        await calm(driver)
        assert page.stack.currentWidget() is page.tiles
        assert (
            page.tiles.visualRect(page.model.index(1, 0)).left() > page.tiles.visualRect(page.model.index(0, 0)).left()
        )
        await open_item(driver, page, "Oliwa z oliwek 1 l")
        driver.app.window.go_back()
        driver.tap(page.sort_button)
        await calm(driver)
        assert names(page) == ["Żółty ser łagodny 500 g", "Oliwa z oliwek 1 l"], "by code"

    driver.run(day())


def test_that_prices_follow_the_chosen_customer(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        driver.tap(page.customer_button)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ChoiceSheet)
        sheet.search.edit.setText("first")
        assert [sheet.model.choice(row).title for row in range(sheet.model.rowCount())] == ["First"]
        sheet.list.setCurrentIndex(sheet.model.index(0, 0))
        QTest.keyClick(sheet.list, Qt.Key.Key_Return)
        await calm(driver)
        assert page.header.context.text().startswith("Prices for First")
        await driver.until(lambda: page.model.index(2, 0).data(Role.TAG) is not None)
        tag = page.model.index(2, 0).data(Role.TAG)
        assert (tag.value, tag.before) == (Decimal("9.50"), 10), "5 % for this customer and item"
        assert (await open_item(driver, page, "Żółty ser łagodny 500 g")).findChild(ItemPage) is None
        form = driver.app.window.page("item")
        assert isinstance(form, ItemPage)
        assert {"Price for First", "9.50", "List price 10.00"} <= shown(form)

    driver.run(day())


def test_that_the_form_shows_everything_about_an_item(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        stores = driver.app.workplace.stores
        item, box, pieces = (
            key_of(stores, key, code)
            for key, code in (("items.forms", "I1"), ("directories.units", "box"), ("directories.units", "pcs"))
        )
        customer = key_of(stores, "customers.customers", "C1")
        common: dict[str, Any] = {"unit_price": "1", "net": "1", "vat": "0", "gross": "1"}
        lines = [DocumentLine("1", item, box, "2", **common), DocumentLine("2", item, pieces, "1", **common)]
        order = Document("sales_order", "", "2026-03-02", "PLN", lines, "2", "0", "2", customer=customer)
        documents.confirm(stores.work, order, NUMERATOR, checkpoint="")
        form = await open_item(driver, page, "Żółty ser łagodny 500 g")
        told = shown(form)
        assert {"Main", "Your unsent orders", "\N{MINUS SIGN}25", "Can be sold"} <= told, "2 boxes of 12, and 1"
        assert "\N{MINUS SIGN}24\N{NO-BREAK SPACE}pcs" in told
        assert {"Box (box)", "= 12\N{NO-BREAK SPACE}pcs"} <= told
        assert any("5907777000012" in text for text in told)
        assert {"Promotion: Spring", "from 10: \N{MINUS SIGN}5\N{NO-BREAK SPACE}%"} <= told
        assert {"RETAIL", "10.00\N{NO-BREAK SPACE}PLN", "23 %"} <= told
        assert {"Colour", "red", "A decimal", "12.5", "A date", "1 Mar", "A selection", "Poland", "Cheese"} <= told
        links = [button for button in form.findChildren(QPushButton) if button.accessibleName() == "Open the link"]
        assert [link.toolTip() for link in links] == ["https://example.com/a.pdf"]
        assert any("02/03" in text or "SO-1/03/26" in text for text in told), "the own order that waits is among them"
        panel = form.findChild(PicturePanel)
        assert panel is not None
        assert len(panel.thumbnails) == 2
        driver.tap(panel.thumbnails[1])
        assert panel.thumbnails[1].isChecked()
        assert not panel.thumbnails[0].isChecked()
        driver.tap(panel.zoom)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ZoomSheet)
        driver.tap(sheet.larger)
        assert sheet.view.scale > 1
        driver.press(Qt.Key.Key_Minus)
        await driver.until(lambda: sheet.view.scale == 1)
        driver.press(Qt.Key.Key_Escape)
        assert driver.app.window.open_sheet() is None

    driver.run(day())


def test_that_a_sync_updates_the_open_form_and_reports_a_removed_item(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        form = await open_item(driver, page, "Woda 1,5 l")
        company = driver.gateway.connector.company
        for key in ("items.forms", "items.prices"):
            for row in [row for row in company[key] if row.startswith("I3")]:
                del company[key][row]
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        assert "This item is no longer there" in shown(form)
        assert "Woda 1,5 l" not in names(page)

    driver.run(day())


def test_that_a_form_is_shown_before_all_documents_are_searched(
    driver: WindowDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_look, look = threading.Event(), items_store.ordered_in

    def slowly(*what: Any) -> list[ErpDocument]:
        assert may_look.wait(20)
        return look(*what)

    async def day() -> None:
        page = await with_items(driver)
        monkeypatch.setattr(items_store, "ordered_in", slowly)
        driver.app.screens.open(OpenItem(page.model.key(names(page).index("Oliwa z oliwek 1 l"))))
        form = driver.app.window.page("item")
        assert isinstance(form, ItemPage)
        await driver.until(lambda: "Can be sold" in shown(form))
        assert "Ordered in" not in shown(form)
        large = form.findChild(PicturePanel)
        may_look.set()
        await calm(driver)
        assert {"Ordered in", "ZS/1/26"} <= shown(form)
        assert form.findChild(PicturePanel) is large, "nothing else is made anew"
        form.show_documents(())
        assert "Ordered in" not in shown(form)

    driver.run(day())


def test_that_the_model_keeps_qts_contract_and_searches_within_a_filter_to_the_end(driver: WindowDriver) -> None:
    async def day() -> None:
        forms = driver.gateway.connector.company["items.forms"]
        for number in range(700):
            forms[f"X{number}"] = forms["I3"] | {"code": f"X{number:04d}", "name": f"Xylitol {number:04d}", "is_new": 0}
        forms["X650"]["is_new"] = 1
        page = await with_items(driver)
        model = ItemsModel(driver.app.workplace, driver.app.spawn, page)
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.open()
        assert model.rowCount() == 200, "the first ones at once"
        await model.complete()
        assert model.rowCount() == model.total == 703
        model.search("xylitol")
        assert model.rowCount() == 500, "so many hits are enough"
        driver.tap(page.chips.chips["is_new"])
        await calm(driver)
        page.search.edit.setText("xyl")
        await calm(driver)
        assert names(page) == ["Xylitol 0650"]
        assert model.index(0, 0).data(Role.ROW).name == "Xylitol 0000"
        del tester

    driver.run(day())


def test_that_items_fit_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_items(driver)
        tour = Tour(driver)
        await tour.look("items")
        driver.tap(page.view_button)
        await calm(driver)
        await tour.look("tiles")
        driver.tap(page.view_button)
        driver.tap(page.chips.chips["in_stock"])
        page.search.edit.setText("nothing like this")
        await calm(driver)
        await tour.look("items, nothing found")
        page.search.edit.clear()
        driver.tap(page.chips.chips["in_stock"])
        await calm(driver)
        driver.app.window.resize(640, 400)
        await calm(driver)
        driver.tap(page.filter_button)
        await tour.look("filters")
        driver.app.window.resize(640, 400)
        await calm(driver)
        driver.tap(page.chips.chips["is_new"])
        await calm(driver)
        assert driver.app.window.open_sheet() is None
        assert names(page) == ["Żółty ser łagodny 500 g"]
        driver.app.window.resize(1280, 800)
        await calm(driver)
        assert page.chips.isVisible(), "the chips are back on the page"
        await open_item(driver, page, "Żółty ser łagodny 500 g")
        await tour.look("item")
        tour.end()

    driver.run(day())
