"""Lists the documents that tablets sent, with the gateway's findings, for the back office."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, select

from salesapp.gateway.database import cell
from salesapp.gateway.flags import Flag
from salesapp.gateway.tables import document_check, record, submission

NO_FLAGS = "[]"


class SentDocument(msgspec.Struct, frozen=True):
    """One document. Amounts are decimal strings; `recomputed` and `difference` are empty if nothing was compared.

    `state` is its receipt (received, in_erp, rejected), `check` the comparison (equal, differs, not_compared; empty for
    one that was refused), `difference` the gross value sent less the recomputed one.
    """

    id: str
    number: str
    type: str
    user: str
    customer: str
    currency: str
    received_at: str
    checkpoint: str
    state: str
    erp_number: str
    code: str
    params: dict[str, str]
    check: str
    sent: str
    recomputed: str
    difference: str
    flags: tuple[Flag, ...]


class DocumentCounts(msgspec.Struct, frozen=True):
    """Counts of documents by the result of their comparison; `flagged` have at least one flag."""

    equal: int = 0
    differs: int = 0
    not_compared: int = 0
    flagged: int = 0


def sent_documents(connection: Connection, *, flagged_only: bool = False) -> Iterator[SentDocument]:
    """Yields documents in the order of arrival."""
    is_its = and_(document_check.c.user_name == submission.c.user_name, document_check.c.id == submission.c.id)
    of_customer = and_(record.c.object == "customers.customers", record.c.id == cell(submission.c.payload, "customer"))
    columns = (
        submission,
        document_check.c.state.label("compared"),
        document_check.c.gross,
        document_check.c.flags,
        record.c.erp_key,
    )
    query = (
        select(*columns)
        .outerjoin_from(submission, document_check, is_its)
        .outerjoin(record, of_customer)
        .where(submission.c.kind == "document")
        .order_by(submission.c.seq)
    )
    if flagged_only:
        query = query.where(document_check.c.flags != NO_FLAGS)
    for row in connection.execute(query):
        yield _sent(row)


def document_counts(connection: Connection) -> DocumentCounts:
    query = select(document_check.c.state, func.count()).group_by(document_check.c.state)
    counts = Counter[str](dict(connection.execute(query).all()))
    flagged = select(func.count()).select_from(document_check).where(document_check.c.flags != NO_FLAGS)
    return DocumentCounts(
        counts["equal"], counts["differs"], counts["not_compared"], int(connection.execute(flagged).scalar_one())
    )


def _sent(row: Any) -> SentDocument:
    payload = msgspec.json.decode(row.payload)
    sent, recomputed = str(payload.get("gross", "")), row.gross or ""
    return SentDocument(
        id=row.id,
        number=str(payload.get("number", "")),
        type=str(payload.get("type", "")),
        user=row.user_name,
        customer=row.erp_key or str(payload.get("customer_name", "")),
        currency=str(payload.get("currency", "")),
        received_at=row.received_at,
        checkpoint=row.checkpoint,
        state=row.state,
        erp_number=row.erp_number,
        code=row.code,
        params=msgspec.json.decode(row.params),
        check=row.compared or "",
        sent=sent,
        recomputed=recomputed,
        difference=f"{Decimal(sent) - Decimal(recomputed):f}" if recomputed else "",
        flags=msgspec.json.decode(row.flags, type=tuple[Flag, ...]) if row.flags else (),
    )
