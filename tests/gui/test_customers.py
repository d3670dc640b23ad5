"""Customers: tabs and favourites, the card with credit and documents, new ones, changes of a version."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton

from salesapp.domain.objects.customers import Customer
from salesapp.models.customers import CustomersModel, Role
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import documents
from salesapp.services.customers import Editing
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
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour
from tests.gui.walk import name_of


def test_that_tabs_search_and_stars_find_customers(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
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
        driver.tap(page.tabs.buttons["top"])
        await calm(driver)
        assert names(page) == ["Zorza", "Łąka delikatesy"], "two documents, one document"
        driver.tap(page.tabs.buttons["recent"])
        await calm(driver)
        assert names(page) == ["Łąka delikatesy", "Zorza"]
        driver.tap(page.tabs.buttons["favourites"])
        await calm(driver)
        assert page.empty.title.text() == "No favourites yet"
        driver.tap(page.tabs.buttons["all"])
        await calm(driver)
        tap_row(page, "Zorza", x=36)
        assert driver.app.window.current == "customers", "the star does not open the customer"
        driver.tap(page.tabs.buttons["favourites"])
        await calm(driver)
        assert names(page) == ["Zorza"]
        page.list.setCurrentIndex(page.model.index(0, 0))
        QTest.keyClick(page.list, Qt.Key.Key_Space)
        assert page.model.index(0, 0).data(Role.STAR) is False

    driver.run(day())


def test_that_the_card_shows_money_addresses_contacts_terms_and_promotions(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        stores = driver.app.workplace.stores
        key = page.model.key(0)
        assert key is not None
        documents.confirm(stores.work, order(key), NUMERATOR, checkpoint="")
        documents.save_draft(stores.work, order(key, "5000.00"))
        card = await open_customer(driver, page, "Łąka delikatesy")
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
            driver.tap(next(row for name, row in infos(card).items() if name.startswith(start)))
            sheet = driver.app.window.open_sheet()
            assert isinstance(sheet, DetailsSheet)
            assert expected <= shown(sheet), start
            driver.press(Qt.Key.Key_Escape)
            await driver.settle()
        assert card.documents_model.rowCount() == 3
        texts = [str(card.documents_model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3)]
        assert any("Draft" in text for text in texts)
        assert any("On device" in text for text in texts)
        assert any("ZS/0/26" in text and "In ERP" in text for text in texts)
        driver.tap(card.tabs.tabs["appointments"])
        assert card.visits_model.choice(0).title == "Visit"
        driver.tap(card.tabs.tabs["attributes"])
        assert {"Note", "second shelf"} <= shown(card)
        driver.tap(card.tabs.tabs["attachments"])
        assert card.no_files.isVisible()
        assert card.attach.isVisible()
        driver.tap(card.star)
        assert stores.work is not None
        driver.app.window.go_back()
        await calm(driver)
        assert page.model.index(0, 0).data(Role.STAR) is True

    driver.run(day())


def test_that_the_card_shows_the_payer_and_a_block(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        card = await open_customer(driver, page, "Zorza")
        labels = [name_of(label) for label in card.findChildren(StateLabel) if label.isVisible()]
        assert labels == ["Blocked in the ERP"]
        driver.tap(next(row for name, row in infos(card).items() if "payer: Łąka delikatesy" in name))
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        driver.tap(next(b for b in sheet.findChildren(QAbstractButton) if name_of(b) == "Open the payer"))
        await calm(driver)
        assert card.header.title.text() == "Łąka delikatesy"

    driver.run(day())


def test_that_a_new_customer_is_checked_for_duplicates_and_usable_at_once_offline(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        driver.gateway.stop()
        driver.tap(page.primary)
        await calm(driver)
        form = form_of(driver)
        assert form.fields["name"].edit.hasFocus()
        driver.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        wrong = {name for name, field in form.fields.items() if field.error.isVisible()}
        assert wrong == {"name", "tax_id", "address.street", "address.postal_code", "address.city"}
        write(form, NEW | {"tax_id": "585-000-41-18", "name": "Delikatesy Łąka Sp. z o.o."})
        await driver.until(lambda: form.found)
        assert [duplicate.row.name for duplicate in form.found] == ["Łąka delikatesy"]
        assert any("similar name" in name_of(row) for row in form.findChildren(InfoRow))
        driver.tap(form.primary)
        assert form.fields["tax_id"].error.text() == "The check digit of this NIP is wrong."
        write(form, {"tax_id": NEW["tax_id"]})
        assert not form.fields["tax_id"].error.isVisible(), "the error goes while it is mended"
        await calm(driver)
        driver.tap(form.primary)
        assert form.primary.accessibleName() == "Save all the same", "it asks once"
        assert driver.app.window.current == "customer form"
        write(form, {"name": NEW["name"]})
        await driver.until(lambda: not form.found)
        driver.tap(form.primary)
        await calm(driver)
        card = driver.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        assert driver.app.window.current == "customer"
        assert (card.key, card.header.title.text()) == (None, NEW["name"])
        assert any(name_of(label) == "New, on this device" for label in card.findChildren(StateLabel))
        assert any(name.startswith("1 promotion") for name in infos(card)), "those for everybody hold for him too"
        (waiting,) = Outbox(driver.app.workplace.stores.work).due()
        assert (waiting.kind, waiting.id) == ("customer", card.submission)
        driver.tap(card.primary)
        await calm(driver)
        assert driver.app.window.current == "order"
        cart = driver.app.window.page("order").order.cart  # type: ignore[union-attr]
        assert (cart.customer, cart.new_customer, cart.customer_name) == (None, card.submission, NEW["name"])
        driver.app.window.show_page("main", root=True)
        driver.tap(driver.tile("customers"))
        await calm(driver)
        assert names(page)[0] == NEW["name"]
        assert "on this device" in page.model.index(0, 0).data(Role.SAID)
        page.search.edit.setText("bursztyn sop")
        assert names(page) == [NEW["name"]]

    driver.run(day())


def test_that_a_new_customer_is_in_the_catalogue_after_a_sync(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        driver.tap(page.primary)
        await calm(driver)
        write(form_of(driver), NEW)
        await calm(driver)
        driver.tap(form_of(driver).primary)
        await calm(driver)
        card = driver.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        for _ in range(2):
            driver.app.runner.start(driver.app.runner.request)
            assert await driver.verdict() == "ok"
        await calm(driver)
        assert card.key is not None, "the open card shows the catalogue's customer now"
        assert not [label for label in card.findChildren(StateLabel) if label.isVisible()]
        assert names(page).count(NEW["name"]) == 1

    driver.run(day())


def test_that_a_duplicate_is_shown_when_it_is_tapped(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        driver.tap(page.primary)
        await calm(driver)
        form = form_of(driver)
        write(form, {"tax_id": f"PL {NIP}"})
        await driver.until(lambda: form.found)
        driver.tap(next(row for row in form.findChildren(InfoRow) if "same tax number" in name_of(row)))
        await calm(driver)
        card = driver.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        assert card.header.title.text() == "Łąka delikatesy"
        driver.app.window.go_back()
        assert form.fields["tax_id"].edit.text() == f"PL {NIP}", "what was typed is there"

    driver.run(day())


def test_that_a_profile_can_keep_representatives_from_adding_customers(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        assert page.primary.isVisible()
        driver.gateway.connector.company["auxiliary.profiles"]["field"]["may_add_customers"] = 0
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        assert not page.primary.isVisible()

    driver.run(day())


def test_that_the_model_keeps_qts_contract_with_many_customers(driver: WindowDriver) -> None:
    async def day() -> None:
        customers = driver.gateway.connector.company["customers.customers"]
        for number in range(300):
            customers[f"X{number}"] = customers["C1"] | {"code": f"X{number}", "name": f"Xavier {number:03d}"}
        await with_customers(driver)
        model = CustomersModel(driver.app.workplace)
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

    driver.run(day())


def test_that_a_favourite_is_found_among_many_that_match_as_well(driver: WindowDriver) -> None:
    async def day() -> None:
        customers = driver.gateway.connector.company["customers.customers"]
        for number in range(700):
            customers[f"X{number}"] = customers["C1"] | {"code": f"X{number}", "name": f"Xavier {number:03d}"}
        await with_customers(driver)
        stores = driver.app.workplace.stores
        wanted = [stores.catalog.all(Customer, "code=?", (f"X{n}",))[0].id for n in (3, 350, 699)]
        for key in wanted:
            store.set_favourite(stores.work, key, is_favourite=True)
        model = CustomersModel(driver.app.workplace)
        model.open()
        await model.choose("favourites")
        model.search("xav")
        assert [model.key(row) for row in range(model.rowCount())] == wanted
        model.search("zorza")
        assert model.rowCount() == 0
        model.search("*")
        assert model.rowCount() == 0

    driver.run(day())


def test_that_customers_fit_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        tour = Tour(driver)
        await tour.look("customers")
        page.search.edit.setText("nothing like this")
        await tour.look("customers, nothing found")
        page.search.edit.clear()
        card = await open_customer(driver, page, "Łąka delikatesy")
        await tour.look("customer")
        for name in ("appointments", "attributes", "attachments"):
            driver.tap(card.tabs.tabs[name])
            await tour.look(f"customer, {name}")
        overview = next(found for found in card.findChildren(CustomerOverview) if found.isVisible())
        for name in ("addresses", "contacts", "terms", "offers"):
            getattr(overview, f"open_{name}")()
            await tour.look(f"customer, {name}", follows_language=name != "contacts")  # the position comes from data
            sheet = driver.app.window.open_sheet()
            assert sheet is not None
            sheet.close_sheet()
            overview = next(found for found in card.findChildren(CustomerOverview) if found.isVisible())
        driver.tap(card.edit)
        await calm(driver)
        await tour.look("customer, edit")
        driver.app.window.go_back()
        driver.app.window.go_back()
        driver.tap(page.primary)
        await calm(driver)
        form = form_of(driver)
        write(form, {"name": "Łąka delikatesy"})
        driver.tap(form.primary)
        await driver.until(lambda: form.found)
        await tour.look("new customer, problems")
        tour.end()

    driver.run(day())


def test_that_slips_in_a_form_are_mended_in_their_fields_and_what_was_there_stays(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        page.list.setFocus()
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await calm(driver)
        form = form_of(driver)
        slips = {
            "tax_id": (" 585 000 41 16", "5850004116"),
            "address.country": ("Czechy", "CZ"),
            "address.postal_code": ("11000", "110 00"),
            "email": ("jan@sklep,pl;", "jan@sklep.pl"),
            "person.email": ("mailto:ola@sklep.pl", "ola@sklep.pl"),
        }
        form.fields["address.country"].edit.clear()
        for name, (typed, _meant) in slips.items():
            form.fields[name].edit.setFocus()
            driver.write(form.fields[name].edit, typed)
        driver.press(Qt.Key.Key_Tab)
        shown = {name: form.fields[name].edit.text() for name in slips}
        assert shown == {name: meant for name, (_typed, meant) in slips.items()}
        address = Address("main", is_default=True, country="PL", postal_code="00950")
        form.begin(Editing(CustomerRecord("Old", [address], tax_id="585 000 41 16", customer=1)), form._lists)
        form.fields["tax_id"].edit.setFocus()
        for _ in range(4):
            driver.press(Qt.Key.Key_Tab)
        assert form.fields["address.postal_code"].edit.text() == "00950"
        assert form.fields["tax_id"].edit.text() == "585 000 41 16"

    driver.run(day())


def test_that_tax_number_and_postal_code_are_checked_and_mended_while_they_are_typed(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        page.list.setFocus()
        driver.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        await calm(driver)
        form = form_of(driver)
        code, tax = form.fields["address.postal_code"], form.fields["tax_id"]
        driver.write(code.edit, "0095")
        assert (code.edit.text(), code.error.isVisible()) == ("0095", False), "it is not whole yet"
        driver.write(code.edit, "0")
        assert (code.edit.text(), code.error.isVisible()) == ("00-950", False)
        driver.write(code.edit, "1")
        assert code.error.isVisible()
        QTest.keyClick(code.edit, Qt.Key.Key_Backspace)
        assert not code.error.isVisible()
        driver.write(tax.edit, "585000411")
        assert not tax.error.isVisible()
        driver.write(tax.edit, "8")
        assert tax.error.text() == "The check digit of this NIP is wrong."
        assert {name for name, field in form.fields.items() if field.error.isVisible()} == {"tax_id"}, (
            "nothing else is told"
        )
        code.edit.setFocus()
        code.edit.selectAll()
        driver.write(code.edit, "009")
        assert not code.error.isVisible()
        driver.press(Qt.Key.Key_Tab)
        assert code.error.isVisible(), "left half typed"
        for name, wrong, right in (("email", "jan at sklep", "jan@sklep.pl"), ("phone", "12", "58 123 45 67")):
            field = form.fields[name]
            field.edit.setFocus()
            driver.write(field.edit, wrong)
            assert not field.error.isVisible(), name
            driver.press(Qt.Key.Key_Tab)
            assert field.error.isVisible(), name
            field.edit.setFocus()
            field.edit.selectAll()
            driver.write(field.edit, right)
            assert not field.error.isVisible(), name

    driver.run(day())
