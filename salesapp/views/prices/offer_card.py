"""A promotion as a card: its scales with their benefits."""

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout

from salesapp.services.offer_items import OfferItems
from salesapp.services.price_tags import Offer, OfferScale
from salesapp.views import formats
from salesapp.views.labels import translate
from salesapp.views.parts.frame import Card
from salesapp.views.parts.strip import Segment, Shape, Strip
from salesapp.views.parts.text import Text
from salesapp.views.prices.labels import benefit_text

_MOST_NAMES = 5
_TIMES = f"{formats.FIXED}\N{MULTIPLICATION SIGN}{formats.FIXED}"


class OfferCard(Card):
    """A promotion, with a segment for each scale."""

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(12)
        title = translate("Items", "Promotion: {name}").format(name=offer.name)
        head.addWidget(Text("name", wraps=True, text=title), 1)
        if offer.valid_to:
            until = translate("Items", "until {date}").format(date=formats.day(offer.valid_to))
            head.addWidget(Text("small", "text2", text=until))
        self.body.addLayout(head)
        for words in item_texts(offer.items):
            self.body.addWidget(Text("body", "text2", wraps=True, text=words))
        strip = Strip(10)
        strip.set_segments([Segment(Shape.EMPTY) for _ in offer.scales], title)
        if len(offer.scales) > 1:
            self.body.addWidget(strip)
        for scale in offer.scales:
            self.body.addWidget(Text("body", "text2", wraps=True, text=scale_text(offer, scale)))


def item_texts(items: OfferItems) -> list[str]:
    """What counts, what is cheaper, and what a bundle consists of: "together: 2 x Cup + 1 x Coffee"."""
    found = []
    if items.parts:
        parts = " + ".join(f"{formats.decimal(units)}{_TIMES}{name}" for units, name in items.parts)
        found.append(translate("Items", "together: {parts}").format(parts=parts))
    if items.counted:
        found.append(translate("Items", "what counts: {names}").format(names=_some(items.counted)))
    if items.cheaper:
        found.append(translate("Items", "what is cheaper: {names}").format(names=_some(items.cheaper)))
    return found


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", \N{HORIZONTAL ELLIPSIS}" if len(names) > _MOST_NAMES else "")


def scale_text(offer: Offer, scale: OfferScale) -> str:
    """From 10: -5 %."""
    start = scale.start
    is_money = offer.threshold == "value"
    amount = formats.money(start, offer.currency) if is_money else formats.decimal(start)
    gives = benefit(offer, scale.value)
    if scale.units is not None and scale.per is not None:
        units, per = formats.decimal(scale.units), formats.decimal(scale.per)
        gives = translate("Items", "{what} on {units} of each {per}").format(what=gives, units=units, per=per)
    if not start:
        return translate("Items", "always: {what}").format(what=gives)
    return translate("Items", "from {amount}: {what}").format(amount=amount, what=gives)


def benefit(offer: Offer, value: str) -> str:
    """Returns the benefit of a scale: -5 %, -2.00 PLN, 9.99 PLN, 5 + 1 free."""
    if offer.kind == "free_goods":
        free = translate("Items", "{count} free").format(count=value)
        return f"{free}: {offer.gives}" if offer.gives else free
    return benefit_text(offer.kind, Decimal(value), offer.currency)
