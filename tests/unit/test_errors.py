"""Every error code has its sentences, and every code that is used is declared."""

import re
from pathlib import Path

import pytest

from salesapp.errors import ERRORS, NetworkError, UserFacingError, describe
from salesapp.gateway.flags import FLAGS
from salesapp.protocol.codes import STATUS_OF

PACKAGE = Path(__file__).parents[2] / "salesapp"
RAISED = re.compile(r'(?:Error|Refused|SetAside)\(\s*"([a-z]+\.[a-z_]+)"')


def test_that_every_code_raised_anywhere_is_declared() -> None:
    used = {code for path in PACKAGE.rglob("*.py") for code in RAISED.findall(path.read_text(encoding="utf-8"))}
    assert used
    assert used <= set(ERRORS)


def test_that_every_declared_code_is_used() -> None:
    """Searches for uses, not texts; the errors' own module raises one code, connectors of other ERPs another."""
    modules = (path for path in PACKAGE.rglob("*.py") if path.name != "errors.py" and "views" not in path.parts)
    source = "".join(path.read_text(encoding="utf-8") for path in modules)
    unused = {code for code in ERRORS if f'"{code}"' not in source}
    assert unused == {"usage", "submission.refused_by_erp"}


def test_that_every_code_that_a_gateway_answers_with_is_in_the_contract() -> None:
    contract = (PACKAGE.parent / "docs" / "sync.md").read_text(encoding="utf-8")
    answered = {code for code in ERRORS if code.startswith(("submission.", "erp."))} | set(STATUS_OF) | set(FLAGS)
    assert {code for code in answered if f"`{code}`" not in contract} == set()


@pytest.mark.parametrize("code", list(ERRORS))
def test_that_every_code_has_a_title_a_meaning_and_a_remedy(code: str) -> None:
    text = ERRORS[code]
    for sentence in (text.what, text.data, text.remedy):
        assert sentence.endswith((".", "}")), sentence
        assert "!" not in sentence
        assert "please" not in sentence.lower()


def test_that_parameters_are_filled_in_and_unknown_codes_survive() -> None:
    error = NetworkError("network.unreachable", url="https://x")
    assert "https://x" in str(error)
    assert "?" in describe("network.unreachable", {}).what
    assert "new.code" in describe("new.code", {}).what
    assert UserFacingError("device.busy").params == {}
