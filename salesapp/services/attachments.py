"""Photos and files of the representative: type detection, shrinking, removal of the GPS position."""

import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import ExifTags, Image, ImageOps, ImageSequence, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from salesapp.domain.files import kind_of, safe_name
from salesapp.domain.objects.attachments import Image as ImageRow
from salesapp.domain.pictures import FORMATS, MOST_PIXELS, BadPictureError, check_picture
from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.protocol.records import FileRecord
from salesapp.services import files
from salesapp.services.own_work import WorkItem, read_item, sent_by, state_of
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.customers import made_here

OwnerKind = Literal["customer", "document", "appointment", "item"]
LONGEST_SIDE = 2_048
"""Longer side of a shrunk photo, in pixels."""
_QUALITY = 85
_PHOTOS = frozenset({"image/jpeg", "image/png", "image/bmp", "image/webp"})
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP")
_XMP = ("xmp", "XML:com.adobe.xmp")
_XMP_POSITION = b"GPSL"
"""The prefix of latitude and longitude in XMP."""
_Kept = dict[str, Image.Exif | bytes]
"""Metadata saved with a picture, by Pillow's names."""
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may be attached. `size` in bytes; `has_place`: it contains a GPS position."""

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
class Owner:
    """The owner of files: a row of the catalogue by key, or an own record by its id or submission."""

    kind: OwnerKind
    key: int | None = None
    record: str = ""
    submission: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a record. `state` as in `own_work`; "in_erp" for a file of the catalogue."""

    record: str
    name: str
    media_type: str
    size: int
    sha256: str
    state: str
    description: str = ""
    to_erp: bool = True


def read_candidate(path: Path) -> Candidate:
    """Reads a file. Raises DeviceError if it is unreadable, empty, or of an unsupported type."""
    try:
        if path.stat().st_size > 64 * 2**20:
            raise DeviceError("device.file_too_large", size=path.stat().st_size, limit=MAX_FILE_BYTES)
        content = path.read_bytes()
    except OSError as error:
        raise DeviceError("device.file_unreadable", name=path.name) from error
    return checked(candidate_of(path.name, content))


def checked(candidate: Candidate) -> Candidate:
    """Returns the candidate. Raises DeviceError for a damaged picture, which the gateway would refuse."""
    try:
        check_picture(candidate.media_type, candidate.content)
    except BadPictureError as error:
        raise DeviceError("device.file_kind", name=candidate.name) from error
    return candidate


def candidate_of(name: str, content: bytes) -> Candidate:
    """Detects the type by content, whatever the name. Raises DeviceError "device.file_kind" if unsupported."""
    found = kind_of(name, content)
    if found is None or (found[0] in FORMATS and not 0 < _pixels(content) <= MOST_PIXELS):
        raise DeviceError("device.file_kind", name=safe_name(name))
    media_type, suffix = found
    return Candidate(safe_name(name, suffix), media_type, content, has_place=_has_place(media_type, content))


def _pixels(content: bytes) -> int:
    """Returns the number of pixels from the header alone, without decoding; 0 if the picture does not open."""
    try:
        with _open(content) as image:
            return int(image.width * image.height)
    except _BROKEN:
        return 0


def shrunk(candidate: Candidate, *, keep_place: bool = False) -> Candidate:
    """Returns the picture as a JPEG of at most 2,048 pixels a side, shrunk until it meets the size limit.

    Removes the GPS position unless `keep_place`. Raises DeviceError if it is not a picture or is damaged.
    """
    opened = _opened(candidate, side=LONGEST_SIDE)
    kept = _position_of(opened) if keep_place and candidate.has_place else {}
    image = _on_white(ImageOps.exif_transpose(opened))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    while True:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=_QUALITY, optimize=True, **kept)
        side = max(image.size) * 3 // 4
        if buffer.tell() <= MAX_FILE_BYTES or side < 256:
            name = safe_name(Path(candidate.name).stem, ".jpg")
            return Candidate(name, "image/jpeg", buffer.getvalue(), has_place=bool(kept))
        image.thumbnail((side, side))


def _position_of(image: Image.Image) -> _Kept:
    """Returns only the GPS position from a picture's metadata, ready to save."""
    found: _Kept = {}
    if place := image.getexif().get_ifd(ExifTags.IFD.GPSInfo):
        exif = Image.Exif()
        exif[ExifTags.IFD.GPSInfo] = dict(place)
        found |= {"exif": exif}
    if _XMP_POSITION in (xmp := _xmp_of(image)):
        found |= {"xmp": xmp}
    return found


def _on_white(image: Image.Image) -> Image.Image:
    """Returns the picture on white: JPEG has no transparency and would turn it black."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def without_place(candidate: Candidate) -> Candidate:
    """Returns the picture without its GPS position; other metadata stay.

    Keeps only the first frame of a file with several (a phone's depth maps and highlights).
    """
    if not candidate.has_place:
        return candidate
    image = _opened(candidate)
    exif = image.getexif()
    if ExifTags.IFD.GPSInfo in exif:
        del exif[ExifTags.IFD.GPSInfo]
    kept: _Kept = {"exif": exif}
    if profile := image.info.get("icc_profile"):
        kept |= {"icc_profile": profile}
    for name in _XMP:  # it may repeat the position
        image.info.pop(name, None)
    buffer = io.BytesIO()
    if candidate.media_type == "image/jpeg":
        image.save(buffer, "JPEG", quality="keep", **kept)
    else:
        image.save(buffer, image.format, **kept)
    return Candidate(candidate.name, candidate.media_type, buffer.getvalue())


def _open(content: bytes) -> Image.Image:
    """Opens a picture; a JPEG with several frames (MPO) as a plain JPEG with the first one."""
    image = Image.open(io.BytesIO(content), formats=_FORMATS)
    return JpegImageFile(io.BytesIO(content)) if image.format == "MPO" else image


def _opened(candidate: Candidate, *, side: int = 0) -> Image.Image:
    """Returns the decoded picture; a JPEG scaled down to not much more than `side`, if given."""
    try:
        image = _open(candidate.content)
        if image.width * image.height > MOST_PIXELS:
            raise DeviceError("device.file_kind", name=candidate.name)
        if side:
            image.draft("RGB", (side, side))
        image.load()
    except _BROKEN as error:
        raise DeviceError("device.file_kind", name=candidate.name) from error
    return image


def _xmp_of(image: Image.Image) -> bytes:
    """Returns the XMP metadata, which may repeat the position."""
    xmp = next((image.info[name] for name in _XMP if image.info.get(name)), b"")
    return xmp if isinstance(xmp, bytes) else str(xmp).encode()


def _has_place(media_type: str, content: bytes) -> bool:
    if media_type not in _PHOTOS:
        return False
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            pictures = ImageSequence.Iterator(image) if image.format == "MPO" else (image,)
            return any(_contains_position(picture) for picture in pictures)
    except _BROKEN:
        return False


def _contains_position(image: Image.Image) -> bool:
    return _XMP_POSITION in _xmp_of(image) or bool(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))


def attach(
    stores: AccountStores, candidate: Candidate, owner: Owner, *, description: str = "", to_erp: bool = True
) -> str:
    """Stores the file and queues it behind its record; returns the file's record. Raises DeviceError."""
    with stores.work.read() as connection:
        own = records.find_in(connection, owner.record) if owner.record else None
    submission = own.submission if own is not None and own.submission else owner.submission
    file = FileRecord(
        owner_kind=owner.kind,
        owner=owner.key,
        owner_submission="" if owner.key is not None else submission or "",
        file_name=candidate.name,
        media_type=candidate.media_type,
        size=candidate.size,
        sha256="",
        description=description,
        upload_to_erp=to_erp,
    )
    if owner.key is None and own is not None and not submission:
        return files.hold_for(stores.work, own.id, file, candidate.content)
    return files.add_file(stores.work, file, candidate.content)


def add(
    stores: AccountStores,
    candidate: Candidate,
    owner: Owner,
    *,
    description: str = "",
    to_erp: bool = True,
    shrink: bool = False,
    keep_place: bool = False,
) -> str:
    """Attaches a file, shrunk and without GPS position as requested; returns its record. Raises DeviceError."""
    taken = shrunk(candidate, keep_place=keep_place) if shrink else candidate
    if not keep_place:
        taken = without_place(taken)
    if taken.is_too_large and taken.is_picture and not shrink:  # re-encoding without the position may have enlarged it
        taken = shrunk(taken)
    return attach(stores, taken, owner, description=description, to_erp=to_erp)


def attached_to(stores: AccountStores, owner: Owner) -> list[Attached]:
    """Returns the files of a record: own ones first, then those of the catalogue."""
    with stores.work.read() as connection:
        own = [entry for entry in records.find_all(connection, FileRecord) if entry.state != "voided"]
        sent = sent_by(connection)
    names = {owner.submission, owner.record, *(id_ for id_, row in sent.items() if row.record == owner.record)} - {""}
    if owner.kind == "customer":
        names |= made_here(stores.catalog, stores.work, owner.key)
    found = [
        _attached(entry, state_of(entry, sent.get(entry.submission or ""), sent))
        for entry in own
        if entry.payload.owner_kind == owner.kind
        and ((owner.key is not None and entry.payload.owner == owner.key) or entry.payload.owner_submission in names)
    ]
    known = {entry.sha256 for entry in found}
    if owner.key is not None and owner.kind in {"item", "customer"}:
        images = stores.catalog.all(ImageRow, "owner_kind=? AND owner=?", (owner.kind, owner.key))
        found += [
            Attached("", image.file_name, image.media_type, image.size, image.sha256, "in_erp", image.description or "")
            for image in images
            if image.sha256 not in known
        ]
    return found


def _attached(entry: records.StoredRecord[FileRecord], state: str) -> Attached:
    file = entry.payload
    return Attached(
        entry.id,
        file.file_name,
        file.media_type,
        file.size,
        file.sha256,
        state,
        file.description,
        file.upload_to_erp,
    )


def read_file(stores: AccountStores, record: str) -> tuple[Attached, WorkItem] | None:
    """Returns an own file with its receipt; None if it is gone."""
    item = read_item(stores, record)
    return (_attached(records.load(stores.work, record, FileRecord), item.state), item) if item is not None else None
