"""Logging on and out."""

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from salesapp.errors import AuthorizationError
from salesapp.gateway.accounts import LONGEST_PASSWORD, close_session, open_session, password_is_right
from salesapp.gateway.audit import Event
from salesapp.gateway.http import client_address, json_answer, read_message, service, sign_in
from salesapp.protocol.limits import MAX_ANSWER_BYTES
from salesapp.protocol.messages import Logon, LogonAnswer

LONGEST_TEXT = 200


async def log_on(request: Request) -> Response:
    parts = service(request)
    message = await read_message(request, Logon, MAX_ANSWER_BYTES)
    address = client_address(request)
    event = Event("logon", "logon", who=message.user, device_id=message.device, address=address)
    keys = (f"user {message.user}", f"address {address}")

    def enter() -> LogonAnswer:
        wait = parts.throttle.wait_s(keys)  # asked here, where others cannot guess meanwhile
        if wait:
            parts.tally.add(event._replace(result="throttled"))
            raise AuthorizationError("auth.throttled", seconds=wait)
        right = len(message.password) <= LONGEST_PASSWORD and password_is_right(
            parts.database, message.user, message.password
        )
        if not right:
            parts.throttle.count_wrong(keys)
            parts.tally.add(event._replace(result="wrong password"))
            raise AuthorizationError("auth.wrong_password")
        parts.throttle.forget(keys[0])
        parts.tally.add(event)
        session = open_session(
            parts.database,
            message.user,
            message.device[:LONGEST_TEXT],
            message.device_name[:LONGEST_TEXT],
            message.app_version[:LONGEST_TEXT],
        )
        return LogonAnswer(token=session.token, gateway=parts.gateway_id, user=message.user, series=session.series)

    return json_answer(await anyio.to_thread.run_sync(enter, limiter=parts.logons))


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
