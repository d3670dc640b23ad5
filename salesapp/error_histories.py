"""Errors after a backup was restored, at the gateway or on the device; part of `salesapp.errors.ERRORS`.

What happened, what it means for the data, and what to do. Imported by `errors`, imports nothing of ours.
"""

from typing import Final

_KEPT = "The data on this device stay as they were, and nothing unsent is lost."
_UNSENT_KEPT = "The record stays on this device; nothing is lost."

HISTORIES: Final[dict[str, tuple[str, str, str]]] = {
    "gateway.other_history": (
        "The gateway came back from a backup.",
        _KEPT,
        "Synchronize again: what it lacks is sent once more.",
    ),
    "gateway.older_device": (
        "Your own work on this device is older than what the gateway has from it.",
        _KEPT,
        "Synchronize again: the app asks first what became of each record.",
    ),
    "device.records_returned": (
        "Your own work came back from a backup. Records that were sent since, and were missing here: {count}.",
        "The gateway has them. They are in My work again, and what became of them in the ERP is in the lists.",
        "Look through My work: what was made after the backup and not sent yet is gone.",
    ),
    "submission.number_taken": (
        "Another document has the number {number} already.",
        _UNSENT_KEPT,
        "Send it again: it gets a new number. Check first whether it is the same document.",
    ),
    "submission.not_yet": (
        "The gateway came back from a backup and does not have yet what the record refers to ({field}).",
        _UNSENT_KEPT,
        "Nothing now: it goes by itself once an import or another tablet has brought it.",
    ),
}
