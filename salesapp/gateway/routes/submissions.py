"""Routes for what goes up: records and files."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from salesapp.errors import GatewayError
from salesapp.gateway.accounts import SignedIn
from salesapp.gateway.audit import Event
from salesapp.gateway.histories import parse_seen
from salesapp.gateway.http import client_address, json_answer, named, read_body, read_message, service, sign_in
from salesapp.gateway.sent_records import note_withdrawals, sent_by, sent_record
from salesapp.gateway.submissions import missing, store
from salesapp.gateway.uploads import Uploads
from salesapp.protocol import limits
from salesapp.protocol.messages import (
    SHA256,
    KnownAnswer,
    KnownRequest,
    Receipt,
    SentRequest,
    Submission,
    WithdrawalList,
)
from salesapp.protocol.paths import LENGTH_HEADER, OFFSET_HEADER, RECORD_HEADER, SEEN_HEADER, TIME_HEADER

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def submit(request: Request) -> Response:
    who = await sign_in(request)
    parts = service(request)
    submission_id = _id_of(request)
    event = _event(request, who, "submission", submission_id)
    async with _refusals_noted(request, event):
        message = await read_message(request, Submission, limits.MAX_SUBMISSION_BYTES)
        receipt = await anyio.to_thread.run_sync(
            partial(
                store,
                record_id=_record_of(request),
                seen=parse_seen(request.headers.get(SEEN_HEADER, "")),
                sent_at=request.headers.get(TIME_HEADER, ""),
            ),
            parts.database,
            parts.catalogue,
            who,
            submission_id,
            message,
            parts.quotas,
            limiter=parts.pictures if message.kind == "file" else None,
        )
    code = msgspec.json.decode(receipt, type=Receipt).code
    if code:
        refused = event._replace(what=f"{message.kind} {submission_id}", result=code)
        await anyio.to_thread.run_sync(parts.tally.add, refused)
    parts.delivery.kick()
    return json_answer(receipt)


async def known(request: Request) -> Response:
    """Answers which of some ids are missing. Raises GatewayError for too many of them."""
    who = await sign_in(request)
    message = await read_message(request, KnownRequest, limits.MAX_ANSWER_BYTES)
    if len(message.ids) > limits.MAX_KNOWN_IDS:
        raise GatewayError("gateway.too_large")
    answer = await anyio.to_thread.run_sync(missing, service(request).database, who.user, message.ids)
    is_told = SEEN_HEADER in request.headers
    return json_answer(named(answer if is_told else KnownAnswer(missing=answer.missing), request))


async def sent(request: Request) -> Response:
    who = await sign_in(request)
    message = await read_message(request, SentRequest, limits.MAX_ANSWER_BYTES)
    return json_answer(await anyio.to_thread.run_sync(sent_by, service(request).database, who, message.after))


async def one_sent(request: Request) -> Response:
    who = await sign_in(request)
    return json_answer(await anyio.to_thread.run_sync(sent_record, service(request).database, who, _id_of(request)))


async def withdraw(request: Request) -> Response:
    who = await sign_in(request)
    message = await read_message(request, WithdrawalList, limits.MAX_ANSWER_BYTES)
    await anyio.to_thread.run_sync(note_withdrawals, service(request).database, who, message)
    return json_answer(b"{}")


async def upload_state(request: Request) -> Response:
    who = await sign_in(request)
    uploads = Uploads.of(service(request).data, who.user)
    state = await anyio.to_thread.run_sync(uploads.state, _digest_of(request))
    return json_answer(named(state, request))


async def upload(request: Request) -> Response:
    """Takes a piece of a file. Raises GatewayError for wrong headers, and as `Uploads.append`."""
    who = await sign_in(request)
    sha256 = _digest_of(request)
    try:
        offset = int(request.headers[OFFSET_HEADER])
        length = int(request.headers[LENGTH_HEADER])
    except (KeyError, ValueError) as error:
        raise GatewayError("gateway.bad_request", reason=OFFSET_HEADER) from error
    if offset < 0 or length <= 0:
        raise GatewayError("gateway.bad_request", reason=OFFSET_HEADER)
    event = _event(request, who, "upload", f"file {sha256}")
    async with _refusals_noted(request, event):
        content = await read_body(request, limits.MAX_UPLOAD_CHUNK_BYTES)
        uploads = Uploads.of(service(request).data, who.user)
        state = await anyio.to_thread.run_sync(uploads.append, sha256, offset, length, content)
    if state.complete:
        await anyio.to_thread.run_sync(service(request).tally.add, event)
    return json_answer(named(state, request))


def _event(request: Request, who: SignedIn, kind: str, what: str) -> Event:
    return Event(kind, what, who=who.user, device_id=who.device, address=client_address(request))


@asynccontextmanager
async def _refusals_noted(request: Request, event: Event) -> AsyncIterator[None]:
    """Writes refusals to the audit log, except a wrong offset, after which the device asks for the right one."""
    try:
        yield
    except GatewayError as error:
        if "offset" not in error.params:
            await anyio.to_thread.run_sync(service(request).tally.add, event._replace(result=error.code))
        raise


def _id_of(request: Request) -> str:
    text: str = request.path_params["id"]
    if not _UUID.fullmatch(text):
        raise GatewayError("gateway.bad_request", reason="id")
    return text


def _record_of(request: Request) -> str:
    """Returns the id of the record that a submission carries; empty from an older tablet."""
    text: str = request.headers.get(RECORD_HEADER, "")
    if text and not _UUID.fullmatch(text):
        raise GatewayError("gateway.bad_request", reason=RECORD_HEADER)
    return text


def _digest_of(request: Request) -> str:
    sha256: str = request.path_params["sha256"]
    if not SHA256.fullmatch(sha256):
        raise GatewayError("gateway.bad_request", reason="sha256")
    return sha256
