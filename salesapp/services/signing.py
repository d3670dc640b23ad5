"""Binds a signature to the signed content: a change of the content removes it."""

import hashlib
from dataclasses import replace

from salesapp import clock
from salesapp.domain.canonical import canonical_json
from salesapp.domain.documents import Cart
from salesapp.protocol.records import Document, DocumentLine

_HEAD = (
    "type",
    "customer_name",
    "currency",
    "payment_form",
    "delivery_on",
    "delivery_address",
    "discount_percent",
    "description",
    "net",
    "vat",
    "gross",
)
_LINE = ("item", "unit", "quantity", "unit_price", "net", "vat", "gross", "discount_percent", "description", "is_free")


def content_digest(document: Document) -> str:
    """Returns the SHA-256 of the content that a customer signs: terms, lines, prices and totals.

    Excludes number and date, which confirming the document assigns.
    """
    lines = [[getattr(line, name) for name in _LINE] + _of_return(line) for line in document.lines]
    signed: list[object] = [[getattr(document, name) for name in _HEAD], lines]
    if document.vat_sentences:
        signed.append(document.vat_sentences)
    content = canonical_json(signed)
    return hashlib.sha256(content.encode()).hexdigest()


def _of_return(line: DocumentLine) -> list[str]:
    """Returns what only a line of a return has, so that other documents are signed as ever."""
    return [line.reason, line.returned_from] if line.reason or line.returned_from else []


def sign(cart: Cart, drawing: str, name: str, document: Document) -> Cart:
    """Returns the cart with a signature (SHA-256 of its drawing) by a person for the content of `document`."""
    return replace(
        cart,
        signature_sha256=drawing,
        signed_by=name,
        signed_at=clock.timestamp(),
        signed_content=content_digest(document),
    )


def unsigned(cart: Cart) -> Cart:
    """Returns the cart without its signature."""
    return replace(cart, signature_sha256="", signed_by="", signed_at="", signed_content="")


def with_valid_signature(cart: Cart, document: Document) -> Cart:
    """Returns the cart, without its signature if `document` differs from the signed content."""
    is_other = bool(cart.signature_sha256) and cart.signed_content != content_digest(document)
    return unsigned(cart) if is_other else cart
