"""Photos as a camera makes them."""

import io

from PIL import ExifTags, Image


def photo(
    side: int = 400, *, place: bool = False, noise: bool = False, xmp: bytes = b"", optimize: bool = False
) -> bytes:
    """Returns a JPEG, with a location or of an incompressible size."""
    image = Image.effect_noise((side, side), 120).convert("RGB") if noise else Image.new("RGB", (side, side), "teal")
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Camera"
    if place:
        exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (54.0, 30.0, 0.0)}
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=98, exif=exif, xmp=xmp or None, optimize=optimize)
    return buffer.getvalue()
