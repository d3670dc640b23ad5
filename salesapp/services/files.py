"""Files that a representative adds to a record: kept encrypted here, sent after the record."""

import hashlib
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from salesapp.disk import write_failed
from salesapp.domain.ids import new_id
from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.protocol.records import Document, FileRecord, Payload
from salesapp.store import outbox, records
from salesapp.store.account_stores import AccountStores
from salesapp.store.pictures import is_damaged, read_picture
from salesapp.store.sealed import read_sealed, write_sealed
from salesapp.store.work import WorkStore


def add_file(work: WorkStore, file: FileRecord, content: bytes) -> str:
    """Keeps the file and puts it into the outbox unless it stays on the device; returns the record's id.

    Size and digest are taken from the content. A file for a record that is still waiting depends on it.
    """
    described = msgspec.structs.replace(file, size=len(content), sha256=_keep(work, content))
    with work.write() as connection:
        return _send(connection, described)


def keep_content(stores: AccountStores, content: bytes) -> str:
    """Keeps a content that a record names later, encrypted; returns its sha256. Nothing is sent by this alone."""
    return _keep(stores.work, content)


def kept_size(work: WorkStore, sha256: str) -> int:
    """Bytes of a content that is kept here."""
    return sum(len(part) for part in read_sealed(work.account.own_file(sha256), work.key))


def _send(connection: Connection, file: FileRecord) -> str:
    record_id, submission = new_id(), None
    if file.upload_to_erp:
        depends_on = file.owner_submission or None
        submission = outbox.add(connection, "file", record_id, file, depends_on=depends_on)
    records.save(connection, record_id, "file", "confirmed", file, submission=submission)
    return record_id


def send_signature(connection: Connection, record_id: str, submission: str, sha256: str, size: int) -> None:
    """What was drawn on a document goes after it, once; what was drawn before and did not go yet does not go.

    In the transaction that confirms the document by a submission; an empty `sha256` is no signature.
    """
    carried = outbox.carried(connection, record_id)
    drawn = {payload.signature_sha256 for payload in carried.values() if isinstance(payload, Document)}
    there = [
        entry
        for entry in records.find_all(connection, FileRecord, "confirmed")
        if entry.payload.owner_submission in carried and entry.payload.sha256 in drawn
    ]
    for entry in there:
        is_other = entry.payload.sha256 != sha256
        if is_other and (entry.submission is None or outbox.withdraw(connection, entry.submission)):
            records.void(connection, entry.id)
    if sha256 and sha256 not in {entry.payload.sha256 for entry in there}:
        drawing = FileRecord(
            owner_kind="document",
            owner_submission=submission,
            file_name="signature.png",
            media_type="image/png",
            size=size,
            sha256=sha256,
        )
        _send(connection, drawing)


def hold_for(work: WorkStore, record_id: str, file: FileRecord, content: bytes) -> str:
    """Keeps a file of a record that is a draft still; it goes once that one does. Returns the file's record."""
    described = msgspec.structs.replace(
        file, owner_submission=record_id, size=len(content), sha256=_keep(work, content)
    )
    id_ = new_id()
    with work.write() as connection:
        records.save(connection, id_, "file", "draft", described)
    return id_


def release_files(connection: Connection, record_id: str, submission: str) -> None:
    """The draft goes, and its files after it; in the caller's transaction."""
    for entry in _held_for(connection, record_id):
        file = msgspec.structs.replace(entry.payload, owner_submission=submission)
        sent = outbox.add(connection, "file", entry.id, file, depends_on=submission) if file.upload_to_erp else None
        records.save(connection, entry.id, "file", "confirmed", file, submission=sent)


def _held_for(connection: Connection, record_id: str) -> list[records.StoredRecord[FileRecord]]:
    held = records.find_all(connection, FileRecord, "draft")
    return [entry for entry in held if entry.payload.owner_submission == record_id]


def void_files_of(connection: Connection, record_id: str) -> None:
    """A record that will never go takes its waiting files with it, in the caller's transaction; they stay visible."""
    held = [entry.id for entry in _held_for(connection, record_id)]
    for file in (*held, *outbox.withdraw_files(connection, record_id)):
        records.void(connection, file)


# One file, afterwards


class TooLateError(Exception):
    """The file is on its way already."""


def choose_sending(work: WorkStore, record_id: str, *, to_erp: bool) -> None:
    """Whether a file goes to the ERP, or once more after it was refused. Raises TooLateError."""
    with work.write() as connection:
        found = _taken_back(connection, record_id)
        file = msgspec.structs.replace(found.payload, upload_to_erp=to_erp)
        if found.state == "draft" or not to_erp:
            records.save(connection, record_id, "file", found.state, file)
            return
        owner = _live_owner(connection, file.owner_submission)
        file = msgspec.structs.replace(file, owner_submission=owner)
        if owner and records.find_in(connection, owner) is not None:  # a draft: the file goes with it
            records.save(connection, record_id, "file", "draft", file)
            return
        submission = outbox.add(connection, "file", record_id, file, depends_on=owner or None)
        records.save(connection, record_id, "file", "confirmed", file, submission=submission)


def remove(work: WorkStore, record_id: str) -> None:
    """Takes a file out that was not sent; it is not shown with its record any more. Raises TooLateError."""
    with work.write() as connection:
        _taken_back(connection, record_id)
        records.void(connection, record_id)


def _taken_back(connection: Connection, record_id: str) -> records.StoredRecord[FileRecord]:
    found = records.load_in(connection, record_id, FileRecord)
    if found.submission is not None and not outbox.withdraw(connection, found.submission):
        raise TooLateError(record_id)
    return found


def _live_owner(connection: Connection, submission: str) -> str:
    """The submission that carries now what this one carried; the record itself while that is a draft."""
    owner = records.find_by_submission(connection, submission, Payload) if submission else None
    return submission if owner is None else owner.submission or owner.id


def save_copy(stores: AccountStores, sha256: str, path: Path) -> None:
    """Writes a plain copy for the person. Raises DeviceError."""
    content = read_picture(stores, sha256)
    if content is None:
        raise DeviceError("device.file_missing", name=path.name)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise write_failed(error) from error


def _keep(work: WorkStore, content: bytes) -> str:
    if len(content) > MAX_FILE_BYTES:
        raise DeviceError("device.file_too_large", size=len(content), limit=MAX_FILE_BYTES)
    sha256 = hashlib.sha256(content).hexdigest()
    path = work.account.own_file(sha256)
    if is_damaged(path, work.key, sha256):  # missing, or one that was damaged is mended by adding the same once more
        write_sealed(path, work.key, content)
    return sha256
