"""A tablet drops most of an object only if the gateway accounts for the loss."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete

from salesapp.cli.gateway_confirm import confirm as confirm_command
from salesapp.gateway.losses import confirm, large_loss
from salesapp.gateway.rows import revision
from salesapp.protocol.paths import MANIFEST, RANGES
from salesapp.store.catalog import CatalogStore
from tests.conftest import GatewayUnderTest, Tablet, states

KEY = "directories.travel_types"
MANY = 150


def count(tablet: Tablet, key: str = KEY) -> int:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return store.count(tablet.catalogue.by_key[key].table)
    finally:
        store.close()


def code(tablet: Tablet, key: str = KEY) -> str:
    entry = next(entry for entry in tablet.outcomes[-1].objects if entry.key == key)
    return entry.error.code if entry.error else ""


def keep(gateway: GatewayUnderTest, rows: int) -> None:
    """Imports such that the object has `rows` rows."""
    company = gateway.connector.company[KEY]
    for number in range(MANY + 50):
        company.pop(f"N{number}", None)
    company |= {f"N{number}": {"code": f"N{number}", "name": f"Name {number}"} for number in range(rows - 1)}
    gateway.take()


def accept(gateway: GatewayUnderTest, *keys: str) -> None:
    with gateway.database.write() as connection:
        confirm(connection, keys, revision(connection))


@pytest.fixture
def large(tablet: Tablet, gateway: GatewayUnderTest) -> Tablet:
    """A tablet with 150 rows of the object."""
    keep(gateway, MANY)
    assert tablet.begin().outcome == "ok"
    assert count(tablet) == MANY
    return tablet


@pytest.mark.parametrize("options", [{}, {"full": True}, {"fresh": (KEY,)}])
def test_that_a_large_loss_is_red_until_the_office_confirms_it(
    large: Tablet, gateway: GatewayUnderTest, options: dict[str, Any]
) -> None:
    keep(gateway, 29)
    for _ in range(2):  # it stays red
        outcome = large.sync(**options)
        assert outcome.outcome == "failed"
        found = states(outcome)
        assert found.pop(KEY) == "failed"
        assert set(found.values()) <= {"ok", "unchanged"}
        assert code(large) == "object.large_loss"
        assert count(large) == MANY
    error = next(entry.error for entry in large.outcomes[-1].objects if entry.key == KEY)
    assert error is not None
    assert error.params == {"key": KEY, "rows": "150", "gone": "121"}
    accept(gateway, KEY)
    assert large.sync(**options).outcome == "ok"
    assert count(large) == 29


def test_that_a_confirmation_covers_earlier_losses_only(large: Tablet, gateway: GatewayUnderTest) -> None:
    keep(gateway, 29)
    accept(gateway, KEY)
    assert large.sync().outcome == "ok"
    assert count(large) == 29
    keep(gateway, MANY)
    assert large.sync().outcome == "ok"
    keep(gateway, 10)
    assert large.sync().outcome == "failed"
    assert count(large) == MANY


@pytest.mark.parametrize(("rows", "taken"), [(31, True), (30, True), (29, False)])
def test_that_a_loss_of_more_than_four_fifths_is_large(
    large: Tablet, gateway: GatewayUnderTest, rows: int, taken: bool
) -> None:
    keep(gateway, rows)
    assert (large.sync().outcome == "ok") is taken


def test_that_objects_of_a_hundred_rows_have_no_large_losses(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    keep(gateway, 100)
    tablet.sync()
    keep(gateway, 1)
    assert tablet.sync().outcome == "ok"
    keep(gateway, 101)
    tablet.sync()
    keep(gateway, 1)
    assert tablet.sync().outcome == "failed"


def test_that_a_tablet_that_was_away_applies_many_small_losses(large: Tablet, gateway: GatewayUnderTest) -> None:
    for rows in range(MANY - 20, 0, -20):
        keep(gateway, rows)
    assert large.sync().outcome == "ok"
    assert count(large) == 10


def test_that_replaced_rows_are_lost_too(large: Tablet, gateway: GatewayUnderTest) -> None:
    company = gateway.connector.company[KEY]
    gateway.connector.company[KEY] = {f"X{name}": row | {"code": f"X{name}"} for name, row in company.items()}
    gateway.take()
    assert large.sync().outcome == "failed"
    assert code(large) == "object.large_loss"


def test_that_rows_of_a_scope_that_the_user_no_longer_has_do_not_count(
    make_tablet: Callable[[str], Tablet], gateway: GatewayUnderTest
) -> None:
    prices = gateway.connector.company["items.prices"]
    unit = gateway.connector.company["directories.units"]["PCS"]
    gateway.connector.company["directories.units"] |= {f"U{n}": unit | {"code": f"u{n}"} for n in range(150)}
    prices |= {f"R{n}": prices["I1-RETAIL"] | {"unit": f"U{n}"} for n in range(150)}
    gateway.take()
    tablet = make_tablet("rep1")
    assert tablet.sync().outcome == "ok"
    assert count(tablet, "items.prices") > 150
    gateway.connector.company["auxiliary.profiles"]["field"]["price_types"] = ["WHOLESALE"]
    gateway.take()
    assert tablet.sync().outcome == "ok", states(tablet.outcomes[-1])
    assert count(tablet, "items.prices") < 10


def without_field(manifest: Any) -> Any:
    for plan in manifest.get("objects", []):
        plan.pop("accounted_from", None)
    return manifest


def test_that_a_manifest_without_the_field_confirms_nothing(large: Tablet, gateway: GatewayUnderTest) -> None:
    keep(gateway, 29)
    accept(gateway, KEY)
    gateway.answers.tell(MANIFEST, without_field)
    assert large.sync().outcome == "failed"
    assert code(large) == "object.large_loss"
    gateway.answers.tell_the_truth()
    assert large.sync().outcome == "ok"


def empty(manifest: Any) -> Any:
    return manifest | {
        "unchanged": False,
        "scopes": [],
        "objects": [
            plan | {"count": 0, "digest": "0" * 32, "fresh": True, "segments": []} | {"accounted_from": None}
            for plan in manifest.get("objects", [])
        ],
    }


@pytest.mark.parametrize("scopes", [True, False])
@pytest.mark.parametrize("fresh", [True, False])
def test_that_a_manifest_with_only_empty_objects_deletes_nothing(
    tablet: Tablet, gateway: GatewayUnderTest, fresh: bool, scopes: bool
) -> None:
    assert tablet.begin().outcome == "ok"
    held = [count(tablet, entry.key) for entry in tablet.catalogue.all]

    def change(answer: Any) -> Any:
        if "ranges" in answer:
            return {"ranges": []}
        told = empty(answer)
        told["objects"] = [plan | {"fresh": fresh} for plan in told["objects"]]
        return told | ({"scopes": answer["scopes"]} if scopes else {})

    gateway.connector.company["items.forms"]["I1"]["name"] = "Another"
    gateway.take()
    gateway.answers.tell("/v1/", lambda answer: change(answer) if isinstance(answer, dict) else answer)
    outcome = tablet.sync()
    assert outcome.outcome == "failed"
    assert [count(tablet, entry.key) for entry in tablet.catalogue.all] == held
    assert MANIFEST
    assert RANGES
    gateway.answers.tell_the_truth()
    assert tablet.sync().outcome == "ok"


def test_that_small_objects_keep_their_rows_if_a_large_one_is_refused(large: Tablet, gateway: GatewayUnderTest) -> None:
    gateway.answers.tell(MANIFEST, empty)
    gateway.connector.company["items.forms"]["I1"]["name"] = "Another"
    gateway.take()
    assert large.sync().outcome == "failed"
    assert count(large, "items.forms") == 3
    assert count(large) == MANY


def test_that_the_command_confirms_a_loss(large: Tablet, gateway: GatewayUnderTest) -> None:
    keep(gateway, 29)
    assert large.sync().outcome == "failed"
    done = CliRunner().invoke(confirm_command, ["--data", str(gateway.database.folder), KEY])
    assert done.exit_code == 0, done.output
    assert large.sync().outcome == "ok"


def test_that_an_upgraded_gateway_accounts_for_later_losses_only(large: Tablet, gateway: GatewayUnderTest) -> None:
    """Earlier losses were not recorded and need a confirmation; later small ones do not."""
    keep(gateway, 29)
    with gateway.database.write() as connection:
        connection.execute(delete(large_loss))
        connection.exec_driver_sql("DELETE FROM meta WHERE name = 'losses_noted_since'")
    assert large.sync().outcome == "failed"
    keep(gateway, 28)  # the first import of the new version
    assert large.sync().outcome == "failed"
    accept(gateway, KEY)
    assert large.sync().outcome == "ok"
