"""Fields to choose from a list or a calendar, as high as other fields and with an arrow of their own.

The wheel never changes a field: it scrolls the form, even with the pointer over a field.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.look.type import font

HEIGHT = 52


class Choice(QComboBox):
    """A choice among (value, text) entries."""

    def __init__(self, entries: Sequence[tuple[Any, str]] = (), current: Any = None, name: str = "") -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # Qt's default takes the focus by the wheel, too
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.offer(entries, current)

    def offer(self, entries: Sequence[tuple[Any, str]], current: Any = None) -> None:
        """Replaces the entries and chooses one of them."""
        self.clear()
        for value, words in entries:
            self.addItem(words, value)
        self.setCurrentIndex(max(self.findData(current), 0) if entries else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints like Qt, but elides long names, which Qt cuts in the middle of a letter."""
        del event
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        place = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        right = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(option.currentText, right, place.width() - 2)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()
        _paint_arrow(self)


class DateField(QDateEdit):
    """A date, typed or chosen in a calendar."""

    def __init__(self, day: date, name: str = "") -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self.setFont(font("body"))
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCalendarPopup(True)
        self._show_format()

    def _show_format(self) -> None:
        self.setDisplayFormat("dd.MM.yyyy" if formats.language() == "pl" else "d MMM yyyy")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_format()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @property
    def day(self) -> date:
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def set_day(self, text: str) -> None:
        """Sets the date from YYYY-MM-DD."""
        self.setDate(QDate.fromString(text, Qt.DateFormat.ISODate))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_arrow(self)


def choose(field: Choice, value: object) -> None:
    """Chooses a value; the first one if it is not offered."""
    field.setCurrentIndex(max(field.findData(value), 0))


def _paint_arrow(field: QWidget) -> None:
    token = "text2" if field.isEnabled() else "text3"
    icons.draw(QPainter(field), "chevron_down_regular", field.width() - 34, (field.height() - 20) // 2, 20, token)
