"""Writes THIRD-PARTY-LICENCES: name, version, licence and texts of all packages of tablets and gateways.

Packages come from the locks; their texts from the installed ones, or from the wheel if a package is for another system.
Texts that wheels lack (Qt, SQLCipher, OpenSSL, Python) are in resources/licences.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, PathDistribution, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "THIRD-PARTY-LICENCES"
TEXTS = ROOT / "resources" / "licences"
_LICENCE_FILE = re.compile(r"\.dist-info/.*(licen[cs]e|copying|notice|copyright)", re.IGNORECASE)
_KNOWN = {  # packages whose metadata have no licence
    "backports-tarfile": "MIT",
    "duckdb": "MIT",
    "jaraco-classes": "MIT",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pywin32-ctypes": "BSD-3-Clause",
    "python-stdnum": "LGPL-2.1-or-later",
    "sqlcipher3": "Zlib",
}
_MORE = {  # texts for bundled code, or that a wheel's own text only refers to
    "certifi": ("MPL-2.0.txt",),
    "cryptography": ("Apache-2.0.txt",),
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),
}
_VENDORED = (
    ("Python", "3.11", "PSF-2.0", TEXTS / "Python.txt"),
    ("Fluent UI System Icons", "vendored", "MIT", ROOT / "resources" / "icons" / "LICENSE"),
    ("Inter", "vendored", "OFL-1.1", ROOT / "resources" / "fonts" / "LICENSE"),
    ("Pictures of the demo", "vendored", "MIT", ROOT / "resources" / "demo" / "pictures" / "LICENSE"),
)
_HEADER = """\
Third-party software in SalesApp
================================

What is packed with the tablet's program and with the gateway, at the versions of requirements/, with its licences.
PySide6 and Qt are used under the LGPL 3: their libraries lie beside the program as files of their own and may be
replaced. sqlcipher3 and cryptography contain OpenSSL (Apache-2.0), sqlcipher3 also SQLCipher and SQLite (public
domain). SalesApp's own licence is its owner's to choose; none is granted here.

"""


@dataclass(frozen=True)
class Package:
    """A packed package, under its name in the locks."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def locked() -> list[tuple[str, str]]:
    """Returns names and versions of all locks except development."""
    files = [path for path in sorted((ROOT / "requirements").glob("*.txt")) if "development" not in path.name]
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return sorted({(found[1], found[2]) for line in lines if (found := re.match(r"([\w.-]+)==([^ ;]+)", line))})


def packages() -> Iterator[Package]:
    for name, version, licence, path in _VENDORED:
        yield Package(name, version, licence, (_clean(path.read_text(encoding="utf-8")),))
    with tempfile.TemporaryDirectory() as folder:
        for name, version in locked():
            yield _package(name, version, _installed(name, version) or _downloaded(name, version, Path(folder)))


def _package(name: str, version: str, found: Distribution) -> Package:
    own = [_clean(found.read_text(file.split(".dist-info/", 1)[1]) or "") for file in _licence_files(found)]
    more = [_clean((TEXTS / file).read_text(encoding="utf-8")) for file in _MORE.get(name, ())]
    texts = tuple(text for text in (*own, *more) if text)
    if not texts:
        raise SystemExit(f"{name} has no licence text: add it to resources/licences")
    return Package(name, version, _licence(name, found), texts)


def _licence(name: str, found: Distribution) -> str:
    metadata = found.metadata
    told = next((metadata[field] for field in ("License-Expression", "License") if field in metadata), "")
    licence = _KNOWN.get(name) or told.strip().split("\n", 1)[0]
    if not licence:
        raise SystemExit(f"{name} names no licence: add it to _KNOWN")
    return licence


def _licence_files(found: Distribution) -> list[str]:
    return sorted(str(file) for file in found.files or () if _LICENCE_FILE.search(str(file)))


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _installed(name: str, version: str) -> Distribution | None:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return None
    return found if found.version == version else None


def _downloaded(name: str, version: str, folder: Path) -> Distribution:
    """Returns a package for another system, from its wheel."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += ["--platform", "win_amd64", "--python-version", "3.11", "--dest", str(folder), f"{name}=={version}"]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob(f"{name.replace('-', '_')}-{version}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / name)
    (info,) = (folder / name).glob("*.dist-info")
    return PathDistribution(info)


def written() -> str:
    """Returns the whole file; a text shared by several packages appears once."""
    found = list(packages())
    texts: dict[str, list[str]] = {}
    for package in found:
        for text in package.texts:
            texts.setdefault(text, []).append(package.name)
    rows = [f"{package.name}\t{package.version}\t{package.licence}" for package in found]
    parts = [f"{'-' * 80}\n{', '.join(dict.fromkeys(names))}\n{'-' * 80}\n\n{text}\n" for text, names in texts.items()]
    return _HEADER + "\n".join(rows) + "\n\n" + "\n".join(parts)


if __name__ == "__main__":
    OUT.write_text(written(), encoding="utf-8")
