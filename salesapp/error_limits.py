"""Errors of exceeded limits when sending; part of `salesapp.errors.ERRORS`.

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
    "device.record_too_large": (
        "The record would be {size} bytes; at most {limit} can be sent.",
        "It was not confirmed and stays as it was.",
        "Split it, or shorten its descriptions, then try again.",
    ),
    "device.too_many_lines": (
        "The document has {lines} lines; at most {limit} can be sent.",
        "It was not confirmed and stays as it was.",
        "Split it into two documents, then try again.",
    ),
    "gateway.refused_by_proxy": (
        "Something between this device and the gateway refused a request (status {status}).",
        "The data on this device stay as they were, and nothing unsent is lost.",
        "Synchronize again over another connection; if it stays, tell your administrator what was refused.",
    ),
    "object.refused_by_proxy": (
        "Something between this device and the gateway refuses its rows (status {status}).",
        "The last correct rows of this object stay on this device; the other objects are not affected.",
        "Synchronize again over another connection; if it stays, tell your administrator what was refused.",
    ),
    "gateway.former_answer": (
        "Something between this device and the gateway gave the answer to a former request.",
        "Nothing of it was taken. The data on this device stay as they were, and nothing unsent is lost.",
        "Synchronize again over another connection; if it stays, tell your administrator that a proxy keeps answers.",
    ),
    "submission.too_large_for_line": (
        "Something between this device and the gateway refuses the record as too large.",
        "The record stays on this device; nothing is lost. The other records are sent.",
        "Send it again over another connection; if it stays, ask your administrator to let larger requests through.",
    ),
    "submission.refused_by_proxy": (
        "Something between this device and the gateway refuses the record (status {status}).",
        "The record stays on this device; nothing is lost. The other records are sent.",
        "Send it again over another connection; if it stays, tell your administrator what was refused.",
    ),
    "submission.bad_picture": (
        "The gateway refuses the picture {name}: it is damaged, too large when unpacked, or another file as well.",
        "The file and its record stay on this device; nothing is lost.",
        "Open it in another program, save it as JPEG, and add it again.",
    ),
}
