"""Declares every setting of the window once: key, type, default, choices with labels, row on the settings page.

A setting is an attribute of `Settings`: `settings.auto_sync` reads it, `settings.auto_sync = 30` changes it, and
`Settings.auto_sync` is its declaration. The file is in the data folder and holds no secrets. Labels are English: the
page translates them.
"""

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import count
from pathlib import Path
from typing import Final, Generic, Literal, Self, TypeVar, overload

from salesapp.disk import replace, with_retries, write_whole
from salesapp.errors import DeviceError
from salesapp.textfiles import read_text

log = logging.getLogger(__name__)

FILE = "settings.json"
UNREADABLE = "settings-unreadable-{}.json"
Value = bool | str | int | time | None
T = TypeVar("T", bound=Value)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A row of the settings page. Settings with the same row share it, each with its own label."""

    section: Literal["look", "attachments"]
    label: str
    about: str
    is_enabled: Callable[["Settings"], bool] = lambda _settings: True


class Setting:
    """A setting, in text form for the file and the page.

    `choices` are the allowed texts with their labels (an empty label shows the text); None for free text.
    `key` is the name of the attribute.
    """

    key = ""

    def __init__(self, default: str, choices: Mapping[str, str] | None, row: Row | None, label: str) -> None:
        self.default, self.choices, self.row = default, choices, row
        self.label = label or (row.label if row else "")

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    def allows(self, text: str) -> bool:
        return self.choices is None or text in self.choices


class Text(Setting):
    """A free text, empty by default; has no row."""

    def __init__(self) -> None:
        super().__init__("", None, None, "")

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> str: ...
    def __get__(self, settings: "Settings | None", owner: type) -> Self | str:
        return self if settings is None else settings.text(self)

    def __set__(self, settings: "Settings", value: str) -> None:
        settings.put(self, value)


class OneOf(Setting, Generic[T]):
    """One of a few values, each with its label."""

    def __init__(self, default: T, values: Mapping[T, str], row: Row | None = None, label: str = "") -> None:
        self._values = {text_of(value): value for value in values}
        super().__init__(text_of(default), {text_of(value): name for value, name in values.items()}, row, label)

    @overload
    def __get__(self, settings: None, owner: type) -> Self: ...
    @overload
    def __get__(self, settings: "Settings", owner: type) -> T: ...
    def __get__(self, settings: "Settings | None", owner: type) -> Self | T:
        return self if settings is None else self._values[settings.text(self)]

    def __set__(self, settings: "Settings", value: T) -> None:
        settings.put(self, text_of(value))


class OnOff(OneOf[bool]):
    """A switch."""

    def __init__(self, *, default: bool, row: Row | None = None) -> None:
        super().__init__(default, {True: "On", False: "Off"}, row)


def text_of(value: Value) -> str:
    """Returns a value in text form."""
    match value:
        case None | False:
            return "off"
        case True:
            return "on"
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


def needs_working_hours(settings: "Settings") -> bool:
    return settings.auto_sync is not None or settings.sync_on_network


HALF_HOURS: Final = {time(minutes // 60, minutes % 60): "" for minutes in range(0, 24 * 60, 30)}
WORKING_HOURS: Final = Row(
    "attachments",
    "Working hours",
    "Local time; outside them only what you ask for",
    is_enabled=needs_working_hours,
)


class Settings:
    """The settings of one data folder.

    An unreadable file is no obstacle, since every setting has a default: `trouble` says why it is unreadable, and it
    is kept under another name before a new one replaces it. The page shows rows in the order of the settings here.
    """

    gateway = Text()
    """The address that the logon page suggests; an administrator may preset it."""
    user = Text()
    """The login that the logon page suggests."""
    remember = OnOff(default=True)
    """Whether the next start opens the main screen."""
    language = OneOf(
        "system",
        {"system": "As the system", "en": "English", "pl": "polski"},
        Row("look", "Language", "Changes the whole interface at once"),
    )
    theme = OneOf(
        "system",
        {"system": "As the system", "light": "Light", "dark": "Dark"},
        Row("look", "Theme", "Light for the sun, dark for the evening"),
    )
    attachments = OnOff(
        default=True,
        row=Row("attachments", "Fetch pictures automatically", "Offers All first; off: All without attachments"),
    )
    auto_sync = OneOf[int | None](
        None,
        {None: "Off"} | {minutes: f"{minutes}\N{NO-BREAK SPACE}min" for minutes in (15, 30, 60)},
        Row("attachments", "Automatic synchronization", "In working hours, behind what you do"),
    )
    """Minutes between automatic syncs."""
    work_from = OneOf(time(7), HALF_HOURS, WORKING_HOURS, "Working hours from")
    """Local time. Syncs at intervals and when the network returns start only in working hours."""
    work_to = OneOf(time(17), HALF_HOURS, WORKING_HOURS, "Working hours until")
    sync_on_network = OnOff(
        default=False,
        row=Row(
            "attachments",
            "When the network returns",
            "After the gateway could not be reached; in working hours",
        ),
    )
    sync_after_confirming = OnOff(
        default=False,
        row=Row("attachments", "After confirming", "Sends an order or a visit at once when there is a network"),
    )
    """Whether a sync starts a few seconds after a document or visit is confirmed."""
    scanner_prefix = Text()
    """The keys that the scanner sends before a code: characters, and names of other keys such as `<F8>`."""
    scanner_suffix = Text()
    """The keys that it sends after a code, such as `<Enter>`."""
    scanner_pause = OneOf[int | None](None, {None: "Off"} | dict.fromkeys(range(20, 61), ""))
    """The most milliseconds between two keys of a scan; None until the scanner is learned."""

    def __init__(self, root: Path) -> None:
        self.path = root / FILE
        self.trouble = ""
        self._texts: dict[str, str] = {}
        try:
            self._texts = dict(self._checked(_read(self.path)))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as error:
            self.trouble = str(error) or type(error).__name__
            log.warning("%s cannot be read, every setting has its default: %s", FILE, self.trouble)

    @classmethod
    def declared(cls) -> dict[str, Setting]:
        """Returns all settings by key, in the order of declaration."""
        own = (vars(owner).values() for owner in reversed(cls.__mro__))
        return {setting.key: setting for values in own for setting in values if isinstance(setting, Setting)}

    def text(self, setting: Setting) -> str:
        """Returns the value of a setting in text form."""
        return self._texts.get(setting.key, setting.default)

    def put(self, setting: Setting, text: str) -> None:
        """Changes a setting and saves it at once. Raises ValueError for a text that is not allowed.

        If the disk cannot be written, the change lasts until the program ends.
        """
        if not setting.allows(text):
            raise ValueError(f"{setting.key} cannot be {text!r}")
        if self.text(setting) == text:
            return
        self._texts[setting.key] = text
        try:
            self._write()
        except (OSError, DeviceError) as error:
            log.warning("the setting %s was not written: %s", setting.key, error)

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._keep_unreadable()
        write_whole(self.path, json.dumps(self._texts, indent=1, sort_keys=True).encode())

    def _keep_unreadable(self) -> None:
        """Keeps a copy of an unreadable file: a user may have edited it."""
        if self.trouble and self.path.is_file():
            beside = (self.path.with_name(UNREADABLE.format(number)) for number in count(1))
            replace(self.path, next(path for path in beside if not path.exists()))
            self.trouble = ""

    def _checked(self, found: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Yields the valid settings of a file; accepts numbers and true or false as well as texts."""
        settings = self.declared()
        for key, given in found.items():
            text = _text(given)
            if key in settings and settings[key].allows(text):
                yield key, text
            else:
                log.warning("%s: %s has no value that it can have and counts as not set", FILE, key)


def _read(path: Path) -> Mapping[str, object]:
    found = json.loads(with_retries(lambda: read_text(path)))
    if not isinstance(found, Mapping):
        raise ValueError("it is no JSON object")  # noqa: TRY004  # a fault of the file
    return found


def _text(given: object) -> str:
    if isinstance(given, bool):
        return text_of(given)
    return str(given).strip() if isinstance(given, str | int) else ""
