"""Fields: how they show texts that do not fit, and what they ask about before they give a time."""

from datetime import date, time

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from salesapp.domain.appointments import slot
from salesapp.views.appointments.sheets import SlotFields
from salesapp.views.look.theme import Theme
from salesapp.views.parts.choice import Choice
from tests import days

NAME = "Skoda Octavia Combi 2.0 TDI of the warehouse in Warsaw"


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    """Sets fonts and style sheet, as a window does."""
    if qapp.findChild(Theme) is None:
        Theme(qapp)


def painted(words: str) -> QImage:
    field = Choice([(1, words)], 1)
    field.resize(240, field.height())
    return field.grab().toImage()


def test_that_a_long_chosen_name_is_elided_between_letters() -> None:
    assert painted(NAME) == painted(f"{NAME} East"), "both end before their ends"
    shortened = [f"{NAME[:count].rstrip()}…" for count in range(len(NAME))]
    assert any(painted(NAME) == painted(words) for words in shortened)
    assert Choice([(1, NAME)], 1).currentText() == NAME, "screen readers get all of it"


def test_that_a_time_that_clocks_skip_is_shown_as_the_later_one_before_it_is_taken() -> None:
    with days.at("2026-03-20 12:00", "Europe/Warsaw"):
        fields = SlotFields(slot(date(2026, 3, 29), time(2, 30), 30))
        fields.at.edit.setText("02:30")
        assert fields.slot() is None
        assert fields.at.edit.text() == "03:30"
        assert "there is no 02:30" in fields.at.error.text()
        assert fields.slot() == slot(date(2026, 3, 29), time(3, 30), 30)
        assert not fields.at.has_error
        fields.date.set_day("2026-03-28")
        fields.at.edit.setText("02:30")
        assert fields.slot() == slot(date(2026, 3, 28), time(2, 30), 30), "the night before has it"


@pytest.mark.parametrize(
    ("day", "told"),
    [("2026-03-19", "This day is over"), ("2027-03-22", "more than a year"), ("2026-03-20", ""), ("2027-03-21", "")],
)
def test_that_a_day_that_is_over_or_far_away_is_asked_about_once(day: str, told: str) -> None:
    with days.at("2026-03-20 12:00", "Europe/Warsaw"):
        fields = SlotFields(slot(date(2026, 3, 20), time(9), 30))
        fields.date.set_day(day)
        planned = slot(date.fromisoformat(day), time(9), 30)
        if told:
            assert fields.slot() is None
            assert told in fields.doubt.text()
        assert fields.slot() == planned
        assert fields.doubt.isHidden()
