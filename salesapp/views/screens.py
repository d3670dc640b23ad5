"""Which screen opens what: names to the openers of each folder, imported when first asked for.

A screen asks for another one by name, `screens.open("item", key=17)`, and knows nothing of its widgets.
"""

from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Signal

from salesapp.errors import UserFacingError
from salesapp.models.device import Device
from salesapp.models.workplace import Workplace
from salesapp.settings import Settings
from salesapp.views.main_window import MainWindow

PRESENTERS = {
    "items": "items.presenter:ItemPresenter",
    "item": "items.presenter:ItemPresenter",
    "customers": "customers.presenter:CustomerPresenter",
    "customer": "customers.presenter:CustomerPresenter",
    "new_customer": "customers.presenter:CustomerPresenter",
    "edit_customer": "customers.presenter:CustomerPresenter",
    "order": "order.presenter:OrderPresenter",
    "order_with_one_more": "order.presenter:OrderPresenter",
    "attachments": "attachments.presenter:AttachmentSheets",
    "file": "attachments.presenter:AttachmentSheets",
    "copy": "order.presenter:OrderPresenter",
    "documents": "work.presenter:WorkPresenter",
    "document": "work.presenter:WorkPresenter",
    "new_order": "work.presenter:WorkPresenter",
    "work": "work.presenter:WorkPresenter",
    "appointments": "appointments.presenter:AppointmentPresenter",
    "appointment": "appointments.presenter:AppointmentPresenter",
    "plan_appointment": "appointments.plan_presenter:PlanPresenter",
    "promotions": "records.presenter:RecordPresenter",
    "travel": "travel.presenter:TravelPresenter",
    "new_travel": "travel.presenter:TravelPresenter",
    "reports": "reports.presenter:ReportPresenter",
}
"""Name -> module below `views` and class of its opener, whose method `open_<name>` shows the screen."""
TOLD_MS = 6_000


class Presenter(QObject):
    """Shows the screens of one folder. Its methods `open_<name>` take keywords."""

    def __init__(self, screens: "Screens") -> None:
        super().__init__(screens)
        self.screens = screens
        self.window = screens.window
        self.workplace = screens.workplace

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
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        tell: Callable[[UserFacingError], None],
        open_chip: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.window, self.workplace, self.device, self.settings = window, workplace, device, settings
        self.spawn, self.tell, self.open_chip = spawn, tell, open_chip
        self._presenters: dict[str, Presenter] = {}

    confirmed = Signal()
    """Something was put into the outbox."""

    def __contains__(self, name: str) -> bool:
        return name in PRESENTERS

    def open(self, name: str, **what: Any) -> None:
        """Shows a screen; what cannot be read is told at the top of the window."""
        try:
            getattr(self.presenter(name), f"open_{name}")(**what)
        except UserFacingError as error:
            self.tell(error)

    def presenter(self, name: str) -> Presenter:
        where = PRESENTERS[name]
        if where not in self._presenters:
            module, _, kind = where.partition(":")
            self._presenters[where] = getattr(import_module(f"salesapp.views.{module}"), kind)(self)
        return self._presenters[where]

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
        focus = getattr(page, "focus_search", None)
        if focus is not None:
            focus()

    def press_primary(self) -> None:
        """Ctrl+Enter: the primary action of the page in sight."""
        primary = getattr(self.window.page(self.window.current), "primary", None)
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
