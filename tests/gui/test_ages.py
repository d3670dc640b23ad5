"""The age of prices: shown where they are used, with a warning or a block beyond the profile's limit."""

from datetime import timedelta

import msgspec
import pytest

from salesapp import clock
from salesapp.domain.catalogue import CATALOGUE
from salesapp.settings import Settings
from salesapp.store.catalog import CatalogStore
from salesapp.store.keys import load_key
from salesapp.views.formats import FIXED
from salesapp.views.order.ending import WarningSheet
from salesapp.views.order.page import OrderPage
from salesapp.views.parts.text import Text
from tests.gui.among_items import calm, open_item, shown, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts, new_order, tap_part
from tests.gui.visiting import idle, started, take_company

pytestmark = pytest.mark.clock

SENTENCES = {
    "en": "Prices are 30 h old, the limit is 24 h: synchronize first.",
    "pl": "Ceny mają 30 h, limit to 24 h: najpierw zsynchronizuj.",
}


def grow_old(driver: WindowDriver, **hours: float) -> None:
    """Sets the age of the last verification of objects; __ stands for the dot in their keys."""
    stores = driver.app.workplace.stores
    key = load_key(driver.tablet.root, driver.tablet.key_file)
    store = CatalogStore.open(stores.account.catalog_path, key, CATALOGUE)
    with store.transaction():
        for name, passed in hours.items():
            at = f"{clock.now() - timedelta(hours=passed):%Y-%m-%dT%H:%M:%SZ}"
            store.run("UPDATE object_state SET verified_at=? WHERE key=?", (at, name.replace("__", ".")))
    store.close()


async def with_old_prices(driver: WindowDriver, rule: str, language: str) -> OrderPage:
    for profile in driver.gateway.connector.company["auxiliary.profiles"].values():
        profile |= {"price_age_rule": rule, "maximum_price_age_hours": 24}
    driver.gateway.take()
    await driver.begin("rep1")
    driver.app._on_setting_changed(Settings.language, language)
    grow_old(driver, items__prices=30, items__resources=1)
    await driver.app.device.refresh()
    page = await new_order(driver)
    await tap_part(driver, page, 0, "plus")
    return page


@pytest.mark.parametrize("language", ["en", "pl"])
def test_that_old_prices_warn_at_confirmation_when_the_profile_warns(driver: WindowDriver, language: str) -> None:
    async def story() -> None:
        page = await with_old_prices(driver, "warn", language)
        assert SENTENCES[language] in page.cart.problem.accessibleName()
        driver.tap(page.cart.primary)
        await calm(driver)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, WarningSheet)
        assert any(SENTENCES[language] in text for text in (label.text() for label in sheet.findChildren(Text)))
        driver.tap(sheet.yes)
        await calm(driver)
        assert [draft.state for draft in drafts(driver)] == ["confirmed"]

    driver.run(story())


@pytest.mark.parametrize("language", ["en", "pl"])
def test_that_old_prices_stop_the_confirmation_when_the_profile_blocks_until_a_sync(
    driver: WindowDriver, language: str
) -> None:
    async def story() -> None:
        page = await with_old_prices(driver, "block", language)
        assert SENTENCES[language] in page.cart.problem.accessibleName()
        assert page.cart.problem.state == "failed"
        assert not page.cart.primary.isEnabled()
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await calm(driver)
        assert driver.app.runner.outcome is not None
        assert driver.app.runner.outcome.requests <= 2, "nothing changed: the prices are the same, but proven now"
        assert page.cart.primary.isEnabled(), "without a change of the cart"
        assert not any(problem.code == "price.too_old" for problem in page.order.problems)
        assert [draft.state for draft in drafts(driver)] == ["draft"]

    driver.run(story())


def test_that_the_age_of_prices_and_stock_is_shown_wherever_they_are_used(driver: WindowDriver) -> None:
    async def story() -> None:
        listed = await with_items(driver)
        grow_old(driver, items__prices=2, items__resources=2)
        await driver.app.device.refresh()
        assert (
            listed.header.context.text()
            == f"Prices of the default list \N{MIDDLE DOT} prices and stock 2{FIXED}h{FIXED}old"
        )
        grow_old(driver, items__resources=5)
        await driver.app.device.refresh()
        assert listed.header.context.text().endswith(f"prices 2{FIXED}h{FIXED}old, stock 5{FIXED}h{FIXED}old")
        form = await open_item(driver, listed, "Oliwa z oliwek 1 l")
        assert form.header.context.text().endswith(f"prices 2{FIXED}h{FIXED}old")
        assert f"5{FIXED}h{FIXED}old" in shown(form), "in the card of the stock"
        page = await new_order(driver)
        assert page.header.context.text().endswith(f"prices 2{FIXED}h{FIXED}old, stock 5{FIXED}h{FIXED}old")

    driver.run(story())


def test_that_list_card_order_and_main_screen_have_one_age_of_stock(driver: WindowDriver) -> None:
    """The ERP's count is what a representative may quote, however fresh the last sync is."""
    counted = f"{clock.now() - timedelta(hours=6):%Y-%m-%dT%H:%M:%SZ}"
    for row in driver.gateway.connector.company["items.resources"].values():
        row["as_of"] = counted

    async def story() -> None:
        listed = await with_items(driver)
        old = f"6{FIXED}h{FIXED}old"
        assert listed.header.context.text().endswith(f", stock {old}")
        tile = driver.tile("items")
        assert old in tile.accessibleName() + tile.accessibleDescription()
        form = await open_item(driver, listed, "Oliwa z oliwek 1 l")
        assert old in shown(form)
        page = await new_order(driver)
        assert page.header.context.text().endswith(f"stock {old}")

    driver.run(story())


def test_that_prices_in_the_picking_list_are_reloaded_with_another_currency_or_a_sync(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin("rep1")
        page = await new_order(driver)
        await driver.until(lambda: page.items.row(1).price == 10)
        page.items.forget_prices()
        await driver.until(lambda: page.items.row(1).price == 10)
        driver.gateway.connector.company["items.prices"]["I2-RETAIL"] |= {"value": 120_000}
        driver.gateway.take()
        driver.app.runner.start(driver.app.runner.request)
        assert await driver.verdict() == "ok"
        await driver.until(lambda: page.items.row(1).price == 12)

    driver.run(story())


def test_that_an_open_window_shows_the_appointments_of_a_new_day(driver: WindowDriver) -> None:
    take_company(driver)

    async def story() -> None:
        await started(driver)
        assert driver.app.device.overview is not None
        today = driver.app.device.overview.visits
        driver.app.device.overview = msgspec.structs.replace(driver.app.device.overview, visits=())
        driver.app.today._timer.timeout.emit()
        await idle(driver)
        assert not driver.app.device.overview.visits, "within a day nothing is read because of the clock"
        driver.app.today._day -= timedelta(days=1)
        driver.app.today._timer.timeout.emit()
        await idle(driver)
        assert driver.app.device.overview.visits == today

    driver.run(story())
