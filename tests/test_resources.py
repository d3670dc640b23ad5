"""The place of resource files: repository, installed wheel, packaged program."""

import sys
from pathlib import Path

import pytest

from salesapp import resources


def test_that_the_repositorys_folder_is_found() -> None:
    assert resources.resource("demo", "ranges.csv").is_file()
    assert resources.resource("demo", "pictures", "LICENSE").is_file()


def test_that_an_installed_package_has_its_own_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_resources").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.resource("demo") == tmp_path / "_resources" / "demo"


def test_that_a_packaged_program_unpacks_them_beside_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.resource_folder() == tmp_path / "resources"
