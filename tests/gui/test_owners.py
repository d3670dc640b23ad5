"""Photos and files of customers and items: added and shown on their pages, sent after their owner."""

from pathlib import Path

from salesapp.views.attachments.sheets import FilesSheet
from salesapp.views.customers.card import CustomerPage
from salesapp.views.items.form import PicturePanel
from salesapp.views.order.page import OrderPage
from salesapp.views.requests import OpenCustomer
from tests.gui.among_items import calm, open_item, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_attachments import dropped, question_of, sheet_of
from tests.gui.test_widgets import Tour
from tests.pictures import photo
from tests.services.account_stores import key_of


async def add(driver: WindowDriver, path: Path) -> FilesSheet:
    (await sheet_of(driver)).path_given.emit(path)
    driver.tap((await question_of(driver)).add)
    await driver.until(lambda: not driver.app._tasks)
    return await sheet_of(driver)


async def with_card(driver: WindowDriver, width: int = 1280, height: int = 800) -> CustomerPage:
    await driver.begin("rep1", width, height)
    key = key_of(driver.app.workplace.stores, "customers.customers", "C1")
    driver.app.screens.open(OpenCustomer(key))
    await calm(driver)
    page = driver.app.window.page("customer")
    assert isinstance(page, CustomerPage)
    page.choose_tab("attachments")
    return page


def test_that_files_are_added_from_the_customers_card_and_listed_there(driver: WindowDriver, tmp_path: Path) -> None:
    taken = tmp_path / "door.jpg"
    taken.write_bytes(photo())

    async def story() -> None:
        page = await with_card(driver)
        assert page.no_files.isVisible()
        tour = Tour(driver)
        await tour.look("customer, no attachments")
        tour.end()
        driver.tap(page.attach)
        (await add(driver, taken)).close_sheet()
        await calm(driver)
        assert [page.files_model.choice(row).title for row in range(page.files_model.rowCount())] == ["door.jpg"]
        dropped(driver, page, taken)
        (await question_of(driver)).close_sheet()
        sheet = await sheet_of(driver)
        sheet.close_sheet()
        page.choose_tab("documents")
        assert not page.attach.isVisible(), "documents are not attached here"
        driver.tap(page.primary)
        await calm(driver)
        order = driver.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert (order.order.cart.customer, order.order.cart.customer_name) == (page.key, "First"), "chosen already"
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        (file,) = [entry.payload for entry in driver.gateway.connector.delivered if entry.kind == "file"]
        assert (file["owner_kind"], file["owner"], file["file_name"]) == ("customer", page.key, "door.jpg")

    driver.run(story())


def test_that_files_are_added_from_the_items_form(driver: WindowDriver, tmp_path: Path) -> None:
    taken = tmp_path / "shelf.jpg"
    taken.write_bytes(photo())

    async def story() -> None:
        page = await with_items(driver)
        form = await open_item(driver, page, "Woda 1,5 l")
        panel = form.findChild(PicturePanel)
        assert panel is not None
        driver.tap(panel.add)
        (await add(driver, taken)).close_sheet()
        dropped(driver, form, taken)
        (await question_of(driver)).close_sheet()
        (await sheet_of(driver)).close_sheet()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        (file,) = [entry.payload for entry in driver.gateway.connector.delivered if entry.kind == "file"]
        assert (file["owner_kind"], file["owner"], file["file_name"]) == ("item", form.key, "shelf.jpg")

    driver.run(story())
