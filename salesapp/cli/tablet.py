"""Options that the tablet's commands share: data folder and key."""

import os
from pathlib import Path

import click

data_dir_option = click.option(
    "--data-dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="SALESAPP_DATA_DIR",
    help="The data folder of this device.",
)
key_file_option = click.option(
    "--key-file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="SALESAPP_KEY_FILE",
    help="A file with the key of the data (64 hexadecimal characters), instead of the system's keyring.",
)


def root_of(data_dir: Path | None) -> Path:
    from salesapp.store.folders import default_root  # a window with its folder named needs no more

    return data_dir or default_root()


def ca_file() -> Path | None:
    """Returns the private CA configured for this device, if any."""
    name = os.environ.get("SALESAPP_CA_FILE")
    return Path(name) if name else None
