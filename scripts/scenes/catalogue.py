"""Scenes of the catalogue: the areas, the list of items and one item, a customer and a new one."""

import asyncio
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from salesapp import clock
from salesapp.domain.links import link_of
from salesapp.domain.objects.customers import Customer
from salesapp.protocol.codes import CONFLICT
from salesapp.services import customers
from salesapp.store.outbox import Outbox
from salesapp.views.customers.overview import CustomerOverview
from salesapp.views.parts.links import LinkSheet
from salesapp.views.requests import EditCustomer, NewCustomer, OpenCustomer, OpenItem, OpenItems
from scripts.scenes.photographer import Photographer


async def take_areas(photographer: Photographer) -> None:
    app = photographer.app
    for area in ("items", "customers", "promotions"):
        app.open_area(area)
        await asyncio.sleep(0.3)
        await photographer.take(area)
        app.window.back()


async def take_items(photographer: Photographer) -> None:
    page = await photographer.open(OpenItems())
    await asyncio.sleep(0.5)
    page.search.edit.setText("oil")
    await asyncio.sleep(0.3)
    await photographer.take("items-search")
    page.search.edit.setText("nothing like this")
    await photographer.take("items-empty")
    page.search.edit.clear()
    page.view_button.click()
    await asyncio.sleep(0.5)
    await photographer.take("items-tiles")
    page.view_button.click()
    await take_item(photographer, page.model.key(0))
    photographer.home()


async def take_item(photographer: Photographer, key: int) -> None:
    """Takes one item, with its stock from the gateway, and offline."""
    form = await photographer.open(OpenItem(key))
    await asyncio.sleep(0.5)
    await photographer.take("item")
    form.check.click()
    await photographer.until(lambda: form._card.checked_at and not photographer.app._tasks)
    await photographer.take("item-checked")
    photographer.gateway.end()
    form.check.click()
    await photographer.idle()
    await photographer.take("item-offline")
    photographer.gateway.start()


async def take_customers(photographer: Photographer) -> None:
    where = "overdue > 0 AND id IN (SELECT customer FROM auxiliary_documents)"
    customer = photographer.app.workplace.stores.catalog.all(Customer, where, limit=1)[0]
    card = await photographer.open(OpenCustomer(customer.id))
    await asyncio.sleep(0.5)
    await photographer.take("customer")
    card.choose_tab("attachments")
    await photographer.take("customer-attachments")
    card.choose_tab("documents")
    await take_contacts(photographer, card)
    await take_new_customer(photographer, customer.name)
    photographer.home()
    await take_conflict(photographer, customer.id)
    photographer.home()


async def take_contacts(photographer: Photographer, card: Any) -> None:
    """Takes a customer's contacts, and the question before a web page opens."""
    card.findChild(CustomerOverview).open_contacts()
    await photographer.take("customer-contacts")
    contacts: Any = photographer.app.window.open_sheet()
    link = link_of("url", "https://www.delikatesy.example/kontakt")
    assert link is not None
    question = LinkSheet(photographer.app.window, link)
    question.open()
    await photographer.take("customer-link")
    question.close_sheet()
    contacts.close_sheet()


async def take_new_customer(photographer: Photographer, name: str) -> None:
    """Takes a form with the name of an existing customer, and with missing fields."""
    app = photographer.app
    app.screens.open(NewCustomer())
    await photographer.until(lambda: app.window.current == "customer form" and not app._tasks)
    form: Any = app.window.page("customer form")
    form.fields["name"].edit.insert(name)
    await asyncio.sleep(0.8)
    form.primary.click()
    await photographer.take("customer-new")


async def take_conflict(photographer: Photographer, key: int) -> None:
    """Takes a change that conflicts with a newer version of the office, with both versions."""
    app = photographer.app
    work, editing = app.workplace.stores.work, customers.to_edit(app.workplace.stores, key)
    assert editing is not None
    former = replace(editing.customer, phone="+48 58 555 01 00", email="sklep@delikatesy.example", base_hash=1)
    mine = replace(former, phone="+48 58 555 01 77", notes="Deliveries at the back door, before 7:30 only.")
    submission = customers.save_edit(work, customers.Editing(former, before=former), mine)
    told = {"field": "customer", "since": f"{clock.now() - timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ}"}
    Outbox(work).reject(submission, CONFLICT, told)
    app.screens.open(EditCustomer(submission=submission))
    await photographer.until(lambda: app.window.current == "customer form" and not app._tasks)
    await photographer.take("customer-conflict")
    Outbox(work).withdraw(submission)
