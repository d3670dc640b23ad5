"""The first look at a device: one row of work.db, read without anything that takes time to import."""

import json
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from salesapp.store.cipher import PAGE_SIZE

GLANCE = "overview"
"""The flag of work.db that holds the last overview as JSON."""


def read_glance(work_path: Path, key: bytes) -> bytes | None:
    """The overview that was kept last; None when there is none, or when the file needs a closer look."""
    if not work_path.exists():
        return None
    try:
        connection = sqlcipher.connect(str(work_path), timeout=1)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute(f"PRAGMA cipher_page_size={PAGE_SIZE}")
            connection.execute("PRAGMA cipher_log_level=NONE")
            row = connection.execute("SELECT value FROM flag WHERE name=?", (GLANCE,)).fetchone()
        finally:
            connection.close()
    except sqlcipher.Error:
        return None
    return str(row[0]).encode() if row else None


def last_account(root: Path) -> Path | None:
    """The folder of the account used last."""
    try:
        entries = json.loads((root / "accounts.json").read_text(encoding="utf-8")).get("accounts", [])
    except (OSError, ValueError):
        return None
    return root / entries[0]["path"] if entries else None
