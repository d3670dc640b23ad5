"""Logging to a rotating file, without secrets. Imported by all, imports nothing else of ours.

Input from outside can neither fill the file nor forge a line: repeated lines are counted, long texts are cut,
and control characters are escaped.
"""

import logging
import re
import threading
import time
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_SECRETS = re.compile(r"(?i)(bearer\s+|token[\"'=:\s]+|password[\"'=:\s]+|key\s*=\s*\W*x?')([A-Za-z0-9+/_\-=.]{6,})")


_LONGEST_LINE = 2_000
_MOST_LINES = 200
_MOST_ALIKE = 20
_ALIKE_S = 60.0
_MOST_KINDS = 500


class RedactingFormatter(logging.Formatter):
    """Removes secrets after the words that announce them, and keeps each entry apart from others."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub(r"\1[...]", super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # logging's name
        record.message = _cut(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # logging's name
        """Returns the traceback with every line indented: an error's text cannot imitate an entry."""
        lines = super().formatException(ei).splitlines()
        if len(lines) > _MOST_LINES:
            half = _MOST_LINES // 2
            lines = [*lines[:half], "...", *lines[-half:]]
        return "\n".join(f"  {_cut(line)}" for line in lines)


def _cut(text: str) -> str:
    short = text if len(text) <= _LONGEST_LINE else f"{text[:_LONGEST_LINE]}... ({len(text)} characters)"
    return short if short.isprintable() else "".join(map(_shown, short))


def _shown(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")


class RepetitionFilter(logging.Filter):
    """Passes twenty lines of a kind per minute; the first one afterwards says how many were dropped."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[tuple[str, int, str], tuple[float, int]] = {}
        self._lock = threading.Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        kind = (record.name, record.levelno, str(record.msg)[:_LONGEST_LINE])
        now = time.monotonic()
        with self._lock:
            since, count = self._counts.get(kind, (now, 0))
            if now - since > _ALIKE_S:
                since, left_out, count = now, max(0, count - _MOST_ALIKE), 0
                if left_out:
                    record.msg = f"{record.getMessage()} (and {left_out} more like it)"
                    record.args = None
            if kind not in self._counts and len(self._counts) >= _MOST_KINDS:
                self._counts.clear()
            self._counts[kind] = (since, count + 1)
        return count < _MOST_ALIKE


def log_to(folder: Path, name: str) -> Path:
    """Starts logging to `<folder>/<name>.log` (five files of 1 MB); returns the path."""
    from salesapp.log_file import PatientHandler  # noqa: PLC0415  # slow to import, and only needed when logging

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.log"
    handler = PatientHandler(path, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    handler.setFormatter(RedactingFormatter(FORMAT))
    handler.addFilter(RepetitionFilter())
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    return path


def places_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Returns a traceback, a place per line, without the message and without folders, which may name people."""
    places = [
        f"{_without_folders(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([*places, kind.__name__])


def _without_folders(file: str) -> str:
    parts = file.replace("\\", "/").split("/")
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("salesapp") :]) if "salesapp" in parts else parts[-1]
