"""Opens the generic lists of synchronized records and the page of a record, and keeps them up to date."""

from salesapp.models.records import PROMOTIONS, ListLook, RecordsModel, RecordSource
from salesapp.views.records.details import DetailsPage
from salesapp.views.records.page import RecordsPage
from salesapp.views.requests import OpenPromotions
from salesapp.views.screens import Presenter, Screens


class RecordPresenter(Presenter):
    """Shows areas without screens of their own: a list with search, and one record with all its fields."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = RecordSource(screens.workplace)
        self._made: list[RecordsPage] = []
        self.shows(OpenPromotions, lambda _request: self._open("promotions", PROMOTIONS))

    def _open(self, area: str, look: ListLook) -> None:
        page = self.window.page(name := f"records {area}")
        if not isinstance(page, RecordsPage):
            page = self._make(area, look)
            self._made.append(page)
            self.add_page(name, page)
        self.window.show_page(name)
        page.list.setFocus()

    async def refresh(self) -> None:
        """Updates the open lists after a sync."""
        for page in self._made:
            await page.model.complete()

    def _make(self, area: str, look: ListLook) -> RecordsPage:
        model = RecordsModel(self._source, look, self)
        model.open()
        page = RecordsPage(area, model)
        page.record_requested.connect(lambda row: self._open_record(page, row))
        self.screens.spawn(model.complete())
        return page

    def _open_record(self, page: RecordsPage, row: int) -> None:
        details = self.window.page("details")
        if not isinstance(details, DetailsPage):
            details = DetailsPage()
            self.add_page("details", details)
        title = str(page.model.index(row, 0).data() or "")
        details.show_record(title, page.model.look.key, page.model.record(row))
        self.window.show_page("details")
