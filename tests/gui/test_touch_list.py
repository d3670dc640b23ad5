"""Lists of many rows: how long they block the window, and the meaning of taps."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salesapp.models import customers, items, own_work, picking, records, reports  # noqa: F401  # their models are looked through
from salesapp.models.counted import CountedModel
from salesapp.views.parts.touch_list import TouchList

MANY = 50_000


class Numbers(CountedModel):
    """Rows that show their number, and count requests for data."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.word = "row"
        self._reset(MANY)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        self.asked += 1
        return f"{self.word} {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


class Starred(TouchList):
    """Rows whose first 40 pixels are a separate part."""

    def is_part(self, index: Any, place: QPoint) -> bool:
        return place.x() < 40


@pytest.fixture
def view(qtbot: QtBot) -> Starred:
    found = Starred()
    qtbot.addWidget(found)
    model = Numbers()
    model.setParent(found)
    found.setModel(model)
    found.resize(400, 600)
    found.show()
    return found


def numbers(view: Starred) -> Numbers:
    model = view.model()
    assert isinstance(model, Numbers)
    return model


def test_that_a_long_list_is_complete_at_once_and_reads_only_visible_rows(view: Starred) -> None:
    view.grab()
    assert view.indexAt(QPoint(100, 60)).row() > 0, "a tap finds a row"
    view.scrollToBottom()
    assert view.indexAt(view.viewport().rect().center()).row() > MANY - 100
    assert numbers(view).asked < 2_000


def test_that_a_growing_list_stays_in_place(view: Starred) -> None:
    view.scrollTo(numbers(view).index(300, 0))
    before = view.grab().toImage()
    numbers(view).setRowCount(2 * MANY)
    after = view.grab().toImage()
    rows = view.viewport().geometry()
    assert before.copy(rows) == after.copy(rows)


def test_that_changed_values_are_repainted_in_place(view: Starred) -> None:
    model = numbers(view)
    view.scrollTo(model.index(30_000, 0))
    before, place = view.grab().toImage(), view.verticalScrollBar().value()
    model.asked, model.word = 0, "another"
    model.dataChanged.emit(model.index(0, 0), model.index(MANY - 1, 0))
    assert view.grab().toImage() != before
    assert view.verticalScrollBar().value() == place
    assert model.asked < 2_000


def test_that_taps_on_a_part_of_a_row_and_on_the_row_differ(view: Starred) -> None:
    view.grab()
    told: list[str] = []
    view.opened.connect(lambda row: told.append(f"opened {row}"))
    view.part_tapped.connect(lambda row: told.append(f"part of {row}"))
    row = view.visualRect(numbers(view).index(2, 0))
    part, name = QPoint(20, row.center().y()), QPoint(200, row.center().y())
    left = Qt.MouseButton.LeftButton
    for pressed, released in ((part, part), (name, name), (part, name), (name, part)):
        QTest.mousePress(view.viewport(), left, pos=pressed)
        QTest.mouseRelease(view.viewport(), left, pos=released)
    assert told == ["part of 2", "opened 2"], "a finger that has moved from one to the other meant neither"


@pytest.mark.parametrize("model", CountedModel.__subclasses__(), ids=lambda model: model.__name__)
def test_that_qt_counts_rows_without_python(model: type[CountedModel]) -> None:
    kinds = [kind for kind in (model, *model.__subclasses__()) if kind.__module__.startswith("salesapp")]
    assert not [kind for kind in kinds for name in ("rowCount", "index", "parent", "flags") if name in vars(kind)]
