"""Pictures are decoded before an ERP gets them; damaged, huge and ambiguous ones are refused."""

import contextlib
import io
import random
import struct
import threading
import time
import uuid
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from salesapp.domain.pictures import MOST_PIXELS, BadPictureError, check_picture
from salesapp.errors import DeviceError
from salesapp.protocol.records import CustomerRecord, FileRecord
from salesapp.services import attachments, customers, files
from salesapp.store.outbox import Outbox
from tests.conftest import GatewayUnderTest, Tablet
from tests.gateway.client import Device, device_of, new_customer
from tests.gateway.client import submission as message
from tests.gateway.test_uploads import send_whole
from tests.pictures import photo

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "BMP": "image/bmp", "WEBP": "image/webp"}
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/bmp": "bmp", "image/webp": "webp"}


def picture(kind: str, side: int = 120, frames: int = 1) -> bytes:
    images = [Image.effect_noise((side, side), 60 + number).convert("RGB") for number in range(frames)]
    buffer = io.BytesIO()
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(buffer, kind, **more)
    return buffer.getvalue()


def png(width: int, height: int) -> bytes:
    """A complete PNG of a few kilobytes that decodes to any size."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    row = b"\0" + bytes((width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(min(height, 20_000))) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("payload.txt", "x")
    return buffer.getvalue()


def many_scans() -> bytes:
    image = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(image, "JPEG", progressive=True)
    content = image.getvalue()
    first = content.index(b"\xff\xda")
    return content[:first] + content[first:-2] * 60 + content[-2:]


BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "cut JPEG": ("image/jpeg", lambda: picture("JPEG")[:-400]),
    "cut PNG": ("image/png", lambda: picture("PNG")[:-400]),
    "cut GIF": ("image/gif", lambda: picture("GIF")[:-400]),
    "cut WebP": ("image/webp", lambda: picture("WEBP")[:-400]),
    "cut BMP": ("image/bmp", lambda: picture("BMP")[:-400]),
    "first bytes alone": ("image/jpeg", lambda: b"\xff\xd8\xff" + bytes(5_000)),
    "damaged PNG": ("image/png", lambda: picture("PNG").replace(b"IDAT", b"IDAX", 1)),
    "bomb": ("image/png", lambda: png(60_000, 60_000)),
    "a little too large": ("image/png", lambda: png(10_000, MOST_PIXELS // 10_000 + 1)),
    "no size": ("image/png", lambda: png(0, 10)),
    "ZIP as well": ("image/jpeg", lambda: photo(60) + zipped()),
    "PDF as well": ("image/gif", lambda: b"GIF89a" + b"\0" * 50 + b"%PDF-1.4" + bytes(500)),
    "many scans": ("image/jpeg", many_scans),
}


@pytest.fixture(scope="module")
def owner() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def device(gateway: GatewayUnderTest, owner: str) -> Device:
    made = device_of(gateway)
    assert made.send("PUT", f"/v1/submissions/{owner}", new_customer()).status == 200
    return made


def sent(device: Device, owner: str, content: bytes, media_type: str, name: str = "") -> dict[str, str]:
    file = {"owner_kind": "customer", "owner_submission": owner, "size": len(content), "media_type": media_type}
    file |= {"sha256": send_whole(device, content), "file_name": name or f"shelf.{SUFFIXES[media_type]}"}
    receipt: dict[str, str] = device.send("PUT", f"/v1/submissions/{uuid.uuid4()}", message("file", file)).json()
    return receipt


@pytest.mark.parametrize("case", BAD)
def test_that_a_bad_picture_is_refused_before_the_erp_gets_it(
    gateway: GatewayUnderTest, device: Device, owner: str, case: str
) -> None:
    media_type, make = BAD[case]
    receipt = sent(device, owner, make(), media_type)
    assert (receipt["state"], receipt["code"]) == ("rejected", "submission.bad_picture"), receipt
    device.manifest()
    assert [entry.kind for entry in gateway.connector.delivered] == ["customer"]


def test_that_good_pictures_of_every_kind_are_taken(device: Device, owner: str) -> None:
    good = [(picture(kind), media_type) for kind, media_type in TYPES.items()]
    good += [(picture("GIF", frames=5), "image/gif"), (picture("WEBP", frames=3), "image/webp")]
    good += [(photo(300, place=True), "image/jpeg"), (photo(40) + b"a film of a phone" * 999, "image/jpeg")]
    good += [(png(10_000, MOST_PIXELS // 10_000), "image/png")]
    assert [sent(device, owner, content, media_type)["state"] for content, media_type in good] == ["received"] * 10


def test_that_the_type_of_a_picture_comes_from_its_content(device: Device, owner: str) -> None:
    for name in ("shelf.png", "shelf.exe", "shelf", "shelf.jpg.html"):
        receipt = sent(device, owner, photo(50), "image/jpeg", name)
        assert (receipt["code"], receipt["field"]) == ("submission.invalid", "file_name"), name
    assert sent(device, owner, photo(50), "image/png", "shelf.png")["field"] == "media_type"


def test_that_no_damaged_picture_causes_an_internal_error() -> None:
    dice = random.Random(7)
    for kind, media_type in TYPES.items():
        whole = picture(kind, side=40)
        for _ in range(60):
            damaged = bytearray(whole)
            for _ in range(dice.choice((1, 4, 40))):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            with contextlib.suppress(BadPictureError):
                check_picture(media_type, bytes(damaged[: dice.randrange(len(damaged)) + 1]))


def test_that_an_animated_picture_is_limited_by_all_its_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("salesapp.domain.pictures.MOST_PIXELS_MOVING", 5 * 120 * 120)
    check_picture("image/gif", picture("GIF", frames=5))
    with pytest.raises(BadPictureError):
        check_picture("image/gif", picture("GIF", frames=6))


def test_that_others_are_answered_while_large_pictures_are_decoded(device: Device, owner: str) -> None:
    large = png(10_000, MOST_PIXELS // 10_000)
    files_ = [large[:-12] + bytes([number]) * number + large[-12:] for number in range(6)]
    threads = [threading.Thread(target=sent, args=(device, owner, each, "image/png")) for each in files_]
    for thread in threads:
        thread.start()
    slowest = 0.0
    while any(thread.is_alive() for thread in threads):
        began = time.monotonic()
        assert Device(device.port).send("GET", "/health").status == 200
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 1.0


@pytest.mark.parametrize("case", BAD)
def test_that_the_tablet_refuses_the_pictures_that_the_gateway_refuses(tmp_path: Path, case: str) -> None:
    media_type, make = BAD[case]
    path = tmp_path / f"shelf.{SUFFIXES[media_type]}"
    path.write_bytes(make())
    with pytest.raises(DeviceError) as told:
        attachments.read_candidate(path)
    assert told.value.code == "device.file_kind"


def test_that_a_refused_picture_stays_on_the_tablet(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.sync()
    work = tablet.work()
    _, new = customers.save_customer(work, CustomerRecord(name="Shop", addresses=[]))
    described = FileRecord(
        owner_kind="customer", owner_submission=new, file_name="a.jpg", media_type="image/jpeg", size=0, sha256=""
    )
    content = photo(100)[:-100]
    files.add_file(work, described, content)
    outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected) == (1, 1)
    (refused,) = [item for item in Outbox(work).items() if item.state == "rejected"]
    assert refused.error_code == "submission.bad_picture"
    assert refused.error_params["name"] == "a.jpg"
    assert refused.file is not None
    assert files.kept_size(work, refused.file.sha256) == len(content)
    assert [entry.kind for entry in gateway.connector.delivered] == ["customer"]
    work.close()
