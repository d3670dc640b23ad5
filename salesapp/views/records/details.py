"""The page of one record with all of its fields, for areas without a page of their own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from salesapp.models.records import FieldOf
from salesapp.views import formats, labels
from salesapp.views.parts.frame import MARGIN, Card, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Line, Text


class DetailsPage(ScreenPage):
    """Shows one record."""

    def __init__(self) -> None:
        super().__init__()
        self._fields: Sequence[FieldOf] | None = ()
        self._title = ""
        self._kind = ""
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(scrolled(self._holder), 1)

    def show_record(self, title: str, kind: str, fields: Sequence[FieldOf] | None) -> None:
        """Shows a record. `kind`: the object's key; `fields` is None if a sync has removed the record."""
        self._title, self._kind, self._fields = title, kind, fields
        self.retranslate()

    def retranslate(self) -> None:
        kind = labels.synchronized_object(self._kind) if self._kind else ""
        self.header.set_texts(self._title, kind)
        clear(self._column)
        if self._fields is None:
            gone = Empty("info_regular")
            gone.title.setText(self.tr("This record is no longer there"))
            gone.text.setText(self.tr("The last synchronization took it away: the ERP does not have it any more."))
            self._column.addWidget(gone)
            return
        self._column.addWidget(self._card(self._fields))
        self._column.addStretch()

    def arrange(self, *, portrait: bool) -> None:
        del portrait
        self.retranslate()

    def _card(self, fields: Sequence[FieldOf]) -> Card:
        card = Card(padding=0)
        grid = QGridLayout()
        grid.setContentsMargins(20, 8, 20, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, 200 if self.is_portrait else 280)
        grid.setColumnStretch(1, 1)
        row = 0
        for entry in fields:
            text = display_value(entry)
            if not text:
                continue
            if row:
                grid.addWidget(Line(), row, 0, 1, 2)
                row += 1
            name, value = (
                Text("small_medium", "text2", text=labels.field(entry.field.name)),
                Text("body", wraps=True, text=text),
            )
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, label in enumerate((name, value)):
                label.setMinimumHeight(48)
                grid.addWidget(label, row, column)
            row += 1
        card.body.addLayout(grid)
        return card


def display_value(entry: FieldOf) -> str:
    """Formats a field's value for people; "" if the field is left out."""
    value = entry.value
    if value is None or value in ([], {}):
        return ""
    if entry.label:
        return entry.label
    if value in entry.field.choices:
        return labels.choice(value)
    return _FORMATTERS.get(entry.field.kind.value, str)(value)


def yes_or_no(*, is_yes: bool) -> str:
    return labels.translate("Records", "yes") if is_yes else labels.translate("Records", "no")


def nested(value: Any) -> str:
    """Formats a list or mapping inside a record, one line per entry."""
    if isinstance(value, Mapping):
        return ", ".join(
            f"{labels.field(str(name))}: {nested(part)}" for name, part in value.items() if part not in (None, "")
        )
    if isinstance(value, list):
        return "\n".join(nested(part) for part in value)
    if isinstance(value, bool):
        return yes_or_no(is_yes=value)
    return str(value)


_FORMATTERS: dict[str, Callable[[Any], str]] = {
    "decimal": formats.decimal,
    "timestamp": formats.moment,
    "date": formats.day,
    "integer": formats.number,
    "json": nested,
    "boolean": lambda value: yes_or_no(is_yes=value),
}
