"""Shared by the tests of customers: a company for every part of a card, and steps on its screens."""

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from salesapp.protocol.records import Document, DocumentLine
from salesapp.views.customers.card import CustomerPage
from salesapp.views.customers.form import CustomerForm
from salesapp.views.customers.overview import DetailsSheet
from salesapp.views.customers.page import CustomersPage
from salesapp.views.customers.rows import InfoRow
from salesapp.views.parts.text import Text
from tests.gui.among_items import calm
from tests.gui.conftest import WindowDriver
from tests.gui.walk import name_of

NIP = "9990000008"
NEW = {
    "name": "Delikatesy Bursztyn",
    "tax_id": "585-000-41-16",
    "address.street": "ul. Portowa 14",
    "address.postal_code": "81-704",
    "address.city": "Sopot",
    "phone": "+48 58 000 04 18",
    "person.name": "Maria Nowak",
}


def fill(driver: WindowDriver) -> None:
    company = driver.gateway.connector.company
    customers = company["customers.customers"]
    customers["C1"] |= {
        "name": "Łąka delikatesy",
        "tax_id": NIP,
        "city": "Sopot",
        "phone": "58 111 22 33",
        "email": "sklep@laka.example",
        "currency": "PLN",
        "payment_form": "CASH",
        "credit_limit": 100_000_000,
        "credit_used": 64_000_000,
        "overdue": 8_200_000,
        "addresses": [
            {"kind": "main", "street": "ul. Portowa 14", "postal_code": "81-704", "city": "Sopot", "country": "PL",
             "is_default": True},
            {"kind": "delivery", "street": "ul. Morska 2", "city": "Gdynia", "country": "PL"},
        ],
        "contact_persons": [{"name": "Jan Kowal", "position": "owner", "phone": "58 1", "email": "jan@laka.example"}],
        "notes": "Deliveries before 9.",
    }  # fmt: skip
    company["directories.payment_forms"]["CASH"]["name"] = "At the door"
    customers["C2"] |= {"name": "Zorza", "status": "blocked"}
    company["auxiliary.documents"] = {
        f"D{number}": {
            "type": "sales_order",
            "erp_number": f"ZS/{number}/26",
            "customer": customer,
            "issued_on": day,
            "currency": "PLN",
            "net": 1_000_000,
            "vat": 230_000,
            "gross": 1_230_000,
            "lines": [{"item": "I1", "unit": "pcs", "quantity": "1", "unit_price": "1", "net": "1"}],
        }
        for number, (customer, day) in enumerate((("C1", "2026-02-01"), ("C2", "2026-01-01"), ("C2", "2026-01-02")))
    }
    values = company["additional_information.attribute_values"]
    values["V9"] = {"definition": "NOTE", "owner_kind": "customer", "owner": "C1", "value": "second shelf"}
    company["auxiliary.profiles"]["field"]["may_add_customers"] = 1
    driver.gateway.take()


async def with_customers(driver: WindowDriver, width: int = 1280, height: int = 800) -> CustomersPage:
    fill(driver)
    await driver.begin("office", width, height)
    driver.tap(driver.tile("customers"))
    await calm(driver)
    page = driver.app.window.page("customers")
    assert isinstance(page, CustomersPage)
    return page


def names(page: CustomersPage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def tap_row(page: CustomersPage, name: str, x: int = 300) -> None:
    place = page.list.visualRect(page.model.index(names(page).index(name), 0))
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, place.center().y()))


async def open_customer(driver: WindowDriver, page: CustomersPage, name: str) -> CustomerPage:
    tap_row(page, name)
    await calm(driver)
    card = driver.app.window.page("customer")
    assert isinstance(card, CustomerPage)
    assert driver.app.window.current == "customer"
    return card


def form_of(driver: WindowDriver) -> CustomerForm:
    form = driver.app.window.page("customer form")
    assert isinstance(form, CustomerForm)
    assert driver.app.window.current == "customer form"
    return form


def shown(widget: CustomerPage | DetailsSheet) -> set[str]:
    return {label.text() for label in widget.findChildren(Text) if label.isVisibleTo(widget)}


def infos(page: CustomerPage) -> dict[str, InfoRow]:
    return {name_of(row): row for row in page.findChildren(InfoRow) if row.isVisible()}


def write(form: CustomerForm, values: dict[str, str]) -> None:
    for name, value in values.items():
        edit = form.fields[name].edit
        edit.clear()
        edit.insert(value)  # Qt's simulated typing supports ASCII only


def order(customer: int, gross: str = "100.00") -> Document:
    common: dict[str, Any] = {"unit_price": gross, "net": gross, "vat": "0", "gross": gross}
    line = DocumentLine("1", 1, 1, "1", **common)
    return Document("sales_order", "", "2026-03-02", "PLN", [line], gross, "0", gross, customer=customer)
