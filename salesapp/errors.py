"""User-facing errors as data: a code, parameters, and three English sentences for each code.

    SalesAppError
    └── UserFacingError(code, **params)   an outside cause: shown with its effect on the data and a remedy
        ├── NetworkError                  the gateway was not reached, or cannot be trusted
        ├── AuthorizationError            the gateway refuses this user
        ├── GatewayError                  the gateway answered with a problem, or with an invalid answer
        ├── ObjectError                   one object is not correct; the others go on
        ├── DeviceError                   this device: disk, files, key
        └── UsageError                    the command line was used wrongly

Any other exception is a bug. The window has its own texts for each code (`tr`); the command line and
the log use the sentences here.
"""

from dataclasses import dataclass
from typing import Final

from salesapp.error_files import FILES
from salesapp.error_histories import HISTORIES
from salesapp.error_limits import LIMITS


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What happened, what it means for the data on this device, and what to do; `{name}` is a parameter."""

    what: str
    data: str
    remedy: str


_KEPT = "The data on this device stay as they were, and nothing unsent is lost."
_OBJECT_KEPT = "The last correct rows of this object stay on this device; the other objects are not affected."
_UNSENT_KEPT = "The record stays on this device; nothing is lost."
_UNCHANGED = "The password was not set."
_CHOOSE = "Choose another, for example three words that have nothing to do with each other."

ERRORS: Final[dict[str, ErrorText]] = {
    "network.no_network": ErrorText(
        "This device has no network; {url} was not asked.", _KEPT, "Connect it to a network, then try again."
    ),
    "network.unknown_host": ErrorText(
        "No computer is known under the name {host}.",
        _KEPT,
        "Check the address of the gateway; in another network than the company's it may need the VPN.",
    ),
    "network.unreachable": ErrorText(
        "The gateway {url} could not be reached.",
        _KEPT,
        "Check the network and the address, then synchronize again.",
    ),
    "network.timeout": ErrorText(
        "The gateway {url} did not answer in time.", _KEPT, "Try again where the connection is better."
    ),
    "network.cut": ErrorText(
        "The connection to the gateway broke off.",
        "What had arrived is kept, and the data in place stay as they were.",
        "Synchronize again; it goes on from here.",
    ),
    "network.untrusted": ErrorText(
        "The certificate of {url} is not trusted: {reason}.",
        "Nothing was sent. " + _KEPT,
        "Check the address; if it is right, ask your administrator for the company's CA certificate.",
    ),
    "network.certificate_date": ErrorText(
        "The certificate of {url} is not valid on the date of this device, {date} ({reason}).",
        "Nothing was sent. " + _KEPT,
        "Check the date and time of this device; if they are right, tell your administrator.",
    ),
    "network.certificate_name": ErrorText(
        "The certificate of {url} belongs to another address ({reason}).",
        "Nothing was sent. " + _KEPT,
        "Check the address; if it is right, tell your administrator.",
    ),
    "network.plain_http": ErrorText(
        "{url} is not encrypted: plain http is allowed on this computer itself only.",
        "Nothing was sent. " + _KEPT,
        "Use the address that begins with https://.",
    ),
    "network.bad_address": ErrorText(
        "{url} is not an address of a gateway.", _KEPT, "Write it like https://gateway.example.com."
    ),
    "network.captive_portal": ErrorText(
        "Something other than a gateway answered at {url}, perhaps the logon page of a wireless network.",
        "Nothing of it was taken. " + _KEPT,
        "Log on to the wireless network in the browser, or check the address.",
    ),
    "auth.wrong_password": ErrorText(
        "The gateway does not know this user with this password.",
        _KEPT,
        "Check both; upper and lower case count.",
    ),
    "auth.required": ErrorText(
        "The session with the gateway has ended or was revoked.", _KEPT, "Log on again with the password."
    ),
    "auth.no_password": ErrorText(
        "There is no valid session with {url}, and no password was given.",
        _KEPT,
        "Give the user with --user and the password with --password-file.",
    ),
    "auth.forbidden": ErrorText("The gateway refuses this to the user.", _KEPT, "Ask the back office for the right."),
    "auth.throttled": ErrorText(
        "There were too many attempts to log on.", _KEPT, "Wait {seconds} seconds, then try again."
    ),
    "auth.renamed": ErrorText("This user is called {name} now.", _KEPT, "Log on as {name} with the same password."),
    "auth.device_blocked": ErrorText(
        "The back office has blocked this device.",
        _KEPT,
        "Ask the back office to unblock it; then synchronize again, and what waits is sent.",
    ),
    "auth.wrong_old_password": ErrorText(
        "The current password is wrong.", _UNCHANGED, "Check it; upper and lower case count."
    ),
    "password.same": ErrorText("The new password is the old one.", _UNCHANGED, "Choose another."),
    "password.unknown": ErrorText(
        "The gateway did not answer in time; whether it has set the new password is not known.",
        _KEPT,
        "Change the password again with the same entries: twice does no harm.",
    ),
    "password.length": ErrorText(
        "A password has {shortest} to {longest} characters.", _UNCHANGED, "Choose a password of such a length."
    ),
    "password.blank": ErrorText("A password of blanks only can be guessed.", _UNCHANGED, _CHOOSE),
    "password.has_name": ErrorText("The user's name is in the password.", _UNCHANGED, _CHOOSE),
    "password.common": ErrorText(
        "This password is one of those that are tried first: a common word, a row of keys, a date or a repetition.",
        _UNCHANGED,
        _CHOOSE,
    ),
    "gateway.bad_request": ErrorText(
        "The gateway did not understand the request ({reason}).",
        _KEPT,
        "Update the app, or report it to support.",
    ),
    "gateway.not_found": ErrorText(
        "The gateway does not have what was asked for.",
        _KEPT,
        "Synchronize again; if it stays, tell the back office.",
    ),
    "gateway.conflict": ErrorText(
        "The gateway holds something else under the same id.",
        _UNSENT_KEPT,
        "Report it to support with the details.",
    ),
    "gateway.too_large": ErrorText(
        "The gateway refuses this as too large.",
        _UNSENT_KEPT,
        "Make it smaller, for example the photo, and send again.",
    ),
    "gateway.busy": ErrorText(
        "The gateway has too much to do and asks to wait.", _KEPT, "Synchronize again after {until}."
    ),
    "gateway.failed": ErrorText(
        "The gateway failed to answer (status {status}).",
        _KEPT,
        "Synchronize again; if it stays, tell the back office.",
    ),
    "gateway.malformed": ErrorText(
        "The gateway's answer could not be read ({reason}).",
        _KEPT,
        "Synchronize again; if it stays, update the app.",
    ),
    "gateway.oversized": ErrorText(
        "The gateway's answer is larger than allowed ({limit} bytes).", _KEPT, "Report it to the back office."
    ),
    "gateway.protocol": ErrorText(
        "This app and the gateway speak different versions (app {app}, gateway {gateway}).",
        _KEPT,
        "Update the app; if it is the newest, the gateway has to be updated by the back office.",
    ),
    "object.digest": ErrorText(
        "Its rows on this device do not equal the gateway's (digest), also after fetching them again.",
        _OBJECT_KEPT,
        "Try this object again; if it stays, tell the back office.",
    ),
    "object.count": ErrorText(
        "{rows} rows arrived, {expected} were expected.",
        _OBJECT_KEPT,
        "Try this object again; if it stays, tell the back office.",
    ),
    "object.segment_missing": ErrorText(
        "The gateway announced rows that it does not have.",
        _OBJECT_KEPT,
        "Synchronize again in a few minutes.",
    ),
    "object.segment_damaged": ErrorText(
        "Rows arrived damaged, also when fetched again.",
        _OBJECT_KEPT,
        "Synchronize again over another connection.",
    ),
    "object.schema": ErrorText(
        "The gateway sends fields of this object that this app does not know.",
        _OBJECT_KEPT,
        "Update the app.",
    ),
    "object.not_offered": ErrorText(
        "The gateway does not know this object.", _OBJECT_KEPT, "Ask the back office to update the gateway."
    ),
    "object.references": ErrorText(
        "{count} rows need rows that are not there ({parent}).",
        _OBJECT_KEPT,
        "Try this object again; if it stays, tell the back office.",
    ),
    "object.malformed": ErrorText(
        "What the gateway says of this object cannot be right.",
        _OBJECT_KEPT,
        "Try this object again; if it stays, tell the back office.",
    ),
    "object.large_loss": ErrorText(
        "{gone} of its {rows} rows would go, and the office has not confirmed it.",
        _OBJECT_KEPT,
        "Ask the back office. If the rows are really gone, it confirms that with `salesapp gateway confirm {key}`;"
        " then synchronize again.",
    ),
    "object.held_back": ErrorText(
        "It waits for {parents}.",
        "Its last correct rows stay on this device, so that they fit the others.",
        "It comes by itself as soon as {parents} can be synchronized.",
    ),
    "device.disk_full": ErrorText(
        "There is not enough space on this device: {needed} bytes are needed, {free} are free.",
        _KEPT,
        "Free some space, then synchronize again.",
    ),
    "device.write_failed": ErrorText(
        "A file on this device could not be written ({reason}).", _KEPT, "Check the disk and its free space."
    ),
    "device.settings_unreadable": ErrorText(
        "The settings of this device in {path} cannot be read.",
        "Every setting has its first value until the file is mended; your data are not affected.",
        "Ask your administrator to mend the file. A change of settings keeps it beside, as settings-unreadable.",
    ),
    "device.clock_off": ErrorText(
        "This device shows {here}, and the gateway {there}.",
        "Orders made with a wrong clock have a wrong date, and so the prices and promotions of another day.",
        "Set date, time and time zone of this device, then synchronize. If they are right, tell the office.",
    ),
    "device.catalog_damaged": ErrorText(
        "The file with the catalogue was damaged and has been removed.",
        "Unsent work is in another file and is not affected.",
        "The next synchronization fetches the catalogue again.",
    ),
    "device.catalog_missing": ErrorText(
        "The catalogue is not on this device any more, or it is damaged or of another version of this app.",
        "Unsent work is in another file and is not affected.",
        "Synchronize: the catalogue is fetched again.",
    ),
    "device.work_damaged": ErrorText(
        "The file with your own work ({path}) is damaged and was left untouched.",
        "Nothing is written to it until it is repaired. Daily backups are in {backups}.",
        "Restore the last backup with: salesapp restore-backup. It may lack newer records: keep the damaged file.",
    ),
    "device.work_newer": ErrorText(
        "The file with your own work was written by a newer version of this app.",
        "It was left untouched.",
        "Update the app.",
    ),
    "device.no_key": ErrorText(
        "There is no key for the files on this device: no keyring of the operating system is available.",
        "Nothing was read or written.",
        "Choose a key file with --key-file (64 hexadecimal characters), for example made with: openssl rand -hex 32.",
    ),
    "device.bad_key_file": ErrorText(
        "The key file {path} cannot be used: {reason}.",
        "Nothing was read or written.",
        "It must hold exactly 64 hexadecimal characters.",
    ),
    "device.not_private": ErrorText(
        "Others on this computer can read what must stay private: {reason}.",
        "Nothing was read or written.",
        "Take the rights of others away, or choose another folder or file.",
    ),
    "device.wrong_key": ErrorText(
        "This key does not open the data folder {path}.",
        "The files were left untouched.",
        "Use the key that the folder was made with.",
    ),
    "device.busy": ErrorText(
        "Another synchronization is running in this data folder.", _KEPT, "Wait until it has finished."
    ),
    "stock.unknown_item": ErrorText(
        "The gateway does not have this item any more.",
        "The stock of the last synchronization stays on this device.",
        "Synchronize: the items on this device are older than the ERP's.",
    ),
    "submission.invalid": ErrorText(
        "The gateway refuses the record: {field} is not valid ({reason}).",
        _UNSENT_KEPT,
        "Correct it and send it again.",
    ),
    "submission.unknown_record": ErrorText(
        "The record refers to something that the gateway does not have ({field}).",
        _UNSENT_KEPT,
        "Synchronize, choose another and send it again.",
    ),
    "submission.conflict": ErrorText(
        "The record was changed in the office since it was read here ({field}).",
        _UNSENT_KEPT,
        "Compare both versions, then send it again.",
    ),
    "submission.same_id": ErrorText(
        "The gateway holds another record under the same id.",
        _UNSENT_KEPT,
        "Report it to support with the details.",
    ),
    "submission.refused_by_erp": ErrorText(
        "The ERP system refuses the record ({reason}).", _UNSENT_KEPT, "Correct it and send it again."
    ),
    "submission.wrong_sum": ErrorText(
        "An amount of the document does not add up: {field} is {stated}, its parts are {sum}.",
        _UNSENT_KEPT,
        "Open it, confirm it again and send it; if it stays, report it to support.",
    ),
    "submission.discount_over_limit": ErrorText(
        "The own discounts of the line and of the document are {percent} % together; {limit} % are allowed.",
        _UNSENT_KEPT,
        "Lower the discount and send it again.",
    ),
    "submission.below_minimum": ErrorText(
        "The price of {item} is below its minimum price of {lowest} {currency}.",
        _UNSENT_KEPT,
        "Raise the price or lower the discount, and send it again.",
    ),
    "submission.credit_exceeded": ErrorText(
        "The customer's credit limit would be exceeded by {over} {currency}.",
        _UNSENT_KEPT,
        "Make the order smaller, or ask the back office for a higher limit, then send it again.",
    ),
    "submission.customer_blocked": ErrorText(
        "The customer {name} is blocked.",
        _UNSENT_KEPT,
        "Ask the back office to release the customer, then send it again.",
    ),
    "submission.type_not_allowed": ErrorText(
        "Your profile does not allow documents of this kind.",
        _UNSENT_KEPT,
        "Write it as another kind of document, or ask the back office for the right.",
    ),
    "submission.payment_form_not_allowed": ErrorText(
        "Your profile does not have the payment form {value}.",
        _UNSENT_KEPT,
        "Choose another payment form and send it again.",
    ),
    "submission.price_list_not_allowed": ErrorText(
        "Your profile does not have the price list {value}.",
        _UNSENT_KEPT,
        "Synchronize, choose another price list and send it again.",
    ),
    "submission.warehouse_not_allowed": ErrorText(
        "Your profile does not have the warehouse {value}.",
        _UNSENT_KEPT,
        "Choose another warehouse and send it again.",
    ),
    "submission.unit_not_of_item": ErrorText(
        "The item {item} does not have the unit {unit}.",
        _UNSENT_KEPT,
        "Synchronize, choose another unit for the item and send it again.",
    ),
    "submission.unknown_address": ErrorText(
        "The customer does not have the delivery address {value}.",
        _UNSENT_KEPT,
        "Choose one of the customer's addresses and send it again.",
    ),
    "erp.delivery_date": ErrorText(
        "The ERP system refuses the delivery date {date}: it is in the past.",
        _UNSENT_KEPT,
        "Choose a later delivery date and send it again.",
    ),
    "erp.customer_blocked": ErrorText(
        "The customer {name} is blocked in the ERP system.",
        _UNSENT_KEPT,
        "Ask the back office to release the customer, then send it again.",
    ),
    "erp.amount_too_high": ErrorText(
        "The ERP system takes orders up to {limit}; this one comes to {amount} {currency}.",
        _UNSENT_KEPT,
        "Split the order, or ask the back office, then send it again.",
    ),
    "erp.item_discontinued": ErrorText(
        "The item {item} is discontinued.", _UNSENT_KEPT, "Take the item out of the document and send it again."
    ),
    "erp.price_changed": ErrorText(
        "The document comes to {sent} {currency}, in the ERP system today to {price} {currency}.",
        _UNSENT_KEPT,
        "Synchronize, open the document, confirm it at the new prices and send it again.",
    ),
    "erp.description_missing": ErrorText(
        "The ERP system takes quotes with a description only.",
        _UNSENT_KEPT,
        "Write a description and send it again.",
    ),
    "erp.tax_number_exists": ErrorText(
        "The ERP system has a customer with the tax number {tax_id} already: {name}.",
        _UNSENT_KEPT,
        "Synchronize and look for that customer, or correct the tax number and send it again.",
    ),
    "erp.period_closed": ErrorText(
        "The day {date} lies in a period that is closed in the ERP system.",
        _UNSENT_KEPT,
        "Ask the back office to open the period, or choose a day from {first} on, and send it again.",
    ),
    "sync.stopped": ErrorText(
        "The synchronization was stopped.",
        "Nothing is lost: what had arrived is kept, and the data in place stay as they were.",
        "Synchronize again; it goes on from here.",
    ),
    "program.not_installed": ErrorText(
        "{what} is not installed here: the package {package} is missing.",
        "Nothing was done.",
        "Use a computer that has it, or install requirements/{part}-linux.txt or -windows.txt of this version.",
    ),
    "usage": ErrorText("{reason}", "Nothing was done.", "See: salesapp --help."),
    "bug": ErrorText(
        "The app made a mistake that it does not know ({reason}).",
        _KEPT,
        "Send the log file to support: {log}.",
    ),
} | {code: ErrorText(*texts) for code, texts in (LIMITS | FILES | HISTORIES).items()}
"""All user-facing codes. Stable: they are sent over the wire and stored."""

BLOCKED: Final = "auth.device_blocked"
"""Logging on again does not help; only the back office can unblock."""

NO_ANSWER: Final = frozenset({"network.unreachable", "network.no_network", "network.unknown_host"})
"""The gateway cannot be reached: the device is offline, which is normal."""


def describe(code: str, params: dict[str, str]) -> ErrorText:
    """Returns the sentences of a code with its parameters filled in; shows the bare code of a newer gateway."""
    text = ERRORS.get(code)
    if text is None:
        return ErrorText(f"The gateway reports: {code}.", _KEPT, "Update the app, which does not know this message.")
    known = _Params(params)
    return ErrorText(text.what.format_map(known), text.data.format_map(known), text.remedy.format_map(known))


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


class SalesAppError(Exception):
    """Base class of the app's own errors."""


class UserFacingError(SalesAppError):
    """An error with a code of `ERRORS` and its parameters (all strings)."""

    def __init__(self, code: str, /, **params: object) -> None:
        self.code = code
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(code, self.params)

    @property
    def text(self) -> ErrorText:
        return describe(self.code, self.params)

    def __str__(self) -> str:
        """All three sentences on one line."""
        text = self.text
        return f"{text.what} {text.data} {text.remedy}"


class NetworkError(UserFacingError):
    """The gateway was not reached, or cannot be trusted."""


class AuthorizationError(UserFacingError):
    """The gateway refuses this user."""


class GatewayError(UserFacingError):
    """The gateway answered with a problem, or with an invalid answer. `status` is 0 without an answer."""

    def __init__(self, code: str, /, status: int = 0, **params: object) -> None:
        super().__init__(code, status=status, **params)
        self.status = status


class ObjectError(UserFacingError):
    """One object is not correct; the others go on."""


class DeviceError(UserFacingError):
    """A problem of this device: disk, files, key."""


class UsageError(UserFacingError):
    """The command line was used wrongly."""

    def __init__(self, reason: str) -> None:
        super().__init__("usage", reason=reason)
