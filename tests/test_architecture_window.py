"""Architecture of the window: dependencies of screens and views, sizes, exceptions to rules."""

import ast
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

from salesapp.views import later
from tests.test_architecture import ROOMS, ROOT, modules, name_of

SHARED = {"look", "parts", "prices", "receipts"}
"""Packages of views that several screens share."""


def test_that_the_contract_between_screens_names_each_of_them() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = {contract["name"]: contract for contract in tools["importlinter"]["contracts"]}
    apart = contracts["No screen knows another one"]
    folders = {path.parent.name for path in (ROOT / "salesapp/views").glob("*/__init__.py")}
    assert {name.rpartition(".")[2] for name in apart["modules"]} == folders - SHARED


MOST_EXCEPTIONS = 60


def test_that_few_lines_have_a_linter_exception() -> None:
    marker = "# no" + "qa"
    lines = [line for path in modules(*ROOMS) for line in path.read_text(encoding="utf-8").splitlines()]
    assert 10 < sum(marker in line for line in lines) <= MOST_EXCEPTIONS


def test_that_each_deferred_class_is_in_its_declared_module() -> None:
    assert set(later._MODULES) == set(later.__all__)
    assert {getattr(later, name).__name__ for name in later.__all__} == set(later.__all__)


def test_that_views_take_value_types_from_services_and_ask_the_models() -> None:
    """Services are called through one facade of the models per topic."""
    called = [
        f"{name_of(path)}: {module}.{name}"
        for path in modules("salesapp/views")
        for module, name in imported(path)
        if f"{module}.".startswith("salesapp.services.") and not is_value(getattr(import_module(module), name))
    ]
    assert called == []


def is_value(found: object) -> bool:
    return not isinstance(found, ModuleType | FunctionType)


def imported(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)


STORES = {"stores", "catalog", "browser"}
"""Attributes that give access to the files of an account."""


def test_that_views_reach_no_store() -> None:
    assert [f"{name_of(path)}:{line}" for path in modules("salesapp/views") for line in reaches(path)] == []


def test_that_reaching_for_a_store_is_detected(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    lines = ["a.workplace.stores", "stores.catalog.rows('x')", "self.workplace.run(f)", "stores.work", "page.work(1)"]
    module.write_text("\n".join(lines), encoding="utf-8")
    assert sorted(set(reaches(module))) == [1, 2, 3, 4]


def reaches(path: Path) -> Iterator[int]:
    """Returns lines that use a store."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = getattr(node.value, "attr", "") or getattr(node.value, "id", "")
            if node.attr in STORES or (owner, node.attr) in {("workplace", "run"), ("stores", "work")}:
                yield node.lineno


MOST_RE_EXPORTS = 20


def test_that_models_reexport_few_names() -> None:
    """A value type is imported where it is defined."""
    taken = {pair for path in modules(*ROOMS) for pair in imported(path)}
    handed_on = [
        f"{module}.{name}"
        for path in modules("salesapp/models")
        for module in [name_of(path).removesuffix(".py").replace("/", ".")]
        for _source, name in imported(path)
        if (module, name) in taken or name in getattr(import_module(module), "__all__", ())
    ]
    assert 0 < len(handed_on) <= MOST_RE_EXPORTS, handed_on


WRITTEN_ONCE = {
    "takeAt(0)": ["salesapp/views/customers/form.py", "salesapp/views/parts/layouts.py"],
    "show_chip(": [
        "salesapp/views/dashboard/page.py",
        "salesapp/views/parts/screen_page.py",
        "salesapp/views/sync_labels.py",
    ],
    "header.back.clicked": ["salesapp/views/parts/screen_page.py", "salesapp/views/synchro/page.py"],
}
"""Code that every page needs, and its place; exceptions: the form relays its fields, the others differ."""


def test_that_code_common_to_all_pages_is_written_once() -> None:
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in modules("salesapp/views")}
    found = {mark: sorted(name for name, text in texts.items() if mark in text) for mark in WRITTEN_ONCE}
    assert found == WRITTEN_ONCE


MOST_OF_A_CLASS, MOST_OF_A_FUNCTION = 300, 40
LONGER = {
    "salesapp/app.py:__init__": "App makes the objects of the window, one after the other",
    "salesapp/cli/window.py:run_window": "the way to the first frame, step by step",
    "salesapp/gateway/accounts.py:open_session": "one transaction",
    "salesapp/gateway/app.py:create_app": "the table of routes",
    "salesapp/gateway/connectors/first_mapping.py:_selects_of_items": "the text of a mapping",
    "salesapp/gateway/manifest.py:answer": "the answer, part by part",
    "salesapp/gateway/server.py:serve": "the life of the server, step by step",
    "salesapp/services/customer_card.py:new_card": "one value with many fields",
    "salesapp/services/overview.py:read_overview": "one value with many fields",
    "salesapp/store/migrations/versions/0001_first.py:upgrade": "a migration is not changed any more",
    "salesapp/sync/download.py:download": "one loop whose steps share its state",
    "salesapp/sync/stages/publish.py:publish": "one transaction",
}
"""Longer functions, and why they read better that way. None in views and models."""


def test_that_no_class_and_no_function_is_too_long() -> None:
    long = {
        f"{name_of(path)}:{node.name}"
        for path in modules("salesapp")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno
        >= (MOST_OF_A_CLASS if isinstance(node, ast.ClassDef) else MOST_OF_A_FUNCTION)
    }
    assert long - set(LONGER) == set()
    assert not any(name.startswith(("salesapp/views/", "salesapp/models/")) for name in LONGER)
