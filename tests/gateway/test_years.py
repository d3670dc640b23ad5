"""Moments of ages that nobody lives in are refused where they come in; dates of any year are fine."""

import pytest

from salesapp.domain.schema import Field, Kind
from salesapp.gateway.connectors.values import BadValueError, parser
from salesapp.gateway.payloads import Refused, _check_moment

STRANGE = [
    "1899-12-30T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "3000-01-01T00:00:00Z",
    "9999-12-31T23:59:59+02:00",
    "0001-01-01T00:00:00+02:00",
]


@pytest.mark.parametrize("text", STRANGE)
def test_that_a_moment_outside_1970_to_2999_is_refused(text: str) -> None:
    with pytest.raises(BadValueError, match="is not in the years 1970 to 2999"):
        parser(Field("planned_start", Kind.TIMESTAMP))(text)
    with pytest.raises(Refused):
        _check_moment(text, "planned_start")


@pytest.mark.parametrize("text", ["1899-12-30T00:00:00", "2026-03-02T00:00:00"])
def test_that_a_moment_without_a_zone_is_refused_for_that(text: str) -> None:
    with pytest.raises(BadValueError, match="has no time zone"):
        parser(Field("planned_start", Kind.TIMESTAMP))(text)


def test_that_moments_of_today_and_dates_of_any_year_are_taken() -> None:
    assert parser(Field("planned_start", Kind.TIMESTAMP))("2026-03-02T10:00:00+02:00") == "2026-03-02T08:00:00Z"
    assert parser(Field("valid_to", Kind.DATE))("9999-12-31") == "9999-12-31"
