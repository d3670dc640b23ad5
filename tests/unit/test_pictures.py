"""Pictures of records are raster images only: formats that can name other files are refused."""

import io
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage

from salesapp.models.pictures import image_of, png_of


def red() -> QImage:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


@pytest.mark.usefixtures("qapp")
def test_that_an_svg_that_names_another_file_is_not_a_picture(tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    other.write_bytes(png_of(red()))
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="20">'
    drawing = f'{head}<image xlink:href="{other}" width="40" height="20"/></svg>'.encode()
    shown = QImage.fromData(drawing)
    assert shown.pixelColor(20, 10) == QColor("red"), "Qt alone reads the other file"
    assert image_of(drawing) is None
    assert image_of(b'<?xml version="1.0"?>' + drawing) is None


@pytest.mark.usefixtures("qapp")
def test_that_a_picture_is_shrunk_into_its_box() -> None:
    whole, small = image_of(png_of(red())), image_of(png_of(red()), QSize(10, 10))
    assert whole is not None
    assert small is not None
    assert (whole.size(), small.size()) == (QSize(40, 20), QSize(10, 5))
    assert image_of(b"") is None
    assert image_of(b"no picture") is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_that_a_turned_photo_fills_its_place_as_an_upright_one(orientation: int) -> None:
    """A photo of 400 x 300 points that is turned by 5 to 8 is seen as 300 x 400."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(buffer, "JPEG", exif=exif)
    for width, height in ((280, 220), (110, 400)):
        found = image_of(buffer.getvalue(), QSize(width, height))
        assert found is not None
        seen = QSize(300, 400) if orientation > 4 else QSize(400, 300)
        assert found.size() == seen.scaled(width, height, Qt.AspectRatioMode.KeepAspectRatio)
