"""A gateway at another address than last time, like the demo's after each start."""

from salesapp.cli.window import _log_on
from tests.conftest import PASSWORD
from tests.gui.conftest import WindowDriver
from tests.gui.test_order import drafts
from tests.gui.test_work import with_confirmed


def test_that_a_logon_to_a_moved_gateway_keeps_all_work(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_confirmed(driver)
        former = driver.gateway.url
        driver.gateway.stop()
        driver.gateway.port = 0
        driver.gateway.start()
        assert driver.gateway.url != former
        await _log_on(driver.app, driver.gateway.url, "rep1", PASSWORD)
        assert driver.app.device.overview is not None
        assert driver.app.device.overview.url == driver.gateway.url
        await _log_on(driver.app, driver.gateway.url, "rep1", "not asked for again")
        assert await driver.synchronize() == "ok"
        (order,) = drafts(driver)
        assert order.submission_state == "in_erp"

    driver.run(story())
