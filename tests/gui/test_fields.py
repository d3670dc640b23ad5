"""Fields to choose in: what they show of words that have no room."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from salesapp.views.parts.choice import Choice

NAME = "Skoda Octavia Combi 2.0 TDI of the warehouse in Warsaw"


def painted(words: str) -> QImage:
    field = Choice([(1, words)], 1)
    field.resize(240, field.height())
    return field.grab().toImage()


def test_that_a_chosen_name_that_is_too_long_ends_in_dots_and_is_not_cut_in_a_letter(qapp: QApplication) -> None:
    assert painted(NAME) == painted(f"{NAME} East"), "both end before their ends"
    shortened = [f"{NAME[:count].rstrip()}…" for count in range(len(NAME))]
    assert any(painted(NAME) == painted(words) for words in shortened)
    assert Choice([(1, NAME)], 1).currentText() == NAME, "screen readers get all of it"
