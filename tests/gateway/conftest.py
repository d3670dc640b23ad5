"""Fixtures for tests of the gateway."""

from pathlib import Path

import pytest

from tests.gateway.exports import Exports


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path)
