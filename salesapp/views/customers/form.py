"""The form of a new or changed customer: what is needed is told at its field, and who may be the same is shown."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salesapp.models.choices import Choice
from salesapp.models.customers import (
    Address,
    ContactPerson,
    CustomerRecord,
    Duplicate,
    Editing,
    FieldProblem,
    FormLists,
    main_address,
    problems,
)
from salesapp.models.device import Overview
from salesapp.models.sync_view import SyncView
from salesapp.views.customers import words
from salesapp.views.customers.fields import ChoiceField, Paragraph
from salesapp.views.customers.rows import InfoRow
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import Field, Segmented
from salesapp.views.parts.frame import MARGIN, Card, FootBar, Header, Page, centred, scrolled
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Line, Text
from salesapp.views.sync_words import show_chip

WIDEST = 980
LOOK_MS = 250
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
KINDS = ("company", "person")


class DuplicateCard(Card):
    """Who may be the same. `opened` carries the key or None, and the submission or ""."""

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
            why = ", ".join(words.reason(name) for name in duplicate.reasons)
            where = row.state and words.on_device(row.state)
            below = words.DOT.join(part for part in (why, row.city, row.code, where) if part)
            info = InfoRow("warning_regular", row.name, below, token="wait")  # of a colour
            info.clicked.connect(lambda _on=False, row=row: self.opened.emit(row.key, row.submission))
            self.body.addWidget(Line())
            self.body.addWidget(info)


class CustomerForm(Page):
    """`save_requested` carries the record; `looked_for` the record whose like is to be found."""

    save_requested = Signal(object)
    looked_for = Signal(object)
    duplicate_requested = Signal(object, str)
    synchro_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editing = Editing(CustomerRecord("", []))
        self.found: Sequence[Duplicate] = ()
        self._confirmed = False
        self._problems: Sequence[FieldProblem] = ()
        self._lists = FormLists((), (), (), ())
        self._overview: Overview | None = None
        self._sync = SyncView()
        self.header = Header()
        self.header.back.clicked.connect(self.go_back)
        self.header.chip.clicked.connect(self.synchro_requested)
        self.foot = FootBar()
        self.cancel = Button("normal", big=True)
        self.cancel.clicked.connect(self.go_back)
        self.primary = Button("primary", "save_regular", big=True)
        self.primary.clicked.connect(self._on_save_clicked)
        for button in (self.cancel, self.primary):
            self.foot.add(button)
        self._timer = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._timer.timeout.connect(lambda: self.looked_for.emit(self.record()))
        self._make_fields()
        self._lay_out()
        self.retranslate()

    def _make_fields(self) -> None:
        self.fields: dict[str, Field] = {}
        for name, icon in _ICONS.items():
            field = Field(icon)
            field.edit.setMaxLength(200)
            field.edit.textEdited.connect(lambda _text, name=name: self._on_edited(name))
            self.fields[name] = field
        self.kind = Segmented(KINDS)
        self.kind.chosen.connect(self._on_kind_chosen)
        self._kind = "company"
        self.choices = {name: ChoiceField(self.window) for name in ("class", "payment_form", "price_type", "currency")}
        self.notes = Paragraph()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._duplicates = QVBoxLayout()
        self.titles: dict[str, Text] = {}
        self._grids: list[tuple[QGridLayout, list[QWidget]]] = []
        self._column.addLayout(self._duplicates)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
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

    # What is shown

    def begin(self, editing: Editing | None, lists: FormLists) -> None:
        """A customer to edit, an empty one for a new one; None when it is no longer there."""
        self.gone.setVisible(editing is None)
        for widget in (self.area, self.foot):
            widget.setVisible(editing is not None)
        self.found, self._problems, self._confirmed, self._lists = (), (), False, lists
        self.editing = editing or Editing(CustomerRecord("", []))
        customer = self.editing.customer
        address = main_address(customer) or Address("main", country="PL")
        person = next(iter(customer.contact_persons), ContactPerson(""))
        for name, field in self.fields.items():
            head, _, tail = name.rpartition(".")
            source: object = {"address": address, "person": person}.get(head, customer)
            field.edit.setText(str(getattr(source, tail)))
        self._kind = customer.kind
        self.choices["class"].choose(customer.customer_class)
        self.choices["payment_form"].choose(customer.payment_form)
        self.choices["price_type"].choose(customer.price_type)
        self.choices["currency"].choose(customer.currency)
        self.notes.edit.setPlainText(customer.notes)
        self.area.verticalScrollBar().setValue(0)
        self.retranslate()
        self.fields["name"].edit.setFocus()

    def record(self) -> CustomerRecord:
        """What is typed, over what was there."""
        old = self.editing.customer
        text = {name: field.edit.text().strip() for name, field in self.fields.items()}
        before = main_address(old) or Address("main", is_default=True)
        address = msgspec.structs.replace(
            before,
            street=text["address.street"],
            postal_code=text["address.postal_code"],
            city=text["address.city"],
            country=text["address.country"].upper(),
        )
        others = [entry for entry in old.addresses if entry is not before]
        return msgspec.structs.replace(
            old,
            name=text["name"],
            tax_id=text["tax_id"],
            kind=self._kind,
            addresses=[address, *others],
            city=text["address.city"],
            phone=text["phone"],
            email=text["email"],
            contact_persons=self._persons(old, text),
            customer_class=self.choices["class"].value or "",
            payment_form=self.choices["payment_form"].value,
            price_type=self.choices["price_type"].value,
            currency=self.choices["currency"].value or "",
            notes=self.notes.edit.toPlainText().strip(),
        )

    @staticmethod
    def _persons(old: CustomerRecord, text: dict[str, str]) -> list[ContactPerson]:
        others = old.contact_persons[1:]
        if not text["person.name"]:
            return others
        before = next(iter(old.contact_persons), ContactPerson("", is_default=True))
        values = {name: text[f"person.{name}"] for name in ("name", "position", "phone", "email")}
        return [msgspec.structs.replace(before, **values), *others]

    def show_duplicates(self, found: Sequence[Duplicate]) -> None:
        """Who may be the same; saving asks once when there is somebody."""
        self.found, self._confirmed = found, self._confirmed and bool(found)
        while (item := self._duplicates.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if found:
            card = DuplicateCard(found)
            card.opened.connect(self.duplicate_requested)
            self._duplicates.addWidget(card)
        self._show_primary()

    def show_too_late(self) -> None:
        """The change could not be kept: the former one may be on its way."""
        self.foot.set_hint(self.tr("It is on its way to the gateway. Edit it again after the next synchronization."))

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        self._overview, self._sync = overview, sync
        show_chip(self.header.chip, overview, sync)

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)
        columns = 2 if self.width() >= 700 else 1
        for grid, entries in self._grids:
            while grid.takeAt(0) is not None:
                pass
            for number, entry in enumerate(entries):
                grid.addWidget(entry, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
            for column in range(2):
                grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self.arrange(portrait=self.is_portrait)

    def retranslate(self) -> None:
        show_chip(self.header.chip, self._overview, self._sync)
        is_new = self.editing.customer.customer is None
        title = self.tr("New customer") if is_new else self.tr("Change of {name}")
        code = self.editing.customer.code
        self.header.set_words(title.format(name=self.editing.customer.name), code)
        self.header.title.setWordWrap(True)
        for name, label in self._labels().items():
            self.fields[name].set_words(f"{label} *" if name in _NEEDED else label)
        self.kind.set_words({"company": self.tr("Company"), "person": self.tr("Person")}, self.tr("Kind"))
        self.kind.choose(self._kind)
        for name, text in self._titles().items():
            self.titles[name].setText(text)
        self._offer_choices()
        self.notes.set_words(self.tr("Notes for the office"))
        self.cancel.set_words(self.tr("Cancel"))
        self.gone.title.setText(self.tr("This customer is no longer there"))
        self.gone.text.setText(self.tr("The last synchronization took it away: the ERP does not have it any more."))
        self.foot.set_hint(self.tr("Fields with * are needed. It is sent with the next synchronization."))
        self._show_problems()
        self.show_duplicates(self.found)

    def _labels(self) -> dict[str, str]:
        return {
            "name": self.tr("Name"),
            "tax_id": self.tr("Tax number (NIP, EU VAT)"),
            "address.street": self.tr("Street and number"),
            "address.postal_code": self.tr("Postal code"),
            "address.city": self.tr("Town"),
            "address.country": self.tr("Country (two letters)"),
            "phone": self.tr("Phone"),
            "email": self.tr("Email"),
            "person.name": self.tr("Name of the person"),
            "person.position": self.tr("Position"),
            "person.phone": self.tr("Phone of the person"),
            "person.email": self.tr("Email of the person"),
        }

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
        default = self.tr("as the ERP has it")
        self.choices["class"].offer([Choice(name, name) for name in self._lists.classes])
        self.choices["class"].set_words(self.tr("Customer class"), self.tr("none"))
        self.choices["payment_form"].offer(self._lists.payment_forms)
        self.choices["payment_form"].set_words(self.tr("Payment form"), default)
        self.choices["price_type"].offer(self._lists.price_lists)
        self.choices["price_type"].set_words(self.tr("Price list"), default)
        self.choices["currency"].offer(self._lists.currencies)
        self.choices["currency"].set_words(self.tr("Currency"), default)

    def _show_primary(self) -> None:
        again = self.tr("Save all the same")
        self.primary.set_words(again if self._confirmed else self.tr("Save the customer"))

    def _show_problems(self) -> None:
        codes = {problem.field: problem.code for problem in self._problems}
        for name, field in self.fields.items():
            field.set_error(words.problem(codes[name]) if name in codes else "")

    # What a person does

    def _on_edited(self, name: str) -> None:
        if any(problem.field == name for problem in self._problems):
            self._problems = [problem for problem in problems(self.record()) if problem.field in self._told()]
            self._show_problems()
        if name in {"name", "tax_id", "phone"}:
            self._timer.start()

    def _told(self) -> set[str]:
        return {problem.field for problem in self._problems}

    def _on_kind_chosen(self, kind: str) -> None:
        self._kind = kind

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
