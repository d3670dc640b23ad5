"""Scenes of reports: own sales by week, by day and within a month, the best items, and the lists behind them."""

from typing import Any

from salesapp.views.requests import OpenReports
from scripts.scenes.photographer import Photographer


async def take_reports(photographer: Photographer) -> None:
    page = await photographer.open(OpenReports())
    await photographer.take("reports")
    for span in ("day", "month", "year"):
        await choose_span(photographer, page, span)
        await photographer.take(f"reports-{span}")
    await take_a_week(photographer, page)
    await take_a_month(photographer, page)
    photographer.home()


async def choose_span(photographer: Photographer, page: Any, span: str) -> None:
    page.span_chosen.emit(span)
    await photographer.idle()


async def go_into(photographer: Photographer, page: Any, bar: int) -> None:
    page.chart.chart.buttons[bar].click()
    await photographer.idle()


async def take_a_week(photographer: Photographer, page: Any) -> None:
    await choose_span(photographer, page, "week")
    await go_into(photographer, page, -2)
    await photographer.take("reports-days-of-week")
    await go_into(photographer, page, 4)
    await photographer.take("reports-orders")
    photographer.app.window.back()


async def take_a_month(photographer: Photographer, page: Any) -> None:
    await choose_span(photographer, page, "month")
    await go_into(photographer, page, -2)
    page.ranked.chosen.emit("items")
    await photographer.idle()
    await photographer.take("reports-within")
    for name, card in (("reports-items", page.ranked), ("reports-customers", page.away)):
        card.head.click()
        await photographer.idle()
        await photographer.take(name)
        photographer.app.window.back()
