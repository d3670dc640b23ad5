"""What a screen asks for: one class for each thing that the window opens, given to `screens.open`.

    screens.open(OpenItem(17))

A screen knows the request, not the presenter or the page behind it. `presenters.py` says which presenter shows it.
They are msgspec structs, because 25 dataclasses would make the first frame wait for 15 ms.
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

Given = tuple[str, bytes] | Path
"""A file to be added: a name with its content, or a file of this device."""


class Request(Struct, frozen=True):
    """Something that a presenter shows."""


# Items


class OpenItems(Request, frozen=True):
    """The list of items; with a customer, at that customer's prices."""

    customer: int | None = None


class OpenItem(Request, frozen=True):
    key: int


# Customers: one of this device goes by its submission until the catalogue has it


class OpenCustomers(Request, frozen=True):
    """The list of customers."""


class OpenCustomer(Request, frozen=True):
    key: int | None = None
    submission: str = ""


class NewCustomer(Request, frozen=True):
    """The empty form."""


class EditCustomer(Request, frozen=True):
    key: int | None = None
    submission: str = ""


# Orders and documents


class NewOrder(Request, frozen=True):
    """An order or quote of a customer (of the catalogue, or by its submission), with a first item or without."""

    customer: int | None = None
    new_customer: str = ""
    document_type: "DocumentType" = "sales_order"
    appointment: str = ""
    item: int | None = None


class OpenOrder(Request, frozen=True):
    """The draft of a record. `withdrawn`: the submission of a confirmed document that is edited again."""

    record: str
    withdrawn: str = ""


class AddToOrder(Request, frozen=True):
    """One more of an item in the order that is being written for a customer, or in a new one."""

    customer: int
    item: int


class CopyDocument(Request, frozen=True):
    """A new draft with the lines of a document, priced again; a quote becomes an order by its type.

    `left_out` names the lines that this device does not know.
    """

    document: "Document"
    document_type: "DocumentType | None" = None
    left_out: tuple[str, ...] = ()


class ChooseOrderCustomer(Request, frozen=True):
    """Asks whose order it is, then begins it."""

    document_type: "DocumentType" = "sales_order"
    item: int | None = None


class OpenDocuments(Request, frozen=True):
    """The list of documents."""


class OpenDocument(Request, frozen=True):
    """An own document by its record, one of the ERP by its key in the catalogue."""

    record: str = ""
    key: int | None = None


class OpenWork(Request, frozen=True):
    """My work: what was made on this device."""


# Files


class OpenAttachments(Request, frozen=True):
    """The files of a record; `given` are asked about at once."""

    owner: "Owner"
    title: str = ""
    given: Sequence[Given] = ()


class OpenFile(Request, frozen=True):
    """An own file."""

    record: str


# Appointments and travel


class OpenAppointments(Request, frozen=True):
    """The calendar."""


class OpenAppointment(Request, frozen=True):
    """One of the catalogue by its key, an own one by its record."""

    key: int | None = None
    record: str = ""


class PlanAppointment(Request, frozen=True):
    """A plan for a day (today unless given), with a customer or without one."""

    customer: int | None = None
    new_customer: str = ""
    day: date | None = None


class OpenTravel(Request, frozen=True):
    """The list of travel entries."""


class NewTravel(Request, frozen=True):
    """A new travel entry, of a visit or of none."""

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
"""Area of the main screen: what its tile opens."""
