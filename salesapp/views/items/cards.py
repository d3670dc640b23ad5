"""The cards of an item's page."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from salesapp import clock
from salesapp.services.items import ItemCard
from salesapp.views import formats
from salesapp.views.items import labels
from salesapp.views.labels import translate
from salesapp.views.parts.attributes import add_attribute
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.frame import Card
from salesapp.views.parts.labels import Label
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.states import StateLabel
from salesapp.views.parts.text import Text

DOT = f"{formats.FIXED}\N{MIDDLE DOT} "


def side(*, is_gross: bool) -> str:
    return translate("Items", "gross") if is_gross else translate("Items", "net")


class PriceCard(Card):
    """The item's price, and for which customer."""

    def __init__(self, card: ItemCard) -> None:
        super().__init__()
        self.body.setContentsMargins(20, 16, 8, 16)
        whose = translate("Items", "Price for {customer}").format(customer=card.customer)
        caption = Text("small_bold", "text2", wraps=True)
        caption.setText(whose if card.customer else translate("Items", "Price of the default list"))
        self.customer = Button("quiet")
        self.customer.set_texts(translate("Items", "Another customer"))
        value = Text("figure")
        unit = Text("body", "text2", wraps=True)
        if card.tag.value is None:
            value.setText(labels.no_price())
        else:
            value.setText(formats.price(card.tag.value, card.tag.currency))
            unit.setText(f"{card.tag.currency} {side(is_gross=card.tag.is_gross)} / {card.tag.unit}")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(value)
        row.addWidget(unit, 1)
        head = QHBoxLayout()
        head.setSpacing(12)
        column = QVBoxLayout()
        column.addWidget(caption)
        column.addLayout(row)
        head.addLayout(column, 1)
        head.addWidget(self.customer)
        self.body.addLayout(head)
        below = QHBoxLayout()
        before = Text("small", "text2")
        if card.tag.before is not None:
            before.setText(
                translate("Items", "List price {price}").format(price=formats.price(card.tag.before, card.tag.currency))
            )
        self.why = Button("quiet")
        self.why.set_texts(translate("Items", "Why this price"))
        if card.tag.value is None:
            self.why.hide()
        below.addWidget(before, 1)
        below.addWidget(self.why)
        self.body.addLayout(below)


def prices_card(card: ItemCard) -> PairCard:
    """Returns a card with the item's prices in all price lists on this device, the valid one marked."""
    found = PairCard(translate("Items", "Prices"))
    for price in card.prices:
        about = [price.name]
        if price.minimum_quantity:
            least = labels.quantity(price.minimum_quantity, price.unit)
            about.append(translate("Items", "from {amount}").format(amount=least))
        dates = []
        if price.valid_from:
            dates.append(translate("Items", "from {date}").format(date=formats.day(price.valid_from)))
        if price.valid_to:
            dates.append(translate("Items", "until {date}").format(date=formats.day(price.valid_to)))
        label = None
        if price.is_valid:
            label = StateLabel()
            label.show_state("ok", translate("Items", "valid"))
        value = f"{formats.price(price.value, price.currency)}{formats.FIXED}{price.currency}"
        below = DOT.join([f"{side(is_gross=price.is_gross)} / {price.unit}", *dates])
        found.add(DOT.join(about), value, role="body_bold", label=label, below=below)
    if not card.prices:
        found.add_text(translate("Items", "The lists on this device have no price for this item."))
    return found


def stock_card(card: ItemCard, note: tuple[str, str] | None = None) -> PairCard:
    """Returns a card with the stock of each warehouse, less own unsent orders. `note`: an icon and a sentence."""
    ages = {formats.age(entry.as_of) for entry in card.stock if entry.as_of}
    proven = formats.age(card.stock_at) if card.stock_at else ""
    caption = _checked(card.checked_at) if card.checked_at else ages.pop() if len(ages) == 1 else proven
    found = PairCard(translate("Items", "Stock"), caption)
    for entry in card.stock:
        below = ""
        if entry.as_of and (card.checked_at or ages):
            below = translate("Items", "ERP: {age}").format(age=formats.age(entry.as_of))
        found.add(entry.warehouse, formats.decimal(entry.quantity), role="body_bold", below=below)
    if card.unsent:
        taken = f"{formats.MINUS}{formats.decimal(card.unsent)}"
        found.add(translate("Items", "Your unsent orders"), taken, role="body_bold", token="wait")
    total = labels.quantity(card.available, card.row.unit)
    token = "text" if card.available > 0 else "wait"
    found.add(translate("Items", "Can be sold"), total, role="price", token=token, name_token="text")
    if note is not None:
        found.add_note(*note)
    return found


def _checked(at: str) -> str:
    """Returns when the stock was checked: the time, with the date unless it is today."""
    then = formats.local(at)
    is_today = then.date() == clock.today()
    return translate("Items", "checked {time}").format(time=formats.clock(then) if is_today else formats.moment(at))


def units_card(card: ItemCard) -> PairCard:
    found = PairCard(translate("Items", "Units"))
    for unit in card.units:
        below = [f"EAN{formats.FIXED}{unit.ean}"] if unit.ean else []
        if unit.gross_weight_kg:
            below.append(f"{formats.decimal(unit.gross_weight_kg)}{formats.FIXED}kg")
        factor = "" if unit.is_base else f"= {labels.quantity(unit.factor, card.row.unit)}"
        label = None
        if unit.is_default and len(card.units) > 1:
            label = Label(translate("Items", "sales unit"))
        found.add(f"{unit.name} ({unit.code})", factor, label=label, below=DOT.join(below))
    return found


def attributes_card(card: ItemCard) -> PairCard:
    found = PairCard(translate("Items", "Attributes"))
    for entry in card.attributes:
        add_attribute(found, entry.name, entry.kind, entry.value)
    return found


def details_card(card: ItemCard) -> PairCard:
    found = PairCard(translate("Items", "Details"))
    item = card.item
    if card.vat:
        found.add(translate("Items", "VAT"), card.vat)
    for name, value in (
        (translate("Items", "Tax class"), item.tax_class),
        (translate("Items", "Manufacturer"), item.manufacturer),
    ):
        if value:
            found.add(name, value)
    for name, weight in (
        (translate("Items", "Net weight"), item.net_weight_kg),
        (translate("Items", "Gross weight"), item.gross_weight_kg),
    ):
        if weight:
            found.add(name, f"{formats.decimal(weight)}{formats.FIXED}kg")
    if item.description:
        found.add_text(item.description)
    return found
