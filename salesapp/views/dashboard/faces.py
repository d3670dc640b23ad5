"""The content of the main screen's tiles: figures and a live line, from the data on the device."""

from PySide6.QtCore import QCoreApplication

from salesapp import clock
from salesapp.domain.appointments import OPEN_STATES
from salesapp.domain.object_states import RIGHT
from salesapp.models.areas import MAIN_OBJECTS
from salesapp.models.device import Overview, RunSummary, VisitGlance
from salesapp.models.sync_view import SyncView
from salesapp.views import formats
from salesapp.views.labels import area_name
from salesapp.views.parts.strip import Segment, Shape
from salesapp.views.parts.tile import TileFace, TileLine
from salesapp.views.sync_labels import data_age, doing_words, outcome_line, rejected_words, segments_of, waiting_text

translate, plural = QCoreApplication.translate, formats.plural


def area_face(area: str, overview: Overview) -> TileFace:
    """Returns the tile of an area: the number of its records, and their age."""
    own = {
        "work": _work_face,
        "appointments": _visits_face,
        "travel": _travel_face,
        "reports": _reports_face,
    }.get(area)
    if own is not None:
        return own(overview)
    main = MAIN_OBJECTS[area]
    count = overview.shown.get(area, overview.rows.get(main, 0))
    verified = overview.verified_at.get("items.prices" if area == "items" else main)
    line = translate("Dashboard", "Not fetched yet")
    if verified:
        line = translate("Dashboard", "Data {age}").format(age=formats.age(verified))
    figure = formats.number(count)
    if area == "items" and verified:
        line = formats.capitalized(data_age(overview))
    elif area == "documents":
        line = (
            plural("Dashboard", "%n drafts", overview.draft_documents)
            if overview.draft_documents
            else translate("Dashboard", "No drafts")
        )
    return TileFace(area_name(area), line, figure)


def _visits_face(overview: Overview) -> TileFace:
    """Shows today's appointments: how many are done, a segment for each, the next ones, and overdue ones in red."""
    today = clock.here()
    visits = [visit for visit in overview.visits if formats.local(visit.start).date() == today.date()]
    done = sum(visit.state not in OPEN_STATES for visit in visits)
    figure = translate("Dashboard", "{done} of {total}").format(done=done, total=len(visits)) if visits else "0"
    late = [visit for visit in visits if visit.is_overdue]
    coming = [visit for visit in visits if visit.state in OPEN_STATES and not visit.is_overdue]
    overdue = [*overview.overdue, *late]
    shown = coming[: 2 if overdue else 3]
    overdue = overdue[-(3 - max(len(shown), 1)) :] if overdue else []
    lines = [_visit_line(visit) for visit in shown]
    lines += [_overdue_line(visit, overview.overdue_count if visit is overdue[-1] else 1) for visit in overdue]
    if not coming:
        words = translate("Dashboard", "Nothing more is planned today")
        lines.insert(0, TileLine(words, "checkmark_circle_regular"))
    return TileFace(area_name("appointments"), figure=figure, strip=[_segment(visit) for visit in visits], lines=lines)


def _segment(visit: VisitGlance) -> Segment:
    if visit.state not in OPEN_STATES:
        return Segment(Shape.DONE)
    if visit.state in {"pending", "suspended"}:
        return Segment(Shape.RUNNING, round(max(visit.done / visit.total if visit.total else 0.0, 0.1), 2))
    return Segment(Shape.EMPTY)


def _visit_line(visit: VisitGlance) -> TileLine:
    at = translate("Dashboard", "all day") if visit.is_full_day else formats.clock(formats.local(visit.start))
    return TileLine(visit.title, right=visit.what, lead=at)


def _overdue_line(visit: VisitGlance, count: int) -> TileLine:
    start = formats.local(visit.start)
    is_today = start.date() == clock.today()
    at = formats.clock(start) if is_today else formats.short_date(start)
    words = plural("Dashboard", "%n overdue", count) if count > 1 else translate("Dashboard", "overdue")
    return TileLine(visit.title, right=words, lead=at, token="fail", right_icon="clock_alarm_regular")


def _travel_face(overview: Overview) -> TileFace:
    """Shows the km of this month, and the odometer's reading."""
    km = f"{formats.number(overview.month_km)}{formats.FIXED}km"
    if overview.odometer_km is None:
        return TileFace(area_name("travel"), translate("Dashboard", "No vehicle yet"), km)
    odometer = f"{formats.number(overview.odometer_km)}{formats.FIXED}km"
    return TileFace(area_name("travel"), translate("Dashboard", "Odometer {km}").format(km=odometer), km)


def _reports_face(overview: Overview) -> TileFace:
    """Shows this month's target or sales, and the change against the same part of the last month."""
    sales, this_month = overview.sales, f"{clock.here():%Y-%m-01}"
    if sales is None or sales.month != this_month or not sales.net:
        return TileFace(area_name("reports"), translate("Dashboard", "Nothing sold this month yet"), "0")
    amount = formats.number(sales.net)
    change = formats.signed_percent(sales.percent) if sales.percent is not None else ""
    line = translate("Dashboard", "{amount} this month").format(amount=amount)
    line = ", ".join(part for part in (line, change) if part)
    if sales.reached is not None:
        return TileFace(area_name("reports"), line, f"{formats.number(sales.reached)}{formats.FIXED}%")
    line = translate("Dashboard", "This month, {change}").format(change=change) if change else ""
    return TileFace(area_name("reports"), line or translate("Dashboard", "This month"), amount)


def _work_face(overview: Overview) -> TileFace:
    """Shows how many records are not in the ERP yet, and how many were rejected."""
    open_ = overview.waiting_total + overview.drafts + overview.rejected
    if overview.rejected:
        line = rejected_words(overview.rejected)
        return TileFace(area_name("work"), line, formats.number(open_), mood="problem", line_icon="error_circle_filled")
    line = waiting_text(overview.waiting) if overview.waiting_total else translate("Dashboard", "Everything is sent")
    if overview.drafts and not overview.waiting_total:
        line = plural("Dashboard", "%n drafts", overview.drafts)
    return TileFace(area_name("work"), line, formats.number(open_))


def settings_face(overview: Overview | None) -> TileFace:
    line = translate("Dashboard", "Signed in as {user}").format(user=overview.user) if overview else ""
    return TileFace(area_name("settings"), line)


def synchro_face(overview: Overview | None, sync: SyncView, *, first: bool) -> TileFace:
    """Returns the tile of the sync: its percentage while it runs, else the result of the last one."""
    if sync.is_running:
        return _running_face(sync)
    if first:
        return _first_face(overview, sync)
    last = overview.last_run if overview else None
    if overview is None or last is None:
        return TileFace(area_name("synchro"))
    problem = last.is_problem or bool(overview.rejected)
    figure = formats.clock(formats.local(overview.last_good_at)) if overview.last_good_at else ""
    lines = [
        TileLine(
            _outcome(overview, last),
            "error_circle_filled" if problem else "checkmark_circle_regular",
            formats.moment(last.ended_at),
            "fail" if problem else "text2",
        ),
        TileLine(waiting_text(overview.waiting), "arrow_upload_regular"),
        TileLine(translate("Dashboard", "Everything works from this device"), "tablet_regular"),
    ]
    if not overview.rows:
        lines[-1] = TileLine(
            translate("Dashboard", "The catalogue has to be fetched again"), "warning_regular", token="wait"
        )
    return TileFace(
        area_name("synchro"),
        figure=figure,
        mood="problem" if problem else "calm",
        strip=segments_of([(state, 1.0 if state in RIGHT else 0.0) for state in last.sections.values()]),
        lines=lines,
    )


def _outcome(overview: Overview, last: RunSummary) -> str:
    """Returns the result of the last sync; if all objects are correct, a problem means rejected records."""
    if overview.rejected and not (last.failed or last.held_back):
        return rejected_words(overview.rejected)
    return outcome_line(last)


def _running_face(sync: SyncView) -> TileFace:
    left = (
        translate("Dashboard", "about {time} left").format(time=formats.left(sync.seconds_left))
        if sync.seconds_left
        else ""
    )
    lines = (
        TileLine(doing_words(sync), right=left, is_bold=True),
        TileLine(translate("Dashboard", "You can go on working")),
    )
    return TileFace(
        area_name("synchro"),
        figure=str(sync.percent),
        unit="%",
        mood="running",
        strip=segments_of(sync.sections),
        lines=lines,
        is_percent=True,
    )


def _first_face(overview: Overview | None, sync: SyncView) -> TileFace:
    """Returns the tile before the first good sync: what to do, and how the last attempt ended."""
    last = overview.last_run if overview else None
    verdict = sync.verdict or (last.outcome if last else "")
    if verdict in {"failed", "unreachable", "unauthorized", "error"}:
        again = translate("Dashboard", "Tap to try again")
        if last is not None and last.is_problem:
            again = translate("Dashboard", "Tap to try again; the red sign says why")
        why = translate("Dashboard", "The first synchronization did not succeed")
        states = last.sections.items() if last else ()
        return TileFace(
            area_name("synchro"),
            mood="problem",
            lines=(TileLine(why, "error_circle_filled", token="fail"), TileLine(again)),
            strip=segments_of(sync.sections or [(state, 1.0 if state in RIGHT else 0.0) for _key, state in states]),
        )
    line = translate("Dashboard", "Start the first synchronization")
    if verdict == "stopped":
        line = translate("Dashboard", "Stopped: it goes on from there")
    return TileFace(area_name("synchro"), line, mood="accent")
