"""Filter chips in a row that wraps: tapped on and off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from salesapp.views.parts.buttons import Button


class Flow(QLayout):
    """Children beside each other, in as many rows as they need."""

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
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in sizes) + self._gap * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def _place(self, area: QRect, *, move: bool) -> int:
        """The height that the children take at this width."""
        x, y, high = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, high = area.x(), y + high + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            high = max(high, size.height())
        return y + high - area.y()


class ChipRow(QWidget):
    """Chips by name. `changed`: a chip was tapped, and is on or off now."""

    changed = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow(self)
        self.chips: dict[str, Button] = {}
        self._icons: dict[str, str] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, name: str, icon: str, *, checkable: bool = True) -> Button:
        chip = Button("filter", icon)
        chip.setCheckable(checkable)
        chip.clicked.connect(lambda is_on: self._on_clicked(name, is_on=is_on))
        self.chips[name], self._icons[name] = chip, icon
        self.flow.addWidget(chip)
        return chip

    def set_on(self, name: str, *, is_on: bool) -> None:
        """Shows a chip as on or off, without telling."""
        self.chips[name].setChecked(is_on)
        self._show(name)

    def is_on(self, name: str) -> bool:
        return self.chips[name].isChecked()

    def _on_clicked(self, name: str, *, is_on: bool) -> None:
        self._show(name)
        self.changed.emit(name, is_on)

    def _show(self, name: str) -> None:
        is_on = self.chips[name].isChecked()
        self.chips[name].set_icon("checkmark_regular" if is_on else self._icons[name], "accent" if is_on else "text")
