"""How this program starts another process of itself: the engine of a sync, the demo's gateway."""

import os
import sys
from pathlib import Path


def own_command() -> list[str]:
    """The first words of the command: in a packaged program the executable with a console, else the interpreter."""
    if getattr(sys, "frozen", False):  # PyInstaller's
        name = "salesapp-engine.exe" if os.name == "nt" else "salesapp-engine"
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "salesapp"]
