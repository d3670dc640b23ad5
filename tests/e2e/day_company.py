"""A company with prices that are easy to calculate, to check the working day."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from salesapp import clock
from tests.company import Rows, small_company

PRICES = {
    "D01": ("3.20", 230_000, "A"),
    "D02": ("12.49", 230_000, "A"),
    "D03": ("0.99", 80_000, "B"),
    "D04": ("45.00", 230_000, "A"),
    "D05": ("7.77", 80_000, "B"),
    "D06": ("19.99", 230_000, "A"),
}
"""Item: list price net of a piece in PLN, VAT in percent times 10,000, code of the rate."""
VISITS = 8
PER_BOX = 12
WITH_ELEMENTS = (2, 3)
"""Numbers of the visits with elements."""
ELEMENTS = [
    {
        "kind": "questionnaire",
        "name": "Shelf",
        "required": True,
        "questions": [
            {"name": "On the shelf?", "kind": "yes_no", "required": True},
            {"name": "How many", "kind": "number", "required": True},
        ],
    },
    {"kind": "photo", "name": "Photos"},
    {"kind": "document", "name": "Order", "required": True, "document_type": "sales_order"},
    {"kind": "note", "name": "Agreed"},
]
CUSTOMER_DISCOUNT = {"C1": Decimal(5), "C3": Decimal(0), "CE": Decimal(0)}
PROMOTION_FROM, PROMOTION = Decimal(10), Decimal(4)
"""Discount in percent from a quantity of D01 on."""
EURO = Decimal("4.2500")


def day_company() -> Rows:
    company = small_company()
    forms: dict[str, Any] = {}
    prices: dict[str, Any] = {}
    units: dict[str, Any] = {}
    for number, (code, (price, _percent, rate)) in enumerate(PRICES.items()):
        forms[code] = {
            "code": code,
            "name": f"Towar {code}",
            "ean": f"59012345678{number:02d}",
            "kind": "goods",
            "vat_rate": rate,
            "base_unit": "PCS",
            "sales_unit": "PCS",
            "is_active": 1,
        }
        prices[f"{code}-RETAIL"] = {
            "item": code,
            "price_type": "RETAIL",
            "unit": "PCS",
            "value": int(Decimal(price) * 10_000),
            "minimum_quantity": 0,
        }
        factor = {"denominator": 1_000_000, "is_allowed": 1}
        units[f"{code}-PCS"] = {"item": code, "unit": "PCS", "numerator": 1_000_000} | factor
        units[f"{code}-BOX"] = {"item": code, "unit": "BOX", "numerator": PER_BOX * 1_000_000} | factor
    company["items.forms"] = company["items.forms"] | forms
    company["items.prices"] = {key: row for key, row in company["items.prices"].items() if key != "C1-D"} | prices
    company["items.units"] = units
    company["directories.vat_rates"]["B"] = {"code": "B", "name": "8 %", "percent": 80_000}
    company["directories.currencies"]["EUR"] = {
        "code": "EUR",
        "name": "Euro",
        "decimals": 2,
        "rates": [{"date": "2020-01-01", "rate": str(EURO)}],
    }
    customer = company["customers.customers"]["C1"]
    company["customers.customers"] |= {
        "C1": customer | {"general_discount_percent": 50_000},
        "C3": customer | {"code": "C3", "name": "Third"},
        "CE": customer | {"code": "CE", "name": "Euro customer", "currency": "EUR"},
    }
    company["promotions.headers"] = {
        "P": {
            "code": "P",
            "name": "From ten",
            "kind": "percent",
            "priority": 1,
            "threshold": "quantity",
            "combines": 1,
            "scales": [{"from": str(PROMOTION_FROM), "value": str(PROMOTION)}],
        }
    }
    company["promotions.items"] = {"P1": {"promotion": "P", "item": "D01"}}
    company["auxiliary.profiles"]["field"] |= {
        "maximum_discount_percent": 150_000,
        "payment_forms": ["CASH"],
        "default_payment_form": "CASH",
        "stock_rule": "ignore",
        "may_add_customers": 1,
        "document_types": ["sales_order", "sales_quote"],
    }
    company["documents.numerators"]["SQ"] = company["documents.numerators"]["SO"] | {
        "document_type": "sales_quote",
        "symbol": "SQ",
    }
    morning = clock.now().replace(hour=7, minute=0, second=0, microsecond=0)
    company["appointments.appointments"] = {
        f"A{number}": {
            "name": f"Visit {number}",
            "appointment_type": "VISIT",
            "customer": "C1",
            "representative": "rep1",
            "planned_start": (morning + timedelta(minutes=30 * number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "state": "confirmed",
        }
        | ({"template": "TPL"} if number in WITH_ELEMENTS else {})
        for number in range(1, VISITS + 1)
    }
    company["appointments.templates"]["TPL"] |= {"elements": ELEMENTS, "is_active": 1}
    company["directories.vehicles"]["V1"] |= {"last_odometer_km": 48_000, "is_active": 1}
    return company


def grosz(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected amounts of a document: each line's net value, and the sums."""

    lines: tuple[Decimal, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal


def expected(customer: str, currency: str, lines: list[tuple[str, str, int, int]]) -> Expected:
    """Calculates from the price list; a line is (item, "pcs" or "box", quantity, own discount in percent)."""
    nets = []
    net_by_percent: dict[Decimal, Decimal] = {}
    for item, unit, quantity, own in lines:
        listed, percent, _rate = PRICES[item]
        price = Decimal(listed) * (PER_BOX if unit == "box" else 1)
        if currency == "EUR":
            price /= EURO
        price *= 1 - CUSTOMER_DISCOUNT.get(customer, Decimal()) / 100
        pieces = quantity * (PER_BOX if unit == "box" else 1)
        if item == "D01" and pieces >= PROMOTION_FROM:
            price *= 1 - PROMOTION / 100
        price *= 1 - Decimal(own) / 100
        rate = Decimal(percent) / 10_000
        nets.append(grosz(grosz(price) * quantity))
        net_by_percent[rate] = net_by_percent.get(rate, Decimal()) + nets[-1]
    net = sum(nets, Decimal())
    vat = sum((grosz(part * rate / 100) for rate, part in net_by_percent.items()), Decimal())
    return Expected(tuple(nets), net, vat, net + vat)
