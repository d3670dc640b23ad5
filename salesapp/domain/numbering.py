"""Numbers of documents: given on the device, offline, by the numerators and the device's own series."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Numerator:
    """A row of `documents.numerators`: `pattern` like "{symbol}-{number}/{month}/{year}/{series}"."""

    document_type: str
    symbol: str
    pattern: str
    period: str
    first_number: int

    def period_of(self, issued_on: date) -> str:
        """What the running number starts anew with: a month, a year, or never."""
        if self.period == "month":
            return f"{issued_on:%Y-%m}"
        return f"{issued_on:%Y}" if self.period == "year" else ""

    @property
    def gives_numbers(self) -> bool:
        """Whether the pattern can be filled in, and gives another number each time."""
        day = date(2000, 1, 1)
        try:
            return self.format(1, day, "A") != self.format(2, day, "A")
        except (LookupError, ValueError, AttributeError, TypeError):  # a pattern of the ERP may say anything
            return False

    def format(self, number: int, issued_on: date, series: str) -> str:
        """The document's number, for example SO-1/03/26/JSS."""
        return self.pattern.format(
            symbol=self.symbol, number=number, month=f"{issued_on:%m}", year=f"{issued_on:%y}", series=series
        )
