"""Negotiates: tells the gateway what the device has, and learns what each object must be and what to fetch."""

import asyncio
import shutil
from collections import defaultdict

import msgspec

from salesapp.domain.canonical import Digest, root_digest
from salesapp.domain.object_states import ObjectState
from salesapp.domain.schema import SyncObject
from salesapp.errors import DeviceError, GatewayError, ObjectError
from salesapp.protocol import limits
from salesapp.protocol.bounds import Scopes
from salesapp.protocol.messages import PROTOCOL, ArrivedManifest, LaggingObject, ManifestRequest, ObjectPlan
from salesapp.protocol.paths import MANIFEST, WITHOUT_HEADER
from salesapp.protocol.segments import layouts, schema_id
from salesapp.store.catalog import CatalogStore, StoredState
from salesapp.store.stock_checks import this_moment
from salesapp.sync.context import Context
from salesapp.sync.stages.histories import seen_header
from salesapp.sync.stages.losses import revision
from salesapp.sync.values import Stage

SPARE_BYTES = 64 * 2**20
"""Left free on the device's disk."""


async def negotiate(context: Context) -> None:
    """Fills in the plan of every requested object; those that are right already end here.

    Raises GatewayError for a malformed manifest, and the errors of `Transport.call`.
    """
    context.run_state.stage = Stage.NEGOTIATING
    await context.in_thread(_drop_unusable, context.store)
    states = await context.in_thread(context.store.states)
    untrusted = await context.in_thread(_untrusted, context, states)
    request = _request(context, states, untrusted)
    context.negotiated_at = this_moment()
    manifest = await context.transport.call(
        "POST",
        MANIFEST,
        request,
        ArrivedManifest,
        limit=limits.MAX_MANIFEST_BYTES,
        headers=_without(context) | await seen_header(context),
    )
    await asyncio.to_thread(context.outbox.lower_revisions, revision(manifest.checkpoint))
    context.manifest = manifest
    context.checkpoint = manifest.checkpoint
    held = set(_held_scopes(context))
    context.scopes = tuple(sorted(held)) if manifest.unchanged else tuple(sorted(manifest.scopes))
    context.lost_scopes = tuple(sorted(held - set(context.scopes)))
    context.is_scope_left = not held or bool(held & set(context.scopes))
    if manifest.unchanged:
        if not request.root or manifest.root != request.root:
            raise GatewayError("gateway.malformed", reason="unchanged")
        for entry in context.requested():
            context.run_of(entry).is_proven = True
        return
    plans = manifest.plans()
    for entry in context.requested():
        if entry.key in plans:
            _take_plan(context, entry, plans[entry.key], states.get(entry.key))
        else:
            context.run_of(entry).fail(ObjectError("object.not_offered"))


def _untrusted(context: Context, states: dict[str, StoredState]) -> frozenset[str]:
    """Returns the objects in which a sample of rows does not match its hashes; they are fetched anew."""
    known = context.catalogue.by_key
    return frozenset(key for key in states if key in known and not context.store.sample_is_intact(known[key]))


def _request(context: Context, states: dict[str, StoredState], untrusted: frozenset[str]) -> ManifestRequest:
    main = context.store.meta("checkpoint")
    lagging: list[LaggingObject] = []
    for entry in context.requested():
        state = states.get(entry.key)
        if state is None or entry.key in untrusted or context.options.full or entry.key in context.options.fresh:
            lagging.append(LaggingObject(entry.key))
        elif state.checkpoint != main:
            lagging.append(LaggingObject(entry.key, state.checkpoint))
    keys = [entry.key for entry in context.requested()]
    root = "" if lagging else root_digest((key, states[key].digest) for key in keys)
    if not main:
        lagging = []  # nothing is there, so everything is fetched
    return ManifestRequest(
        protocol=PROTOCOL,
        checkpoint=main,
        root=root,
        scopes=_held_scopes(context),
        lagging=lagging,
    )


def _without(context: Context) -> dict[str, str]:
    """Returns the header with the objects to leave out; the request itself asks for all that the gateway has."""
    asked = {entry.key for entry in context.requested()}
    left_out = [entry.key for entry in context.catalogue.all if entry.key not in asked]
    return {WITHOUT_HEADER: ",".join(left_out)} if left_out else {}


def _held_scopes(context: Context) -> list[int]:
    return _scopes(context.store.meta("scopes"))


def _scopes(text: str) -> list[int]:
    return msgspec.convert([int(scope) for scope in text.split(",") if scope], Scopes)


def _drop_unusable(store: CatalogStore) -> None:
    """Drops invalid scopes, which an older version stored unchecked, so that everything is fetched anew."""
    try:
        _scopes(store.meta("scopes"))
    except (ValueError, msgspec.ValidationError):
        with store.transaction():
            store.set_meta("scopes", "")
            store.set_meta("checkpoint", "")


def _take_plan(context: Context, entry: SyncObject, plan: ObjectPlan | None, state: StoredState | None) -> None:
    run = context.run_of(entry)
    if plan is None or any(segment.to_revision > revision(context.checkpoint) for segment in plan.segments):
        run.fail(ObjectError("object.malformed"))
        return
    if plan.schema not in {schema_id(entry, count) for count in layouts(entry)}:
        run.fail(ObjectError("object.schema"))
        return
    run.plan = plan
    if plan.fresh or plan.segments or context.lost_scopes:
        return
    if state is not None and state.digest == Digest.parse(plan.count, plan.digest):
        run.is_proven = True
        run.enter(ObjectState.UNCHANGED if run.was_there else ObjectState.OK)


def check_space(context: Context) -> None:
    """Raises DeviceError unless the disk has room for the segments, the staged tables with indexes, and SPARE_BYTES.

    If only one object is too large, it ends red and the others go on.
    """
    sizes: dict[str, int] = defaultdict(int)
    for entry, segment in context.segments():
        sizes[entry.key] += segment.bytes + 3 * segment.unpacked
    free = shutil.disk_usage(context.account.path).free
    needed = SPARE_BYTES + sum(sizes.values())
    for key, size in sorted(sizes.items(), key=lambda item: -item[1]):
        if needed > free and SPARE_BYTES + size > free:
            context.run_state.objects[key].fail(DeviceError("device.disk_full", needed=SPARE_BYTES + size, free=free))
            needed -= size
    if needed > free:
        raise DeviceError("device.disk_full", needed=SPARE_BYTES + sum(sizes.values()), free=free)
