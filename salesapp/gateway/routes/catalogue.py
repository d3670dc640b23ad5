"""Routes for what comes down: manifests, ranges, segments, image files, and the stock of one item."""

from pathlib import Path

import anyio
import anyio.to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from salesapp.errors import GatewayError
from salesapp.gateway.accounts import SignedIn
from salesapp.gateway.audit import Event
from salesapp.gateway.histories import parse_seen
from salesapp.gateway.http import client_address, entitlement_of, json_answer, named, read_message, service, sign_in
from salesapp.gateway.manifest import answer, check_protocol
from salesapp.gateway.media import media_path
from salesapp.gateway.ranges import ranges
from salesapp.gateway.segments import served_segment
from salesapp.gateway.stock import stock_of
from salesapp.gateway.tables import STOCK
from salesapp.protocol.limits import MAX_ANSWER_BYTES
from salesapp.protocol.messages import SHA256, ManifestRequest, RangeRequest, StockRequest
from salesapp.protocol.paths import SEEN_HEADER, WITHOUT_HEADER

OWN_RESULTS_WAIT_S = 2.0
"""How long a manifest waits for the ERP's decisions, so that a sync can bring those on what it just sent."""


async def manifest(request: Request) -> Response:
    who = await sign_in(request)
    parts = service(request)
    message = await read_message(request, ManifestRequest, MAX_ANSWER_BYTES)
    seen = parse_seen(request.headers.get(SEEN_HEADER, ""))
    without = frozenset(request.headers.get(WITHOUT_HEADER, "").split(","))
    await anyio.to_thread.run_sync(parts.delivery.wait_until_idle, OWN_RESULTS_WAIT_S)
    entitled = await entitlement_of(request, who)
    found = await anyio.to_thread.run_sync(
        answer, parts.database, parts.catalogue, message, entitled, parts.faults, who, seen, without
    )
    return json_answer(named(found, request))


async def key_ranges(request: Request) -> Response:
    who = await sign_in(request)
    parts = service(request)
    message = await read_message(request, RangeRequest, MAX_ANSWER_BYTES)
    entitled = await entitlement_of(request, who)
    found = await anyio.to_thread.run_sync(ranges, parts.database, parts.catalogue, message, entitled, parts.faults)
    return json_answer(named(found, request))


async def stock(request: Request) -> Response:
    """Answers the present stock of one item. Raises GatewayError for an unknown item, or another's."""
    who = await sign_in(request)
    parts = service(request)
    message = await read_message(request, StockRequest, MAX_ANSWER_BYTES)
    check_protocol(message.protocol)
    entitled = await entitlement_of(request, who)
    found = await anyio.to_thread.run_sync(stock_of, parts.database, message.item, entitled)
    if found is None:
        await _refuse(request, who, f"stock of item {message.item}")
        raise GatewayError("stock.unknown_item")
    await anyio.sleep(parts.faults.delay_s(STOCK))
    return json_answer(named(found, request))


async def segment(request: Request) -> Response:
    """Answers a segment. Raises GatewayError for one that the user may not see."""
    who = await sign_in(request)
    parts = service(request)
    sha256 = _digest_of(request)
    entitled = await entitlement_of(request, who)
    found = await anyio.to_thread.run_sync(served_segment, parts.database, sha256, entitled)
    if found is None:
        await _refuse(request, who, f"segment {sha256}")
    elif not parts.faults.hides(found.object_key):
        await anyio.sleep(parts.faults.delay_s(found.object_key))
        return _file(request, found.path)
    raise GatewayError("gateway.not_found")


async def image(request: Request) -> Response:
    """Answers an image file. Raises GatewayError for one that the user may not see."""
    who = await sign_in(request)
    sha256 = _digest_of(request)
    entitled = await entitlement_of(request, who)
    path = await anyio.to_thread.run_sync(media_path, service(request).database, sha256, entitled)
    if path is None:
        await _refuse(request, who, f"image {sha256}")
        raise GatewayError("gateway.not_found")
    return _file(request, path)


def _digest_of(request: Request) -> str:
    sha256: str = request.path_params["sha256"]
    if not SHA256.fullmatch(sha256):
        raise GatewayError("gateway.not_found")
    return sha256


def _file(request: Request, path: Path) -> Response:
    """Answers an immutable file or a range of it; lets a configured web server in front send it."""
    parts = service(request)
    headers = {"Cache-Control": "private, immutable, max-age=31536000"}
    if parts.accel_prefix:
        headers["X-Accel-Redirect"] = f"{parts.accel_prefix}/{path.relative_to(parts.data).as_posix()}"
        return Response(headers=headers, media_type="application/octet-stream")
    return FileResponse(path, headers=headers, media_type="application/octet-stream")


async def _refuse(request: Request, who: SignedIn, what: str) -> None:
    event = Event("denied", what, "not found", who.user, who.device, client_address(request))
    await anyio.to_thread.run_sync(service(request).tally.add, event)
