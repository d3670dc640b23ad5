"""Attachments: type by content, shrinking below the limit, removal of the location."""

import io
import struct
import tracemalloc
import zlib
from contextlib import suppress
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from salesapp.domain.files import LONGEST_NAME, kind_of, safe_name
from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.services.attachments import candidate_of, read_candidate, shrunk, without_place
from tests.pictures import photo
from tests.stopwatch import Stopwatch

RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "123456789\u00b9\u00b2\u00b3"
}
"""Device names of Windows."""


def test_that_the_content_determines_the_type_and_the_name_of_a_file() -> None:
    assert (candidate_of("shelf.png", photo()).media_type, candidate_of("shelf.png", photo()).name) == (
        "image/jpeg",
        "shelf.png.jpg",
    )
    assert candidate_of("offer.pdf", b"%PDF-1.7 ...").media_type == "application/pdf"
    assert candidate_of("note.txt", "Zażółć gęślą jaźń\n".encode()).media_type == "text/plain"
    assert candidate_of("a.docx", b"PK\x03\x04rest").media_type.endswith("wordprocessingml.document")


def track(of: bytes) -> bytes:
    """Returns the box of an MP4 with the type of a track."""
    return b"\x00\x00\x00\x21hdlr" + bytes(8) + of + bytes(13)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xfb\x90\x64" + bytes(400), "audio/mpeg"),
        (b"\xff\xf3\x84\xc4" + bytes(400), "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypmp42" + bytes(20) + track(b"soun"), "audio/mp4"),
        (b"\x00\x00\x00\x20ftypM4A " + bytes(20), "audio/mp4"),
        (b"\x00\x00\x00\x20ftypmp42" + bytes(20) + track(b"vide") + track(b"soun"), None),
        (b"\x00\x00\x00\x20ftypheic" + bytes(20) + track(b"pict"), None),
        (b"\x00\x00\x00\x20ftypmp42" + bytes(20), None),
        (b"\xff\xfb\x00\x64" + bytes(400), None),
        (b"\xff\xeb\x90\x64" + bytes(400), None),
        (b"\xff\xfe\x90\x64" + bytes(400), None),
    ],
)
def test_that_sound_recordings_are_accepted_and_films_are_not(content: bytes, media_type: str | None) -> None:
    found = kind_of("note", content)
    assert (found[0] if found else None) == media_type


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00program", b"PK\x03\x04zip", b"\x00\x01\x02"])
def test_that_programs_archives_and_empty_files_are_refused(content: bytes) -> None:
    with pytest.raises(DeviceError) as told:
        candidate_of("holiday.jpg.exe", content)
    assert told.value.code == "device.file_kind"


def test_that_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DeviceError) as told:
        read_candidate(tmp_path / "gone.jpg")
    assert told.value.code == "device.file_unreadable"


def test_that_a_photo_over_the_limit_is_shrunk_under_it() -> None:
    large = candidate_of("shelf.jpg", photo(3_000, noise=True))
    assert large.is_too_large
    small = shrunk(large)
    assert small.size <= MAX_FILE_BYTES
    assert max(Image.open(io.BytesIO(small.content)).size) <= 2_048
    assert not small.has_place


def test_that_the_location_of_a_photo_is_removed_and_the_rest_stays() -> None:
    taken = candidate_of("shelf.jpg", photo(place=True))
    assert taken.has_place
    freed = without_place(taken)
    again = candidate_of("shelf.jpg", freed.content)
    assert not again.has_place
    assert Image.open(io.BytesIO(freed.content)).getexif()[ExifTags.Base.Model] == "Camera"


def test_that_the_location_in_other_metadata_is_removed_too() -> None:
    told = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="54,30N"/></x:xmpmeta>'
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "teal").save(buffer, "JPEG", xmp=told)
    taken = candidate_of("shelf.jpg", buffer.getvalue())
    assert taken.has_place
    freed = without_place(taken)
    assert b"GPSL" not in freed.content
    assert not candidate_of("shelf.jpg", freed.content).has_place


def test_that_a_shrunk_photo_keeps_its_location_only_on_request() -> None:
    told = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="54,30N"/></x:xmpmeta>'
    large = candidate_of("shelf.jpg", photo(3_000, place=True, noise=True, xmp=told))
    assert large.is_too_large
    assert large.has_place
    for keep_place in (False, True):
        small = shrunk(large, keep_place=keep_place)
        assert small.size <= MAX_FILE_BYTES
        assert candidate_of("shelf.jpg", small.content).has_place == small.has_place == keep_place
        assert (b"GPSL" in small.content) == keep_place
        with Image.open(io.BytesIO(small.content)) as image:
            assert (image.getexif().get_ifd(ExifTags.IFD.GPSInfo).get(1) == "N") == keep_place


@pytest.mark.parametrize("place_in", ["first", "second"])
def test_that_the_location_is_removed_from_files_of_several_pictures(place_in: str) -> None:
    buffer = io.BytesIO()
    first, second = (Image.open(io.BytesIO(photo(place=place_in == name))) for name in ("first", "second"))
    second.encoderinfo = {"exif": second.getexif()}
    first.save(buffer, "MPO", save_all=True, append_images=[second], exif=first.getexif())
    taken = candidate_of("shelf.jpg", buffer.getvalue())
    assert (taken.media_type, taken.has_place) == ("image/jpeg", True)
    freed = without_place(taken)
    assert not candidate_of("shelf.jpg", freed.content).has_place
    with Image.open(io.BytesIO(freed.content)) as image:
        assert (image.format, image.size) == ("JPEG", (400, 400))
        assert image.getexif()[ExifTags.Base.Model] == "Camera"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_that_the_location_is_removed_from_other_kinds_of_pictures(kind: str) -> None:
    exif, buffer = Image.Exif(), io.BytesIO()
    exif[ExifTags.Base.Model] = "Camera"
    exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (54.0, 30.0, 0.0)}
    Image.new("RGB", (40, 40), "teal").save(buffer, kind, exif=exif)
    taken = candidate_of("shelf", buffer.getvalue())
    assert taken.has_place
    freed = candidate_of("shelf", without_place(taken).content)
    assert (freed.media_type, freed.has_place) == (f"image/{kind.lower()}", False)
    with Image.open(io.BytesIO(freed.content)) as image:
        assert image.getexif()[ExifTags.Base.Model] == "Camera"


def test_that_transparent_areas_are_white_in_a_shrunk_picture() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(buffer, "PNG")
    small = shrunk(candidate_of("note.png", buffer.getvalue()))
    with Image.open(io.BytesIO(small.content)) as image:
        assert image.getpixel((20, 20)) == (255, 255, 255)


def test_that_a_damaged_picture_is_refused() -> None:
    with pytest.raises(DeviceError) as told:
        candidate_of("shelf.jpg", photo(place=True)[:40])
    assert told.value.code == "device.file_kind"
    cut = candidate_of("shelf.jpg", photo(place=True)[:-200])
    with pytest.raises(DeviceError) as told:
        shrunk(cut)
    assert told.value.code == "device.file_kind"


def bomb(side: int) -> bytes:
    """Returns a PNG of a few kilobytes that decodes to side x side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    packed = zlib.compress(bytes(2**20))
    chunks = [(b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [8_000, 30_000, 65_000])
def test_that_a_decompression_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    content = bomb(side)
    watch = Stopwatch()
    tracemalloc.start()
    with pytest.raises(DeviceError) as told:
        candidate_of("small.png", content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told.value.code == "device.file_kind"
    assert watch.seconds < 1
    assert most < 20 * 2**20


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "text",
    [
        SVG,
        f"<?xml version='1.0'?><!-- a picture -->\n{SVG}",
        f"\ufeff  {SVG.upper()}",
        "<!DOCTYPE svg><a/>",
        "<html><body>here</body></html>",
        "<p>a<script src=x></script>",
    ],
)
@pytest.mark.parametrize("name", ["shelf.svg", "shelf.jpg", "note.txt"])
def test_that_text_with_active_content_is_refused(text: str, name: str) -> None:
    with pytest.raises(DeviceError) as told:
        candidate_of(name, text.encode())
    assert told.value.code == "device.file_kind"


def test_that_text_that_only_mentions_scripts_is_accepted() -> None:
    assert candidate_of("note.txt", b"ask for the logo as <svg> or BMP").media_type == "text/plain"
    assert candidate_of("BMW.txt", b"BMW, the white one").media_type == "text/plain"
    assert candidate_of("list.xml", b"<list><a/></list>").name == "list.xml.txt"


NAMES = {
    "CON": "_CON",
    "con.jpg": "_con.jpg",
    "NUL.tar.gz": "_NUL.tar.gz",
    "COM1 .txt": "_COM1.txt",
    "LPT\u00b9.jpg": "_LPT\u00b9.jpg",
    "console.jpg": "console.jpg",
    "a.jpg.": "a.jpg",
    "a.jpg. . ": "a.jpg",
    "..": "file",
    ".": "file",
    "": "file",
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\a.jpg": "a.jpg",
    "C:\\photos\\x\\a.jpg": "a.jpg",
    "a.jpg:stream": "a.jpg_stream",
    "a.jpg::$DATA": "a.jpg__$DATA",
    '<b>"a"|*?.jpg': "_b__a____.jpg",
    ".htaccess": "htaccess",
    "a\x00b\r\n.jpg": "ab.jpg",
    "photo\u202egpj.exe": "photogpj.exe",
    "A\u200d\u0300.jpg": "\u00c0.jpg",
    "Zażółć gęślą jaźń.jpg": "Zażółć gęślą jaźń.jpg",
    "regał 10 zł.jpg": "regał 10 zł.jpg",
}


@pytest.mark.parametrize(("name", "safe"), NAMES.items())
def test_that_no_name_leaves_the_folder_or_names_a_device(name: str, safe: str) -> None:
    assert safe_name(name) == safe
    assert safe_name(safe) == safe, "a safe name stays"


@given(st.text(max_size=300), st.sampled_from(["", ".jpg", ".txt"]))
def test_that_every_name_becomes_valid_on_windows(name: str, suffix: str) -> None:
    safe = safe_name(name, suffix)
    assert safe_name(safe) == safe, "or the gateway refuses it"
    assert 0 < len(safe) <= LONGEST_NAME
    assert safe.isprintable()
    assert not set(safe) & set('<>:"/\\|?*')
    assert safe[-1] not in ". "
    assert safe[0] not in ". "
    assert safe.partition(".")[0].rstrip().upper() not in RESERVED
    assert PureWindowsPath(safe).name == safe
    assert not suffix or PureWindowsPath(safe.lower()).suffix in {suffix, ".jpeg", ".jpe"}


@given(st.binary(max_size=400), st.text(max_size=40))
def test_that_any_bytes_and_name_give_a_type_or_an_error(content: bytes, name: str) -> None:
    found = None
    with suppress(DeviceError):
        found = candidate_of(name, content)
    assert found is None or (found.content == content and "/" not in found.name)
