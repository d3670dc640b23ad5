"""A visit's page: progress, elements in order, description, and actions."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from salesapp.domain.objects.appointments import Element
from salesapp.services.appointments import Made
from salesapp.services.visits import OpenVisit
from salesapp.views import formats
from salesapp.views import labels as sentences
from salesapp.views.appointments import labels
from salesapp.views.appointments.elements import ElementCard
from salesapp.views.appointments.sheets import text_box
from salesapp.views.parts.buttons import Button, IconButton, Kind
from salesapp.views.parts.frame import MARGIN, Card, FootBar, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.sides import TwoSides
from salesapp.views.parts.states import Empty, MessageBar
from salesapp.views.parts.strip import Strip
from salesapp.views.parts.text import Icon, Text
from salesapp.views.receipts.labels import LOOKS, state_word

SAVE_AFTER_MS = 700
_NARROW = 700
WIDEST_PAIR = 1400
ACTIONS: dict[str, tuple[Kind, str]] = {
    "reject": ("normal", "dismiss_circle_regular"),
    "reschedule": ("normal", "calendar_clock_regular"),
    "edit": ("normal", "edit_regular"),
    "complete": ("primary", "checkmark_regular"),
}
"""Buttons of the foot bar -> kind and icon."""


class VisitPage(ScreenPage):
    """`action_requested` carries an action: complete, reject, reschedule, more, edit, customer."""

    action_requested = Signal(str)
    element_requested = Signal(int)
    described = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.view: OpenVisit | None = None
        self.made: Sequence[Made] = ()
        self.cards: list[ElementCard] = []
        self.customer, self.map = IconButton("building_shop_regular"), IconButton("location_regular")
        self.more = IconButton("more_vertical_regular")
        for action, name in ((self.customer, "customer"), (self.map, "map"), (self.more, "more")):
            action.clicked.connect(lambda _checked=False, name=name: self.action_requested.emit(name))
            self.header.action_row.addWidget(action)
        self.message = MessageBar()
        self.message.acted.connect(self.message.hide)
        self._holder = QWidget()
        self.sides = TwoSides(self._holder, stretches=(5, 3), gap=12)
        self._make_parts()
        self.foot = FootBar()
        self.buttons: dict[str, Button] = {}
        for name, (kind, icon) in ACTIONS.items():
            button = self.buttons[name] = Button(kind, icon)
            button.clicked.connect(lambda _checked=False, name=name: self.action_requested.emit(name))
            self.foot.add(button)
        self.foot.set_hint("")
        column = bare_column(self)
        column.addWidget(self.header)
        column.addWidget(self.message)
        self.area = scrolled(self._holder)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)
        self.retranslate()

    def _make_parts(self) -> None:
        """Creates the widgets that every visit has; the cards of its elements go between them."""
        self.progress = Card(padding=24)
        row = QHBoxLayout()
        self.progress_name, self.percent = Text("heading"), Text("title")
        row.addWidget(self.progress_name, 1)
        row.addWidget(self.percent)
        self.strip = Strip(16)
        self.progress_text = Text("small", "text2", wraps=True)
        self.progress.body.addLayout(row)
        self.progress.body.addWidget(self.strip)
        self.progress.body.addWidget(self.progress_text)
        self.state = Card()
        self._state_rows = QVBoxLayout()
        self.state.body.addLayout(self._state_rows)
        self.notes = Card()
        self.notes_name = Text("small_bold", "text2")
        self.description = text_box(height=96)
        self.description.textChanged.connect(self._on_typed)
        self.notes.body.addWidget(self.notes_name)
        self.notes.body.addWidget(self.description)
        self._saving = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._saving.timeout.connect(self.flush)
        self.gone = Empty("calendar_ltr_regular")
        self._elements_holder = QWidget()
        self._elements = QVBoxLayout(self._elements_holder)
        self._elements.setContentsMargins(0, 0, 0, 0)
        self._elements.setSpacing(12)
        self.sides.add(self.state, beside=True)
        self.sides.add(self.progress, beside=True)
        self.sides.add(self._elements_holder)
        self.sides.add(self.notes, beside=True)
        self.sides.add(self.gone)

    @property
    def primary(self) -> Button:
        return self.buttons["complete"]

    @property
    def box(self) -> QPlainTextEdit:
        return self.description

    def show_visit(self, view: OpenVisit | None, made: Sequence[Made]) -> None:
        """Shows a visit; leaves a description alone that is being typed."""
        is_other = self.view is None or view is None or self.view.visit.slot != view.visit.slot
        self.view, self.made = view, made
        if view is not None and (is_other or not self._saving.isActive()):
            self._set_description(view.description)
        self.retranslate()

    def forget_typing(self) -> None:
        """Drops unsaved typing before another visit is shown."""
        self._saving.stop()
        self.view = None

    def flush(self) -> None:
        """Saves the description now."""
        self._saving.stop()
        if self.view is not None and self.description.toPlainText().strip() != self.view.description:
            self.described.emit(self.description.toPlainText())

    def go_back(self) -> None:
        self.flush()
        super().go_back()

    def show_refusal(self, code: str) -> None:
        self.message.show_message("held_back", lambda: labels.refusal(code), "", lambda: self.tr("Close"))

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sides.place(is_wide=not self.is_portrait, margin=max((self.width() - WIDEST_PAIR) // 2, MARGIN))
        self._show_buttons()

    def retranslate(self) -> None:
        self.customer.set_texts(self.tr("Customer"))
        self.more.set_texts(self.tr("More"))
        self.map.set_texts(self.tr("Directions"))
        self.notes_name.setText(self.tr("Description"))
        self.description.setAccessibleName(self.tr("Description"))
        self.gone.title.setText(self.tr("This appointment is no longer there"))
        self.gone.text.setText(self.tr("The office has taken it away, or it was cancelled before it was sent."))
        for name, text in (
            ("reject", self.tr("Reject")),
            ("reschedule", self.tr("Reschedule")),
            ("edit", self.tr("Fix and send again") if self._is_rejected else self.tr("Edit again")),
            ("complete", self.tr("Complete")),
        ):
            self.buttons[name].set_texts(text)
        self._show_buttons()
        for part in (self.progress, self.notes):
            part.setVisible(self.view is not None)
        self.gone.setVisible(self.view is None)
        if self.view is None:
            self.header.set_texts(self.tr("Appointment"))
            self.state.hide()
            self._show_elements(())
            return
        visit = self.view.visit
        who = ", ".join(part for part in (visit.customer_name, visit.town) if part)
        name = visit.name.removesuffix(f": {visit.customer_name}") if visit.customer_name else visit.name
        self.header.set_texts(name, labels.DOT.join(part for part in (who, labels.when(visit.slot)) if part))
        self._show_state(self.view)
        self._show_progress(self.view)
        self._show_elements(self.view.elements)

    @property
    def _is_rejected(self) -> bool:
        """Returns whether the ERP rejected the visit."""
        return self.view is not None and self.view.visit.receipt == "rejected"

    def _show_buttons(self) -> None:
        can = self.view.can if self.view else frozenset()
        for name, button in self.buttons.items():
            button.setVisible(name in can and (name != "reschedule" or self.width() >= _NARROW))
        self.more.setVisible(self.view is not None)
        self.customer.setVisible(self.view is not None and bool(self.view.visit.customer_name))
        self.map.setVisible(self.view is not None and bool(self.view.address))

    def _show_progress(self, view: OpenVisit) -> None:
        progress = view.progress
        self.progress.setVisible(bool(progress.total))
        done = self.tr("{done} of {total} elements").format(done=progress.done, total=progress.total)
        self.progress_name.setText(done)
        self.percent.setText(formats.percent(progress.percent))
        self.percent.set_token(labels.COLOURS[progress.colour])
        spoken = f"{done}, {formats.percent(progress.percent)}"
        self.strip.set_segments(labels.segments_of(progress), spoken, labels.FILLS[progress.colour])
        if view.open_required:
            required = formats.plural("VisitPage", "%n required elements are still open.", view.open_required)
        else:
            required = self.tr("No required element is open.")
        both = self.tr("Those completed and those not done both count.")
        self.progress_text.setText(f"{required} {both}")

    def _show_state(self, view: OpenVisit) -> None:
        """Shows the visit's state, its receipt, and why it cannot be carried out."""
        clear(self._state_rows)
        visit = view.visit
        is_plain = visit.state in {"confirmed", "pending"} and not visit.is_overdue and visit.receipt in {"", "draft"}
        self.state.setVisible(not is_plain)
        if is_plain:
            return
        icon, token = labels.state_look(visit)
        self._add_state(icon, token, labels.state_word(visit.state, is_overdue=visit.is_overdue), visit.reason)
        if visit.state == "unconfirmed":
            self._add_state("info_regular", "text2", labels.refusal("waits_for_approval"), "")
        if visit.receipt not in {"", "draft"}:
            icon, token, _ = LOOKS[visit.receipt]
            receipt = f"{state_word(visit.receipt)}{labels.DOT}{view.erp_number}" if view.erp_number else ""
            self._add_state(icon, token, receipt or state_word(visit.receipt), "")
        if view.error_code:
            why = sentences.error(view.error_code, dict(view.error_params))
            self._add_state("lightbulb_regular", "text2", why.why, why.helps)

    def _add_state(self, icon: str, token: str, title: str, text: str) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(Icon(icon, 24, token), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Text("body_medium", token, wraps=True, text=title))
        if text:
            label = Text("body", "text2", wraps=True, text=text)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        row.addLayout(column, 1)
        self._state_rows.addWidget(holder)

    def _show_elements(self, elements: Sequence[Element]) -> None:
        while len(self.cards) > len(elements):
            card = self.cards.pop()
            card.hide()
            card.deleteLater()
        while len(self.cards) < len(elements):
            card = ElementCard()
            position = len(self.cards)
            card.clicked.connect(lambda _checked=False, position=position: self.element_requested.emit(position))
            self.cards.append(card)
            self._elements.addWidget(card)
        is_open = self.view is not None and "execute" in self.view.can
        for card, element in zip(self.cards, elements, strict=True):
            detail, is_started = self._detail(element)
            card.show_element(element, detail, is_started=is_started and is_open)

    def _detail(self, element: Element) -> tuple[str, bool]:
        """Returns an element's content in short, and whether it was begun."""
        if element.state == "rejected":
            return element.reason, False
        if element.kind == "questionnaire":
            count = sum(bool(element.answers.text(question.name)) for question in element.questions)
            answers = self.tr("{count} of {total} answers").format(count=count, total=len(element.questions))
            return answers, count > 0
        if element.kind == "photo":
            photos = element.answers.photos
            size = formats.size(sum(photo.size for photo in photos))
            shown = formats.plural("VisitPage", "%n photos", len(photos))
            destination = (
                self.tr("for the ERP")
                if all(photo.upload_to_erp for photo in photos)
                else self.tr("only on this device")
            )
            return (f"{shown}, {size}, {destination}" if photos else self.tr("No photo yet")), bool(photos)
        if element.kind == "note":
            note = element.answers.note
            return " ".join(note.split()), bool(note)
        kind = "travel" if element.kind == "travel" else element.document_type
        titles = [labels.made_title(entry) for entry in self.made if entry.kind == kind]
        return ", ".join(titles) or self._offer(kind), bool(titles)

    def _offer(self, kind: str) -> str:
        """Returns what an element will begin with: the type of document, or the odometer's reading."""
        odometer = self._overview.odometer_km if self._overview else None
        if kind == "travel":
            return self.tr("Odometer {km} km").format(km=formats.number(odometer)) if odometer is not None else ""
        offers = {"sales_quote": self.tr("Sales quote"), "sales_return": self.tr("Return of goods")}
        return offers.get(kind, self.tr("Sales order"))

    def _set_description(self, text: str) -> None:
        can = self.view is not None and "describe" in self.view.can
        self.description.setReadOnly(not can)
        if self.description.toPlainText().strip() != text:
            with QSignalBlocker(self.description):
                self.description.setPlainText(text)

    def _on_typed(self) -> None:
        self._saving.start()
