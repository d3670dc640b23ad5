"""Errors of files: added ones, and those that another program holds; part of `salesapp.errors.ERRORS`.

What happened, what it means for the data, and what to do. Imported by `errors`, imports nothing of ours.
"""

from typing import Final

_NOT_ADDED = "It was not added; everything else is as it was."

FILES: Final[dict[str, tuple[str, str, str]]] = {
    "device.file_held": (
        "The file {name} is held by another program, or this user may not change it.",
        "It was left as it is. The data on this device stay as they were, and nothing unsent is lost.",
        "Close what has it open (a viewer, a backup, a virus scanner), then try again.",
    ),
    "device.window_open": (
        "The window of SalesApp is open and works with these files.",
        "Nothing was changed.",
        "Close the window first, then try again.",
    ),
    "device.own_file_damaged": (
        "A file that you added is damaged on this device ({name}).",
        "It is kept as it is. What the gateway has of it already is not affected, nor is anything else.",
        "If you still have the photo or file elsewhere, add it again; that mends this one, too.",
    ),
    "device.file_missing": (
        "The file {name} is not on this device.",
        "Nothing was saved; everything else is as it was.",
        "Synchronize with attachments, then try again.",
    ),
    "device.file_unreadable": (
        "The file {name} could not be read.",
        _NOT_ADDED,
        "Open it in its own program; copy it to this device and add it again.",
    ),
    "device.file_kind": (
        "The file {name} is of a kind that is not taken, or it is damaged.",
        _NOT_ADDED,
        "Pictures, PDF, text, office documents and recordings can be added.",
    ),
    "device.no_photo": (
        "{name} is not a picture, or it is damaged.",
        _NOT_ADDED,
        "Choose a photo; another file can be attached to the appointment.",
    ),
    "device.file_too_large": (
        "The file has {size} bytes; {limit} are allowed.",
        _NOT_ADDED,
        "Make it smaller and add it again.",
    ),
}
