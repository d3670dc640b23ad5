"""`salesapp gateway mapping`: writes a first mapping for a folder of exports."""

from pathlib import Path

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.terminal import say
from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UsageError
from salesapp.gateway.connectors.first_mapping import first_mapping


@click.group()
def mapping() -> None:
    """Mappings, by which export files of any form become rows."""


@mapping.command()
@click.option("--from", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), required=True,
              help="The folder with the export files.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
              help="The file to write, by default mapping.toml in the folder.")  # fmt: skip
@guarded
def new(folder: Path, out: Path | None) -> None:
    """Write a first mapping from the headers of the files. Never overwrites a file."""
    target = out or folder / "mapping.toml"
    text, notes = first_mapping(folder, CATALOGUE)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{target} already exists: name another file with --out") from None
    except OSError as error:
        raise UsageError(f"{target} cannot be written ({error.strerror})") from error
    for note in notes:
        say(note)
    say(f"Wrote {target}. Read it, then: salesapp gateway init --data DIR --csv {folder} --mapping {target}")
