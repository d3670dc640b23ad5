"""Image files damaged by a power cut or the disk are refetched; damaged own files are reported and kept."""

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from salesapp.domain.catalogue import IMAGES
from salesapp.errors import DeviceError, UserFacingError
from salesapp.protocol.records import FileRecord
from salesapp.services import files
from salesapp.store import sealed
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.pictures import is_damaged, read_picture
from salesapp.store.sealed import SealedWriter, sealed_size
from salesapp.store.work import WorkStore
from salesapp.sync.stages import attachments
from tests.company import picture_row
from tests.conftest import GatewayUnderTest, Tablet

SIZE = 150_000
"""A size of three chunks."""


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-700])


def blank(path: Path) -> None:
    """Simulates a power cut after name and size reached the disk, but not the content."""
    path.write_bytes(bytes(path.stat().st_size))


def exchange(path: Path) -> None:
    """Replaces it with another file of the same key and length."""
    other = next(one for one in path.parents[1].glob("*/*.sealed") if one != path and one.stat().st_size > SIZE)
    path.write_bytes(other.read_bytes())


DAMAGES = [empty, flip, cut, blank, exchange]


def with_pictures(gateway: GatewayUnderTest) -> None:
    images = gateway.connector.company[IMAGES]
    for number in range(6):
        content = b"\x89PNG\r\n\x1a\n" + number.to_bytes(2, "big") * ((SIZE - 8) // 2)
        row = images[f"P{number}"] = picture_row("I1", content) | {"file_name": f"{number}.png"}
        gateway.connector.pictures[row["sha256"]] = content
    gateway.take()


def media(tablet: Tablet) -> list[Path]:
    return sorted(tablet.account.media.glob("*/*.sealed"))


def damaged(tablet: Tablet) -> list[str]:
    return [path.stem for path in media(tablet) if is_damaged(path, tablet.key, path.stem)]


@pytest.fixture
def stores(tablet: Tablet, gateway: GatewayUnderTest) -> Iterator[AccountStores]:
    """The files of a tablet with all pictures, as a screen reads them."""
    with_pictures(gateway)
    assert tablet.sync().outcome == "ok"
    assert damaged(tablet) == []
    work = WorkStore.open(tablet.account, tablet.key)
    with closing(work), closing(CatalogReader(tablet.account.catalog_path, tablet.key)) as browser:
        yield AccountStores(tablet.account, browser, work)


def test_that_every_damage_is_detected_by_a_sync_and_the_files_are_refetched(
    tablet: Tablet, stores: AccountStores, caplog: pytest.LogCaptureFixture
) -> None:
    large = [path for path in media(tablet) if path.stat().st_size > SIZE]
    contents = {path.stem: read_picture(stores, path.stem) for path in large}
    for path, damage in zip(large, DAMAGES, strict=False):
        damage(path)
    assert len(damaged(tablet)) == len(DAMAGES)
    caplog.set_level(logging.ERROR)
    outcome = tablet.sync()  # fewer files than a sample
    assert (outcome.outcome, outcome.attachments.fetched, outcome.attachments.failed) == ("ok", len(DAMAGES), 0)
    assert {sha256: read_picture(stores, sha256) for sha256 in contents} == contents
    assert tablet.sync().attachments.fetched == 0


@pytest.mark.parametrize("damage", DAMAGES)
def test_that_a_damaged_picture_is_detected_when_it_is_shown(
    tablet: Tablet, stores: AccountStores, damage: Callable[[Path], None]
) -> None:
    path = next(path for path in media(tablet) if path.stat().st_size > SIZE)
    content = read_picture(stores, path.stem)
    assert content is not None
    damage(path)
    assert read_picture(stores, path.stem) is None
    assert not path.exists()
    assert tablet.sync().attachments.fetched == 1
    assert read_picture(stores, path.stem) == content


def test_that_sizes_are_compared_at_each_sync_and_contents_in_turn(
    tablet: Tablet, stores: AccountStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "SAMPLE", 2)
    tablet.sync()
    present = media(tablet)
    empty(present[0])
    cut(present[1])
    assert tablet.sync().attachments.fetched == 2  # in any order
    for path in media(tablet):
        flip(path)
    turns = -(-len(present) // 2)
    fetched = [tablet.sync().attachments.fetched for _ in range(turns)]
    assert sum(fetched) == len(present)
    assert max(fetched) == 2
    assert damaged(tablet) == []
    assert stores.account == tablet.account


@pytest.mark.parametrize("asked", [{"full": True}, {"fresh": (IMAGES,)}])
def test_that_a_full_sync_checks_every_file(
    tablet: Tablet, stores: AccountStores, monkeypatch: pytest.MonkeyPatch, asked: dict[str, bool]
) -> None:
    monkeypatch.setattr(attachments, "SAMPLE", 1)
    for path in media(tablet):
        flip(path)
    assert tablet.sync(**asked).attachments.fetched == len(media(tablet))  # type: ignore[arg-type]
    assert damaged(tablet) == []
    assert stores.account == tablet.account


def test_that_a_file_held_by_another_program_is_not_called_damaged(
    stores: AccountStores, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = media(tablet)[0]

    def held(*_: object) -> Iterator[bytes]:
        raise DeviceError("device.file_held", name=path.name)

    monkeypatch.setattr("salesapp.store.pictures.read_sealed", held)
    assert not is_damaged(path, tablet.key, path.stem)
    with pytest.raises(DeviceError):
        read_picture(stores, path.stem)
    assert path.exists()


@pytest.mark.parametrize("damage", [empty, flip, cut, blank])
def test_that_a_damaged_own_photo_is_reported_and_kept(
    tablet: Tablet, stores: AccountStores, damage: Callable[[Path], None]
) -> None:
    content = b"\xff\xd8\xff" + b"shelf of the shop" * 1000
    owner = stores.catalog.ids(tablet.catalogue.by_key["customers.customers"], "id")[0]
    photo = FileRecord(
        owner_kind="customer",
        owner=owner,
        file_name="shelf.jpg",
        media_type="image/jpeg",
        size=0,
        sha256="",
        upload_to_erp=False,
    )
    files.add_file(stores.work, photo, content)
    sha256 = hashlib.sha256(content).hexdigest()
    path = tablet.account.own_file(sha256)
    assert read_picture(stores, sha256) == content
    damage(path)
    with pytest.raises(DeviceError) as told:
        read_picture(stores, sha256)
    assert (told.value.code, told.value.params) == ("device.own_file_damaged", {"name": "shelf.jpg"})
    with pytest.raises(DeviceError, match=r"shelf\.jpg"):
        files.save_copy(stores, sha256, tablet.root / "copy.jpg")
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert [(one.code, one.params) for one in outcome.warnings] == [("device.own_file_damaged", {"name": "shelf.jpg"})]
    assert path.exists()
    files.add_file(stores.work, photo, content)  # the remedy in the error works
    assert read_picture(stores, sha256) == content


@pytest.mark.parametrize("size", [1, sealed.CHUNK - 1, sealed.CHUNK, sealed.CHUNK + 1, 2 * sealed.CHUNK, 300_000])
def test_that_the_size_of_a_sealed_file_follows_from_its_content(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file.sealed"
    writer = SealedWriter(path, b"k" * 32)
    writer.resume(lambda _chunk: None)
    for start in range(0, size, 50_000):
        writer.append(b"x" * min(50_000, size - start))
    writer.finish()
    assert path.stat().st_size == sealed_size(size)


def test_that_the_message_has_a_remedy() -> None:
    text = UserFacingError("device.own_file_damaged", name="shelf.jpg").text
    assert "shelf.jpg" in text.what
    assert "add it again" in text.remedy
