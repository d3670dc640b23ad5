"""Photos and files of the representative: told by their content, shrunk, freed of where they were taken."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.protocol.records import FileRecord
from salesapp.services import files
from salesapp.store import records
from salesapp.store.shelf import Shelf

OwnerKind = Literal["customer", "document", "appointment", "item"]
LONGEST_SIDE = 2_048
"""Pixels of a shrunk photo's longer side."""
_QUALITY = 85
_MOST_PIXELS = 80_000_000
_SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"GIF8", "image/gif", ".gif"),
    (b"BM", "image/bmp", ".bmp"),
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"PK\x03\x04", "application/zip", ""),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword", ".doc"),
    (b"ID3", "audio/mpeg", ".mp3"),
    (b"#!AMR", "audio/amr", ".amr"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIPPED = {
    ".docx": _OFFICE + "wordprocessingml.document",
    ".xlsx": _OFFICE + "spreadsheetml.sheet",
    ".pptx": _OFFICE + "presentationml.presentation",
}
_PHOTOS = frozenset({"image/jpeg", "image/png", "image/bmp", "image/webp"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be attached. `size` in bytes; `has_place`: it tells where it was taken."""

    name: str
    media_type: str
    content: bytes
    has_place: bool = False

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def is_picture(self) -> bool:
        return self.media_type in _PHOTOS

    @property
    def is_too_large(self) -> bool:
        return self.size > MAX_FILE_BYTES


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a record. `state` as in `own_work`; one of the catalogue is "in_erp"."""

    record: str
    name: str
    media_type: str
    size: int
    sha256: str
    state: str
    description: str = ""


def read_candidate(path: Path) -> Candidate:
    """Looks at a file. Raises DeviceError for one that cannot be read, is empty, or of a kind that is not taken."""
    try:
        if path.stat().st_size > 64 * 2**20:
            raise DeviceError("device.file_too_large", size=path.stat().st_size, limit=MAX_FILE_BYTES)
        content = path.read_bytes()
    except OSError as error:
        raise DeviceError("device.file_unreadable", name=path.name) from error
    return candidate_of(path.name, content)


def candidate_of(name: str, content: bytes) -> Candidate:
    """What a content is by its first bytes, whatever its name says. Raises DeviceError "device.file_kind"."""
    media_type, suffix = kind_of(name, content)
    clean = Path(name).name[:120] or "file"
    if suffix and Path(clean).suffix.lower() not in {suffix, ".jpeg" if suffix == ".jpg" else suffix}:
        clean += suffix
    return Candidate(clean, media_type, content, has_place=_has_place(media_type, content))


def kind_of(name: str, content: bytes) -> tuple[str, str]:
    """Media type and the usual suffix. Raises DeviceError for an empty file, a program, or something unknown."""
    found = next(((kind, suffix) for sign, kind, suffix in _SIGNS if content.startswith(sign)), None)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        found = ("image/webp", ".webp")
    elif content[4:8] == b"ftyp" and content[8:11] == b"M4A":
        found = ("audio/mp4", ".m4a")
    if found is not None and found[0] == "application/zip":
        kind = _ZIPPED.get(Path(name).suffix.lower())
        found = (kind, Path(name).suffix.lower()) if kind else None
    if found is None and content and _is_text(content):
        found = ("text/plain", ".txt")
    if found is None:
        raise DeviceError("device.file_kind", name=name)
    return found


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter in "\r\n\t" for letter in text)


def shrunk(candidate: Candidate) -> Candidate:
    """A picture that fits into the limit: at most 2,048 pixels long, JPEG, smaller until it fits; without its place.

    Raises DeviceError when it is no picture, or damaged.
    """
    image = _opened(candidate)
    image = ImageOps.exif_transpose(image).convert("RGB")
    side = LONGEST_SIDE
    while True:
        small = image.copy()
        small.thumbnail((side, side))
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=_QUALITY, optimize=True)
        if buffer.tell() <= MAX_FILE_BYTES or side < 256:
            name = f"{Path(candidate.name).stem}.jpg"
            return Candidate(name, "image/jpeg", buffer.getvalue())
        side = side * 3 // 4


def without_place(candidate: Candidate) -> Candidate:
    """The same picture without the position where it was taken; everything else of it stays."""
    if not candidate.has_place:
        return candidate
    image = _opened(candidate)
    exif = image.getexif()
    if ExifTags.IFD.GPSInfo in exif:
        del exif[ExifTags.IFD.GPSInfo]
    buffer = io.BytesIO()
    if candidate.media_type == "image/jpeg":
        image.save(buffer, "JPEG", quality="keep", exif=exif)
    else:
        image.save(buffer, image.format, exif=exif)
    return Candidate(candidate.name, candidate.media_type, buffer.getvalue())


def _opened(candidate: Candidate) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(candidate.content))
        if image.width * image.height > _MOST_PIXELS:
            raise DeviceError("device.file_kind", name=candidate.name)
        image.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise DeviceError("device.file_kind", name=candidate.name) from error
    return image


def _has_place(media_type: str, content: bytes) -> bool:
    if media_type not in _PHOTOS:
        return False
    try:
        return bool(Image.open(io.BytesIO(content)).getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return False


def attach(
    shelf: Shelf,
    candidate: Candidate,
    owner_kind: OwnerKind,
    *,
    owner: int | None = None,
    owner_submission: str = "",
    description: str = "",
    to_erp: bool = True,
) -> str:
    """Keeps the file with its record and sends it after that; returns the file's record. Raises DeviceError."""
    return files.add_file(
        shelf.work,
        FileRecord(
            owner_kind=owner_kind,
            owner=owner,
            owner_submission=owner_submission,
            file_name=candidate.name,
            media_type=candidate.media_type,
            size=candidate.size,
            sha256="",
            description=description,
            upload_to_erp=to_erp,
        ),
        candidate.content,
    )


def attached_to(
    shelf: Shelf, owner_kind: OwnerKind, *, owner: int | None = None, owner_submission: str = ""
) -> list[Attached]:
    """Files of a record: own ones first, then those of the catalogue."""
    with shelf.work.read() as connection:
        own = records.find_all(connection, "file")
    found = [
        Attached(
            entry.id,
            entry.payload["file_name"],
            entry.payload["media_type"],
            entry.payload["size"],
            entry.payload["sha256"],
            {"waiting": "on_device", None: "kept"}.get(entry.submission_state, str(entry.submission_state)),
            entry.payload.get("description", ""),
        )
        for entry in own
        if entry.payload["owner_kind"] == owner_kind
        and (
            (owner is not None and entry.payload.get("owner") == owner)
            or (owner_submission and entry.payload.get("owner_submission") == owner_submission)
        )
    ]
    known = {entry.sha256 for entry in found}
    if owner is not None and owner_kind in {"item", "customer"}:
        found += [
            Attached(
                "", row["file_name"], row["media_type"], row["size"], row["sha256"], "in_erp", row["description"] or ""
            )
            for row in shelf.catalog.rows("attachments.images", "owner_kind=? AND owner=?", (owner_kind, owner))
            if row["sha256"] not in known
        ]
    return found
