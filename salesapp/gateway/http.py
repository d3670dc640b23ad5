"""What all routes share: limited bodies, strict JSON, authentication, and errors as problems."""

import json
import logging
import uuid
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import anyio
import anyio.to_thread
import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from salesapp.domain.catalogue import Catalogue
from salesapp.errors import BLOCKED, AuthorizationError, GatewayError, UserFacingError
from salesapp.gateway.accounts import SignedIn, signed_in
from salesapp.gateway.addresses import plain_address
from salesapp.gateway.audit import Event, Tally
from salesapp.gateway.database import Database
from salesapp.gateway.delivery import DeliveryWorker
from salesapp.gateway.faults import Faults
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.scopes import Entitlement, entitlement
from salesapp.gateway.throttle import Throttle
from salesapp.protocol.codes import STATUS_OF
from salesapp.protocol.messages import REQUEST_NAME, Answer, Message, Problem
from salesapp.protocol.paths import REQUEST_HEADER

log = logging.getLogger(__name__)

MessageT = TypeVar("MessageT", bound=Message)
AnswerT = TypeVar("AnswerT", bound=Answer)

DEEPEST_JSON = 32
LONG_BODY = 64 * 2**10


@dataclass(frozen=True)
class Service:
    """The parts of a running gateway, in the app's state."""

    gateway_id: str
    database: Database
    catalogue: Catalogue
    faults: Faults
    throttle: Throttle
    tally: Tally
    quotas: Quotas
    logons: anyio.CapacityLimiter
    large_logons: anyio.Semaphore
    pictures: anyio.CapacityLimiter
    delivery: DeliveryWorker
    data: Path
    accel_prefix: str


def service(request: Request) -> Service:
    found: Service = request.app.state.service
    return found


async def read_body(request: Request, limit: int, large: "LargeBodies | None" = None) -> bytes:
    """Reads a body. Raises GatewayError as soon as it is too large, or if too many large ones are being read."""
    too_large = GatewayError("gateway.too_large")
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    body = bytearray()
    try:
        with large or nullcontext() as places:
            async for piece in request.stream():
                body += piece
                if len(body) > limit:
                    raise too_large
                if places is not None:
                    places.make_sure(len(body))
    except ClientDisconnect as error:  # nobody reads the answer, but this is not a bug
        raise GatewayError("gateway.bad_request", reason="cut") from error
    return bytes(body)


class LargeBodies:
    """Limits how many bodies of strangers that are larger than a logon are read at once."""

    def __init__(self, places: anyio.Semaphore, free: int) -> None:
        self._places = places
        self._free = free
        self._has_place = False

    def __enter__(self) -> Self:
        return self

    def make_sure(self, size: int) -> None:
        """Takes a place once the body is large; raises GatewayError if none is free."""
        if size <= self._free or self._has_place:
            return
        try:
            self._places.acquire_nowait()
        except anyio.WouldBlock as error:
            raise GatewayError("gateway.busy") from error
        self._has_place = True

    def __exit__(self, *_error: object) -> None:
        if self._has_place:
            self._places.release()


async def read_message(
    request: Request, kind: type[MessageT], limit: int, large: LargeBodies | None = None
) -> MessageT:
    """Reads a message as strict JSON: no unknown fields, duplicate keys or NaN. Raises GatewayError."""
    _check_declaration(request)
    body = await read_body(request, limit, large)
    try:
        if len(body) < LONG_BODY:
            return _strict(body, kind)
        return await anyio.to_thread.run_sync(_strict, body, kind)  # a long one must not block the loop
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise GatewayError("gateway.bad_request", reason=type(error).__name__) from error


def _strict(body: bytes, kind: type[MessageT]) -> MessageT:
    _check_strict(body)
    return msgspec.json.decode(body, type=kind)


def _check_declaration(request: Request) -> None:
    """Raises GatewayError for a body declared as anything but plain JSON; a declaration is not required."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise GatewayError("gateway.bad_request", reason="Content-Type")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise GatewayError("gateway.bad_request", reason="Content-Encoding")


def _check_strict(body: bytes) -> None:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, object]:
        found = dict(items)
        if len(found) != len(items):
            raise ValueError("duplicate key")
        if any("\0" in key for key in found):
            raise ValueError("NUL")
        return found

    def refuse(text: str) -> Any:
        raise ValueError(text)

    def whole(text: str) -> int:
        number = int(text)
        if not -(2**63) <= number < 2**63:
            raise ValueError("more than 64 bits")
        return number

    text = body.decode("utf-8")
    value = json.loads(text, object_pairs_hook=pairs, parse_int=whole, parse_constant=refuse)
    if not isinstance(value, dict) or _depth(value) > DEEPEST_JSON:
        raise ValueError("not an object, or nested too deeply")
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # lone surrogates cannot be encoded


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


async def sign_in(request: Request) -> SignedIn:
    """Returns whom the request comes from. Raises AuthorizationError without a session, or on a blocked device."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise AuthorizationError("auth.required")
    who = await anyio.to_thread.run_sync(signed_in, service(request).database, token)
    if who is None:
        raise AuthorizationError("auth.required")
    if who.is_blocked:
        event = Event("denied", "request of a blocked device", BLOCKED, who.user, who.device, client_address(request))
        await anyio.to_thread.run_sync(service(request).tally.add, event)
        raise AuthorizationError(BLOCKED)
    return who


async def entitlement_of(request: Request, who: SignedIn) -> Entitlement:
    def look_up() -> Entitlement:
        parts = service(request)
        with parts.database.read() as connection:
            return entitlement(connection, who.user, who.profile)

    return await anyio.to_thread.run_sync(look_up)


def client_address(request: Request) -> str:
    """Returns the client's address, from the socket or from a proxy named by `--trusted-proxy`."""
    return plain_address(request.client.host) if request.client else ""


def named(answer: AnswerT, request: Request) -> AnswerT:
    """Returns the answer with the name of its request, if it has one."""
    name = request.headers.get(REQUEST_HEADER, "")
    return msgspec.structs.replace(answer, answers=name) if REQUEST_NAME.fullmatch(name) else answer


def json_answer(value: msgspec.Struct | bytes, status: int = 200) -> Response:
    content = value if isinstance(value, bytes) else msgspec.json.encode(value)
    return Response(content, status, media_type="application/json")


def problem(error: UserFacingError) -> Response:
    """Turns an error into an answer."""
    status = STATUS_OF.get(error.code) or (error.status if isinstance(error, GatewayError) and error.status else 500)
    params = {name: value for name, value in error.params.items() if name != "status"}
    answer = json_answer(Problem(code=error.code, params=params), status)
    if "seconds" in params:
        answer.headers["Retry-After"] = params["seconds"]
    return answer


def unexpected(error: Exception) -> Response:
    """Logs a bug under an id; the answer has only the id."""
    id_ = uuid.uuid4().hex
    log.error("request failed (%s)", id_, exc_info=error)
    return json_answer(Problem(code="gateway.failed", params={"status": "500"}, id=id_), 500)
