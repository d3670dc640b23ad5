"""Attachments as screens see them: files of a record, and one that is about to be added."""

from salesapp.services.attachments import (
    Attached,
    Candidate,
    OwnerKind,
    attach,
    attached_to,
    candidate_of,
    read_candidate,
    shrunk,
    without_place,
)
from salesapp.store.shelf import Shelf

__all__ = ["Attached", "Candidate", "OwnerKind", "add", "attached_to", "candidate_of", "read_candidate"]


def add(
    shelf: Shelf,
    candidate: Candidate,
    owner_kind: OwnerKind,
    *,
    owner: int | None = None,
    owner_submission: str = "",
    description: str = "",
    to_erp: bool = True,
    shrink: bool = False,
    keep_place: bool = False,
) -> str:
    """Shrinks and frees it of its place as asked, then keeps it; returns its record. Raises DeviceError."""
    taken = shrunk(candidate) if shrink else candidate
    if not keep_place:
        taken = without_place(taken)
    return attach(
        shelf,
        taken,
        owner_kind,
        owner=owner,
        owner_submission=owner_submission,
        description=description,
        to_erp=to_erp,
    )
