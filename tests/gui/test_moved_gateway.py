"""A gateway that is at another address than the last time, as the demo's is after each start."""

from salesapp.cli.window import _log_on
from tests.conftest import PASSWORD
from tests.gui.conftest import Desk
from tests.gui.test_order import drafts
from tests.gui.test_work import with_confirmed


def test_that_a_gateway_at_another_address_is_logged_on_to_with_all_work_kept(desk: Desk) -> None:
    async def story() -> None:
        await with_confirmed(desk)
        former = desk.gateway.url
        desk.gateway.stop()
        desk.gateway.port = 0
        desk.gateway.start()
        assert desk.gateway.url != former
        await _log_on(desk.app, desk.gateway.url, "rep1", PASSWORD)
        assert desk.app.device.overview is not None
        assert desk.app.device.overview.url == desk.gateway.url
        await _log_on(desk.app, desk.gateway.url, "rep1", "not asked for again")
        assert await desk.synchronize() == "ok"
        (order,) = drafts(desk)
        assert order.submission_state == "in_erp"

    desk.run(story())
