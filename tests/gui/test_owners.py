"""Photos and files from the customer's card and the item's form: added there, seen there, sent after their owner."""

from pathlib import Path

from salesapp.views.attachments.sheets import FilesSheet
from salesapp.views.customers.card import CustomerPage
from salesapp.views.items.form import PicturePanel
from salesapp.views.order.page import OrderPage
from tests.gui.among_items import calm, open_item, with_items
from tests.gui.conftest import Desk
from tests.gui.test_attachments import dropped, question_of, sheet_of
from tests.gui.test_widgets import Tour
from tests.pictures import photo


async def add(desk: Desk, path: Path) -> FilesSheet:
    (await sheet_of(desk)).path_given.emit(path)
    desk.tap((await question_of(desk)).add)
    await desk.until(lambda: not desk.app._tasks)
    return await sheet_of(desk)


async def with_card(desk: Desk, width: int = 1280, height: int = 800) -> CustomerPage:
    await desk.begin("rep1", width, height)
    key = desk.app.workplace.shelf.catalog.rows("customers.customers", "code='C1'")[0]["id"]
    desk.app.screens.open("customer", key=key)
    await calm(desk)
    page = desk.app.window.page("customer")
    assert isinstance(page, CustomerPage)
    page.choose_tab("attachments")
    return page


def test_that_files_are_added_from_the_customers_card_and_listed_there(desk: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "door.jpg"
    taken.write_bytes(photo())

    async def story() -> None:
        page = await with_card(desk)
        assert page.no_files.isVisible()
        tour = Tour(desk)
        await tour.look("customer, no attachments")
        tour.end()
        desk.tap(page.attach)
        (await add(desk, taken)).close_sheet()
        await calm(desk)
        assert [page.files_model.choice(row).title for row in range(page.files_model.rowCount())] == ["door.jpg"]
        dropped(desk, page, taken)
        (await question_of(desk)).close_sheet()
        sheet = await sheet_of(desk)
        sheet.close_sheet()
        page.choose_tab("documents")
        assert not page.attach.isVisible(), "documents are not attached here"
        desk.tap(page.primary)
        await calm(desk)
        order = desk.app.window.page("order")
        assert isinstance(order, OrderPage)
        assert (order.order.cart.customer, order.order.cart.customer_name) == (page.key, "First"), "chosen already"
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        (file,) = [entry.payload for entry in desk.gateway.connector.delivered if entry.kind == "file"]
        assert (file["owner_kind"], file["owner"], file["file_name"]) == ("customer", page.key, "door.jpg")

    desk.run(story())


def test_that_files_are_added_from_the_items_form(desk: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "shelf.jpg"
    taken.write_bytes(photo())

    async def story() -> None:
        page = await with_items(desk)
        form = await open_item(desk, page, "Woda 1,5 l")
        panel = form.findChild(PicturePanel)
        assert panel is not None
        desk.tap(panel.add)
        (await add(desk, taken)).close_sheet()
        dropped(desk, form, taken)
        (await question_of(desk)).close_sheet()
        (await sheet_of(desk)).close_sheet()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        (file,) = [entry.payload for entry in desk.gateway.connector.delivered if entry.kind == "file"]
        assert (file["owner_kind"], file["owner"], file["file_name"]) == ("item", form.key, "shelf.jpg")

    desk.run(story())
