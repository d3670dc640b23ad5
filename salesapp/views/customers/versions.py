"""Two versions of a customer side by side, field by field, and the values that were overwritten."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from salesapp.services.customer_changes import Difference, OverwrittenValue, Value
from salesapp.services.customers import Editing
from salesapp.views import formats
from salesapp.views.customers import labels
from salesapp.views.labels import translate
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.flow import ReflowRow
from salesapp.views.parts.frame import Card
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.text import Line, Text

Names = Mapping[tuple[str, int], str]
SIDES = ("mine", "office")
_TEXT_LEFT = 48
_LEAST = 64


class VersionChoice(QAbstractButton):
    """One version of a field to choose: its origin above its value, which wraps."""

    def __init__(self, whose: str, value: str, spoken: str) -> None:
        super().__init__()
        self._side_label, self._value = whose, value
        self.setCheckable(True)
        self.setAccessibleName(spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width - _TEXT_LEFT - 12, 60), 10_000)
        found = QFontMetrics(font("body_medium")).boundingRect(room, Qt.TextFlag.TextWordWrap, self._value)
        return max(_LEAST, found.height() + 44)

    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(260))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(theme().color("accent" if on else "control"), 2 if on else 1))
        painter.setBrush(theme().color("accent_soft" if on else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        self._paint_mark(painter, on)
        room = self.width() - _TEXT_LEFT - 12
        painter.setPen(theme().color("text2"))
        painter.setFont(font("small"))
        painter.drawText(QRect(_TEXT_LEFT, 10, room, 20), Qt.AlignmentFlag.AlignLeft, self._side_label)
        painter.setPen(theme().color("text"))
        painter.setFont(font("body_medium"))
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(_TEXT_LEFT, 31, room, self.height() - 41), flags, self._value)

    def _paint_mark(self, painter: QPainter, on: bool) -> None:  # a painted state
        painter.setPen(QPen(theme().color("accent" if on else "control"), 2))
        painter.setBrush(theme().color("surface"))
        mark = QRect(16, self.height() // 2 - 10, 20, 20)
        painter.drawEllipse(mark)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent"))
            painter.drawEllipse(mark.adjusted(5, 5, -5, -5))


class ConflictCard(Card):
    """All fields that differ between device and back office. `chosen` carries a field and the chosen value."""

    chosen = Signal(str, object)

    def __init__(self, editing: Editing, values: Mapping[str, Value], names: Names) -> None:
        super().__init__()
        self.choices: dict[tuple[str, str], VersionChoice] = {}
        self._differences, self._names = editing.differences, names
        self.body.setSpacing(8)
        self.body.addWidget(Text("name", "wait", wraps=True, text=self.tr("The office changed this customer as well")))
        self.body.addWidget(Text("body", "text2", wraps=True, text=self._explanation()))
        for number, found in enumerate(self._differences):
            if number:
                self.body.addWidget(Line())
            self.body.addSpacing(4)
            self._add(found, editing)
        self.show_values(values)

    def _explanation(self) -> str:
        text = self.tr("Choose whose value is to hold. Only fields that stay yours are sent.")
        if any(found.by_both for found in self._differences):
            kept = self.tr("What gives way where both changed a field stays readable on the customer's card.")
            return f"{text} {kept}"
        return text

    def _add(self, found: Difference, editing: Editing) -> None:
        label = labels.field_labels()[found.field]
        change = self._change_text(found)
        self.body.addWidget(Text("body_bold", wraps=True, text=f"{label}{labels.DOT}{change}"))
        holder = QWidget()
        row = ReflowRow(holder, 12, least=220)
        group = QButtonGroup(holder)
        for side in SIDES:
            whose = self._side_label(side, editing)
            value = labels.field_value(found.field, getattr(found, side), self._names)
            choice = VersionChoice(whose, value, f"{label}, {whose}: {value}")
            choice.clicked.connect(lambda _on=False, side=side: self.chosen.emit(found.field, getattr(found, side)))
            group.addButton(choice)
            self.choices[found.field, side] = choice
            row.add(choice, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self.body.addWidget(holder)

    def _change_text(self, found: Difference) -> str:
        if found.by_both:
            return self.tr("changed by both")
        return self.tr("changed by you") if found.by_me else self.tr("changed in the office")

    def _side_label(self, side: str, editing: Editing) -> str:
        if side == "mine":
            mine = self.tr("Yours, {time}")
            return mine.format(time=formats.moment(editing.mine_at)) if editing.mine_at else self.tr("Yours")
        office = self.tr("The office's, since {time}")
        return office.format(time=formats.moment(editing.office_at)) if editing.office_at else self.tr("The office's")

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Marks the versions that the form holds; neither if it holds a third value."""
        for found in self._differences:
            for side in SIDES:
                choice = self.choices[found.field, side]
                group = choice.group()
                group.setExclusive(False)
                choice.setChecked(values[found.field] == getattr(found, side))
                group.setExclusive(True)


def overwritten_cards(entries: Iterable[OverwrittenValue], names: Names) -> Sequence[PairCard]:
    """Returns a card for each overwritten value: its origin, its time, and the value that replaced it."""
    found = []
    for entry in entries:
        card = PairCard(labels.field_labels()[entry.field], formats.moment(entry.at) if entry.at else "")
        yours, office = translate("Customers", "Yours"), translate("Customers", "The office's")
        gone, taken = (yours, office) if entry.whose == "mine" else (office, yours)
        not_taken = translate("Customers", "{whose}, not taken").format(whose=gone)
        card.add(not_taken, labels.field_value(entry.field, entry.value, names))
        card.add(translate("Customers", "{whose}, taken").format(whose=taken),
                 labels.field_value(entry.field, entry.taken, names))  # fmt: skip
        found.append(card)
    return found
