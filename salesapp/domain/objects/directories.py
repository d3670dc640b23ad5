"""Directories: small objects that others reference."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Self

from salesapp.domain.entries import Entry
from salesapp.domain.rows import (
    Row,
    added,
    boolean,
    date,
    decimal,
    integer,
    nested,
    objects_of,
    reference,
    synchronized,
    text,
)
from salesapp.domain.schema import ScopeRule

ComponentKind = Literal["discount", "surcharge", "replacement_price"]


@synchronized("directories.units", "Units", natural_key=("code",))
class Unit(Row):
    """A unit of measure; `decimals` of its quantities."""

    code: str = text()
    name: str = text()
    decimals: int = integer()
    kind: Literal["quantity", "weight", "volume", "length", "time"] = text()


@synchronized("directories.warehouses", "Warehouses", natural_key=("code",), scope=(ScopeRule("code", "warehouse"),))
class Warehouse(Row):
    """A warehouse; a van is a local one."""

    code: str = text()
    name: str = text()
    kind: Literal["local", "remote"] = text()
    is_default: bool = boolean()
    address: str | None = text()


@synchronized("directories.price_types", "Price Types", natural_key=("code",), scope=(ScopeRule("code", "price_list"),))
class PriceList(Row):
    """A price list; `decimals` of its unit prices; the lowest `priority` comes first."""

    code: str = text()
    name: str = text()
    is_gross: bool = boolean()
    currency: int = reference("directories.currencies")
    priority: int = integer()
    decimals: int = integer()
    is_default: bool = boolean()
    valid_from: str | None = date()
    valid_to: str | None = date()

    @property
    def places(self) -> int:
        """The decimals that unit prices are rounded to: 0 to 4, whatever the ERP says."""
        return min(max(self.decimals, 0), 4)


TaxClass = Literal["domestic", "intra_eu", "export", "exempt", "reverse_charge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRate(Entry):
    """The rate (a code) for customers of a tax class, and the sentence that their documents must bear."""

    tax_class: TaxClass
    vat_rate: str
    sentence: str = ""


@synchronized("directories.vat_rates", "VAT Rates", natural_key=("code",))
class VatRate(Row):
    """A rate of VAT, in percent; `by_tax_class`: the rates in its place for customers of other tax classes."""

    code: str = text()
    name: str = text()
    percent: Decimal = decimal(4)
    is_exempt: bool = boolean()
    country: str | None = text()
    valid_from: str | None = date()
    valid_to: str | None = date()
    by_tax_class: tuple[ClassRate, ...] = added(nested())

    @property
    def charged_percent(self) -> Decimal:
        """The VAT charged, in percent; 0 for an exempt rate."""
        return Decimal() if self.is_exempt else self.percent


@synchronized("directories.payment_forms", "Payment Forms", natural_key=("code",))
class PaymentForm(Row):
    """A way to pay, with its discount; a negative one is a surcharge."""

    code: str = text()
    name: str = text()
    kind: Literal["cash", "transfer", "card", "other"] = text()
    due_days: int = integer()
    is_default: bool = boolean()
    discount_percent: Decimal | None = added(decimal(4))


@synchronized(
    "directories.vehicles", "Vehicles", natural_key=("registration",), scope=(ScopeRule("representative", "rep"),)
)
class Vehicle(Row):
    """A vehicle of the company, of one representative or of all."""

    registration: str = text()
    name: str = text()
    fuel: Literal["petrol", "diesel", "lpg", "hybrid", "electric"] | None = text()
    last_odometer_km: int | None = integer()
    representative: str | None = text()
    is_active: bool = boolean()


@synchronized("directories.travel_types", "Travel Types", natural_key=("code",))
class TravelType(Row):
    """A kind of travel, with the company's rate per kilometre."""

    code: str = text()
    name: str = text()
    is_private: bool = boolean()
    rate_per_km: Decimal | None = decimal(4)
    currency: int | None = reference("directories.currencies")


_SMALLEST_RATE = Decimal("1e-9")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Entry):
    """An exchange rate from a day on, in units of the base currency for one unit.

    Without a usable number the rate is unknown from that day on.
    """

    date: datetime.date
    rate: Decimal | None = None

    @classmethod
    def unreadable(cls) -> Self:
        """Returns the placeholder for a rate without a readable day."""
        return cls(date=datetime.date.min)

    @property
    def usable(self) -> Decimal | None:
        """The rate, if it can be used in calculations."""
        is_usable = self.rate is not None and _SMALLEST_RATE <= self.rate <= 1 / _SMALLEST_RATE
        return self.rate if is_usable else None


@synchronized("directories.currencies", "Currencies", natural_key=("code",))
class Currency(Row):
    """A currency; `decimals` of its amounts."""

    code: str = text()
    name: str = text()
    symbol: str | None = text()
    decimals: int = integer()
    is_base: bool = boolean()
    rates: tuple[Rate, ...] = nested()

    @property
    def places(self) -> int:
        """The decimals that amounts are rounded to: 0 to 6, whatever the ERP says."""
        return min(max(self.decimals, 0), 6)

    def rate_on(self, day: datetime.date) -> Rate | None:
        """Returns the latest rate on or before a day; None without one.

        A rate without a readable day could be the latest, so it is returned if there is one. Among rates of the same
        day an unusable one comes first, then the highest.
        """
        unreadable = Rate.unreadable()
        if unreadable in self.rates:
            return unreadable
        found = (rate for rate in self.rates if rate.date <= day)
        return max(found, key=lambda rate: (rate.date, rate.usable is None, rate.usable or 0), default=None)


@synchronized("directories.price_discount_types", "Types of Prices and Discounts", natural_key=("code",))
class ComponentType(Row):
    """A type of price component: a discount, a surcharge or a price that replaces the list price."""

    code: str = text()
    name: str = text()
    kind: ComponentKind = text()
    value_kind: Literal["percent", "amount"] = text()
    discountable: bool = boolean()
    on_base: bool = boolean()
    only_once: bool = boolean()


@synchronized("directories.global_price_configuration", "Global Price Configuration", natural_key=("name",))
class PriceSetting(Row):
    """A setting of all prices: level.<one of PRICE_LEVELS> (priority 1 to 6), combination, vat_on ..."""

    name: str = text()
    value: str = text()


OBJECTS = objects_of(
    Unit,
    Warehouse,
    PriceList,
    VatRate,
    PaymentForm,
    Vehicle,
    TravelType,
    Currency,
    ComponentType,
    PriceSetting,
)
