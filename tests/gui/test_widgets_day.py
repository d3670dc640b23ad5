"""The screens of a day's work fit in every state: orders, their sheets, documents, my work, attachments."""

from collections.abc import Callable

from salesapp.services.attachments import Owner
from salesapp.views.requests import AREAS, OpenAttachments, OpenDocument
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import tap_part, with_order
from tests.gui.test_widgets import SIZES, Tour
from tests.gui.test_work import opened

NARROW_SIZES = tuple(size for size in SIZES if size[0] < 1000)
"""Sizes in which the cart is a sheet over the list."""


def test_that_orders_and_documents_fit_in_every_state(driver: WindowDriver) -> None:
    async def day() -> None:
        page = await with_order(driver)
        tour = Tour(driver)

        async def look_at_sheet(state: str, ask: Callable[[], object]) -> None:
            ask()
            await driver.until(lambda: driver.app.window.open_sheet() is not None and not driver.app._tasks)
            await tour.look(state)
            driver.app.window.go_back()
            await driver.settle()

        await tour.look("order, empty")
        await tap_part(driver, page, 0, "plus")
        await tap_part(driver, page, 2, "plus")
        page.message.hide()
        await tour.look("order")
        await tour.look("cart", sizes=NARROW_SIZES, prepare=page.show_cart, follows_language=False)
        page.close_cart()
        await look_at_sheet("line", lambda: page.cart.list.opened.emit(0))
        await look_at_sheet("price", lambda: page.cart.list.price_requested.emit(0))
        await look_at_sheet("details", page.details.click)
        await look_at_sheet("groups", page.groups_requested.emit)
        await look_at_sheet("grid", page.grid_requested.emit)
        await look_at_sheet("end", page.leave_requested.emit)
        record = await page.order.confirm()
        driver.app.window.show_page("main", root=True)
        driver.app.screens.saved()
        await opened(driver, OpenDocument(record))
        await tour.look("document")
        await look_at_sheet("attachments", lambda: driver.app.screens.open(OpenAttachments(Owner("item", 1))))
        for name in ("work", "documents"):
            await opened(driver, AREAS[name])
            await tour.look(name)
        tour.end()

    driver.run(day())
