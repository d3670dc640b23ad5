"""The first pages for newcomers are right: the files and names in them exist, and how-to pages are short."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HOW_TO = sorted((ROOT / "docs" / "how-to").glob("*.md"))
PAGES = [*(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md")), *HOW_TO]
MOST_LINES = 30
TOPICS = {"object", "field", "setting", "screen", "error", "price-rule", "gateway-route", "connector"}

_FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?P<path>[\w.-]*(?:/[\w.-]+)*/?)(?:: (?P<name>[\w.]+))?")
_SUFFIXES = (".py", ".md", ".toml", ".ts", ".spec", ".txt", ".json")
_MADE = ("build/", "dist/")
_OF_USERS = {"settings.json", "customers_types.csv", "items_forms.csv"}
"""Files that the program makes or reads."""


@cache
def files() -> dict[str, Path]:
    rooms = ("salesapp", "tests", "bench", "scripts", "docs", "resources", "examples", "requirements")
    found = [path for room in rooms for path in (ROOT / room).rglob("*") if "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path for path in (*found, *ROOT.iterdir())}


@cache
def words() -> frozenset[str]:
    """Returns every name in the code, and every file name."""
    text = "\n".join(path.read_text("utf-8") for name, path in files().items() if name.endswith(".py"))
    return frozenset(re.findall(r"\w+", text)) | {part for name in files() for part in re.split(r"[/.]", name)}


def existing(path: str) -> list[Path]:
    """Files and folders that end with this path."""
    wanted = "/" + path.rstrip("/")
    return [found for name, found in files().items() if f"/{name}".endswith(wanted)]


def mentioned(page: Path) -> list[str]:
    return _CODE.findall(_FENCED.sub("", page.read_text("utf-8")))


def is_path(code: str) -> bool:
    path = code.partition(":")[0]
    is_command = " " in path or path.startswith(("/", ".", "-", *_MADE))
    return not is_command and path not in _OF_USERS and (path.endswith(_SUFFIXES) or "/" in path) and "*" not in path


def defines(file: Path, name: str) -> bool:
    definition = rf'^\s*((async )?def {name}\(|class {name}\b|{name}(: .*)? = |"{name}": )'
    return re.search(definition, file.read_text("utf-8"), re.MULTILINE) is not None


def wrong_in(codes: list[str]) -> list[str]:
    """Returns paths that do not exist, and names missing in their file."""
    wrong = []
    for code in filter(is_path, codes):
        found = _PATH.fullmatch(code)
        if found is None or any(part.isupper() and len(part) > 2 for part in re.split(r"[\W_]", found["path"])):
            continue  # a placeholder: requirements/PART-SYSTEM.txt
        places = existing(found["path"])
        name = (found["name"] or "").rpartition(".")[2]
        if not places or (name and not any(defines(place, name) for place in places)):
            wrong.append(code)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_that_every_file_that_a_page_mentions_exists(page: Path) -> None:
    assert wrong_in(mentioned(page)) == []


def test_that_a_wrong_path_and_a_wrong_name_are_detected() -> None:
    wrong = ["salesapp/nowhere.py", "views/nothing/", "salesapp/app.py: nobody"]
    right = ["salesapp/app.py: App.start", "sync/stages/fetch.py", "engine.py", "PART-SYSTEM.txt", "make check"]
    assert wrong_in(wrong + right) == wrong
    assert len([code for page in PAGES for code in filter(is_path, mentioned(page))]) > 150, "pages are looked through"


@pytest.mark.parametrize("page", HOW_TO, ids=lambda page: page.stem)
def test_that_a_how_to_is_short_and_names_what_exists(page: Path) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= MOST_LINES
    names = [code.partition("(")[0] for code in mentioned(page) if re.fullmatch(r"_?[A-Za-z][\w.]*(\(.*\))?", code)]
    unknown = [name for name in names if name.rpartition(".")[2] not in words() and not is_path(name)]
    assert [name for name in unknown if name not in _OF_USERS] == []


def test_that_each_way_of_adding_has_its_page() -> None:
    assert {page.stem for page in HOW_TO} == TOPICS


def test_that_links_of_pages_have_targets() -> None:
    links = [
        (page, target)
        for page in PAGES
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
        if not target.startswith("http")
    ]
    assert len(links) > 10
    assert [f"{page.name}: {target}" for page, target in links if not (page.parent / target).exists()] == []
