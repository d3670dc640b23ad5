"""Decodes payloads and checks them by themselves: their shape, numbers, dates, and the content of a file.

Nothing here reads the database: a payload is decoded and checked once, before the transaction that stores it.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from salesapp import clock
from salesapp.domain.files import kind_of, safe_name
from salesapp.domain.pictures import BadPictureError, check_picture
from salesapp.gateway.uploads import Uploads
from salesapp.protocol.forms import LONGEST_NAME, flattened, is_plain, moment_of, one_line
from salesapp.protocol.limits import MAX_CONTACT_CHARACTERS, MAX_CONTACTS, MAX_LINES
from salesapp.protocol.messages import SHA256, Submission
from salesapp.protocol.records import (
    AMOUNTS,
    PAYLOADS,
    AppointmentRecord,
    CustomerRecord,
    Document,
    DocumentLine,
    FileRecord,
    Payload,
    TravelRecord,
    VatTotal,
)

_NOT_IN_A_LINE = frozenset({"Cc", "Zl", "Zp", "Cs"})
EARLIEST_YEAR = 1980
"""The year of a clock without a battery. A wrong clock must not cost an order."""
MOST_YEARS_AHEAD = 50
MOST_KM = 9_999_999
MOST_PLACES = 30
"""Decimal places; no calculation has more."""
_FIELD = re.compile(r"`\$\.?(.*)`")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # no other form of ISO 8601, no other digits
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?(E[-+]?[0-9]{1,3})?")


class Refused(Exception):  # noqa: N818  # an answer, not a failure
    """The submission is rejected with this code; it is stored anyway."""

    def __init__(self, code: str, field: str, **params: str) -> None:
        self.code = code
        self.field = field
        self.params = {"field": field} | {name: one_line(text, LONGEST_NAME) for name, text in params.items()}
        super().__init__(code)


def decode(message: Submission, uploads: Uploads) -> Payload:
    """Returns the payload as its class; raises Refused if it is wrong by itself.

    Slow for pictures, which it unpacks.
    """
    _check_created(message.created_at)
    payload = _payload_of(message)
    match payload:
        case Document():
            _check_document(payload)
        case CustomerRecord():
            _check_customer(payload)
        case AppointmentRecord():
            _check_appointment(payload)
        case TravelRecord():
            _check_travel(payload)
        case FileRecord():
            _check_file(payload, uploads)
    return payload


def _payload_of(message: Submission) -> Payload:
    """Returns the payload as its class; raises Refused for another shape."""
    try:
        return msgspec.convert(_own(message), PAYLOADS[message.kind])
    except msgspec.ValidationError as error:
        match = _FIELD.search(str(error))
        reason = "characters that are not allowed" if "regex" in str(error) else str(error).split(" - ")[0]
        raise Refused("submission.invalid", match[1] if match else "", reason=reason) from error


def _own(message: Submission) -> dict[str, Any]:
    """Returns the payload; of a changed customer, unchanged texts of the ERP are put into one line."""
    payload, changed = message.payload, message.payload.get("changed")
    if message.kind != "customer" or payload.get("customer") is None or not isinstance(changed, list):
        return payload
    return {
        name: value if name in changed or name == "changed" else flattened(value) for name, value in payload.items()
    }


def _check_created(text: str) -> None:
    """Raises Refused for an impossible time; a wrong clock is accepted, and flagged."""
    moment = moment_of(text)
    if moment is None or moment.year < EARLIEST_YEAR or moment.year > clock.now().year + MOST_YEARS_AHEAD:
        raise Refused("submission.invalid", "created_at", reason="not a time at which a record can have been made")


def _check_document(document: Document) -> None:
    """Checks number, dates and lines of a document, and that its amounts add up."""
    if not document.number:
        raise Refused("submission.invalid", "number", reason="it is missing")
    _check_one_customer(document)
    _check_times(document)
    if not 0 < len(document.lines) <= MAX_LINES:
        raise Refused("submission.invalid", "lines", reason=f"1 to {MAX_LINES} lines")
    if len({line.line for line in document.lines}) != len(document.lines):
        raise Refused("submission.invalid", "lines.line", reason="used twice")
    is_return = document.type == "sales_return"
    for line in document.lines:
        _check_line(line, is_return=is_return)
    _check_signs(document, is_return=is_return)
    _check_own_terms(document.discount_percent, document.discount_amount)
    if is_return:
        _check_without_discounts(document)
    _number(document.payment_discount, "payment_discount")
    for name in AMOUNTS:
        _check_sum(document, name, document.lines, name)
        if document.totals:
            _check_sum(document, name, document.totals, f"totals.{name}")


def _check_line(line: DocumentLine, *, is_return: bool) -> None:
    quantity = _number(line.quantity, "lines.quantity")
    if (quantity >= 0) if is_return else (quantity <= 0):
        raise Refused("submission.invalid", "lines.quantity", reason="below zero" if is_return else "above zero")
    for name in ("unit_price", "promotion_discount"):
        _not_below_zero(line, name, "lines.")
    _check_signs(line, "lines.", is_return=is_return)
    if line.own_price:
        _not_below_zero(line, "own_price", "lines.")
    _check_own_terms(line.discount_percent, line.discount_amount, line.own_price, "lines.")
    if Decimal(line.net) + Decimal(line.vat) != Decimal(line.gross):
        raise Refused("submission.wrong_sum", "lines.gross", stated=line.gross, sum=line.net + " + " + line.vat)
    if is_return:
        _check_without_discounts(line, "lines.")
        if not line.reason.strip():
            raise Refused("submission.invalid", "lines.reason", reason="it is missing")
    elif line.reason or line.returned_from:
        raise Refused("submission.invalid", "lines.reason", reason="only what is returned has one")


def _check_signs(part: Document | DocumentLine, prefix: str = "", *, is_return: bool) -> None:
    """Checks that discounts are not below zero, nor amounts; those of a return are not above it."""
    for name in ("discount_percent", "discount_amount"):
        _not_below_zero(part, name, prefix)
    for name in AMOUNTS:
        if not is_return:
            _not_below_zero(part, name, prefix)
        elif _number(getattr(part, name), f"{prefix}{name}") > 0:
            raise Refused("submission.invalid", f"{prefix}{name}", reason="not above zero")


def _check_without_discounts(part: Document | DocumentLine, prefix: str = "") -> None:
    """Checks that a return has no discounts and no free goods: it has the price that was paid."""
    for name in ("discount_percent", "discount_amount"):
        if Decimal(getattr(part, name)):
            raise Refused("submission.invalid", f"{prefix}{name}", reason="a discount in a return")
    if isinstance(part, DocumentLine) and part.is_free:
        raise Refused("submission.invalid", f"{prefix}is_free", reason="free goods in a return")


def _check_own_terms(percent: str, amount: str, price: str = "", prefix: str = "") -> None:
    """Checks that there is at most one own discount or price: two have no order."""
    if bool(Decimal(percent)) + bool(Decimal(amount)) + bool(price) > 1:
        field = "own_price" if price else "discount_amount"
        raise Refused("submission.invalid", f"{prefix}{field}", reason="a second discount of the representative")


def _check_times(document: Document) -> None:
    _check_date(document.issued_on, "issued_on")
    if document.delivery_on:
        _check_date(document.delivery_on, "delivery_on")
    if document.signed_at:
        _check_moment(document.signed_at, "signed_at")


def _check_customer(customer: CustomerRecord) -> None:
    if not customer.name.strip():
        raise Refused("submission.invalid", "name", reason="it is missing")
    _check_contacts(customer)


def _check_appointment(appointment: AppointmentRecord) -> None:
    for name in ("planned_start", "planned_end", "actual_start", "actual_end"):
        value = getattr(appointment, name)
        if value or name == "planned_start":
            _check_moment(value, name)
    if appointment.customer is not None or appointment.new_customer:
        _check_one_customer(appointment)
    if not all(is_plain(element.answers) for element in appointment.elements):
        raise Refused("submission.invalid", "elements.answers", reason="characters that are not allowed")
    _check_reasons(appointment)


def _check_travel(travel: TravelRecord) -> None:
    _check_date(travel.travelled_on, "travelled_on")
    if travel.ended_km is None:
        raise Refused("submission.invalid", "ended_km", reason="it is missing")
    for name in ("started_km", "ended_km"):
        if not 0 <= getattr(travel, name) <= MOST_KM:
            raise Refused("submission.invalid", name, reason="not what an odometer shows")
    if travel.ended_km < travel.started_km:
        raise Refused("submission.invalid", "ended_km", reason="below the start")


def _check_file(file: FileRecord, uploads: Uploads) -> None:
    """Checks that the content was uploaded and matches the record."""
    if not SHA256.fullmatch(file.sha256) or not uploads.path(file.sha256).exists():
        raise Refused("submission.unknown_record", "sha256")
    if not file.owner_submission and (file.owner is None or file.owner_kind == "document"):
        raise Refused("submission.invalid", "owner", reason="it is missing")
    content = uploads.path(file.sha256).read_bytes()
    if len(content) != file.size:
        raise Refused("submission.invalid", "size", reason="not the file's")
    _check_content(file, content)


def _check_content(file: FileRecord, content: bytes) -> None:
    kind = kind_of(file.file_name, content)
    if safe_name(file.file_name) != file.file_name:
        raise Refused("submission.invalid", "file_name", reason="not a name of a file")
    if kind is None or kind[0] != file.media_type:
        raise Refused("submission.invalid", "media_type", reason="not what the file is, or not taken")
    if safe_name(file.file_name, kind[1]) != file.file_name:
        raise Refused("submission.invalid", "file_name", reason="the name of another kind of file")
    try:
        check_picture(file.media_type, content)
    except BadPictureError as error:
        raise Refused("submission.bad_picture", "sha256", name=file.file_name, reason=str(error)) from error


def _check_one_customer(payload: Document | AppointmentRecord) -> None:
    if (payload.customer is None) == (not payload.new_customer):
        raise Refused("submission.invalid", "customer", reason="either a known or a new customer")


def _check_reasons(appointment: AppointmentRecord) -> None:
    """Checks that an appointment that did not take place has a reason, as on the device."""
    is_short = appointment.state == "completed" and any(
        element.required and element.state == "open" for element in appointment.elements
    )
    if (is_short or appointment.state == "rejected") and not appointment.reason.strip():
        raise Refused("submission.invalid", "reason", reason="it is missing")


def _check_sum(document: Document, name: str, parts: Iterable[DocumentLine | VatTotal], field: str) -> None:
    """Checks that the parts add up exactly; otherwise the document was damaged."""
    total = sum((_number(getattr(part, name), field) for part in parts), Decimal())
    if total != Decimal(getattr(document, name)):
        raise Refused("submission.wrong_sum", field, stated=getattr(document, name), sum=f"{total:f}")


def _check_contacts(customer: CustomerRecord) -> None:
    """Checks that contacts are short single lines; of a changed customer, only changed fields are checked."""
    values = {
        "phone": [customer.phone],
        "email": [customer.email],
        "contacts": [one.value for one in customer.contacts],
    }
    for name, texts in values.items():
        if customer.customer is not None and name not in customer.changed:
            continue
        if len(texts) > MAX_CONTACTS or any(len(text) > MAX_CONTACT_CHARACTERS for text in texts):
            raise Refused("submission.invalid", name, reason="too long")
        if any(unicodedata.category(letter) in _NOT_IN_A_LINE for text in texts for letter in text):
            raise Refused("submission.invalid", name, reason="a line break or a control character in it")


def _not_below_zero(part: Document | DocumentLine, name: str, prefix: str = "") -> None:
    if _number(getattr(part, name), f"{prefix}{name}") < 0:
        raise Refused("submission.invalid", f"{prefix}{name}", reason="not below zero")


def _number(text: str, field: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise Refused("submission.invalid", field, reason="not a number")
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if abs(value) >= Decimal(10) ** 13 or not isinstance(exponent, int) or exponent < -MOST_PLACES:
        raise Refused("submission.invalid", field, reason="not a number of a document")
    return value


def _check_date(text: str, field: str) -> None:
    try:
        date.fromisoformat(text if _DATE.fullmatch(text) else "")
    except ValueError as error:
        raise Refused("submission.invalid", field, reason="not a date") from error


def _check_moment(text: str, field: str) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused("submission.invalid", field, reason="not a time") from error
    if moment.tzinfo is None:
        raise Refused("submission.invalid", field, reason="a time without a zone")
    if moment.year not in clock.YEARS:
        raise Refused("submission.invalid", field, reason="not a year of today")
