"""Measures and paints the rows of the progress: sections, objects, and red objects with their sentences."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from salesapp.domain.object_states import RIGHT
from salesapp.models.sync_tree import Role
from salesapp.views import formats, labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.paint import paint_line, paint_row_focus
from salesapp.views.parts.states import STATE_LOOKS
from salesapp.views.parts.strip import paint_bar
from salesapp.views.sync_labels import segment_of

Index = QModelIndex | QPersistentModelIndex
SECTION_HEIGHT = 56
OBJECT_HEIGHT = 48
TWO_LINES_HEIGHT = 56
INDENT = 56
BUTTONS_HEIGHT = 48
NARROW = 660
"""Below this width, as at 200 %, the bars shrink to make room for the names."""
SLIM = 560
"""Below this width, as at 200 % in portrait, the name has a line of its own, with the bar below."""
SLIM_INDENT, SLIM_HEIGHT, SLIM_LINE = 48, 82, 24
SLIM_BUTTONS_HEIGHT = 108
_HEAD = 52
_BETWEEN_LINES = 26
_PADDING = 16


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a row of a given width. Lengths are in pixels."""

    width: int

    @property
    def is_slim(self) -> bool:
        return self.width < SLIM

    @property
    def indent(self) -> int:
        return SLIM_INDENT if self.is_slim else INDENT

    @property
    def gap(self) -> int:
        return 8 if self.width < NARROW else 16

    @property
    def state(self) -> QRect:
        wide = 148 if formats.language() == "pl" else 128
        if self.is_slim:
            return QRect(self.width - wide - 12, 32, wide, 24)
        return QRect(self.width - wide - self.gap, 0, wide, SECTION_HEIGHT)

    @property
    def rows(self) -> QRect:
        if self.is_slim:
            return QRect(self.indent, 32, self.state.left() - self.indent - 8, 24)
        wide = 92 if self.width < NARROW else 130 if self.width < 800 else 170
        return QRect(self.state.left() - wide - self.gap, 0, wide, SECTION_HEIGHT)

    @property
    def bar(self) -> QRect:
        if self.is_slim:
            return QRect(self.indent, 58, self.width - self.indent - 16, 16)
        wide = 56 if self.width < NARROW else 150 if self.width < 800 else 176
        return QRect(self.rows.left() - wide - self.gap, 0, wide, SECTION_HEIGHT)

    @property
    def name(self) -> QRect:
        if self.is_slim:
            return QRect(self.indent, 6, self.width - self.indent - 16, 26)
        return QRect(INDENT, 0, self.bar.left() - INDENT - 12, SECTION_HEIGHT)


def is_red(index: Index) -> bool:
    return index.data(Role.STATE) == "failed" and not index.data(Role.IS_SECTION)


def sentences_of(index: Index) -> labels.Sentences:
    """Returns the sentences of a failed object: why, what is on this device, what helps."""
    code, params = index.data(Role.ERROR) or ("object.digest", dict[str, str]())
    return labels.error(code, params, index.data(Role.KEPT_FROM))


def red_lines(index: Index) -> list[tuple[str, str, str]]:
    """Returns (icon, label, sentence) of the three lines of a red object."""
    sentences = sentences_of(index)
    return [
        ("error_circle_regular", labels.translate("RedObject", "Why:"), _as_clause(sentences.why)),
        ("history_regular", labels.translate("RedObject", "On this device:"), _as_clause(sentences.on_device)),
        ("lightbulb_regular", labels.translate("RedObject", "What helps:"), _as_clause(sentences.helps)),
    ]


def _as_clause(sentence: str) -> str:
    """Lower-cases the first letter of a sentence after a colon, unless it begins with a name in capitals."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


def spoken(index: Index) -> str:
    """Returns the whole row as text for screen readers."""
    key, state = index.data(Role.KEY), labels.state(index.data(Role.STATE))
    done, expected = index.data(Role.DONE), index.data(Role.EXPECTED)
    if index.data(Role.IS_SECTION):
        text = labels.translate("Rows", "{name}, {done} of {total} done, {state}")
        spoken_row = text.format(name=labels.section(key), done=done, total=expected, state=state)
        return ", ".join([spoken_row, *_problems(index)])
    text = labels.translate("Rows", "{name}, {done} of {total} rows, {state}")
    spoken_row = text.format(name=labels.synchronized_object(key), done=done, total=expected, state=state)
    if is_red(index):
        sentences = sentences_of(index)
        spoken_row = f"{spoken_row}. {sentences.why} {sentences.on_device} {sentences.helps}"
    if index.data(Role.STATE) == "held_back":
        spoken_row = f"{spoken_row}. {waits_for(index)}"
    return spoken_row


def _problems(index: Index) -> list[str]:
    """Returns how many objects of a section failed and how many are held back, as texts."""
    states = [state for state, _part in index.data(Role.CHILDREN)]
    if index.data(Role.KEY) == "sending":
        return []
    failed, held = states.count("failed"), states.count("held_back")
    sentences = [formats.plural("Outcome", "%n failed", failed)] if failed else []
    return sentences + ([formats.plural("Outcome", "%n held back", held)] if held else [])


def waits_for(index: Index) -> str:
    """Returns the second line of an object that is held back."""
    error = index.data(Role.ERROR)
    parents = error[1].get("parents", "") if error else ""
    names = ", ".join(labels.synchronized_object(key) for key in parents.split(", ") if key)
    text = labels.translate("Rows", "Waits for: {parents}").format(parents=names)
    kept = index.data(Role.KEPT_FROM)
    if kept:
        text += " \N{MIDDLE DOT} " + labels.translate("Rows", "rows of {time} kept").format(time=formats.moment(kept))
    return text


def _fitting(text: str, width: int) -> str:
    """Returns the whole second line if it fits, else its first part."""
    fits = QFontMetrics(font("small")).horizontalAdvance(text) <= width
    return text if fits else text.partition(" \N{MIDDLE DOT} ")[0]


def red_height(index: Index, width: int) -> int:
    """Returns the height of a red row: name, three wrapped lines, and the buttons."""
    height = _red_head(width)
    for _icon, label, sentence in red_lines(index):
        height += _line_height(label, sentence, width)
    return height + 8 + _buttons_height(width) + _PADDING


def _red_head(width: int) -> int:
    return SLIM_HEIGHT if Columns(width).is_slim else _HEAD


def _buttons_height(width: int) -> int:
    return SLIM_BUTTONS_HEIGHT if Columns(width).is_slim else BUTTONS_HEIGHT


def _sentence_box(label: str, width: int) -> QRect:
    """Returns the sentence's area, relative to its line: after its label, or below it when slim."""
    columns = Columns(width)
    room = width - columns.indent - 32 - (16 if columns.is_slim else 24)
    if columns.is_slim:
        return QRect(32, 22, room, 10_000)
    head = QFontMetrics(font("word")).horizontalAdvance(label + " ")
    return QRect(32 + head, 0, max(room - head, 80), 10_000)


def _line_height(label: str, sentence: str, width: int) -> int:
    box = _sentence_box(label, width)
    wrapped = QFontMetrics(font("line")).boundingRect(box, Qt.TextFlag.TextWordWrap, sentence)
    return max(box.top() + wrapped.height() + 7, _BETWEEN_LINES)


class RowDelegate(QStyledItemDelegate):
    """Paints every row of the progress, except the strips of sections, which are widgets (`SectionBar`)."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self.focus_by_keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        is_held, is_slim = index.data(Role.STATE) == "held_back", Columns(width).is_slim
        if is_red(index):
            return QSize(width, red_height(index, width))
        if is_slim:
            return QSize(width, SLIM_HEIGHT + (SLIM_LINE if is_held and not index.data(Role.IS_SECTION) else 0))
        if index.data(Role.IS_SECTION):
            return QSize(width, SECTION_HEIGHT)
        return QSize(width, TWO_LINES_HEIGHT if is_held else OBJECT_HEIGHT)

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
            icons.draw(painter, icon, area.left() + 16, columns.name.center().y() + top - 12, 24, "text2")
        paint_line(painter, columns.name.translated(0, top), labels.section(index.data(Role.KEY)), "name", "text")
        done, expected = index.data(Role.DONE), index.data(Role.EXPECTED)
        if expected:
            text = labels.translate("Rows", "{done} of {total}").format(
                done=formats.number(done), total=formats.number(expected)
            )
            paint_line(painter, columns.rows.translated(0, top), text, "body", "text2", right=not columns.is_slim)
        _state(painter, columns.state.translated(0, top), _section_state(index))

    def _paint_object(self, painter: QPainter, area: QRect, index: Index) -> None:
        state, columns, top = index.data(Role.STATE), Columns(area.width()), area.top()
        red, held = state == "failed", state == "held_back"
        if red:
            painter.fillRect(area, theme().color("fail_soft"))
            painter.fillRect(area.left(), area.top(), 4, area.height(), theme().color("fail"))
        height = _HEAD if red else area.height() - 1
        lines = Lines(columns, top, height, is_held=held)
        label = labels.synchronized_object(index.data(Role.KEY))
        paint_line(painter, lines.name, label, "name" if red else "body", "fail" if red else "text")
        if held:
            paint_line(painter, lines.waits, _fitting(waits_for(index), lines.waits.width()), "small", "wait")
        else:
            token = "text" if red else "text2"
            paint_line(painter, lines.rows, _row_count(index), "small", token, right=not columns.is_slim)
        paint_bar(painter, QRectF(lines.bar), segment_of(state, index.data(Role.PART)))
        _state(painter, lines.state, state)
        if red:
            _paint_red_lines(painter, area, index)


@dataclass(frozen=True, slots=True)
class Lines:
    """The areas of an object's parts in its row: side by side, or stacked when slim."""

    columns: Columns
    top: int
    height: int
    is_held: bool

    def _in_height(self, column: QRect) -> QRect:
        if self.columns.is_slim:
            return column.translated(0, self.top)
        return QRect(column.left(), self.top, column.width(), self.height)

    @property
    def name(self) -> QRect:
        name = self._in_height(self.columns.name)
        return name if self.columns.is_slim or not self.is_held else QRect(name.left(), self.top + 5, name.width(), 24)

    @property
    def waits(self) -> QRect:
        name = self.columns.name
        return QRect(name.left(), self.top + (56 if self.columns.is_slim else 28), name.width(), 22)

    @property
    def bar(self) -> QRect:
        return self._in_height(self.columns.bar).translated(
            0, SLIM_LINE if self.is_held and self.columns.is_slim else 0
        )

    @property
    def rows(self) -> QRect:
        return self._in_height(self.columns.rows)

    @property
    def state(self) -> QRect:
        return self._in_height(self.columns.state)


def _paint_red_lines(painter: QPainter, area: QRect, index: Index) -> None:
    top, left = area.top() + _red_head(area.width()) - 6, Columns(area.width()).indent
    for icon, label, sentence in red_lines(index):
        icons.draw(painter, icon, left, top + 1, 20, "fail")
        paint_line(painter, QRect(left + 32, top, area.width() - left - 40, 22), label, "word", "text")
        box = _sentence_box(label, area.width()).translated(left, top)
        painter.setFont(font("line"))
        painter.setPen(theme().color("text2"))
        painter.drawText(box, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, sentence)
        top += _line_height(label, sentence, area.width())


def _section_state(index: Index) -> str:
    state = str(index.data(Role.STATE))
    return (
        "fetching" if state == "waiting" and index.data(Role.PART) > 0 and index.data(Role.KEY) != "sending" else state
    )


def _row_count(index: Index) -> str:
    done, expected, state = index.data(Role.DONE), index.data(Role.EXPECTED), index.data(Role.STATE)
    if not expected or state in {"skipped", "not_reached"}:
        return formats.number(0) if state in RIGHT else ""
    if state == "waiting":
        return formats.number(expected)
    text = labels.translate("Rows", "{done} of {total}")
    return text.format(done=formats.number(done), total=formats.number(expected))


def _state(painter: QPainter, area: QRect, state: str) -> None:
    icon, token, _soft = STATE_LOOKS.get(state, STATE_LOOKS["waiting"])
    icons.draw(painter, icon, area.left(), area.center().y() - 9, 20, token)
    calm = {"ok", "unchanged", "waiting", "skipped", "not_reached"}
    box = QRect(area.left() + 28, area.top(), area.width() - 28, area.height())
    paint_line(painter, box, labels.state(state), "word", "text2" if state in calm else token)


def buttons_corner(index: Index, width: int) -> QPointF:
    """Returns the corner of a red row's buttons, relative to the row's upper left corner."""
    return QPointF(Columns(width).indent, red_height(index, width) - _buttons_height(width) - _PADDING)
