"""Pictures and files by digest: those of the catalogue and those that the representative added."""

from pathlib import Path

from salesapp.store.sealed import SealedDamagedError, read_sealed
from salesapp.store.shelf import Shelf


def picture_path(shelf: Shelf, sha256: str) -> Path | None:
    """Where its sealed content lies; None when it is not on the device (yet)."""
    media = shelf.account.media / sha256[:2] / f"{sha256}.sealed"
    own = shelf.account.own_file(sha256)
    return next((path for path in (media, own) if path.exists()), None)


def read_picture(shelf: Shelf, sha256: str) -> bytes | None:
    """The content; None when it is not on the device (yet), or damaged: a later sync fetches it again."""
    path = picture_path(shelf, sha256)
    try:
        return b"".join(read_sealed(path, shelf.key)) if path else None
    except (SealedDamagedError, FileNotFoundError):
        return None
