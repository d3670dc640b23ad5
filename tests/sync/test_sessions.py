"""Sessions: the account for an address, runs whose session ends, and logging out."""

from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from salesapp.gateway import accounts
from salesapp.gateway.folder import create
from salesapp.gateway.tables import submission
from salesapp.protocol.paths import MANIFEST
from salesapp.protocol.records import CustomerRecord
from salesapp.services import customers
from salesapp.store.folders import DataFolder
from salesapp.store.outbox import Outbox
from salesapp.store.tokens import TokenStore
from salesapp.sync.session import end_session
from salesapp.sync.values import Progress, Stage
from tests.company import ListConnector
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet


def another_gateway(folder: Path, port: int) -> GatewayUnderTest:
    """Starts another company's gateway at the same address, with a user of the same name."""
    database = create(folder)
    made = GatewayUnderTest(database, ListConnector(), port=port)
    made.take()
    accounts.add_user(database, "office", PASSWORD, None)
    return made


def held(gateway: GatewayUnderTest) -> int:
    with gateway.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(submission)).scalar_one())


@pytest.mark.parametrize("has_token", [True, False])
def test_that_another_gateway_at_the_same_address_gets_no_records_of_the_first(
    tablet: Tablet, gateway: GatewayUnderTest, tmp_path: Path, has_token: bool
) -> None:
    tablet.sync()
    work = tablet.work()
    customers.save_customer(work, CustomerRecord(name="Of the first gateway", addresses=[]))
    if not has_token:
        TokenStore(work, uses_keyring=False).forget(tablet.gateway.url)
    first = tablet.account
    gateway.stop()
    other = another_gateway(tmp_path / "other", gateway.port)
    other.start()
    try:
        outcomes = [tablet.sync().outcome for _ in range(2)]
        assert outcomes == (["unauthorized", "ok"] if has_token else ["ok", "ok"])
        assert held(other) == 0
        assert [entry.path == first.path for entry in DataFolder(tablet.root).accounts()] == [False, True]
    finally:
        other.stop()
        other.database.close()
    assert [item.state for item in Outbox(work).items()] == ["waiting"]
    work.close()


class Revoking:
    """Hooks that end all sessions once waiting records are sent."""

    def __init__(self, gateway: GatewayUnderTest) -> None:
        self._gateway = gateway
        self._is_done = False

    def progressed(self, progress: Progress) -> None:
        if progress.stage is not Stage.STARTING and progress.sending.rejected and not self._is_done:
            self._is_done = True
            with self._gateway.database.write() as connection:
                connection.execute(accounts.session.delete())


def test_that_records_sent_before_a_session_ended_count_in_the_run_that_renewed_it(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.sync()
    work = tablet.work()
    customers.save_customer(work, CustomerRecord(name=" ", addresses=[]))  # refused
    customers.save_customer(work, CustomerRecord(name="Good", addresses=[]))
    hooks = Revoking(gateway)
    outcome = tablet.sync(hooks=hooks)
    assert hooks._is_done
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (1, 1, 0)
    assert outcome.outcome == "failed"
    work.close()


def test_that_logging_out_ends_the_session_at_the_gateway_too(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.sync()
    work = tablet.work()
    token = TokenStore(work, uses_keyring=False).get(gateway.url)
    end_session(tablet.place)
    assert TokenStore(work, uses_keyring=False).get(gateway.url) is None
    work.close()
    answer = httpx.post(gateway.url + MANIFEST, json={"protocol": 1}, headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")
