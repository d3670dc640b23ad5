"""Opens sessions: finds the account's files on this device and their key, and gets a token from the gateway."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from salesapp import __version__
from salesapp.errors import AuthorizationError, GatewayError, UsageError, UserFacingError
from salesapp.protocol.messages import Answer, Logon, LogonAnswer
from salesapp.protocol.paths import LOGON, LOGOUT, SERIES_HEADER
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.lock import sync_lock
from salesapp.store.tokens import TokenStore, begin_new_series, given_series
from salesapp.store.work import WorkStore
from salesapp.sync.retry import RetryPolicy
from salesapp.sync.stopping import StopSignal
from salesapp.sync.transport import Traffic, Transport

log = logging.getLogger(__name__)

LOGOUT_WITHIN_S = 2.0
"""Short, so that logging out without a network does not keep a person waiting."""


@dataclass(frozen=True)
class Place:
    """Where and as whom to synchronize. Missing values come from the last run in the data folder."""

    root: Path
    key_file: Path | None = None
    url: str | None = None
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    policy: RetryPolicy | None = None


@dataclass
class Session:
    """An open account: its folder is locked for this process until the session ends."""

    place: Place
    root: DataFolder
    key: bytes
    transport: Transport
    account: AccountFolder
    work: WorkStore
    tokens: TokenStore

    async def log_on_again(self) -> bool:
        """Logs on again after the gateway ended the session; returns False if that is not possible.

        That is without a password at hand, and where another gateway answers now: the next run logs on there first,
        and opens that gateway's own folder.
        """
        if self.place.password is None:
            return False
        answer = await log_on(
            self.transport,
            self.root,
            self.place.user or self.account.user,
            self.place.password,
            series=await asyncio.to_thread(given_series, self.work),
        )
        if not self.is_of(answer):
            await asyncio.to_thread(self.tokens.forget, self.transport.url)
            return False
        await asyncio.to_thread(self.tokens.put, self.transport.url, answer.token, answer.series)
        return True

    def renew_series(self) -> None:
        """Starts a new number series for documents, as after a restored backup."""
        begin_new_series(self.work)

    def is_of(self, answer: LogonAnswer) -> bool:
        """Whether a logon belongs to this account: the same user of the gateway with the same id."""
        return (answer.gateway, answer.user) == (self.account.gateway_id, self.account.user)


@asynccontextmanager
async def open_session(place: Place, stop: StopSignal, traffic: Traffic | None = None) -> AsyncIterator[Session]:
    """Finds or makes the account's folder, locks it, and makes sure that there is a token.

    `traffic` counts requests and bytes even if no session can be opened. Raises UsageError without a known gateway,
    DeviceError for a folder in use or a wrong key, and what `log_on` raises.
    """
    root = DataFolder(place.root)
    key = await asyncio.to_thread(load_key, place.root, place.key_file)
    last = root.last()
    url = place.url or (last.url if last else None)
    if url is None:
        raise UsageError("no gateway is known yet: give its address with --gateway")
    async with AsyncExitStack() as stack:
        transport = Transport(url, stop, ca_file=place.ca_file, policy=place.policy, traffic=traffic)
        stack.push_async_callback(transport.close)
        known = root.find(transport.url, place.user)
        session = await _enter(stack, place, root, key, transport, known) if known is not None else None
        if session is not None:
            transport.token = session.tokens.get(transport.url) or ""  # sent only to the address it came from
        if session is None or not transport.token:
            series = await asyncio.to_thread(given_series, session.work) if session is not None else ""
            answer = await _log_on_first(place, transport, root, known, series)
            if session is None or not session.is_of(answer):  # another gateway answers now, with its own folder
                account = root.remember(answer.gateway, answer.user, transport.url, answer.formerly)
                session = await _enter(stack, place, root, key, transport, account)
            session.tokens.put(transport.url, answer.token, answer.series)
        root.remember(session.account.gateway_id, session.account.user, transport.url)
        yield session


async def _enter(
    stack: AsyncExitStack, place: Place, root: DataFolder, key: bytes, transport: Transport, account: AccountFolder
) -> Session:
    """Locks and opens an account's folder until the stack ends."""
    stack.enter_context(sync_lock(account))
    account.clean_temporary()
    work = await asyncio.to_thread(WorkStore.open, account, key)
    stack.callback(work.close)
    return Session(place, root, key, transport, account, work, TokenStore(work, uses_keyring=place.key_file is None))


async def _log_on_first(
    place: Place, transport: Transport, root: DataFolder, known: AccountFolder | None, series: str
) -> LogonAnswer:
    user = place.user or (known.user if known else None)
    if user is None or place.password is None:
        raise AuthorizationError("auth.no_password", url=transport.url)
    return await log_on(transport, root, user, place.password, series=series)


async def log_on(transport: Transport, root: DataFolder, user: str, password: str, *, series: str = "") -> LogonAnswer:
    """Logs on and uses the new token from here on. `series` is the device's number series, if it has one.

    Raises NetworkError, AuthorizationError, or GatewayError.
    """
    transport.token = ""
    request = Logon(
        user=user, password=password, device=root.device_id, device_name=root.device_name, app_version=__version__
    )
    headers = {SERIES_HEADER: series} if series else {}
    answer = await transport.call("POST", LOGON, request, LogonAnswer, headers=headers)
    if answer.user != user:
        raise GatewayError("gateway.malformed", reason="logon")
    transport.token = answer.token
    return answer


async def start_session(place: Place) -> AccountFolder:
    """Logs on with the password, keeps the token, and makes the account the one used last.

    Raises UsageError without address, user or password, NetworkError, AuthorizationError, GatewayError or DeviceError;
    then everything is as it was.
    """
    if place.url is None or place.user is None or place.password is None:
        raise UsageError("address, user and password are needed")
    root = DataFolder(place.root)
    key = await asyncio.to_thread(load_key, place.root, place.key_file)
    transport = Transport(
        place.url, StopSignal(), ca_file=place.ca_file, policy=place.policy or RetryPolicy(attempts=1)
    )
    try:
        series = await asyncio.to_thread(_known_series, root, key, transport.url, place.user)
        answer = await log_on(transport, root, place.user, place.password, series=series)
    finally:
        await transport.close()
    account = root.remember(answer.gateway, answer.user, transport.url, answer.formerly)
    work = await asyncio.to_thread(WorkStore.open, account, key)
    try:
        TokenStore(work, uses_keyring=place.key_file is None).put(transport.url, answer.token, answer.series)
    finally:
        work.close()
    return account


def _known_series(root: DataFolder, key: bytes, url: str, user: str) -> str:
    """Returns the account's number series on this device; empty before the first logon."""
    account = root.find(url, user)
    if account is None:
        return ""
    work = WorkStore.open(account, key)
    try:
        return given_series(work)
    finally:
        work.close()


def end_session(place: Place) -> None:
    """Forgets the token of the account used last, here and at the gateway if it is reachable. The data stay."""
    account = DataFolder(place.root).last()
    if account is not None:
        work = WorkStore.open(account, load_key(place.root, place.key_file))
        try:
            tokens = TokenStore(work, uses_keyring=place.key_file is None)
            token = tokens.get(account.url)
            tokens.forget(account.url)
        finally:
            work.close()
        if token:
            asyncio.run(_revoke(place, account.url, token))


async def _revoke(place: Place, url: str, token: str) -> None:
    """Ends a session at the gateway. If it is out of reach, the session expires there by itself."""
    transport = Transport(url, StopSignal(), ca_file=place.ca_file, policy=RetryPolicy(attempts=1))
    transport.token = token
    try:
        async with asyncio.timeout(LOGOUT_WITHIN_S):
            await transport.call("POST", LOGOUT, None, Answer)
    except (UserFacingError, TimeoutError) as error:
        log.info("the gateway did not end the session: %s", type(error).__name__)
    finally:
        await transport.close()


def has_session(place: Place) -> bool:
    """Whether there is a token for the account used last."""
    account = DataFolder(place.root).last()
    if account is None:
        return False
    work = WorkStore.open(account, load_key(place.root, place.key_file))
    try:
        return bool(TokenStore(work, uses_keyring=place.key_file is None).get(account.url))
    finally:
        work.close()
