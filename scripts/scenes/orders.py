"""Scenes of orders: writing one, explaining a price, ending it, and the receipts."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

from salesapp.protocol.messages import Receipt
from salesapp.services import documents
from salesapp.services.repeating import Difference
from salesapp.store import records
from salesapp.store.outbox import Outbox
from salesapp.store.returned import note_returned
from salesapp.views.requests import AREAS, NewOrder, OpenDocument, OpenOrder, ReturnDocument
from scripts.scenes.photographer import SIZES, Photographer


async def take_orders(photographer: Photographer) -> None:
    rows = photographer.app.workplace.stores.catalog.query(
        "SELECT customer FROM auxiliary_documents GROUP BY customer ORDER BY count(*) DESC LIMIT 1"
    )
    customer = rows[0][0]
    page = await photographer.open(NewOrder(customer))
    await take_order(photographer, page)
    await take_cart_in_portrait(photographer, page)
    record = await page.order.confirm()
    photographer.home()
    await photographer.open(OpenDocument(record))
    await photographer.take("document")
    await make_receipts(photographer, customer, record)
    await photographer.open(OpenDocument(record))
    await photographer.take("document-rejected")
    for name in ("work", "documents"):
        photographer.app.screens.open(AREAS[name])
        await photographer.idle()
        await photographer.take(name)
    await take_returned(photographer)
    await take_corrected(photographer, record)
    photographer.home()
    await take_return(photographer, customer)


async def take_return(photographer: Photographer, customer: int) -> None:
    """Takes a return of what the customer's newest order of the ERP sold."""
    newest = photographer.app.workplace.stores.catalog.query(
        "SELECT id FROM auxiliary_documents WHERE customer=? ORDER BY issued_on DESC, id DESC LIMIT 1", (customer,)
    )
    document = await photographer.open(OpenDocument(key=newest[0][0]))
    page = await photographer.open(ReturnDocument(document.view.document, document.view.item.erp_number))
    for place, line in enumerate(page.order.cart.lines[:2]):
        page.order.set_line(replace(line, reason="Uszkodzone" if place else "Krótki termin"))
    await photographer.idle()
    await photographer.take("return")
    await photographer.take_sheet("return-line", lambda: page.cart.list.opened.emit(0))
    await page.order.leave()
    photographer.home()


async def take_corrected(photographer: Photographer, record: str) -> None:
    """Takes a rejected order while it is corrected, and one whose prices have changed."""
    submission = submission_of(photographer, record)
    documents.reopen(photographer.app.workplace.stores.work, record)
    page = await photographer.open(OpenOrder(record, withdrawn=submission))
    page.message.hide()
    await photographer.take("order-rejected")
    page.rejection.hide()
    line = page.order.order.priced.lines[0]
    before = line.unit_price_net + Decimal("0.40")
    name = page.order.order.names[line.item]
    page.order.renewed.emit([Difference(name, "", before, line.unit_price_net)], page.order.cart.issued_on)
    await photographer.take("order-changed")
    await page.order.leave()


async def take_returned(photographer: Photographer) -> None:
    """Takes My work after a restored backup."""
    stores = photographer.app.workplace.stores
    with stores.work.write() as connection:
        note_returned(connection, 3)
    photographer.home()
    photographer.app.screens.saved()
    photographer.app.screens.open(AREAS["work"])
    await photographer.idle()
    await photographer.take("work-returned")
    with stores.work.write() as connection:
        note_returned(connection, 0)
    photographer.app.screens.saved()


async def take_order(photographer: Photographer, page: Any) -> None:
    await photographer.take("order-empty")
    for row, quantity in enumerate((24, 12, 6, 40, 3, 60)):
        page.list.quantity_chosen.emit(row, Decimal(quantity))
        await photographer.idle()
    page.message.hide()
    await photographer.take("order")
    lines = page.order.order.priced.lines
    hinted = next((row for row, line in enumerate(lines) if line.next_scale and line.promotions), 0)
    await photographer.take_sheet("order-price", lambda: page.cart.list.price_requested.emit(hinted))
    await photographer.take_sheet("order-line", lambda: page.cart.list.opened.emit(0))
    await photographer.take_sheet("order-keypad", lambda: page.list.keys_requested.emit(0))
    await photographer.take_sheet("order-details", page.details.click)
    await photographer.take_sheet("order-end", page.leave_requested.emit)


async def take_cart_in_portrait(photographer: Photographer, page: Any) -> None:
    """Takes the cart, which covers the list in portrait and lies beside it in landscape."""
    window = photographer.app.window
    window.resize(*SIZES["portrait"])
    await asyncio.sleep(0.1)
    page.show_cart()
    await asyncio.sleep(0.2)
    if photographer.wants("order-cart"):
        photographer.keep("order-cart", "portrait", "light", "en")
    page.close_cart()
    window.resize(*SIZES["landscape"])


async def make_receipts(photographer: Photographer, customer: int, rejected: str) -> None:
    """Makes further orders, one in each state of gateway and ERP."""
    outbox = Outbox(photographer.app.workplace.stores.work)
    submissions = []
    for quantity in (30, 8, 3):
        page = await photographer.open(NewOrder(customer))
        page.list.quantity_chosen.emit(quantity % 4, Decimal(quantity))
        await photographer.idle()
        if quantity == 3:
            await page.order.save()
        else:
            submissions.append(submission_of(photographer, await page.order.confirm()))
        photographer.home()
    told = {"limit": "8000.00", "used": "7900.00", "over": "218.60", "currency": "PLN", "field": "customer"}
    outbox.reject(submission_of(photographer, rejected), "submission.credit_exceeded", told)
    outbox.record_receipt(submissions[0], Receipt(id=submissions[0], state="received"))
    in_erp = Receipt(id=submissions[1], state="in_erp", erp_number="ZS/26/004527")
    outbox.record_receipt(submissions[1], in_erp)


def submission_of(photographer: Photographer, record: str) -> str:
    return records.load(photographer.app.workplace.stores.work, record).submission or ""
