"""Cards in one column, or in two columns in a wide window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

MARGIN_BELOW = 24


class TwoSides:
    """Lays out the parts of a holder; those added with `beside` go on the right when there is room."""

    def __init__(self, holder: QWidget, *, stretches: tuple[int, int] = (1, 1), gap: int = 12) -> None:
        self._parts: list[tuple[QWidget, bool]] = []
        self._is_wide = False
        self._row = QHBoxLayout(holder)
        self._row.setSpacing(16)
        self._columns = QWidget(), QWidget()
        for column, stretch in zip(self._columns, stretches, strict=True):
            inner = QVBoxLayout(column)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.setSpacing(gap)
            self._row.addWidget(column, stretch, Qt.AlignmentFlag.AlignTop)
        self._columns[1].hide()

    def add(self, part: QWidget, *, beside: bool = False) -> None:
        self._parts.append((part, beside))
        self._layout_of(0).addWidget(part)

    def place(self, *, is_wide: bool, margin: int) -> None:
        """Moves the parts when the window switches between one column and two."""
        self._row.setContentsMargins(margin, 0, margin, MARGIN_BELOW)
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        for part, is_beside in self._parts:  # in their original order
            for number in (0, 1):
                self._layout_of(number).removeWidget(part)
            self._layout_of(1 if is_wide and is_beside else 0).addWidget(part)
        self._columns[1].setVisible(is_wide)

    def _layout_of(self, number: int) -> QVBoxLayout:
        found = self._columns[number].layout()
        assert isinstance(found, QVBoxLayout)  # created above
        return found
