"""Standard streams that cannot make a command fail: any character can be written, and the reader may close.

A command's exit code depends on its work alone. Characters that a code page lacks are escaped; output that nobody
reads any more is dropped; output lost on a full disk is reported at the end.
"""

import codecs
import errno
import io
import os
import sys
import unicodedata
from typing import Any, TextIO

ESCAPE = "salesapp.escape"
_READER_GONE = {errno.EPIPE, errno.ESHUTDOWN, errno.ECONNRESET} | ({errno.EINVAL} if sys.platform == "win32" else set())


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """Replaces characters that a code page lacks: blanks and dashes by similar ones, others by escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_stand_in(character) for character in missing), error.end


def _stand_in(character: str) -> str:
    plain = {"Zs": " ", "Pd": "-"}.get(unicodedata.category(character))
    return plain or character.encode("unicode_escape").decode("ascii")


codecs.register_error(ESCAPE, _escape)


class Outlet(io.RawIOBase):
    """Writes to a descriptor; after an error it drops the rest, and `lost` says why."""

    def __init__(self, raw: io.FileIO) -> None:
        self._raw = raw
        self._is_open = True
        self.lost: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    def write(self, content: "memoryview | bytes") -> int | None:  # type: ignore[override]  # typeshed's buffer type has no length
        if self._is_open:
            try:
                return self._raw.write(content)
            except OSError as error:
                self._is_open = False
                self.lost = None if error.errno in _READER_GONE else error
        return len(content)


def prepare() -> list[Outlet]:
    """Makes the process's streams safe; may be called again. Returns those that may lose output."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  # as long as the process
    sys.stdout, out = _prepared(sys.stdout)
    sys.stderr, err = _prepared(sys.stderr)
    return [outlet for outlet in (out, err) if outlet is not None]


def _prepared(stream: TextIO | None) -> tuple[TextIO, Outlet | None]:
    """Returns the stream to use instead, and its outlet if it writes to a descriptor of the process."""
    if stream is None:  # closed by the parent process, or without a console
        return open(os.devnull, "w", encoding="utf-8"), None  # noqa: PTH123  # as long as the process
    if not isinstance(stream, io.TextIOWrapper):
        return stream, None
    raw: Any = getattr(stream.buffer, "raw", stream.buffer)  # the buffer itself if Python runs unbuffered
    if isinstance(raw, Outlet):
        return stream, raw
    if stream not in (sys.__stdout__, sys.__stderr__):  # replaced, for example by a test
        stream.reconfigure(errors=ESCAPE)
        return stream, None
    outlet = Outlet(raw)
    buffer = io.BufferedWriter(outlet)  # type: ignore[type-var]  # it is the raw stream that a buffer needs
    return io.TextIOWrapper(buffer, encoding=stream.encoding, errors=ESCAPE, line_buffering=True), outlet


def encodable(text: str, stream: TextIO) -> str:
    """Escapes characters that a stream's code page lacks, for writers that bypass the stream's own handling."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, ESCAPE).decode(encoding)


def flush() -> None:
    """Flushes the streams."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
