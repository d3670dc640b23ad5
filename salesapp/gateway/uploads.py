"""Uploads: files received in pieces, resumable, accepted only if their SHA-256 is right; separate for each user.

A file waits, within a quota, until a record names it; from then on it is kept.
"""

import hashlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from salesapp.disk import remove, replace, sweep
from salesapp.errors import GatewayError
from salesapp.protocol import limits
from salesapp.protocol.messages import UploadState

_one_at_a_time = threading.Lock()  # a piece may arrive again while it is still being written


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files of one user."""

    folder: Path

    @classmethod
    def of(cls, data: Path, user: str) -> "Uploads":
        name = hashlib.sha256(user.encode()).hexdigest()[:32]  # a user's name may not be valid as a folder's name
        return cls(data / "uploads" / name)

    def path(self, sha256: str) -> Path:
        """Returns where a whole file is, or would be."""
        kept = self._kept(sha256)
        return kept if kept.exists() else self.folder / sha256

    def keep(self, sha256: str) -> None:
        """Keeps a file that a record names; it no longer counts as waiting. May be called twice."""
        with _one_at_a_time:
            waiting, kept = self.folder / sha256, self._kept(sha256)
            if waiting.exists():
                kept.parent.mkdir(exist_ok=True, mode=0o700)
                replace(waiting, kept)

    def state(self, sha256: str) -> UploadState:
        """Returns how much of the file is there."""
        complete = self.path(sha256)
        if complete.exists():
            return UploadState(offset=complete.stat().st_size, complete=True)
        part = self._part(sha256)
        return UploadState(offset=part.stat().st_size if part.exists() else 0)

    def append(self, sha256: str, offset: int, length: int, content: bytes) -> UploadState:
        """Adds a piece at the offset where the file ends.

        Raises GatewayError: `gateway.too_large`, `gateway.conflict` for another offset or a wrong digest (the file
        is dropped), `gateway.upload_quota` if it exceeds the user's quota.
        """
        if length > limits.MAX_FILE_BYTES or offset + len(content) > length:
            raise GatewayError("gateway.too_large")
        with _one_at_a_time:
            return self._append(sha256, offset, length, content)

    def _append(self, sha256: str, offset: int, length: int, content: bytes) -> UploadState:
        now = self.state(sha256)
        if now.complete:
            return now
        if offset != now.offset:
            raise GatewayError("gateway.conflict", offset=now.offset)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._check_quota(sha256, length)
        part = self._part(sha256)
        with part.open("ab") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if offset + len(content) < length:
            return UploadState(offset=offset + len(content))
        if hashlib.sha256(part.read_bytes()).hexdigest() != sha256:
            remove(part)
            raise GatewayError("gateway.conflict", reason="sha256")
        replace(part, self.path(sha256))
        return self.state(sha256)

    def _check_quota(self, sha256: str, length: int) -> None:
        """Raises GatewayError without room for a whole file; removes files that have waited for a month."""
        for _ in range(2):
            others = [path for path in self.folder.iterdir() if path.is_file() and path.stem != sha256]
            size = sum(path.stat().st_size for path in others)
            if len(others) < limits.MAX_WAITING_FILES and size + length <= limits.MAX_WAITING_BYTES:
                return
            stale = time.time() - limits.MAX_WAITING_DAYS * 86_400  # noqa: TID251  # as old as the file system says
            sweep([path for path in others if path.stat().st_mtime < stale])
        raise GatewayError("gateway.upload_quota", files=len(others), bytes=size)

    def _kept(self, sha256: str) -> Path:
        return self.folder / "kept" / sha256

    def _part(self, sha256: str) -> Path:
        return self.folder / f"{sha256}.part"
