"""How rows of the progress are measured and painted: sections, objects, and the red ones with their sentences."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from salesapp.models.sync_tree import Role
from salesapp.views import formats, words
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.paint import paint_line, paint_row_focus
from salesapp.views.parts.states import STATE_LOOKS
from salesapp.views.parts.strip import paint_bar
from salesapp.views.sync_words import segment_of

Index = QModelIndex | QPersistentModelIndex
SECTION_HEIGHT = 56
OBJECT_HEIGHT = 48
TWO_LINES_HEIGHT = 56
INDENT = 56
BUTTONS_HEIGHT = 48
NARROW = 660
"""Below this width, as at 200 %, the bars give way to the names."""
_HEAD = 52
_BETWEEN_LINES = 26
_PADDING = 16


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand in a row of some width. Lengths in pixels."""

    width: int

    @property
    def gap(self) -> int:
        return 8 if self.width < NARROW else 16

    @property
    def state(self) -> QRect:
        wide = 148 if formats.language() == "pl" else 128
        return QRect(self.width - wide - 16, 0, wide, SECTION_HEIGHT)

    @property
    def rows(self) -> QRect:
        wide = 92 if self.width < NARROW else 130 if self.width < 800 else 170
        return QRect(self.state.left() - wide - self.gap, 0, wide, SECTION_HEIGHT)

    @property
    def bar(self) -> QRect:
        wide = 56 if self.width < NARROW else 150 if self.width < 800 else 176
        return QRect(self.rows.left() - wide - self.gap, 0, wide, SECTION_HEIGHT)

    @property
    def name(self) -> QRect:
        return QRect(INDENT, 0, self.bar.left() - INDENT - 12, SECTION_HEIGHT)


def is_red(index: Index) -> bool:
    return index.data(Role.STATE) == "failed" and not index.data(Role.IS_SECTION)


def sentences_of(index: Index) -> words.Sentences:
    """Why, what is on this device, what helps: of a failed object."""
    code, params = index.data(Role.ERROR) or ("object.digest", dict[str, str]())
    return words.error(code, params, index.data(Role.KEPT_FROM))


def red_lines(index: Index) -> list[tuple[str, str, str]]:
    """(Icon, label, sentence) of the three lines of a red object."""
    told = sentences_of(index)
    return [
        ("error_circle_regular", words.translate("RedObject", "Why:"), _as_clause(told.why)),
        ("history_regular", words.translate("RedObject", "On this device:"), _as_clause(told.on_device)),
        ("lightbulb_regular", words.translate("RedObject", "What helps:"), _as_clause(told.helps)),
    ]


def _as_clause(sentence: str) -> str:
    """A sentence after a colon begins small, unless it begins with a name in capitals."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def spoken(index: Index) -> str:
    """The whole row for screen readers."""
    key, state = index.data(Role.KEY), words.state(index.data(Role.STATE))
    done, expected = index.data(Role.DONE), index.data(Role.EXPECTED)
    if index.data(Role.IS_SECTION):
        text = words.translate("Rows", "{name}, {done} of {total} done, {state}")
        return text.format(name=words.section(key), done=done, total=expected, state=state)
    text = words.translate("Rows", "{name}, {done} of {total} rows, {state}")
    said = text.format(name=words.synchronized_object(key), done=done, total=expected, state=state)
    if is_red(index):
        told = sentences_of(index)
        said = f"{said}. {told.why} {told.on_device} {told.helps}"
    return said


def waits_for(index: Index) -> str:
    """The second line of an object that is held back."""
    error = index.data(Role.ERROR)
    parents = error[1].get("parents", "") if error else ""
    names = ", ".join(words.synchronized_object(key) for key in parents.split(", ") if key)
    text = words.translate("Rows", "Waits for: {parents}").format(parents=names)
    kept = index.data(Role.KEPT_FROM)
    if kept:
        text += " \N{MIDDLE DOT} " + words.translate("Rows", "rows of {time} kept").format(time=formats.moment(kept))
    return text


def _fitting(text: str, width: int) -> str:
    """The whole second line where it fits, else its first part."""
    fits = QFontMetrics(font("small")).horizontalAdvance(text) <= width
    return text if fits else text.partition(" \N{MIDDLE DOT} ")[0]


def red_height(index: Index, width: int) -> int:
    """Name, three lines that wrap, and the buttons."""
    room = width - INDENT - 32 - 24
    height = _HEAD
    for _icon, label, sentence in red_lines(index):
        height += max(_wrapped(label, sentence, room), _BETWEEN_LINES)
    return height + 8 + BUTTONS_HEIGHT + _PADDING


def _wrapped(label: str, sentence: str, room: int) -> int:
    head = QFontMetrics(font("word")).horizontalAdvance(label + " ")
    flags = Qt.TextFlag.TextWordWrap
    box = QFontMetrics(font("line")).boundingRect(QRect(0, 0, max(room - head, 80), 10_000), flags, sentence)
    return box.height() + 7


class RowDelegate(QStyledItemDelegate):
    """Paints every row of the progress. The sections' strips are widgets of their own (`SectionBar`)."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self.focus_by_keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        if index.data(Role.IS_SECTION):
            return QSize(width, SECTION_HEIGHT)
        if is_red(index):
            return QSize(width, red_height(index, width))
        return QSize(width, TWO_LINES_HEIGHT if index.data(Role.STATE) == "held_back" else OBJECT_HEIGHT)

    def displayText(self, value: object, locale: object) -> str:
        del locale
        return str(value)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area: QRect = option.rect
        area = QRect(0, area.top(), self._view.viewport().width(), area.height())
        painter.setClipRect(area)
        if index.data(Role.IS_SECTION):
            self._paint_section(painter, area, option, index)
        else:
            self._paint_object(painter, area, index)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme().color("border"))
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_by_keyboard:
            paint_row_focus(painter, area)
        painter.restore()

    def _paint_section(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        is_open = bool(option.state & QStyle.StateFlag.State_Open)
        if is_open:
            painter.fillRect(area, theme().color("canvas"))
        columns, top = Columns(area.width()), area.top()
        if index.model().rowCount(index):
            icon = "chevron_down_regular" if is_open else "chevron_right_regular"
            icons.draw(painter, icon, area.left() + 16, top + 16, 24, "text2")
        paint_line(painter, columns.name.translated(0, top), words.section(index.data(Role.KEY)), "name", "text")
        done, expected = index.data(Role.DONE), index.data(Role.EXPECTED)
        if expected:
            text = words.translate("Rows", "{done} of {total}").format(
                done=formats.number(done), total=formats.number(expected)
            )
            paint_line(painter, columns.rows.translated(0, top), text, "body", "text2", right=True)
        _state(painter, columns.state.translated(0, top), _section_state(index))

    def _paint_object(self, painter: QPainter, area: QRect, index: Index) -> None:
        state, columns, top = index.data(Role.STATE), Columns(area.width()), area.top()
        red, held = state == "failed", state == "held_back"
        if red:
            painter.fillRect(area, theme().color("fail_soft"))
            painter.fillRect(area.left(), area.top(), 4, area.height(), theme().color("fail"))
        height = _HEAD if red else area.height() - 1
        name = QRect(columns.name.left(), top, columns.name.width(), height)
        label = words.synchronized_object(index.data(Role.KEY))
        if held:
            paint_line(painter, QRect(name.left(), top + 5, name.width(), 24), label, "body", "text")
            below = QRect(name.left(), top + 28, name.width(), 22)
            paint_line(painter, below, _fitting(waits_for(index), below.width()), "small", "wait")
        else:
            paint_line(painter, name, label, "name" if red else "body", "fail" if red else "text")
        bar = QRectF(columns.bar.left(), top, columns.bar.width(), height)
        paint_bar(painter, bar, segment_of(state, index.data(Role.PART)))
        if not held:
            rows = QRect(columns.rows.left(), top, columns.rows.width(), height)
            paint_line(painter, rows, _row_count(index), "small", "text" if red else "text2", right=True)
        _state(painter, QRect(columns.state.left(), top, columns.state.width(), height), state)
        if red:
            _paint_red_lines(painter, area, index)


def _paint_red_lines(painter: QPainter, area: QRect, index: Index) -> None:
    top = area.top() + _HEAD - 6
    room = area.width() - INDENT - 32 - 24
    for icon, label, sentence in red_lines(index):
        height = max(_wrapped(label, sentence, room), _BETWEEN_LINES)
        left = area.left() + INDENT
        icons.draw(painter, icon, left, top + 1, 20, "fail")
        paint_line(painter, QRect(left + 32, top, room, 22), label, "word", "text")
        head = QFontMetrics(font("word")).horizontalAdvance(label + " ")
        painter.setFont(font("line"))
        painter.setPen(theme().color("text2"))
        painter.drawText(
            QRect(left + 32 + head, top, max(room - head, 80), height),
            Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop,
            sentence,
        )
        top += height


def _section_state(index: Index) -> str:
    state = str(index.data(Role.STATE))
    return (
        "fetching" if state == "waiting" and index.data(Role.PART) > 0 and index.data(Role.KEY) != "sending" else state
    )


def _row_count(index: Index) -> str:
    done, expected, state = index.data(Role.DONE), index.data(Role.EXPECTED), index.data(Role.STATE)
    if not expected or state in {"skipped", "not_reached"}:
        return formats.number(0) if state in {"ok", "unchanged"} else ""
    if state == "waiting":
        return formats.number(expected)
    text = words.translate("Rows", "{done} of {total}")
    return text.format(done=formats.number(done), total=formats.number(expected))


def _state(painter: QPainter, area: QRect, state: str) -> None:
    icon, token, _soft = STATE_LOOKS.get(state, STATE_LOOKS["waiting"])
    icons.draw(painter, icon, area.left(), area.center().y() - 9, 20, token)
    calm = {"ok", "unchanged", "waiting", "skipped", "not_reached"}
    box = QRect(area.left() + 28, area.top(), area.width() - 28, area.height())
    paint_line(painter, box, words.state(state), "word", "text2" if state in calm else token)


def buttons_corner(index: Index, width: int) -> QPointF:
    """Where the buttons of a red row begin, from the row's upper left corner."""
    return QPointF(INDENT, red_height(index, width) - BUTTONS_HEIGHT - _PADDING)
