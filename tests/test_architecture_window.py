"""The window's rooms are kept in order: which screen knows which, what views may reach, sizes, exceptions to rules."""

import tomllib

from salesapp.views import later
from tests.test_architecture import ROOMS, ROOT, modules

SHARED = {"look", "parts", "prices", "receipts"}
"""Rooms of views that hold what several screens show."""


def test_that_the_contract_between_screens_names_each_of_them() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = {contract["name"]: contract for contract in tools["importlinter"]["contracts"]}
    apart = contracts["No screen knows another one"]
    folders = {path.parent.name for path in (ROOT / "salesapp/views").glob("*/__init__.py")}
    assert {name.rpartition(".")[2] for name in apart["modules"]} == folders - SHARED


MOST_EXCEPTIONS = 60


def test_that_few_lines_ask_the_linter_for_an_exception() -> None:
    marker = "# no" + "qa"
    lines = [line for path in modules(*ROOMS) for line in path.read_text(encoding="utf-8").splitlines()]
    assert 10 < sum(marker in line for line in lines) <= MOST_EXCEPTIONS


def test_that_each_class_that_comes_later_is_where_it_is_looked_for() -> None:
    assert set(later._MODULES) == set(later.__all__)
    assert {getattr(later, name).__name__ for name in later.__all__} == set(later.__all__)
