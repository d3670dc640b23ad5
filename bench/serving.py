"""Runs a gateway for benchmarks in a process of its own: `python -m bench.serving FOLDER OBJECTS`.

It has OBJECTS item-like objects, or with 0 the real catalogue.
"""

import sys
from pathlib import Path

from bench.company import BenchConnector, catalogue
from salesapp.domain.catalogue import CATALOGUE
from salesapp.gateway import accounts, server
from salesapp.gateway.database import Database
from salesapp.gateway.faults import NO_FAULTS
from salesapp.gateway.folder import create
from salesapp.gateway.intake import import_all
from salesapp.gateway.publisher import publish

USER, PASSWORD = "bench", "correct horse"


def prepare(folder: Path, rows: int, objects: int = 1) -> None:
    """Creates a gateway with the rows."""
    measured = catalogue(objects)
    database = create(folder)
    import_all(database, measured, BenchConnector(measured, rows))
    publish(database, measured)
    accounts.add_user(database, USER, PASSWORD, None)
    database.close()


def change(folder: Path, rows: int, objects: int, percent: int) -> None:
    """Imports the rows with `percent` of them changed."""
    measured = catalogue(objects)
    database = Database(folder)
    import_all(database, measured, BenchConnector(measured, rows, percent))
    publish(database, measured)
    database.close()


def main() -> None:
    folder, objects = Path(sys.argv[1]), int(sys.argv[2])
    database = Database(folder)
    server.serve(
        database, catalogue(objects) if objects else CATALOGUE, host="127.0.0.1", port=0, tls=None, faults=NO_FAULTS
    )
    database.close()


if __name__ == "__main__":
    main()
