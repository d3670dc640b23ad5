"""Sentences for what is over a limit where it is sent: a part of `salesapp.errors.ERRORS`, by code.

What happened, what it means for the data, and what to do. Imported by `errors`, imports nothing of ours.
"""

from typing import Final

LIMITS: Final[dict[str, tuple[str, str, str]]] = {
    "gateway.upload_quota": (
        "The gateway holds as many files of this user without a record as it takes ({files} files, {bytes} bytes).",
        "The file and its record stay on this device and wait; nothing is lost.",
        "Synchronize again, so that records of earlier files arrive; if it stays, tell the back office.",
    ),
    "gateway.record_quota": (
        "The gateway takes no more records of this user today: {records} have arrived in 24 hours ({bytes} bytes).",
        "The record stays on this device and waits; nothing is lost.",
        "Synchronize again tomorrow; if there are so many each day, ask the back office for a larger quota.",
    ),
    "gateway.undelivered_quota": (
        "{records} records of this user ({bytes} bytes) wait at the gateway for the ERP: it takes no more.",
        "The record stays on this device and waits; nothing is lost.",
        "Tell the back office that the ERP takes nothing; synchronize again later.",
    ),
    "gateway.file_quota": (
        "The gateway takes no more files of this user: it holds {bytes} bytes of them.",
        "The file and its record stay on this device and wait; nothing is lost.",
        "Synchronize again tomorrow; if it stays, ask the back office for a larger quota.",
    ),
    "submission.bad_picture": (
        "The gateway refuses the picture {name}: it is damaged, too large when unpacked, or another file as well.",
        "The file and its record stay on this device; nothing is lost.",
        "Open it in another program, save it as JPEG, and add it again.",
    ),
}
