"""The gateway's image files, by the SHA-256 of their content."""

import hashlib
from pathlib import Path

from sqlalchemy import select

from salesapp.disk import write_whole
from salesapp.gateway.database import Database
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import media
from salesapp.protocol.messages import SHA256


class MediaFiles:
    """The folder of image files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "media"

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the file exists; False for anything but a digest."""
        return SHA256.fullmatch(sha256) is not None and self.path(sha256).exists()

    def put(self, sha256: str, size: int, content: bytes) -> bool:
        """Stores a file, whole or not at all; returns False if size or digest of the content are wrong."""
        if not fits(sha256, size, content):
            return False
        path = self.path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        return True


def fits(sha256: str, size: int, content: bytes) -> bool:
    """Whether content has this digest and size."""
    return len(content) == size and hashlib.sha256(content).hexdigest() == sha256


def media_path(database: Database, sha256: str, entitlement: Entitlement) -> Path | None:
    """Returns the path of a file, if a row that the user may see names it."""
    with database.read() as connection:
        scopes = set(connection.execute(select(media.c.scope).where(media.c.sha256 == sha256)).scalars())
    if not any(entitlement.allows(scope) for scope in scopes):
        return None
    path = MediaFiles(database.folder).path(sha256)
    return path if path.exists() else None
