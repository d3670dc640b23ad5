"""Layouts that adapt to their width: chips in rows, buttons that wrap, and lines that turn into columns."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class HeightForWidthLayout(QLayout):
    """Places children by the available width. `_place` returns their height, and moves them only with `move`."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = spacing
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        edge = self.contentsMargins()
        inner = width - edge.left() - edge.right()
        return self._place(QRect(0, 0, inner, 0), move=False) + edge.top() + edge.bottom()

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((size.width() for size in sizes), default=0)
        return self._with_margins(QSize(width, max((size.height() for size in sizes), default=0)))

    def _with_margins(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, area: QRect, *, move: bool) -> int:
        raise NotImplementedError


class Flow(HeightForWidthLayout):
    """Places children side by side, in as many rows as they need."""

    def _place(self, area: QRect, *, move: bool) -> int:
        x, y, high = area.x(), area.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, high = area.x(), y + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - area.y()


class Actions(HeightForWidthLayout):
    """Aligns buttons to the right, the primary one last.

    If they do not fit side by side, rows are filled from the end, each as wide as possible, so the buttons used most
    stay under the thumb.
    """

    def __init__(self, parent: QWidget | None = None, spacing: int = 12) -> None:
        super().__init__(parent, spacing)
        self.wraps = True
        self.fills = False
        """Whether a button in a row of its own fills the width."""

    def minimumSize(self) -> QSize:
        return super().minimumSize() if self.wraps else self.sizeHint()

    def _place(self, area: QRect, *, move: bool) -> int:
        rows = list(self._rows(area.width()))
        y = area.y()
        if move:  # centred in a higher bar
            y += max(area.height() - self._place(area, move=False), 0) // 2
        for row in rows:
            high = max(item.sizeHint().height() for item in row)
            spare = area.width() - self._row_width(row)
            is_filled = len(rows) > 1 or (self.fills and len(row) == 1)
            x, more = (area.x(), spare // len(row)) if is_filled else (area.x() + max(spare, 0), 0)
            for item in row:
                width = item.sizeHint().width() + more
                if move:
                    item.setGeometry(QRect(x, y, width, high))
                x += width + self._gap
            y += high + self._gap
        return max(y - self._gap - area.y(), 0)

    def _rows(self, width: int) -> Iterator[list[QLayoutItem]]:
        found: list[list[QLayoutItem]] = []
        for item in reversed(self._shown()):
            if found and self._row_width([item, *found[0]]) <= width:
                found[0].insert(0, item)
            else:
                found.insert(0, [item])
        return iter(found)

    def _row_width(self, row: list[QLayoutItem]) -> int:
        return sum(item.sizeHint().width() for item in row) + self._gap * (len(row) - 1)


class Pairs(HeightForWidthLayout):
    """Places children in two equal columns; one that is wider than a column gets a row of its own."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 24, *, below: int = 8) -> None:
        super().__init__(parent, spacing)
        self._below = below

    def _place(self, area: QRect, *, move: bool) -> int:
        column, y = (area.width() - self._gap) // 2, area.y()
        for row in self._rows(column):
            width = column if _fit(row, column) else area.width()
            high = max(_height(item, width) for item in row)
            for number, item in enumerate(row):
                if move:
                    item.setGeometry(QRect(area.x() + number * (column + self._gap), y, width, high))
            y += high + self._below
        return max(y - self._below - area.y(), 0)

    def _rows(self, column: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        for item in self._shown():
            if rows and len(rows[-1]) == 1 and _fit([*rows[-1], item], column):
                rows[-1].append(item)
            else:
                rows.append([item])
        return rows


def _fit(items: list[QLayoutItem], width: int) -> bool:
    return all(item.sizeHint().width() <= width for item in items)


class Segments(HeightForWidthLayout):
    """Places choices side by side across the whole width; if there is no room, in equal columns."""

    def _place(self, area: QRect, *, move: bool) -> int:
        shown = self._shown()
        if not shown:
            return 0
        widths = [item.sizeHint().width() for item in shown]
        spare = area.width() - sum(widths) - self._gap * (len(shown) - 1)
        columns = len(shown)
        if spare >= 0:
            more, rest = divmod(spare, columns)
            widths = [width + more + (number < rest) for number, width in enumerate(widths)]
        else:
            columns = max((area.width() + self._gap) // (max(widths) + self._gap), 1)
            widths = [(area.width() - self._gap * (columns - 1)) // columns] * len(shown)
        high, x = shown[0].sizeHint().height(), area.x()
        rows = -(-len(shown) // columns)
        total = rows * (high + self._gap) - self._gap
        top = area.y() + max((area.height() - total) // 2, 0)  # centred in a header
        for number, (item, width) in enumerate(zip(shown, widths, strict=True)):
            row, column = divmod(number, columns)
            x = area.x() if not column else x
            if move:
                item.setGeometry(QRect(x, top + row * (high + self._gap), width, high))
            x += width + self._gap
        return total


class ReflowRow(HeightForWidthLayout):
    """A row that turns into a column when its stretching children would get less than `least` pixels."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 16, *, least: int = 180, below: int = 8) -> None:
        super().__init__(parent, spacing)
        self._least, self._below = least, below
        self._stretch: dict[int, int] = {}

    def add(self, child: QWidget, stretch: int = 0) -> None:
        self.addWidget(child)
        self._stretch[len(self._items) - 1] = stretch

    def _stretch_of(self, item: QLayoutItem) -> int:
        return self._stretch.get(self._items.index(item), 0)

    def _place(self, area: QRect, *, move: bool) -> int:
        shown = self._shown()
        widths = self._widths(shown, area.width())
        if widths is None:
            return self._place_below(shown, area, move=move)
        high = max((_height(item, width) for item, width in zip(shown, widths, strict=True)), default=0)
        high = max(high, area.height()) if move else high
        x = area.x()
        for item, width in zip(shown, widths, strict=True):
            if move:
                item.setGeometry(QRect(x, area.y(), width, high))
            x += width + self._gap
        return high

    def _widths(self, shown: list[QLayoutItem], width: int) -> list[int] | None:
        """Returns the children's widths side by side, or None if they do not fit."""
        parts = [self._stretch_of(item) for item in shown]
        fixed = sum(item.sizeHint().width() for item, part in zip(shown, parts, strict=True) if not part)
        spare = width - fixed - self._gap * max(len(shown) - 1, 0)
        total = sum(parts)
        widths = [
            spare * part // total if part else item.sizeHint().width() for item, part in zip(shown, parts, strict=True)
        ]
        needed = [
            max(item.minimumSize().width(), self._least) if part else 0 for item, part in zip(shown, parts, strict=True)
        ]
        return widths if all(width >= least for width, least in zip(widths, needed, strict=True)) else None

    def _place_below(self, shown: list[QLayoutItem], area: QRect, *, move: bool) -> int:
        y = area.y()
        for item in shown:
            grows = bool(self._stretch_of(item)) or bool(item.expandingDirections() & Qt.Orientation.Horizontal)
            width = area.width() if grows else min(item.sizeHint().width(), area.width())
            high = _height(item, width)
            if move:
                item.setGeometry(QRect(area.x(), y, width, high))
            y += high + self._below
        return max(y - self._below - area.y(), 0)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
