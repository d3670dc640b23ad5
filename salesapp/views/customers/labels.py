"""Texts of customers that list, card and form share."""

from collections.abc import Mapping

from salesapp.services.customer_changes import Value
from salesapp.services.customers import CustomerRow
from salesapp.views import formats
from salesapp.views.labels import translate

DOT = f"{formats.FIXED}\N{MIDDLE DOT} "


def tab(name: str) -> str:
    return {
        "all": translate("Customers", "All"),
        "favourites": translate("Customers", "Favourites"),
        "top": translate("Customers", "Top"),
        "recent": translate("Customers", "Recent"),
    }[name]


def day(value: str) -> str:
    return formats.day(value)


def on_device(state: str) -> str:
    """Returns the state of a new customer or a change that is not in the catalogue yet."""
    return {
        "received": translate("Customers", "received by the gateway"),
        "rejected": translate("Customers", "rejected"),
    }.get(state, translate("Customers", "on this device"))


STATE_OF = {"waiting": "waiting_to_send", "received": "running", "rejected": "failed"}
"""State of a submission -> state of the label."""


def status(value: str) -> str:
    return {
        "blocked": translate("Customers", "blocked"),
        "prospect": translate("Customers", "prospect"),
    }.get(value, "")


def below(row: CustomerRow) -> str:
    """Returns town, code and special states of a row."""
    return DOT.join(part for part in (row.city, row.code, status(row.status) if row.key is not None else "") if part)


def spoken(row: CustomerRow, has_star: bool) -> str:  # positional, as roles are passed
    """Returns a row as text for screen readers."""
    parts = [row.name, row.city, row.code]
    parts += [on_device(row.state)] if row.state else []
    parts += [translate("Customers", "favourite")] if has_star else []
    if row.last_document:
        parts.append(translate("Customers", "last order {date}").format(date=day(row.last_document)))
    if row.overdue > 0:
        parts.append(translate("Customers", "overdue {amount}").format(amount=formats.amount(row.overdue)))
    return ", ".join(part for part in parts if part)


def address_kind(kind: str) -> str:
    return {
        "main": translate("Customers", "main address"),
        "delivery": translate("Customers", "delivery"),
        "correspondence": translate("Customers", "correspondence"),
        "invoice": translate("Customers", "invoice"),
    }.get(kind, kind)


def contact_kind(kind: str) -> str:
    return {
        "phone": translate("Customers", "Phone"),
        "email": translate("Customers", "Email"),
        "url": translate("Customers", "Web"),
        "fax": translate("Customers", "Fax"),
    }.get(kind, kind)


def reason(name: str) -> str:
    return {
        "tax_id": translate("Customers", "same tax number"),
        "name": translate("Customers", "similar name"),
        "phone": translate("Customers", "same phone"),
    }[name]


def problem(code: str) -> str:
    """Returns the sentence for a field's problem."""
    return {
        "missing": translate("Customers", "This is needed."),
        "nip": translate("Customers", "The check digit of this NIP is wrong."),
        "vat": translate("Customers", "This is no VAT number of that country."),
        "postal_code": translate("Customers", "A Polish postal code is written 00-000."),
        "postal_code_there": translate("Customers", "This is no postal code of that country."),
        "email": translate("Customers", "This is not one plain e-mail address."),
        "phone": translate("Customers", "This phone number is too short."),
    }[code]


def field_labels() -> dict[str, str]:
    """Returns the labels of the form's fields, in the form's order."""
    return {
        "name": translate("Customers", "Name"),
        "kind": translate("Customers", "Kind"),
        "tax_id": translate("Customers", "Tax number (NIP, EU VAT)"),
        "address.street": translate("Customers", "Street and number"),
        "address.postal_code": translate("Customers", "Postal code"),
        "address.city": translate("Customers", "Town"),
        "address.country": translate("Customers", "Country (two letters)"),
        "phone": translate("Customers", "Phone"),
        "email": translate("Customers", "Email"),
        "person.name": translate("Customers", "Name of the person"),
        "person.position": translate("Customers", "Position"),
        "person.phone": translate("Customers", "Phone of the person"),
        "person.email": translate("Customers", "Email of the person"),
        "customer_class": translate("Customers", "Customer class"),
        "payment_form": translate("Customers", "Payment form"),
        "price_type": translate("Customers", "Price list"),
        "currency": translate("Customers", "Currency"),
        "notes": translate("Customers", "Notes"),
    }


def customer_kind(value: str) -> str:
    return translate("Customers", "Person") if value == "person" else translate("Customers", "Company")


def field_value(field: str, value: Value, names: Mapping[tuple[str, int], str]) -> str:
    """Returns a value of the form as text; `names` holds the names of payment forms and price lists."""
    if field == "kind":
        return customer_kind(str(value))
    if isinstance(value, int):
        return names.get((field, value), str(value))
    return str(value) if value else translate("Customers", "empty")
