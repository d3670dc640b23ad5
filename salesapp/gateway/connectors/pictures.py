"""Image files of a folder: the facts that rows need, and the content."""

import hashlib
from pathlib import Path

from salesapp.gateway.connectors.values import BadValueError
from salesapp.protocol.limits import MAX_MEDIA_BYTES

_MAGIC = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"),
          (b"GIF89a", "image/gif"))  # fmt: skip


class Pictures:
    """The image files that rows name, by SHA-256."""

    def __init__(self) -> None:
        self._facts: dict[Path, dict[str, str]] = {}
        self._paths: dict[str, Path] = {}

    def facts(self, folder: Path, relative: str) -> dict[str, str]:
        """Returns `sha256`, `size`, `media_type` and `file_name` of a file. Raises BadValueError if unusable."""
        path = _inside(folder, relative)
        if path not in self._facts:
            content = _content(path)
            digest = hashlib.sha256(content).hexdigest()
            self._paths[digest] = path
            self._facts[path] = {
                "sha256": digest,
                "size": str(len(content)),
                "media_type": _media_type(content),
                "file_name": path.name,
            }
        return self._facts[path]

    def content(self, sha256: str) -> bytes:
        """Returns the content. Raises KeyError for a file that no row names."""
        return self._paths[sha256].read_bytes()


def _inside(folder: Path, relative: str) -> Path:
    try:
        path = (folder / relative).resolve()
    except (OSError, ValueError) as error:  # a NUL, or a loop of links
        raise BadValueError(f"not a path: {error}") from None
    if not path.is_relative_to(folder.resolve()):
        raise BadValueError("the path leads out of the folder")
    return path


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_MEDIA_BYTES:
            raise BadValueError(f"the file has {size} bytes; {MAX_MEDIA_BYTES} are allowed")
        return path.read_bytes()
    except OSError as error:
        raise BadValueError(f"the file cannot be read ({error.strerror})") from None


def _media_type(content: bytes) -> str:
    """Decides by the first bytes; a file name proves nothing."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    for magic, media_type in _MAGIC:
        if content.startswith(magic):
            return media_type
    raise BadValueError("not a PNG, JPEG, GIF or WebP image")
