"""Documents: the numerators; what is written on the device travels as submissions."""

from typing import Literal, get_args

from salesapp.domain.rows import Row, integer, objects_of, synchronized, text

DocumentType = Literal["sales_order", "sales_quote"]
DOCUMENT_TYPES: tuple[DocumentType, ...] = get_args(DocumentType)


@synchronized("documents.numerators", "Numerators", natural_key=("document_type",))
class NumeratorRow(Row):
    """How the documents of a type are numbered: a pattern like {symbol}-{number}/{month}/{year}/{series}."""

    document_type: DocumentType = text()
    symbol: str = text()
    pattern: str = text()
    period: Literal["month", "year", "none"] = text()
    first_number: int = integer()


OBJECTS = objects_of(NumeratorRow)
