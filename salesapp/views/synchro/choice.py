"""Synchro's choice (All, All without attachments, Cancel), with what each does, what waits, and the last good sync."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salesapp.models.device import Overview
from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.flow import ReflowRow
from salesapp.views.parts.frame import Card
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.plain import set_label
from salesapp.views.parts.sheet import Sheet
from salesapp.views.parts.states import StateLabel
from salesapp.views.parts.text import Icon, Text
from salesapp.views.sync_labels import outcome_line, waiting_text

HEIGHT, LINE = 88, 22


class ChoiceButton(QAbstractButton):
    """A big row: icon, name, an explanation, and the amount of data on the right."""

    def __init__(self, icon: str, *, primary: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self._primary = primary
        self._about = ""
        self._right: tuple[str, ...] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_texts(self, name: str, about: str, right: tuple[str, ...] = ()) -> None:
        set_label(self, name)
        self._about, self._right = about, right
        self.setAccessibleName(f"{name}. {about}")
        self.updateGeometry()
        self.update()

    def set_primary(self, *, primary: bool) -> None:
        if primary != self._primary:
            self._primary = primary
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, HEIGHT)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        more = self._about_height(self._room(width)) - LINE
        return HEIGHT + more + (LINE if more and self._right else 0)

    def _room(self, width: int) -> int:
        """Returns the width for the texts: beside time and size, or above them if one line does not fit beside."""
        beside = width - 65 - 20 - (self._right_width() + 12 if self._right else 0)
        metrics = QFontMetrics(font("line"))
        return beside if metrics.horizontalAdvance(self._about) <= beside else width - 65 - 16

    def _about_height(self, room: int) -> int:
        metrics = QFontMetrics(font("line"))
        lines = metrics.boundingRect(QRect(0, 0, room, 10_000), Qt.TextFlag.TextWordWrap, self._about)
        return max(lines.height() // metrics.height(), 1) * LINE

    def _right_width(self) -> int:
        return max((QFontMetrics(font("line")).horizontalAdvance(line) for line in self._right), default=0)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self._primary and self.isEnabled()
        ground = "accent" if filled else "surface" if self.isEnabled() else "sunken"
        if self.isDown():
            ground = "accent_pressed" if filled else "sunken"
        painter.setPen(QPen(theme().color("accent" if filled else "control" if self.isEnabled() else "border"), 1))
        painter.setBrush(theme().color(ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, 12, 12)
        strong = "on_accent" if filled else "text" if self.isEnabled() else "text3"
        weak = "on_accent" if filled else "text2" if self.isEnabled() else "text3"
        mark = "on_accent" if filled else "accent" if self.isEnabled() else "text3"
        icons.draw(painter, self._icon, 22, (self.height() - 24) / 2, 24, mark)
        room = self._room(self.width())
        paint_line(painter, QRectF(65, 18, room, 28), self.text(), "heading", strong)
        painter.setFont(font("line"))
        painter.setPen(theme().color(weak))
        high = self._about_height(room)
        painter.drawText(QRectF(65, 48, room, high), Qt.TextFlag.TextWordWrap, self._about)
        if high > LINE and self._right:
            below = QRectF(65, 48 + high, room, LINE)
            paint_line(painter, below, " \N{MIDDLE DOT} ".join(self._right), "line", weak)
            return
        left, width = self.width() - 20 - self._right_width(), self._right_width()
        for number, line in enumerate(self._right):
            area = QRectF(left, 22 + number * 22, width, 22)
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, line)


class Fact(QWidget):
    """A caption, a value, and a line below."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(2)
        self.caption = Text("small_bold", "text2")
        self.answer = Text("body_bold", wraps=True)
        self.below = Text("small", "text2", wraps=True)
        for label in (self.caption, self.answer, self.below):
            column.addWidget(label)
        column.addStretch()


class ChoiceSheet(Sheet):
    """Asks how to synchronize. `chosen` carries whether to include attachments; Cancel just closes."""

    chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._overview: Overview | None = None
        self._attachments_first = True
        self._reachable: bool | None = None
        self.title = Text("title")
        self.reach = StateLabel()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.reach)
        self.last, self.waits = Fact(), Fact()
        facts = Card(sunken=True, padding=0)
        row = ReflowRow(spacing=0, least=200, below=0)
        row.add(self.last, 1)
        row.add(self.waits, 1)
        facts.body.addLayout(row)
        self.all = ChoiceButton("arrow_sync_regular", primary=True)
        self.without = ChoiceButton("image_off_regular")
        self.cancel = ChoiceButton("dismiss_regular")
        self.hint_icon = Icon("info_regular", 20, "text2")
        self.hint = Text("small", "text2", wraps=True)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.hint_icon)
        foot.addWidget(self.hint, 1)
        self.body.addLayout(head)
        self.body.addSpacing(4)
        self.body.addWidget(facts)
        self.body.addSpacing(8)
        for button in (self.all, self.without, self.cancel):
            self.body.addWidget(button)
        self.body.addLayout(foot)
        self.all.clicked.connect(lambda: self._choose(attachments=True))
        self.without.clicked.connect(lambda: self._choose(attachments=False))
        self.cancel.clicked.connect(self.close_sheet)
        self.retranslate()

    def show_device(self, overview: Overview | None, *, attachments_first: bool) -> None:
        """Shows what the device holds, before it is known whether the gateway can be reached."""
        self._overview, self._attachments_first, self._reachable = overview, attachments_first, None
        self.retranslate()

    def show_reachable(self, *, reachable: bool) -> None:
        """Enables the two upper rows, or shows that they need the gateway."""
        self._reachable = reachable
        self.retranslate()

    def retranslate(self) -> None:
        overview = self._overview
        self.title.setText(self.tr("Synchro"))
        self.reach.setVisible(self._reachable is not None)
        if self._reachable is not None:
            text = self.tr("Gateway reachable") if self._reachable else self.tr("Offline")
            self.reach.show_state("ok" if self._reachable else "offline", text)
        self._set_fact_texts(overview)
        offline = self._reachable is False
        self.all.setEnabled(not offline)
        self.without.setEnabled(not offline)
        self.all.set_primary(primary=self._attachments_first)
        self.without.set_primary(primary=not self._attachments_first)
        no_network = self.tr("Needs a network: the gateway does not answer")
        sends = self.tr("Sends your work, then gets current data and pictures")
        same = self.tr("Sends the same, gets current data; pictures stay as they are")
        self.all.set_texts(self.tr("All"), no_network if offline else sends, self._measured(attachments=True))
        self.without.set_texts(
            self.tr("All without attachments"), no_network if offline else same, self._measured(attachments=False)
        )
        self.cancel.set_texts(self.tr("Cancel"), self.tr("Back to the main screen, nothing is sent"))
        left_out = self._left_out(overview)
        self.hint.setText(left_out)
        self.hint.setVisible(bool(left_out))
        self.hint_icon.setVisible(bool(left_out))

    def _left_out(self, overview: Overview | None) -> str:
        """Returns what this sync does not send, and until when."""
        drafts = overview.drafts if overview else 0
        held_up = sum(overview.held_up.values()) if overview else 0
        sentences = []
        if drafts:
            sentences.append(self.tr("%n drafts stay on this device until you confirm them.", "", drafts))
        if held_up:
            sentences.append(self.tr("%n records wait until you mend what was rejected: see My work.", "", held_up))
        return "\n".join(sentences)

    def _set_fact_texts(self, overview: Overview | None) -> None:
        self.last.caption.setText(self.tr("Last good synchronization"))
        self.waits.caption.setText(self.tr("Waiting to be sent"))
        last_good = overview.last_good_at if overview else None
        self.last.answer.setText(formats.capitalized(formats.moment(last_good)) if last_good else self.tr("Never yet"))
        last = overview.last_run if overview else None
        below = outcome_line(last) if last else self.tr("This is the first one")
        if last and last.outcome != "ok":
            below = self.tr("Last try: {outcome}").format(outcome=below)
        self.last.below.setText(below)
        total = sum(overview.going.values()) if overview else 0
        nothing = self.tr("Nothing") if overview else self.tr("Not known yet")
        self.waits.answer.setText(self.tr("%n records", "", total) if total else nothing)
        rejected = overview.rejected if overview else 0
        lines = [waiting_text(overview.going)] if overview and total else []
        lines += [self.tr("%n records rejected: see My work", "", rejected)] if rejected else []
        self.waits.below.setText("\n".join(lines))

    def _measured(self, *, attachments: bool) -> tuple[str, ...]:
        """Returns time and size of the last sync of this kind that brought anything."""
        last = self._overview.last_run if self._overview else None
        if last is None or last.outcome != "ok" or last.with_attachments != attachments or last.bytes_down < 10_000:
            return ()
        return (
            self.tr("last time {time}").format(time=formats.duration(last.seconds)),
            formats.size(last.bytes_down),
        )

    def _choose(self, *, attachments: bool) -> None:
        self.close_sheet()
        self.chosen.emit(attachments)
