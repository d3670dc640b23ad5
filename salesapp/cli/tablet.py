"""What the commands of the tablet share: where its data lie and which key opens them."""

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
    """A private CA that was configured for this device."""
    name = os.environ.get("SALESAPP_CA_FILE")
    return Path(name) if name else None
