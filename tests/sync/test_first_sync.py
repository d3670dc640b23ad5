"""A first sync, later ones, and the resulting rows."""

from salesapp.domain.catalogue import CATALOGUE
from salesapp.store.history import History
from tests.conftest import GatewayUnderTest, Tablet, states


def test_that_a_first_sync_proves_every_object(tablet: Tablet) -> None:
    outcome = tablet.sync()
    assert outcome.error is None
    assert outcome.outcome == "ok"
    assert set(states(outcome).values()) == {"ok"}
    assert len(outcome.objects) == len(CATALOGUE.objects)
    assert all(entry.digest_ok and entry.rows == entry.expected_rows for entry in outcome.objects)
    assert outcome.attachments.fetched == 2
    work = tablet.work()
    assert History(work).first_sync_succeeded_at() is not None
    work.close()


def test_that_nothing_changed_costs_one_small_request(tablet: Tablet) -> None:
    tablet.sync()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert set(states(outcome).values()) == {"unchanged"}
    assert outcome.requests == 1
    assert outcome.bytes_down + outcome.bytes_up <= 1024


def test_that_changes_arrive_as_deltas(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.sync()
    company = gateway.connector.company
    company["items.forms"]["I1"]["name"] = "Renamed"
    del company["items.resources"]["I2-W2"]
    company["items.prices"]["I3-RETAIL"]["value"] = 120_000
    gateway.take()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    changed = {key for key, state in states(outcome).items() if state == "ok"}
    assert changed == {"items.forms", "items.resources", "items.prices"}
    assert all(entry.digest_ok for entry in outcome.objects)
