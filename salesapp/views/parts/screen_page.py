"""A page with a header: Back goes back, and the chip shows the state of the sync and opens Synchro."""

from PySide6.QtCore import QEvent, Signal

from salesapp.models.device import Overview
from salesapp.models.sync_view import SyncView
from salesapp.views.parts.frame import Header, Page
from salesapp.views.sync_labels import show_chip


class ScreenPage(Page):
    """Base of pages with a header; the subclass lays out `header` and sets its texts."""

    synchro_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._sync = SyncView()
        self.header = Header()
        self.header.back.clicked.connect(self.go_back)
        self.header.chip.clicked.connect(self.synchro_requested)
        self._show_chip()

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        self._overview, self._sync = overview, sync
        self._show_chip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_chip()

    def _show_chip(self) -> None:
        show_chip(self.header.chip, self._overview, self._sync)
