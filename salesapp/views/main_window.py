"""The window: only frame and navigation. Pages lie on a stack; Back returns to the one below."""

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

TABLET_SIZE = 1280, 800
"""Size of a tablet's screen at 100 %."""
BACK_KEYS = ("Esc", "Alt+Left")


class MainWindow(QWidget):
    """Holds the pages.

    `shown`: another page became visible; `closing`: the window is about to close; `requested`: a shortcut's request.
    """

    closing = Signal()
    requested = Signal(str)
    arrow_pressed = Signal(int, int)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("SalesApp")
        self.setMinimumSize(400, 320)
        self.resize(*TABLET_SIZE)
        self._pages: dict[str, Page] = {}
        self._path: list[str] = []
        self._message: MessageBar | None = None
        self.ring: FocusRing | None = None
        self.stack = QStackedWidget()
        self._column = bare_column(self)
        self._column.addWidget(self.stack, 1)

    def complete(self) -> None:
        """Adds what the first frame does not need: the message bar, the focus ring, the shortcuts."""
        self._message = later.MessageBar()
        self._message.acted.connect(self._message.hide)
        self._column.insertWidget(0, self._message)
        self.ring = later.FocusRing(self)
        self._add_shortcuts()

    @property
    def message(self) -> "MessageBar":
        """Returns the bar for messages that belong to no page."""
        assert self._message is not None, "the window is not complete"
        return self._message

    @property
    def current(self) -> str:
        """Returns the name of the visible page; empty before the first one."""
        return self._path[-1] if self._path else ""

    def holds(self, name: str) -> bool:
        """Returns whether a page is visible, or Back leads to it."""
        return name in self._path

    def page(self, name: str) -> "Page | None":
        return self._pages.get(name)

    def add_page(self, name: str, page: "Page") -> None:
        self._pages[name] = page
        self.stack.addWidget(page)
        page.back_requested.connect(self.back)

    def remove_page(self, name: str) -> None:
        """Removes a page that another one replaces."""
        page = self._pages.pop(name, None)
        if page is not None:
            self._path = [kept for kept in self._path if kept != name]
            self.stack.removeWidget(page)
            page.deleteLater()

    def show_page(self, name: str, *, root: bool = False) -> None:
        """Shows a page; `root` makes it the last one that Back leads to."""
        if root:
            self._path.clear()
        if name in self._path:
            del self._path[self._path.index(name) :]
        self._path.append(name)
        self.stack.setCurrentWidget(self._pages[name])
        if self.focusWidget() is None:  # otherwise the page's keys would not work before the first tap
            self._pages[name].setFocus()
        self.shown.emit()

    def back(self) -> None:
        """Returns to the page below; does nothing on the last one."""
        if len(self._path) > 1:
            self._path.pop()
            self.stack.setCurrentWidget(self._pages[self.current])
            self._pages[self.current].setFocus()
            self.shown.emit()

    def go_back(self) -> None:
        """Handles the Back keys: closes an open sheet first, else lets the page decide."""
        sheet = self.open_sheet()
        if sheet is not None:
            sheet.close_sheet()
        elif self.current:
            self._pages[self.current].go_back()

    def open_sheet(self) -> "Sheet | None":
        shown = [sheet for sheet in self.findChildren(later.Sheet) if sheet.isVisible()]
        return shown[-1] if shown else None  # the top one, as a sheet may have opened another

    def show_on_screen(self) -> None:
        """Shows the window; on a tablet it fills the screen, whatever its orientation and scale."""
        area = self.screen().availableGeometry()
        if area.width() <= TABLET_SIZE[0] or area.height() <= TABLET_SIZE[1]:
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
            focused.click()  # on some systems Qt's own buttons react to the space bar only
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
