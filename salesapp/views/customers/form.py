"""The form of a new or changed customer: shows problems at their fields, and possible duplicates."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salesapp.models.choices import Choice
from salesapp.models.customers import (
    FormLists,
    corrected,
    main_address,
    problems,
    values_of,
    with_values,
)
from salesapp.protocol.records import CustomerRecord
from salesapp.services.customer_changes import Value
from salesapp.services.customer_rules import FieldProblem
from salesapp.services.customers import Duplicate, Editing
from salesapp.views.customers import labels
from salesapp.views.customers.fields import ChoiceField, Paragraph
from salesapp.views.customers.rows import InfoRow
from salesapp.views.customers.versions import ConflictCard, overwritten_cards
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import Field, Segmented
from salesapp.views.parts.frame import MARGIN, Card, FootBar, centred, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Line, Text

WIDEST = 980
DUPLICATES_MS = 250
_ICONS = {
    "name": "building_shop_regular",
    "tax_id": "document_text_regular",
    "address.street": "location_regular",
    "address.postal_code": "location_regular",
    "address.city": "building_regular",
    "address.country": "map_regular",
    "phone": "call_regular",
    "email": "mail_regular",
    "person.name": "person_regular",
    "person.position": "people_regular",
    "person.phone": "call_regular",
    "person.email": "mail_regular",
}
_GROUPS = (
    ("company", ("name", "tax_id")),
    ("address", ("address.street", "address.postal_code", "address.city", "address.country")),
    ("contact", ("phone", "email")),
    ("person", ("person.name", "person.position", "person.phone", "person.email")),
)
_NEEDED = frozenset({"name", "tax_id", "address.street", "address.postal_code", "address.city", "address.country"})
_CHOICES = ("customer_class", "payment_form", "price_type", "currency")
_CHOSEN_TEXTS = frozenset({"customer_class", "currency"})
"""Choices whose values are texts, empty for none; the others are keys, None for none."""
KINDS = ("company", "person")
_CHECKED_FROM = {"tax_id": 10, "address.postal_code": 5}
"""Field -> number of digits from which on it is checked while typing."""
_CHECKED = (*_CHECKED_FROM, "phone", "email", "person.email")
"""Fields that are checked when they are left."""
_CORRECTED = ("tax_id", "address.postal_code", "address.country", "email", "person.email")


class DuplicateCard(Card):
    """Possible duplicates. `opened` carries a customer's key or None, and its submission or ""."""

    opened = Signal(object, str)

    def __init__(self, found: Sequence[Duplicate]) -> None:
        super().__init__(padding=0)
        self.body.setContentsMargins(1, 12, 1, 1)
        self.body.setSpacing(0)
        title = Text("name", "wait", wraps=True, text=self.tr("This customer may be there already"))
        title.setContentsMargins(20, 0, 20, 8)
        self.body.addWidget(title)
        for duplicate in found:
            row = duplicate.row
            why = ", ".join(labels.reason(name) for name in duplicate.reasons)
            where = row.state and labels.on_device(row.state)
            below = labels.DOT.join(part for part in (why, row.city, row.code, where) if part)
            info = InfoRow("warning_regular", row.name, below, token="wait")  # a colour, not a secret
            info.clicked.connect(lambda _on=False, row=row: self.opened.emit(row.key, row.submission))
            self.body.addWidget(Line())
            self.body.addWidget(info)


class CustomerForm(ScreenPage):
    """`save_requested` carries the record; `duplicates_wanted` carries a record to find duplicates of."""

    save_requested = Signal(object)
    edited = Signal()
    duplicates_wanted = Signal(object)
    duplicate_requested = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self.editing = Editing(CustomerRecord("", []))
        self.conflict: ConflictCard | None = None
        self.found: Sequence[Duplicate] = ()
        self._confirmed = False
        self._problems: Sequence[FieldProblem] = ()
        self._lists = FormLists((), (), (), (), {})
        self.foot = FootBar()
        self.cancel = Button("normal", big=True)
        self.cancel.clicked.connect(self.go_back)
        self._primary = Button("primary", "save_regular", big=True)
        self.primary.clicked.connect(self._on_save_clicked)
        for button in (self.cancel, self.primary):
            self.foot.add(button)
        self._timer = QTimer(self, interval=DUPLICATES_MS, singleShot=True)
        self._timer.timeout.connect(lambda: self.duplicates_wanted.emit(self.record()))
        self._make_fields()
        self._lay_out()
        self.retranslate()

    def _make_fields(self) -> None:
        self.fields: dict[str, Field] = {}
        for name, icon in _ICONS.items():
            field = Field(icon)
            field.edit.setMaxLength(200)
            field.edit.textEdited.connect(lambda _text, name=name: self._on_edited(name))
            if name in _CHECKED:
                field.edit.editingFinished.connect(lambda name=name: self._check(name))
            if name in _CORRECTED:
                field.edit.editingFinished.connect(lambda name=name: self._correct(name))
            self.fields[name] = field
        self.kind = Segmented(KINDS)
        self.kind.chosen.connect(self._on_kind_chosen)
        self._kind = "company"
        self.choices = {name: ChoiceField(self.window) for name in _CHOICES}
        for choice in self.choices.values():
            choice.changed.connect(self._on_changed)
        self.notes = Paragraph()
        self.notes.edit.textChanged.connect(self._on_changed)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._duplicates, self._versions = QVBoxLayout(), QVBoxLayout()
        self._versions.setSpacing(16)
        self.titles: dict[str, Text] = {}
        self._grids: list[tuple[QGridLayout, list[QWidget]]] = []
        self._column.addLayout(self._duplicates)
        self._column.addLayout(self._versions)
        for group, names in _GROUPS:
            entries: list[QWidget] = [self.fields[name] for name in names]
            self._column.addWidget(self._group(group, entries))
        self._column.addWidget(self._group("terms", list(self.choices.values())))
        self._column.addWidget(self._group("notes", [self.notes]))
        self._column.addStretch()
        self.body = QWidget()
        outer = QVBoxLayout(self.body)
        outer.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        outer.addLayout(centred(self._column, WIDEST))
        self.area = scrolled(self.body)
        self.gone = Empty("info_regular")
        self.gone.hide()
        column = bare_column(self)
        for widget in (self.header, self.area, self.gone, self.foot):
            column.addWidget(widget, 0 if widget in {self.header, self.foot} else 1)

    def _group(self, name: str, entries: list[QWidget]) -> Card:
        card = Card()
        self.titles[name] = Text("name", wraps=True)
        head = QHBoxLayout()
        head.addWidget(self.titles[name], 1)
        if name == "company":
            head.addWidget(self.kind)
        card.body.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        card.body.addLayout(grid)
        self._grids.append((grid, entries))
        return card

    # Content

    def begin(self, editing: Editing | None, lists: FormLists) -> None:
        """Shows a customer to edit, an empty one to add, or with None that the customer no longer exists."""
        self.gone.setVisible(editing is None)
        for widget in (self.area, self.foot):
            widget.setVisible(editing is not None)
        self.found, self._problems, self._confirmed, self._lists = (), (), False, lists
        self.editing = editing or Editing(CustomerRecord("", []))
        for name, value in values_of(self.editing.customer).items():
            self._fill(name, value)
        if main_address(self.editing.customer) is None:
            self.fields["address.country"].edit.setText("PL")
        self.area.verticalScrollBar().setValue(0)
        self.retranslate()
        self.fields["name"].edit.setFocus()

    def _fill(self, name: str, value: Value) -> None:
        """Puts a value into its field without emitting signals."""
        text = "" if value is None else str(value)
        if name in self.fields:
            self.fields[name].edit.setText(text)
        elif name in self.choices:
            self.choices[name].choose(value)
        elif name == "kind":
            self._kind = text
            self.kind.choose(text)
        else:
            self.notes.edit.setPlainText(text)

    def values(self) -> dict[str, Value]:
        """Returns the values of the fields."""
        found: dict[str, Value] = {name: _typed(name, field) for name, field in self.fields.items()}
        for name, choice in self.choices.items():
            found[name] = choice.value or "" if name in _CHOSEN_TEXTS else choice.value
        return found | {"kind": self._kind, "notes": self.notes.edit.toPlainText().strip()}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Puts values into their fields, as if they were typed."""
        for name, value in values.items():
            self._fill(name, value)
        self._on_changed()
        self._timer.start()

    def record(self) -> CustomerRecord:
        """Returns the customer with the values of the fields."""
        return with_values(self.editing.customer, self.values())

    def _show_versions(self) -> None:
        """Shows both versions of fields that the back office changed meanwhile, and values overwritten before."""
        clear(self._versions)
        self.conflict = None
        if self.editing.differences:
            self.conflict = ConflictCard(self.editing, self.values(), self._lists.names)
            self.conflict.chosen.connect(self._on_version_chosen)
            self._versions.addWidget(self.conflict)
        for card in overwritten_cards(self.editing.not_taken, self._lists.names):
            self._versions.addWidget(card)
        if self.editing.is_behind:
            card = PairCard(self.tr("The office's version is not on this device yet"))
            card.add_text(self.tr("Synchronize, then open the change again: both versions are shown then."))
            self._versions.addWidget(card)
        self.primary.setEnabled(not self.editing.is_behind)

    def _on_version_chosen(self, name: str, value: Value) -> None:
        self._fill(name, value)
        self._on_edited(name)

    def show_duplicates(self, found: Sequence[Duplicate]) -> None:
        """Shows possible duplicates; if there are any, the first tap on Save asks for confirmation."""
        self.found, self._confirmed = found, self._confirmed and bool(found)
        clear(self._duplicates)
        if found:
            card = DuplicateCard(found)
            card.opened.connect(self.duplicate_requested)
            self._duplicates.addWidget(card)
        self._show_primary()

    def show_too_late(self) -> None:
        """Shows that the change was not saved, because an earlier one may be on its way to the gateway."""
        self.foot.set_hint(self.tr("It is on its way to the gateway. Edit it again after the next synchronization."))

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)
        columns = 2 if self.width() >= 700 else 1
        for grid, entries in self._grids:
            while grid.takeAt(0) is not None:
                pass
            span = columns if len(entries) == 1 else 1  # a single field gets the whole width
            for number, entry in enumerate(entries):
                grid.addWidget(entry, number // columns, number % columns, 1, span, Qt.AlignmentFlag.AlignTop)
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(portrait=self.is_portrait)

    @property
    def primary(self) -> Button:
        return self._primary

    def retranslate(self) -> None:
        is_new = self.editing.customer.customer is None
        title = self.tr("New customer") if is_new else self.tr("Change of {name}")
        code = self.editing.customer.code
        self.header.set_texts(title.format(name=self.editing.customer.name), code)
        self.header.title.setWordWrap(True)
        titles = labels.field_labels()
        for name, field in self.fields.items():
            field.set_texts(f"{titles[name]} *" if name in _NEEDED else titles[name])
        self.kind.set_texts({kind: labels.customer_kind(kind) for kind in KINDS}, titles["kind"])
        self.kind.choose(self._kind)
        for name, text in self._titles().items():
            self.titles[name].setText(text)
        self._offer_choices()
        self.notes.set_texts(self.tr("Notes for the office"))
        self.cancel.set_texts(self.tr("Cancel"))
        self.gone.title.setText(self.tr("This customer is no longer there"))
        self.gone.text.setText(self.tr("The last synchronization took it away: the ERP does not have it any more."))
        self.foot.set_hint(self.tr("Fields with * are needed. It is sent with the next synchronization."))
        self._show_problems()
        self.show_duplicates(self.found)
        self._show_versions()

    def _titles(self) -> dict[str, str]:
        return {
            "company": self.tr("Who it is"),
            "address": self.tr("Main address"),
            "contact": self.tr("How to reach it"),
            "person": self.tr("Contact person"),
            "terms": self.tr("Terms"),
            "notes": self.tr("Notes"),
        }

    def _offer_choices(self) -> None:
        default, titles = self.tr("set by the ERP"), labels.field_labels()
        self.choices["customer_class"].offer([Choice(name, name) for name in self._lists.classes])
        for name, choice in self.choices.items():
            choice.set_texts(titles[name], self.tr("none") if name == "customer_class" else default)
        self.choices["payment_form"].offer(self._lists.payment_forms)
        self.choices["price_type"].offer(self._lists.price_lists)
        self.choices["currency"].offer(self._lists.currencies)

    def _show_primary(self) -> None:
        again = self.tr("Save all the same")
        self.primary.set_texts(again if self._confirmed else self.tr("Save the customer"))

    def _show_problems(self) -> None:
        codes = {problem.field: problem.code for problem in self._problems}
        for name, field in self.fields.items():
            field.set_error(labels.problem(codes[name]) if name in codes else "")

    # User input

    def _on_changed(self) -> None:
        self.edited.emit()
        if self.conflict is not None:
            self.conflict.show_values(self.values())

    def _on_edited(self, name: str) -> None:
        if name in {"address.postal_code", "address.country"}:
            self._correct("address.postal_code")
        self._on_changed()
        if name in _CHECKED_FROM and self._digits(name) >= _CHECKED_FROM[name]:
            self._check(name)
        if any(problem.field == name for problem in self._problems):
            shown = {problem.field for problem in self._problems}
            self._problems = [problem for problem in problems(self.record()) if problem.field in shown]
            self._show_problems()
        if name in {"name", "tax_id", "phone"}:
            self._timer.start()

    def _digits(self, name: str) -> int:
        return sum(letter.isdigit() for letter in self.fields[name].edit.text())

    def _correct(self, name: str) -> None:
        """Writes what was plainly meant into a field that has been typed in; what was there stays as it was."""
        field = self.fields[name].edit
        text = corrected(name, field.text(), self.fields["address.country"].edit.text())
        if text != field.text() != values_of(self.editing.customer)[name]:
            field.setText(text)
            self._on_changed()

    def _check(self, name: str) -> None:
        """Shows the problem of a field that is filled in."""
        others = [problem for problem in self._problems if problem.field != name]
        found = [problem for problem in problems(self.record()) if problem.field == name]
        self._problems = [*others, *(found if self.fields[name].edit.text().strip() else ())]
        self._show_problems()

    def _on_kind_chosen(self, kind: str) -> None:
        self._kind = kind
        self._on_changed()

    def _on_save_clicked(self) -> None:
        record = self.record()
        self._problems = problems(record)
        self._show_problems()
        if self._problems:
            field = self.fields[self._problems[0].field]
            field.edit.setFocus()
            self.area.ensureWidgetVisible(field)
            return
        if self.found and not self._confirmed and record.customer is None:
            self._confirmed = True
            self._show_primary()
            self.area.verticalScrollBar().setValue(0)
            return
        self.save_requested.emit(record)


def _typed(name: str, field: Field) -> str:
    text = field.edit.text().strip()
    return text.upper() if name == "address.country" else text
