"""What is kept of a mistake for support: where it happened, and nothing about whose device it is."""

import sys
from types import TracebackType

import pytest

from salesapp.log import places_of


def mistake_in(file: str) -> TracebackType:
    """A trace that leads through a file of this name."""
    try:
        exec(compile("\n1 / 0", file, "exec"))
    except ZeroDivisionError:
        trace = sys.exc_info()[2]
        assert trace is not None
        assert trace.tb_next is not None
        return trace.tb_next
    raise AssertionError


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("/data/anna/salesapp/salesapp/views/page.py", "salesapp/views/page.py:2"),
        (r"D:\Anna Nowak\SalesApp\salesapp\app.py", "salesapp/app.py:2"),
        ("/data/anna/.venv/lib/site-packages/httpx/_client.py", "_client.py:2"),
    ],
)
def test_that_a_place_is_told_without_the_folders_of_the_device(file: str, place: str) -> None:
    told = places_of(ZeroDivisionError, mistake_in(file))
    assert told.splitlines() == [f"{place} <module>", "ZeroDivisionError"]
