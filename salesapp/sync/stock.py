"""Asks the gateway for the stock of one item: one request, without a lock, outside any sync."""

import asyncio
import re
from datetime import datetime
from decimal import Decimal

from salesapp.errors import AuthorizationError, GatewayError, NetworkError, UsageError
from salesapp.protocol.messages import PROTOCOL, CountedStock, StockAnswer, StockRequest
from salesapp.protocol.paths import STOCK
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key
from salesapp.store.stock_checks import Counted, StockCheck, StockChecks, this_moment
from salesapp.store.tokens import TokenStore
from salesapp.store.work import WorkStore
from salesapp.sync.retry import RetryPolicy
from salesapp.sync.session import Place
from salesapp.sync.stopping import StopSignal
from salesapp.sync.transport import Transport

WITHIN_S = 10.0
"""Short, because a person waits for the answer."""
_SCALE = 4
_QUANTITY = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,4})?")


async def check_stock(place: Place, item: int, within_s: float = WITHIN_S) -> StockCheck:
    """Asks the gateway, keeps the answer beside the catalogue, and returns it.

    Raises UsageError without an account, NetworkError, AuthorizationError, GatewayError or DeviceError; then everything
    is as it was.
    """
    account = DataFolder(place.root).last() if place.root.exists() else None
    if account is None:
        raise UsageError(f"{place.root} holds no account yet: synchronize first")
    key = await asyncio.to_thread(load_key, place.root, place.key_file)
    work = await asyncio.to_thread(WorkStore.open, account, key)
    try:
        token = TokenStore(work, uses_keyring=place.key_file is None).get(account.url)
        if not token:
            raise AuthorizationError("auth.no_password", url=account.url)
        transport = Transport(account.url, StopSignal(), ca_file=place.ca_file, policy=RetryPolicy(attempts=1))
        transport.token = token
        check = await _ask(transport, item, within_s)
        StockChecks(work).keep(check)
    finally:
        work.close()
    return check


async def _ask(transport: Transport, item: int, within_s: float) -> StockCheck:
    try:
        async with asyncio.timeout(within_s):
            answer = await transport.call("POST", STOCK, StockRequest(PROTOCOL, item), StockAnswer)
    except TimeoutError as error:
        raise NetworkError("network.timeout", url=transport.url) from error
    finally:
        await transport.close()
    if answer.item != item or len({entry.warehouse for entry in answer.stock}) != len(answer.stock):
        raise GatewayError("gateway.malformed", reason="stock")
    return StockCheck(item, this_moment(), tuple(_counted(entry) for entry in answer.stock))


def _counted(entry: CountedStock) -> Counted:
    """Converts a quantity to the catalogue's form. Raises GatewayError for a value that no gateway sends."""
    try:
        is_aware = not entry.as_of or datetime.fromisoformat(entry.as_of).tzinfo is not None
    except ValueError as error:
        raise GatewayError("gateway.malformed", reason="stock") from error
    if not is_aware or not _QUANTITY.fullmatch(entry.quantity):
        raise GatewayError("gateway.malformed", reason="stock")
    return Counted(entry.warehouse, int(Decimal(entry.quantity).scaleb(_SCALE)), entry.as_of)
