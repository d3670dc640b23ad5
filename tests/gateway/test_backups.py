"""`gateway backup` and `gateway restore`: a consistent file, a new history, and the former folder kept."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from salesapp.cli.gateway import command
from salesapp.gateway.folder import opened, serve_lock
from salesapp.gateway.histories import history
from tests.conftest import GatewayUnderTest, Tablet
from tests.sync.restoring import in_gateway
from tests.sync.test_histories import place_one, states


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words])


def restored(gateway: GatewayUnderTest, file: Path) -> Result:
    gateway.stop()
    gateway.database.close()
    result = run("restore", file, "--data", gateway.database.folder, "--yes")
    gateway.start()
    return result


def history_of(gateway: GatewayUnderTest) -> str:
    with gateway.database.read() as connection:
        return history(connection)


def test_that_a_backup_of_a_serving_gateway_is_restored_and_tablets_resend(
    tablet: Tablet, gateway: GatewayUnderTest, tmp_path: Path
) -> None:
    tablet.begin()
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    file = tmp_path / "gateway.backup"
    made = run("backup", file, "--data", gateway.database.folder)
    assert made.exit_code == 0, made.output
    assert file.stat().st_mode & 0o077 == 0
    before = history_of(gateway)
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    result = restored(gateway, file)
    assert result.exit_code == 0, result.output
    assert "holds 1 records of tablets" in result.output
    assert "new history" in result.output
    assert history_of(gateway) != before
    assert len(in_gateway(gateway)) == 1
    (kept,) = tmp_path.glob("gateway-before-*")
    with opened(kept) as database:
        assert database.path.exists()
    assert tablet.sync().outcome == "ok"
    assert len(in_gateway(gateway)) == 2
    assert states(tablet) == {"in_erp"}
    assert tablet.sync(full=True).outcome == "ok"  # every segment and picture exists
    assert list(tmp_path.glob("*.part")) == list(tmp_path.glob("*.restoring")) == []


def test_that_nothing_is_restored_without_confirmation(gateway: GatewayUnderTest, tmp_path: Path) -> None:
    file = tmp_path / "gateway.backup"
    assert run("backup", file, "--data", gateway.database.folder).exit_code == 0
    before = history_of(gateway)
    gateway.stop()
    result = run("restore", file, "--data", gateway.database.folder)
    assert result.exit_code == 2
    assert "--yes" in result.output
    assert history_of(gateway) == before
    assert list(tmp_path.glob("*.restoring")) == []


@pytest.mark.parametrize("damage", [b"", b"no archive", None])
def test_that_a_damaged_backup_changes_nothing(gateway: GatewayUnderTest, tmp_path: Path, damage: bytes | None) -> None:
    file = tmp_path / "gateway.backup"
    assert run("backup", file, "--data", gateway.database.folder).exit_code == 0
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 3] if damage is None else damage)
    before = history_of(gateway)
    result = restored(gateway, file)
    assert result.exit_code == 2
    assert "not a gateway backup" in result.output
    assert history_of(gateway) == before
    assert list(tmp_path.glob("*.restoring")) == []


def test_that_a_serving_gateway_is_not_restored(gateway: GatewayUnderTest, tmp_path: Path) -> None:
    file = tmp_path / "gateway.backup"
    assert run("backup", file, "--data", gateway.database.folder).exit_code == 0
    with FileLock(serve_lock(gateway.database.folder)):
        result = run("restore", file, "--data", gateway.database.folder, "--yes")
    assert result.exit_code == 2
    assert "stop it first" in result.output


def test_that_a_backup_overwrites_no_file(gateway: GatewayUnderTest, tmp_path: Path) -> None:
    file = tmp_path / "gateway.backup"
    file.write_text("another")
    assert run("backup", file, "--data", gateway.database.folder).exit_code == 2
    assert file.read_text() == "another"
