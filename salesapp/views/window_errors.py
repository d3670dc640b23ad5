"""Error sentences that differ in the window from the command line: other remedies, sizes, no foreign words."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from salesapp.errors import ErrorText

translate = QCoreApplication.translate

SIZES: Mapping[str, frozenset[str]] = {
    "device.disk_full": frozenset({"needed", "free"}),
    "device.file_too_large": frozenset({"size", "limit"}),
    "device.record_too_large": frozenset({"size", "limit"}),
    "gateway.oversized": frozenset({"limit"}),
    "gateway.upload_quota": frozenset({"bytes"}),
    "gateway.record_quota": frozenset({"bytes"}),
    "gateway.undelivered_quota": frozenset({"bytes"}),
    "gateway.file_quota": frozenset({"bytes"}),
}
"""Code -> parameters that are sizes in bytes."""


def own_text(code: str, params: Mapping[str, str]) -> ErrorText | None:
    """Returns the window's sentences for a code, or None if those of `ERRORS` are used."""
    if code == "device.disk_full" and not params.get("needed", "").isdigit():
        full = translate("WindowErrors", "There is not enough space on this device.")
        return ErrorText(full, _kept(), translate("WindowErrors", "Free some space, then try again."))
    found = _REMEDIES | _CERTIFICATES | _MEASURED
    return found[code]() if code in found else None


def _kept() -> str:
    return translate("WindowErrors", "The data on this device stay as they were, and nothing unsent is lost.")


def _unsent() -> str:
    """Says that nothing has left the device, and everything on it stays."""
    return translate("WindowErrors", "Nothing was sent.") + " " + _kept()


def _nothing() -> str:
    return translate("WindowErrors", "Nothing was read or written.")


_REMEDIES = {
    "auth.no_password": lambda: ErrorText(
        translate("WindowErrors", "The session with the gateway has ended."),
        _kept(),
        translate("WindowErrors", "Log out in Settings, then log on again."),
    ),
    "device.no_key": lambda: ErrorText(
        translate("WindowErrors", "The key of the files on this device is not available."),
        _nothing(),
        translate("WindowErrors", "Unlock the keyring of the operating system, then start the app again."),
    ),
    "device.work_damaged": lambda: ErrorText(
        translate("WindowErrors", "The file with your own work is damaged and was left untouched."),
        translate("WindowErrors", "Daily backups are beside it."),
        translate("WindowErrors", "Ask support to restore the last backup: salesapp restore-backup."),
    ),
    "usage": lambda: ErrorText("{reason}", _nothing(), translate("WindowErrors", "Check the settings.")),
    "bug": lambda: ErrorText(
        translate("WindowErrors", "The app made a mistake that it does not know ({reason})."),
        _kept(),
        translate("WindowErrors", "Save a report in Settings and send it to support."),
    ),
}
"""Replaces remedies that are commands of the command line."""
_CERTIFICATES = {
    "network.untrusted": lambda: ErrorText(
        translate("WindowErrors", "The certificate of {url} is not trusted: this device does not know who signed it."),
        _unsent(),
        translate(
            "WindowErrors",
            "Check the address; if it is right, ask your administrator for the company's CA certificate.",
        ),
    ),
    "network.certificate_date": lambda: ErrorText(
        translate("WindowErrors", "The certificate of {url} is not valid on the date of this device, {date}."),
        _unsent(),
        translate(
            "WindowErrors", "Check the date and time of this device; if they are right, tell your administrator."
        ),
    ),
    "network.certificate_name": lambda: ErrorText(
        translate("WindowErrors", "The certificate of {url} belongs to another address."),
        _unsent(),
        translate("WindowErrors", "Check the address; if it is right, tell your administrator."),
    ),
}
"""Replaces the operating system's messages on certificates, which are not translated."""
_MEASURED = {
    "device.disk_full": lambda: ErrorText(
        translate("WindowErrors", "There is not enough space on this device: {needed} are needed, {free} are free."),
        _kept(),
        translate("WindowErrors", "Free some space, then try again."),
    ),
    "device.file_too_large": lambda: ErrorText(
        translate("WindowErrors", "The file has {size}; {limit} are allowed."),
        translate("WindowErrors", "It was not added; everything else is as it was."),
        translate("WindowErrors", "Make it smaller and add it again."),
    ),
    "device.record_too_large": lambda: ErrorText(
        translate("WindowErrors", "The record would have {size}; at most {limit} can be sent."),
        translate("WindowErrors", "It was not confirmed and stays as it was."),
        translate("WindowErrors", "Split it, or shorten its descriptions, then try again."),
    ),
    "gateway.oversized": lambda: ErrorText(
        translate("WindowErrors", "The gateway's answer is larger than the {limit} that are allowed."),
        _kept(),
        translate("WindowErrors", "Report it to the back office."),
    ),
    "gateway.record_quota": lambda: ErrorText(
        translate(
            "WindowErrors",
            "The gateway takes no more records of yours today: {records} have arrived in 24 hours ({bytes}).",
        ),
        translate("WindowErrors", "The record stays on this device and waits; nothing is lost."),
        translate(
            "WindowErrors",
            "Synchronize again tomorrow; if there are so many each day, ask the back office for a larger quota.",
        ),
    ),
    "gateway.undelivered_quota": lambda: ErrorText(
        translate(
            "WindowErrors", "{records} records of yours ({bytes}) wait at the gateway for the ERP: it takes no more."
        ),
        translate("WindowErrors", "The record stays on this device and waits; nothing is lost."),
        translate("WindowErrors", "Tell the back office that the ERP takes nothing; synchronize again later."),
    ),
    "gateway.file_quota": lambda: ErrorText(
        translate("WindowErrors", "The gateway takes no more files of yours: it holds {bytes} of them."),
        translate("WindowErrors", "The file and its record stay on this device and wait; nothing is lost."),
        translate("WindowErrors", "Synchronize again tomorrow; if it stays, ask the back office for a larger quota."),
    ),
    "gateway.upload_quota": lambda: ErrorText(
        translate(
            "WindowErrors",
            "The gateway holds as many files of yours without a record as it takes: {files} files, {bytes}.",
        ),
        translate("WindowErrors", "The file and its record stay on this device and wait; nothing is lost."),
        translate(
            "WindowErrors",
            "Synchronize again, so that records of earlier files arrive; if it stays, tell the back office.",
        ),
    ),
}
"""Sentences with sizes in readable units instead of bytes."""
