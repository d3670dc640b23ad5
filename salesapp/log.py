"""Logging: a rotating file, without secrets. Imported by all, imports nothing of ours."""

import logging
import re
from pathlib import Path

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
