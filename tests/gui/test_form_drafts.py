"""What is typed in a form stays until it is saved: over Back, and over a process that is killed."""

from PySide6.QtCore import Qt

from salesapp.domain.objects.customers import Customer
from salesapp.services import form_drafts
from salesapp.views.appointments.plan import PlanPage
from salesapp.views.requests import NewCustomer, NewTravel, PlanAppointment
from salesapp.views.travel.form import TravelForm
from tests.gui.among_customers import NEW, form_of, write
from tests.gui.conftest import WindowDriver
from tests.gui.test_travel import describe
from tests.gui.test_travel import own as travelled
from tests.gui.visiting import idle, own, started, take_company


async def restarted(driver: WindowDriver, form: str) -> None:
    """Waits until what was typed is on the disk; then the process ends without a word to the form."""
    stores = driver.app.workplace.stores
    await driver.until(lambda: form_drafts.load(stores, form))
    await driver.close()
    await driver.open()
    await idle(driver)


def is_told(driver: WindowDriver) -> bool:
    return driver.app.window.message.isVisible()


async def plan_of(driver: WindowDriver) -> PlanPage:
    driver.app.screens.open(PlanAppointment())
    await idle(driver)
    page = driver.app.window.page("plan_appointment")
    assert isinstance(page, PlanPage)
    return page


async def travel_of(driver: WindowDriver) -> TravelForm:
    driver.app.screens.open(NewTravel())
    await idle(driver)
    page = driver.app.window.page("new_travel")
    assert isinstance(page, TravelForm)
    return page


def test_that_a_new_customer_is_there_again_after_back_and_after_a_kill(driver: WindowDriver) -> None:
    async def story() -> None:
        await started(driver)
        driver.app.screens.open(NewCustomer())
        await idle(driver)
        assert not is_told(driver), "nothing was typed before"
        form = form_of(driver)
        write(form, NEW)
        form.notes.edit.setPlainText("Deliver at the back")
        written = form.values()
        driver.press(Qt.Key.Key_Escape)
        await idle(driver)
        driver.app.screens.open(NewCustomer())
        await idle(driver)
        assert form_of(driver).values() == written
        assert is_told(driver)
        await restarted(driver, "customer new")
        driver.app.screens.open(NewCustomer())
        await idle(driver)
        form = form_of(driver)
        assert form.values() == written
        driver.tap(form.primary)
        await idle(driver)
        if driver.app.window.current == "customer form":
            driver.tap(form.primary)  # it asks once about a similar one
            await idle(driver)
        assert not is_told(driver)
        driver.app.screens.open(NewCustomer())
        await idle(driver)
        assert form_of(driver).values()["name"] == "", "it was saved"
        assert not is_told(driver)

    driver.run(story())


def test_that_a_travel_entry_is_there_again_and_can_be_begun_anew(driver: WindowDriver) -> None:
    driver.gateway.connector.company["directories.vehicles"]["V1"] |= {"last_odometer_km": 48_203, "is_active": 1}
    driver.gateway.take()

    async def story() -> None:
        await started(driver)
        form = await travel_of(driver)
        untouched = form.values()
        for field, text in ((form.ended, "48251"), (form.departure, "Gdynia"), (form.purpose, "Visits")):
            driver.write(field.edit, text)
        form.day.setDate(form.day.date().addDays(-1))
        written = form.values()
        driver.press(Qt.Key.Key_Escape)
        form = await travel_of(driver)
        assert form.values() == written
        await restarted(driver, "travel new")
        form = await travel_of(driver)
        assert form.values() == written
        driver.app.window.message.action.click()
        await idle(driver)
        assert form.values() == untouched
        assert not is_told(driver)
        driver.press(Qt.Key.Key_Escape)
        form = await travel_of(driver)
        assert (form.values(), is_told(driver)) == (untouched, False)
        driver.write(form.ended.edit, "48251")
        describe(form)
        driver.tap(form.save)
        await idle(driver)
        assert len(travelled(driver)) == 1
        assert (await travel_of(driver)).ended.edit.text() == "", "it was saved"

    driver.run(story())


def test_that_a_plan_is_there_again_with_its_customers(driver: WindowDriver) -> None:
    take_company(driver)

    async def story() -> None:
        await started(driver)
        page = await plan_of(driver)
        customer = driver.app.workplace.stores.catalog.having(Customer, "code", ("C1",))[0]
        page.template.setCurrentIndex(0)
        page.name.edit.clear()
        driver.write(page.name.edit, "Tasting")
        page.toggle(customer.id, customer.name)
        page.slot.at.edit.setText("11:45")
        page.description.setPlainText("Bring samples")
        written = page.values()
        driver.press(Qt.Key.Key_Escape)
        assert (await plan_of(driver)).values() == written
        await restarted(driver, "plan new")
        page = await plan_of(driver)
        assert page.values() == written
        assert page.customers == [(customer.id, customer.name)]
        before = len(own(driver))
        driver.tap(page.preview)
        await idle(driver)
        sheet = driver.app.window.open_sheet()
        assert sheet is not None
        sheet.press_primary()
        await idle(driver)
        assert len(own(driver)) == before + 1
        assert (await plan_of(driver)).customers == [], "it was saved"

    driver.run(story())
