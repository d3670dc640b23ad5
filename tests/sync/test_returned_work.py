"""A tablet's own work is restored from its backup: the gateway is asked first, and nothing is duplicated or lost."""

import msgspec
import pytest

from salesapp.protocol.records import Document
from salesapp.services import documents
from salesapp.store import backup, records
from salesapp.store.outbox import Outbox
from salesapp.store.tokens import begin_new_series
from tests.conftest import GatewayUnderTest, Tablet
from tests.sync.restoring import in_gateway, with_work
from tests.sync.test_histories import confirm, numbers, place_one, states
from tests.sync.test_sending import NUMERATOR, order


def make_backup(tablet: Tablet) -> None:
    """Makes the day's backup of the current work."""
    for old in tablet.account.backups.glob("work-*.db"):
        old.unlink()
    tablet.work().close()


def restore_backup(tablet: Tablet) -> None:
    """Does what `salesapp restore-backup` does after work.db is damaged."""
    backup.restore(tablet.account, tablet.key)
    with_work(tablet, begin_new_series)


def edit(tablet: Tablet, record: str, quantity: str) -> None:
    document = with_work(tablet, documents.reopen, record)
    line = msgspec.structs.replace(document.lines[0], quantity=quantity)
    changed = msgspec.structs.replace(document, lines=[line])
    with_work(tablet, lambda work: documents.confirm(work, changed, NUMERATOR, checkpoint="1-a", record_id=record))


@pytest.fixture
def waiting(tablet: Tablet) -> str:
    """Returns a waiting order that is in the backup."""
    tablet.begin()
    record = place_one(tablet)
    make_backup(tablet)
    return record


def test_that_an_order_edited_and_sent_since_the_backup_stays_one_order_in_its_last_version(
    tablet: Tablet, gateway: GatewayUnderTest, waiting: str
) -> None:
    edit(tablet, waiting, "7")
    later = place_one(tablet)
    assert tablet.sync().outcome == "ok"
    restore_backup(tablet)
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert ("device.records_returned", "1") in [(told.code, told.params.get("count")) for told in outcome.warnings]
    assert len(in_gateway(gateway)) == len(set(numbers(gateway))) == 2
    again = with_work(tablet, records.load, waiting, Document)
    assert (again.payload.lines[0].quantity, again.submission_state) == ("7", "in_erp")
    assert with_work(tablet, records.load, later).submission_state == "in_erp"
    assert tablet.sync().requests == 1


def test_that_an_unchanged_order_sent_since_the_backup_is_not_sent_again(
    tablet: Tablet, gateway: GatewayUnderTest, waiting: str
) -> None:
    assert tablet.sync().outcome == "ok"
    restore_backup(tablet)
    assert tablet.sync().outcome == "ok"
    assert len(in_gateway(gateway)) == len(gateway.connector.delivered) == 1
    assert with_work(tablet, records.load, waiting).submission_state == "in_erp"


@pytest.mark.parametrize(("take_back", "state"), [(documents.void, "voided"), (documents.reopen, "draft")])
def test_that_an_order_withdrawn_since_the_backup_is_not_sent(
    tablet: Tablet, gateway: GatewayUnderTest, waiting: str, take_back: object, state: str
) -> None:
    with_work(tablet, take_back, waiting)  # type: ignore[arg-type]
    assert tablet.sync().outcome == "ok"
    restore_backup(tablet)
    assert tablet.sync().outcome == "ok"
    assert in_gateway(gateway) == []
    assert with_work(tablet, records.load, waiting).state == state


def test_that_an_unsent_order_is_sent_after_a_restore(tablet: Tablet, gateway: GatewayUnderTest, waiting: str) -> None:
    restore_backup(tablet)
    assert tablet.sync().outcome == "ok"
    assert states(tablet) == {"in_erp"}
    confirm(tablet, order(tablet))
    assert tablet.sync().outcome == "ok"
    assert len(set(numbers(gateway))) == len(in_gateway(gateway)) == 2


def test_that_an_order_confirmed_again_after_its_withdrawal_is_sent(
    tablet: Tablet, gateway: GatewayUnderTest, waiting: str
) -> None:
    submission = with_work(tablet, records.load, waiting).submission
    with_work(tablet, documents.reopen, waiting)
    assert tablet.sync().outcome == "ok"
    with_work(tablet, documents.put_back_confirmed, waiting, submission)
    assert tablet.sync().outcome == "ok"
    restore_backup(tablet)
    assert tablet.sync().outcome == "ok"
    assert len(in_gateway(gateway)) == 1
    items = with_work(tablet, lambda work: Outbox(work).items())
    assert [item.state for item in items] == ["replaced", "in_erp"]
