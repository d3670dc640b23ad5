"""The kind "csv": a folder of CSV files and workbooks, with or without a mapping."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from salesapp.domain.catalogue import Catalogue
from salesapp.gateway.connectors.base import RowSource
from salesapp.gateway.connectors.csv_folder import CsvFolder
from salesapp.gateway.connectors.sources import Option, Source
from salesapp.gateway.database import Database


@dataclass(frozen=True)
class CsvSource(Source):
    folder: str
    mapping: str = ""
    skip_bad_rows: bool = False

    kind: ClassVar = "csv"
    options: ClassVar = (
        Option("--csv", "folder", "CSV folder.", "folder"),
        Option("--mapping", "mapping", "TOML mapping.", "file"),
        Option("--skip-bad-rows", "skip_bad_rows", "Take the good rows of files that have bad ones."),
    )

    @property
    def description(self) -> str:
        return f"the folder {self.folder}" + (f" by {self.mapping}" if self.mapping else "")

    def connector(self, catalogue: Catalogue, database: Database | None = None) -> RowSource:
        del database
        mapping = Path(self.mapping) if self.mapping else None
        return CsvFolder(Path(self.folder), mapping, catalogue, skip_bad_rows=self.skip_bad_rows)

    @property
    def files(self) -> tuple[Path, ...]:
        return (Path(self.folder), *([Path(self.mapping)] if self.mapping else ()))

    @property
    def skips_bad_rows(self) -> bool:
        return self.skip_bad_rows
