"""Routes for logging on and out, and for the user's own password."""

from collections.abc import Iterator
from contextlib import contextmanager

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from salesapp.errors import AuthorizationError
from salesapp.gateway.accounts import account_of, change_own_password, close_session, open_session
from salesapp.gateway.addresses import group_of
from salesapp.gateway.audit import Event
from salesapp.gateway.http import (
    LargeBodies,
    Service,
    client_address,
    json_answer,
    read_message,
    service,
    sign_in,
)
from salesapp.gateway.passwords import PasswordError
from salesapp.protocol.forms import is_name
from salesapp.protocol.limits import MAX_ANSWER_BYTES, MAX_LOGON_BYTES
from salesapp.protocol.messages import MOST_FORMER_NAMES, Logon, LogonAnswer, PasswordChange
from salesapp.protocol.paths import SERIES_HEADER


async def log_on(request: Request) -> Response:
    parts = service(request)
    large = LargeBodies(parts.large_logons, MAX_LOGON_BYTES)
    message = await read_message(request, Logon, MAX_ANSWER_BYTES, large)
    address = client_address(request)
    event = Event("logon", "logon", who=message.user, device_id=message.device, address=address)
    keys = _throttle_keys(message.user, address)
    await _check_early(parts, keys, event)

    def enter() -> LogonAnswer:
        _check_throttle(parts, keys, event)
        account = account_of(parts.database, message.user, message.password) if is_name(message.user) else None
        if account is None:
            parts.throttle.count_wrong(keys)
            parts.tally.add(event._replace(result="wrong password"))
            raise AuthorizationError("auth.wrong_password")
        parts.throttle.forget(keys[0])
        with _refusals_noted(parts, event):
            if account.name != message.user:
                raise AuthorizationError("auth.renamed", name=account.name)
            session = open_session(
                parts.database,
                account,
                message.device,
                message.device_name,
                message.app_version,
                request.headers.get(SERIES_HEADER, ""),
            )
        new = event._replace(what="logon of a new device with the name of a blocked one")
        parts.tally.add(new if session.resembles_blocked else event)
        return LogonAnswer(
            token=session.token,
            gateway=parts.gateway_id,
            user=account.name,
            series=session.series,
            formerly=list(session.formerly[:MOST_FORMER_NAMES]),
        )

    return json_answer(await anyio.to_thread.run_sync(enter, limiter=parts.logons))


def _throttle_keys(user: str, address: str) -> tuple[str, str]:
    return f"user {user}", f"address {group_of(address)}"


async def _check_early(parts: Service, keys: tuple[str, str], event: Event) -> None:
    """Checks the throttle before a request waits for its password to be hashed."""
    if parts.throttle.wait_s(keys):
        await anyio.to_thread.run_sync(_check_throttle, parts, keys, event)


def _check_throttle(parts: Service, keys: tuple[str, str], event: Event) -> None:
    """Checks the throttle right before the password, so that nobody can guess meanwhile. Raises AuthorizationError."""
    wait = parts.throttle.wait_s(keys)
    if wait:
        parts.tally.add(event._replace(result="throttled"))
        raise AuthorizationError("auth.throttled", seconds=wait)


async def change_password(request: Request) -> Response:
    """Changes the user's own password; throttled like a logon, because the old one could be guessed here too."""
    who = await sign_in(request)
    parts = service(request)
    message = await read_message(request, PasswordChange, MAX_ANSWER_BYTES)
    token = request.headers["authorization"].partition(" ")[2]
    event = Event("password", "changed by the user", "ok", who.user, who.device, client_address(request))
    keys = _throttle_keys(who.user, event.address)
    await _check_early(parts, keys, event)

    def change() -> None:
        _check_throttle(parts, keys, event)
        with _refusals_noted(parts, event):
            try:
                change_own_password(parts.database, token, message.old, message.new, event)
            except AuthorizationError:
                parts.throttle.count_wrong(keys)
                raise
        parts.throttle.forget(keys[0])

    await anyio.to_thread.run_sync(change, limiter=parts.logons)
    return json_answer(b"{}")


@contextmanager
def _refusals_noted(parts: Service, event: Event) -> Iterator[None]:
    try:
        yield
    except (AuthorizationError, PasswordError) as error:
        parts.tally.add(event._replace(result=error.code))
        raise


async def log_out(request: Request) -> Response:
    who = await sign_in(request)
    parts = service(request)
    token = request.headers["authorization"].partition(" ")[2]
    event = Event("logout", "logout", who=who.user, device_id=who.device, address=client_address(request))

    def leave() -> None:
        close_session(parts.database, token)
        parts.tally.add(event)

    await anyio.to_thread.run_sync(leave)
    return json_answer(b"{}")
