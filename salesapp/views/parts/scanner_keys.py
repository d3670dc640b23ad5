"""What a scanner sends around a code: keys before and after it, and how fast it types.

A scanner is learned from one scan. Keys without a character are written as names in angle brackets: `<F8>`, `<Enter>`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from salesapp.domain.barcodes import aim_prefix, number_within
from salesapp.settings import Settings

FEWEST_KEYS = 6
"""The fewest keys of a scan, including what the scanner sends before and after the code."""
LONGEST_PAUSE_MS = 60
"""The longest pause between two keys of a scan."""
SHORTEST_LIMIT_MS = 20
"""The lowest limit that is learned: a busy keyboard driver delays the keys of a fast scanner, too."""
_MARGIN = 3
"""How many times the slowest pause of a learned scan the next ones may take."""
START, SEPARATOR = "<STX>", "<GS>"
ENDS = ("<Enter>", "<LF>", "<Tab>")
_TEXTS = {SEPARATOR: "\x1d"}
_KEY = re.compile(r"<\w+>|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ScannerKeys:
    """The keys before and after every code, and the longest pause between two keys of a scan.

    Not learned (`is_learned` is false), any Enter or Tab after a code belongs to it.
    """

    prefix: str = ""
    suffix: str = ""
    pause_ms: int = LONGEST_PAUSE_MS
    is_learned: bool = False

    @property
    def may_end_late(self) -> bool:
        """Whether an Enter or Tab can follow a code after a pause."""
        return not self.is_learned or any(key in self.suffix for key in ENDS)


@dataclass(frozen=True, slots=True)
class Heard:
    """The keys of one scan in their order, with those that ended it, and the pauses between them in ms."""

    keys: tuple[str, ...]
    ends: tuple[str, ...] = ()
    pauses_ms: tuple[int, ...] = ()

    @property
    def ms_per_key(self) -> int:
        return round(sum(self.pauses_ms) / len(self.pauses_ms)) if self.pauses_ms else 0

    def code(self, scanner: ScannerKeys) -> str:
        """Returns the scanned code without what the scanner adds to it."""
        keys = list(self.keys)
        before = keys_of(scanner.prefix)
        after = [key for key in keys_of(scanner.suffix) if key not in ENDS]
        if before and keys[: len(before)] == before:
            del keys[: len(before)]
        if after and keys[-len(after) :] == after:
            del keys[-len(after) :]
        return _text(keys).strip(_TEXTS[SEPARATOR])


@dataclass(frozen=True, slots=True)
class Learned:
    """A scan taken apart: the scanner's keys, the code, and the AIM prefix that names its symbology."""

    scanner: ScannerKeys
    code: str
    symbology: str
    ms_per_key: int


def learn(heard: Heard) -> Learned:
    """Takes a scan apart.

    Around an EAN, UPC or GTIN every key is the scanner's. Other codes have no form to tell them by: only keys
    without a character count as the scanner's, for example a function key.
    """
    first, last = _bounds(heard.keys)
    before, code, after = heard.keys[:first], _text(heard.keys[first:last]), heard.keys[last:]
    aim = next((found for found in range(len(code)) if aim_prefix(code[found:])), None)
    symbology = "" if aim is None else aim_prefix(code[aim:])
    inner = code if aim is None else code[aim + len(symbology) :]
    start, end = number_within(inner)
    before += (*code[: aim or 0], *inner[:start])
    after = (*inner[end:], *after)
    limit = min(max(_MARGIN * max(heard.pauses_ms, default=0), SHORTEST_LIMIT_MS), LONGEST_PAUSE_MS)
    suffix = "".join((*after, *heard.ends))
    scanner = ScannerKeys("".join(before), suffix, limit, is_learned=True)
    return Learned(scanner, inner[start:end].strip(_TEXTS[SEPARATOR]), symbology, heard.ms_per_key)


def known(settings: Settings) -> ScannerKeys:
    """Returns the scanner's keys as learned; before that, those of any scanner."""
    pause = settings.scanner_pause
    if pause is None:
        return ScannerKeys()
    return ScannerKeys(settings.scanner_prefix, settings.scanner_suffix, pause, is_learned=True)


def keep(settings: Settings, scanner: ScannerKeys) -> None:
    """Keeps what was learned, or with the keys of any scanner forgets it."""
    settings.scanner_prefix, settings.scanner_suffix = scanner.prefix, scanner.suffix
    settings.scanner_pause = scanner.pause_ms if scanner.is_learned else None


def keys_of(written: str) -> list[str]:
    """Returns the keys of a written prefix or suffix."""
    return _KEY.findall(written)


def _bounds(keys: Sequence[str]) -> tuple[int, int]:
    """Returns where the characters of a scan begin and end."""
    plain = [number for number, key in enumerate(keys) if len(key) == 1]
    return (plain[0], plain[-1] + 1) if plain else (0, 0)


def _text(keys: Sequence[str]) -> str:
    return "".join(key if len(key) == 1 else _TEXTS.get(key, "") for key in keys)
