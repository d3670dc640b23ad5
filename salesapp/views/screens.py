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

OPENERS = {
    "items": "items.opening:ItemPages",
    "item": "items.opening:ItemPages",
    "customers": "customers.opening:CustomerPages",
    "customer": "customers.opening:CustomerPages",
    "new_customer": "customers.opening:CustomerPages",
    "edit_customer": "customers.opening:CustomerPages",
    "order": "order.opening:OrderPages",
    "order_with_one_more": "order.opening:OrderPages",
    "attachments": "attachments.opening:AttachmentSheets",
    "file": "attachments.opening:AttachmentSheets",
    "copy": "order.opening:OrderPages",
    "documents": "work.opening:WorkPages",
    "document": "work.opening:WorkPages",
    "new_order": "work.opening:WorkPages",
    "work": "work.opening:WorkPages",
    "appointments": "appointments.opening:AppointmentPages",
    "appointment": "appointments.opening:AppointmentPages",
    "plan_appointment": "appointments.planning:PlanPages",
    "promotions": "records.opening:RecordPages",
    "travel": "travel.opening:TravelPages",
    "new_travel": "travel.opening:TravelPages",
    "reports": "reports.opening:ReportPages",
}
"""Name -> module below `views` and class of its opener, whose method `open_<name>` shows the screen."""
TOLD_MS = 6_000


class Opener(QObject):
    """Shows the screens of one folder. Its methods `open_<name>` take keywords."""

    def __init__(self, screens: "Screens") -> None:
        super().__init__(screens)
        self.screens = screens
        self.window = screens.window
        self.workplace = screens.workplace

    async def follow(self) -> None:
        """After a sync, or after something was saved: what is open shows what there is now."""

    def let_go(self) -> None:
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
        self._openers: dict[str, Opener] = {}

    confirmed = Signal()
    """Something was put into the outbox."""

    def __contains__(self, name: str) -> bool:
        return name in OPENERS

    def open(self, name: str, **what: Any) -> None:
        """Shows a screen; what cannot be read is told at the top of the window."""
        try:
            getattr(self.opener(name), f"open_{name}")(**what)
        except UserFacingError as error:
            self.tell(error)

    def opener(self, name: str) -> Opener:
        where = OPENERS[name]
        if where not in self._openers:
            module, _, kind = where.partition(":")
            self._openers[where] = getattr(import_module(f"salesapp.views.{module}"), kind)(self)
        return self._openers[where]

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
        await self.follow()
        await self.device.refresh()

    async def follow(self) -> None:
        """Open lists show what there is now."""
        for opener in tuple(self._openers.values()):
            await opener.follow()

    def let_go(self) -> None:
        """Closes the files, for example before the catalogue is replaced."""
        for opener in self._openers.values():
            opener.let_go()
        self.workplace.let_go()
