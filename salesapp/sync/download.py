"""Downloads one file by its digest: encrypted on arrival, resumable, accepted only if the digest is right."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from salesapp.errors import GatewayError, UserFacingError
from salesapp.store.sealed import SealedWriter
from salesapp.sync.transport import Transport

PROGRESS_BYTES = 64 * 1024


async def download(
    transport: Transport, url: str, target: Path, key: bytes, *, size: int, sha256: str, on_bytes: Callable[[int], None]
) -> bool:
    """Downloads the file to `target`; returns False and drops the bytes if their digest is wrong.

    `on_bytes` gets every change of the number of bytes received, negative if some are lost. What arrived before
    an error, a stop or a kill is kept for the next call.
    """
    attempt = 0
    while True:
        attempt += 1
        part = _Part(SealedWriter(target, key), on_bytes)
        began = part.resume()
        try:
            await part.receive(transport, url, size)
        except UserFacingError as error:
            on_bytes(-part.held)
            if isinstance(error, GatewayError) and error.status == 416:  # more bytes than the file has
                part.writer.discard()
                return False
            part.writer.close()
            if part.held - began >= PROGRESS_BYTES:
                attempt = 1  # do not give up on a bad line as long as it brings something
            await transport.wait_or_raise(error, attempt)
            continue
        except BaseException:
            part.writer.close()
            raise
        if part.held == size and part.hasher.hexdigest() == sha256:
            part.writer.finish()
            return True
        on_bytes(-part.held)
        part.writer.discard()
        return False


class _Part:
    """The part of a file that has arrived, and its digest so far."""

    def __init__(self, writer: SealedWriter, on_bytes: Callable[[int], None]) -> None:
        self.writer = writer
        self.hasher = hashlib.sha256()
        self.held = 0
        self._on_bytes = on_bytes

    def resume(self) -> int:
        """Reads what an earlier attempt left (at most a few MiB to decrypt); returns its bytes."""
        self.held = self.writer.resume(self.hasher.update)
        self._on_bytes(self.held)
        return self.held

    async def receive(self, transport: Transport, url: str, size: int) -> None:
        """Receives the rest; stops when more than `size` bytes have arrived."""
        async with transport.download(url, self.held) as (start, pieces):
            if start != self.held:
                self.writer.restart()
                self._on_bytes(-self.held)
                self.held, self.hasher = 0, hashlib.sha256()
            async for piece in pieces:
                self.held += len(piece)
                self._on_bytes(len(piece))
                if self.held > size:
                    break
                self.hasher.update(piece)
                self.writer.append(piece)
