"""A copy of own work that is put back by hand: the gateway detects it, and nothing is duplicated or lost."""

from collections.abc import Callable

import pytest

from salesapp.protocol.records import Document
from salesapp.services import documents
from salesapp.store import records
from salesapp.store.tokens import device_series
from salesapp.sync.values import Outcome
from tests.conftest import GatewayUnderTest, Tablet
from tests.faulty_line import FaultyLine
from tests.sync.restoring import in_gateway, new_customer, with_work
from tests.sync.test_histories import confirm, numbers, place_one, states
from tests.sync.test_returned_work import edit
from tests.sync.test_sending import order
from tests.sync.work_copies import PutBack, copy_of_folder, copy_of_work


@pytest.fixture(params=[copy_of_work, copy_of_folder])
def make_copy(request: pytest.FixtureRequest) -> Callable[[Tablet], PutBack]:
    found: Callable[[Tablet], PutBack] = request.param
    return found


def warnings_of(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [(warning.code, warning.params.get("count")) for warning in outcome.warnings]


def test_that_an_order_edited_and_sent_since_the_copy_stays_one_order_in_its_last_version(
    tablet: Tablet, gateway: GatewayUnderTest, make_copy: Callable[[Tablet], PutBack]
) -> None:
    tablet.begin()
    record = place_one(tablet)
    put_back = make_copy(tablet)
    edit(tablet, record, "7")
    later = place_one(tablet)
    assert tablet.sync().outcome == "ok"
    put_back()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert ("device.records_returned", "1") in warnings_of(outcome)
    assert len(in_gateway(gateway)) == len(set(numbers(gateway))) == 2
    again = with_work(tablet, records.load, record, Document)
    assert (again.payload.lines[0].quantity, again.submission_state) == ("7", "in_erp")
    assert with_work(tablet, records.load, later).submission_state == "in_erp"
    assert tablet.sync().requests == 1


@pytest.mark.parametrize(("take_back", "state"), [(documents.void, "voided"), (documents.reopen, "draft")])
def test_that_an_order_withdrawn_since_the_copy_is_not_sent(
    tablet: Tablet, gateway: GatewayUnderTest, take_back: Callable[..., object], state: str
) -> None:
    tablet.begin()
    record = place_one(tablet)
    put_back = copy_of_work(tablet)
    with_work(tablet, take_back, record)
    assert tablet.sync().outcome == "ok"
    put_back()
    assert tablet.sync().outcome == "ok"
    assert in_gateway(gateway) == []
    assert with_work(tablet, records.load, record).state == state


def test_that_records_sent_since_the_copy_return_when_nothing_waits(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    put_back = copy_of_work(tablet)
    record = place_one(tablet)
    assert tablet.sync().outcome == "ok"
    put_back()
    assert ("device.records_returned", "1") in warnings_of(tablet.sync())
    assert with_work(tablet, records.load, record).submission_state == "in_erp"


def test_that_numbers_used_since_the_copy_are_not_reused(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    put_back = copy_of_work(tablet)
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    series = with_work(tablet, device_series)
    put_back()
    assert tablet.sync().outcome == "ok"
    assert with_work(tablet, device_series) != series
    confirm(tablet, order(tablet))
    assert tablet.sync().outcome == "ok"
    assert len(set(numbers(gateway))) == len(in_gateway(gateway)) == 2


def test_that_a_change_to_an_order_sent_before_is_reported_and_not_duplicated(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    record = place_one(tablet)
    put_back = copy_of_work(tablet)
    assert tablet.sync().outcome == "ok"
    put_back()
    edit(tablet, record, "7")
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert ("device.records_returned", "1") in warnings_of(outcome)
    assert len(in_gateway(gateway)) == 1
    assert with_work(tablet, records.load, record, Document).payload.lines[0].quantity == "2"
    assert states(tablet) == {"in_erp", "replaced"}


def test_that_a_lost_answer_is_not_mistaken_for_an_older_copy(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    place_one(tablet)
    assert tablet.sync().outcome == "ok"
    place_one(tablet)
    with FaultyLine(gateway.port, loses=lambda head: head.startswith(b"PUT")) as line:
        tablet.url = line.url
        assert tablet.sync().outcome == "unreachable"
    tablet.url = None
    assert len(in_gateway(gateway)) == 2
    series = with_work(tablet, device_series)
    new_customer(tablet, "Goes first")
    outcome = tablet.sync()
    assert (outcome.outcome, warnings_of(outcome)) == ("ok", [])
    assert states(tablet) == {"in_erp"}
    assert with_work(tablet, device_series) == series
    assert len(in_gateway(gateway)) == 3


def test_that_all_sent_records_are_found_if_the_last_one_waits_in_the_copy(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    waiting = place_one(tablet)
    put_back = copy_of_work(tablet)
    new_customer(tablet, "Goes before it")
    assert tablet.sync().outcome == "ok"
    put_back()
    assert ("device.records_returned", "1") in warnings_of(tablet.sync())
    assert with_work(tablet, records.load, waiting).submission_state == "in_erp"
    assert len(in_gateway(gateway)) == 2
