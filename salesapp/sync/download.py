"""Downloads one file by its digest: encrypted on arrival, resumable, accepted only if the digest is right."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from salesapp.errors import GatewayError, UserFacingError
from salesapp.store.sealed import SealedWriter
from salesapp.sync.transport import Transport

PROGRESS_BYTES = 64 * 1024


async def download(
    transport: Transport,
    url: str,
    target: Path,
    key: bytes,
    *,
    size: int,
    sha256: str,
    on_bytes: Callable[[int], None],
) -> bool:
    """Downloads the file to `target`; returns False and drops the bytes if their digest is wrong.

    `on_bytes` gets every change of the number of bytes received, negative if some are lost. What arrived before
    an error, a stop or a kill is kept for the next call.
    """
    attempt = 0
    while True:
        attempt += 1
        writer = SealedWriter(target, key)
        hasher = hashlib.sha256()
        began = held = writer.resume(hasher.update)  # at most a few MiB to decrypt
        on_bytes(held)
        try:
            async with transport.download(url, held) as (start, pieces):
                if start != held:
                    writer.restart()
                    on_bytes(-held)
                    held, hasher = 0, hashlib.sha256()
                async for piece in pieces:
                    held += len(piece)
                    on_bytes(len(piece))
                    if held > size:
                        break
                    hasher.update(piece)
                    writer.append(piece)
        except UserFacingError as error:
            on_bytes(-held)
            if isinstance(error, GatewayError) and error.status == 416:  # more bytes than the file has
                writer.discard()
                return False
            writer.close()
            if held - began >= PROGRESS_BYTES:
                attempt = 1  # do not give up on a bad line as long as it brings something
            await transport.wait_or_raise(error, attempt)
            continue
        except BaseException:
            writer.close()
            raise
        if held == size and hasher.hexdigest() == sha256:
            writer.finish()
            return True
        on_bytes(-held)
        writer.discard()
        return False
