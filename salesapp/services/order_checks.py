"""Problems that block or qualify the confirmation of an order: stock, credit, age of prices, limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from salesapp import clock
from salesapp.domain.documents import Cart
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.directories import Unit
from salesapp.domain.objects.documents import USUAL_TYPES, Numerator
from salesapp.domain.objects.items import Item
from salesapp.domain.price_rules.numbers import plain
from salesapp.domain.pricing import PriceBook, PricedDocument, PriceWarning, age_verdict, discount_limit
from salesapp.protocol.limits import MAX_LINES, MAX_SUBMISSION_BYTES
from salesapp.protocol.records import Document
from salesapp.services import credit
from salesapp.services.price_rows import directory, profile_of, rows_for
from salesapp.services.returned import too_much
from salesapp.services.same_order import same_order
from salesapp.services.stock import available
from salesapp.services.units import unit_codes
from salesapp.services.unsent import base_units
from salesapp.services.usual_quantities import unusual_lines
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import sent_bytes

_ZERO = Decimal()
SHOWN_ONCE = frozenset({"price.list_not_in_profile"})
"""Warnings that are the same for every line, shown once."""

MINIMUM_PRICES = frozenset({"price.below_minimum", "price.minimum_unknown"})
"""Warnings that a profile may ignore."""

_WITH_TAX_NUMBER = frozenset({"intra_eu", "reverse_charge"})
"""Tax classes whose documents name the customer's tax number."""
NEARLY_FULL = 80
"""Percent of the size limit from which a warning appears."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that blocks confirmation (`blocks`), or a warning."""

    code: str
    blocks: bool
    line: str = ""
    params: tuple[tuple[str, str], ...] = ()


def kinds_of(stores: AccountStores) -> frozenset[str]:
    """Returns the kinds of documents that the profile allows; orders and quotes if it names none."""
    profile = profile_of(stores.catalog)
    return frozenset(profile.allowed_types if profile else USUAL_TYPES)


def return_reasons_of(stores: AccountStores) -> tuple[str, ...]:
    """Returns the profile's usual reasons of returns."""
    profile = profile_of(stores.catalog)
    return profile.return_reasons if profile else ()


def problems(stores: AccountStores, cart: Cart, priced: PricedDocument, record: str = "") -> Iterable[Problem]:
    """Yields the problems that block confirmation, then the warnings."""
    profile = profile_of(stores.catalog)
    yield from _kind_problems(stores, cart)
    if not cart.lines:
        yield Problem("document.no_lines", blocks=True)
    if cart.customer is None and not cart.new_customer:
        yield Problem("document.no_customer", blocks=True)
    for line in priced.lines:
        if line.error:
            yield Problem(line.error, blocks=True, line=line.id)
    yield from _unit_problems(stores, cart)
    if same := same_order(stores, cart, record):
        yield Problem("document.same_today", blocks=False, params=(("number", same.number),))
    yield from _tax_problems(stores, cart)
    yield from _quantity_problems(stores, cart, record)
    yield from _return_problems(stores, cart)
    shown: set[str] = set()
    for warning in priced.warnings:
        if warning.code == "price.unknown_customer":
            continue  # `choice_problems` says so, and what helps
        if warning.code in MINIMUM_PRICES and profile and profile.minimum_rule == "ignore":
            continue
        is_of_all = warning.code in SHOWN_ONCE
        if is_of_all and warning.code in shown:
            continue
        shown.add(warning.code)
        yield Problem(
            warning.code,
            blocks=_blocks(warning, profile),
            line="" if is_of_all else warning.line,
            params=tuple((name, str(value)) for name, value in dict(warning.params).items()),
        )
    if profile:
        yield from _stock_problems(stores, cart, profile.stock_rule, record)
    yield from _credit_problems(stores, cart, priced, profile.credit_rule if profile else "ignore", record)
    if profile:
        yield from _age_problems(stores, profile)


def _blocks(warning: PriceWarning, profile: Profile | None) -> bool:
    """Returns whether a warning blocks: own terms above the limit, or below a minimum price if the profile says so."""
    if warning.code == "price.below_minimum":
        return profile is not None and profile.minimum_rule == "block" and warning.params["own"] == "1"
    return warning.code == "price.discount_over_limit"


def _kind_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Yields problems of a kind that the profile does not allow, or that has no numerator."""
    if cart.type not in kinds_of(stores):
        yield Problem("document.kind_not_allowed", blocks=True)
    elif not cart.number and numerator_of(stores, cart.type) is None:
        yield Problem("document.no_numerator", blocks=True)


def numerator_of(stores: AccountStores, type_: str) -> Numerator | None:
    """Returns the numerator of a kind of documents; None if the ERP has no usable one."""
    found = stores.catalog.having(Numerator, "document_type", (type_,))
    return next((numerator for numerator in found if numerator.gives_numbers), None)


def _unit_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Yields quantities with more decimals than their unit allows, like half a piece."""
    decimals = {unit.id: unit.decimals for unit in directory(stores.catalog, Unit)}
    for line in cart.lines:
        most = decimals.get(line.unit, 4)
        if line.quantity != line.quantity.quantize(Decimal(1).scaleb(-most)):
            yield Problem("document.bad_decimals", blocks=True, line=line.id, params=(("decimals", str(most)),))


def _quantity_problems(stores: AccountStores, cart: Cart, record: str) -> Iterable[Problem]:
    """Yields questions about quantities over the profile's limit or far above the usual ones, which may be slips."""
    units = unit_codes(stores.catalog)
    over = dict(_over_limit(stores, cart, units))
    yield from over.values()
    for line, item, largest in unusual_lines(stores, cart, record):
        if line.id in over:
            continue
        if largest:
            told = (("largest", _text(largest)), ("base_unit", units.get(item.base_unit, "")))
            yield Problem("quantity.unusual", blocks=False, line=line.id, params=told)
        else:
            quantity = (("quantity", _text(line.quantity)), ("of_unit", units.get(line.unit, "")))
            yield Problem("quantity.large", blocks=False, line=line.id, params=quantity)


def _over_limit(stores: AccountStores, cart: Cart, units: Mapping[int, str]) -> Iterable[tuple[str, Problem]]:
    """Yields (line, question) for lines of more base units than the profile's limit."""
    profile = profile_of(stores.catalog)
    limit = profile.maximum_quantity if profile else None
    for line in cart.lines if limit is not None else ():
        quantity = line.quantity * base_units(stores, line.item, line.unit)
        if limit is not None and quantity > limit:
            item = stores.catalog.one(Item, line.item)
            unit = units.get(item.base_unit, "") if item else ""
            params = (("quantity", plain(quantity)), ("limit", plain(limit)), ("base_unit", unit))
            yield line.id, Problem("quantity.over_limit", blocks=False, line=line.id, params=params)


def _return_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Yields lines of a return without a reason, and those that return more than was sold."""
    if cart.type != "sales_return":
        return
    for line in cart.lines:
        if not line.reason.strip():
            yield Problem("return.no_reason", blocks=True, line=line.id)
    units = unit_codes(stores.catalog)
    unit_of = {line.id: line.unit for line in cart.lines}
    for found in too_much(stores, cart):
        params = (("sold", _text(found.sold)), ("of_unit", units.get(unit_of[found.line], "")), ("of", found.number))
        yield Problem("return.too_much", blocks=True, line=found.line, params=params)


def _stock_problems(stores: AccountStores, cart: Cart, rule: str, record: str) -> Iterable[Problem]:
    if rule == "ignore" or cart.type != "sales_order" or not cart.lines:
        return
    there_is = available(stores, {line.item for line in cart.lines}, without=record)
    units = unit_codes(stores.catalog)
    for line in cart.lines:
        there = there_is.get(line.item, _ZERO)
        if line.quantity * base_units(stores, line.item, line.unit) > there:
            item = stores.catalog.one(Item, line.item)
            params = (("available", _text(there)), ("unit", units.get(item.base_unit, "") if item else ""))
            yield Problem("stock.not_enough" if there > 0 else "stock.none", rule == "block", line.id, params)


def _tax_problems(stores: AccountStores, cart: Cart) -> Iterable[Problem]:
    """Warns of a customer whose tax class needs a tax number on the paper, and who has none."""
    customer = stores.catalog.one(Customer, cart.customer)
    if customer is not None and customer.tax_class in _WITH_TAX_NUMBER and not customer.tax_id:
        yield Problem("customer.no_tax_id", blocks=False, params=(("tax_class", customer.tax_class),))


def _credit_problems(
    stores: AccountStores, cart: Cart, priced: PricedDocument, rule: str, record: str
) -> Iterable[Problem]:
    customer = stores.catalog.one(Customer, cart.customer)
    if customer is None:
        return
    if customer.status == "blocked":
        yield Problem("customer.blocked", blocks=rule == "block" and cart.type != "sales_return")
    if rule == "ignore" or cart.type != "sales_order":
        return
    if customer.overdue is not None and customer.overdue > 0:
        overdue = (("amount", money_text(customer.overdue)), ("currency", credit.currency_of(stores, customer)))
        yield Problem("credit.overdue", blocks=False, params=overdue)
    if customer.credit_limit is not None and cart.lines:
        taken = credit.usage(stores, customer, without=record)
        yield from _limit_problems(stores, cart, priced, taken, customer.credit_limit, blocks=rule == "block")


def _limit_problems(
    stores: AccountStores,
    cart: Cart,
    priced: PricedDocument,
    taken: credit.Usage,
    limit: Decimal,
    *,
    blocks: bool,
) -> Iterable[Problem]:
    """Compares the limit with the used credit, own unsent orders, this order, and other drafts."""
    day = date.fromisoformat(cart.issued_on)
    this = credit.in_currency(stores, priced.gross, cart.currency, taken.currency, day)
    if this is None or taken.unsent is None:
        foreign = ", ".join(sorted({*taken.without_rate, *((cart.currency,) if this is None else ())}))
        params = {"limit": money_text(limit), "currency": taken.currency, "foreign": foreign}
        yield Problem("credit.no_rate", blocks, params=tuple(params.items()))
        return
    over = taken.used + taken.unsent + this - limit
    amounts = {"limit": limit, "used": taken.used, "unsent": taken.unsent, "this": this}
    if over > 0:
        params = {name: money_text(value) for name, value in (amounts | {"over": over}).items()}
        yield Problem("credit.limit_exceeded", blocks, params=(*params.items(), ("currency", taken.currency)))
    elif taken.drafts is not None and over + taken.drafts > 0:
        params = {"over": money_text(over + taken.drafts), "drafts": money_text(taken.drafts)}
        more = (("count", str(taken.draft_count)), ("currency", taken.currency))
        yield Problem("credit.drafts_exceed", blocks=False, params=(*params.items(), *more))


def size_problems(document: Document) -> Iterable[Problem]:
    """Yields excess over the gateway's limits (bytes as sent, lines), or a warning close to them."""
    size, lines = sent_bytes(document), len(document.lines)
    percent = max(size * 100 // MAX_SUBMISSION_BYTES, lines * 100 // MAX_LINES)
    params = (("lines", str(lines)), ("most", str(MAX_LINES)), ("percent", str(percent)))
    if lines > MAX_LINES:
        yield Problem("document.too_many_lines", blocks=True, params=params)
    elif size > MAX_SUBMISSION_BYTES:
        yield Problem("document.too_large", blocks=True, params=params)
    elif percent >= NEARLY_FULL:
        yield Problem("document.nearly_full", blocks=False, params=params)


def _age_problems(stores: AccountStores, profile: Profile) -> Iterable[Problem]:
    """Yields a problem if the last successful verification of prices is too old, whenever a price last changed."""
    limit, found = profile.maximum_price_age_hours, stores.catalog.verified_at("items.prices")
    verified_at, now = datetime.fromisoformat(found) if found else None, clock.now()
    verdict = age_verdict(profile.price_age_rule, limit, verified_at, now)
    if verdict == "ok":
        return
    if verified_at is None:
        yield Problem("price.never_verified", verdict == "block")
        return
    hours = int((now - verified_at).total_seconds() // 3600)
    yield Problem("price.too_old", verdict == "block", params=(("hours", str(hours)), ("limit", str(limit))))


def _text(value: Decimal) -> str:
    return f"{value:f}"


def discount_limit_of(stores: AccountStores) -> Decimal:
    """Returns the limit of a line's own discount plus the document's, in percent."""
    profile = profile_of(stores.catalog)
    return discount_limit(PriceBook(rows_for(stores, (), None)), profile.code if profile else None)


def money_text(value: Decimal) -> str:
    """Returns an amount as a parameter, exact and with at least two decimals: a view knows those of the currency."""
    return plain(value, 2)
