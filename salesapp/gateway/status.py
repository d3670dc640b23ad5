"""The status of a gateway for the back office, as values."""

import msgspec
from sqlalchemy import Connection, func, select

from salesapp.domain.catalogue import Catalogue
from salesapp.gateway import accounts
from salesapp.gateway.documents import DocumentCounts, document_counts
from salesapp.gateway.health import ImportStatus, import_status
from salesapp.gateway.publisher import current
from salesapp.gateway.rows import get_meta, revision
from salesapp.gateway.tables import checkpoint, record, segment, set_aside, submission


class ObjectStatus(msgspec.Struct, frozen=True):
    """One object in the gateway."""

    key: str
    rows: int
    segments: int
    bytes: int
    set_aside: int


class SetAsideRow(msgspec.Struct, frozen=True):
    """A row of the ERP that is not published."""

    object: str
    erp_key: str
    field: str
    parent_object: str
    parent_key: str
    reason: str


class GatewayStatus(msgspec.Struct, frozen=True):
    """The whole gateway."""

    gateway: str
    checkpoint: str | None
    published_at: str | None
    revision: int
    users: int
    devices: int
    submissions: dict[str, int]
    documents: DocumentCounts
    objects: tuple[ObjectStatus, ...]
    set_aside: tuple[SetAsideRow, ...]
    imports: ImportStatus


def gateway_status(connection: Connection, catalogue: Catalogue, *, most_minutes: int = 0) -> GatewayStatus:
    """Returns the status of the gateway. `most_minutes` is as in `health.import_status`."""
    point = current(connection)
    rows: dict[str, int] = dict(
        connection.execute(select(record.c.object, func.count()).group_by(record.c.object)).all()
    )
    segments = {
        key: (count, size)
        for key, count, size in connection.execute(
            select(segment.c.object, func.count(), func.sum(segment.c.bytes))
            .where(segment.c.superseded_at.is_(None))
            .group_by(segment.c.object)
        )
    }
    aside = [SetAsideRow(*row) for row in connection.execute(select(set_aside).order_by(set_aside.c.object))]
    return GatewayStatus(
        gateway=get_meta(connection, "gateway_id"),
        checkpoint=point.text if point else None,
        published_at=connection.execute(select(func.max(checkpoint.c.at))).scalar(),
        revision=revision(connection),
        users=int(connection.execute(select(func.count()).select_from(accounts.user)).scalar_one()),
        devices=int(connection.execute(select(func.count()).select_from(accounts.device)).scalar_one()),
        submissions=dict(
            connection.execute(select(submission.c.state, func.count()).group_by(submission.c.state)).all()
        ),
        documents=document_counts(connection),
        objects=tuple(
            ObjectStatus(
                key=entry.key,
                rows=rows.get(entry.key, 0),
                segments=segments.get(entry.key, (0, 0))[0],
                bytes=int(segments.get(entry.key, (0, 0))[1]),
                set_aside=sum(row.object == entry.key for row in aside),
            )
            for entry in catalogue.all
        ),
        set_aside=tuple(aside),
        imports=import_status(connection, most_minutes=most_minutes),
    )
