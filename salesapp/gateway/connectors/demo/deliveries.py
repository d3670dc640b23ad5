"""What the demo company's ERP makes of submissions.

It keeps nothing: numbers follow from the submission's id, so that the same submission has the same outcome every time.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery, SourceRow
from salesapp.gateway.connectors.rows import builder

_SYMBOLS = {"sales_order": "ZS", "sales_quote": "OS"}
_CUSTOMERS = builder("customers.customers")
_APPOINTMENTS = builder("appointments.appointments")
_DIGITS = 10**12  # enough that no two of a million submissions meet


def deliver(submission: DeliveredSubmission) -> Delivery:
    """Takes a submission in, or refuses it for a reason of the ERP's own."""
    match submission.kind:
        case "document":
            return _document(submission)
        case "customer":
            return _customer(submission)
        case "appointment":
            return _appointment(submission)
        case _:
            return Delivery("in_erp", _number("PL", submission))


def _number(symbol: str, submission: DeliveredSubmission) -> str:
    """For example ZS/004512370988/26."""
    digest = hashlib.sha256(submission.id.encode()).digest()
    return f"{symbol}/{int.from_bytes(digest[:8], 'big') % _DIGITS:012d}/{submission.created_at[2:4]}"


def _document(submission: DeliveredSubmission) -> Delivery:
    payload = submission.payload
    if payload.get("delivery_on") and payload["delivery_on"] < payload["issued_on"]:
        reason = "the delivery date lies before the document's date"
        return Delivery("rejected", code="submission.refused_by_erp", field="delivery_on", params={"reason": reason})
    return Delivery("in_erp", _number(_SYMBOLS[payload["type"]], submission))


def _given(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: payload[name] for name in names if payload.get(name) not in (None, "")}


def _customer(submission: DeliveredSubmission) -> Delivery:
    """A new customer becomes a row; a changed one is noted in the ERP, which sends it with its next export."""
    number = _number("K", submission)
    if submission.payload.get("customer") is not None:
        return Delivery("in_erp", number)
    return Delivery("in_erp", number, changes=(("customers.customers", _customer_row(submission, number)),))


def _customer_row(submission: DeliveredSubmission, number: str) -> SourceRow:
    payload = submission.payload
    given = _given(payload, "name", "tax_id", "customer_class", "city", "phone", "email", "price_type", "payment_form",
                   "currency", "addresses", "contact_persons", "contacts", "notes")  # fmt: skip
    main: dict[str, Any] = next(iter(payload["addresses"]), {})
    return _CUSTOMERS.row(
        submission.id,
        **{
            "code": payload.get("code") or number,
            "status": "active",
            "kind": payload.get("kind", "company"),
            "representative": submission.user,
            "city": main.get("city"),
        }
        | given,
    )


def _appointment(submission: DeliveredSubmission) -> Delivery:
    """A visit planned on the device becomes a row; one of the ERP's own is noted and sent with the next export."""
    number = _number("W", submission)
    if submission.payload.get("appointment") is not None:
        return Delivery("in_erp", number)
    payload = submission.payload
    given = _given(payload, "name", "appointment_type", "template", "planned_start", "planned_end", "actual_start",
                   "actual_end", "is_full_day", "state", "reason", "description", "elements")  # fmt: skip
    row = _APPOINTMENTS.row(
        submission.id,
        submission=submission.id,
        representative=submission.user,
        customer=payload.get("customer") or payload.get("new_customer") or None,
        **given,
    )
    return Delivery("in_erp", number, changes=(("appointments.appointments", row),))
