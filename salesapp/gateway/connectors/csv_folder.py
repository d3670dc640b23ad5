"""The folder connector: one file per object with the catalogue's columns, or a mapping over export files of any form.

Everything is checked before the first row is returned: one bad row leaves the gateway unchanged, and all problems are
reported at once.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from salesapp import clock
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import BadRow, RowSource, SourceRow
from salesapp.gateway.connectors.mapping import Mapping, load_mapping
from salesapp.gateway.connectors.pictures import Pictures
from salesapp.gateway.connectors.problems import ImportRefused, ProblemList
from salesapp.gateway.connectors.row_reader import RowReader
from salesapp.gateway.connectors.sheets import Sheet, read_sheet
from salesapp.gateway.connectors.source_files import SourceFile, SourceFiles, table_name
from salesapp.gateway.connectors.sql_engine import SqlEngine

__all__ = ["CsvFolder", "ImportRefused"]


class CsvFolder(RowSource):
    """A folder of export files. `today` is the value of `:today` in mappings, by default the day of the import."""

    def __init__(
        self,
        folder: Path,
        mapping: Path | None,
        catalogue: Catalogue,
        *,
        skip_bad_rows: bool = False,
        today: date | None = None,
    ) -> None:
        """Reads nothing yet: a serving gateway opens its source but reads it only during an import."""
        self._folder = folder
        self._mapping_path = mapping
        self._catalogue = catalogue
        self._skips = skip_bad_rows
        self._today = today or clock.today()
        self._pictures = Pictures()
        self._engine: SqlEngine | None = None
        self._checked: ProblemList | None = None

    @property
    def problems(self) -> tuple[BadRow, ...]:
        """The skipped rows (the first 1,000)."""
        return tuple(self._checked.kept) if self._checked else ()

    @cached_property
    def objects(self) -> frozenset[str]:
        """The objects with a file or a SELECT; others stay unchanged. Raises UsageError when there are none."""
        mapped = set(self._mapping.selects) if self._mapping else set()
        found = frozenset(mapped | {entry.key for entry in self._catalogue.all if self._has_file(entry)})
        if not found:
            others = ", ".join(self._files.names)
            advice = (
                f"; files of another form ({others}) need a mapping: salesapp gateway mapping new" if others else ""
            )
            raise UsageError(f"{self._folder.name} has no file named like an object, as items_forms.csv is{advice}")
        return found

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        """Yields the rows. Raises ImportRefused if any object has a bad row, unless bad rows are skipped."""
        self._check()
        problems = _problems()
        yield from self._read(entry, problems)
        self._files.check_unchanged()
        if problems.count and not self._skips:  # the files have changed since they were checked
            raise ImportRefused(problems)

    def media(self, sha256: str) -> bytes:
        """Returns the content of a file that a row names by its path. Raises KeyError for any other."""
        return self._pictures.content(sha256)

    def close(self) -> None:
        """Frees the memory of a mapping's tables."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _check(self) -> None:
        """Reads everything once, to report all problems before the first row is imported."""
        if self._checked is not None:
            return
        problems = _problems()
        self._report_unknown_files(problems)
        if self._mapping is not None:
            self._loaded(self._mapping, problems)
        for entry in self._catalogue.all:
            if entry.key in self.objects:
                for _ in self._read(entry, problems):
                    pass
        if problems.count and (problems.has_bad_file or not self._skips):
            raise ImportRefused(problems)
        self._checked = problems

    def _read(self, entry: SyncObject, problems: ProblemList) -> Iterator[SourceRow]:
        folder, sheet = self._sheet(entry, problems)
        if sheet is not None:
            yield from RowReader(entry, folder, self._pictures, problems).rows(sheet)

    def _sheet(self, entry: SyncObject, problems: ProblemList) -> tuple[Path, Sheet | None]:
        """Returns the object's sheet and the folder to which its picture paths are relative."""
        if self._mapping is not None and entry.key in self._mapping.selects:
            return self._folder, self._loaded(self._mapping, problems).select(entry.key, problems)
        source = self._file(entry)
        if source is None:
            return self._folder, None
        return source.path.parent, read_sheet(self._files, source, problems, entry)

    @cached_property
    def _mapping(self) -> Mapping | None:
        return load_mapping(self._mapping_path, self._catalogue) if self._mapping_path else None

    @cached_property
    def _files(self) -> SourceFiles:
        if not self._folder.is_dir():
            raise UsageError(f"{self._folder} is not a folder")
        more, forms = (self._mapping.folders, self._mapping.forms) if self._mapping else ((), {})
        return SourceFiles([self._folder, *more], forms)

    def _loaded(self, mapping: Mapping, problems: ProblemList) -> SqlEngine:
        """Loads the mapping's tables. Raises ImportRefused when a table that SELECTs need cannot be built."""
        if self._engine is None:
            self._engine = SqlEngine(self._files, mapping, self._today)
        objects = {table_name(entry.table) for entry in self._catalogue.all}
        self._engine.load([name for name in mapping.forms if table_name(name) not in objects], problems)
        return self._engine

    def _has_file(self, entry: SyncObject) -> bool:
        return self._files.has(entry.table)

    def _file(self, entry: SyncObject) -> SourceFile | None:
        return self._files.find(entry.table)

    def _report_unknown_files(self, problems: ProblemList) -> None:
        """Reports misspelt names and unreadable kinds of files, which would silently leave an object out."""
        known = {table_name(entry.table) for entry in self._catalogue.all}
        for path in self._files.unread:
            if table_name(path.stem) in known:
                reason = f"{path.suffix} files are not read: save it as .csv, .xlsx or .ods"
                problems.add_to_file(path.name, 0, "", reason)
        if self._mapping is None:
            for name, path in self._files.all():
                if name not in known:
                    problems.add_to_file(path.name, 0, "", "no object has a file of this name")


def _problems() -> ProblemList:
    return ProblemList("--skip-bad-rows", has_forms=True)
