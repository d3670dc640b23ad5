"""Changes of customers: kept completely, and shown beside the office's if both changed a customer."""

from typing import Any

from salesapp.store.outbox import Outbox
from salesapp.views.customers.card import CustomerPage
from salesapp.views.customers.form import CustomerForm
from salesapp.views.customers.overview import DetailsSheet
from salesapp.views.parts.states import StateLabel
from salesapp.views.parts.text import Text
from salesapp.views.requests import OpenWork
from salesapp.views.work.rejection import RejectionRow
from tests.gui.among_customers import (
    form_of,
    infos,
    names,
    open_customer,
    shown,
    with_customers,
    write,
)
from tests.gui.among_items import calm
from tests.gui.conftest import WindowDriver
from tests.gui.walk import name_of


def test_that_a_change_keeps_hidden_fields_and_waits_beside_the_customer(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_customers(driver)
        card = await open_customer(driver, page, "Łąka delikatesy")
        driver.tap(card.edit)
        await calm(driver)
        form = form_of(driver)
        assert form.header.title.text() == "Change of Łąka delikatesy"
        write(form, {"phone": "58 999 88 77"})
        driver.tap(form.primary)
        await calm(driver)
        assert driver.app.window.current == "customer"
        assert any(name_of(label) == "Your change: on this device" for label in card.findChildren(StateLabel))
        assert names(page) == ["Łąka delikatesy", "Zorza"]
        driver.app.window.go_back()
        assert driver.app.window.current == "customers"
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        sent = driver.gateway.connector.delivered[-1].payload
        assert (sent["phone"], sent["customer"], len(sent["addresses"])) == ("58 999 88 77", card.key, 2)
        assert sent["contact_persons"][0]["position"] == "owner"
        assert isinstance(sent["base_hash"], int)

    driver.run(day())


async def send(driver: WindowDriver) -> str:
    driver.app.runner.start(driver.app.runner.request)
    outcome = await driver.verdict()
    await calm(driver)
    return outcome


async def conflict(driver: WindowDriver, mine: dict[str, str], office: dict[str, str]) -> CustomerForm:
    """Representative and office change a customer; the change is sent, rejected, and opened from My work."""
    page = await with_customers(driver)
    card = await open_customer(driver, page, "Łąka delikatesy")
    driver.tap(card.edit)
    await calm(driver)
    write(form_of(driver), mine)
    driver.tap(form_of(driver).primary)
    await calm(driver)
    driver.gateway.connector.company["customers.customers"]["C1"] |= office
    driver.gateway.take()
    await send(driver)
    assert driver.gateway.connector.delivered == [], "the gateway lets nothing be overwritten unseen"
    driver.app.window.show_page("main", root=True)
    driver.app.screens.open(OpenWork())
    await calm(driver)
    work: Any = driver.app.window.page("work")
    rejection = next(found for found in work.findChildren(RejectionRow) if found.isVisible())
    assert any("changed in the office" in text.text() for text in rejection.findChildren(Text) if text.isVisible())
    driver.tap(rejection.fix)
    await calm(driver)
    return form_of(driver)


def test_that_changes_of_different_fields_are_both_kept(driver: WindowDriver) -> None:
    async def day() -> None:
        form = await conflict(driver, {"name": "Łąka i synowie"}, {"phone": "58 777 66 55"})
        assert form.conflict is not None
        choices = form.conflict.choices
        assert set(choices) == {(name, side) for name in ("name", "phone") for side in ("mine", "office")}
        assert choices["name", "mine"].isChecked()
        assert choices["phone", "office"].isChecked()
        assert "Phone, The office's, since today" in choices["phone", "office"].accessibleName()
        assert "58 777 66 55" in choices["phone", "office"].accessibleName()
        assert form.fields["phone"].edit.text() == "58 777 66 55"
        driver.tap(form.primary)
        await calm(driver)
        assert await send(driver) == "ok"
        sent = driver.gateway.connector.delivered[-1].payload
        assert sent["changed"] == ["name"], "only what was really changed"
        held = driver.gateway.connector.company["customers.customers"]["C1"]
        assert (held["name"], held["phone"]) == ("Łąka i synowie", "58 777 66 55")
        card = driver.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        assert card.header.title.text() == "Łąka i synowie"

    driver.run(day())


def test_that_a_person_chooses_between_two_changes_and_both_stay_readable(
    driver: WindowDriver,
) -> None:
    async def day() -> None:
        form = await conflict(driver, {"phone": "58 111 00 00"}, {"phone": "58 222 00 00", "notes": "Ring twice."})
        assert form.conflict is not None
        choices = form.conflict.choices
        assert choices["phone", "mine"].isChecked(), "mine, where I changed it"
        assert "changed by both" in " ".join(text.text() for text in form.conflict.findChildren(Text))
        write(form, {"phone": "58 333 00 00"})
        assert not any(choices["phone", side].isChecked() for side in ("mine", "office")), "a third value"
        driver.tap(choices["phone", "office"])
        assert form.fields["phone"].edit.text() == "58 222 00 00"
        driver.app.translation.use("pl")
        await calm(driver)
        assert form.conflict is not None
        choices = form.conflict.choices
        assert choices["phone", "office"].isChecked(), "another language keeps what was chosen"
        driver.app.translation.use("en")
        await calm(driver)
        assert form.conflict is not None
        driver.tap(form.conflict.choices["phone", "mine"])
        driver.tap(form.primary)
        await calm(driver)
        assert await send(driver) == "ok"
        sent = driver.gateway.connector.delivered[-1].payload
        assert (sent["changed"], sent["phone"], sent["notes"]) == (["phone"], "58 111 00 00", "Ring twice.")
        card = driver.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        driver.tap(next(row for name, row in infos(card).items() if name == "Values that gave way, Phone"))
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        assert {"The office's, not taken", "58 222 00 00", "Yours, taken", "58 111 00 00"} <= shown(sheet)

    driver.run(day())


def test_that_choosing_the_offices_values_withdraws_the_change_and_keeps_it_readable(driver: WindowDriver) -> None:
    async def day() -> None:
        form = await conflict(driver, {"phone": "58 111 00 00"}, {"phone": "58 222 00 00"})
        assert form.conflict is not None
        driver.tap(form.conflict.choices["phone", "office"])
        driver.tap(form.primary)
        await calm(driver)
        assert Outbox(driver.app.workplace.stores.work).due() == []
        card = driver.app.window.page("customer")
        assert isinstance(card, CustomerPage)
        assert not [label for label in card.findChildren(StateLabel) if label.isVisible()]
        driver.tap(next(row for name, row in infos(card).items() if name == "Values that gave way, Phone"))
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, DetailsSheet)
        assert {"Yours, not taken", "58 111 00 00", "The office's, taken", "58 222 00 00"} <= shown(sheet)
        assert await send(driver) == "ok"
        assert driver.gateway.connector.delivered == []

    driver.run(day())
