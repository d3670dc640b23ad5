"""Where the files of the `resources` folder are: pictures, icons, translations. Reads nothing itself."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_folder() -> Path:
    """The folder, in a packaged program, in an installed wheel, or in the repository beside the package."""
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's
    if bundle is not None:
        return Path(bundle) / "resources"
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of one file or folder in it, for example `resource("demo", "pictures")`."""
    return resource_folder().joinpath(*parts)
