"""The window: frame and navigation, nothing else. Pages come and go on a stack; Back leads down it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from salesapp.views import later
from salesapp.views.parts.keys import ARROWS, ENTER
from salesapp.views.parts.layouts import bare_column

if TYPE_CHECKING:
    from salesapp.views.parts.focus_ring import FocusRing
    from salesapp.views.parts.frame import Page
    from salesapp.views.parts.sheet import Sheet
    from salesapp.views.parts.states import MessageBar

WHOLE = 1280, 800
"""As large as a tablet's panel at 100 %."""
BACK_KEYS = ("Esc", "Alt+Left")


class MainWindow(QWidget):
    """Holds the pages.

    `shown`: another page came into sight; `closing`: before the window goes; `requested`: what a shortcut asks for.
    """

    closing = Signal()
    requested = Signal(str)
    arrow_pressed = Signal(int, int)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("SalesApp")
        self.setMinimumSize(400, 320)
        self.resize(*WHOLE)
        self._pages: dict[str, Page] = {}
        self._path: list[str] = []
        self._message: MessageBar | None = None
        self.ring: FocusRing | None = None
        self.stack = QStackedWidget()
        self._column = bare_column(self)
        self._column.addWidget(self.stack, 1)

    def complete(self) -> None:
        """What the first frame does without: the bar for messages, the focus ring, the keys."""
        self._message = later.MessageBar()
        self._message.acted.connect(self._message.hide)
        self._column.insertWidget(0, self._message)
        self.ring = later.FocusRing(self)
        self._add_shortcuts()

    @property
    def message(self) -> "MessageBar":
        """The bar for what belongs to no page."""
        assert self._message is not None, "the window is not complete"
        return self._message

    @property
    def current(self) -> str:
        """The name of the page in sight; empty before the first one."""
        return self._path[-1] if self._path else ""

    def holds(self, name: str) -> bool:
        """Whether a page is in sight, or Back leads to it."""
        return name in self._path

    def page(self, name: str) -> "Page | None":
        return self._pages.get(name)

    def add_page(self, name: str, page: "Page") -> None:
        self._pages[name] = page
        self.stack.addWidget(page)
        page.back_requested.connect(self.back)

    def remove_page(self, name: str) -> None:
        """Takes a page away that another one replaces."""
        page = self._pages.pop(name, None)
        if page is not None:
            self._path = [kept for kept in self._path if kept != name]
            self.stack.removeWidget(page)
            page.deleteLater()

    def show_page(self, name: str, *, root: bool = False) -> None:
        """Goes to a page; `root` makes it the one that Back ends at."""
        if root:
            self._path.clear()
        if name in self._path:
            del self._path[self._path.index(name) :]
        self._path.append(name)
        self.stack.setCurrentWidget(self._pages[name])
        if self.focusWidget() is None:  # the page's keys would mean nothing before the first tap
            self._pages[name].setFocus()
        self.shown.emit()

    def back(self) -> None:
        """One page down; on the last one nothing happens."""
        if len(self._path) > 1:
            self._path.pop()
            self.stack.setCurrentWidget(self._pages[self.current])
            self._pages[self.current].setFocus()
            self.shown.emit()

    def go_back(self) -> None:
        """The Back keys: an open sheet closes first, then the page decides."""
        sheet = self.open_sheet()
        if sheet is not None:
            sheet.close_sheet()
        elif self.current:
            self._pages[self.current].go_back()

    def open_sheet(self) -> "Sheet | None":
        shown = [sheet for sheet in self.findChildren(later.Sheet) if sheet.isVisible()]
        return shown[-1] if shown else None  # the one on top, where a sheet asks about another one

    def show_on_screen(self) -> None:
        """Shows the window; on a tablet it takes the whole screen, whatever its orientation and scale."""
        area = self.screen().availableGeometry()
        if area.width() <= WHOLE[0] or area.height() <= WHOLE[1]:
            self.setGeometry(area)
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.show()

    def bring_to_front(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _add_shortcuts(self) -> None:
        for keys in (*BACK_KEYS, QKeySequence(Qt.Key.Key_Back)):
            self._shortcut(keys, self.go_back)
        for keys, name in (("Alt+Home", "main"), ("F9", "synchro"), ("Ctrl+F", "search"), ("Ctrl+Return", "primary")):
            self._shortcut(keys, partial(self.requested.emit, name))
        for number in range(1, 10):
            self._shortcut(f"Ctrl+{number}", partial(self.requested.emit, f"tile {number}"))

    def _shortcut(self, keys: str | QKeySequence, what: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow, focused = ARROWS.get(Qt.Key(event.key())), self.focusWidget()
        if arrow is not None and self.open_sheet() is None:
            self.arrow_pressed.emit(*arrow)
        elif event.key() in ENTER and isinstance(focused, QAbstractButton) and not event.isAutoRepeat():
            focused.click()  # on some systems Qt's own buttons take the space bar only
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
