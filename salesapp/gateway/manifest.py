"""Answers manifest requests: what a device must have at the newest checkpoint, and the cheapest way there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from salesapp.domain.canonical import Digest, root_digest
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import SyncObject
from salesapp.errors import UserFacingError
from salesapp.gateway.accounts import SignedIn
from salesapp.gateway.database import Database
from salesapp.gateway.faults import Faults
from salesapp.gateway.histories import OtherHistoryError, history, refuse_other_history, require_current, require_seen
from salesapp.gateway.losses import accounted_from, confirmed_objects
from salesapp.gateway.publisher import (
    Checkpoint,
    current,
    is_of_another_history,
    is_pending,
    known_checkpoint,
    publish,
)
from salesapp.gateway.scopes import Entitlement
from salesapp.gateway.tables import media, scope_digest, segment
from salesapp.protocol.messages import PROTOCOL, Manifest, ManifestRequest, ObjectPlan, Seen, SegmentRef
from salesapp.protocol.segments import schema_id

REQUEST_BYTES = 2_000
"""The cost of one more segment beside its bytes; many small deltas cost more than one base."""


@dataclass(frozen=True, slots=True)
class _Device:
    """What a request says about a device, checked against what the gateway knows."""

    scopes: frozenset[int]
    checkpoint: Checkpoint | None
    lagging: dict[str, Checkpoint | None]

    def start_of(self, key: str) -> Checkpoint | None:
        """Returns the checkpoint of the device's rows of an object; None if they must be replaced."""
        return self.lagging.get(key, self.checkpoint)


def answer(
    database: Database,
    catalogue: Catalogue,
    request: ManifestRequest,
    entitlement: Entitlement,
    faults: Faults,
    who: SignedIn | None = None,
    seen: Seen | None = None,
    without: frozenset[str] = frozenset(),
) -> Manifest:
    """Returns the manifest for one device, after publishing what is pending.

    Raises GatewayError `gateway.other_history` for a device that saw what this gateway does not know, and
    `gateway.older_device` for one whose own work is older than what it sent.
    """
    check_protocol(request.protocol)
    if who is not None:
        _check_seen(database, who, seen)
    if is_pending(database):
        publish(database, catalogue)
    entries = [entry for entry in _requested(catalogue, request.objects) if entry.key not in without]
    with database.read() as connection:
        return _manifest(connection, entries, request, entitlement, faults, seen)


def _manifest(
    connection: Connection,
    entries: list[SyncObject],
    request: ManifestRequest,
    entitlement: Entitlement,
    faults: Faults,
    seen: Seen | None,
) -> Manifest:
    """Returns the manifest at the newest checkpoint."""
    point = current(connection)
    assert point is not None  # because it was published
    expected = {
        key: faults.falsify(key, digest)
        for key, digest in _digests(connection, [entry.key for entry in entries], entitlement).items()
    }
    root = root_digest(expected.items())
    now = history(connection) if seen is not None and seen.history != history(connection) else ""
    device = _device(connection, request)
    if _is_unchanged(request, device, entitlement, root):
        return Manifest(checkpoint=point.text, history=now, unchanged=True, root=root)
    accounted = _accounted(connection, entries, request)
    plans = _plans(connection, entries, expected, device, entitlement, accounted)
    files, size = _media(connection, entitlement)
    return Manifest(
        checkpoint=point.text,
        history=now,
        known=device.checkpoint is not None or not request.checkpoint,
        root=root,
        scopes=sorted(entitlement.numbers),
        objects=plans,
        media_files=files,
        media_bytes=size,
    )


def _check_seen(database: Database, who: SignedIn, seen: Seen | None) -> None:
    try:
        with database.read() as connection:
            require_seen(connection, who.user, seen)
            require_current(connection, who, seen)
    except OtherHistoryError:
        raise refuse_other_history(database, seen) from None


def check_protocol(protocol: int) -> None:
    """Raises UserFacingError for another version of the protocol."""
    if protocol != PROTOCOL:
        raise UserFacingError("gateway.protocol", app=protocol, gateway=PROTOCOL)


def _requested(catalogue: Catalogue, keys: Sequence[str] | None) -> list[SyncObject]:
    """Returns the requested objects in the catalogue's order, without those unknown to this gateway."""
    return [entry for entry in catalogue.all if keys is None or entry.key in keys]


def _digests(connection: Connection, keys: list[str], entitlement: Entitlement) -> dict[str, Digest]:
    """Returns the digest of each object over the user's scopes, at the newest checkpoint."""
    sums = dict.fromkeys(keys, Digest())
    rows = connection.execute(
        select(scope_digest.c.object, scope_digest.c.scope, scope_digest.c.count, scope_digest.c.digest)
    )
    for key, scope, count, digest in rows:
        if key in sums and entitlement.allows(scope):
            sums[key] += Digest.parse(count, digest)
    return sums


def _device(connection: Connection, request: ManifestRequest) -> _Device:
    return _Device(
        scopes=frozenset(request.scopes),
        checkpoint=known_checkpoint(connection, request.checkpoint),
        lagging={entry.key: known_checkpoint(connection, entry.checkpoint) for entry in request.lagging},
    )


def _accounted(connection: Connection, entries: list[SyncObject], request: ManifestRequest) -> dict[str, int | None]:
    """Returns for each object the revision after which its losses are accounted for, for rows of this history.

    Revisions of another history (before the gateway was restored) prove nothing, and only a See `losses`.
    See `losses`.
    """
    accounted, confirmed = accounted_from(connection, [entry.key for entry in entries]), confirmed_objects(connection)
    lagging = {entry.key: entry.checkpoint for entry in request.lagging}
    for entry in entries:
        start = lagging.get(entry.key) or request.checkpoint
        if entry.key not in confirmed and is_of_another_history(connection, start):
            accounted[entry.key] = None
    return accounted


def _is_unchanged(request: ManifestRequest, device: _Device, entitlement: Entitlement, root: str) -> bool:
    return (
        device.checkpoint is not None
        and not request.lagging
        and device.scopes == entitlement.numbers
        and request.root == root
    )


def _plans(
    connection: Connection,
    entries: list[SyncObject],
    expected: dict[str, Digest],
    device: _Device,
    entitlement: Entitlement,
    accounted: dict[str, int | None],
) -> list[ObjectPlan]:
    ways: dict[str, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(
        select(segment)
        .where(segment.c.superseded_at.is_(None))
        .order_by(segment.c.born_revision, segment.c.to_revision, segment.c.id)
    ):
        if entitlement.allows(row.scope):
            ways[row.object][row.scope].append(row)
    plans: list[ObjectPlan] = []
    for entry in entries:
        start = device.start_of(entry.key)
        fresh, chosen = _way(ways[entry.key], start, device.scopes)
        plans.append(
            ObjectPlan(
                key=entry.key,
                schema=schema_id(entry, _fields(entry, ways[entry.key])),
                count=expected[entry.key].count,
                digest=expected[entry.key].text,
                fresh=fresh,
                segments=[segment_ref(row) for row in chosen],
                accounted_from=accounted[entry.key],
            )
        )
    return plans


def _fields(entry: SyncObject, scopes: dict[int, list[Any]]) -> int:
    """Returns how many fields of an object its segments have: a device that knows so many can read all of them."""
    return max((row.fields or entry.least for rows in scopes.values() for row in rows), default=entry.least)


def _way(scopes: dict[int, list[Any]], start: Checkpoint | None, held: frozenset[int]) -> tuple[bool, list[Any]]:
    """Returns whether to send the object fresh or as changes, whichever costs less, and the segments."""
    whole = [row for rows in scopes.values() for row in whole_scope(rows)]
    if start is None:
        return True, whole
    changes: list[Any] = []
    for scope, rows in scopes.items():
        if scope in held and rows[0].born_revision <= start.revision:
            changes += [row for row in rows if row.kind == "delta" and row.to_revision > start.revision]
        else:
            came = whole_scope(rows)
            if any(row.tombstones and row.to_revision <= start.revision for row in came):
                return True, whole  # old tombstones would remove rows that moved to a scope which the device holds
            changes += came
    if changes and _weight(changes) > _weight(whole):
        return True, whole
    return False, changes


def whole_scope(rows: Iterable[Any]) -> list[Any]:
    """Returns the base of a scope and the deltas after it."""
    rows = list(rows)
    base = [row for row in rows if row.kind == "base"]
    revision = base[0].to_revision if base else -1
    return base + [row for row in rows if row.kind == "delta" and row.to_revision > revision]


def _weight(rows: list[Any]) -> int:
    return sum(row.bytes + REQUEST_BYTES for row in rows)


def segment_ref(row: Any) -> SegmentRef:
    """Returns a row of the segment table as a message."""
    return SegmentRef(
        sha256=row.sha256,
        kind=row.kind,
        scope=row.scope,
        to_revision=row.to_revision,
        rows=row.rows,
        tombstones=row.tombstones,
        bytes=row.bytes,
        unpacked=row.unpacked,
        key_from=row.key_from,
        key_to=row.key_to,
    )


def _media(connection: Connection, entitlement: Entitlement) -> tuple[int, int]:
    """Returns number and bytes of the distinct image files that the user may see."""
    rows = select(media.c.sha256, func.max(media.c.size).label("size"))
    if not entitlement.everything:
        rows = rows.where(media.c.scope.in_(entitlement.numbers))
    files = rows.group_by(media.c.sha256).subquery()
    count, size = connection.execute(select(func.count(), func.coalesce(func.sum(files.c.size), 0))).one()
    return int(count), int(size)
