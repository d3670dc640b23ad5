"""The folder connector: one file per object with the catalogue's columns, or a mapping over export files of any form.

Everything is checked before the first row is handed out, so that one bad row leaves the gateway as it was, and all
problems are told at once.
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
    """A folder of export files. `today` is what a mapping knows as `:today`, by default the day of the import."""

    def __init__(
        self,
        folder: Path,
        mapping: Path | None,
        catalogue: Catalogue,
        *,
        skip_bad_rows: bool = False,
        today: date | None = None,
    ) -> None:
        """Reads nothing yet: a serving gateway has a source too, and reads it only when it imports."""
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
        """What was skipped (the first 1,000)."""
        return tuple(self._checked.kept) if self._checked else ()

    @cached_property
    def objects(self) -> frozenset[str]:
        """The objects that there is a file or a SELECT for; an object without either stays as it is in the gateway."""
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
        """Raises ImportRefused when any object has a bad row, unless bad rows are skipped."""
        self._check()
        problems = ProblemList()
        yield from self._read(entry, problems)
        self._files.check_unchanged()
        if problems.count and not self._skips:  # the files have changed since they were checked
            raise ImportRefused(problems)

    def media(self, sha256: str) -> bytes:
        """The content of a file that a row has named by its path; raises KeyError for another."""
        return self._pictures.content(sha256)

    def close(self) -> None:
        """Frees the memory of a mapping's tables."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _check(self) -> None:
        """Reads everything once; what is bad is told before anything is taken."""
        if self._checked is not None:
            return
        problems = ProblemList()
        self._report_strangers(problems)
        if self._mapping is not None:
            self._loaded(self._mapping, problems)
        for entry in self._catalogue.all:
            if entry.key in self.objects:
                for _ in self._read(entry, problems):
                    pass
        if problems.count and (problems.spoils_a_file or not self._skips):
            raise ImportRefused(problems)
        self._checked = problems

    def _read(self, entry: SyncObject, problems: ProblemList) -> Iterator[SourceRow]:
        folder, sheet = self._sheet(entry, problems)
        if sheet is not None:
            yield from RowReader(entry, folder, self._pictures, problems).rows(sheet)

    def _sheet(self, entry: SyncObject, problems: ProblemList) -> tuple[Path, Sheet | None]:
        """The object's sheet, and the folder that its picture paths start from."""
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
        """The mapping's tables; raises ImportRefused when one of them could not be made, which SELECTs would need."""
        if self._engine is None:
            self._engine = SqlEngine(self._files, mapping, self._today)
        objects = {table_name(entry.table) for entry in self._catalogue.all}
        self._engine.load([name for name in mapping.forms if table_name(name) not in objects], problems)
        return self._engine

    def _has_file(self, entry: SyncObject) -> bool:
        return self._files.has(entry.table)

    def _file(self, entry: SyncObject) -> SourceFile | None:
        return self._files.find(entry.table)

    def _report_strangers(self, problems: ProblemList) -> None:
        """A misspelt name or another kind of file must not silently leave an object out."""
        known = {table_name(entry.table) for entry in self._catalogue.all}
        for path in self._files.unread:
            if table_name(path.stem) in known:
                reason = f"{path.suffix} files are not read: save it as .csv, .xlsx or .ods"
                problems.add_to_file(path.name, 0, "", reason)
        if self._mapping is None:
            for name, path in self._files.all():
                if name not in known:
                    problems.add_to_file(path.name, 0, "", "no object has a file of this name")
