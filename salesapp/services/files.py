"""Files that a representative adds to a record: stored encrypted, sent after the record."""

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
    """Stores the file, and puts it into the outbox unless it stays on the device; returns the record's id.

    Computes size and digest from the content. A file of a waiting record depends on it. Raises DeviceError.
    """
    described = msgspec.structs.replace(file, size=len(content), sha256=_keep(work, content))
    with work.write() as connection:
        return _send(connection, described)


def keep_content(stores: AccountStores, content: bytes) -> str:
    """Stores a content encrypted, for a later record; returns its sha256. Sends nothing. Raises DeviceError."""
    return _keep(stores.work, content)


def kept_size(work: WorkStore, sha256: str) -> int:
    """Returns the size of a stored content in bytes."""
    return sum(len(part) for part in read_sealed(work.account.own_file(sha256), work.key))


def _send(connection: Connection, file: FileRecord) -> str:
    record_id, submission = new_id(), None
    if file.upload_to_erp:
        depends_on = file.owner_submission or None
        submission = outbox.add(connection, "file", record_id, file, depends_on=depends_on)
    records.save(connection, record_id, "file", "confirmed", file, submission=submission)
    return record_id


def send_signature(connection: Connection, record_id: str, submission: str, sha256: str, size: int) -> None:
    """Queues a document's signature behind it, once, and voids an earlier one that is unsent.

    Runs in the transaction that confirms the document; an empty `sha256` means no signature.
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
    """Stores a file of a draft, to send once the draft is confirmed; returns the file's record. Raises DeviceError."""
    described = msgspec.structs.replace(
        file, owner_submission=record_id, size=len(content), sha256=_keep(work, content)
    )
    id_ = new_id()
    with work.write() as connection:
        records.save(connection, id_, "file", "draft", described)
    return id_


def release_files(connection: Connection, record_id: str, submission: str) -> None:
    """Queues the files of a confirmed draft behind it, in the caller's transaction."""
    for entry in _held_for(connection, record_id):
        file = msgspec.structs.replace(entry.payload, owner_submission=submission)
        sent = outbox.add(connection, "file", entry.id, file, depends_on=submission) if file.upload_to_erp else None
        records.save(connection, entry.id, "file", "confirmed", file, submission=sent)


def _held_for(connection: Connection, record_id: str) -> list[records.StoredRecord[FileRecord]]:
    held = records.find_all(connection, FileRecord, "draft")
    return [entry for entry in held if entry.payload.owner_submission == record_id]


def void_files_of(connection: Connection, record_id: str) -> None:
    """Voids the waiting files of a record that will not be sent, in the caller's transaction; they stay visible."""
    held = [entry.id for entry in _held_for(connection, record_id)]
    for file in (*held, *outbox.withdraw_files(connection, record_id)):
        records.void(connection, file)


# Changes to a stored file


class TooLateError(Exception):
    """The file has already been sent."""


def choose_sending(work: WorkStore, record_id: str, *, to_erp: bool) -> None:
    """Chooses whether a file goes to the ERP, also again after a rejection. Raises TooLateError."""
    with work.write() as connection:
        found = _taken_back(connection, record_id)
        file = msgspec.structs.replace(found.payload, upload_to_erp=to_erp)
        if found.state == "draft" or not to_erp:
            records.save(connection, record_id, "file", found.state, file)
            return
        owner = _live_owner(connection, file.owner_submission)
        file = msgspec.structs.replace(file, owner_submission=owner)
        if owner and records.find_in(connection, owner) is not None:  # a draft: the file is sent with it
            records.save(connection, record_id, "file", "draft", file)
            return
        submission = outbox.add(connection, "file", record_id, file, depends_on=owner or None)
        records.save(connection, record_id, "file", "confirmed", file, submission=submission)


def remove(work: WorkStore, record_id: str) -> None:
    """Removes an unsent file from its record. Raises TooLateError."""
    with work.write() as connection:
        _taken_back(connection, record_id)
        records.void(connection, record_id)


def _taken_back(connection: Connection, record_id: str) -> records.StoredRecord[FileRecord]:
    found = records.load_in(connection, record_id, FileRecord)
    if found.submission is not None and not outbox.withdraw(connection, found.submission):
        raise TooLateError(record_id)
    return found


def _live_owner(connection: Connection, submission: str) -> str:
    """Returns the record's current submission in place of this one; the record itself while it is a draft."""
    owner = records.find_by_submission(connection, submission, Payload) if submission else None
    return submission if owner is None else owner.submission or owner.id


def save_copy(stores: AccountStores, sha256: str, path: Path) -> None:
    """Writes an unencrypted copy for the user. Raises DeviceError."""
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
    if is_damaged(path, work.key, sha256):  # missing or damaged: adding the same file again repairs it
        write_sealed(path, work.key, content)
    return sha256
