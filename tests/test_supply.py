"""Installation: minimal locks for each part, and the licences of all packed packages."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest

from tests.test_architecture import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PARTS: dict[str, list[str]] = PROJECT["tool"]["salesapp"]["parts"]
SYSTEMS = ("linux", "windows")
ONLY_GATEWAY = {"uvicorn", "starlette", "httptools", "argon2-cffi", "argon2-cffi-bindings", "duckdb", "python-calamine"}
ONLY_TABLET = {"pyside6-essentials", "shiboken6", "qasync", "sqlcipher3", "keyring", "httpx", "cryptography"}
TOOLS = {"pytest", "pytest-qt", "mypy", "ruff", "hypothesis", "import-linter", "trustme", "hatchling"}
TABLET = ("salesapp.app", "salesapp.views", "salesapp.models", "salesapp.services", "salesapp.sync", "salesapp.store")
TABLET_COMMANDS = ("window", "sync", "status", "stock", "password", "price", "restore")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def bounds(lines: list[str]) -> dict[str, str]:
    return {normal(re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0]): line for line in lines}


def lock(part: str, system: str) -> dict[str, str]:
    """Name -> version."""
    text = (ROOT / "requirements" / f"{part}-{system}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^ \\;]+)", text, re.MULTILINE))


def test_that_there_is_a_lock_for_each_part_and_system() -> None:
    expected = {f"{part}-{system}.txt" for part in (*PARTS, "development") for system in SYSTEMS}
    assert {path.name for path in (ROOT / "requirements").iterdir()} == expected


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("part", [*PARTS, "development"])
def test_that_every_package_of_a_lock_has_hashes_and_no_address(part: str, system: str) -> None:
    text = (ROOT / "requirements" / f"{part}-{system}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(lock(part, system)) > 20
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links", text)


@pytest.mark.parametrize("system", SYSTEMS)
def test_that_locks_follow_pyproject_and_each_other(system: str) -> None:
    needed = bounds(PROJECT["project"]["dependencies"])
    tools = bounds(PROJECT["project"]["optional-dependencies"]["dev"])
    development = lock("development", system)
    assert needed.keys() | tools.keys() <= development.keys()
    assert {normal(name) for names in PARTS.values() for name in names} == needed.keys(), "each belongs to a part"
    for part, names in PARTS.items():
        locked = lock(part, system)
        assert {normal(name) for name in names} <= locked.keys()
        assert locked.items() <= development.items(), "the same versions as in the tests"
        assert not locked.keys() & TOOLS
    assert not lock("tablet", system).keys() & ONLY_GATEWAY
    assert not lock("gateway", system).keys() & ONLY_TABLET
    for line in (*needed.values(), *tools.values()):
        name, least = re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0], re.search(r">=([\d.]+)", line)
        if least:
            assert numbers(development[normal(name)]) >= numbers(least[1]), line


def numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def test_that_installing_all_brings_no_test_tools() -> None:
    assert not bounds(PROJECT["project"]["dependencies"]).keys() & TOOLS


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("salesapp", include_external_packages=True, cache_dir=None)


def reached(graph: grimp.ImportGraph, begins: set[str]) -> set[str]:
    """Returns modules that these import, directly or indirectly, deferred imports included."""
    found: set[str] = set()
    waiting = set(begins)
    while waiting:
        module = waiting.pop()
        found.add(module)
        parent = module.rpartition(".")[0]
        more = set(graph.find_modules_directly_imported_by(module)) | ({parent} if parent else set())
        waiting |= more - found
    return found


def begins_of(part: str, graph: grimp.ImportGraph) -> set[str]:
    """Returns the modules of a part, with screens and commands, which are imported by name."""
    if part == "gateway":
        return {module for module in graph.modules if module.startswith(("salesapp.gateway", "salesapp.cli.gateway"))}
    commands = {f"salesapp.cli.{name}" for name in TABLET_COMMANDS}
    return commands | {module for module in graph.modules if module.startswith(TABLET)}


@pytest.mark.parametrize("part", PARTS)
def test_that_a_part_imports_only_what_its_lock_has(part: str, graph: grimp.ImportGraph) -> None:
    modules = reached(graph, begins_of(part, graph) | {"salesapp.__main__", "salesapp.cli.main", "salesapp.cli.price"})
    names = {module.split(".")[0] for module in modules} - sys.stdlib_module_names - {"salesapp"}
    assert len(names) > 8
    packed = packages_distributions()
    missing = {name for name in names if not {normal(owner) for owner in packed[name]} & lock(part, "linux").keys()}
    assert missing == set()
    if part == "tablet":
        assert not [module for module in modules if module.startswith("salesapp.gateway")]


ALONE = """
import importlib, importlib.abc, importlib.metadata, re, sys
allowed = set(sys.argv[1].split(","))
normal = lambda name: re.sub(r"[-_.]+", "-", name).lower()
owners = importlib.metadata.packages_distributions()
class Missing(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.split(".")[0]
        if top in owners and top != "salesapp" and not {normal(owner) for owner in owners[top]} & allowed:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
"""
IMPORT = "\nfor name in sys.argv[2].split(','): importlib.import_module(name)\nprint('all there')"
RUN = "\nfrom salesapp.cli.main import salesapp\nsalesapp(sys.argv[2:])"


def alone(part: str, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with only the packages of a part's lock."""
    command = [sys.executable, "-c", ALONE + code, ",".join(lock(part, "linux")), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)


@pytest.mark.parametrize("part", PARTS)
def test_that_every_module_of_a_part_can_be_imported_with_its_lock_alone(part: str, graph: grimp.ImportGraph) -> None:
    modules = sorted(name for name in begins_of(part, graph) if "migrations" not in name)
    done = alone(part, IMPORT, ",".join(modules))
    assert (done.stdout, done.returncode) == ("all there\n", 0), done.stderr[-800:]


@pytest.mark.parametrize(
    ("part", "words", "told"),
    [
        ("tablet", ("gateway", "status", "--data", "x"), "The gateway is not installed here"),
        ("tablet", ("gateway", "--help"), "requirements/gateway-linux.txt"),
        ("tablet", ("demo", "--headless"), "requirements/development-linux.txt"),
        ("gateway", ("sync",), "The tablet's program is not installed here"),
        ("gateway", ("window",), "The tablet's program is not installed here"),
        ("gateway", ("demo", "--json"), "requirements/development-linux.txt"),
    ],
)
def test_that_a_command_whose_part_is_missing_says_so(
    part: str, words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    del tmp_path
    done = alone(part, RUN, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("part", "words", "code"),
    [
        ("tablet", ("--help",), 0),
        ("tablet", ("price", "examples/pricing/a.json"), 0),
        ("tablet", ("status", "--data-dir", "nowhere"), 2),
        ("gateway", ("--help",), 0),
        ("gateway", ("gateway", "rules", "--help"), 0),
        ("gateway", ("price", "examples/pricing/a.json"), 0),
    ],
)
def test_that_a_part_does_its_own_work_alone(part: str, words: tuple[str, ...], code: int) -> None:
    done = alone(part, RUN, *words)
    assert done.returncode == code, done.stderr[-800:]
    assert "not installed here: the" not in done.stderr


def test_that_the_licences_of_all_that_is_packed_are_listed_with_their_texts() -> None:
    text = (ROOT / "THIRD-PARTY-LICENCES").read_text(encoding="utf-8")
    listed = {
        (name, version)
        for name, version, licence in re.findall(r"^([^\t\n]+)\t([^\t\n]+)\t([^\t\n]+)$", text, re.MULTILINE)
    }
    packed = {entry for part in PARTS for system in SYSTEMS for entry in lock(part, system).items()}
    assert {entry for entry in listed if entry[1] != "vendored"} - {("Python", "3.11")} == packed, "run: make licences"
    rule = "-" * 80
    named = {
        name for names in re.findall(rf"^{rule}\n(.+)\n{rule}\n\n\S", text, re.MULTILINE) for name in names.split(", ")
    }
    assert named == {name for name, _version in listed}
    for needed in ("GNU LESSER GENERAL PUBLIC LICENSE", "ZETETIC LLC", "Apache License", "SIL Open Font License"):
        assert needed in text


def test_that_the_licences_are_packed_and_the_product_has_none() -> None:
    assert '("THIRD-PARTY-LICENCES", ".")' in (ROOT / "build.spec").read_text(encoding="utf-8")
    assert PROJECT["project"]["license-files"] == ["THIRD-PARTY-LICENCES"]
    assert "license" not in PROJECT["project"]
    assert "SalesApp has no licence yet" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert not list(ROOT.glob("LICEN[CS]E*"))
