"""Opening a session: which account's files on this device, with which key, and a token of the gateway."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from salesapp import __version__
from salesapp.errors import AuthorizationError, GatewayError, UsageError
from salesapp.protocol import limits
from salesapp.protocol.messages import Logon, LogonAnswer
from salesapp.protocol.paths import LOGON
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.lock import sync_lock
from salesapp.store.tokens import TokenStore
from salesapp.store.work import WorkStore
from salesapp.sync.retry import RetryPolicy
from salesapp.sync.stopping import StopSignal
from salesapp.sync.transport import Traffic, Transport


@dataclass(frozen=True)
class Place:
    """Where and as whom to synchronize. What is missing comes from the last run in the data folder."""

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
        """After the gateway ended the session: a new one with the password at hand. False without a password."""
        if self.place.password is None:
            return False
        answer = await log_on(self.transport, self.root, self.place.user or self.account.user, self.place.password)
        await asyncio.to_thread(self.tokens.put, self.transport.url, answer.token, answer.series)
        return True


@asynccontextmanager
async def open_session(place: Place, stop: StopSignal, traffic: Traffic | None = None) -> AsyncIterator[Session]:
    """Finds or makes the account's folder, locks it, and makes sure that there is a token.

    `traffic` counts what goes over the line, also when no session comes of it.
    """
    async with AsyncExitStack() as stack:
        root = DataFolder(place.root)
        key = await asyncio.to_thread(load_key, place.root, place.key_file)
        last = root.last()
        url = place.url or (last.url if last else None)
        if url is None:
            raise UsageError("no gateway is known yet: give its address with --gateway")
        transport = Transport(url, stop, ca_file=place.ca_file, policy=place.policy, traffic=traffic)
        stack.push_async_callback(transport.close)
        account = root.find(transport.url, place.user)
        answer: LogonAnswer | None = None
        if account is None:
            answer = await _first_logon(place, root, transport)
            account = root.remember(answer.gateway, answer.user, transport.url)
        stack.enter_context(sync_lock(account))
        account.clean_temporary()
        work = await asyncio.to_thread(WorkStore.open, account, key)
        stack.callback(work.close)
        tokens = TokenStore(work, uses_keyring=place.key_file is None)
        session = Session(place, root, key, transport, account, work, tokens)
        if answer is not None:
            tokens.put(transport.url, answer.token, answer.series)
        await _take_token(session)
        root.remember(account.gateway_id, account.user, transport.url)
        yield session


async def _first_logon(place: Place, root: DataFolder, transport: Transport) -> LogonAnswer:
    if place.user is None or place.password is None:
        raise AuthorizationError("auth.no_password", url=transport.url)
    return await log_on(transport, root, place.user, place.password)


async def _take_token(session: Session) -> None:
    """Uses the stored token, which goes only to the address it came from; else logs on."""
    token = session.tokens.get(session.transport.url)
    if token:
        session.transport.token = token
    elif not session.transport.token and not await session.log_on_again():
        raise AuthorizationError("auth.no_password", url=session.transport.url)


async def log_on(transport: Transport, root: DataFolder, user: str, password: str) -> LogonAnswer:
    """A new session with the gateway; its token is used from here on."""
    transport.token = ""
    request = Logon(
        user=user, password=password, device=root.device_id, device_name=root.device_name, app_version=__version__
    )
    answer = await transport.call("POST", LOGON, request, LogonAnswer)
    if not answer.token or len(answer.token) > limits.MAX_TOKEN_CHARACTERS or not answer.gateway:
        raise GatewayError("gateway.malformed", reason="logon")
    transport.token = answer.token
    return answer


async def start_session(place: Place) -> AccountFolder:
    """Logs on with the password whatever is stored, and keeps the new token; the account becomes the one used last.

    Raises NetworkError, AuthorizationError, GatewayError or DeviceError; then everything is as it was.
    """
    if place.url is None or place.user is None or place.password is None:
        raise UsageError("address, user and password are needed")
    root = DataFolder(place.root)
    key = await asyncio.to_thread(load_key, place.root, place.key_file)
    transport = Transport(
        place.url, StopSignal(), ca_file=place.ca_file, policy=place.policy or RetryPolicy(attempts=1)
    )
    try:
        answer = await log_on(transport, root, place.user, place.password)
    finally:
        await transport.close()
    account = root.remember(answer.gateway, answer.user, transport.url)
    work = await asyncio.to_thread(WorkStore.open, account, key)
    try:
        TokenStore(work, uses_keyring=place.key_file is None).put(transport.url, answer.token, answer.series)
    finally:
        work.close()
    return account


def end_session(place: Place) -> None:
    """Forgets the token of the account used last; its data stay."""
    account = DataFolder(place.root).last()
    if account is not None:
        work = WorkStore.open(account, load_key(place.root, place.key_file))
        try:
            TokenStore(work, uses_keyring=place.key_file is None).forget(account.url)
        finally:
            work.close()


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
