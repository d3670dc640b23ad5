"""Automatic syncs: at intervals in working hours, when the network returns, after a confirmation.

`due` is a pure rule; `Automatic` evaluates it every few seconds and starts a due sync. It never
prompts the user: without a reachable gateway nothing starts, and after a failure it waits for the next occasion.
"""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from salesapp import clock
from salesapp.errors import BLOCKED
from salesapp.models.device import Device
from salesapp.models.sync_runner import SyncRequest, SyncRunner
from salesapp.protocol.forms import moment_of
from salesapp.settings import Settings

Reason = Literal["", "interval", "network", "confirmed"]

LOOK_EVERY_MS = 5_000
SETTLING = timedelta(seconds=5)
"""The delay after a confirmation, to send further records of the same visit together."""
PAUSE = timedelta(minutes=5)
"""The pause after a failed sync."""
PROBE_EVERY = timedelta(seconds=60)
"""The interval of checks whether an unreachable gateway is back."""


@dataclass(frozen=True, slots=True)
class AutoSyncSettings:
    """The settings of automatic syncs. `every` is None for no interval; hours are local."""

    every: timedelta | None = None
    work_from: time = time(7)
    work_to: time = time(17)
    on_network: bool = False
    after_confirming: bool = False

    @property
    def is_any(self) -> bool:
        return self.every is not None or self.on_network or self.after_confirming

    def is_working(self, now: datetime) -> bool:
        """Returns whether this is a working hour. Hours may span midnight; equal ones mean all day."""
        clock = now.time()
        if self.work_from == self.work_to:
            return True
        if self.work_from < self.work_to:
            return self.work_from <= clock < self.work_to
        return clock >= self.work_from or clock < self.work_to


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """The facts that decide whether a sync is due; times are aware.

    `ended`: end of the last sync, automatic or not; `went_well`: its success. `confirmed`: the last confirmation that
    no sync has sent yet. `is_back`: the gateway is reachable again. `not_before`: the gateway's
    requested time of the next attempt.
    """

    now: datetime
    ended: datetime | None = None
    went_well: bool = True
    confirmed: datetime | None = None
    is_back: bool = False
    not_before: datetime | None = None


def due(wanted: AutoSyncSettings, facts: SyncFacts) -> Reason:
    """Returns the reason to start a sync now; empty for none, and always before the first sync has ended."""
    if facts.ended is None or (facts.not_before is not None and facts.now < facts.not_before):
        return ""
    rested = facts.now - facts.ended
    if not facts.went_well and rested < PAUSE and not facts.is_back:
        return ""
    if wanted.after_confirming and facts.confirmed is not None and facts.now - facts.confirmed >= SETTLING:
        return "confirmed"
    return _due_in_working_hours(wanted, facts, rested) if wanted.is_working(facts.now) else ""


def _due_in_working_hours(wanted: AutoSyncSettings, facts: SyncFacts, rested: timedelta) -> Reason:
    if wanted.on_network and facts.is_back:
        return "network"
    return "interval" if wanted.every is not None and rested >= wanted.every else ""


def auto_sync_settings(settings: Settings) -> AutoSyncSettings:
    """Returns the settings of automatic syncs."""
    minutes = settings.auto_sync
    return AutoSyncSettings(
        every=None if minutes is None else timedelta(minutes=minutes),
        work_from=settings.work_from,
        work_to=settings.work_to,
        on_network=settings.sync_on_network,
        after_confirming=settings.sync_after_confirming,
    )


def retry_time(code: str, params: Mapping[str, str]) -> datetime | None:
    """Returns when to retry, if an overloaded gateway ended a sync with this error; else None."""
    return moment_of(params.get("until", "")) if code == "gateway.busy" else None


class Automatic(QObject):
    """Starts automatic syncs. `due` carries the request; `is_free` returns whether one may start now."""

    due = Signal(object)

    def __init__(
        self,
        device: Device,
        runner: SyncRunner,
        settings: Settings,
        spawn: Callable[[Coroutine[Any, Any, None]], None],
        is_free: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._device, self._runner, self._settings = device, runner, settings
        self._spawn, self._is_free = spawn, is_free
        self._ended: datetime | None = None
        self._went_well = True
        self._not_before: datetime | None = None
        self._needs_password = False
        self._confirmed: datetime | None = None
        self._missed = False  # the gateway was unreachable, and no sync has ended since
        self._probed: datetime | None = None
        self._is_looking = False
        self._network = Network(self)
        self._network.changed.connect(self._on_network_changed)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        runner.finished.connect(self._on_finished)

    def begin(self) -> None:
        """Starts the checks, until `end`."""
        self._network.listen()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()

    def note_confirmed(self) -> None:
        """Notes that a record was put into the outbox."""
        self._confirmed = clock.now()

    def look(self) -> None:
        """Starts a sync if one is due."""
        wanted = auto_sync_settings(self._settings)
        if not wanted.is_any or self._is_looking or self._runner.is_running or not self._may_begin():
            return
        now = clock.here()
        is_asked = bool(due(wanted, self._facts(now)))
        watches = wanted.on_network and wanted.is_working(now)
        if (is_asked and not self._missed) or ((is_asked or watches) and self._probe_is_due(now)):
            self._is_looking = True
            self._spawn(self._look(wanted))

    def _may_begin(self) -> bool:
        overview = self._device.overview
        is_ready = overview is not None and overview.first_sync_succeeded_at is not None
        return is_ready and not self._needs_password and self._is_free()

    def _facts(self, now: datetime) -> SyncFacts:
        last = self._device.overview.last_run if self._device.overview else None
        ended, went_well = self._ended, self._went_well
        if ended is None and last is not None:
            ended, went_well = datetime.fromisoformat(last.ended_at), last.outcome == "ok"
            self._not_before = retry_time(*last.error)
        return SyncFacts(now, ended, went_well, self._confirmed, not_before=self._not_before)

    def _probe_is_due(self, now: datetime) -> bool:
        return self._probed is None or now - self._probed >= PROBE_EVERY

    async def _look(self, wanted: AutoSyncSettings) -> None:
        try:
            reaches = self._network.may_reach and await self._device.reaches_gateway()
            now = clock.here()
            is_back = reaches and self._missed
            self._probed, self._missed = now, self._missed or not reaches
            reason = due(wanted, replace(self._facts(now), is_back=is_back)) if reaches else ""
            if reason and not self._runner.is_running and self._may_begin():
                with_pictures = self._settings.attachments and not self._network.is_metered
                self.due.emit(SyncRequest(attachments=with_pictures))
        finally:
            self._is_looking = False

    def _on_network_changed(self) -> None:
        self._probed = None
        self.look()

    def _on_finished(self, outcome: Any) -> None:
        self._ended = clock.now()
        is_blocked = outcome.error is not None and outcome.error.code == BLOCKED  # until a logon succeeds
        self._went_well = outcome.outcome == "ok"
        self._not_before = retry_time(outcome.error.code, outcome.error.params) if outcome.error is not None else None
        self._needs_password = outcome.outcome == "unauthorized" and not is_blocked
        self._missed = outcome.outcome == "unreachable"
        began = self._runner.started_at
        has_sent = outcome.outcome in {"ok", "failed"} and self._not_before is None
        if has_sent and self._confirmed is not None and self._confirmed < began:
            self._confirmed = None  # it was sent

    def note_logged_on(self) -> None:
        """Notes that there is a session again."""
        self._needs_password = False


class Network(QObject):
    """The system's view of the network; without one, assumes that the gateway is reachable."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._information: Any = None

    def listen(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415  # nothing in the first frame needs it

        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            self._information = QNetworkInformation.instance()
            self._information.reachabilityChanged.connect(lambda _now: self.changed.emit())

    @property
    def may_reach(self) -> bool:
        """Returns False only if the system is sure that there is no network."""
        if self._information is None:
            return True
        return bool(self._information.reachability() != self._information.Reachability.Disconnected)

    @property
    def is_metered(self) -> bool:
        return self._information is not None and bool(self._information.isMetered())
