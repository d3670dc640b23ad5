"""Pictures of the catalogue as images of a size: read, decoded and shrunk beside the window's thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from salesapp.errors import DeviceError
from salesapp.models.workplace import Workplace
from salesapp.store.account_stores import AccountStores
from salesapp.store.pictures import read_picture

Wanted = tuple[str, int, int]
"""sha256 of the content, and the most width and height in pixels of the screen."""
POINTS = frozenset({"bmp", "gif", "ico", "jpeg", "jpg", "png", "tif", "tiff", "webp"})


class PictureSource:
    """Where the pictures of the window come from."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def images(self, wanted: list[Wanted]) -> dict[Wanted, QImage | DeviceError | None]:
        """The images that fit into their boxes; None for what is not on the device (yet) or is no picture.

        Where a file of the representative's own is damaged, the error says so.
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
    """A picture, shrunk into a box; None for what is no picture.

    Only formats that are points and nothing else: an SVG can name other files, which would be read too.
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
        reader.setScaledSize(size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def png_of(image: QImage) -> bytes:
    """A picture as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter()
    writer.setDevice(buffer)
    writer.setFormat(b"png")
    writer.write(image)
    return bytes(buffer.data().data())
