"""A gateway with wrong data of one object: that object turns red, keeps its rows, and is repaired later."""

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from salesapp.store.catalog import CatalogStore
from salesapp.store.catalog_reader import CatalogReader, CatalogUnreadableError
from salesapp.store.history import History
from tests.conftest import GatewayUnderTest, Tablet, states


def column(tablet: Tablet, table: str, name: str) -> list[object]:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return [row[0] for row in store.rows(f'SELECT "{name}" FROM "{table}" ORDER BY id')]
    finally:
        store.close()


@pytest.mark.parametrize(
    ("kind", "code"),
    [("digest", "object.digest"), ("count", "object.count"), ("missing", "object.segment_missing")],
)
def test_that_a_red_object_keeps_its_last_good_rows_and_is_repaired_by_the_next_sync(
    tablet: Tablet, gateway: GatewayUnderTest, kind: str, code: str
) -> None:
    assert tablet.begin().outcome == "ok"
    gateway.connector.company["items.resources"]["I1-W1"]["quantity"] = 77
    gateway.take()
    gateway.restart(f"items.resources={kind}")
    outcome = tablet.sync(full=True)
    assert outcome.outcome == "failed"
    found = states(outcome)
    assert found.pop("items.resources") == "failed"
    assert set(found.values()) == {"ok"}
    red = next(entry for entry in outcome.objects if entry.key == "items.resources")
    assert red.error is not None
    assert red.error.code == code
    assert not red.digest_ok
    assert 77 not in column(tablet, "items_resources", "quantity")
    gateway.restart()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert states(outcome)["items.resources"] == "ok"
    assert 77 in column(tablet, "items_resources", "quantity")


def test_that_what_needs_a_red_object_is_held_back(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    gateway.restart("items.forms=digest")
    outcome = tablet.sync()
    found = states(outcome)
    assert found["items.forms"] == "failed"
    held = {key for key, state in found.items() if state == "held_back"}
    assert held == {
        "items.units",
        "items.prices",
        "items.resources",
        "items.group_links",
        "promotions.items",
        "additional_information.attribute_values",
        "attachments.images",
    }
    assert found["customers.customers"] == "ok"
    waiting = next(entry for entry in outcome.objects if entry.key == "items.units")
    assert waiting.error is not None
    assert waiting.error.params == {"parents": "items.forms"}
    work = tablet.work()
    assert History(work).first_sync_succeeded_at() is None
    work.close()
    gateway.restart()
    assert tablet.sync().outcome == "ok"


def test_that_a_later_failure_does_not_revoke_the_first_success(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    gateway.restart("items.forms=digest")
    assert tablet.sync().outcome == "failed"
    work = tablet.work()
    assert History(work).first_sync_succeeded_at() is not None
    work.close()


def test_that_a_first_sync_without_attachments_succeeds_and_the_images_come_later(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    outcome = tablet.sync(attachments=False)
    assert outcome.outcome == "ok"
    assert states(outcome)["attachments.images"] == "skipped"
    assert outcome.attachments.fetched == 0
    work = tablet.work()
    assert History(work).first_sync_succeeded_at() is not None
    work.close()
    outcome = tablet.sync(attachments=False)
    assert outcome.requests == 1
    assert outcome.bytes_down + outcome.bytes_up <= 1024
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert states(outcome)["attachments.images"] == "ok"
    assert outcome.attachments.fetched == 2


def test_that_corrupted_rows_on_the_device_are_detected_and_repaired(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    with store.transaction():
        store.run("UPDATE items_forms SET name='tampered' WHERE code='I2'")
    store.close()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert states(outcome)["items.forms"] == "ok"
    assert "tampered" not in column(tablet, "items_forms", "name")


def test_that_a_delta_on_corrupted_rows_is_repaired_by_key_range(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    with store.transaction():
        store.run("DELETE FROM items_forms WHERE code='I2'")
    store.close()
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    outcome = tablet.sync()
    assert outcome.outcome == "ok", outcome.error
    assert column(tablet, "items_forms", "code") == ["I1", "I2", "I3"]


def test_that_one_object_can_be_fetched_afresh(tablet: Tablet) -> None:
    tablet.begin()
    outcome = tablet.sync(fresh=("items.prices",))
    assert outcome.outcome == "ok"
    found = states(outcome)
    assert found.pop("items.prices") == "ok"
    assert set(found.values()) == {"unchanged"}


def test_that_a_catalogue_of_another_version_is_reported_and_a_wrong_query_is_a_bug(tablet: Tablet) -> None:
    assert tablet.begin().outcome == "ok"
    browser = CatalogReader(tablet.account.catalog_path, tablet.key)
    with pytest.raises(sqlcipher.OperationalError, match="no such table"):
        browser.query("SELECT * FROM tables_of_tomorrow")
    browser.close()
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    with store.transaction():
        store.set_meta("layout", "of another version")
    store.close()
    browser = CatalogReader(tablet.account.catalog_path, tablet.key)
    with pytest.raises(CatalogUnreadableError):
        browser.query("SELECT * FROM tables_of_tomorrow")
    browser.close()
