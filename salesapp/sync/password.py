"""Changes the user's own password at the gateway: one request, without a lock, outside any sync."""

import asyncio

from salesapp.errors import AuthorizationError, NetworkError, UsageError
from salesapp.protocol.messages import Answer, PasswordChange
from salesapp.protocol.paths import OWN_PASSWORD
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.tokens import TokenStore
from salesapp.store.work import WorkStore
from salesapp.sync.retry import RetryPolicy
from salesapp.sync.session import Place, log_on
from salesapp.sync.stopping import StopSignal
from salesapp.sync.transport import Transport

WITHIN_S = 20.0
"""Short, because a person waits for the answer."""


async def change_password(place: Place, old: str, new: str, within_s: float = WITHIN_S) -> str:
    """Sets the password of the account used last; returns the user's name. Logs on with `old` if there is no session.

    Raises UsageError without an account, else NetworkError, AuthorizationError, GatewayError or DeviceError.
    """
    root = DataFolder(place.root) if place.root.exists() else None
    account = root.last() if root is not None else None
    if root is None or account is None:
        raise UsageError(f"{place.root} holds no account yet: synchronize first")
    key = await asyncio.to_thread(load_key, place.root, place.key_file)
    work = await asyncio.to_thread(WorkStore.open, account, key)
    policy = place.policy or RetryPolicy(attempts=2)
    transport = Transport(account.url, StopSignal(), ca_file=place.ca_file, policy=policy)
    try:
        tokens = TokenStore(work, uses_keyring=place.key_file is None)
        async with asyncio.timeout(within_s):
            await _change(transport, root, account, tokens, PasswordChange(old, new))
    except TimeoutError as error:
        raise NetworkError("password.unknown") from error
    except NetworkError as error:
        if error.code in {"network.cut", "network.timeout"}:
            raise NetworkError("password.unknown") from error
        raise
    finally:
        await transport.close()
        work.close()
    return account.user


async def _change(
    transport: Transport, root: DataFolder, account: AccountFolder, tokens: TokenStore, change: PasswordChange
) -> None:
    transport.token = tokens.get(account.url) or ""
    if transport.token:
        try:
            await transport.call("POST", OWN_PASSWORD, change, Answer)
        except AuthorizationError as error:
            if error.code != "auth.required":
                raise
        else:
            return
    answer = await log_on(transport, root, account.user, change.old)
    if (answer.gateway, answer.user) != (account.gateway_id, account.user):
        raise AuthorizationError("auth.required")
    tokens.put(account.url, answer.token, answer.series)
    await transport.call("POST", OWN_PASSWORD, change, Answer)
