"""The screens of one window. A screen opens another by a request of `requests.py`, and knows nothing else of it."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from salesapp.errors import UserFacingError
from salesapp.models.device import Device
from salesapp.models.workplace import Workplace
from salesapp.settings import Settings
from salesapp.views.main_window import MainWindow
from salesapp.views.presenters import PRESENTERS
from salesapp.views.requests import Request

if TYPE_CHECKING:
    from salesapp.views.parts.screen_page import ScreenPage

R = TypeVar("R", bound=Request)
P = TypeVar("P", bound="Presenter")
MESSAGE_MS = 6_000


class Presenter(QObject):
    """Shows the screens of one folder. A subclass registers the requests that it answers with `shows`."""

    def __init__(self, screens: "Screens") -> None:
        super().__init__(screens)
        self._showing: dict[type[Request], Callable[[Request], None]] = {}
        self.screens = screens
        self.window = screens.window
        self.workplace = screens.workplace

    def shows(self, kind: type[R], show: Callable[[R], None]) -> None:
        """Registers the function that answers a kind of request."""

        def checked(request: Request) -> None:
            assert isinstance(request, kind)
            show(request)

        self._showing[kind] = checked

    def show(self, request: Request) -> None:
        self._showing[type(request)](request)

    def add_page(self, name: str, page: "ScreenPage") -> None:
        """Adds a page to the window, and connects its chip to Synchro."""
        page.synchro_requested.connect(self.screens.open_chip)
        self.window.add_page(name, page)

    async def refresh(self) -> None:
        """Updates what is open, after a sync or after something was saved."""

    def take_scan(self, code: str) -> bool:
        """Handles a code that was scanned on a page which has no use for it; False lets the item open."""
        del code
        return False

    def close(self) -> None:
        """Prepares for the files to be closed."""


class Screens(QObject):
    """The screens of one window."""

    def __init__(
        self,
        window: MainWindow,
        workplace: Workplace,
        device: Device,
        settings: Settings,
        spawn: Callable[[Coroutine[Any, Any, object]], None],
        show_error: Callable[[UserFacingError], None],
        open_chip: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.window, self.workplace, self.device, self.settings = window, workplace, device, settings
        self.spawn, self.show_error, self.open_chip = spawn, show_error, open_chip
        self._presenters: dict[type[Presenter], Presenter] = {}

    confirmed = Signal()
    """Emitted when something was put into the outbox."""

    def open(self, request: Request) -> None:
        """Shows what is requested; if reading fails, the error appears at the top of the window."""
        try:
            self.presenter(PRESENTERS[type(request)]()).show(request)
        except UserFacingError as error:
            self.show_error(error)

    def presenter(self, kind: type[P]) -> P:
        """Returns the presenter of a class, created on first use."""
        known = self._presenters.get(kind)
        if not isinstance(known, kind):
            known = self._presenters[kind] = kind(self)
        return known

    def explain_scanning(self) -> None:
        """Explains how to scan a barcode: without tapping any field."""
        self.window.message.show_message(
            "note",
            lambda: self.tr("Scan a barcode now"),
            lambda: self.tr("The scanner works on every screen; no field needs to be tapped first."),
            lambda: self.tr("Close"),
            for_ms=MESSAGE_MS,
        )

    def offer_scan(self, code: str) -> bool:
        """Returns whether a screen that is not visible, such as an open order, takes a scanned code."""
        return any(presenter.take_scan(code) for presenter in tuple(self._presenters.values()))

    def focus_search(self) -> None:
        """Focuses the search field of the visible page (Ctrl+F)."""
        page = self.window.page(self.window.current)
        if page is not None:
            page.focus_search()

    def press_primary(self) -> None:
        """Presses the primary button of the visible page (Ctrl+Enter)."""
        page = self.window.page(self.window.current)
        primary = page.primary if page is not None else None
        if primary is not None and primary.isVisible() and primary.isEnabled():
            primary.click()

    def saved(self) -> None:
        """Updates figures and open lists after something was saved on this device."""
        self.spawn(self._after_saving())

    async def _after_saving(self) -> None:
        await self.refresh()
        await self.device.refresh()

    async def refresh(self) -> None:
        """Updates the open lists."""
        for presenter in tuple(self._presenters.values()):
            await presenter.refresh()

    def close(self) -> None:
        """Closes the files, for example before the catalogue is replaced."""
        for presenter in self._presenters.values():
            presenter.close()
        self.workplace.close()
