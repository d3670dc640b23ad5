"""Global Price Configuration: the settings of all prices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from salesapp.domain import nested
from salesapp.domain.objects.directories import Currency, PriceSetting
from salesapp.domain.objects.items import PRICE_LEVELS


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of all prices; an invalid value counts as missing."""

    level_priority: Mapping[str, tuple[int, int]]
    additive: bool = False
    vat_on_line: bool = False
    round_each_step: bool = False
    base_currency: str = ""
    maximum_discount_percent: Decimal | None = None

    @classmethod
    def of(cls, settings: Iterable[PriceSetting], currencies: Iterable[Currency]) -> "Configuration":
        values = {setting.name: (setting.value or "").strip() for setting in settings}
        priorities = {
            level: (int(text) if (text := values.get(f"level.{level}", "")).isdecimal() else place, place)
            for place, level in enumerate(PRICE_LEVELS, start=1)
        }
        codes = {currency.code for currency in currencies}
        base = values.get("base_currency", "")
        return cls(
            priorities,
            values.get("combination", "").lower() == "additive",
            values.get("vat_on", "").lower() == "line",
            values.get("round_each_step", "").lower() in {"1", "true", "yes"},
            base if base in codes else "",
            nested.decimal(values.get("maximum_discount_percent")),
        )

    def is_base(self, currency: Currency) -> bool:
        """Returns whether this is the base currency: the one configured here, else the one marked as base."""
        return currency.code == self.base_currency if self.base_currency else currency.is_base


def base_currency_of(currencies: Iterable[Currency], settings: Iterable[PriceSetting]) -> Currency | None:
    """Returns the currency that rates are in."""
    known = tuple(currencies)
    configuration = Configuration.of(settings, known)
    return next((currency for currency in known if configuration.is_base(currency)), None)
