"""The left part of a customer's page: credit, addresses, contacts, terms, promotions, with sheets for details."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salesapp.domain.addresses import in_one_line
from salesapp.domain.links import link_of
from salesapp.domain.objects.customers import Address
from salesapp.services.customer_card import Credit, CustomerCard
from salesapp.views import formats
from salesapp.views.customers import labels
from salesapp.views.customers.rows import InfoRow
from salesapp.views.customers.versions import overwritten_cards
from salesapp.views.formats import plural
from salesapp.views.labels import choice, translate
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.credit_bar import CreditBar
from salesapp.views.parts.frame import Card
from salesapp.views.parts.layouts import clear
from salesapp.views.parts.links import ask_map, connect_link, remark
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.states import StateLabel
from salesapp.views.parts.text import Line, Text, Words
from salesapp.views.prices.offer_card import OfferCard

_ICONS = {"phone": "call_regular", "mail": "mail_regular", "web": "share_regular"}


def _known(value: Decimal | None, currency: str) -> str:
    """Formats an amount, or says that it is unknown."""
    return translate("Customers", "unknown, no exchange rate") if value is None else formats.amount(value, currency)


def credit_card(credit: Credit) -> PairCard:
    """Returns a card with limit, used credit, own unsent orders, free credit, and the overdue amount."""
    currency = credit.currency
    limit = formats.money(credit.limit, currency) if credit.limit is not None else ""
    found = PairCard(translate("Customers", "Credit limit"), limit or translate("Customers", "no limit"))
    if credit.limit is not None and credit.free is not None and credit.unsent is not None:
        bar = CreditBar()
        spoken = translate("Customers", "{free} of {limit} is free").format(
            free=formats.amount(credit.free, currency), limit=limit
        )
        bar.show_credit(credit.limit, credit.used, credit.unsent, spoken)
        found.body.addWidget(bar)
    found.add(translate("Customers", "Used"), formats.amount(credit.used, currency))
    if credit.unsent != 0:
        unsent = translate("Customers", "Your unsent orders")
        found.add(unsent, _known(credit.unsent, currency), role="body_medium", token="wait", name_token="wait")
    if credit.limit is not None:
        token = "text" if credit.free is None or credit.free >= 0 else "fail"
        found.add(translate("Customers", "Free"), _known(credit.free, currency), role="body_bold", token=token)
    if credit.drafts != 0:
        drafts = translate("Customers", "Your drafts would take")
        found.add(drafts, _known(credit.drafts, currency), role="body_medium", name_token="text2")
    if credit.overdue > 0:
        overdue = translate("Customers", "Overdue")
        found.add(overdue, formats.amount(credit.overdue, currency), role="body_bold", token="fail", name_token="fail")
    return found


class CustomerOverview(QWidget):
    """`payer_requested` carries the key of the paying customer."""

    payer_requested = Signal(object)  # key

    def __init__(self, card: CustomerCard, window: QWidget) -> None:
        super().__init__()
        self._card, self._over = card, window
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for label in self._labels():
            column.addWidget(label)
        if card.credit is not None:
            column.addWidget(credit_card(card.credit))
        column.addWidget(self._rows())
        if card.notes:
            notes = PairCard(self.tr("Notes"))
            notes.add_text(card.notes)
            column.addWidget(notes)
        column.addStretch()

    def _labels(self) -> list[QWidget]:
        """Returns labels for the customer's special states."""
        found: list[QWidget] = []
        state = self._card.state or self._card.change
        if state:
            label = StateLabel()
            template = self.tr("New, {state}") if self._card.state else self.tr("Your change: {state}")
            label.show_state(
                labels.STATE_OF.get(state, "waiting_to_send"), template.format(state=labels.on_device(state))
            )
            found.append(label)
        if self._card.status == "blocked":
            label = StateLabel()
            label.show_state("failed", self.tr("Blocked in the ERP"))
            found.append(label)
        if self._card.merged_into:
            words = self.tr("Merged into {name}, who gets the orders").format(name=self._card.merged_into)
            found.append(Text("body_medium", "wait", wraps=True, text=words))
        return found

    def _rows(self) -> Card:
        card = Card(padding=0)
        card.body.setSpacing(0)
        card.body.setContentsMargins(1, 1, 1, 1)
        for number, (row, opens) in enumerate(self._infos()):
            if number:
                card.body.addWidget(Line())
            row.clicked.connect(opens)
            card.body.addWidget(row)
        return card

    def _infos(self) -> list[tuple[InfoRow, Callable[[], None]]]:
        card = self._card
        address = next(iter(sorted(card.addresses, key=lambda entry: not entry.is_default)), None)
        kind = labels.address_kind(address.kind if address else "")
        count = plural("Customers", "%n addresses", len(card.addresses))
        persons = plural("Customers", "%n contact persons", len(card.persons))
        terms = labels.DOT.join(part for part in (card.payment_form, card.price_list) if part)
        payer = self.tr("payer: {name}").format(name=card.payer) if card.payer else self.tr("pays for itself")
        offers = plural("Customers", "%n promotions apply", len(card.offers))
        names = ", ".join(offer.name for offer in card.offers)
        town = in_one_line(address) or card.city or self.tr("No address")
        found = [
            (InfoRow("location_regular", town, f"{kind}{labels.DOT}{count}" if address else ""), self.open_addresses),
            (InfoRow("call_regular", card.phone or card.email or self.tr("No phone"), persons), self.open_contacts),
            (InfoRow("payment_regular", terms or self.tr("Terms of the default list"), payer), self.open_terms),
            (InfoRow("tag_percent_regular", offers, names), self.open_offers),
        ]
        if card.not_taken:
            titles = labels.field_labels()
            fields = ", ".join(dict.fromkeys(titles[entry.field] for entry in card.not_taken))
            overwritten = InfoRow("history_regular", self.tr("Values that gave way"), fields)
            found.append((overwritten, self.open_overwritten))
        return found

    # Details

    def open_addresses(self) -> None:
        DetailsSheet(self._over, lambda: self.tr("Addresses"), self._fill_addresses).open()

    def _fill_addresses(self, sheet: "DetailsSheet") -> None:
        for address in self._card.addresses:
            card = PairCard(labels.address_kind(address.kind), address.country)
            lines = (address.name, address.street, address.postal_code, address.city)
            card.add_text("\n".join(filter(None, lines)))
            card.body.addWidget(self._map_button(address))
            sheet.add(card)
        sheet.finish(self.tr("No address"))

    def _map_button(self, address: Address) -> Button:
        button = Button("quiet", "map_regular")
        button.set_texts(self.tr("Directions"))
        place = ", ".join(filter(None, (address.street, address.postal_code, address.city, address.country)))
        button.clicked.connect(lambda: ask_map(button, place))
        return button

    def open_contacts(self) -> None:
        DetailsSheet(self._over, lambda: self.tr("Contacts"), self._fill_contacts).open()

    def _fill_contacts(self, sheet: "DetailsSheet") -> None:
        card = self._card
        own = PairCard(card.name)
        for kind, value in (("phone", card.phone), ("email", card.email)):
            if value:
                _add_contact(own, kind, value)
        for contact in card.contacts:
            if contact.value and contact.value not in {card.phone, card.email}:
                _add_contact(own, contact.kind, contact.value)
        sheet.add(own)
        for person in card.persons:
            entry = PairCard(person.name, person.position)
            for kind, value in (("phone", person.phone), ("email", person.email)):
                if value:
                    _add_contact(entry, kind, value)
            sheet.add(entry)
        sheet.finish()

    def open_terms(self) -> None:
        DetailsSheet(self._over, lambda: self.tr("Terms"), self._fill_terms).open()

    def _fill_terms(self, sheet: "DetailsSheet") -> None:
        card = self._card
        terms = PairCard(self.tr("Terms"))
        for name, value in (
            (self.tr("Payment form"), card.payment_form),
            (self.tr("Price list"), card.price_list or self.tr("default list")),
            (self.tr("General discount"), _percent(card)),
            (self.tr("Customer class"), card.customer_class),
            (self.tr("Tax class"), choice(card.tax_class) if card.tax_class else ""),
            (self.tr("Payer"), card.payer),
        ):
            if value:
                terms.add(name, value)
        sheet.add(terms)
        if card.payer_key is not None:
            payer = card.payer_key
            button = Button("normal", "building_shop_regular")
            button.set_texts(self.tr("Open the payer"))
            button.clicked.connect(sheet.close_sheet)
            button.clicked.connect(lambda: self.payer_requested.emit(payer))
            sheet.add(button)
        sheet.finish()

    def open_overwritten(self) -> None:
        DetailsSheet(self._over, lambda: self.tr("Values that gave way"), self._fill_overwritten).open()

    def _fill_overwritten(self, sheet: "DetailsSheet") -> None:
        for card in overwritten_cards(self._card.not_taken, self._card.names):
            sheet.add(card)

    def open_offers(self) -> None:
        DetailsSheet(self._over, lambda: self.tr("Promotions"), self._fill_offers).open()

    def _fill_offers(self, sheet: "DetailsSheet") -> None:
        for offer in self._card.offers:
            sheet.add(OfferCard(offer))
        sheet.finish(self.tr("No promotion applies today"))


class DetailsSheet(TitledSheet):
    """Cards in a sheet at the side; `fill` adds them, and again whenever the language changes."""

    on_scan = "close"

    def __init__(self, parent: QWidget, title: Words, fill: "Callable[[DetailsSheet], None]") -> None:
        super().__init__(parent, title, "side")
        self._count = 0
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self.body.addLayout(self._cards)
        self.body.addStretch()
        self._fill = fill
        self.keep_translated(self._show)

    def _show(self) -> None:
        self._count = 0
        clear(self._cards)
        self._fill(self)

    def add(self, widget: QWidget) -> None:
        self._count += 1
        self._cards.addWidget(widget)

    def finish(self, nothing: str = "") -> None:
        """Ends the column; shows `nothing` if no card was added."""
        if not self._count and nothing:
            self._cards.addWidget(Text("body", "text2", wraps=True, text=nothing))


def _percent(card: CustomerCard) -> str:
    return f"{formats.decimal(card.discount_percent)}{formats.FIXED}%" if card.discount_percent else ""


def _add_contact(card: PairCard, kind: str, value: str) -> None:
    """Adds a contact, as a button to call, write or open it if the value is plain enough."""
    kind_label = labels.contact_kind(kind)
    link, button = link_of(kind, value), None
    if link is not None:
        button = IconButton(_ICONS[link.kind])
        button.set_texts(f"{kind_label}: {value}")
        connect_link(button, link)
    below = labels.DOT.join(part for part in (kind_label, remark(kind, value)) if part)
    card.add(value, button or "", name_role="word", name_token="text", below=below)
