"""Every setting of the window, declared once: key, default, what it may be. Kept beside the data; no secrets here."""

import json
import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

log = logging.getLogger(__name__)

FILE = "settings.json"


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
    """The settings of one data folder. A file that cannot be read counts as empty: every setting has a default."""

    def __init__(self, root: Path) -> None:
        self._path = root / FILE
        self._values: dict[str, str] = {}
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        if isinstance(found, Mapping):
            self._values = {key: value for key, value in found.items() if _is_allowed(key, value)}

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
        except OSError as error:
            log.warning("the setting %s was not written: %s", key, error.strerror)

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=FILE)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(self._values, file, indent=1, sort_keys=True)
            Path(name).replace(self._path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _is_allowed(key: object, value: object) -> bool:
    setting = _BY_KEY.get(key) if isinstance(key, str) else None
    if setting is None or not isinstance(value, str):
        return False
    return not setting.choices or value in setting.choices
