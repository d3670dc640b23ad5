"""The form of a travel entry: vehicle, kind, odometer readings, places, purpose."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from salesapp import clock
from salesapp.domain.travel import Reading, check
from salesapp.models.travel import Draft
from salesapp.protocol.records import TravelRecord
from salesapp.services.form_drafts import Typed
from salesapp.services.travel import Vehicle, VisitChoice
from salesapp.views import formats
from salesapp.views import labels as sentences
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.choice import Choice, DateField, choose
from salesapp.views.parts.fields import Field
from salesapp.views.parts.filling import Puts, put_all
from salesapp.views.parts.frame import MARGIN, Card, FootBar, scrolled
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.sides import TwoSides
from salesapp.views.parts.states import MessageBar
from salesapp.views.parts.text import Text
from salesapp.views.travel import labels

MOST_LETTERS = 200
BOTH_READINGS = 700
"""From this width on, both readings are side by side."""


class TravelForm(ScreenPage):
    """`save_requested` carries the entry and the gap in km to confirm (0: none)."""

    save_requested = Signal(object, int)
    drop_requested = Signal()
    edited = Signal()

    def __init__(self, draft: Draft, today: date | None = None) -> None:
        super().__init__()
        self.draft = draft
        entry = draft.entry.travel if draft.entry else None
        self.can_change = draft.entry is None or draft.entry.can_change
        self.message = MessageBar()
        self.vehicle = Choice(
            [(one.key, f"{one.registration} {one.name}") for one in draft.vehicles], entry.vehicle if entry else None
        )
        self.type = Choice([(one.key, one.name) for one in draft.types], entry.travel_type if entry else None)
        day = date.fromisoformat(entry.travelled_on) if entry else today or clock.today()
        self.day = DateField(day)
        self.started, self.ended = Field("gauge_regular", 52), Field("gauge_regular", 52)
        for field in (self.started, self.ended):
            field.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
            field.edit.textChanged.connect(lambda _: self._show_length())
        self.departure, self.destination = Field("location_regular", 52), Field("location_regular", 52)
        self.purpose = Field("edit_regular", 52)
        for field in (self.departure, self.destination, self.purpose):
            field.edit.setMaxLength(MOST_LETTERS)
        self.visit = Choice()
        self.length = Text("body_bold", "text2", wraps=True)
        self._labels: list[Text] = []
        holder = QWidget()
        self.sides = TwoSides(holder, gap=16)
        self._place()
        self._make_foot()
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self.message)
        self.area = scrolled(holder)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)
        self._fill(entry)
        self.vehicle.currentIndexChanged.connect(lambda _: self._offer_start())
        self.day.dateChanged.connect(lambda _: self._offer_visits())
        self.retranslate()
        self._announce_edits()

    def _announce_edits(self) -> None:
        for choice in (self.vehicle, self.type, self.visit):
            choice.currentIndexChanged.connect(lambda _: self.edited.emit())
        self.day.dateChanged.connect(lambda _: self.edited.emit())
        for field in self._typed.values():
            field.edit.textEdited.connect(lambda _: self.edited.emit())

    @property
    def _typed(self) -> dict[str, Field]:
        return {
            "started": self.started,
            "ended": self.ended,
            "departure": self.departure,
            "destination": self.destination,
            "purpose": self.purpose,
        }

    def values(self) -> dict[str, Typed]:
        """Returns what the fields hold."""
        visit = self._visit()
        return {
            "vehicle": self.vehicle.currentData(),
            "type": self.type.currentData(),
            "day": self.day.day.isoformat(),
            "visit": (visit.record or visit.key) if visit else None,
            **{name: field.edit.text() for name, field in self._typed.items()},
        }

    def fill(self, values: Mapping[str, Typed]) -> None:
        """Puts values into their fields; what cannot be chosen any more is left out."""
        texts: Puts = {name: partial(_put_text, field) for name, field in self._typed.items()}
        choices: Puts = {
            "vehicle": lambda key: choose(self.vehicle, key),
            "type": lambda key: choose(self.type, key),
            "day": lambda day: self.day.set_day(str(day)),
            "visit": self._put_visit,
        }
        put_all(values, choices | texts)
        self.edited.emit()

    def _put_visit(self, key: Typed) -> None:
        offered = [self.visit.itemData(row) for row in range(self.visit.count())]
        keys = [(one.record or one.key) if one else None for one in offered]
        self.visit.setCurrentIndex(keys.index(key) if key in keys else 0)

    def _make_foot(self) -> None:
        self.foot = FootBar()
        self.remove, self.save = Button("normal", "delete_regular"), Button("primary", "save_regular")
        self.remove.clicked.connect(self.drop_requested)
        self.save.clicked.connect(self._on_save_clicked)
        self.foot.add(self.remove)
        self.foot.add(self.save)

    def _place(self) -> None:
        which, readings, what = Card(), Card(), Card()
        for field in (self.vehicle, self.type, self.day):
            label = Text("small_bold")
            self._labels.append(label)
            which.body.addWidget(label)
            which.body.addWidget(field)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setColumnStretch(0, 1)  # equal columns, whatever is below a field
        readings.body.addLayout(self._grid)
        readings.body.addWidget(self.length)
        for typed in (self.departure, self.destination, self.purpose):
            what.body.addWidget(typed)
        self._visit_name = Text("small_bold")
        what.body.addWidget(self._visit_name)
        what.body.addWidget(self.visit)
        self.sides.add(which)
        self.sides.add(readings)
        self.sides.add(what, beside=True)

    def _fill(self, entry: TravelRecord | None) -> None:
        if entry is not None:
            self.started.edit.setText(str(entry.started_km))
            self.ended.edit.setText("" if entry.ended_km is None else str(entry.ended_km))
            self.departure.edit.setText(entry.departure)
            self.destination.edit.setText(entry.destination)
            self.purpose.edit.setText(entry.purpose)
        else:
            self._offer_start()
        fields = (self.vehicle, self.type, self.day, self.started, self.ended, self.departure, self.destination)
        for field in (*fields, self.purpose, self.visit):
            field.setEnabled(self.can_change)

    @property
    def primary(self) -> Button:
        return self.save

    @property
    def last_km(self) -> int | None:
        """Returns the vehicle's last odometer reading."""
        return self._chosen_vehicle.last_km if self._chosen_vehicle else None

    @property
    def next_km(self) -> int | None:
        """Returns where the vehicle's next entry starts, when an earlier entry is changed."""
        return self._chosen_vehicle.next_km if self._chosen_vehicle else None

    @property
    def _chosen_vehicle(self) -> Vehicle | None:
        key = self.vehicle.currentData()
        return next((one for one in self.draft.vehicles if one.key == key), None)

    def reading(self) -> Reading:
        """Returns the problems of the typed readings."""
        started, ended = _number(self.started.edit.text()), _number(self.ended.edit.text())
        return check(started, ended, self.last_km, self.next_km, is_finished=bool(self.ended.edit.text().strip()))

    def show_errors(self, reading: Reading) -> None:
        """Shows the problems of the readings below their fields."""
        self.started.set_error(labels.reading_error(reading.started, self.last_km))
        self.ended.set_error(labels.reading_error(reading.ended, self.last_km, self.next_km))

    def show_too_late(self) -> None:
        self.message.show_message(
            "held_back", lambda: self.tr("It is on its way already and cannot be changed any more."), ""
        )

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margin = max((self.width() - (760 if self.is_portrait else 1200)) // 2, MARGIN)
        self.sides.place(is_wide=not self.is_portrait, margin=margin)
        is_wide = self.width() >= BOTH_READINGS
        self._grid.addWidget(self.started, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self.ended, 0 if is_wide else 1, 1 if is_wide else 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(1, int(is_wide))

    def retranslate(self) -> None:
        entry = self.draft.entry
        context = labels.receipt(entry) if entry else ""
        self.header.set_texts(labels.title(entry) if entry else self.tr("New travel entry"), context)
        fields = (self.vehicle, self.type, self.day)
        texts = (self.tr("Vehicle"), self.tr("Kind of travel"), self.tr("Date"))
        for label, field, text in zip(self._labels, fields, texts, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self.started.set_texts(self.tr("Odometer at the start, km"))
        self.ended.set_texts(self.tr("Odometer at the end, km"))
        self.ended.edit.setPlaceholderText(self.tr("later: stays a draft"))
        self.departure.set_texts(self.tr("From"))
        self.destination.set_texts(self.tr("To"))
        self.purpose.set_texts(self.tr("Purpose"))
        self._visit_name.setText(self.tr("Appointment"))
        self.visit.setAccessibleName(self.tr("Appointment"))
        self._offer_visits()
        self.save.set_texts(self.tr("Save"))
        self.remove.set_texts(self.tr("Delete"))
        self.save.setVisible(self.can_change)
        self.remove.setVisible(self.can_change and entry is not None)
        if entry is not None and entry.error_code:
            message = sentences.error(entry.error_code, dict(entry.error_params))
            self.message.show_message("failed", message.why, message.helps)
        elif not self.can_change:
            self.foot.set_hint(self.tr("It was sent and cannot be changed any more."))
        if self.can_change:
            self.foot.set_hint("")
        self._show_length()

    def _offer_start(self) -> None:
        """Starts a new entry where the vehicle's last one ended."""
        if self.draft.entry is None and self.last_km is not None:
            self.started.edit.setText(str(self.last_km))

    def _offer_visits(self) -> None:
        """Offers the appointments of the day, and the one that the entry belongs to."""
        chosen = self._visit() if self.visit.count() else self._first_visit()
        offered = [one for one in self.draft.visits if one.day == self.day.day]
        if chosen is not None and chosen not in offered:
            offered.insert(0, chosen)
        none = self.tr("None")
        self.visit.offer([(None, none), *((one, f"{one.at} {one.title}".strip()) for one in offered)])
        self.visit.setCurrentIndex(1 + offered.index(chosen) if chosen in offered else 0)

    def _first_visit(self) -> VisitChoice | None:
        named = self.draft.appointment
        if named:
            here = next((one for one in self.draft.visits if one.record == named), None)
            return here or VisitChoice(self.day.day, self.tr("Another appointment"), "", named)
        entry = self.draft.entry.travel if self.draft.entry else None
        return next((one for one in self.draft.visits if entry is not None and one.is_of(entry)), None)

    def _visit(self) -> VisitChoice | None:
        found: VisitChoice | None = self.visit.currentData()
        return found

    def _show_length(self) -> None:
        """Shows the distance in km once both readings are entered."""
        reading, started, ended = self.reading(), _number(self.started.edit.text()), _number(self.ended.edit.text())
        is_whole = reading.is_possible and started is not None and ended is not None
        self.length.setText(labels.km((ended or 0) - (started or 0)) if is_whole else "")
        self.length.setVisible(is_whole)
        for field in (self.started, self.ended):
            field.set_error("")

    def _on_save_clicked(self) -> None:
        reading = self.reading()
        self.show_errors(reading)
        if not reading.is_possible or self.vehicle.currentData() is None or self.type.currentData() is None:
            return
        visit = self._visit()
        record = TravelRecord(
            vehicle=self.vehicle.currentData(),
            travel_type=self.type.currentData(),
            travelled_on=self.day.day.isoformat(),
            started_km=_number(self.started.edit.text()) or 0,
            ended_km=_number(self.ended.edit.text()),
            purpose=self.purpose.edit.text().strip(),
            departure=self.departure.edit.text().strip(),
            destination=self.destination.edit.text().strip(),
            appointment=visit.record if visit else "",
            visit=visit.key if visit and not visit.record else None,
        )
        self.save_requested.emit(record, reading.gap)


def _number(text: str) -> int | None:
    """Parses typed kilometres; returns -1 if the text is not a number, None if it is empty."""
    bare = text.replace(formats.NARROW, "").replace(formats.FIXED, "").replace(" ", "")
    if not bare:
        return None
    return int(bare) if bare.isdecimal() and len(bare) < 10 else -1


def _put_text(field: Field, text: Typed) -> None:
    field.edit.setText(str(text))
