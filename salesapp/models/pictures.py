"""Reads, decodes and shrinks pictures of the catalogue outside the window's thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QImageWriter

from salesapp.errors import DeviceError
from salesapp.models.workplace import Workplace
from salesapp.store.account_stores import AccountStores
from salesapp.store.pictures import read_picture

Wanted = tuple[str, int, int]
"""sha256 of the content, and maximum width and height in screen pixels."""
POINTS = frozenset({"bmp", "gif", "ico", "jpeg", "jpg", "png", "tif", "tiff", "webp"})


class PictureSource:
    """Provides the window's pictures."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def images(self, wanted: list[Wanted]) -> dict[Wanted, QImage | DeviceError | None]:
        """Returns images shrunk to their boxes; None if one is not on the device (yet) or is not a picture.

        A damaged own file yields an error instead.
        """
        return await self._workplace.run(_decode, wanted)


def _decode(stores: AccountStores, wanted: list[Wanted]) -> dict[Wanted, QImage | DeviceError | None]:
    return {entry: _fitted(stores, entry) for entry in wanted}


def _fitted(stores: AccountStores, wanted: Wanted) -> QImage | DeviceError | None:
    sha256, width, height = wanted
    try:
        content = read_picture(stores, sha256)
    except DeviceError as error:
        return error
    return image_of(content, QSize(width, height)) if content is not None else None


def image_of(content: bytes, box: QSize | None = None) -> QImage | None:
    """Decodes a picture, shrunk to fit a box; returns None unless it is a picture.

    Accepts raster formats only: an SVG can refer to other files, which would be read, too.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if bytes(reader.format().data()).decode() not in POINTS:
        return None
    reader.setAutoTransform(True)
    size = reader.size()
    if box is not None and size.isValid():
        # a photo is shrunk before it is turned
        is_turned = reader.transformation().value & QImageIOHandler.Transformation.TransformationRotate90.value
        room = box.transposed() if is_turned else box
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def png_of(image: QImage) -> bytes:
    """Encodes a picture as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter()
    writer.setDevice(buffer)
    writer.setFormat(b"png")
    writer.write(image)
    return bytes(buffer.data().data())
