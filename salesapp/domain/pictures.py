"""Checks pictures by decoding them completely, within limits; the same rules on the tablet and at the gateway.

Pure: takes bytes. A JPEG is decoded at an eighth of its size, which reads all of its data with little memory.
"""

import io
import zipfile
from typing import Final

from PIL import Image, ImageSequence

MOST_PIXELS: Final = 50_000_000
"""Limit for one picture; a tablet's memory holds no more."""
MOST_PIXELS_MOVING: Final = 200_000_000
"""Limit for all frames of an animation together."""
MOST_SCANS: Final = 200
"""Limit for a progressive JPEG: each scan decodes the whole picture again."""
FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/webp": ("WEBP",),
}
"""The media types that are decoded, with Pillow's names for them."""
_SCAN: Final = b"\xff\xda"
_PDF: Final = b"%PDF-"
_PDF_HEADER_WITHIN: Final = 1_024
"""PDF readers accept a file whose header is within so many bytes of its start."""
Image.MAX_IMAGE_PIXELS = None  # the limit here is lower, and checked before decoding


class BadPictureError(Exception):
    """The content is not an intact picture of its type within the limits; the text says why."""


def check_picture(media_type: str, content: bytes) -> None:
    """Decodes a picture. Raises BadPictureError if it is invalid. Ignores media types that are not pictures."""
    formats = FORMATS.get(media_type)
    if formats is None:
        return
    if zipfile.is_zipfile(io.BytesIO(content)) or _PDF in content[:_PDF_HEADER_WITHIN]:
        raise BadPictureError("another kind of file in it")
    if media_type == "image/jpeg" and content.count(_SCAN) > MOST_SCANS:
        raise BadPictureError("too many scans")
    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            _unpack(image)
    except BadPictureError:
        raise
    except Exception as error:  # damaged bytes raise anything in Pillow
        raise BadPictureError("damaged") from error


def _unpack(image: Image.Image) -> None:
    pixels = 0
    for picture in ImageSequence.Iterator(image):
        size = picture.width * picture.height
        pixels += size
        if not 0 < size <= MOST_PIXELS or pixels > MOST_PIXELS_MOVING:
            raise BadPictureError("too many pixels")
        picture.draft("RGB", (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()
        if image.format == "MPO":  # from phones: the other frames are depth maps and highlights
            return
