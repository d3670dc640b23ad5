"""Writes requirements/*.txt: a lock with hashes for each part (tablet, gateway, development) and system.

Keeps versions unless `--upgrade` is given. All parts of a system have the versions of its development lock.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
SYSTEMS = {"linux": "x86_64-manylinux_2_34", "windows": "x86_64-pc-windows-msvc"}
OPTIONS = (
    "--quiet",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
)


def wanted() -> dict[str, list[str]]:
    """Returns the needs of each part, with the bounds of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    everything = project["project"]["dependencies"]
    bounds = {re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0]: line for line in everything}
    development = everything + project["project"]["optional-dependencies"]["dev"]
    parts = {part: [bounds[name] for name in names] for part, names in project["tool"]["salesapp"]["parts"].items()}
    return {"development": development} | parts


def lock(part: str, needs: list[str], system: str, *, upgrade: bool) -> None:
    out = LOCKS / f"{part}-{system}.txt"
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", *OPTIONS, "--python-platform", SYSTEMS[system]]
    command += ["--output-file", str(out)]
    if part != "development":
        command += ["--constraints", str(LOCKS / f"development-{system}.txt")]
    elif upgrade:
        command.append("--upgrade")
    subprocess.run(command, input="\n".join(needs), text=True, check=True, cwd=ROOT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that pyproject.toml allows")
    upgrade = parser.parse_args().upgrade
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    for system in SYSTEMS:
        for part, needs in wanted().items():  # development first: the others follow it
            lock(part, needs, system, upgrade=upgrade)


if __name__ == "__main__":
    main()
