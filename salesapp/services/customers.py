"""New customers, usable at once, and changes of known ones."""

from salesapp.domain.ids import new_id
from salesapp.protocol.records import CustomerRecord
from salesapp.store import outbox, records
from salesapp.store.work import WorkStore


def add_customer(work: WorkStore, customer: CustomerRecord) -> tuple[str, str]:
    """Saves a new or changed customer and puts it into the outbox; returns the record's and the submission's id.

    A document names a new customer by the submission's id, and depends on it.
    """
    record_id = new_id()
    with work.write() as connection:
        submission = outbox.add(connection, "customer", record_id, customer)
        records.save(connection, record_id, "customer", "confirmed", customer, submission=submission)
    return record_id, submission
