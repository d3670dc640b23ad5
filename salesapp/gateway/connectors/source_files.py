"""The files of an import: found by name ignoring case, and unchanged from the first byte read to the last."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from salesapp.errors import UsageError
from salesapp.gateway.connectors.file_forms import TEXT_ONLY, FileForm
from salesapp.gateway.connectors.problems import NotFinishedError

TEXT = ".csv"
WORKBOOKS = (".xlsx", ".ods")
READ = (TEXT, *WORKBOOKS)
_LIKE_THEM = {".xls", ".xlsm", ".xlsb", ".tsv", ".txt", ".tab", ".json", ".xml", ".numbers", ".gz", ".zip"}
"""Suffixes of files that look readable but are not supported."""

_Stamp = tuple[int, int, int, int]


def table_name(text: str) -> str:
    """Returns the table that a name stands for; ignores case and the encoding of accents."""
    return unicodedata.normalize("NFC", text).casefold()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file and its form."""

    path: Path
    form: FileForm = field(default_factory=FileForm)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_workbook(self) -> bool:
        return self.path.suffix.lower() in WORKBOOKS


class SourceFiles:
    """The files of some folders. Raises UsageError when two files stand for one table."""

    def __init__(self, folders: list[Path], forms: dict[str, FileForm]) -> None:
        self._forms = {table_name(name): form for name, form in forms.items()}
        self._stamps: dict[Path, _Stamp] = {}
        self._found: dict[str, list[Path]] = {}
        self._unread: list[Path] = []
        for folder in folders:
            self._look_into(folder)
        for paths in self._found.values():
            if len({path.parent for path in paths}) > 1:
                raise UsageError(_ambiguous(paths))
        self._check_declared(forms)

    def _look_into(self, folder: Path) -> None:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            raise UsageError(f"{folder} cannot be looked into ({error.strerror})") from error
        for path in paths:
            suffix = path.suffix.lower()
            if path.name.startswith((".", "~$")) or not path.is_file():
                continue
            if suffix in READ:
                self._found.setdefault(table_name(path.stem), []).append(path)
            elif suffix in _LIKE_THEM:
                self._unread.append(path)

    def _check_declared(self, forms: dict[str, FileForm]) -> None:
        for name, form in forms.items():
            if table_name(name) not in self._found:
                raise UsageError(
                    f"{form.label}: there is no {name}.csv, {name}.xlsx or {name}.ods{self._similar(name)}"
                )

    def _similar(self, name: str) -> str:
        unread = [path.name for path in self._unread if table_name(path.stem) == table_name(name)]
        if unread:
            return f"; {unread[0]} is not read: save it as .csv or .xlsx"
        return f"; the files are {', '.join(self.names)}" if self._found else "; the folder has no such files at all"

    @property
    def names(self) -> list[str]:
        """The names of the files as tables, in their own case."""
        return sorted({path.stem for paths in self._found.values() for path in paths})

    @property
    def unread(self) -> tuple[Path, ...]:
        """Files of unsupported kinds."""
        return tuple(self._unread)

    def all(self) -> Iterator[tuple[str, Path]]:
        """Yields each file with its table name in lower case."""
        for name, paths in self._found.items():
            for path in paths:
                yield name, path

    def has(self, name: str) -> bool:
        """Whether a table has a file."""
        return table_name(name) in self._found

    def find(self, name: str) -> SourceFile | None:
        """Returns the file of a table with its form. Raises UsageError if there are two, or it is not finished."""
        key = table_name(name)
        paths = self._found.get(key, [])
        if not paths:
            return None
        if len(paths) > 1:
            raise UsageError(_ambiguous(paths))
        source = SourceFile(paths[0], self._forms.get(key, FileForm()))
        _check_suffix(source)
        self.check_done(source)
        return source

    def check_done(self, source: SourceFile) -> None:
        """Raises UsageError while the done file of an export is missing."""
        done, folder = source.form.done, source.path.parent
        if done and not any(table_name(path.name) == table_name(done) and path.is_file() for path in folder.iterdir()):
            raise NotFinishedError(
                f"{source.name} is not finished: {done} is not there ({source.form.label}, done). Nothing was taken; "
                f"import again when the export has made it."
            )

    @contextmanager
    def open(self, source: SourceFile) -> Iterator[BinaryIO]:
        """Opens a file. Raises UsageError if it changes while it is read, or has changed since it was read before."""
        try:
            handle = source.path.open("rb")
        except OSError as error:
            raise UsageError(f"{source.name} cannot be read ({error.strerror}). Nothing was taken.") from error
        with handle:
            stamp = _stamp(os.fstat(handle.fileno()))
            if self._stamps.setdefault(source.path, stamp) != stamp:
                raise _changed(source.name)
            yield handle
            if _stamp(os.fstat(handle.fileno())) != stamp:
                raise _changed(source.name)
        self.check_unchanged()
        self.check_done(source)

    def check_unchanged(self) -> None:
        """Raises UsageError if a file that was read has been changed or replaced."""
        for path, stamp in self._stamps.items():
            try:
                is_same = _stamp(path.stat()) == stamp
            except OSError:
                is_same = False
            if not is_same:
                raise _changed(path.name)


def _stamp(stat: os.stat_result) -> _Stamp:
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def _changed(name: str) -> NotFinishedError:
    return NotFinishedError(
        f"{name} changed while it was read: an export is still writing, or has replaced it. Nothing was taken; import "
        f"again when the export has ended (a mapping can wait for its file: done)."
    )


def _ambiguous(paths: list[Path]) -> str:
    folders = {path.parent for path in paths}
    names = " and ".join(path.name for path in paths)
    if len(folders) > 1:
        return f"two folders have a file {paths[1].name}: each becomes a table, so names must differ ({names})"
    return f"{names} would be the same table: keep one of them. Nothing was taken."


def _check_suffix(source: SourceFile) -> None:
    form = source.form
    if source.is_workbook:
        told = [key for key in TEXT_ONLY if key in form.declared]
        if told:
            raise UsageError(
                f"{form.label}: {told[0]} is for .csv files, and {source.name} is a workbook: leave it out"
            )
    elif form.sheet:
        raise UsageError(f"{form.label}: sheet is for .xlsx and .ods files, and {source.name} is none: leave it out")
