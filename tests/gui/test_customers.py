"""Customers: tabs and stars, the card with credit and documents, new ones usable at once, changes of a version."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton

from salesapp.models.customers import CustomersModel, Role
from salesapp.services import documents
from salesapp.store import customers as store
from salesapp.store.outbox import Outbox
from salesapp.views.customers.card import CustomerPage
from salesapp.views.customers.overview import CustomerOverview, DetailsSheet
from salesapp.views.customers.rows import InfoRow
from salesapp.views.parts.credit_bar import CreditBar
from salesapp.views.parts.states import StateLabel
from tests.gui.among_customers import (
    NEW,
    NIP,
    form_of,
    infos,
    names,
    open_customer,
    order,
    shown,
    tap_row,
    with_customers,
    write,
)
from tests.gui.among_items import NUMERATOR, calm
from tests.gui.conftest import Desk
from tests.gui.test_widgets import Tour
from tests.gui.walk import name_of


def test_that_tabs_search_and_stars_find_customers(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        assert names(page) == ["Łąka delikatesy", "Zorza"], "Ł stands in the alphabet"
        row = page.model.index(0, 0).data(Role.ROW)
        assert (row.last_document, row.overdue) == ("2026-02-01", 820)
        said = page.model.index(0, 0).data(Role.SAID)
        assert said == "Łąka delikatesy, Sopot, C1, last order 1 Feb, overdue 820.00"
        page.search.edit.setText("laka")
        assert names(page) == ["Łąka delikatesy"]
        page.search.edit.setText(NIP)
        assert names(page) == ["Łąka delikatesy"]
        page.search.edit.setText("nothing like this")
        assert page.stack.currentWidget() is page.empty
        page.search.edit.clear()
        desk.tap(page.tabs.buttons["top"])
        await calm(desk)
        assert names(page) == ["Zorza", "Łąka delikatesy"], "two documents, one document"
        desk.tap(page.tabs.buttons["recent"])
        await calm(desk)
        assert names(page) == ["Łąka delikatesy", "Zorza"]
        desk.tap(page.tabs.buttons["favourites"])
        await calm(desk)
        assert page.empty.title.text() == "No favourites yet"
        desk.tap(page.tabs.buttons["all"])
        await calm(desk)
        tap_row(page, "Zorza", x=36)
        assert desk.app.window.current == "customers", "the star does not open the customer"
        desk.tap(page.tabs.buttons["favourites"])
        await calm(desk)
        assert names(page) == ["Zorza"]
        page.list.setCurrentIndex(page.model.index(0, 0))
        QTest.keyClick(page.list, Qt.Key.Key_Space)
        assert page.model.index(0, 0).data(Role.STAR) is False

    desk.run(day())


def test_that_the_card_tells_money_addresses_contacts_terms_and_promotions(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        shelf = desk.app.workplace.shelf
        key = page.model.key(0)
        assert key is not None
        documents.confirm(shelf.work, order(key), NUMERATOR, checkpoint="")
        documents.save_draft(shelf.work, order(key, "5000.00"))
        card = await open_customer(desk, page, "Łąka delikatesy")
        told = shown(card)
        narrow = "\N{NARROW NO-BREAK SPACE}"
        assert {"Credit limit", f"10{narrow}000.00\N{NO-BREAK SPACE}PLN", f"6{narrow}400.00"} <= told
        assert {"Your unsent orders", "100.00", "Free", f"3{narrow}500.00"} <= told, "drafts take no credit"
        assert {"Overdue", "820.00", "Deliveries before 9."} <= told
        assert [bar for bar in card.findChildren(CreditBar) if bar.isVisible()]
        rows = infos(card)
        assert any(name.startswith("ul. Portowa 14, 81-704 Sopot") and "2 addresses" in name for name in rows)
        assert any(name.startswith("58 111 22 33") and "1 contact person" in name for name in rows)
        assert any(name.startswith("At the door") and "pays for itself" in name for name in rows)
        for start, expected in (
            ("ul. Portowa", {"main address", "delivery"}),
            ("58 111", {"Jan Kowal", "jan@laka.example", "sklep@laka.example"}),
            ("At the door", {"Payment form", "At the door"}),
            ("1 promotion", {"Promotion: Spring"}),
        ):
            desk.tap(next(row for name, row in infos(card).items() if name.startswith(start)))
            sheet = desk.app.window.open_sheet()
            assert isinstance(sheet, DetailsSheet)
            assert expected <= shown(sheet), start
            desk.press(Qt.Key.Key_Escape)
            await desk.settle()
        assert card.documents_model.rowCount() == 3
        texts = [str(card.documents_model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3)]
        assert any("Draft" in text for text in texts)
        assert any("On device" in text for text in texts)
        assert any("ZS/0/26" in text and "In ERP" in text for text in texts)
        desk.tap(card.tabs.tabs["appointments"])
        assert card.visits_model.choice(0).title == "Visit"
        desk.tap(card.tabs.tabs["attributes"])
        assert {"Note", "second shelf"} <= shown(card)
        desk.tap(card.tabs.tabs["attachments"])
        assert card.no_files.isVisible()
        assert card.attach.isVisible()
        desk.tap(card.star)
        assert shelf.work is not None
        desk.app.window.go_back()
        await calm(desk)
        assert page.model.index(0, 0).data(Role.STAR) is True

    desk.run(day())


def test_that_the_payer_and_a_blocked_customer_are_told(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        card = await open_customer(desk, page, "Zorza")
        labels = [name_of(label) for label in card.findChildren(StateLabel) if label.isVisible()]
        assert labels == ["Blocked in the ERP"]
        desk.tap(next(row for name, row in infos(card).items() if "payer: Łąka delikatesy" in name))
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        desk.tap(next(b for b in sheet.findChildren(QAbstractButton) if name_of(b) == "Open the payer"))
        await calm(desk)
        assert card.header.title.text() == "Łąka delikatesy"

    desk.run(day())


def test_that_a_new_customer_is_checked_warned_of_and_usable_at_once_offline(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        desk.gateway.stop()
        desk.tap(page.primary)
        await calm(desk)
        form = form_of(desk)
        assert form.fields["name"].edit.hasFocus()
        desk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        wrong = {name for name, field in form.fields.items() if field.error.isVisible()}
        assert wrong == {"name", "tax_id", "address.street", "address.postal_code", "address.city"}
        write(form, NEW | {"tax_id": "585-000-41-18", "name": "Delikatesy Łąka Sp. z o.o."})
        await desk.until(lambda: form.found)
        assert [duplicate.row.name for duplicate in form.found] == ["Łąka delikatesy"]
        assert any("similar name" in name_of(row) for row in form.findChildren(InfoRow))
        desk.tap(form.primary)
        assert form.fields["tax_id"].error.text() == "The check digit of this NIP is wrong."
        write(form, {"tax_id": NEW["tax_id"]})
        assert not form.fields["tax_id"].error.isVisible(), "the error goes while it is mended"
        await calm(desk)
        desk.tap(form.primary)
        assert form.primary.accessibleName() == "Save all the same", "it asks once"
        assert desk.app.window.current == "customer form"
        write(form, {"name": NEW["name"]})
        await desk.until(lambda: not form.found)
        desk.tap(form.primary)
        await calm(desk)
        card = desk.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        assert desk.app.window.current == "customer"
        assert (card.key, card.header.title.text()) == (None, NEW["name"])
        assert any(name_of(label) == "New, on this device" for label in card.findChildren(StateLabel))
        assert any(name.startswith("1 promotion") for name in infos(card)), "those for everybody hold for him too"
        (waiting,) = Outbox(desk.app.workplace.shelf.work).due()
        assert (waiting.kind, waiting.id) == ("customer", card.submission)
        desk.tap(card.primary)
        await calm(desk)
        assert desk.app.window.current == "order"
        cart = desk.app.window.page("order").order.cart  # type: ignore[union-attr]
        assert (cart.customer, cart.new_customer, cart.customer_name) == (None, card.submission, NEW["name"])
        desk.app.window.show_page("main", root=True)
        desk.tap(desk.tile("customers"))
        await calm(desk)
        assert names(page)[0] == NEW["name"]
        assert "on this device" in page.model.index(0, 0).data(Role.SAID)
        page.search.edit.setText("bursztyn sop")
        assert names(page) == [NEW["name"]]

    desk.run(day())


def test_that_a_new_customer_becomes_one_of_the_catalogue_after_the_sync(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        desk.tap(page.primary)
        await calm(desk)
        write(form_of(desk), NEW)
        await calm(desk)
        desk.tap(form_of(desk).primary)
        await calm(desk)
        card = desk.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        for _ in range(2):
            desk.app.runner.start(desk.app.runner.request)
            assert await desk.verdict() == "ok"
        await calm(desk)
        assert card.key is not None, "the open card shows the catalogue's customer now"
        assert not [label for label in card.findChildren(StateLabel) if label.isVisible()]
        assert names(page).count(NEW["name"]) == 1

    desk.run(day())


def test_that_a_duplicate_is_shown_when_it_is_tapped(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        desk.tap(page.primary)
        await calm(desk)
        form = form_of(desk)
        write(form, {"tax_id": f"PL {NIP}"})
        await desk.until(lambda: form.found)
        desk.tap(next(row for row in form.findChildren(InfoRow) if "same tax number" in name_of(row)))
        await calm(desk)
        card = desk.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        assert card.header.title.text() == "Łąka delikatesy"
        desk.app.window.go_back()
        assert form.fields["tax_id"].edit.text() == f"PL {NIP}", "what was typed is there"

    desk.run(day())


def test_that_a_profile_can_keep_representatives_from_adding_customers(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        assert page.primary.isVisible()
        desk.gateway.connector.company["auxiliary.profiles"]["field"]["may_add_customers"] = 0
        desk.gateway.take()
        desk.app.runner.start(desk.app.runner.request)
        assert await desk.verdict() == "ok"
        await calm(desk)
        assert not page.primary.isVisible()

    desk.run(day())


def test_that_the_model_keeps_qts_contract_with_many_customers(desk: Desk) -> None:
    async def day() -> None:
        customers = desk.gateway.connector.company["customers.customers"]
        for number in range(300):
            customers[f"X{number}"] = customers["C1"] | {"code": f"X{number}", "name": f"Xavier {number:03d}"}
        await with_customers(desk)
        model = CustomersModel(desk.app.workplace)
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.open()
        assert model.rowCount() == 200, "the first ones at once"
        await model.complete()
        assert model.rowCount() == 302
        model.search("xav")
        assert model.rowCount() == 300
        model.toggle_star(7)
        model.search("")
        await model.choose("favourites")
        assert model.rowCount() == 1
        del tester

    desk.run(day())


def test_that_a_favourite_is_found_among_many_that_match_as_well(desk: Desk) -> None:
    async def day() -> None:
        customers = desk.gateway.connector.company["customers.customers"]
        for number in range(700):
            customers[f"X{number}"] = customers["C1"] | {"code": f"X{number}", "name": f"Xavier {number:03d}"}
        await with_customers(desk)
        shelf = desk.app.workplace.shelf
        wanted = [shelf.catalog.rows("customers.customers", "code=?", (f"X{n}",))[0]["id"] for n in (3, 350, 699)]
        for key in wanted:
            store.set_favourite(shelf.work, key, is_favourite=True)
        model = CustomersModel(desk.app.workplace)
        model.open()
        await model.choose("favourites")
        model.search("xav")
        assert [model.key(row) for row in range(model.rowCount())] == wanted
        model.search("zorza")
        assert model.rowCount() == 0
        model.search("*")
        assert model.rowCount() == 0

    desk.run(day())


def test_that_customers_are_whole_in_every_state(desk: Desk) -> None:
    async def day() -> None:
        page = await with_customers(desk)
        tour = Tour(desk)
        await tour.look("customers")
        page.search.edit.setText("nothing like this")
        await tour.look("customers, nothing found")
        page.search.edit.clear()
        card = await open_customer(desk, page, "Łąka delikatesy")
        await tour.look("customer")
        for name in ("appointments", "attributes", "attachments"):
            desk.tap(card.tabs.tabs[name])
            await tour.look(f"customer, {name}")
        overview = next(found for found in card.findChildren(CustomerOverview) if found.isVisible())
        for name in ("addresses", "contacts", "terms", "offers"):
            getattr(overview, f"open_{name}")()
            await tour.look(f"customer, {name}", follows_language=name != "contacts")  # a position is data
            sheet = desk.app.window.open_sheet()
            assert sheet is not None
            sheet.close_sheet()
            overview = next(found for found in card.findChildren(CustomerOverview) if found.isVisible())
        desk.tap(card.edit)
        await calm(desk)
        await tour.look("customer, edit")
        desk.app.window.go_back()
        desk.app.window.go_back()
        desk.tap(page.primary)
        await calm(desk)
        form = form_of(desk)
        write(form, {"name": "Łąka delikatesy"})
        desk.tap(form.primary)
        await desk.until(lambda: form.found)
        await tour.look("new customer, problems")
        tour.end()

    desk.run(day())
