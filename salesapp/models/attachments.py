"""Attachments as screens see them: files of a record, one that is about to be added, one that is looked at."""

from salesapp.services.attachments import (
    Attached,
    Candidate,
    Owner,
    OwnerKind,
    attach,
    attached_to,
    candidate_of,
    checked,
    read_candidate,
    read_file,
    shrunk,
    without_place,
)
from salesapp.services.files import TooLateError, choose_sending, remove, save_copy
from salesapp.services.own_work import WorkItem
from salesapp.store.account_stores import AccountStores

__all__ = [
    "Attached",
    "Candidate",
    "Owner",
    "OwnerKind",
    "TooLateError",
    "WorkItem",
    "add",
    "attached_to",
    "candidate_of",
    "checked",
    "choose_sending",
    "read_candidate",
    "read_file",
    "remove",
    "save_copy",
]


def add(
    stores: AccountStores,
    candidate: Candidate,
    owner: Owner,
    *,
    description: str = "",
    to_erp: bool = True,
    shrink: bool = False,
    keep_place: bool = False,
) -> str:
    """Shrinks and frees it of its place as asked, then keeps it; returns its record. Raises DeviceError."""
    taken = shrunk(candidate, keep_place=keep_place) if shrink else candidate
    if not keep_place:
        taken = without_place(taken)
    if taken.is_too_large and taken.is_picture and not shrink:  # written anew without its place, it may have grown
        taken = shrunk(taken)
    return attach(stores, taken, owner, description=description, to_erp=to_erp)
