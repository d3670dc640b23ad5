"""The screens of one window. A screen asks for another one by a request of `requests.py` and knows no more of it."""

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
TOLD_MS = 6_000


class Presenter(QObject):
    """Shows the screens of one folder. It says by `shows` which requests it answers."""

    def __init__(self, screens: "Screens") -> None:
        super().__init__(screens)
        self._showing: dict[type[Request], Callable[[Request], None]] = {}
        self.screens = screens
        self.window = screens.window
        self.workplace = screens.workplace

    def shows(self, kind: type[R], show: Callable[[R], None]) -> None:
        """Registers the method that answers a kind of request."""

        def checked(request: Request) -> None:
            assert isinstance(request, kind)
            show(request)

        self._showing[kind] = checked

    def show(self, request: Request) -> None:
        self._showing[type(request)](request)

    def add_page(self, name: str, page: "ScreenPage") -> None:
        """Gives a page to the window; its chip opens Synchro."""
        page.synchro_requested.connect(self.screens.open_chip)
        self.window.add_page(name, page)

    async def refresh(self) -> None:
        """After a sync, or after something was saved: what is open shows what there is now."""

    def close(self) -> None:
        """Before the files are closed."""


class Screens(QObject):
    """The screens of one window."""

    def __init__(
        self,
        window: MainWindow,
        workplace: Workplace,
        device: Device,
        settings: Settings,
        spawn: Callable[[Coroutine[Any, Any, object]], None],
        tell: Callable[[UserFacingError], None],
        open_chip: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.window, self.workplace, self.device, self.settings = window, workplace, device, settings
        self.spawn, self.tell, self.open_chip = spawn, tell, open_chip
        self._presenters: dict[type[Presenter], Presenter] = {}

    confirmed = Signal()
    """Something was put into the outbox."""

    def open(self, request: Request) -> None:
        """Shows what is asked for; an error in reading it appears at the top of the window."""
        try:
            self.presenter(PRESENTERS[type(request)]()).show(request)
        except UserFacingError as error:
            self.tell(error)

    def presenter(self, kind: type[P]) -> P:
        """The one presenter of its kind, made when first asked for."""
        known = self._presenters.get(kind)
        if not isinstance(known, kind):
            known = self._presenters[kind] = kind(self)
        return known

    def tell_scanning(self) -> None:
        """How a barcode is scanned: the field need not be tapped."""
        self.window.message.show_message(
            "note",
            lambda: self.tr("Scan a barcode now"),
            lambda: self.tr("The scanner works anywhere on this screen; no field needs to be tapped first."),
            lambda: self.tr("Close"),
            for_ms=TOLD_MS,
        )

    def focus_search(self) -> None:
        """Ctrl+F: the search field of the page in sight."""
        page = self.window.page(self.window.current)
        if page is not None:
            page.focus_search()

    def press_primary(self) -> None:
        """Ctrl+Enter: the primary action of the page in sight."""
        page = self.window.page(self.window.current)
        primary = page.primary if page is not None else None
        if primary is not None and primary.isVisible() and primary.isEnabled():
            primary.click()

    def saved(self) -> None:
        """Something was saved on this device: figures and open lists show it."""
        self.spawn(self._after_saving())

    async def _after_saving(self) -> None:
        await self.refresh()
        await self.device.refresh()

    async def refresh(self) -> None:
        """Open lists show what there is now."""
        for presenter in tuple(self._presenters.values()):
            await presenter.refresh()

    def close(self) -> None:
        """Closes the files, for example before the catalogue is replaced."""
        for presenter in self._presenters.values():
            presenter.close()
        self.workplace.close()
