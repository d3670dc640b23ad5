"""Opens the lists of the areas and their records in the window; keeps those that were opened current."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from salesapp.models.areas import LOOKS
from salesapp.models.records import RecordsModel, RecordSource
from salesapp.views.main_window import MainWindow
from salesapp.views.records.details import DetailsPage
from salesapp.views.records.page import RecordsPage

Spawn = Callable[[Coroutine[Any, Any, None]], None]


class RecordPages(QObject):
    """The lists of one window. `open_chip` is what the sync chip of their headers does."""

    def __init__(
        self, window: MainWindow, source: RecordSource, spawn: Spawn, open_chip: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._source, self._spawn, self._open_chip = window, source, spawn, open_chip

    def open(self, area: str) -> None:
        """Shows an area's list. Raises DeviceError for a catalogue that cannot be read."""
        page = self._window.page(name := f"records {area}")
        if not isinstance(page, RecordsPage):
            page = self._make(area)
            self._window.add_page(name, page)
        self._window.show_page(name)
        page.list.setFocus()

    def focus_search(self) -> None:
        page = self._window.page(self._window.current)
        if isinstance(page, RecordsPage):
            page.focus_search()

    async def follow(self) -> None:
        """After a sync: the open lists show what there is now."""
        for area in LOOKS:
            page = self._window.page(f"records {area}")
            for model in page.models if isinstance(page, RecordsPage) else ():
                await model.complete()

    def let_go(self) -> None:
        """Closes the catalogue, for example before it is replaced; the next read opens it again."""
        self._source.close()

    def _make(self, area: str) -> RecordsPage:
        models = [RecordsModel(self._source, look, self) for look in LOOKS[area]]
        for model in models:
            model.open()
        page = RecordsPage(area, models)
        page.record_requested.connect(lambda row: self._open_record(page, row))
        page.synchro_requested.connect(self._open_chip)
        for model in models:
            self._spawn(model.complete())
        return page

    def _open_record(self, page: RecordsPage, row: int) -> None:
        details = self._window.page("details")
        if not isinstance(details, DetailsPage):
            details = DetailsPage()
            details.synchro_requested.connect(self._open_chip)
            self._window.add_page("details", details)
        title = str(page.model.index(row, 0).data() or "")
        details.show_record(title, page.model.look.key, page.model.record(row))
        self._window.show_page("details")
