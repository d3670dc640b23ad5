"""The decimals of currencies: how amounts are written, as the locale is how numbers are.

The window learns them from each overview of the device; before the first one every currency has two.
"""

from collections.abc import Mapping

USUAL = 2
_decimals: dict[str, int] = {}


def learn(decimals: Mapping[str, int]) -> None:
    """Takes decimals by code of currency; those of the base currency are also under ""."""
    _decimals.clear()
    _decimals.update(decimals)


def decimals_of(currency: str = "") -> int:
    """Returns the decimals of a currency's amounts; without a code those of the base currency."""
    return _decimals.get(currency, USUAL)
