"""Whether a picture is one: unpacked to its end within bounds, by the same rules on the tablet and at the gateway.

Pure: bytes come in. A JPEG is unpacked at an eighth of its size: all of its data are read, and little memory is used.
"""

import io
import zipfile
from typing import Final

from PIL import Image, ImageSequence

MOST_PIXELS: Final = 50_000_000
"""Of one picture: more would not be unpacked in a tablet's memory."""
MOST_PIXELS_MOVING: Final = 200_000_000
"""Of all pictures of one that moves."""
MOST_SCANS: Final = 200
"""Of a JPEG that comes into focus: each unpacks all of it once more."""
FORMATS: Final[dict[str, tuple[str, ...]]] = {
    "image/jpeg": ("JPEG",),
    "image/png": ("PNG",),
    "image/gif": ("GIF",),
    "image/bmp": ("BMP",),
    "image/webp": ("WEBP",),
}
"""Media types that are unpacked, and Pillow's names for them."""
_SCAN: Final = b"\xff\xda"
_PDF: Final = b"%PDF-"
_LOOKED_FOR_BY_READERS: Final = 1_024
"""Readers of PDF take a file for one whose mark stands this near to its begin."""
Image.MAX_IMAGE_PIXELS = None  # the limit here is lower, and asked before anything is unpacked


class BadPictureError(Exception):
    """The content is not a whole picture of its kind within the bounds; the text says why."""


def check_picture(media_type: str, content: bytes) -> None:
    """Unpacks a picture; raises BadPictureError. What is no picture by its media type is not looked at."""
    formats = FORMATS.get(media_type)
    if formats is None:
        return
    if zipfile.is_zipfile(io.BytesIO(content)) or _PDF in content[:_LOOKED_FOR_BY_READERS]:
        raise BadPictureError("another kind of file in it")
    if media_type == "image/jpeg" and content.count(_SCAN) > MOST_SCANS:
        raise BadPictureError("too many scans")
    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            _unpack(image)
    except BadPictureError:
        raise
    except Exception as error:  # whatever a reader makes of damaged bytes
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
        if image.format == "MPO":  # as phones make them: the others are depths and highlights
            return
