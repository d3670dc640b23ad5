"""Sealed files: content encrypted as it arrives, in authenticated chunks, resumable.

Layout: 8 bytes of magic, a random salt of 16 bytes, then chunks of 64 KiB, each AES-256-GCM with a tag of 16 bytes. The
key is derived from the device's key and the salt; the nonce is the chunk's number; the last byte of the associated
data marks the last chunk, so that a file that was cut, reordered or mixed with another is detected.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from salesapp.disk import flush_folder, replace, sweep, with_retries, write_failed
from salesapp.errors import DeviceError
from salesapp.store.encrypted import translate_os_errors

MAGIC = b"SALESAP1"
SALT_BYTES = 16
TAG_BYTES = 16
CHUNK = 64 * 1024
_HEAD = len(MAGIC) + SALT_BYTES
_MORE, _LAST = b"\0", b"\1"


class SealedDamagedError(Exception):
    """The file is damaged, cut, or sealed with another key."""


class SealedWriter:
    """Writes `<target>.part`, which `finish` renames to the target. A killed process can be resumed."""

    def __init__(self, target: Path, key: bytes) -> None:
        self._target = target
        self._part = target.with_name(target.name + ".part")
        self._key = key
        self._file: BinaryIO | None = None
        self._cipher: AESGCM | None = None
        self._index = 0
        self._buffer = bytearray()

    def resume(self, feed: Callable[[bytes], object]) -> int:
        """Resumes after the last intact chunk of an earlier attempt; feeds its content to `feed`, returns its size."""
        try:
            with translate_os_errors():
                return self._resume(feed)
        except BaseException:
            self.close()
            raise

    def _resume(self, feed: Callable[[bytes], object]) -> int:
        file = with_retries(lambda: self._part.open("r+b" if self._part.exists() else "w+b"))
        self._file = file
        head = file.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(MAGIC):
            self.restart()
            return 0
        self._cipher = _cipher(self._key, head[len(MAGIC) :])
        plain = 0
        while True:
            chunk = _open_chunk(self._cipher, self._index, file.read(CHUNK + TAG_BYTES), _MORE)
            if chunk is None or len(chunk) != CHUNK:
                break
            feed(chunk)
            plain += len(chunk)
            self._index += 1
        file.seek(_HEAD + self._index * (CHUNK + TAG_BYTES))
        file.truncate()
        return plain

    def restart(self) -> None:
        """Starts over with an empty file."""
        file = self._opened()
        salt = os.urandom(SALT_BYTES)
        self._cipher = _cipher(self._key, salt)
        self._index = 0
        self._buffer.clear()
        with translate_os_errors():
            file.seek(0)
            file.truncate()
        self._write(MAGIC + salt)

    def append(self, content: bytes) -> None:
        """Adds content; whole chunks are written at once."""
        self._buffer += content
        while len(self._buffer) > CHUNK:  # `finish` writes the last chunk, full or not
            self._write_chunk(bytes(self._buffer[:CHUNK]), _MORE)
            del self._buffer[:CHUNK]

    def finish(self, *, is_precious: bool = False) -> None:
        """Writes the last chunk; the file appears under its name, whole or not at all.

        `is_precious` waits for the disk, so that the file survives a power cut; others can be fetched again.
        """
        try:
            self._write_chunk(bytes(self._buffer), _LAST)
            if is_precious:
                self._sync()
        finally:
            self._buffer.clear()
            self.close()
        replace(self._part, self._target)
        with translate_os_errors():
            if is_precious:
                flush_folder(self._target.parent)

    def _sync(self) -> None:
        file = self._opened()
        with translate_os_errors():
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Closes the file and keeps its whole chunks for a later attempt."""
        if self._file is not None:
            try:
                if len(self._buffer) == CHUNK:
                    self._write_chunk(bytes(self._buffer), _MORE)
                    self._buffer.clear()
            finally:
                file, self._file = self._file, None
                with translate_os_errors():  # closing flushes
                    file.close()

    def discard(self) -> None:
        """Closes and removes the file."""
        self._buffer.clear()
        with suppress(DeviceError):
            self.close()
        sweep([self._part])

    def _write_chunk(self, content: bytes, mark: bytes) -> None:
        assert self._cipher is not None  # resume sets it
        self._write(self._cipher.encrypt(_nonce(self._index), content, mark))
        self._index += 1

    def _write(self, content: bytes) -> None:
        with translate_os_errors():
            self._opened().write(content)

    def _opened(self) -> BinaryIO:
        assert self._file is not None  # resume comes first
        return self._file


def read_sealed(path: Path, key: bytes) -> Iterator[bytes]:
    """Yields the content of a finished file in pieces. Raises SealedDamagedError at the first wrong piece."""
    try:
        with with_retries(lambda: path.open("rb")) as file:
            head = file.read(_HEAD)
            if len(head) < _HEAD or not head.startswith(MAGIC):
                raise SealedDamagedError(path.name)
            cipher = _cipher(key, head[len(MAGIC) :])
            index = 0
            sealed = file.read(CHUNK + TAG_BYTES)
            while True:
                following = file.read(CHUNK + TAG_BYTES)
                content = _open_chunk(cipher, index, sealed, _MORE if following else _LAST)
                if content is None:
                    raise SealedDamagedError(path.name)
                yield content
                if not following:
                    return
                sealed, index = following, index + 1
    except FileNotFoundError as error:
        raise SealedDamagedError(path.name) from error
    except OSError as error:
        raise write_failed(error) from error


def write_sealed(path: Path, key: bytes, content: bytes) -> None:
    """Writes a whole file, durably."""
    writer = SealedWriter(path, key)
    writer.resume(lambda _chunk: None)
    writer.restart()
    writer.append(content)
    writer.finish(is_precious=True)


def sealed_size(size: int) -> int:
    """Returns the size of the sealed file for content of this many bytes."""
    chunks = max(1, -(-size // CHUNK))
    return _HEAD + size + chunks * TAG_BYTES


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"salesapp sealed file").derive(key))


def _nonce(index: int) -> bytes:
    return index.to_bytes(12, "big")


def _open_chunk(cipher: AESGCM, index: int, sealed: bytes, mark: bytes) -> bytes | None:
    if len(sealed) < TAG_BYTES:
        return None
    try:
        return cipher.decrypt(_nonce(index), sealed, mark)
    except InvalidTag:
        return None
