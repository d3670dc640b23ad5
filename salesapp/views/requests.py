"""Requests for screens: a class for each thing that the window can open, passed to `screens.open`.

    screens.open(OpenItem(17))

A screen knows the request, not the presenter or the page behind it. `presenters.py` maps requests to presenters.
Requests are msgspec structs, because 25 dataclasses would delay the first frame by 15 ms.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from salesapp.domain.objects.documents import DocumentType
    from salesapp.protocol.records import Document
    from salesapp.services.attachments import Owner

NewFile = tuple[str, bytes] | Path
"""A file to add: its name and content, or a path on this device."""


class Request(Struct, frozen=True):
    """Something that a presenter can show."""


# Items


class OpenItems(Request, frozen=True):
    """The list of items, with a customer's prices if there is one."""

    customer: int | None = None


class OpenItem(Request, frozen=True):
    key: int


class OpenScanned(Request, frozen=True):
    """The item of a scanned code; a message says what the code is if it belongs to none."""

    code: str


# Customers: one of this device is identified by its submission until it is in the catalogue


class OpenCustomers(Request, frozen=True):
    """The list of customers."""


class OpenCustomer(Request, frozen=True):
    key: int | None = None
    submission: str = ""


class NewCustomer(Request, frozen=True):
    """An empty form."""


class EditCustomer(Request, frozen=True):
    key: int | None = None
    submission: str = ""


# Orders and documents


class NewOrder(Request, frozen=True):
    """A new order, quote or return for a customer (by key or by submission), optionally with a first item."""

    customer: int | None = None
    new_customer: str = ""
    document_type: "DocumentType" = "sales_order"
    appointment: str = ""
    item: int | None = None


class OpenOrder(Request, frozen=True):
    """A draft. `withdrawn`: the submission of the confirmed document that was withdrawn to edit it again."""

    record: str
    withdrawn: str = ""


class AddToOrder(Request, frozen=True):
    """Adds one of an item to the order that is being written for a customer, or to a new one."""

    customer: int
    item: int


class CopyDocument(Request, frozen=True):
    """A new draft with the lines of a document, priced again; `document_type` can turn a quote into an order.

    `left_out` names the lines whose items are not on this device.
    """

    document: "Document"
    document_type: "DocumentType | None" = None
    left_out: tuple[str, ...] = ()


class ReturnDocument(Request, frozen=True):
    """A new return of what a document sold; `number` is its number here or in the ERP."""

    document: "Document"
    number: str
    left_out: tuple[str, ...] = ()


class ChooseOrderCustomer(Request, frozen=True):
    """Asks for the customer of a new order, then begins it."""

    document_type: "DocumentType" = "sales_order"
    item: int | None = None


class OpenDocuments(Request, frozen=True):
    """The list of documents."""


class OpenDocument(Request, frozen=True):
    """The user's own document by its record, or one of the ERP by its key."""

    record: str = ""
    key: int | None = None


class OpenWork(Request, frozen=True):
    """My work: the records made on this device."""


# Files


class OpenAttachments(Request, frozen=True):
    """The files of a record. If there are `new_files`, asks at once how to add them."""

    owner: "Owner"
    title: str = ""
    new_files: Sequence[NewFile] = ()


class OpenFile(Request, frozen=True):
    """A file of the user's own, by its record."""

    record: str


# Appointments and travel


class OpenAppointments(Request, frozen=True):
    """The calendar."""


class OpenAppointment(Request, frozen=True):
    """An appointment of the catalogue by its key, or the user's own by its record."""

    key: int | None = None
    record: str = ""


class PlanAppointment(Request, frozen=True):
    """A plan for a day (default: today), optionally for a customer."""

    customer: int | None = None
    new_customer: str = ""
    day: date | None = None


class OpenTravel(Request, frozen=True):
    """The list of travel entries."""


class NewTravel(Request, frozen=True):
    """A new travel entry, optionally for an appointment."""

    appointment: str = ""


class OpenTravelEntry(Request, frozen=True):
    record: str


# Areas that have one screen


class OpenPromotions(Request, frozen=True):
    """The list of promotions."""


class OpenReports(Request, frozen=True):
    """The reports."""


AREAS: dict[str, Request] = {
    "items": OpenItems(),
    "customers": OpenCustomers(),
    "documents": OpenDocuments(),
    "appointments": OpenAppointments(),
    "promotions": OpenPromotions(),
    "travel": OpenTravel(),
    "reports": OpenReports(),
    "work": OpenWork(),
}
"""Area of the main screen -> request of its tile."""
