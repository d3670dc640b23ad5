"""Answering repairs: one object's key ranges, each with its digest at the newest checkpoint and the segments it is made of."""

from typing import Any

from sqlalchemy import Connection, select

from salesapp.domain.canonical import DIGEST_SQL, Digest
from salesapp.domain.catalogue import Catalogue
from salesapp.errors import UserFacingError
from salesapp.gateway.database import Database
from salesapp.gateway.faults import Faults
from salesapp.gateway.manifest import check_protocol, segment_ref, whole_scope
from salesapp.gateway.publisher import current
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import segment
from salesapp.protocol.messages import RangeDigest, RangeRequest, Ranges


def ranges(
    database: Database, catalogue: Catalogue, request: RangeRequest, entitlement: Entitlement, faults: Faults
) -> Ranges:
    """The ranges of the bases of all scopes that the user is entitled to; those of one scope cover all keys.

    Raises UserFacingError "gateway.not_found" for another object, "gateway.conflict" when the gateway has moved on.
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
    row = connection.exec_driver_sql(
        f"SELECT {DIGEST_SQL} FROM record WHERE object = ? AND scope = ? AND id BETWEEN ? AND ? AND revision <= ?",  # noqa: S608
        (base.object, base.scope, low, high, revision),
    ).one()
    digest = faults.spoil(base.object, Digest(*row))
    return RangeDigest(
        scope=base.scope,
        count=digest.count,
        digest=digest.text,
        segments=[segment_ref(part) for part in (base, *deltas)],
        key_from=base.key_from,
        key_to=base.key_to,
    )
