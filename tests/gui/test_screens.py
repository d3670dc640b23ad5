"""Requests, and the presenters that answer them."""

from salesapp.views import requests
from salesapp.views.presenters import PRESENTERS
from salesapp.views.requests import AREAS, Request
from tests.gui.conftest import WindowDriver


def test_that_every_request_is_answered_by_its_presenter(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin()
        kinds = [kind for kind in vars(requests).values() if isinstance(kind, type) and issubclass(kind, Request)]
        kinds.remove(Request)
        assert set(kinds) == set(PRESENTERS)
        for kind in kinds:
            presenter = driver.app.screens.presenter(PRESENTERS[kind]())
            assert kind in presenter._showing, kind

    driver.run(story())


def test_that_every_area_of_the_main_screen_opens_a_page(driver: WindowDriver) -> None:
    async def story() -> None:
        await driver.begin()
        for area in set(driver.tiles) - {"synchro", "settings"}:
            driver.app.open_area(area)
            await driver.until(lambda: not driver.app._tasks)
            assert driver.app.window.current != "main", area
            driver.app.window.show_page("main", root=True)
        assert set(driver.tiles) - {"synchro", "settings"} == set(AREAS)

    driver.run(story())
