"""Logging: a rotating file, without secrets. Imported by all, imports nothing of ours."""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_SECRETS = re.compile(r"(?i)(bearer\s+|token[\"'=:\s]+|password[\"'=:\s]+|key\s*=\s*\W*x?')([A-Za-z0-9+/_\-=.]{6,})")


class RedactingFormatter(logging.Formatter):
    """Leaves out what follows the words that announce a secret."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRETS.sub(r"\1[...]", super().format(record))


def log_to(folder: Path, name: str) -> Path:
    """From here on the program logs to `<folder>/<name>.log`, five files of a megabyte; returns the path."""
    import logging.handlers  # noqa: PLC0415  # slow to import, and only needed where something is logged

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{name}.log"
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=4, encoding="utf-8")
    handler.setFormatter(RedactingFormatter(FORMAT))
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
    """Where a mistake happened, a line a place: without its words and without folders, which bear people's names."""
    places = [
        f"{_without_folders(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    return "\n".join([*places, kind.__name__])


def _without_folders(file: str) -> str:
    parts = file.replace("\\", "/").split("/")
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("salesapp") :]) if "salesapp" in parts else parts[-1]
