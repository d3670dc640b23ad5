"""Every setting of the window, declared once: key, default, what it may be. Kept beside the data; no secrets here."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from salesapp.disk import patiently, replace, write_whole
from salesapp.errors import DeviceError
from salesapp.textfiles import read_text

log = logging.getLogger(__name__)

FILE = "settings.json"
UNREADABLE = "settings-unreadable-{}.json"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: `choices` are the values it may have; empty for a text."""

    key: str
    default: str
    choices: tuple[str, ...] = ()


ON_OFF: Final = ("on", "off")
HOURS: Final = tuple(f"{minutes // 60:02d}:{minutes % 60:02d}" for minutes in range(0, 24 * 60, 30))
SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("gateway", ""),  # the address that the logon page offers; an administrator may preset it
    Setting("user", ""),  # the login that the logon page offers
    Setting("remember", "on", ON_OFF),  # the next start goes to the main screen
    Setting("language", "system", ("system", "en", "pl")),
    Setting("theme", "system", ("system", "light", "dark")),
    Setting("attachments", "on", ON_OFF),  # All is offered first; off: All without attachments is
    Setting("auto_sync", "off", ("off", "15", "30", "60")),  # minutes between syncs that nobody asks for
    Setting("work_from", "07:00", HOURS),  # working hours, local: only then at intervals and when the network returns
    Setting("work_to", "17:00", HOURS),
    Setting("sync_on_network", "off", ON_OFF),  # when the gateway can be reached again
    Setting("sync_after_confirming", "off", ON_OFF),  # a few seconds after a document or visit was confirmed
)
_BY_KEY = {setting.key: setting for setting in SETTINGS}


class Settings:
    """The settings of one data folder.

    Every setting has a default, so a file that cannot be read stops nothing: `trouble` says why it is not read, and it
    is kept aside before another one takes its place.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / FILE
        self.trouble = ""
        self._values: dict[str, str] = {}
        try:
            self._values = dict(_checked(_read(self.path)))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as error:
            self.trouble = str(error) or type(error).__name__
            log.warning("%s cannot be read, every setting has its default: %s", FILE, self.trouble)

    def __getitem__(self, key: str) -> str:
        return self._values.get(key, _BY_KEY[key].default)

    def is_on(self, key: str) -> bool:
        return self[key] == "on"

    def set(self, key: str, value: str) -> None:
        """Changes a setting at once, on the disk too. Raises ValueError for a value that it cannot have.

        On a disk that takes nothing it holds until the program ends.
        """
        if not _is_allowed(key, value):
            raise ValueError(f"{key} cannot be {value!r}")
        if self[key] == value:
            return
        self._values[key] = value
        try:
            self._write()
        except (OSError, DeviceError) as error:
            log.warning("the setting %s was not written: %s", key, error)

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._keep_unreadable()
        write_whole(self.path, json.dumps(self._values, indent=1, sort_keys=True).encode())

    def _keep_unreadable(self) -> None:
        """What a person wrote is never overwritten unread."""
        if self.trouble and self.path.is_file():
            beside = (self.path.with_name(UNREADABLE.format(number)) for number in count(1))
            replace(self.path, next(path for path in beside if not path.exists()))
            self.trouble = ""


def _read(path: Path) -> Mapping[str, object]:
    found = json.loads(patiently(lambda: read_text(path)))
    if not isinstance(found, Mapping):
        raise ValueError("it is no JSON object")  # noqa: TRY004  # a fault of the file
    return found


def _checked(found: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The settings of a file, as people write them: numbers and true or false stand for their texts."""
    for key, given in found.items():
        value = _text(given)
        if _is_allowed(key, value):
            yield key, value
        else:
            log.warning("%s: %s has no value that it can have and counts as not set", FILE, key)


def _text(given: object) -> str:
    if isinstance(given, bool):
        return "on" if given else "off"
    return str(given).strip() if isinstance(given, str | int) else ""


def _is_allowed(key: str, value: str) -> bool:
    setting = _BY_KEY.get(key)
    return setting is not None and (not setting.choices or value in setting.choices)
