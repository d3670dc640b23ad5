"""VAT by the customer's tax class: the rate that takes the place of the item's own (docs/pricing.md, rule 6)."""

from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain.objects.directories import VatRate
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.book import PriceBook
from salesapp.domain.price_rules.numbers import HUNDRED
from salesapp.domain.price_rules.terms import Terms
from salesapp.domain.price_rules.values import PriceWarning

_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class LineVat:
    """The rate of a line, None if unknown, with the sentence that the paper must bear.

    `up` / `down` turns a price of the list into one on the document's side: a gross price into net.
    """

    rate: VatRate | None
    sentence: str = ""
    up: Decimal = _ONE
    down: Decimal = _ONE
    warning: PriceWarning | None = None


NO_VAT = LineVat(None)


def line_vat(book: PriceBook, terms: Terms, item: Item, line: str) -> LineVat:
    """Returns the VAT of an item for the document's customer; its own rate, with a warning, if none is mapped."""
    own = book.vat_rate(item, terms.date)
    if own is None:
        return LineVat(None, warning=PriceWarning("price.no_vat_rate", line, {}))
    is_net = terms.price_list is not None and terms.price_list.is_gross and not terms.is_gross
    down = HUNDRED + own.charged_percent if is_net else _ONE
    up = HUNDRED if is_net else _ONE
    if terms.is_domestic:
        return LineVat(own, up=up, down=down)
    entry = next((one for one in own.by_tax_class if one.tax_class == terms.tax_class), None)
    rate = None if entry is None else book.vat_rate_of_code(entry.vat_rate, terms.date)
    if entry is None or rate is None:
        params = {"tax_class": terms.tax_class, "rate": own.code}
        return LineVat(own, "", up, down, PriceWarning("price.no_class_rate", line, params))
    return LineVat(rate, entry.sentence, up, down)
