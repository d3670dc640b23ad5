"""The age of prices: seen where they are used, and a warning or a stop when it is over the profile's limit."""

from datetime import timedelta

import msgspec
import pytest

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE
from salesapp.store.catalog import CatalogStore
from salesapp.store.keys import load_key
from salesapp.views.formats import FIXED
from salesapp.views.order.ending import KnowSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.text import Text
from tests.gui.among_items import calm, open_item, shown, with_items
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts, new_order, tap_part
from tests.gui.visiting import idle, started, take_company

pytestmark = pytest.mark.clock

SENTENCES = {
    "en": "Prices are 30 h old, the limit is 24 h: synchronize first.",
    "pl": "Ceny mają 30 h, limit to 24 h: najpierw zsynchronizuj.",
}


def grow_old(desk: Desk, **hours: float) -> None:
    """As if the last successful verification of an object lay so far back; keys with __ for the dot."""
    shelf = desk.app.workplace.shelf
    key = load_key(desk.tablet.root, desk.tablet.key_file)
    store = CatalogStore.open(shelf.account.catalog_path, key, CATALOGUE)
    with store.transaction():
        for name, passed in hours.items():
            at = f"{clock.now() - timedelta(hours=passed):%Y-%m-%dT%H:%M:%SZ}"
            store.run("UPDATE object_state SET verified_at=? WHERE key=?", (at, name.replace("__", ".")))
    store.close()


async def with_old_prices(desk: Desk, rule: str, language: str) -> OrderPage:
    for profile in desk.gateway.connector.company["auxiliary.profiles"].values():
        profile |= {"price_age_rule": rule, "maximum_price_age_hours": 24}
    desk.gateway.take()
    await desk.begin("rep1")
    desk.app._on_setting_changed("language", language)
    grow_old(desk, items__prices=30, items__resources=1)
    await desk.app.device.refresh()
    page = await new_order(desk)
    await tap_part(desk, page, 0, "plus")
    return page


@pytest.mark.parametrize("language", ["en", "pl"])
def test_that_old_prices_warn_at_confirmation_when_the_profile_warns(desk: Desk, language: str) -> None:
    async def story() -> None:
        page = await with_old_prices(desk, "warn", language)
        assert SENTENCES[language] in page.cart.problem.accessibleName()
        desk.tap(page.cart.primary)
        await calm(desk)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, KnowSheet)
        assert any(SENTENCES[language] in text for text in (label.text() for label in sheet.findChildren(Text)))
        desk.tap(sheet.yes)
        await calm(desk)
        assert [draft.state for draft in drafts(desk)] == ["confirmed"]

    desk.run(story())


@pytest.mark.parametrize("language", ["en", "pl"])
def test_that_old_prices_stop_the_confirmation_when_the_profile_blocks_until_a_sync(desk: Desk, language: str) -> None:
    async def story() -> None:
        page = await with_old_prices(desk, "block", language)
        assert SENTENCES[language] in page.cart.problem.accessibleName()
        assert page.cart.problem.state == "failed"
        assert not page.cart.primary.isEnabled()
        desk.app.runner.start(desk.app.runner.request)
        assert await desk.verdict() == "ok"
        await calm(desk)
        assert desk.app.runner.outcome is not None
        assert desk.app.runner.outcome.requests <= 2, "nothing changed: the prices are the same, but proven now"
        assert page.cart.primary.isEnabled(), "without a change of the cart"
        assert not any(problem.code == "price.too_old" for problem in page.order.problems)
        assert [draft.state for draft in drafts(desk)] == ["draft"]

    desk.run(story())


def test_that_the_age_of_prices_and_stock_is_seen_wherever_they_are_used(desk: Desk) -> None:
    async def story() -> None:
        listed = await with_items(desk)
        grow_old(desk, items__prices=2, items__resources=2)
        await desk.app.device.refresh()
        assert (
            listed.header.context.text()
            == f"Prices of the default list \N{MIDDLE DOT} prices and stock 2{FIXED}h{FIXED}old"
        )
        grow_old(desk, items__resources=5)
        await desk.app.device.refresh()
        assert listed.header.context.text().endswith(f"prices 2{FIXED}h{FIXED}old, stock 5{FIXED}h{FIXED}old")
        form = await open_item(desk, listed, "Oliwa z oliwek 1 l")
        assert form.header.context.text().endswith(f"prices 2{FIXED}h{FIXED}old")
        assert f"5{FIXED}h{FIXED}old" in shown(form), "in the card of the stock"
        page = await new_order(desk)
        assert page.header.context.text().endswith(f"prices 2{FIXED}h{FIXED}old, stock 5{FIXED}h{FIXED}old")

    desk.run(story())


def test_that_prices_in_the_picking_list_come_anew_with_another_currency_or_a_sync(desk: Desk) -> None:
    async def story() -> None:
        await desk.begin("rep1")
        page = await new_order(desk)
        await desk.until(lambda: page.items.row(1).price == 10)
        page.items.forget_prices()
        await desk.until(lambda: page.items.row(1).price == 10)
        desk.gateway.connector.company["items.prices"]["I2-RETAIL"] |= {"value": 120_000}
        desk.gateway.take()
        desk.app.runner.start(desk.app.runner.request)
        assert await desk.verdict() == "ok"
        await desk.until(lambda: page.items.row(1).price == 12)

    desk.run(story())


def test_that_a_new_day_shows_its_own_appointments_where_the_window_stayed_open(desk: Desk) -> None:
    take_company(desk)

    async def story() -> None:
        await started(desk)
        assert desk.app.device.overview is not None
        today = desk.app.device.overview.visits
        desk.app.device.overview = msgspec.structs.replace(desk.app.device.overview, visits=())
        desk.app._ages.timeout.emit()
        await idle(desk)
        assert not desk.app.device.overview.visits, "within a day nothing is read because of the clock"
        desk.app._day -= timedelta(days=1)
        desk.app._ages.timeout.emit()
        await idle(desk)
        assert desk.app.device.overview.visits == today
        assert desk.app._day == clock.today()

    desk.run(story())
