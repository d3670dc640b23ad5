"""Rules by which the demo company's ERP rejects or holds submissions. Each can be switched on and off.

They let a person see every kind of receipt: rejected with a reason, received but not decided, in the ERP.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Protocol

from salesapp import clock
from salesapp.domain.objects.customers import Customer
from salesapp.domain.objects.items import Item
from salesapp.domain.rows import R
from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import DeliveredSubmission, Delivery


class Office(Protocol):
    """The data that the ERP needs to decide."""

    def rules(self) -> Mapping[str, str]:
        """The rules that are on, with their values."""
        ...

    def today(self) -> date:
        """Today at the office."""
        ...

    def one(self, kind: type[R], id_: int | None) -> R | None:
        """Returns the current row."""
        ...

    def customer_with_tax_number(self, number: str) -> Customer | None:
        """Returns a customer with this tax number, ignoring how it is written."""
        ...

    def gross_today(self, submission: DeliveredSubmission) -> Decimal | None:
        """Returns the total of a document by current prices; None if a line has no price."""
        ...


Check = Callable[[Office, DeliveredSubmission, str], Delivery | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`value` is the default; `takes` describes the possible values, empty if the rule has none."""

    told: str
    check: Check
    kind: str = "document"
    value: str = ""
    takes: str = ""


def _rejected(code: str, field: str, **params: str) -> Delivery:
    return Delivery("rejected", code=code, field=field, params={"field": field} | params)


def _delivery_date(office: Office, submission: DeliveredSubmission, _value: str) -> Delivery | None:
    wanted = submission.payload.get("delivery_on") or ""
    if not wanted or wanted >= office.today().isoformat():
        return None
    return _rejected("erp.delivery_date", "delivery_on", date=wanted)


def _blocked_customer(office: Office, submission: DeliveredSubmission, value: str) -> Delivery | None:
    customer = office.one(Customer, submission.payload.get("customer"))
    if customer is None or (customer.status != "blocked" and customer.code != value):
        return None
    return _rejected("erp.customer_blocked", "customer", name=customer.name)


def _amount(_office: Office, submission: DeliveredSubmission, value: str) -> Delivery | None:
    payload = submission.payload
    if payload["type"] != "sales_order" or Decimal(payload["gross"]) <= Decimal(value):
        return None
    params = {"amount": payload["gross"], "limit": value, "currency": payload["currency"]}
    return _rejected("erp.amount_too_high", "gross", **params)


def _discontinued_item(office: Office, submission: DeliveredSubmission, value: str) -> Delivery | None:
    for line in submission.payload["lines"]:
        item = office.one(Item, line["item"])
        if item is not None and (not item.is_active or item.code == value):
            return _rejected("erp.item_discontinued", "lines.item", line=line["line"], item=item.code)
    return None


def _price(office: Office, submission: DeliveredSubmission, _value: str) -> Delivery | None:
    payload = submission.payload
    if payload.get("customer") is None:  # the ERP does not have a new customer's terms yet
        return None
    ours = office.gross_today(submission)
    if ours == Decimal(payload["gross"]):
        return None
    price = "-" if ours is None else f"{ours:f}"
    return _rejected("erp.price_changed", "gross", sent=payload["gross"], price=price, currency=payload["currency"])


def _quote_description(_office: Office, submission: DeliveredSubmission, _value: str) -> Delivery | None:
    payload = submission.payload
    if payload["type"] != "sales_quote" or str(payload.get("description", "")).strip():
        return None
    return _rejected("erp.description_missing", "description")


def _tax_number(office: Office, submission: DeliveredSubmission, _value: str) -> Delivery | None:
    payload = submission.payload
    number = str(payload.get("tax_id", "")).strip()
    if payload.get("customer") is not None or not number:
        return None
    known = office.customer_with_tax_number(number)
    return _rejected("erp.tax_number_exists", "tax_id", tax_id=number, name=known.name) if known else None


def _closed_period(office: Office, submission: DeliveredSubmission, value: str) -> Delivery | None:
    first = value or office.today().replace(day=1).isoformat()
    planned = str(submission.payload.get("planned_start", ""))
    start = clock.local(planned).date().isoformat() if planned else ""
    if start >= first:
        return None
    return _rejected("erp.period_closed", "planned_start", date=start, first=first)


def _hold(_office: Office, submission: DeliveredSubmission, value: str) -> Delivery | None:
    if not submission.received_at:
        return None
    age = clock.now() - datetime.fromisoformat(submission.received_at)
    return Delivery("received") if age.total_seconds() < float(value) else None


RULES: dict[str, Rule] = {
    "hold": Rule("decides nothing before it is so many seconds old", _hold, "", "60", "seconds"),
    "delivery-date": Rule("a delivery date in the past", _delivery_date),
    "blocked-customer": Rule("a blocked customer, or the one named", _blocked_customer, takes="a customer's code"),
    "amount": Rule("an order above an amount", _amount, value="10000", takes="an amount"),
    "discontinued-item": Rule(
        "an item that is not active, or the one named", _discontinued_item, takes="an item's code"
    ),
    "price": Rule("a document that comes to another amount by today's prices", _price),
    "quote-description": Rule("a quote without a description", _quote_description),
    "tax-number": Rule("a new customer whose tax number another one has", _tax_number, "customer"),
    "closed-period": Rule(
        "a visit before the first open day, by default before this month", _closed_period, "appointment", takes="a date"
    ),
}
"""By name. The first rule that applies decides."""


def parse_rules(texts: Iterable[str]) -> dict[str, str]:
    """Parses "NAME", "NAME=VALUE" and comma-separated lists of them. Raises UsageError for unknown ones."""
    found: dict[str, str] = {}
    for text in (part.strip() for whole in texts for part in whole.split(",")):
        name, _, value = text.partition("=")
        rule = RULES.get(name)
        if rule is None:
            raise UsageError(f"there is no rule {name}: choose of {', '.join(RULES)}")
        if value and not rule.takes:
            raise UsageError(f"the rule {name} takes no value")
        found[name] = value or rule.value
        _check_value(name, rule, found[name])
    return found


def _check_value(name: str, rule: Rule, value: str) -> None:
    try:
        if rule.takes in {"seconds", "an amount"}:
            good = Decimal(value).is_finite() and Decimal(value) >= 0
        elif rule.takes == "a date":
            good = not value or date.fromisoformat(value).isoformat() == value
        else:
            good = True
    except (InvalidOperation, ValueError):
        good = False
    if not good:
        raise UsageError(f"the rule {name} takes {rule.takes}, and {value} is none")


def decide(office: Office, submission: DeliveredSubmission) -> Delivery | None:
    """Returns the decision of the first rule that applies; None if none does."""
    switched = office.rules()
    for name, rule in RULES.items():
        if name in switched and rule.kind in {"", submission.kind}:
            delivery = rule.check(office, submission, switched[name])
            if delivery is not None:
                return delivery
    return None
