"""The focus ring: one overlay that follows the focus, shown after a key press and hidden after a touch."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QMoveEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget

from salesapp.views.look.theme import theme
from salesapp.views.parts.keys import ARROWS

DISTANCE = 2
WIDTH = 2
RADIUS = {"Tile": 12, "PercentCard": 12}
_KEYS = frozenset({*ARROWS, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Home, Qt.Key.Key_End})

_POINTERS = (QMouseEvent, QTouchEvent)
_MOVES = (QMoveEvent, QResizeEvent, QShowEvent)


class FocusRing(QWidget):
    """Covers the window's content. Lists paint the ring inside their rows, and fields have an outline of their own."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.by_keyboard = False
        self._target: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # no widget exists without one
        application.focusChanged.connect(self._on_focus_changed)
        application.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Checks the class first: this sees every event of the program, and reading an event's type is much slower."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and event.key() in _KEYS:
                self._set_by_keyboard(by_keyboard=True)
        elif isinstance(event, _POINTERS):
            if event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}:
                self._set_by_keyboard(by_keyboard=False)
        elif watched is self._target:
            if isinstance(event, _MOVES):
                self._follow()
            elif event.type() in {QEvent.Type.Hide, QEvent.Type.Destroy}:
                self.hide()
        elif isinstance(event, QMoveEvent) and self.isVisible() and _is_around(watched, self._target):
            self._follow()  # the target was scrolled
        return False

    def _set_by_keyboard(self, by_keyboard: bool) -> None:
        if by_keyboard != self.by_keyboard:
            self.by_keyboard = by_keyboard
            self._follow()

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._target = new
        self._follow()

    def _follow(self) -> None:
        target, window = self._target, self._over
        if (
            target is None
            or not self.by_keyboard
            or not target.isVisible()
            or isinstance(target, QAbstractItemView | QLineEdit)
            or target.window() is not window.window()
        ):
            self.hide()
            return
        space = DISTANCE + WIDTH
        corner = target.mapTo(window, QPoint(0, 0))
        self.setGeometry(
            corner.x() - space, corner.y() - space, target.width() + 2 * space, target.height() + 2 * space
        )
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent"), WIDTH))
        radius = (RADIUS.get(type(self._target).__name__, 8) if self._target else 8) + 4
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


def _is_around(watched: QObject, target: QWidget | None) -> bool:
    return target is not None and isinstance(watched, QWidget) and watched.isAncestorOf(target)
