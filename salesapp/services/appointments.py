"""Appointments: planned, moved, carried out or rejected on the device."""

from salesapp.domain.ids import new_id
from salesapp.protocol.records import AppointmentRecord
from salesapp.store import outbox, records
from salesapp.store.work import WorkStore


def record_appointment(work: WorkStore, appointment: AppointmentRecord, *, depends_on: str | None = None) -> str:
    """Saves what was planned or done and puts it into the outbox; returns the submission's id."""
    record_id = new_id()
    with work.write() as connection:
        submission = outbox.add(connection, "appointment", record_id, appointment, depends_on=depends_on)
        records.save(connection, record_id, "appointment", "confirmed", appointment, submission=submission)
    return submission
