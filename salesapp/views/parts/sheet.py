"""Sheets: questions or details over the window. They are child widgets, not dialogs, so no nested loop runs."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from salesapp.views.look.theme import theme
from salesapp.views.look.tokens import DIM
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.frame import PORTRAIT_BELOW, SLIM_BELOW, scrolled
from salesapp.views.parts.states import MessageBar
from salesapp.views.parts.text import Text, Words, text_of

translate = QCoreApplication.translate

Place = Literal["choice", "side"]
OnScan = Literal["tell", "close", "pass"]
_RADIUS = 16


class Panel(QWidget):
    """The visible panel of a sheet: raised, with rounded corners where it does not touch the window's edge."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.corners = "all"
        self.inner = QWidget()
        self.body = QVBoxLayout(self.inner)
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.setSpacing(12)
        self._ends = QWidget(), QWidget()
        self.head, self.foot = QVBoxLayout(self._ends[0]), QVBoxLayout(self._ends[1])
        self.head.setContentsMargins(24, 16, 16, 4)
        self.foot.setContentsMargins(24, 12, 24, 12)
        self.foot.setSpacing(12)
        self._tops = list[QWidget]()
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 8, 1, 8)
        outer.setSpacing(0)
        outer.addWidget(self._ends[0])
        outer.addWidget(scrolled(self.inner), 1)
        outer.addWidget(self._ends[1])
        for end in self._ends:
            end.hide()

    def add_top(self, widget: QWidget) -> None:
        """Adds a widget above the head."""
        self._tops.append(widget)
        self._outer.insertWidget(0, widget)

    def show_ends(self, margin: int) -> None:
        """Shows head and foot if they hold anything; they stay in place while the body scrolls."""
        for end, layout in zip(self._ends, (self.head, self.foot), strict=True):
            end.setVisible(layout.count() > 0)
        self.head.setContentsMargins(margin, 16, 16, 4)
        self.foot.setContentsMargins(margin, 12, margin, 12)
        if self.head.count() or self.foot.count():
            top = 8 if self.head.count() else 24
            self.body.setContentsMargins(margin, top, margin, 12 if self.foot.count() else 24)
        elif self.body.contentsMargins().left():  # a body without margins stays without
            self.body.setContentsMargins(margin, margin, margin, margin)

    def wanted_height(self, width: int) -> int:
        """Returns the height of the whole content at a width; in a lower window the content scrolls."""
        ends = sum(_needed(end, width - 2) for end in (*self._ends, *self._tops) if end.isVisibleTo(self))
        return _needed(self.inner, width - 2) + ends + 16

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
    """Covers and dims its parent, and keeps the focus. Closed by Esc, a tap beside it, or `close_sheet`.

    An open sheet follows the language: its texts are set through `keep_translated` or in `retranslate`.
    """

    closed = Signal()
    close_button: IconButton | None = None
    on_scan: OnScan = "tell"
    """What a scan does: `tell` refuses it, `close` closes the sheet first, `pass` leaves it open over the page."""

    def __init__(self, parent: QWidget, place: Place = "choice") -> None:
        super().__init__(parent)
        self._over = parent
        self._place = place
        self._before: QWidget | None = None
        self._words: list[Callable[[], object]] = []
        self._message: MessageBar | None = None
        self.panel = Panel(self)
        self.body = self.panel.body
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        parent.installEventFilter(self)
        self.panel.inner.installEventFilter(self)

    def keep_translated(self, *setters: Callable[[], object]) -> None:
        """Calls functions that set texts now, and again whenever the language changes."""
        for setter in setters:
            setter()
        self._words += setters

    def text(self, role: str, words: Words, token: str = "text", *, wraps: bool = False) -> Text:
        """Returns a text that follows the language."""
        made = Text(role, token, wraps=wraps)
        self.keep_translated(lambda: made.setText(text_of(words)))
        return made

    def take_scan(self, code: str) -> bool:
        """Handles a scanned code; False lets `on_scan` decide."""
        del code
        return False

    def tell(self, state: str, title: Words, text: Words) -> None:
        """Shows a message at the top of the sheet, where the window's own would be dimmed, until `untell`."""
        if self._message is None:
            self._message = MessageBar()
            self.panel.add_top(self._message)
        self._message.show_message(state, title, text)
        self._refit()

    def untell(self) -> None:
        """Hides the message."""
        if self._message is not None:
            self._message.hide()
            self._refit()

    @property
    def message(self) -> str:
        """Returns the text of the message at the top; empty without one."""
        return self._message.accessibleName() if self._message is not None and self._message.isVisible() else ""

    def retranslate(self) -> None:
        """Sets every text again after the language has changed."""
        for setter in self._words:
            setter()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._fit_if_open()
            QTimer.singleShot(0, self, self._fit_if_open)  # new widgets know their height only then

    def _fit_if_open(self) -> None:
        if self.isVisible():
            self._fit()

    def open(self) -> None:
        """Shows the sheet and focuses its first harmless part; returns at once."""
        window = self.window()
        self._before = window.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self._first_part().setFocus(Qt.FocusReason.PopupFocusReason)

    def _first_part(self) -> QWidget:
        """Returns the first part that takes the focus: never a final button, and Close only if there is no other."""
        parts = [child for child in self.panel.findChildren(QWidget) if _takes_focus(child)]
        safe = [part for part in parts if not (isinstance(part, Button) and part.is_final)]
        return next((part for part in safe if part is not self.close_button), safe[0] if safe else self)

    def press_primary(self) -> None:
        """Presses the sheet's primary button, if it has one (Ctrl+Enter)."""
        for button in self.panel.findChildren(Button):
            if button.property("kind") == "primary" and button.isVisible() and button.isEnabled():
                button.click()
                return

    def close_sheet(self) -> None:
        if self.isVisible():
            self.hide()
            if self._before is not None and isValid(self._before) and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.isVisible():
            return False
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._fit()
        elif watched is self.panel.inner and event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self._refit)  # the content's height has changed
        return False

    def _refit(self) -> None:
        if self.isVisible():
            self._fit()

    def _fit(self) -> None:
        area = self._over.rect()
        self.panel.show_ends(16 if area.width() < SLIM_BELOW else 24)
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
        """Cycles the focus inside the sheet."""
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


class TitledSheet(Sheet):
    """A sheet with a title and a close button; deleted once it is closed."""

    close_button: IconButton

    def __init__(self, parent: QWidget, title: Words, place: Place = "choice") -> None:
        super().__init__(parent, place)
        self.close_button = IconButton("dismiss_regular")
        self.close_button.clicked.connect(self.close_sheet)
        head = QHBoxLayout()
        self.words = QVBoxLayout()
        self.words.setSpacing(0)
        self.title = self.text("title", title, wraps=True)
        self.words.addWidget(self.title)
        head.addLayout(self.words, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.panel.head.addLayout(head)
        self.keep_translated(lambda: self.close_button.set_texts(translate("TitledSheet", "Close")))
        self.closed.connect(self.deleteLater)

    def open(self) -> None:
        super().open()
        self._fit()  # again, as widgets know their final height only once shown

    def add_labelled(self, name: Words, field: QWidget) -> None:
        """Adds a field below its name."""
        label = Text("small_bold")
        self.keep_translated(lambda: label.setText(text_of(name)), lambda: field.setAccessibleName(text_of(name)))
        self.body.addWidget(label)
        self.body.addWidget(field)


def _needed(widget: QWidget, width: int) -> int:
    """Returns the height that a widget needs at a width."""
    layout = widget.layout()
    wanted = layout.heightForWidth(width) if layout and layout.hasHeightForWidth() else -1
    return max(wanted, widget.sizeHint().height(), widget.minimumSizeHint().height())


def _takes_focus(widget: QWidget) -> bool:
    return (
        widget.isVisibleTo(widget.window())
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )
