"""Texts and segments of syncs that several screens share."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from salesapp.errors import BLOCKED
from salesapp.models.device import Overview, RunSummary
from salesapp.models.sync_view import Progress, SyncView
from salesapp.views import formats, labels
from salesapp.views.parts.frame import SyncChip
from salesapp.views.parts.strip import Segment, Shape

translate, plural = QCoreApplication.translate, formats.plural

SILENT_S = 3
"""A gateway that has not answered for so many seconds is named."""

_SHAPES = {
    "ok": Shape.DONE,
    "unchanged": Shape.DONE,
    "failed": Shape.FAILED,
    "held_back": Shape.HOLLOW,
    "fetching": Shape.RUNNING,
    "staging": Shape.RUNNING,
    "verifying": Shape.RUNNING,
}


def segment_of(state: str, part: float) -> Segment:
    """Returns the segment for a state of the engine; empty if nothing has begun."""
    shape = _SHAPES.get(state, Shape.EMPTY)
    if shape is Shape.EMPTY and part > 0:
        shape = Shape.RUNNING
    return Segment(shape, round(part, 3))


def segments_of(states: Iterable[tuple[str, float]]) -> tuple[Segment, ...]:
    return tuple(segment_of(state, part) for state, part in states)


def waiting_text(waiting: Mapping[str, int]) -> str:
    """Returns what waits to be sent: 4 orders, 1 customer."""
    parts = []
    if count := waiting.get("document", 0):
        parts.append(plural("Waiting", "%n documents", count))
    if count := waiting.get("customer", 0):
        parts.append(plural("Waiting", "%n customers", count))
    if count := waiting.get("appointment", 0):
        parts.append(plural("Waiting", "%n appointments", count))
    if count := waiting.get("travel", 0):
        parts.append(plural("Waiting", "%n travel entries", count))
    if count := waiting.get("file", 0):
        parts.append(plural("Waiting", "%n files", count))
    if not parts:
        return translate("Waiting", "Nothing waits to be sent")
    return translate("Waiting", "To send: {what}").format(what=", ".join(parts))


def outcome_line(run: RunSummary) -> str:
    """Returns the result of a sync in one line."""
    if run.outcome == "stopped":
        return translate("Outcome", "Stopped; nothing is lost")
    if run.outcome == "unreachable":
        return translate("Outcome", "The gateway was not reached")
    if run.error[0] == BLOCKED:
        return translate("Outcome", "This device is blocked")
    if run.outcome == "unauthorized":
        return translate("Outcome", "The gateway asks for a new logon")
    if run.error[0] and not (run.failed or run.held_back):
        return translate("Outcome", "The synchronization did not succeed")
    line = translate("Outcome", "{correct} of {total} objects correct").format(correct=run.correct, total=run.total)
    return f"{line}, {rejected_words(run.rejected)}" if run.rejected else line


def rejected_words(count: int) -> str:
    return plural("Outcome", "%n records rejected", count)


def outcome_word(run: RunSummary) -> tuple[str, str]:
    """Returns (state of the label, word) of a sync in the history."""
    if run.outcome in {"ok", "failed"} and run.rejected and not run.failed + run.held_back and not run.error[0]:
        return "failed", plural("Outcome", "%n rejected", run.rejected)
    if run.outcome == "ok":
        return "ok", translate("Outcome", "Correct")
    if run.outcome == "stopped":
        return "stopped", translate("Outcome", "Stopped")
    if run.outcome == "unreachable":
        return "offline", translate("Outcome", "No network")
    if run.failed + run.held_back:
        return "failed", plural("Outcome", "%n failed", run.failed or run.held_back)
    return "failed", translate("Outcome", "Failed")


def running_facts(progress: Progress | None, seconds: float) -> tuple[str, str, str, str]:
    """Returns texts of a running sync: records sent, rows done, downloaded, running for; empty if unknown or none."""
    time = formats.duration(seconds)
    if progress is None:
        return "", "", "", time
    sending = progress.sending
    sent = translate("Facts", "{sent} of {total}").format(sent=sending.accepted, total=sending.total)
    if not sending.total:
        sent = translate("Facts", "nothing to send") if sending.is_counted else ""
    expected = sum(section.rows_expected for section in progress.sections)
    rows = translate("Facts", "{done} of {total}").format(
        done=formats.number(sum(section.rows_done for section in progress.sections)), total=formats.number(expected)
    )
    return sent, rows if expected else "", formats.size(progress.bytes_down), time


def doing_words(sync: SyncView) -> str:
    """Returns what a running sync does, or that the gateway does not answer."""
    if sync.silent_s >= SILENT_S:
        return translate("Doing", "Waiting for the gateway: no answer for {time}").format(
            time=formats.duration(sync.silent_s)
        )
    return labels.object_path(sync.current) if sync.current else translate("Doing", "Getting ready")


def data_age(overview: Overview | None, *, with_stock: bool = True) -> str:
    """Returns the age of prices since they were last verified, and of stock: "prices just now, stock 2 h old".

    Stock is as old as the ERP's count, as on the item's card; if the ERP does not say, since it was last verified.
    """
    verified = overview.verified_at if overview else {}
    prices, stock = verified.get("items.prices"), verified.get("items.resources") if with_stock else None
    if stock and overview and overview.stock_as_of:
        stock = overview.stock_as_of
    if not prices:
        return ""
    old = formats.age(prices)
    if stock and formats.age(stock) == old:
        return translate("Ages", "prices and stock {age}").format(age=old)
    parts = [translate("Ages", "prices {age}").format(age=old)]
    parts += [translate("Ages", "stock {age}").format(age=formats.age(stock))] if stock else []
    return ", ".join(parts)


def show_chip(chip: SyncChip, overview: Overview | None, sync: SyncView) -> None:
    """Updates a screen's chip: the percentage while a sync runs, else the last good time or the problem."""
    if sync.is_running:
        text = formats.percent(sync.percent)
        chip.show_state(
            "arrow_sync_regular", text, translate("Chip", "Synchro, {percent} done").format(percent=text), running=True
        )
        return
    last = overview.last_run if overview else None
    if last is not None and last.is_problem:
        text = f"{formats.clock(formats.local(last.ended_at))} \N{MIDDLE DOT} {outcome_word(last)[1]}"
        chip.show_state(
            "error_circle_filled", text, translate("Chip", "Synchro, {text}").format(text=text), problem=True
        )
    elif overview is not None and overview.rejected:
        text = rejected_words(overview.rejected)
        short = plural("Outcome", "%n rejected", overview.rejected)
        chip.show_state(
            "error_circle_filled", short, translate("Chip", "Synchro, {text}").format(text=text), problem=True
        )
    elif last is not None and last.outcome == "unreachable":
        text = translate("Chip", "Offline")
        chip.show_state("cloud_off_regular", text, translate("Chip", "Synchro, {text}").format(text=text))
    elif overview is not None and overview.last_good_at:
        text = formats.moment(overview.last_good_at)
        spoken = translate("Chip", "Synchro, last good synchronization {text}").format(text=text)
        chip.show_state("cloud_checkmark_regular", formats.clock(formats.local(overview.last_good_at)), spoken)
    else:
        text = translate("Chip", "Not synchronized")
        chip.show_state("cloud_off_regular", text, translate("Chip", "Synchro, {text}").format(text=text))
