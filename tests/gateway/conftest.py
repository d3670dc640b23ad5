"""What tests of the gateway share."""

from pathlib import Path

import pytest

from tests.gateway.exports import Exports


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    return Exports(tmp_path)
