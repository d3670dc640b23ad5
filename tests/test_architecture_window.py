"""The window's rooms are kept in order: which screen knows which, what views may reach, sizes, exceptions to rules."""

import tomllib

from tests.test_architecture import ROOT

SHARED = {"look", "parts", "prices", "receipts"}
"""Rooms of views that hold what several screens show."""


def test_that_the_contract_between_screens_names_each_of_them() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = {contract["name"]: contract for contract in tools["importlinter"]["contracts"]}
    apart = contracts["No screen knows another one"]
    folders = {path.parent.name for path in (ROOT / "salesapp/views").glob("*/__init__.py")}
    assert {name.rpartition(".")[2] for name in apart["modules"]} == folders - SHARED
