"""Sheets: a question or details over the window. A child widget, never a dialog: nothing waits in a nested loop."""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salesapp.views.look.theme import theme
from salesapp.views.look.tokens import DIM
from salesapp.views.parts.frame import scrolled

Place = Literal["choice", "side"]
PORTRAIT_BELOW = 1000
_RADIUS = 16


class Panel(QWidget):
    """The sheet itself: raised, with rounded corners where it does not touch the window's edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.corners = "all"
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 8, 1, 8)
        outer.addWidget(scrolled(self._inner))

    def wanted_height(self, width: int) -> int:
        """What everything needs at this width; on a lower window it scrolls."""
        layout = self._inner.layout()
        wanted = layout.heightForWidth(width - 2) if layout and layout.hasHeightForWidth() else -1
        return max(wanted, self._inner.sizeHint().height(), self._inner.minimumSizeHint().height()) + 16

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        if self.corners == "top":
            path.addRoundedRect(box.adjusted(0, 0, 0, 2 * _RADIUS), _RADIUS, _RADIUS)
        elif self.corners == "none":
            path.addRect(box)
        else:
            path.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.setPen(QPen(theme().color("border"), 1))
        painter.setBrush(theme().color("raised"))
        painter.drawPath(path)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # a tap on the sheet is not a tap beside it


class Sheet(QWidget):
    """Lies over its parent, dims it, and keeps the focus. Closed by Esc, by a tap beside it, or by `close_sheet`."""

    closed = Signal()

    def __init__(self, parent: QWidget, place: Place = "choice") -> None:
        super().__init__(parent)
        self._over = parent
        self._place = place
        self._before: QWidget | None = None
        self.panel = Panel(self)
        self.body = self.panel.body
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        parent.installEventFilter(self)

    def open(self) -> None:
        """Shows the sheet and gives it the focus; comes back at once."""
        window = self.window()
        self._before = window.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        first = next((child for child in self.panel.findChildren(QWidget) if _takes_focus(child)), self)
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_sheet(self) -> None:
        if self.isVisible():
            self.hide()
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def _fit(self) -> None:
        area = self._over.rect()
        self.setGeometry(area)
        is_narrow = area.width() < PORTRAIT_BELOW
        if is_narrow:
            self.panel.corners = "top"
            width = area.width()
        elif self._place == "side":
            self.panel.corners = "none"
            width = 520
        else:
            self.panel.corners = "all"
            width = 640
        height = min(self.panel.wanted_height(width), area.height())
        if self._place == "side" and not is_narrow:
            self.panel.setGeometry(area.width() - width, 0, width, area.height())
        elif is_narrow:
            self.panel.setGeometry(0, area.height() - height, width, height)
        else:
            self.panel.setGeometry((area.width() - width) // 2, (area.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's signature
        """The focus goes round inside the sheet."""
        children = [child for child in self.panel.findChildren(QWidget) if _takes_focus(child)]
        if children:
            current = self.window().focusWidget()
            position = children.index(current) if current in children else -1
            children[(position + (1 if forward else -1)) % len(children)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.close_sheet()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), QColor(*DIM))


def _takes_focus(widget: QWidget) -> bool:
    return (
        widget.isVisibleTo(widget.window())
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )
