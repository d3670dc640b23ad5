"""The command that starts another process of this program: the sync engine, the demo's gateway."""

import os
import sys
from pathlib import Path


def own_command() -> list[str]:
    """Returns the start of the command: the packaged console executable, else the interpreter with the module."""
    if getattr(sys, "frozen", False):  # PyInstaller's
        name = "salesapp-engine.exe" if os.name == "nt" else "salesapp-engine"
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "salesapp"]
