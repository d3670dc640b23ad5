"""Checks everything visible for problems with fingers, eyes and screen readers."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from unittest.mock import patch
from xml.etree import ElementTree

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QFontInfo, QFontMetrics, QImage, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTreeView,
    QWidget,
)

from salesapp.models.sync_tree import Role
from salesapp.resources import resource
from salesapp.views.appointments.month import DayCell
from salesapp.views.appointments.sheets import TimeField
from salesapp.views.appointments.week import DayHead, VisitBlock
from salesapp.views.customers.rows import InfoRow
from salesapp.views.main_window import MainWindow
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.card_head import CardHead
from salesapp.views.parts.fields import CheckBox, _Choice
from salesapp.views.parts.frame import Header
from salesapp.views.parts.states import StateLabel
from salesapp.views.parts.text import ElidedLabel
from salesapp.views.reports.cards import AwayButton, RankedRow
from salesapp.views.reports.chart import BarButton
from salesapp.views.settings import rows as settings_rows
from salesapp.views.settings.rows import HistoryRow
from salesapp.views.synchro.choice import ChoiceButton

TARGET = 44
BETWEEN = 8
SMALLEST_FONT = 14
MARGIN_OF_QT = 2
"""Qt's own margin at each side of a line edit's text, which no style sets."""
LISTS = frozenset(
    {
        "salesapp.views.records.delegate",
        "salesapp.views.items.delegates",
        "salesapp.views.items.tree",
        "salesapp.views.customers.rows",
        "salesapp.views.parts.picking_list",
        "salesapp.views.receipts.rows",
        "salesapp.views.order.picking",
        "salesapp.views.order.cart",
        "salesapp.views.reports.cards",
        "salesapp.views.reports.rows",
        "salesapp.views.appointments.rows",
        "salesapp.views.travel.page",
    }
)
"""Painters of records, with texts that may be longer than any screen."""
ROWS_AND_CELLS = (AwayButton, BarButton, CardHead, DayCell, DayHead, HistoryRow, InfoRow, RankedRow, VisitBlock)
"""Buttons that are the rows of a list or the cells of a calendar: they touch, as rows and cells do."""
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)


class _Probe(QFontMetrics):
    """Records elided texts, and the module that painted them."""

    elided: list[tuple[str, str]] = []  # noqa: RUF012  # one for all, emptied by `elisions`

    def elidedText(self, text: str, mode: Qt.TextElideMode, width: int, flags: int | None = 0) -> str:
        shown = super().elidedText(text, mode, width, flags or 0)
        if shown != text:
            frame = sys._getframe(1)
            if frame.f_code.co_name == "paint_line" and frame.f_back is not None:
                frame = frame.f_back
            self.elided.append((str(frame.f_globals["__name__"]), text))
        return shown


@contextmanager
def elisions() -> Iterator[list[tuple[str, str]]]:
    """Yields texts that are elided while painting: (module, full text)."""
    _Probe.elided.clear()
    with (
        patch("salesapp.views.parts.paint.QFontMetrics", _Probe),
        patch.object(settings_rows, "QFontMetrics", _Probe),
    ):
        yield _Probe.elided


def problems(window: MainWindow) -> list[str]:
    """Returns all problems of the visible widgets."""
    sheet = window.open_sheet()
    top = sheet.panel if sheet is not None else window
    seen = [widget for widget in top.findChildren(QWidget) if widget.isVisible() and _in_sight(widget)]
    found = [text for widget in seen for text in _problems_of(widget, window)]
    found += [f"the wheel turns {_path(widget)} {name_of(widget)!r}" for widget in seen if _turns_by_wheel(widget)]
    focus = window.focusWidget()
    if isinstance(focus, Button) and focus.is_final and sheet is not None:
        found.append(f"{type(sheet).__name__} has its focus on {name_of(focus)!r}, which cannot be taken back")
    controls: list[QWidget] = [widget for widget in seen if isinstance(widget, QAbstractButton | QLineEdit | QComboBox)]
    found += _overlaps(controls, window)
    found += _too_near(controls, window)
    primary = [widget for widget in seen if _is_primary(widget)]
    if len(primary) > 1:
        found.append(f"{len(primary)} primary buttons: {[name_of(button) for button in primary]}")
    with elisions() as elided:
        window.grab()
        for widget in seen:
            if isinstance(widget, QAbstractItemView):
                widget.grab()  # includes widgets that need scrolling
    found += [f"shortened by {module}: {text!r}" for module, text in elided if module not in LISTS]
    return sorted(set(found))


def name_of(widget: QWidget) -> str:
    """Returns the text that a screen reader reads for a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else widget.accessibleName()


def row_names(view: QAbstractItemView) -> list[tuple[QModelIndex, str]]:
    """Returns the visible rows, with their texts for screen readers."""
    model = view.model()

    def below(parent: QModelIndex) -> Iterator[QModelIndex]:
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            yield index
            yield from below(index)

    def said(index: QModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")

    return [(index, said(index)) for index in below(QModelIndex()) if view.visualRect(index).isValid()]


def _problems_of(widget: QWidget, window: MainWindow) -> Iterator[str]:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    told = f"{_path(widget)} {text!r}"
    if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit) and widget.isEnabled():
        size = _target(widget).size()
        if size.width() < TARGET or size.height() < TARGET:
            yield f"{told} is {size.width()} x {size.height()}"
    takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not _is_frame(widget)
    if (isinstance(widget, (*CONTROLS, QProgressBar)) or takes_focus) and not name_of(widget).strip():
        yield f"{told} has no name for screen readers"
    if (
        isinstance(widget, QLabel | QAbstractButton | QLineEdit)
        and QFontInfo(widget.font()).pixelSize() < SMALLEST_FONT
    ):
        yield f"{told} has letters of {QFontInfo(widget.font()).pixelSize()} px"
    if isinstance(widget, QAbstractItemView):
        yield from _problems_of_rows(widget)
    may_give_way = isinstance(widget, ElidedLabel) and not isinstance(widget.parentWidget(), Header)
    if isinstance(widget, QLabel) and widget.text() and not may_give_way and not _fits(widget):
        yield f"{told} has no room in {widget.width()} x {widget.height()}"
    if isinstance(widget, QPushButton | StateLabel | CheckBox | _Choice) and not _has_its_size(widget):
        hint = widget.sizeHint()
        yield f"{told} needs {hint.width()} x {hint.height()}, has {widget.width()} x {widget.height()}"
    if isinstance(widget, QComboBox | QLineEdit) and (lost := _lost_of(widget)):
        yield f"{told} has {widget.width()} px, too few for {lost!r}"
    if isinstance(widget, QAbstractButton | QComboBox | QLineEdit | QLabel) and (cut := _cut_by(widget, window)):
        yield f"{told} is cut by {cut}"


def _turns_by_wheel(widget: QWidget) -> bool:
    """Whether a field takes the wheel, or the focus by it: it has to leave both to the form that scrolls."""
    is_field = isinstance(widget, QComboBox | QAbstractSpinBox | QAbstractSlider)
    if not is_field or isinstance(widget, QScrollBar) or not widget.isEnabled():
        return False
    return _takes_wheel(widget, -120) or _takes_wheel(widget, 120) or widget.focusPolicy() == Qt.FocusPolicy.WheelFocus


def _takes_wheel(widget: QWidget, by: int) -> bool:
    """The event goes to this widget alone, and not on to what it lies in."""
    place, none = QPointF(widget.rect().center()), QPoint()
    phase, keys, is_inverted = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier, False
    there, buttons = widget.mapToGlobal(place), Qt.MouseButton.NoButton
    turn = QWheelEvent(place, there, none, QPoint(0, by), buttons, keys, phase, is_inverted)
    turn.accept()
    widget.wheelEvent(turn)
    return turn.isAccepted()


def _problems_of_rows(view: QAbstractItemView) -> Iterator[str]:
    for index, said in row_names(view):
        if view.visualRect(index).height() < TARGET:
            yield f"{_path(view)}: row {said!r} is {view.visualRect(index).height()} high"
        if not said.strip() or said == index.data(Role.KEY):
            yield f"{_path(view)}: a row is called {said!r}"


def _is_frame(widget: QWidget) -> bool:
    """Whether it is an internal part of Qt, or only passes the focus on."""
    return (
        isinstance(widget, QAbstractSlider)
        or widget.focusProxy() is not None
        or (isinstance(widget, QAbstractScrollArea) and not isinstance(widget, CONTROLS))
    )


def _is_primary(widget: QWidget) -> bool:
    if isinstance(widget, ChoiceButton):
        return widget._primary and widget.isEnabled()
    return isinstance(widget, QPushButton) and widget.property("kind") == "primary"


def _target(widget: QWidget) -> QWidget:
    """Returns the area for a finger: a line edit with its frame."""
    parent = widget.parentWidget()
    return parent if isinstance(widget, QLineEdit) and parent is not None and parent.focusProxy() is widget else widget


def _fits(label: QLabel) -> bool:
    area = label.contentsRect()
    metrics = label.fontMetrics()
    if not label.wordWrap():
        widest = max(metrics.horizontalAdvance(line) for line in label.text().splitlines())
        return widest <= area.width() + 1 and metrics.height() <= area.height() + 1
    longest = max(metrics.horizontalAdvance(word) for word in label.text().split())
    return longest <= area.width() + 1 and label.heightForWidth(label.width()) <= label.height() + 1


def _lost_of(field: QComboBox | QLineEdit) -> str:
    """Returns the text that does not fit in a field; typed text may be longer than any field."""
    text, room = _said_and_room(field)
    return text if field.fontMetrics().horizontalAdvance(text) > room else ""


def _said_and_room(field: QComboBox | QLineEdit) -> tuple[str, int]:
    """Returns the interface's text in a field, and the width inside its frame and arrow."""
    if isinstance(field, QComboBox):
        box = QStyleOptionComboBox()
        field.initStyleOption(box)
        edit = QStyle.SubControl.SC_ComboBoxEditField
        place = field.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, box, edit, field)
        return field.currentText(), place.width()
    frame = QStyleOptionFrame()
    field.initStyleOption(frame)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, field).width()
    is_typed = bool(field.text()) and not _is_of((QAbstractSpinBox, TimeField), field)
    return "" if is_typed else field.text() or field.placeholderText(), room - 2 * MARGIN_OF_QT


def _is_of(kinds: tuple[type[QWidget], ...], widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, kinds) or _is_of(kinds, parent))


def _has_its_size(widget: QWidget) -> bool:
    hint = widget.sizeHint()
    fixed = widget.minimumSize() == widget.maximumSize()
    return fixed or (widget.width() >= hint.width() and widget.height() >= min(hint.height(), widget.maximumHeight()))


def _in_sight(widget: QWidget) -> bool:
    """Whether it is visible: neither scrolled away nor behind the front page."""
    return not widget.visibleRegion().isEmpty() or widget.size().isEmpty()


def _cut_by(widget: QWidget, window: QWidget) -> str:
    """Returns the ancestor that clips a widget; scrolled content may be higher, never wider."""
    area = QRect(QPoint(0, 0), widget.size())
    child: QWidget = widget
    parent = widget.parentWidget()
    while parent is not None and child is not window:
        area.translate(child.pos())
        inside = parent.rect()
        if _is_viewport(parent):
            area = QRect(area.left(), inside.top(), area.width(), inside.height())
        if not inside.contains(area):
            return f"{_path(parent)} ({area.left()},{area.top()} {area.width()} x {area.height()} in {_said(inside)})"
        child, parent = parent, parent.parentWidget()
    return ""


def _is_viewport(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QScrollArea | QAbstractItemView) and area.viewport() is widget


def _overlaps(controls: list[QWidget], window: QWidget) -> Iterator[str]:
    def place(widget: QWidget) -> QRect:
        """Returns the visible part: the rest may be scrolled behind a bar."""
        seen = widget.visibleRegion().boundingRect()
        return QRect(widget.mapTo(window, seen.topLeft()), seen.size())

    for one, other in combinations(controls, 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        if place(one).intersects(place(other)):
            yield f"{_path(one)} {name_of(one)!r} lies over {_path(other)} {name_of(other)!r}"


def _too_near(controls: list[QWidget], window: QWidget) -> Iterator[str]:
    """Yields neighbours that a finger could confuse: targets less than 8 px apart."""
    places = {}
    for widget in controls:
        target = _target(widget)
        is_whole = target.visibleRegion().boundingRect() == target.rect()  # the rest is scrolled out of view
        if target.isEnabled() and is_whole and not isinstance(widget, ROWS_AND_CELLS):
            places[target] = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
    for (one, here), (other, there) in combinations(places.items(), 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        aside = max(here.left(), there.left()) - min(here.right(), there.right()) - 1
        below = max(here.top(), there.top()) - min(here.bottom(), there.bottom()) - 1
        if 0 <= (gap := max(aside, below)) < BETWEEN:
            yield f"{gap} px between {_path(one)} {name_of(one)!r} and {_path(other)} {name_of(other)!r}"


def reddish(window: MainWindow) -> float:
    """Returns the share of the window in the red of failures, except pictures of items."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(picture.constBits()).cast("B")
    blue, green, red = pixels[0::4], pixels[1::4], pixels[2::4]
    found = sum(r > 150 and r - g > 90 and r - b > 70 for r, g, b in zip(red, green, blue, strict=True))
    return found / (picture.width() * picture.height())


def _path(widget: QWidget) -> str:
    parent = widget.parentWidget()
    above = type(parent).__name__ if parent is not None else ""
    return f"{above}/{type(widget).__name__}"


def _said(area: QRect) -> str:
    return f"{area.width()} x {area.height()}"


@dataclass(frozen=True)
class Phrase:
    """A text of the interface with its translation, as patterns of the filled-in texts."""

    english: re.Pattern[str]
    polish: re.Pattern[str]


@cache
def phrases() -> list[Phrase]:
    """Returns all texts that differ between the languages and consist of more than a parameter."""
    found = []
    for context in ElementTree.parse(resource("i18n", "salesapp_pl.ts")).getroot().iter("context"):
        is_of_data = context.findtext("name") in {"Fields", "Choices"}  # their sources are names in code
        for message in context.iter("message"):
            source, translation = message.findtext("source") or "", message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            if is_of_data:
                source = source.removeprefix("is_").replace("_", " ")
            if re.search(r"[a-z]{3}", _PARAMETER.sub("", source)) and source not in forms:
                found.append(Phrase(_filled([source], any_case=is_of_data), _filled(forms)))
    return found


_PARAMETER = re.compile(r"\\?\{\w+\\?\}|%n")


def _filled(forms: list[str], *, any_case: bool = False) -> re.Pattern[str]:
    pattern = "|".join(_PARAMETER.sub(".+", re.escape(form)) for form in forms)
    return re.compile(pattern, re.IGNORECASE if any_case else 0)


def in_the_other_language(window: MainWindow, language: str) -> list[str]:
    """Yields visible texts that did not change with the language."""
    other = "en" if language == "pl" else "pl"
    said = _said_texts(window)
    wrong = [text for text in said if _is_in(other, text) and not _is_in(language, text)]
    return [f"not in {language}: {text!r}" for text in sorted(wrong)]


@cache
def _is_in(language: str, text: str) -> bool:
    return any((phrase.polish if language == "pl" else phrase.english).fullmatch(text) for phrase in phrases())


def _said_texts(window: MainWindow) -> set[str]:
    """Yields texts of the interface, visible or for screen readers; records are in the language of the ERP."""
    found: set[str] = set()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel):
            is_record = bool(widget.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)
            found |= set() if is_record else {widget.text()}
        elif isinstance(widget, QLineEdit):
            found |= {widget.placeholderText(), name_of(widget)}
        elif isinstance(widget, (*CONTROLS, QProgressBar, StateLabel)):
            found |= {name_of(widget), widget.text() if isinstance(widget, QAbstractButton) else ""}
        if isinstance(widget, QTreeView):
            found |= {said for _index, said in row_names(widget)}
    return {text.strip() for text in found if text.strip()}
