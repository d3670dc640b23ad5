"""Locates the files of the `resources` folder: pictures, icons, translations. Reads none of them."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_folder() -> Path:
    """Returns the folder: in a packaged program, in an installed wheel, or in the repository beside the package."""
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's
    if bundle is not None:
        return Path(bundle) / "resources"
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """Returns the path of a file or folder in it, for example `resource("demo", "pictures")`."""
    return resource_folder().joinpath(*parts)
