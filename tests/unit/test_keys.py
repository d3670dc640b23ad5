"""The key of a data folder: from a key file or the keyring, refused when it is not the folder's, never overwritten."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as DisabledKeyring
from keyring.errors import KeyringError, PasswordDeleteError

from salesapp.cli.boundary import ExitCode, exit_code
from salesapp.errors import DeviceError
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key, make_key_file, subkey
from salesapp.store.work import WorkStore
from tests.processes import run


class MemoryKeyring(KeyringBackend):
    """A keyring that lives as long as a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class LockedKeyring(MemoryKeyring):
    """A keyring that the person did not unlock."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError(f"{service} {username} is locked")


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    made = MemoryKeyring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_that_a_new_key_file_is_readable_by_its_owner_only(tmp_path: Path, mask: int) -> None:
    path = tmp_path / "new" / "key"
    before = os.umask(mask)
    try:
        make_key_file(path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600


def test_that_a_new_key_file_holds_64_hexadecimal_characters_and_opens_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "key"
    make_key_file(path)
    text = path.read_text().strip()
    assert len(text) == 64
    assert load_key(tmp_path / "data", path) == bytes.fromhex(text)
    other = tmp_path / "other"
    make_key_file(other)
    assert other.read_text() != path.read_text()


def test_that_an_existing_key_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("whatever it is")
    make_key_file(path)
    assert path.read_text() == "whatever it is"


@pytest.mark.parametrize("text", ["AB" * 32, "ab" * 32 + "\n", "  " + "0f" * 32 + "\r\n"])
def test_that_case_and_the_lines_end_do_not_matter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_bytes(text.encode())
    assert load_key(tmp_path / "data", path) == bytes.fromhex(text.strip())


@pytest.mark.parametrize(
    "content",
    [b"", b"abc", b"0" * 63, b"0" * 65, b"g" * 64, b"0" * 64 + b" 0", b"0x" + b"0" * 62, bytes(32), b"\xff" * 64],
    ids=["empty", "short", "63", "65", "no hex", "more", "prefix", "raw", "no ascii"],
)
def test_that_a_file_with_anything_else_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    with pytest.raises(DeviceError) as refused:
        load_key(tmp_path / "data", path)
    assert refused.value.code == "device.bad_key_file"
    assert exit_code(refused.value) == ExitCode.USAGE
    assert str(path) in refused.value.text.what
    assert path.read_bytes() == content
    assert "key_fingerprint" not in (tmp_path / "data" / "device.json").read_text()


def test_that_a_missing_key_file_and_a_folder_have_their_own_errors(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none", "it does not exist"), (tmp_path, "it cannot be read")):
        with pytest.raises(DeviceError) as refused:
            load_key(tmp_path / "data", path)
        assert refused.value.code == "device.bad_key_file"
        assert refused.value.params["reason"] == reason


def test_that_a_folder_keeps_one_key_in_the_keyring(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    key = load_key(tmp_path / "a", None)
    assert load_key(tmp_path / "a", None) == key
    assert load_key(tmp_path / "b", None) != key
    device = DataFolder(tmp_path / "a").device_id
    assert memory_keyring.kept["SalesApp", f"key {device}"] == key.hex()
    assert not any(key.hex().encode() in content or key in content for content in files_of(tmp_path).values())


def test_that_a_folder_with_another_key_is_refused_and_left_unchanged(tmp_path: Path) -> None:
    root, right, wrong = tmp_path / "data", tmp_path / "right", tmp_path / "wrong"
    make_key_file(right)
    make_key_file(wrong)
    key = load_key(root, right)
    account = DataFolder(root).remember("gateway", "rep", "http://127.0.0.1")
    WorkStore.open(account, key).close()
    before = files_of(root)
    with pytest.raises(DeviceError) as refused:
        load_key(root, wrong)
    assert refused.value.code == "device.wrong_key"
    assert exit_code(refused.value) == ExitCode.USAGE
    assert files_of(root) == before
    assert load_key(root, right) == key


def test_that_a_keyring_that_lost_the_key_is_not_given_another_one(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    load_key(tmp_path, None)
    memory_keyring.kept.clear()
    before = files_of(tmp_path)
    with pytest.raises(DeviceError) as refused:
        load_key(tmp_path, None)
    assert refused.value.code == "device.wrong_key"
    assert memory_keyring.kept == {}
    assert files_of(tmp_path) == before


def test_that_a_folder_of_a_key_file_puts_nothing_into_the_keyring(
    tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    make_key_file(tmp_path / "key")
    load_key(tmp_path / "data", tmp_path / "key")
    with pytest.raises(DeviceError, match="does not open"):
        load_key(tmp_path / "data", None)
    assert memory_keyring.kept == {}


@pytest.mark.parametrize("backend", [NoKeyring, LockedKeyring, DisabledKeyring])
def test_that_without_a_keyring_a_key_file_is_asked_for(
    tmp_path: Path, memory_keyring: MemoryKeyring, backend: type[KeyringBackend]
) -> None:
    keyring.set_keyring(backend())
    with pytest.raises(DeviceError) as refused:
        load_key(tmp_path, None)
    assert refused.value.code == "device.no_key"
    assert exit_code(refused.value) == ExitCode.USAGE
    assert "--key-file" in refused.value.text.remedy


def test_that_a_damaged_entry_of_the_keyring_is_not_a_key(tmp_path: Path, memory_keyring: MemoryKeyring) -> None:
    memory_keyring.kept["SalesApp", f"key {DataFolder(tmp_path).device_id}"] = "not a key"
    with pytest.raises(DeviceError) as refused:
        load_key(tmp_path, None)
    assert refused.value.code == "device.no_key"


def test_that_a_wrong_key_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    account = AccountFolder(tmp_path / "account", "gateway", "rep", "http://127.0.0.1")
    account.make()
    WorkStore.open(account, bytes(32)).close()
    before = files_of(tmp_path)
    with pytest.raises(DeviceError) as refused:
        WorkStore.open(account, bytes(range(32)))
    assert refused.value.code == "device.work_damaged"
    assert files_of(tmp_path) == before


def test_that_keys_of_different_purposes_differ() -> None:
    assert len({subkey(bytes(32), purpose) for purpose in ("a", "b")} | {bytes(32)}) == 3


@pytest.mark.parametrize("command", ["sync", "status"])
def test_that_the_command_line_shows_a_remedy_and_exits_with_2(tmp_path: Path, command: str) -> None:
    root = tmp_path / "data"
    DataFolder(root).remember("gateway", "rep", "http://127.0.0.1:9")
    done = run(command, "--json", "--data-dir", str(root))
    assert done.returncode == 2, done.stderr
    assert "--key-file" in done.stderr
    assert "Traceback" not in done.stderr
    if command == "sync":
        assert json.loads(done.stdout)["error"]["code"] == "device.no_key"
    make_key_file(tmp_path / "right")
    load_key(root, tmp_path / "right")
    make_key_file(tmp_path / "wrong")
    done = run(command, "--json", "--data-dir", str(root), "--key-file", str(tmp_path / "wrong"))
    assert done.returncode == 2, done.stderr
    assert "does not open the data folder" in done.stderr
