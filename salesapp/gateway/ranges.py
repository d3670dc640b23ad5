"""Answers repairs: an object's key ranges, each with its digest at the newest checkpoint and its segments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, literal_column, select

from salesapp.domain.canonical import DIGEST_COLUMNS, Digest
from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UserFacingError
from salesapp.gateway.database import Database
from salesapp.gateway.faults import Faults
from salesapp.gateway.manifest import check_protocol, segment_ref, whole_scope
from salesapp.gateway.publisher import current
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import record, segment
from salesapp.protocol.messages import RangeDigest, RangeRequest, Ranges


def ranges(
    database: Database, catalogue: Catalogue, request: RangeRequest, entitlement: Entitlement, faults: Faults
) -> Ranges:
    """Returns the ranges of the bases in the user's scopes; those of a scope cover all keys.

    Raises UserFacingError: `gateway.not_found` for an unknown object, `gateway.conflict` for an old checkpoint.
    """
    check_protocol(request.protocol)
    if request.key not in catalogue.by_key:
        raise UserFacingError("gateway.not_found")
    with database.read() as connection:
        point = current(connection)
        if point is None or point.text != request.checkpoint:
            raise UserFacingError("gateway.conflict")
        scopes: dict[int, list[Any]] = {}
        for row in connection.execute(
            select(segment)
            .where(segment.c.object == request.key, segment.c.superseded_at.is_(None))
            .order_by(segment.c.to_revision, segment.c.id)
        ):
            if entitlement.allows(row.scope):
                scopes.setdefault(row.scope, []).append(row)
        return Ranges(
            ranges=[
                _range(connection, base, [row for row in rows if row.kind == "delta"], point.revision, faults)
                for rows in map(whole_scope, scopes.values())
                for base in rows
                if base.kind == "base"
            ]
        )


def _range(connection: Connection, base: Any, deltas: list[Any], revision: int, faults: Faults) -> RangeDigest:
    low = -(2**63) if base.key_from is None else base.key_from
    high = 2**63 - 1 if base.key_to is None else base.key_to
    sums: Sequence[Any] = connection.execute(
        select(*(literal_column(column) for column in DIGEST_COLUMNS))
        .select_from(record)
        .where(
            record.c.object == base.object,
            record.c.scope == base.scope,
            record.c.id.between(low, high),
            record.c.revision <= revision,
        )
    ).one()
    count, low_sum, high_sum = (int(value) for value in sums)
    digest = faults.falsify(base.object, Digest(count, low_sum, high_sum))
    return RangeDigest(
        scope=base.scope,
        count=digest.count,
        digest=digest.text,
        segments=[segment_ref(part) for part in (base, *deltas)],
        key_from=base.key_from,
        key_to=base.key_to,
    )
