"""A folder of export files with a mapping, as an integrator has them, and its import."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import BadRow
from salesapp.gateway.connectors.csv_folder import CsvFolder, ImportRefused

TODAY = date(2026, 3, 10)


class Exports:
    """The folder; `map_to` writes the mapping that the other calls use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "export"
        self.folder.mkdir()
        self.mapping: Path | None = None

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def map_to(self, text: str) -> None:
        self.mapping = self.folder.parent / "map.toml"
        self.mapping.write_text(text, encoding="utf-8")

    def connector(self, *, skips: bool = False) -> CsvFolder:
        return CsvFolder(self.folder, self.mapping, CATALOGUE, skip_bad_rows=skips, today=TODAY)

    def rows(self, key: str, *, skips: bool = False) -> list[dict[str, Any]]:
        """Returns the rows of an object by field name, with `key`."""
        connector = self.connector(skips=skips)
        try:
            names = CATALOGUE.by_key[key].field_names
            return [
                {"key": row.key, **dict(zip(names, row.values, strict=True))}
                for row in connector.rows(CATALOGUE.by_key[key])
            ]
        finally:
            connector.close()

    def all_rows(self) -> dict[str, list[dict[str, Any]]]:
        """Returns the rows of all objects of the export, read by one connector."""
        connector = self.connector()
        try:
            return {
                entry.key: [
                    {"key": row.key, **dict(zip(entry.field_names, row.values, strict=True))}
                    for row in connector.rows(entry)
                ]
                for entry in CATALOGUE.all
                if entry.key in connector.objects
            }
        finally:
            connector.close()

    def refusal(self, key: str, *, skips: bool = False) -> str:
        """Returns the messages of a refused import."""
        with pytest.raises(UsageError) as refused:
            self.rows(key, skips=skips)
        if isinstance(refused.value, ImportRefused):
            return "\n".join(bad.message for bad in refused.value.problems)
        return str(refused.value)

    def problems(self, key: str, *, skips: bool = False) -> list[BadRow]:
        with pytest.raises(ImportRefused) as refused:
            self.rows(key, skips=skips)
        return list(refused.value.problems)
