"""New kinds of sources need only a class and an entry in the list of kinds."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import click
import pytest
from click.testing import CliRunner

from salesapp.cli import source_options
from salesapp.cli.terminal import say
from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.errors import UsageError
from salesapp.gateway.connectors import kinds
from salesapp.gateway.connectors.base import RowSource, SourceRow
from salesapp.gateway.connectors.csv_source import CsvSource
from salesapp.gateway.connectors.demo.source import DemoSource
from salesapp.gateway.connectors.pictures import Pictures
from salesapp.gateway.connectors.problems import ImportRefused, ProblemList
from salesapp.gateway.connectors.row_reader import RowReader
from salesapp.gateway.connectors.sheets import Sheet
from salesapp.gateway.connectors.sources import Option, Source
from salesapp.gateway.database import Database
from salesapp.gateway.folder import create, remember_source, remembered_source
from salesapp.gateway.imports import Asked, take
from salesapp.gateway.plan import Plan, plan_of, remember_interval, set_plan
from salesapp.gateway.rows import set_meta


class SqliteFile(RowSource):
    """A table or view for each object, named like its file: items_forms."""

    def __init__(self, file: Path, catalogue: Catalogue) -> None:
        self._file, self._catalogue = file, catalogue

    @property
    def objects(self) -> frozenset[str]:
        with closing(sqlite3.connect(self._file)) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        return frozenset(entry.key for entry in self._catalogue.all if entry.table in tables)

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        problems = ProblemList()
        with closing(sqlite3.connect(self._file)) as database:
            found = database.execute(f"SELECT * FROM {entry.table}")
            header = tuple(column[0] for column in found.description)
            sheet = Sheet(entry.table, header, 0, enumerate(found, 1))
            yield from RowReader(entry, self._file.parent, Pictures(), problems).rows(sheet)
        if problems.count:
            raise ImportRefused(problems)


@dataclass(frozen=True)
class SqliteSource(Source):
    file: str

    kind: ClassVar = "sqlite"
    options: ClassVar = (Option("--sqlite", "file", "SQLite file.", "file"),)

    @property
    def description(self) -> str:
        return f"the SQLite file {self.file}"

    def connector(self, catalogue: Catalogue, database: Database | None = None) -> RowSource:
        return SqliteFile(Path(self.file), catalogue)

    @property
    def files(self) -> tuple[Path, ...]:
        return (Path(self.file),)


@pytest.fixture(autouse=True)
def _another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "KINDS", [*kinds.KINDS, SqliteSource])
    monkeypatch.setattr(source_options, "KINDS", kinds.KINDS)


@pytest.fixture
def erp(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "erp.db")) as database, database:
        database.execute("CREATE TABLE directories_units (code, name, decimals, kind)")
        database.executemany(
            "INSERT INTO directories_units VALUES (?, ?, ?, ?)",
            [("pcs", "Pieces", 0, "quantity"), ("kg", "Kilograms", 3, "weight")],
        )
    return tmp_path / "erp.db"


def test_that_a_new_kind_is_imported_and_remembered(erp: Path, tmp_path: Path) -> None:
    with closing(create(tmp_path / "data")) as database:
        done = take(database, CATALOGUE, Asked(SqliteSource(str(erp)), "command", "me"))
        assert (done.outcome, done.objects["directories.units"].rows) == ("taken", 2)
        assert remembered_source(database) == SqliteSource(str(erp))
        with closing(sqlite3.connect(erp)) as other, other:
            other.execute("UPDATE directories_units SET decimals = 'two'")
        with pytest.raises(ImportRefused) as refused:
            take(database, CATALOGUE, Asked(SqliteSource(str(erp)), "command", "me"))
        assert refused.value.problems[0].message.startswith("directories_units:1: decimals")


def test_that_a_refusal_names_no_remedies_of_other_kinds_of_sources(erp: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(erp)) as other, other:
        other.execute("CREATE TABLE directories_vat_rates (code, name, percent, valid_from)")
        other.execute("INSERT INTO directories_vat_rates VALUES ('A', 'A', '5,5', '31.03.2026')")
    with closing(create(tmp_path / "data")) as database, pytest.raises(ImportRefused) as refused:
        take(database, CATALOGUE, Asked(SqliteSource(str(erp)), "command", "me"))
    closing_line = "Bad rows of this source cannot be left out: mend them there, import again."
    assert refused.value.closing == f"Nothing was taken: 2 problems. {closing_line}"
    assert {bad.reason for bad in refused.value.problems} == {
        '"5,5" is not a number like 1234.50',
        '"31.03.2026" is not a date like 2026-03-31',
    }


def run(*arguments: str) -> str:
    @click.command()
    @source_options.source_options
    def command(source: Source | None) -> None:
        say(repr(source))

    done = CliRunner().invoke(command, arguments)
    return str(done.exception) if isinstance(done.exception, UsageError) else done.output.strip()


def test_that_a_new_kind_has_its_options_and_excludes_other_kinds(erp: Path) -> None:
    assert run("--sqlite", str(erp)) == repr(SqliteSource(str(erp)))
    assert run() == "None"
    assert "say either --demo or --csv FOLDER or --sqlite FILE" in run("--sqlite", str(erp), "--demo")
    assert "--mapping goes with --csv" in run("--sqlite", str(erp), "--mapping", str(erp))
    assert "--scale goes with --demo" in run("--sqlite", str(erp), "--scale", "small")
    assert "say the source as well" in run("--skip-bad-rows")
    assert run("--demo", "--start-date", "2026-03-02") == repr(DemoSource(start="2026-03-02"))
    assert run("--csv", str(erp.parent), "--skip-bad-rows") == repr(CsvSource(str(erp.parent), skip_bad_rows=True))


def test_that_sources_stored_by_older_versions_are_read(tmp_path: Path) -> None:
    demo = '{"scale":"large","start":"2026-03-02","folder":"","mapping":"","skip_bad_rows":false}'
    folder = '{"scale":"","start":"","folder":"/erp","mapping":"/m.toml","skip_bad_rows":true}'
    assert kinds.decoded(demo) == DemoSource("large", "2026-03-02")
    assert kinds.decoded(folder) == CsvSource("/erp", "/m.toml", skip_bad_rows=True)
    with closing(create(tmp_path / "data")) as database, database.write() as connection:
        set_meta(connection, "import_plan", f'{{"source":{folder},"every":15}}')
        assert plan_of(connection) == Plan(CsvSource("/erp", "/m.toml", skip_bad_rows=True), 15)


def test_that_a_plan_keeps_its_source_when_the_interval_changes(tmp_path: Path) -> None:
    with closing(create(tmp_path / "data")) as database:
        remember_source(database, DemoSource())
        with database.write() as connection:
            set_plan(connection, Plan(SqliteSource("/erp.db"), 15))
        remember_interval(database, 30)
        with database.read() as connection:
            assert plan_of(connection) == Plan(SqliteSource("/erp.db"), 30)
