"""A back office for tests: a folder of CSV files that a test writes, and its gateway's commands in this process."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from salesapp.cli.gateway import command

Row = Mapping[str, object]
LISTS = "directories_price_types"
PRICES, ITEMS, UNITS = "items_prices", "items_forms", "directories_units"
PATTERN = "{symbol}-{number}/{month}/{year}/{series}"


@dataclass
class Office:
    """`erp` is the folder, `data` the gateway's."""

    root: Path

    @property
    def erp(self) -> Path:
        return self.root / "erp"

    @property
    def data(self) -> Path:
        return self.root / "data"

    def write(self, name: str, rows: Iterable[Row], *columns: str) -> None:
        """Writes a file of the folder; `columns` is needed if there are no rows."""
        rows = list(rows)
        text = io.StringIO()
        writer = csv.DictWriter(text, list(rows[0]) if rows else list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        self.erp.mkdir(parents=True, exist_ok=True)
        (self.erp / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")

    def run(self, *arguments: str, stdin: str = "") -> Result:
        """Runs `salesapp gateway ARGUMENTS --data ...`; fails on a bug."""
        result = CliRunner().invoke(command, [*arguments, "--data", str(self.data)], input=stdin)
        assert result.exit_code != 1, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def init(self) -> Result:
        result = self.run("init", "--csv", str(self.erp))
        assert result.exit_code == 0, result.output
        return result

    def take(self, *more: str) -> Result:
        return self.run("import", *more)

    def json(self, *arguments: str) -> Any:
        return json.loads(self.run(*arguments, "--json").stdout)

    def tables(self) -> dict[str, list[Any]]:
        """Returns the content of the gateway's database."""
        with sqlite3.connect(self.data / "gateway.db") as connection:
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}

    def rows(self) -> dict[str, list[Any]]:
        """Returns the published rows, and those set aside."""
        kept = ("record", "tombstone", "set_aside", "checkpoint", "segment", "scope_digest", "superseded")
        return {name: rows for name, rows in self.tables().items() if name in kept}


def item(number: int, **values: object) -> dict[str, object]:
    row = {"key": f"I{number}", "code": f"C{number}", "name": f"Item {number}", "kind": "goods", "base_unit": "PCS"}
    return row | {"sales_unit": "PCS", "is_active": "yes", "ean": ""} | values


def price(number: int, value: object = "10.00", **values: object) -> dict[str, object]:
    row = {"key": f"P{number}", "item": f"I{number}", "price_type": "NET", "value": value, "unit": "PCS"}
    return row | {"minimum_quantity": 0, "valid_from": "", "valid_to": "", "discount_type": "", "level": ""} | values


def small_office(root: Path, items: int = 3) -> Office:
    """Creates a folder that causes no warnings: what a first order needs, and items with a price each."""
    office = Office(root)
    office.write(UNITS, [{"key": "PCS", "code": "pcs", "name": "Piece", "decimals": 0, "kind": "quantity"}])
    currency = {"key": "PLN", "code": "PLN", "name": "Złoty", "decimals": 2, "is_base": "yes"}
    office.write("directories_currencies", [currency])
    office.write(
        LISTS,
        [
            {
                "key": "NET",
                "code": "NET",
                "name": "Net",
                "is_gross": "no",
                "currency": "PLN",
                "priority": 1,
                "decimals": 2,
            }
        ],
    )
    numerator = {"document_type": "sales_order", "symbol": "SO", "pattern": PATTERN, "period": "month"}
    office.write("documents_numerators", [numerator | {"first_number": 1}])
    office.write(ITEMS, [item(number) for number in range(items)])
    office.write(PRICES, [price(number) for number in range(items)])
    return office
