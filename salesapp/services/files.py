"""Files that a representative adds to a record: kept encrypted here, sent after the record."""

import hashlib

import msgspec
from sqlalchemy import Connection

from salesapp.domain.ids import new_id
from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.protocol.records import FileRecord
from salesapp.store import outbox, records
from salesapp.store.sealed import read_sealed, write_sealed
from salesapp.store.shelf import Shelf
from salesapp.store.work import WorkStore


def add_file(work: WorkStore, file: FileRecord, content: bytes) -> str:
    """Keeps the file and puts it into the outbox unless it stays on the device; returns the record's id.

    Size and digest are taken from the content. A file for a record that is still waiting depends on it.
    """
    described = msgspec.structs.replace(file, size=len(content), sha256=_keep(work, content))
    return send_kept(work, described)


def keep_content(shelf: Shelf, content: bytes) -> str:
    """Keeps a content that a record names later, encrypted; returns its sha256. Nothing is sent by this alone."""
    return _keep(shelf.work, content)


def send_kept(work: WorkStore, file: FileRecord) -> str:
    """Puts a file whose content is kept here already into the outbox; returns the record's id."""
    path = work.account.own_files / f"{file.sha256}.sealed"
    size = file.size or sum(len(part) for part in read_sealed(path, work.key))
    described = msgspec.structs.replace(file, size=size)
    record_id = new_id()
    with work.write() as connection:
        submission = None
        if file.upload_to_erp:
            depends_on = file.owner_submission or None
            submission = outbox.add(connection, "file", record_id, described, depends_on=depends_on)
        records.save(connection, record_id, "file", "confirmed", described, submission=submission)
    return record_id


def void_files_of(connection: Connection, record_id: str) -> None:
    """A record that will never go takes its waiting files with it, in the caller's transaction; they stay visible."""
    for file in outbox.withdraw_files(connection, record_id):
        found = records.load_in(connection, file)
        records.save(connection, file, "file", "voided", found.payload)


def _keep(work: WorkStore, content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise DeviceError("device.file_too_large", size=len(content), limit=MAX_FILE_BYTES)
    sha256 = hashlib.sha256(content).hexdigest()
    path = work.account.own_files / f"{sha256}.sealed"
    if not path.exists():
        write_sealed(path, work.key, content)
    return sha256
