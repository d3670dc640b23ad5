"""Documents: the numerators. Documents written on a device are sent as submissions."""

from datetime import date
from typing import Literal, get_args

from salesapp.domain.numbering import fault_of
from salesapp.domain.rows import Row, integer, objects_of, synchronized, text

DocumentType = Literal["sales_order", "sales_quote", "sales_return"]
DOCUMENT_TYPES: tuple[DocumentType, ...] = get_args(DocumentType)
USUAL_TYPES: tuple[DocumentType, ...] = ("sales_order", "sales_quote")
"""What a profile allows that names none: returns have to be named."""


@synchronized("documents.numerators", "Numerators", natural_key=("document_type",))
class Numerator(Row):
    """The number pattern of a document type, like {symbol}-{number}/{month}/{year}/{series}."""

    document_type: DocumentType = text()
    symbol: str = text()
    pattern: str = text()
    period: Literal["month", "year", "none"] = text()
    first_number: int = integer()

    def period_of(self, issued_on: date) -> str:
        """Returns the period within which numbers count up: a month, a year, or all time."""
        if self.period == "month":
            return f"{issued_on:%Y-%m}"
        return f"{issued_on:%Y}" if self.period == "year" else ""

    @property
    def gives_numbers(self) -> bool:
        """Whether the pattern is valid and never gives a number twice."""
        return not self.fault

    @property
    def fault(self) -> str:
        """Returns why the numerator cannot be used and how to fix it; empty if it can."""
        found = fault_of(self.pattern, self.symbol, self.period)
        return found or ("the first number is below 0" if self.first_number < 0 else "")

    def format(self, number: int, issued_on: date, series: str) -> str:
        """Returns the document's number, for example SO-1/03/26/JSS."""
        return self.pattern.format(
            symbol=self.symbol, number=number, month=f"{issued_on:%m}", year=f"{issued_on:%y}", series=series
        )


OBJECTS = objects_of(Numerator)
