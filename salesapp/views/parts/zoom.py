"""A picture over the whole window: zoomed by buttons, wheel, pinch or double tap, and moved by dragging."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QHBoxLayout, QPinchGesture, QWidget

from salesapp.views.look.theme import theme
from salesapp.views.parts.buttons import IconButton
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.pictures import Pictures
from salesapp.views.parts.sheet import Sheet

LARGEST = 6.0
STEP = 1.5
PIXELS = QSize(2_000, 2_000)
"""Largest size at which the picture is decoded."""


class ZoomView(QWidget):
    """One picture, at first fitted to the view."""

    def __init__(self, pictures: Pictures, sha256: str, words: str) -> None:
        super().__init__()
        self._pictures, self._sha256 = pictures, sha256
        self.scale = 1.0
        self._middle = QPointF(0, 0)  # of the picture, from the middle of the view
        self._dragged: QPointF | None = None
        self.setAccessibleName(words)
        self.grabGesture(Qt.GestureType.PinchGesture)
        pictures.arrived.connect(self.update)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms in (factor above 1) or out; the point `at` keeps its place."""
        before, self.scale = self.scale, min(max(self.scale * factor, 1.0), LARGEST)
        about = (at or QPointF(self.rect().center())) - QPointF(self.rect().center())
        self._middle = about + (self._middle - about) * (self.scale / before)
        self._keep_inside()

    def _keep_inside(self) -> None:
        room_x = self.width() * (self.scale - 1) / 2
        room_y = self.height() * (self.scale - 1) / 2
        x, y = self._middle.x(), self._middle.y()
        self._middle = QPointF(min(max(x, -room_x), room_x), min(max(y, -room_y), room_y))
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom(pinch.scaleFactor(), QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint())))
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(1.2 if event.angleDelta().y() > 0 else 1 / 1.2, event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.zoom(1 / LARGEST if self.scale > 1 else 2.5, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            self._middle += event.position() - self._dragged
            self._dragged = event.position()
            self._keep_inside()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._dragged = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        del event
        self._keep_inside()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("picture"))
        pixmap = self._pictures.pixmap(self._sha256, PIXELS, 1.0)
        if pixmap is None:
            return
        fitted = pixmap.size().scaled(self.size() - QSize(48, 48), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = fitted.width() * self.scale, fitted.height() * self.scale
        middle = QPointF(self.rect().center()) + self._middle
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
        painter.drawPixmap(box, pixmap, QRectF(pixmap.rect()))


class ZoomSheet(Sheet):
    """The picture with its buttons, over the whole window."""

    on_scan = "close"

    close_button: IconButton

    def __init__(self, parent: QWidget, pictures: Pictures, sha256: str, title: str) -> None:
        super().__init__(parent)
        self.panel.hide()
        self.view = ZoomView(pictures, sha256, title)
        self.smaller, self.larger = IconButton("subtract_regular"), IconButton("add_regular")
        self.close_button = IconButton("dismiss_regular")
        self.keep_translated(
            lambda: self.smaller.set_texts(self.tr("Smaller")),
            lambda: self.larger.set_texts(self.tr("Larger")),
            lambda: self.close_button.set_texts(self.tr("Close")),
        )
        self.smaller.clicked.connect(lambda: self.view.zoom(1 / STEP))
        self.larger.clicked.connect(lambda: self.view.zoom(STEP))
        self.close_button.clicked.connect(self.close_sheet)
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 12, 12, 12)
        tools.addStretch()
        for button in (self.smaller, self.larger, self.close_button):
            tools.addWidget(button)
        column = bare_column(self)
        column.addLayout(tools)
        column.addWidget(self.view, 1)

    def open(self) -> None:
        super().open()
        self.panel.hide()
        self.close_button.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.view.zoom(STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self.view.zoom(1 / STEP)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's signature
        buttons = [self.smaller, self.larger, self.close_button]
        focused = next((number for number, button in enumerate(buttons) if button.hasFocus()), -1)
        buttons[(focused + (1 if forward else -1)) % 3].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), QColor(theme().hex("canvas")))

    def close_sheet(self) -> None:
        super().close_sheet()
        self.deleteLater()
