"""Folders are 0700 and files 0600, whatever the umask and former modes."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from salesapp import private
from salesapp.errors import DeviceError, UsageError
from salesapp.gateway.folder import create, open_gateway
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key, make_key_file
from tests.company import ListConnector
from tests.conftest import GatewayUnderTest, Tablet


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def careless() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(root: Path) -> list[str]:
    found = [root, *root.rglob("*")]
    assert len(found) > 1
    return [str(path) for path in found if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def test_that_the_files_of_a_tablet_are_private(mask: int, tablet: Tablet) -> None:
    os.umask(mask)
    assert tablet.sync().outcome == "ok"
    assert open_to_others(tablet.root) == []
    assert stat.S_IMODE(tablet.key_file.stat().st_mode) == 0o600


def test_that_an_open_data_folder_is_made_private_with_all_its_content(tablet: Tablet) -> None:
    assert tablet.begin().outcome == "ok"
    for path in (tablet.root, *tablet.root.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    DataFolder(tablet.root)
    assert open_to_others(tablet.root) == []


@pytest.mark.parametrize("name", ["accounts", "accounts/*", "accounts/*/work.db", "accounts/*/media", "device.json"])
def test_that_one_wrong_mode_in_a_private_folder_is_corrected(tablet: Tablet, name: str) -> None:
    assert tablet.begin().outcome == "ok"
    for path in tablet.root.glob(name):
        path.chmod(0o777 if path.is_dir() else 0o644)
    DataFolder(tablet.root)
    assert open_to_others(tablet.root) == []


def test_that_the_files_of_a_gateway_are_private(mask: int, tmp_path: Path) -> None:
    os.umask(mask)
    database = create(tmp_path / "gateway")
    GatewayUnderTest(database, ListConnector()).take()
    database.close()
    assert open_to_others(tmp_path / "gateway") == []


def test_that_the_folder_of_a_gateway_is_made_private_when_opened(careless: None, gateway: GatewayUnderTest) -> None:
    folder = gateway.database.folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    open_gateway(folder).close()
    assert open_to_others(folder) == []
    gateway.take()
    assert open_to_others(folder) == []


def test_that_a_shared_folder_is_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    with pytest.raises(DeviceError, match="Others on this computer"):
        DataFolder(shared)
    with pytest.raises(UsageError, match="everybody"):
        create(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o666])
def test_that_a_key_file_is_made_private(tmp_path: Path, mode: int, caplog: pytest.LogCaptureFixture) -> None:
    key_file = tmp_path / "tablet.key"
    make_key_file(key_file)
    key = load_key(tmp_path / "data", key_file)
    assert not caplog.records
    key_file.chmod(mode)
    assert load_key(tmp_path / "data", key_file) == key
    assert stat.S_IMODE(key_file.stat().st_mode) & 0o077 == 0
    assert "key file" in caplog.text


def test_that_a_key_file_that_cannot_be_made_private_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file = tmp_path / "tablet.key"
    make_key_file(key_file)
    key_file.chmod(0o644)
    monkeypatch.setattr(Path, "chmod", _refuses)
    with pytest.raises(DeviceError) as told:
        load_key(tmp_path / "data", key_file)
    assert told.value.code == "device.not_private"
    assert "chmod 600" in str(told.value)


def _refuses(_path: Path, _mode: int) -> None:
    raise PermissionError


def test_that_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("x", encoding="ascii")
    outside.chmod(0o644)
    (tmp_path / "data").mkdir(mode=0o777)
    (tmp_path / "data").chmod(0o777)
    (tmp_path / "data" / "link").symlink_to(outside)
    private.make_private(tmp_path / "data")
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
