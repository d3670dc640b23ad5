"""How the demo company's ERP deals with submissions.

It is stateless: numbers follow from the id, so a repeated submission has the same outcome.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery, SourceRow
from salesapp.gateway.connectors.demo import clients, directories, history, visits
from salesapp.gateway.connectors.demo.company import Company
from salesapp.gateway.connectors.rows import builder

_SYMBOLS = {"sales_order": "ZS", "sales_quote": "OS", "sales_return": "ZW"}
_CUSTOMERS = builder("customers.customers")
_APPOINTMENTS = builder("appointments.appointments")
_VEHICLES = builder("directories.vehicles")
_CUSTOMER_FIELDS = ("name", "tax_id", "kind", "customer_class", "city", "phone", "email", "price_type", "payment_form",
                    "currency", "addresses", "contact_persons", "contacts", "notes")  # fmt: skip
_APPOINTMENT_FIELDS = ("name", "appointment_type", "template", "planned_start", "planned_end", "actual_start",
                       "actual_end", "is_full_day", "state", "reason", "description", "elements")  # fmt: skip
_DIGITS = 10**12  # enough digits for a million submissions without a collision


def deliver(company: Company, submission: DeliveredSubmission) -> Delivery:
    """Accepts a submission, or rejects it for the ERP's own reasons."""
    match submission.kind:
        case "document":
            return _document(submission)
        case "customer":
            return _taken("K", submission, "customers.customers", "customer", partial(_customer, company))
        case "appointment":
            return _taken("W", submission, "appointments.appointments", "appointment", partial(_appointment, company))
        case "travel":
            return _travel(company, submission)
        case _:
            return Delivery("in_erp", _number("PL", submission))


def _number(symbol: str, submission: DeliveredSubmission) -> str:
    """For example ZS/004512370988/26."""
    digest = hashlib.sha256(submission.id.encode()).digest()
    return f"{symbol}/{int.from_bytes(digest[:8], 'big') % _DIGITS:012d}/{submission.created_at[2:4]}"


def _document(submission: DeliveredSubmission) -> Delivery:
    payload = submission.payload
    if payload.get("delivery_on") and payload["delivery_on"] < payload["issued_on"]:
        params = {"field": "delivery_on", "date": payload["delivery_on"]}
        return Delivery("rejected", code="erp.delivery_date", field="delivery_on", params=params)
    number = _number(_SYMBOLS[payload["type"]], submission)
    return Delivery("in_erp", number, changes=(("auxiliary.documents", history.taken(submission, number)),))


def _taken(
    symbol: str,
    submission: DeliveredSubmission,
    key: str,
    changes: str,
    make_row: Callable[[DeliveredSubmission], SourceRow],
) -> Delivery:
    """Adds the resulting row, unless the submission changes a record whose key is unknown."""
    number = _number(symbol, submission)
    if submission.payload.get(changes) is not None and not submission.record_key:
        return Delivery("in_erp", number)
    return Delivery("in_erp", number, changes=((key, make_row(submission)),))


def _given(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: payload[name] for name in names if payload.get(name) not in (None, "")}


def _customer(company: Company, submission: DeliveredSubmission) -> SourceRow:
    """Returns the new or changed customer; price list and credit stay as the office set them."""
    payload = submission.payload
    key = submission.record_key or submission.id
    main: dict[str, Any] = next(iter(payload["addresses"]), {})
    begun = clients.customer_of(company, key) or _CUSTOMERS.row(
        key,
        code=payload.get("code") or _number("K", submission),
        status="active",
        kind="company",
        representative=submission.user,
        city=main.get("city"),
    )
    emptied: dict[str, Any] = {name: None for name in payload.get("changed", ()) if payload.get(name) in (None, "")}
    emptied |= {"kind": "company"} if "kind" in emptied else {}  # a default does not travel
    return _CUSTOMERS.changed(begun, **emptied | _given(payload, *_CUSTOMER_FIELDS))


def _appointment(company: Company, submission: DeliveredSubmission) -> SourceRow:
    """Returns the visit planned on the device, or the changed visit of the office."""
    payload = submission.payload
    key = submission.record_key or payload.get("record") or submission.id
    begun = visits.appointment_of(company, key) or _APPOINTMENTS.row(key, representative=submission.user)
    customer = payload.get("customer") or payload.get("new_customer")
    return _APPOINTMENTS.changed(
        begun,
        submission=submission.id,
        **({"customer": customer} if customer else {}),
        **_given(payload, *_APPOINTMENT_FIELDS),
    )


def _travel(company: Company, submission: DeliveredSubmission) -> Delivery:
    """Returns the travel's number, and the vehicle with its new odometer, which never decreases."""
    number = _number("TR", submission)
    found = next((row for row in directories.vehicles(company) if row.key == submission.record_key), None)
    ended = submission.payload["ended_km"]
    if found is None or ended <= _VEHICLES.values(found)["last_odometer_km"]:
        return Delivery("in_erp", number)
    return Delivery(
        "in_erp", number, changes=(("directories.vehicles", _VEHICLES.changed(found, last_odometer_km=ended)),)
    )
