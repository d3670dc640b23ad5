"""Checks, within the storing transaction, that the user may see everything that a submission refers to."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from salesapp.domain.objects.customers import Customer
from salesapp.errors import GatewayError
from salesapp.gateway.histories import is_awaited
from salesapp.gateway.history import RowsAt
from salesapp.gateway.merges import surviving
from salesapp.gateway.payloads import Refused
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import checkpoint, record, submission
from salesapp.gateway.uploads import Uploads
from salesapp.protocol.codes import CONFLICT, NOT_YET
from salesapp.protocol.records import (
    AppointmentRecord,
    CustomerRecord,
    Document,
    FileRecord,
    Payload,
    TravelRecord,
)

CUSTOMERS = Customer.OBJECT.key
_OWNERS = {
    "customer": CUSTOMERS,
    "item": "items.forms",
    "appointment": "appointments.appointments",
}
"""The object of each kind of owner that a file names by its key."""


@dataclass(frozen=True, slots=True)
class Validator:
    """Checks payloads of one user, which `payloads.decode` has returned, against the database."""

    connection: Connection
    user: str
    entitlement: Entitlement
    uploads: Uploads
    then: Callable[[], RowsAt | None] = lambda: None
    """Returns the rows that the device had when it made the record; None if that is not known."""

    def check(self, payload: Payload) -> None:
        """Raises Refused for an unknown record, GatewayError `submission.not_yet` for one still to come."""
        match payload:
            case Document():
                self._document(payload)
            case CustomerRecord():
                self._customer(payload)
            case AppointmentRecord():
                self._appointment(payload)
            case TravelRecord():
                self._travel(payload)
            case FileRecord():
                self._file(payload)

    def _document(self, document: Document) -> None:
        self._customer_of(document)
        for line in document.lines:
            self._exists("items.forms", line.item, "lines.item")
            self._exists("directories.units", line.unit, "lines.unit")
            self._exists("directories.warehouses", line.warehouse, "lines.warehouse")
        self._exists("directories.payment_forms", document.payment_form, "payment_form")
        self._exists("directories.price_types", document.price_type, "price_type")
        self._exists("directories.warehouses", document.warehouse, "warehouse")

    def _customer(self, customer: CustomerRecord) -> None:
        self._exists(CUSTOMERS, customer.customer, "customer", now=True)
        self._exists("directories.payment_forms", customer.payment_form, "payment_form")
        if customer.customer is not None and customer.base_hash is not None:
            current = self.connection.execute(
                select(record.c.row_hash, record.c.revision).where(
                    record.c.object == CUSTOMERS, record.c.id == customer.customer
                )
            ).one()
            if current.row_hash != customer.base_hash:
                raise Refused(CONFLICT, "customer", since=self._published_at(current.revision))

    def _published_at(self, revision: int) -> str:
        """Returns when a revision was published (UTC); empty if it is not published yet."""
        at: str | None = self.connection.execute(
            select(checkpoint.c.at).where(checkpoint.c.revision >= revision).order_by(checkpoint.c.revision).limit(1)
        ).scalar()
        return at or ""

    def _appointment(self, appointment: AppointmentRecord) -> None:
        self._customer_of(appointment)
        self._exists("appointments.types", appointment.appointment_type, "appointment_type")
        self._exists("appointments.templates", appointment.template, "template")
        self._exists("appointments.appointments", appointment.appointment, "appointment")

    def _travel(self, travel: TravelRecord) -> None:
        self._exists("directories.vehicles", travel.vehicle, "vehicle")
        self._exists("directories.travel_types", travel.travel_type, "travel_type")
        self._exists("appointments.appointments", travel.visit, "visit")

    def _file(self, file: FileRecord) -> None:
        if not self.uploads.path(file.sha256).exists():  # removed since it was decoded, to make room
            raise Refused("submission.unknown_record", "sha256")
        if file.owner_submission:
            self._submitted(file.owner_submission, "owner_submission")
        else:
            self._exists(_OWNERS[file.owner_kind], file.owner, "owner")

    def _customer_of(self, payload: Document | AppointmentRecord) -> None:
        if payload.new_customer:
            self._submitted(payload.new_customer, "new_customer")
        left = surviving(self.connection, payload.customer)
        if left is None:  # not moved or merged, but gone
            self._exists(CUSTOMERS, payload.customer, "customer", now=True)
        elif left.id == payload.customer or not self._is_there(CUSTOMERS, left.id):
            self._exists(CUSTOMERS, payload.customer, "customer")

    def _submitted(self, submission_id: str, field: str) -> None:
        state: str | None = self.connection.execute(
            select(submission.c.state).where(submission.c.user_name == self.user, submission.c.id == submission_id)
        ).scalar()
        if state in {None, "rejected"}:
            raise Refused("submission.unknown_record", field)

    def _exists(self, key: str, id_: int | None, field: str, *, now: bool = False) -> None:
        """Raises Refused unless the row exists and the user may see it, or did when the record was made (not `now`)."""
        if id_ is None:
            return
        scope = self._scope(key, id_)
        if scope is None and is_awaited(self.connection, key, id_):
            raise GatewayError(NOT_YET, field=field)
        if (scope is None or not self.entitlement.allows(scope)) and (now or not self._was_there(key, id_)):
            raise Refused("submission.unknown_record", field)

    def _scope(self, key: str, id_: int) -> int | None:
        scope: int | None = self.connection.execute(
            select(record.c.scope).where(record.c.object == key, record.c.id == id_)
        ).scalar()
        return scope

    def _is_there(self, key: str, id_: int) -> bool:
        scope = self._scope(key, id_)
        return scope is not None and self.entitlement.allows(scope)

    def _was_there(self, key: str, id_: int) -> bool:
        rows = self.then()
        return rows is not None and rows.has(key, id_)
