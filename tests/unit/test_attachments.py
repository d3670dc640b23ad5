"""Attachments: told by content, shrunk under the limit, freed of where they were taken."""

import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from salesapp.errors import DeviceError
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.services.attachments import candidate_of, read_candidate, shrunk, without_place


def photo(side: int = 400, *, place: bool = False, noise: bool = False) -> bytes:
    image = Image.effect_noise((side, side), 120).convert("RGB") if noise else Image.new("RGB", (side, side), "teal")
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Camera"
    if place:
        exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (54.0, 30.0, 0.0)}
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=98, exif=exif)
    return buffer.getvalue()


def test_that_the_content_tells_what_a_file_is_and_the_name_follows() -> None:
    assert (candidate_of("shelf.png", photo()).media_type, candidate_of("shelf.png", photo()).name) == (
        "image/jpeg",
        "shelf.png.jpg",
    )
    assert candidate_of("offer.pdf", b"%PDF-1.7 ...").media_type == "application/pdf"
    assert candidate_of("note.txt", "Zażółć gęślą jaźń\n".encode()).media_type == "text/plain"
    assert candidate_of("a.docx", b"PK\x03\x04rest").media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00program", b"PK\x03\x04zip", b"\x00\x01\x02"])
def test_that_programs_archives_and_empty_files_are_refused(content: bytes) -> None:
    with pytest.raises(DeviceError) as told:
        candidate_of("holiday.jpg.exe", content)
    assert told.value.code == "device.file_kind"


def test_that_a_missing_file_is_told_in_a_sentence(tmp_path: Path) -> None:
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


def test_that_the_place_is_taken_out_and_the_rest_stays() -> None:
    taken = candidate_of("shelf.jpg", photo(place=True))
    assert taken.has_place
    freed = without_place(taken)
    again = candidate_of("shelf.jpg", freed.content)
    assert not again.has_place
    assert Image.open(io.BytesIO(freed.content)).getexif()[ExifTags.Base.Model] == "Camera"


def test_that_a_damaged_picture_is_told_and_not_taken() -> None:
    cut = candidate_of("shelf.jpg", photo(place=True)[:300])
    with pytest.raises(DeviceError) as told:
        shrunk(cut)
    assert told.value.code == "device.file_kind"


@given(st.binary(max_size=400), st.text(max_size=40))
def test_that_no_bytes_and_no_name_end_in_anything_but_a_kind_or_a_sentence(content: bytes, name: str) -> None:
    found = None
    with suppress(DeviceError):
        found = candidate_of(name, content)
    assert found is None or (found.content == content and "/" not in found.name)
