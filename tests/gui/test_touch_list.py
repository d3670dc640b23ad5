"""Lists of many rows: what their model is asked for, and how."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from salesapp.views.parts.touch_list import BATCH, TouchList

MANY = 50_000


class Numbers(QAbstractListModel):
    """Rows that say their number, and count how often they are counted."""

    def __init__(self) -> None:
        super().__init__()
        self.counted = 0
        self.word = "row"

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: N802  # Qt's
        self.counted += 1
        return 0 if parent.isValid() else MANY

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return f"{self.word} {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


def opened(qtbot: QtBot) -> tuple[TouchList, Numbers]:
    view, model = TouchList(), Numbers()
    qtbot.addWidget(view)
    view.setModel(model)
    model.setParent(view)
    view.resize(400, 600)
    view.show()
    return view, model


def test_that_opening_a_long_list_lays_out_one_batch_and_the_rest_in_turns(qtbot: QtBot) -> None:
    view, model = opened(qtbot)
    view.grab()
    assert model.counted < 4 * BATCH
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > (MANY - 100) * view.sizeHintForRow(0))
    view.scrollToBottom()
    assert view.indexAt(view.viewport().rect().center()).row() > MANY - 100


def test_that_other_values_are_painted_without_laying_all_rows_out_again(qtbot: QtBot) -> None:
    view, model = opened(qtbot)
    qtbot.waitUntil(lambda: view.verticalScrollBar().maximum() > (MANY - 100) * view.sizeHintForRow(0))
    view.scrollTo(model.index(30_000, 0))
    before, place = view.grab().toImage(), view.verticalScrollBar().value()
    model.counted, model.word = 0, "another"
    model.dataChanged.emit(model.index(0, 0), model.index(MANY - 1, 0))
    assert view.grab().toImage() != before
    assert view.verticalScrollBar().value() == place
    assert model.counted < 500


class Starred(TouchList):
    """Rows whose first 40 pixels do something of their own."""

    def is_part(self, index: Any, place: QPoint) -> bool:
        return place.x() < 40


def test_that_a_part_of_a_row_and_the_row_are_tapped_apart(qtbot: QtBot) -> None:
    view, model = Starred(), Numbers()
    qtbot.addWidget(view)
    view.setModel(model)
    model.setParent(view)
    view.resize(400, 600)
    view.show()
    told: list[str] = []
    view.opened.connect(lambda row: told.append(f"opened {row}"))
    view.part_tapped.connect(lambda row: told.append(f"part of {row}"))
    row = view.visualRect(model.index(2, 0))
    part, name = QPoint(20, row.center().y()), QPoint(200, row.center().y())
    left = Qt.MouseButton.LeftButton
    for pressed, released in ((part, part), (name, name), (part, name), (name, part)):
        QTest.mousePress(view.viewport(), left, pos=pressed)
        QTest.mouseRelease(view.viewport(), left, pos=released)
    assert told == ["part of 2", "opened 2"], "a finger that has moved from one to the other meant neither"
