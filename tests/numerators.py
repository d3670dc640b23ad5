"""Numerators for tests."""

from salesapp.domain.objects.documents import Numerator


def numerator(
    pattern: str = "{symbol}-{number}/{month}/{year}/{series}",
    period: str = "month",
    *,
    document_type: str = "sales_order",
    symbol: str = "SO",
    first_number: int = 1,
) -> Numerator:
    """Returns a numerator, by default of orders like SO-1/03/26/JSS."""
    return Numerator.of(
        document_type=document_type, symbol=symbol, pattern=pattern, period=period, first_number=first_number
    )
