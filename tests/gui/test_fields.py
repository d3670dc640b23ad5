"""Choice fields: how they show texts that do not fit."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from salesapp.views.look.theme import Theme
from salesapp.views.parts.choice import Choice

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
