"""The frame of every screen: header with Back and the sync chip, foot bar, cards, and pages that retranslate."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.text import Icon, Text

if TYPE_CHECKING:
    from salesapp.models.device import Overview
    from salesapp.models.sync_view import SyncView

MARGIN = 24
WIDEST = 1600
PORTRAIT_BELOW = 1000


class Page(QWidget):
    """A screen. `retranslate` sets every word and is called again when the language changes."""

    back_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_portrait: bool | None = None

    @property
    def is_portrait(self) -> bool:
        return bool(self._is_portrait)

    def retranslate(self) -> None:
        """Sets every word of the screen."""

    def show_device(self, overview: "Overview | None", sync: "SyncView") -> None:
        """What the device has, and the sync that runs or was the last: for the header's chip and more."""

    def arrange(self, *, portrait: bool) -> None:
        """Lays the screen out anew after the width has crossed the border between one pane and two."""

    def go_back(self) -> None:
        """What Back does on this screen."""
        self.back_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        is_portrait = self.width() < PORTRAIT_BELOW
        if is_portrait != self._is_portrait:
            self._is_portrait = is_portrait
            self.arrange(portrait=is_portrait)


class Header(QWidget):
    """Back, name with its context below, actions, and the sync chip at the right."""

    def __init__(self, *, chip: bool = True) -> None:
        super().__init__()
        self.setFixedHeight(72)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, MARGIN, 0)
        row.setSpacing(8)
        self.back = IconButton("arrow_left_regular")
        self.title = Text("heading")
        self.context = Text("small", "text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.context)
        words.addStretch()
        row.addWidget(self.back)
        row.addSpacing(4)
        row.addLayout(words, 1)
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(8)
        row.addLayout(self.action_row)
        self.chip = SyncChip()
        row.addWidget(self.chip)
        if not chip:
            self.chip.hide()
        self.retranslate()

    def set_words(self, title: str, context: str = "") -> None:
        self.title.setText(title)
        self.context.setText(context)
        self.context.setVisible(bool(context))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.back.set_words(self.tr("Back"))


class SyncChip(Button):
    """State of the last or the running sync, on every screen; opens Synchro."""

    def __init__(self) -> None:
        super().__init__("chip", "cloud_checkmark_regular")

    def show_state(self, icon: str, words: str, spoken: str, *, running: bool = False, problem: bool = False) -> None:
        self.set_icon(icon, "fail" if problem else "accent" if running else "text2")
        self.set_words(words)
        self.setAccessibleName(spoken)
        self.set_problem(problem)


class FootBar(QFrame):
    """A hint at the left, actions at the right, the primary one last."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "foot")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        self._row.setSpacing(12)
        self.icon = Icon("info_regular", 20, "text2")
        self.hint = Text("body", "text2", wraps=True)
        self._row.addWidget(self.icon)
        self._row.addWidget(self.hint, 1)
        self.setFixedHeight(80)

    def add(self, button: Button) -> None:
        self._row.addWidget(button)

    def set_hint(self, text: str) -> None:
        self.hint.setText(text)
        self.icon.setVisible(bool(text))

    def set_portrait(self, *, portrait: bool) -> None:
        self.setFixedHeight(96 if portrait else 80)
        margin = 16 if portrait else MARGIN
        self._row.setContentsMargins(margin, 0, margin, 0)


class Card(QFrame):
    """A surface with an outline."""

    def __init__(self, *, sunken: bool = False, padding: int = 20) -> None:
        super().__init__()
        self.setProperty("sunken" if sunken else "card", True)  # noqa: FBT003  # Qt's setter
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)


def scrolled(content: QWidget) -> QScrollArea:
    """Content that scrolls by finger, without an outline."""
    content.setObjectName("scrolled")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    by_finger(area.viewport())
    return area


def by_finger(viewport: QWidget) -> None:
    """Kinetic scrolling by touch; a mouse scrolls by its wheel."""
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)


def centred(content: QLayout, widest: int) -> QHBoxLayout:
    """Content in the middle, at most so wide."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    holder = QWidget()
    holder.setMaximumWidth(widest)
    holder.setLayout(content)
    row.addStretch(1)
    row.addWidget(holder, 1000)
    row.addStretch(1)
    return row
