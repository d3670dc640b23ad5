"""The ASGI application: routes, errors as problems, and the gateway's mark on every answer."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from salesapp.clock import timestamp
from salesapp.disk import FAILURES, sweep_abandoned
from salesapp.domain.catalogue import Catalogue
from salesapp.errors import DeviceError, GatewayError, UserFacingError
from salesapp.gateway.audit import Tally
from salesapp.gateway.connectors.base import Connector, RowSource
from salesapp.gateway.database import Database
from salesapp.gateway.delivery import DeliveryWorker
from salesapp.gateway.faults import NO_FAULTS, Faults
from salesapp.gateway.http import Service, json_answer, problem, unexpected
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.routes import catalogue as down
from salesapp.gateway.routes import sessions
from salesapp.gateway.routes import submissions as up
from salesapp.gateway.rows import get_meta
from salesapp.gateway.throttle import Throttle
from salesapp.protocol import paths
from salesapp.protocol.messages import REQUEST_NAME

log = logging.getLogger(__name__)

ROUTES = (
    (paths.LOGON, sessions.log_on, ["POST"]),
    (paths.LOGOUT, sessions.log_out, ["POST"]),
    (paths.OWN_PASSWORD, sessions.change_password, ["POST"]),
    (paths.MANIFEST, down.manifest, ["POST"]),
    (paths.RANGES, down.key_ranges, ["POST"]),
    (paths.STOCK, down.stock, ["POST"]),
    (f"{paths.SEGMENTS}/{{sha256}}", down.segment, ["GET"]),
    (f"{paths.MEDIA}/{{sha256}}", down.image, ["GET"]),
    (paths.KNOWN_SUBMISSIONS, up.known, ["POST"]),
    (paths.SENT_SUBMISSIONS, up.sent, ["POST"]),
    (paths.WITHDRAWN_SUBMISSIONS, up.withdraw, ["POST"]),
    (f"{paths.SUBMISSIONS}/{{id}}", up.submit, ["PUT"]),
    (f"{paths.SUBMISSIONS}/{{id}}", up.one_sent, ["GET"]),
    (f"{paths.UPLOADS}/{{sha256}}", up.upload_state, ["GET"]),
    (f"{paths.UPLOADS}/{{sha256}}", up.upload, ["PATCH"]),
)
LOGONS_AT_ONCE = 2
"""Limited because each takes 19 MiB, and because this many passwords are tried before the first wrong one counts."""

PICTURES_AT_ONCE = 2
"""Pictures unpacked at the same time, each in a thread and up to 200 MB."""
LARGE_LOGONS_AT_ONCE = 8
"""Logons of an unusual size read at the same time, so that strangers cannot fill the memory."""


def create_app(
    database: Database,
    catalogue: Catalogue,
    source: RowSource,
    *,
    faults: Faults = NO_FAULTS,
    accel_prefix: str = "",
    quotas: Quotas | None = None,
) -> ASGIApp:
    """Makes the application for an initialized database."""
    with database.read() as connection:
        gateway_id = get_meta(connection, "gateway_id")
    quotas = quotas or Quotas()
    if not isinstance(source, Connector):
        quotas = quotas.without_decisions()
    service = Service(
        gateway_id=gateway_id,
        database=database,
        catalogue=catalogue,
        faults=faults,
        throttle=Throttle(),
        tally=Tally(database),
        quotas=quotas,
        logons=anyio.CapacityLimiter(LOGONS_AT_ONCE),
        large_logons=anyio.Semaphore(LARGE_LOGONS_AT_ONCE),
        pictures=anyio.CapacityLimiter(PICTURES_AT_ONCE),
        delivery=DeliveryWorker(database, catalogue, source),
        data=database.folder,
        accel_prefix=accel_prefix,
    )
    return _Marked(_starlette(service), gateway_id)


def _starlette(service: Service) -> Starlette:
    """Makes the application of a gateway, which starts and ends its threads."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        sweep_abandoned(service.data / "media")
        service.delivery.start()
        yield
        service.delivery.stop()
        service.tally.close()

    app = Starlette(
        routes=[
            *(Route(path, endpoint, methods=methods) for path, endpoint, methods in ROUTES),
            Route(paths.HEALTH, _health),
        ],
        exception_handlers={UserFacingError: _problem, HTTPException: _http, Exception: _bug},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # no redirects: a path is right or not found
    app.state.service = service
    return app


_REQUEST = paths.REQUEST_HEADER.lower().encode()


def _is_name(value: bytes) -> bool:
    return REQUEST_NAME.fullmatch(value.decode("latin-1")) is not None


class _Marked:
    """Adds the gateway's mark and time and the request's name to every answer, failures included."""

    def __init__(self, app: ASGIApp, gateway_id: str) -> None:
        self._app = app
        self._mark = (paths.MARK_HEADER.lower().encode(), gateway_id.encode())
        self._time = paths.TIME_HEADER.lower().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = [(name, value) for name, value in scope.get("headers", ()) if name == _REQUEST and _is_name(value)]

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    self._mark,
                    (self._time, timestamp().encode()),
                    *named,
                ]
            await send(message)

        await self._app(scope, receive, marked)


async def _health(_request: Request) -> Response:
    return json_answer(b'{"status":"ok"}')


async def _problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, UserFacingError)  # registered for it
    if isinstance(error, DeviceError) and error.code in FAILURES:  # the gateway's disk, not the tablet's
        log.error("%s", error, exc_info=error)
        return problem(GatewayError("gateway.busy"))
    return problem(error)


async def _http(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code = "gateway.not_found" if status == 404 else "gateway.bad_request"
    answer = problem(GatewayError(code, status=status, reason=f"status {status}"))
    answer.status_code = status
    return answer


async def _bug(_request: Request, error: Exception) -> Response:
    return unexpected(error)
