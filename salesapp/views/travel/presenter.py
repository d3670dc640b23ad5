"""Opens the list of travel entries and the form of one; asks about gaps, long ways and odd days before it saves."""

from datetime import date

from salesapp import clock
from salesapp.domain.travel import is_far, is_odd_day
from salesapp.models.travel import TravelSource
from salesapp.protocol.records import TravelRecord
from salesapp.services.documents import TooLateError
from salesapp.services.travel import NotPossibleError
from salesapp.views import formats
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.form_draft import FormDraft
from salesapp.views.requests import NewTravel, OpenTravel, OpenTravelEntry
from salesapp.views.screens import Presenter, Screens
from salesapp.views.travel import labels
from salesapp.views.travel.form import TravelForm
from salesapp.views.travel.page import TravelPage

LIST, FORM = "travel", "new_travel"


class TravelPresenter(Presenter):
    """The list, and the form of one entry."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = TravelSource(screens.workplace)
        self._draft: FormDraft | None = None
        self.shows(OpenTravel, lambda _request: self._open_list())
        self.shows(NewTravel, lambda request: screens.spawn(self._open_form(request.appointment, "")))
        self.shows(OpenTravelEntry, lambda request: self._open_entry(request.record))

    def _open_list(self) -> None:
        page = self._list()
        if page is None:
            page = TravelPage()
            page.entry_requested.connect(lambda entry: self._open_entry(entry.record))
            page.new_requested.connect(lambda: self.screens.spawn(self._open_form("", "")))
            self.add_page(LIST, page)
        self.window.show_page(LIST)
        page.list.setFocus()
        self.screens.spawn(self._fill(page))

    def _open_entry(self, record: str) -> None:
        """Opens an entry to view or edit."""
        self.screens.spawn(self._open_form("", record))

    def _list(self) -> TravelPage | None:
        page = self.window.page(LIST)
        return page if isinstance(page, TravelPage) else None

    async def _fill(self, page: TravelPage) -> None:
        page.show_log(await self._source.log())

    async def refresh(self) -> None:
        page = self._list()
        if page is not None:
            await self._fill(page)

    async def _open_form(self, appointment: str, record: str) -> None:
        draft = await self._source.draft(record, appointment)
        if self._draft is not None:
            self._draft.leave()
            self._draft = None
        if self.window.page(FORM) is not None:
            self.window.remove_page(FORM)
        form = TravelForm(draft)
        form.save_requested.connect(lambda entry, gap: self._on_save_requested(form, entry, gap))
        form.drop_requested.connect(lambda: self._ask_drop(form))
        self.add_page(FORM, form)
        self.window.show_page(FORM)
        if form.can_change:
            self._draft = FormDraft(self.screens, form, form, f"travel {record or appointment or 'new'}")
            await self._draft.resume()
        (form.ended if draft.entry or form.last_km is not None else form.started).edit.setFocus()

    def _on_save_requested(self, form: TravelForm, entry: TravelRecord, gap: int) -> None:
        if not self._doubts(form, entry, gap):
            self.screens.spawn(self._save(form, entry))
            return
        sheet = ConfirmSheet(
            self.window,
            lambda: self._doubts(form, entry, gap)[0][0],
            lambda: " ".join(text for _title, text in self._doubts(form, entry, gap)),
            lambda: self.tr("Save it all the same"),
            lambda: self.tr("Check the entry"),
        )
        sheet.confirmed.connect(lambda: self.screens.spawn(self._save(form, entry)))
        sheet.open()

    def _doubts(self, form: TravelForm, entry: TravelRecord, gap: int) -> list[tuple[str, str]]:
        """Returns (title, sentence) of everything in an entry that is possible and hardly meant."""
        found = []
        if gap:
            words = self.tr("The last entry of this vehicle ended at {last}, this one starts at {start}.").format(
                last=labels.km(form.last_km or 0), start=labels.km(entry.started_km)
            )
            found.append((self.tr("{km} are missing").format(km=labels.km(gap)), words))
        if is_far(entry.started_km, entry.ended_km):
            km = labels.km((entry.ended_km or 0) - entry.started_km)
            words = self.tr("From {start} to {end} it is {km}: is there a digit too many?").format(
                start=labels.km(entry.started_km), end=labels.km(entry.ended_km or 0), km=km
            )
            found.append((self.tr("{km} in one entry?").format(km=km), words))
        if empty := [word for word, text in self._described(form, entry) if not text]:
            words = self.tr("Nothing is typed for: {fields}.").format(fields=", ".join(empty))
            found.append((self.tr("Is that all about this trip?"), words))
        day = date.fromisoformat(entry.travelled_on)
        if is_odd_day(day, clock.today()):
            words = self.tr("The day of this entry is {day}.").format(day=formats.day(entry.travelled_on))
            found.append((self.tr("Is the day right?"), words))
        return found

    def _described(self, form: TravelForm, entry: TravelRecord) -> list[tuple[str, str]]:
        """Returns (name, text) of what describes a finished trip that is neither private nor to an appointment."""
        is_private = any(one.is_private for one in form.draft.types if one.key == entry.travel_type)
        if entry.ended_km is None or is_private or entry.appointment or entry.visit is not None:
            return []
        return [
            (self.tr("From"), entry.departure),
            (self.tr("To"), entry.destination),
            (self.tr("Purpose"), entry.purpose),
        ]

    async def _save(self, form: TravelForm, entry: TravelRecord) -> None:
        record = form.draft.entry.record if form.draft.entry else ""
        try:
            await self._source.save(entry, record)
        except TooLateError:
            form.show_too_late()
            return
        except NotPossibleError as error:
            form.show_errors(error.reading)
            return
        self._leave()
        if entry.ended_km is not None:
            self.screens.confirmed.emit()

    def _ask_drop(self, form: TravelForm) -> None:
        sheet = ConfirmSheet(
            self.window,
            lambda: self.tr("Delete this entry?"),
            lambda: self.tr("It will not be sent, and its kilometres do not count."),
            lambda: self.tr("Delete"),
            lambda: self.tr("Keep it"),
        )
        sheet.confirmed.connect(lambda: self.screens.spawn(self._drop(form)))
        sheet.open()

    async def _drop(self, form: TravelForm) -> None:
        if form.draft.entry is None:
            return
        try:
            await self._source.drop(form.draft.entry.record)
        except TooLateError:
            form.show_too_late()
            return
        self._leave()

    def _leave(self) -> None:
        if self._draft is not None:
            self._draft.end()
        if self.window.current == FORM:
            self.window.back()
        self.screens.saved()
