"""Planning appointments: template or free, customers, time; a preview, then all are saved at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.clock import moment_at
from salesapp.domain.appointments import Slot
from salesapp.models.choices import Choice as Entry
from salesapp.services.form_drafts import Typed
from salesapp.services.planning import Choices, Plan, Planned
from salesapp.views import formats
from salesapp.views.appointments import labels
from salesapp.views.appointments.sheets import SlotFields, text_box
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.choice import Choice, choose
from salesapp.views.parts.fields import Field, Switch
from salesapp.views.parts.filling import Puts, put_all
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.frame import MARGIN, Card, FootBar, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.sides import TwoSides
from salesapp.views.parts.text import Icon, Line, Text, Words, text_of

Customer = tuple[int | str, str]
"""Key, or the submission of a new customer; and the name."""


class CustomersSheet(ChoiceSheet):
    """Picks several customers: a tap chooses one or removes it again. `toggled` carries key and name."""

    toggled = Signal(object, str)

    def _on_opened(self, row: int) -> None:
        entry = self.model.choice(row)
        self.toggled.emit(entry.key, entry.title)
        self._on_typed(self.search.edit.text())


class PreviewSheet(TitledSheet):
    """A preview of the planned appointments. `confirmed`: save them."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, planned: Sequence[Planned]) -> None:
        super().__init__(parent, lambda: formats.plural("PreviewSheet", "%n appointments", len(planned)), "side")
        for number, one in enumerate(planned):
            if number:
                self.body.addWidget(Line())
            who = ", ".join(part for part in (one.title, one.town) if part)
            self.body.addWidget(Text("name", wraps=True, text=who))
            when = partial(lambda slot: formats.capitalized(labels.when(slot)), one.slot)
            self.body.addWidget(self.text("body", when, "text2", wraps=True))
            if one.clashes:
                row = QHBoxLayout()
                row.addWidget(Icon("warning_regular", 20, "wait"))
                row.addWidget(self.text("small_medium", partial(self._clash, one.clashes), "wait", wraps=True), 1)
                self.body.addLayout(row)
        self.body.addStretch()
        self.yes = Button("primary", "save_regular", big=True, final=True)
        self.keep_translated(lambda: self.yes.set_texts(self.tr("Save")))
        self.yes.clicked.connect(self._on_yes_clicked)
        self.panel.foot.addWidget(self.yes)

    def _clash(self, names: Sequence[str]) -> str:
        return self.tr("At the same time: {names}").format(names=", ".join(names))

    def _on_yes_clicked(self) -> None:
        self.close_sheet()
        self.confirmed.emit()


class PlanPage(ScreenPage):
    """The form. `preview_requested` carries the plan; `customers_requested` asks for more customers."""

    preview_requested = Signal(object)
    customers_requested = Signal()
    edited = Signal()

    def __init__(self, choices: Choices, first: Slot) -> None:
        super().__init__()
        self._choices = choices
        self.customers: list[Customer] = []
        self._labels: dict[str, Text] = {}
        self.template = Choice()
        self.name = Field("edit_regular", 52)
        self.type = Choice(choices.types)
        self.slot = SlotFields(first)
        self.description = text_box(height=96)
        self.approval = Switch()
        self.add = Button("normal", "person_add_regular")
        self.add.clicked.connect(self.customers_requested)
        self._chosen = QWidget()
        self._chosen_row = Flow(self._chosen)
        self.template.currentIndexChanged.connect(lambda _: self._on_template_chosen())
        holder = QWidget()
        self.sides = TwoSides(holder, gap=16)
        self._place()
        self.foot = FootBar()
        self.preview = Button("primary", "chevron_right_regular")
        self.preview.clicked.connect(self._on_preview_clicked)
        self.foot.add(self.preview)
        column = bare_column(self)
        column.addWidget(self.header)
        self.area = scrolled(holder)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)
        self.retranslate()
        self._on_template_chosen()
        self._tell_edits()

    def _tell_edits(self) -> None:
        for signal in (
            self.template.currentIndexChanged,
            self.type.currentIndexChanged,
            self.name.edit.textEdited,
            self.slot.changed,
            self.description.textChanged,
            self.approval.toggled,
        ):
            signal.connect(lambda *_: self.edited.emit())

    def values(self) -> dict[str, Typed]:
        """Returns what the fields hold; the customers as JSON."""
        return {
            "template": self.template.currentData(),
            "type": self.type.currentData(),
            "name": self.name.edit.text(),
            "description": self.description.toPlainText(),
            "approval": int(self.approval.isChecked()),
            "customers": json.dumps(self.customers),
            **self.slot.values(),
        }

    def fill(self, values: Mapping[str, Typed]) -> None:
        """Puts values into their fields; a template that is gone is left out."""
        put_all(values, self._puts())
        self.edited.emit()

    def _puts(self) -> Puts:
        """Returns what puts a value into each field; the template first, because it sets others."""
        return {
            "template": lambda key: choose(self.template, key),
            "type": lambda key: choose(self.type, key),
            "name": lambda text: self.name.edit.setText(str(text)),
            "description": lambda text: self.description.setPlainText(str(text)),
            "approval": lambda is_on: self.approval.setChecked(bool(is_on)),
            "customers": lambda text: self._put_customers(str(text)),
            **self.slot.puts(),
        }

    def _put_customers(self, text: str) -> None:
        self.customers = [(key, name) for key, name in json.loads(text)]
        self.header.set_texts(self.tr("Plan"), self._context())
        self._show_customers()

    def _place(self) -> None:
        what, who, when = Card(), Card(), Card()
        self._labelled(what, "template", self.template)
        what.body.addWidget(self.name)
        self._labelled(what, "type", self.type)
        self._what = Text("small", "text2", wraps=True)
        what.body.addWidget(self._what)
        self._labelled(who, "customers", self._chosen)
        who.body.addWidget(self.add)
        when.body.addWidget(self.slot)
        self._labelled(when, "description", self.description)
        row = QHBoxLayout()
        self._labels["approval"] = Text("small_bold", wraps=True)
        row.addWidget(self._labels["approval"], 1)
        row.addWidget(self.approval)
        when.body.addLayout(row)
        self.sides.add(what)
        self.sides.add(who)
        self.sides.add(when, beside=True)

    def _labelled(self, card: Card, name: str, field: QWidget) -> None:
        label = self._labels[name] = Text("small_bold", wraps=True)
        card.body.addWidget(label)
        card.body.addWidget(field)

    @property
    def primary(self) -> Button:
        return self.preview

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = not self.is_portrait
        margin = max((self.width() - (1200 if is_wide else 760)) // 2, MARGIN)
        self.sides.place(is_wide=is_wide, margin=margin)

    def retranslate(self) -> None:
        chosen = self.template.currentData() if self.template.count() else self._first_template()
        entries = [(None, self.tr("Without a template")), *((one.key, one.name) for one in self._choices.templates)]
        with QSignalBlocker(self.template):
            self.template.offer(entries, chosen)
        self.header.set_texts(self.tr("Plan"), self._context())
        self.name.set_texts(self.tr("Name"))
        for name, field, text in (
            ("template", self.template, self.tr("Template")),
            ("type", self.type, self.tr("Type")),
            ("customers", self._chosen, self.tr("Customers")),
            ("description", self.description, self.tr("Description")),
            ("approval", self.approval, self.tr("The office has to approve it first")),
        ):
            self._labels[name].setText(text)
            field.setAccessibleName(text)
        self.slot.retranslate()
        self.add.set_texts(self.tr("Add customers"))
        self.preview.set_texts(self.tr("Preview"))
        self.foot.set_hint(self.tr("Each customer gets an appointment, one after the other."))
        self._show_template_fields()
        self._show_customers()

    def _first_template(self) -> int | None:
        return self._choices.templates[0].key if self._choices.templates else None

    def _context(self) -> str:
        if not self.customers:
            return self.tr("Without a customer")
        return formats.plural("PlanPage", "%n customers", len(self.customers))

    def toggle(self, key: int | str, name: str) -> None:
        """Adds a customer, or removes one that is chosen."""
        if any(known == key for known, _ in self.customers):
            self.customers = [entry for entry in self.customers if entry[0] != key]
        else:
            self.customers.append((key, name))
        self.header.set_texts(self.tr("Plan"), self._context())
        self._show_customers()
        self.edited.emit()

    def is_chosen(self, key: int | str) -> bool:
        return any(known == key for known, _ in self.customers)

    def plan(self) -> Plan | None:
        """Returns the plan; if something is missing, shows it at its field and returns None."""
        name, slot = self.name.edit.text().strip(), self.slot.slot()
        self.name.set_error("" if name else self.tr("A name"))
        if not name or slot is None or self.type.currentData() is None:
            return None
        return Plan(
            name=name,
            appointment_type=self.type.currentData(),
            slot=slot,
            template=self.template.currentData(),
            customers=tuple(key for key, _ in self.customers),
            description=self.description.toPlainText(),
            needs_approval=self.approval.isChecked(),
        )

    def _on_template_chosen(self) -> None:
        template = next((one for one in self._choices.templates if one.key == self.template.currentData()), None)
        names = {one.name for one in self._choices.templates}
        if template is not None:
            self.name.edit.setText(template.name)
            self.type.setCurrentIndex(max(self.type.findData(template.appointment_type), 0))
            self.slot.set_length(template.minutes, is_full_day=template.is_full_day)
        elif self.name.edit.text() in names:
            self.name.edit.clear()
        self.type.setEnabled(template is None)
        self._show_template_fields()

    def _show_template_fields(self) -> None:
        template = next((one for one in self._choices.templates if one.key == self.template.currentData()), None)
        self._what.setText(", ".join(template.what) if template else "")
        self._what.setVisible(bool(template and template.what))

    def _show_customers(self) -> None:
        clear(self._chosen_row)
        for key, name in self.customers:
            chip = Button("filter", "dismiss_regular")
            chip.set_texts(name)
            chip.setAccessibleName(self.tr("Take {name} away").format(name=name))
            chip.clicked.connect(lambda _checked=False, key=key, name=name: self.toggle(key, name))
            self._chosen_row.addWidget(chip)
            chip.show()
        self._chosen.setVisible(bool(self.customers))

    def _on_preview_clicked(self) -> None:
        plan = self.plan()
        if plan is not None:
            self.preview_requested.emit(plan)


def first_slot(day: date, free: Slot) -> Slot:
    """Returns the first free time of today, or the morning of another day."""
    if day == free.start.date():
        return free
    start = moment_at(day, time(8))
    return Slot(start, start + (free.end - free.start))


def customers_sheet(
    page: PlanPage,
    window: QWidget,
    find: Callable[[str], list[Entry]],
    texts: Sequence[Words],
) -> CustomersSheet:
    """Returns the sheet to pick customers for a plan, with chosen ones marked."""
    title, close, hint, clear, chosen = texts

    def find_marked(typed: str) -> list[Entry]:
        return [replace(entry, right=text_of(chosen)) if page.is_chosen(entry.key) else entry for entry in find(typed)]

    sheet = CustomersSheet(
        window, title, close, lambda: find_marked(""), search=find_marked, search_words=(hint, clear)
    )
    sheet.toggled.connect(page.toggle)
    return sheet
