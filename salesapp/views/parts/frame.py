"""The frame of every screen: a page that retranslates, its header with Back and the sync chip, foot bar, cards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from salesapp.views.look.type import font
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.flow import Actions
from salesapp.views.parts.text import ElidedLabel, Icon, Text

if TYPE_CHECKING:
    from salesapp.models.device import Overview
    from salesapp.models.sync_view import SyncView
    from salesapp.views.parts.scanner_keys import Heard

MARGIN = 24
WIDEST = 1600
GAP = 12
"""Space between the buttons of a foot bar."""
PORTRAIT_BELOW = 1000
SLIM_BELOW = 560
"""Below this width, as at 200 % in portrait, text and buttons are stacked."""
LOW_BELOW = 520
"""Below this height, as at 200 % in landscape, bars are lower and the foot bar scrolls with the content."""


class Page(QWidget):
    """A screen. `retranslate` sets every text and is called again when the language changes."""

    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: tuple[bool, bool, bool] | None = None

    @property
    def is_portrait(self) -> bool:
        return self._form is not None and self._form[0]

    @property
    def is_slim(self) -> bool:
        return self._form is not None and self._form[1]

    @property
    def is_low(self) -> bool:
        return self._form is not None and self._form[2]

    def retranslate(self) -> None:
        """Sets every text of the screen."""

    def show_device(self, overview: "Overview | None", sync: "SyncView") -> None:
        """Shows what the device holds and the running or last sync, in the header's chip and elsewhere."""

    def arrange(self, *, portrait: bool) -> None:
        """Lays out the screen again after its size has crossed a threshold between two forms."""

    @property
    def primary(self) -> Button | None:
        """Returns the button that Ctrl+Enter presses, or None if the screen has none."""
        return None

    def focus_search(self) -> None:
        """Focuses the search field, if the screen has one."""

    @property
    def learns_scans(self) -> bool:
        """Whether the keys of a scan are learned here, of any scanner, instead of its code being used."""
        return False

    def hear_scan(self, heard: "Heard") -> None:
        """Receives all keys of a scan that is learned."""

    def take_scan(self, code: str) -> bool:
        """Handles a scanned code; False lets the window show the item."""
        del code
        return False

    def go_back(self) -> None:
        """Handles Back on this screen."""
        self.back_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        form = (self.width() < PORTRAIT_BELOW, self.width() < SLIM_BELOW, self.height() < LOW_BELOW)
        if form != self._form:
            self._form = form
            for header in self.findChildren(Header):
                header.set_form(slim=form[1], low=form[2])
            self.arrange(portrait=form[0])

    def place_foot(self, foot: "FootBar", area: QScrollArea | None = None) -> None:
        """Places the bar at the foot of the page; in a low window, at the end of the scroll area if there is one."""
        foot.set_form(portrait=self.is_portrait, slim=self.is_slim, low=self.is_low)
        home = _end_of(area) if area is not None and self.is_low else self.layout()
        if isinstance(home, QBoxLayout) and home.indexOf(foot) < 0:
            home.addWidget(foot)


def _end_of(area: QScrollArea) -> QLayout | None:
    """Returns the layout that takes widgets below the content of a scroll area."""
    inside = area.widget()
    if isinstance(inside, _WithEnd):
        return inside.layout()
    holder = _WithEnd(area.takeWidget())
    area.setWidget(holder)
    return holder.layout()


class _WithEnd(QWidget):
    """The content of a scroll area, and what is added at its end."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(content, 1)


TITLE_ROLES = ("heading", "name", "small_bold")


class Title(ElidedLabel):
    """The name of a page. Where it wraps, it shrinks until its longest word fits, such as a document number."""

    def __init__(self) -> None:
        super().__init__(TITLE_ROLES[0])

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def setWordWrap(self, on: bool) -> None:  # Qt's signature
        super().setWordWrap(on)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        role = next((role for role in TITLE_ROLES if self._has_room(role)), TITLE_ROLES[-1])
        if role != self._role:
            self.set_role(role)

    def _has_room(self, role: str) -> bool:
        metrics = QFontMetrics(font(role))
        return not self.wordWrap() or all(
            metrics.horizontalAdvance(word) <= self.width() for word in self.text().split()
        )


class Header(QWidget):
    """Back, name over its context, actions, and the sync chip on the right; when slim, the actions go below."""

    def __init__(self, *, chip: bool = True) -> None:
        super().__init__()
        self.wraps_context = False
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self.back = IconButton("arrow_left_regular")
        self.title = Title()
        self.context = ElidedLabel("small", "text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.context)
        words.addStretch()
        self._row.addWidget(self.back)
        self._row.addSpacing(4)
        self._row.addLayout(words, 1)
        self._actions = ActionHolder()
        self.action_row = self._actions.row
        self.chip = SyncChip()
        self._row.addWidget(self._actions)
        self._row.addWidget(self.chip)
        self._whole.addLayout(self._row, 1)
        if not chip:
            self.chip.hide()
        self.set_form(slim=False, low=False)
        self.retranslate()

    def set_form(self, *, slim: bool, low: bool) -> None:
        """Sets the form; when slim, text wraps and the actions have a row of their own."""
        self.title.setWordWrap(slim)
        self.context.setWordWrap(slim or self.wraps_context)
        self.chip.set_slim(slim=slim)
        is_small = slim or low
        edges = (4, 4, 8, 8) if is_small else (12, 0, MARGIN, 0)
        self._whole.setContentsMargins(*edges)
        self._actions.set_gap(8 if slim else 0)
        is_below = self._whole.indexOf(self._actions) >= 0
        if slim and not is_below:
            self._row.removeWidget(self._actions)
            self._whole.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignRight)
        elif is_below and not slim:
            self._whole.removeWidget(self._actions)
            self._row.insertWidget(self._row.indexOf(self.chip), self._actions)
        if is_small:
            self.setMinimumHeight(60)
            self.setMaximumHeight(16_777_215 if slim else 72)
        else:
            self.setFixedHeight(72)

    def set_texts(self, title: str, context: str = "") -> None:
        self.title.setText(title)
        self.context.setText(context)
        self.context.setVisible(bool(context))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.back.set_texts(self.tr("Back"))


class ActionHolder(QWidget):
    """The actions of a header, with a gap above them if they have a row of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._gap = 0
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)

    def set_gap(self, gap: int) -> None:
        self._gap = gap
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Removes the gap if there is no action."""
        self.row.setContentsMargins(0, 0 if self.row.isEmpty() else self._gap, 0, 0)


class SyncChip(Button):
    """The state of the running or last sync, on every screen; a tap opens Synchro."""

    def __init__(self) -> None:
        super().__init__("chip", "cloud_checkmark_regular")
        self._is_slim = self._is_running = False

    def show_state(self, icon: str, words: str, spoken: str, *, running: bool = False, problem: bool = False) -> None:
        self.set_icon(icon, "fail" if problem else "accent" if running else "text2")
        self._is_running = running
        self.set_texts(words)
        self.set_slim(slim=self._is_slim)
        self.setAccessibleName(spoken)
        self.set_problem(problem)

    def set_slim(self, *, slim: bool) -> None:
        """Shows only the icon where there is little room; a percentage is short enough to stay."""
        self._is_slim = slim
        self.set_bare(slim and not self._is_running)


class FootBar(QFrame):
    """A hint on the left, actions on the right, the primary one last; when slim, the hint goes above them.

    If the actions do not fit side by side, those added with `may_shrink` shrink to their icons, the first one first. If
    that is not enough, they wrap and the bar grows.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "foot")
        self._buttons: list[Button] = []
        self._giving: list[Button] = []
        self._fitted: tuple[object, ...] = ()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setSpacing(GAP)
        self._words = QWidget()
        words = QHBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(12)
        self.icon = Icon("info_regular", 20, "text2")
        self.hint = Text("body", "text2", wraps=True)
        words.addWidget(self.icon)
        words.addWidget(self.hint, 1)
        self._words.hide()
        holder = QWidget()
        self._actions = Actions(holder, GAP)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(holder)
        self._form: tuple[bool, bool, bool] | None = None
        self.set_form(portrait=False, slim=False, low=False)

    def add(self, button: Button, *, may_shrink: bool = False) -> None:
        """Adds an action; with `may_shrink` it shrinks to its icon where there is little room."""
        self._buttons.append(button)
        self._giving += [button] if may_shrink else []
        self._actions.addWidget(button)

    def set_hint(self, text: str) -> None:
        self.hint.setText(text)
        self._words.setVisible(bool(text))
        self._actions.invalidate()

    def set_form(self, *, portrait: bool, slim: bool, low: bool) -> None:
        if (portrait, slim, low) == self._form:
            return
        self._form = (portrait, slim, low)
        self._actions.fills = portrait
        direction = QBoxLayout.Direction.TopToBottom if slim else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        self._actions.invalidate()
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other text, or another button
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = [button.words for button in self._buttons if button.isVisibleTo(self)]
        situation = (self.width(), self._form, bool(self.hint.text()), *shown)
        if self._form is None or situation == self._fitted:
            return
        self._fitted = situation
        portrait, slim, low = self._form
        margin = 16 if portrait else MARGIN
        beside = 0 if slim or not self.hint.text() else self._words.minimumSizeHint().width() + GAP
        self._actions.wraps = slim or not self._shrink(self.width() - 2 * margin - beside)
        edge = 12 if self._actions.wraps else 0
        self._row.setContentsMargins(margin, edge, margin, edge)
        height = 64 if low else 96 if portrait else 80
        self.setMinimumHeight(0 if slim else height)
        self.setMaximumHeight(16_777_215 if self._actions.wraps else height)

    def _shrink(self, room: int) -> bool:
        """Shrinks as many buttons to their icons as needed. Returns whether all of them fit now."""
        for button in self._giving:
            button.set_bare(False)
        for button in self._giving:
            if self._total_width() > room:
                button.set_bare(True)
        return self._total_width() <= room

    def _total_width(self) -> int:
        widths = [button.sizeHint().width() for button in self._buttons if button.isVisibleTo(self)]
        return sum(widths) + GAP * (len(widths) - 1)


class Card(QFrame):
    """A surface with an outline."""

    def __init__(self, *, sunken: bool = False, padding: int = 20) -> None:
        super().__init__()
        self.setProperty("sunken" if sunken else "card", True)  # Qt's setter
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)


def scrolled(content: QWidget) -> QScrollArea:
    """Wraps content in a scroll area for fingers, without an outline."""
    content.setObjectName("scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    scroll_by_touch(area.viewport())
    return area


def scroll_by_touch(viewport: QWidget) -> None:
    """Turns on kinetic scrolling by touch; a mouse scrolls with its wheel."""
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)


def centred(content: QLayout, widest: int) -> QHBoxLayout:
    """Centres content, at most `widest` pixels wide."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    holder = QWidget()
    holder.setMaximumWidth(widest)
    holder.setLayout(content)
    row.addStretch(1)
    row.addWidget(holder, 1000)
    row.addStretch(1)
    return row
