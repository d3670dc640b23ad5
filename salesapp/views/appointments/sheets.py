"""Sheets of appointments: a reason, another time, a day."""

from datetime import date, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from salesapp import clock
from salesapp.domain.appointments import Slot, is_odd_day, is_skipped, slot
from salesapp.services.form_drafts import Typed
from salesapp.views import formats
from salesapp.views.appointments import labels
from salesapp.views.appointments.month import MonthGrid
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.choice import Choice, DateField
from salesapp.views.parts.fields import Field, Switch, TextBox
from salesapp.views.parts.filling import Puts
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Text, Words, text_of

LENGTHS = (10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 480)
"""Minutes."""


def text_box(text: str = "", height: int = 112) -> QPlainTextEdit:
    """Returns a box for a few lines."""
    box = TextBox(text)
    box.setFont(font("body"))
    box.setFixedHeight(height)
    box.setTabChangesFocus(True)
    return box


class ReasonSheet(TitledSheet):
    """Asks for a reason, which `reason_given` carries."""

    reason_given = Signal(str)

    def __init__(self, parent: QWidget, title: Words, text: Words, yes: Words) -> None:
        super().__init__(parent, title)
        self.body.addWidget(self.text("body", text, "text2", wraps=True))
        self.reason = text_box()
        self.add_labelled(lambda: self.tr("Reason"), self.reason)
        self.error = self.text("small", lambda: self.tr("Write the reason first."), "fail", wraps=True)
        self.body.addWidget(self.error)
        self.error.hide()
        self.yes = Button("primary", "checkmark_regular", big=True)
        self.keep_translated(lambda: self.yes.set_texts(text_of(yes)))
        self.yes.clicked.connect(self._on_yes_clicked)
        self.body.addWidget(self.yes)

    def _on_yes_clicked(self) -> None:
        reason = self.reason.toPlainText().strip()
        self.error.setVisible(not reason)
        if reason:
            self.close_sheet()
            self.reason_given.emit(reason)
        else:
            self.reason.setFocus()


class TimeField(Field):
    """A time of day, typed (10:30, 1030, 10) or stepped by a quarter of an hour."""

    def __init__(self, at: time) -> None:
        super().__init__("clock_regular", 52)
        self.earlier, self.later = IconButton("subtract_regular"), IconButton("add_regular")
        self.earlier.clicked.connect(lambda: self._step(-15))
        self.later.clicked.connect(lambda: self._step(15))
        self.frame.row.addWidget(self.earlier)
        self.frame.row.addWidget(self.later)
        self.set_time(at)

    def set_texts(self, label: str) -> None:
        super().set_texts(label)
        self.earlier.set_texts(self.tr("{name}: a quarter earlier").format(name=label))
        self.later.set_texts(self.tr("{name}: a quarter later").format(name=label))

    def set_time(self, at: time) -> None:
        self.edit.setText(f"{at:%H:%M}")

    @property
    def time(self) -> time | None:
        """Returns the time, or None if the text is not a time."""
        return time_of(self.edit.text())

    def _step(self, minutes: int) -> None:
        at = self.time or time(8)
        total = (at.hour * 60 + at.minute) // 15 * 15 + minutes
        if minutes < 0 and (at.hour * 60 + at.minute) % 15:
            total += 15
        self.set_time(time(*divmod(total % (24 * 60), 60)))


def time_of(text: str) -> time | None:
    """10:30, 10.30, 1030 or 10."""
    digits = text.strip().replace(".", ":").replace(" ", "")
    if ":" not in digits and digits.isdecimal():
        digits = f"{digits[:-2]}:{digits[-2:]}" if len(digits) > 2 else f"{digits}:00"
    hour, _, minute = digits.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(hour) < 3 and len(minute) == 2):
        return None
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


class SlotFields(QWidget):
    """Date, time and length, or the whole day. `changed`: one of them has changed."""

    changed = Signal()

    def __init__(self, first: Slot) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        start = first.start
        self.date = DateField(start.date())
        self._asked: date | None = None
        self.doubt = Text("small", "wait", wraps=True)
        self.doubt.hide()
        self.at = TimeField(time(8) if first.is_full_day else start.time())
        minutes = 30 if first.is_full_day else max(round((first.end - first.start) / timedelta(minutes=1)), 5)
        self.length = Choice([(value, length_text(value)) for value in sorted({*LENGTHS, minutes})], minutes)
        self.whole = Switch()
        self.whole.setChecked(first.is_full_day)
        self.whole.toggled.connect(self._show)
        self._labels = [Text("small_bold") for _ in range(3)]
        row = QHBoxLayout()
        row.addWidget(self._labels[2], 1)
        row.addWidget(self.whole)
        column.addWidget(self._labels[0])
        column.addWidget(self.date)
        column.addWidget(self.doubt)
        column.addLayout(row)
        column.addWidget(self.at)
        column.addWidget(self._labels[1])
        column.addWidget(self.length)
        for signal in (self.date.dateChanged, self.at.edit.textChanged, self.length.currentIndexChanged):
            signal.connect(lambda *_: self.changed.emit())
        self.retranslate()
        self._show()

    def retranslate(self) -> None:
        for label, field, text in (
            (self._labels[0], self.date, self.tr("Date")),
            (self._labels[1], self.length, self.tr("Length")),
            (self._labels[2], self.whole, self.tr("The whole day")),
        ):
            label.setText(text)
            field.setAccessibleName(text)
        self.at.set_texts(self.tr("Time"))

    def set_length(self, minutes: int | None, *, is_full_day: bool) -> None:
        """Sets the length that a template prescribes."""
        self.whole.setChecked(is_full_day)
        if minutes:
            if self.length.findData(minutes) < 0:
                self.length.addItem(length_text(minutes), minutes)
            self.length.setCurrentIndex(self.length.findData(minutes))

    def values(self) -> dict[str, Typed]:
        """Returns what the fields hold, as it was typed."""
        return {
            "day": self.date.day.isoformat(),
            "at": self.at.edit.text(),
            "minutes": self.length.currentData(),
            "whole": int(self.whole.isChecked()),
        }

    def puts(self) -> Puts:
        """Returns what puts a value into each field."""
        return {
            "day": lambda day: self.date.set_day(str(day)),
            "at": lambda text: self.at.edit.setText(str(text)),
            "minutes": lambda minutes: self.set_length(int(minutes or 0), is_full_day=self.whole.isChecked()),
            "whole": lambda is_on: self.whole.setChecked(bool(is_on)),
        }

    def slot(self) -> Slot | None:
        """Returns the slot; if the time is invalid, shows it at the field and returns None.

        A day that is over or far away is asked about once. A time that clocks skip becomes the later one, which is
        shown once before it is taken.
        """
        is_doubtful = self._show_doubt()
        at = None if self.whole.isChecked() else self.at.time
        is_wrong = at is None and not self.whole.isChecked()
        self.at.set_error(self.tr("A time like 10:30") if is_wrong else "")
        if is_wrong or is_doubtful:
            return None
        found = slot(self.date.day, at, int(self.length.currentData()))
        if at is None or not is_skipped(self.date.day, at):
            return found
        self.at.set_time(found.start.time())
        missing = self.tr("Clocks go forward on this day: there is no {time}. Is this later time right?")
        self.at.set_error(missing.format(time=f"{at:%H:%M}"))
        return None

    def _show_doubt(self) -> bool:
        """Asks about a day that is hardly meant; returns whether it has not been asked about before."""
        day, today = self.date.day, clock.today()
        is_new = is_odd_day(day, today) and day != self._asked
        over, far = (
            self.tr("This day is over: is it meant?"),
            self.tr("It is more than a year until then: is it meant?"),
        )
        self.doubt.setText(over if day < today else far)
        self.doubt.setVisible(is_new)
        self._asked = day
        return is_new

    def _show(self) -> None:
        is_timed = not self.whole.isChecked()
        for widget in (self.at, self._labels[1], self.length):
            widget.setVisible(is_timed)
        self.changed.emit()


def length_text(minutes: int) -> str:
    return formats.duration(minutes * 60)


class SlotSheet(TitledSheet):
    """Asks for another time of an appointment. `taken` carries the slot."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, title: Words, first: Slot, yes: Words) -> None:
        super().__init__(parent, title)
        self.fields = SlotFields(first)
        self.body.addWidget(self.fields)
        self.yes = Button("primary", "checkmark_regular", big=True)
        self.keep_translated(lambda: self.yes.set_texts(text_of(yes)), self.fields.retranslate)
        self.yes.clicked.connect(self._on_yes_clicked)
        self.body.addWidget(self.yes)

    def _on_yes_clicked(self) -> None:
        found = self.fields.slot()
        if found is not None:
            self.close_sheet()
            self.taken.emit(found)


class DaySheet(TitledSheet):
    """A month to choose a day from."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, day: date) -> None:
        self._first = day.replace(day=1)
        super().__init__(parent, lambda: labels.month_title(self._first))
        self.month = MonthGrid()
        self.month.setFixedHeight(32 + 6 * 64)
        self.month.day_chosen.connect(self._on_chosen)
        self.month.swiped.connect(lambda by: self._turn(32 if by > 0 else -1))
        self.keep_translated(self.month.retranslate)
        self.before, self.after = IconButton("chevron_left_regular"), IconButton("chevron_right_regular")
        self.keep_translated(
            lambda: self.before.set_texts(self.tr("The month before")),
            lambda: self.after.set_texts(self.tr("The month after")),
        )
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(32))
        row = QHBoxLayout()
        row.addWidget(self.before)
        row.addStretch()
        row.addWidget(self.after)
        self.body.addLayout(row)
        self.body.addWidget(self.month)
        self._turn(0)

    def _turn(self, days: int) -> None:
        self._first = (self._first + timedelta(days=days)).replace(day=1)
        self.title.setText(labels.month_title(self._first))
        self.month.show_month(self._first, ())

    def _on_chosen(self, day: date) -> None:
        self.close_sheet()
        self.chosen.emit(day)
