"""A customer's page: overview on the left; documents, appointments, attributes and attachments on the right."""

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from salesapp.models.choices import Choice, ChoicesModel
from salesapp.models.own_work import WorkModel
from salesapp.services.attachments import Attached
from salesapp.services.customer_card import CustomerCard, Visit
from salesapp.services.own_work import WorkItem
from salesapp.views import formats
from salesapp.views import labels as common
from salesapp.views.customers import labels
from salesapp.views.customers.overview import CustomerOverview
from salesapp.views.parts.attributes import add_attribute
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.frame import MARGIN, Card, FootBar, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.picking_list import ChoiceDelegate
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.tabs import Tabs
from salesapp.views.parts.text import Text
from salesapp.views.parts.touch_list import TouchList
from salesapp.views.receipts.labels import spoken
from salesapp.views.receipts.rows import WorkDelegate

TABS = ("overview", "documents", "appointments", "attributes", "attachments")
LEFT = 372


class CustomerPage(ScreenPage):
    """Emits requests as signals; the presenter opens the other screens."""

    order_requested = Signal(str)
    visit_requested = Signal()
    edit_requested = Signal()
    star_requested = Signal(bool)
    payer_requested = Signal(object)  # key
    document_requested = Signal(object)
    appointment_requested = Signal(object)
    file_requested = Signal(object)
    attach_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.key: int | None = None
        self.submission = ""
        self._card: CustomerCard | None = None
        self._kinds: Collection[str] = ("sales_order", "sales_quote")
        self._is_loading = True
        self._tab = "documents"
        self._make_header()
        self._make_foot()
        self._make_lists()
        self._lay_out()
        self.retranslate()

    # Construction

    def _make_header(self) -> None:
        self.star = IconButton("star_regular")
        self.star.clicked.connect(self._on_star_clicked)
        self.edit = IconButton("edit_regular")
        self.edit.clicked.connect(self.edit_requested)
        self.small_visit, self.small_quote = IconButton("calendar_add_regular"), IconButton("document_text_regular")
        self.small_visit.clicked.connect(self.visit_requested)
        self.small_quote.clicked.connect(lambda: self.order_requested.emit("sales_quote"))
        self.small_return = IconButton("box_regular")
        self.small_return.clicked.connect(lambda: self.order_requested.emit("sales_return"))
        for button in (self.small_return, self.small_visit, self.small_quote, self.star, self.edit):
            self.header.action_row.addWidget(button)

    def _make_foot(self) -> None:
        self.foot = FootBar()
        self.visit = Button("normal", "calendar_add_regular", big=True)
        self.visit.clicked.connect(self.visit_requested)
        self.quote = Button("normal", "document_text_regular", big=True)
        self.quote.clicked.connect(lambda: self.order_requested.emit("sales_quote"))
        self._primary = Button("primary", "cart_regular", big=True)
        self.primary.clicked.connect(lambda: self.order_requested.emit("sales_order"))
        for button in (self.visit, self.quote, self.primary):
            self.foot.add(button)

    def _make_lists(self) -> None:
        self.documents_model = WorkModel(spoken, self)
        self.documents = TouchList()
        self.documents.setItemDelegate(WorkDelegate(self.documents))
        self.documents.setModel(self.documents_model)
        self.documents.opened.connect(lambda row: self.document_requested.emit(self.documents_model.work(row)))
        self.visits_model, self.visits = ChoicesModel(self), TouchList()
        self.files_model, self.files = ChoicesModel(self), TouchList()
        for view, model, signal_ in (
            (self.visits, self.visits_model, self.appointment_requested),
            (self.files, self.files_model, self.file_requested),
        ):
            view.setItemDelegate(ChoiceDelegate(view))
            view.setModel(model)
            view.opened.connect(lambda row, model=model, signal_=signal_: signal_.emit(model.choice(row).key))
        self.attach = Button("normal", "attach_regular")
        self.attach.clicked.connect(self.attach_requested)
        self.no_files = Text("body", "text2", wraps=True)
        self.no_files.setContentsMargins(16, 0, 16, 0)
        self._files = QWidget()
        files = QVBoxLayout(self._files)
        files.setContentsMargins(0, 0, 0, 0)
        files.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(16, 12, 16, 12)
        above.addWidget(self.attach)
        above.addStretch()
        files.addLayout(above)
        files.addWidget(self.no_files)
        files.addWidget(self.files, 1)
        files.addStretch()
        self.empty = Empty("info_regular")

    def _lay_out(self) -> None:
        self.tabs = Tabs()
        for name in TABS:
            self.tabs.add(name)
        self.tabs.chosen.connect(self.choose_tab)
        self._left, self._attributes, self._over = QWidget(), QWidget(), QWidget()
        for holder in (self._left, self._attributes, self._over):
            column = QVBoxLayout(holder)
            margin = 0 if holder is self._left else 12
            column.setContentsMargins(margin, margin, margin, 16)
        self.left = scrolled(self._left)
        self.left.setFixedWidth(LEFT)
        self.stack = QStackedWidget()
        self.overview = scrolled(self._over)
        self.attributes = scrolled(self._attributes)
        for widget in (self.overview, self.documents, self.visits, self.attributes, self._files, self.empty):
            self.stack.addWidget(widget)
        frame = Card(padding=1)
        frame.body.addWidget(self.stack)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(frame, 1)
        self._body = QHBoxLayout()
        self._body.setSpacing(20)
        self._body.addWidget(self.left)
        self._body.addLayout(right, 1)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addLayout(self._body, 1)
        column.addWidget(self.foot)

    # Content

    def show_loading(self, key: int | None, submission: str) -> None:
        if (key, submission) != (self.key, self.submission):
            self.key, self.submission, self._card, self._is_loading = key, submission, None, True
            self._tab = "overview" if self.is_portrait else "documents"
            self.retranslate()

    def show_card(self, card: CustomerCard | None, kinds: Collection[str]) -> None:
        """Shows a customer, or that it no longer exists. `kinds`: types of documents that the user may write."""
        self._card, self._is_loading = card, False
        self._kinds = kinds
        if card is not None:
            self.key, self.submission = card.key, card.submission
        self._show_actions()
        self.retranslate()

    def arrange(self, *, portrait: bool) -> None:
        margin = 16 if self.width() < 700 else MARGIN
        self._body.setContentsMargins(margin, 0, margin, 0)
        self.place_foot(self.foot)
        self._show_actions()
        self.empty.icon.setVisible(not self.is_low)
        self.left.setVisible(not portrait)
        self.tabs.tabs["overview"].setVisible(portrait)
        if not portrait and self._tab == "overview":
            self._tab = "documents"
        self._show_tab()

    def _show_actions(self) -> None:
        """Shows the possible actions; all buttons side by side need the width of landscape."""
        can_quote = "sales_quote" in self._kinds
        for button, small, can in ((self.visit, self.small_visit, True), (self.quote, self.small_quote, can_quote)):
            button.setVisible(can and not self.is_portrait)
            small.setVisible(can and self.is_portrait)
        self.small_return.setVisible("sales_return" in self._kinds)
        self.primary.setVisible("sales_order" in self._kinds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty.icon.setVisible(not self.is_low)

    @property
    def primary(self) -> Button:
        return self._primary

    def retranslate(self) -> None:
        card = self._card
        context = [card.code, card.tax_id, card.customer_class] if card else []
        self.header.set_texts(card.name if card else "", labels.DOT.join(part for part in context if part))
        self.header.title.setWordWrap(True)
        is_favourite = card is not None and card.is_favourite
        self.star.set_icon("star_filled" if is_favourite else "star_regular", "accent" if is_favourite else "text")
        self.star.set_texts(self.tr("Take the star away") if is_favourite else self.tr("Give a star"))
        self.star.setVisible(card is not None and card.key is not None)
        self.edit.set_texts(self.tr("Edit the customer"))
        self.edit.setVisible(card is not None)
        for visit in (self.visit, self.small_visit):
            visit.set_texts(self.tr("New visit"))
        for quote in (self.quote, self.small_quote):
            quote.set_texts(self.tr("New quote"))
        self.small_return.set_texts(self.tr("New return"))
        self.primary.set_texts(self.tr("New order"))
        self.attach.set_texts(self.tr("Add a photo or a file"))
        self.no_files.setText(self.tr("Pictures and files of this customer come here."))
        self.foot.set_hint(self._last_order())
        self.foot.setVisible(card is not None)
        self._fill()
        self._show_tab()

    def _last_order(self) -> str:
        documents = self._card.documents if self._card else ()
        last = next((item for item in documents if item.type == "sales_order" and item.state != "voided"), None)
        return self.tr("Last order {date}").format(date=labels.day(last.at)) if last else ""

    def _fill(self) -> None:
        for holder in (self._left, self._over, self._attributes):
            layout = holder.layout()
            if layout is not None:
                clear(layout)
        card = self._card
        if card is None:
            return
        for holder in (self._left, self._over):
            overview = CustomerOverview(card, self.window())
            overview.payer_requested.connect(self.payer_requested)
            self._into(holder, overview)
        self._into(self._attributes, self._attributes_card(card))
        self.documents_model.show([_document(item) for item in card.documents])
        self.visits_model.show([_visit(visit) for visit in card.visits])
        self.files_model.show([self._file(file) for file in card.files])

    @staticmethod
    def _into(holder: QWidget, widget: QWidget) -> None:
        layout = holder.layout()
        assert layout is not None  # each tab has one
        layout.addWidget(widget)

    def _attributes_card(self, card: CustomerCard) -> PairCard:
        found = PairCard(self.tr("Attributes"))
        for entry in card.attributes:
            add_attribute(found, entry.name, entry.kind, entry.value)
        return found

    def _file(self, file: Attached) -> Choice:
        below = file.description or (self.tr("made on this device") if file.record else "")
        return Choice(file, file.name, below, formats.size(file.size))

    # Tabs

    def choose_tab(self, name: str) -> None:
        self._tab = name
        self._show_tab()

    def _show_tab(self) -> None:
        card = self._card
        counts = {
            "documents": len(card.documents) if card else 0,
            "appointments": len(card.visits) if card else 0,
            "attributes": len(card.attributes) if card else 0,
            "attachments": len(card.files) if card else 0,
        }
        titles = {
            "overview": self.tr("Overview"),
            "documents": self.tr("Documents"),
            "appointments": self.tr("Appointments"),
            "attributes": self.tr("Attributes"),
            "attachments": self.tr("Attachments"),
        }
        for name, tab in self.tabs.tabs.items():
            tab.set_texts(titles[name], formats.number(counts[name]) if counts.get(name) else "")
        for view, name in (
            (self.documents, "documents"),
            (self.visits, "appointments"),
            (self.files, "attachments"),
        ):
            view.setAccessibleName(titles[name])
        self.tabs.choose(self._tab)
        self.tabs.updateGeometry()
        self._show_empty()
        shown = {
            "overview": self.overview,
            "documents": self.documents,
            "appointments": self.visits,
            "attributes": self.attributes,
            "attachments": self._files,
        }[self._tab]
        self.no_files.setVisible(not counts["attachments"])
        self.files.setVisible(bool(counts["attachments"]))
        is_there = card is not None and (self._tab in {"overview", "attachments"} or counts[self._tab] > 0)
        self.stack.setCurrentWidget(shown if is_there or self._is_loading else self.empty)

    def _show_empty(self) -> None:
        if self._card is None:
            self.empty.title.setText(self.tr("This customer is no longer there"))
            self.empty.text.setText(
                self.tr("The last synchronization took it away: the ERP does not have it any more.")
            )
            return
        titles = {
            "documents": self.tr("No documents yet"),
            "appointments": self.tr("No appointments yet"),
            "attributes": self.tr("No attributes"),
        }
        texts = {
            "documents": self.tr("Orders and quotes of this customer come here, also those that wait to be sent."),
            "appointments": self.tr("Visits that are planned or were carried out come here."),
            "attributes": self.tr("The ERP has sent no attributes for this customer."),
        }
        self.empty.title.setText(titles.get(self._tab, ""))
        self.empty.text.setText(texts.get(self._tab, ""))

    def _on_star_clicked(self) -> None:
        if self._card is not None:
            self._card = replace(self._card, is_favourite=not self._card.is_favourite)
            self.star_requested.emit(self._card.is_favourite)
            self.retranslate()


def _document(item: WorkItem) -> WorkItem:
    """Returns the item without what is the same in every row or would be shown twice."""
    number = item.number or item.erp_number
    return replace(item, title="", number=number, erp_number="" if number == item.erp_number else item.erp_number)


def _visit(visit: Visit) -> Choice:
    return Choice(visit, visit.name, formats.moment(visit.start), common.choice(visit.state))


__all__ = ["CustomerPage", "WorkItem"]
