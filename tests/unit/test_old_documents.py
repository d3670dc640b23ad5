"""Documents from before own amounts and returns are read, written and signed as ever."""

import hashlib

import msgspec

from salesapp.domain.canonical import canonical_json
from salesapp.protocol.records import Document
from salesapp.services.signing import content_digest

OLD = {
    "type": "sales_order",
    "number": "SO-1/03/26/X",
    "issued_on": "2026-03-02",
    "currency": "PLN",
    "lines": [
        {
            "line": "1",
            "item": 7,
            "unit": 1,
            "quantity": "2",
            "unit_price": "9.50",
            "net": "19.00",
            "vat": "4.37",
            "gross": "23.37",
            "discount_percent": "5",
        }
    ],
    "net": "19.00",
    "vat": "4.37",
    "gross": "23.37",
    "customer": 3,
    "customer_name": "First",
}
HEAD = ["sales_order", "First", "PLN", None, "", "", "0", "", "19.00", "4.37", "23.37"]
LINE = [7, 1, "2", "9.50", "19.00", "4.37", "23.37", "5", "", False]


def test_that_an_old_document_is_read_and_written_without_the_new_fields() -> None:
    document = msgspec.convert(OLD, Document)
    assert (document.discount_amount, document.lines[0].discount_amount, document.lines[0].own_price) == ("0", "0", "")
    assert (document.lines[0].reason, document.lines[0].returned_from) == ("", "")
    assert msgspec.json.decode(msgspec.json.encode(document)) == OLD


def test_that_an_old_document_is_signed_as_ever() -> None:
    signed = hashlib.sha256(canonical_json([HEAD, [LINE]]).encode()).hexdigest()
    document = msgspec.convert(OLD, Document)
    assert content_digest(document) == signed
    line = msgspec.structs.replace(document.lines[0], reason="Damaged")
    assert content_digest(msgspec.structs.replace(document, lines=[line])) != signed, "a reason is signed too"
