"""Shows syncs in the window, manual and automatic: the choice, the page with the bars, the result."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication

from salesapp import clock
from salesapp.errors import UserFacingError
from salesapp.models.sync_runner import SyncRequest, SyncRunner
from salesapp.models.sync_tree import SyncTreeModel
from salesapp.models.sync_view import Outcome, SyncView, details_of, figures_of, finished_view, running_view
from salesapp.views import formats, later
from salesapp.views.requests import OpenWork
from salesapp.views.screens import Screens
from salesapp.views.sync_labels import running_facts

if TYPE_CHECKING:
    from salesapp.models.device import RunSummary
    from salesapp.views.synchro.choice import ChoiceSheet
    from salesapp.views.synchro.page import SyncPage

SECOND_MS = 1_000
TURN_S = 0.005
REFRESH_MS = 80
"""Least time between updates of the percentage and its texts; the bars follow every value."""


TOLD_AT_ONCE = frozenset({"device.clock_off"})
"""The warnings of a sync that are shown on any screen, because they concern what is written next."""


class Synchro(QObject):
    """Runs one sync at a time. `changed`: chip and tile need an update; `finished`: the files can be read again."""

    changed = Signal()
    finished = Signal()
    log_on_requested = Signal()

    def __init__(self, screens: Screens, runner: SyncRunner, is_closing: Callable[[], bool]) -> None:
        super().__init__(screens)
        self.screens, self.runner = screens, runner
        self.window, self.device = screens.window, screens.device
        self.tree = SyncTreeModel()
        self.view = SyncView()
        self._is_closing = is_closing
        self._is_silent = False
        self._outcome: Outcome | None = None
        self._percent = 0
        self._seconds_left: float | None = None
        self._choice: ChoiceSheet | None = None
        self._ticker = QTimer(self, interval=SECOND_MS)
        self._ticker.timeout.connect(self.show_running)
        self._refresh = QTimer(self, interval=REFRESH_MS, singleShot=True)
        self._refresh.timeout.connect(self.show_running)
        runner.started.connect(self._on_started)
        runner.progressed.connect(self._on_progressed)
        runner.finished.connect(self._on_finished)

    # Requests of the user

    def open_choice(self) -> None:
        """Opens Synchro: the running or last sync if there is one to show, else the choice."""
        if self.runner.is_running:
            self.window.show_page("synchro")
            return
        if self._choice is None:
            self._choice = later.ChoiceSheet(self.window)
            self._choice.chosen.connect(lambda attachments: self.start(SyncRequest(attachments=attachments)))
        if not self._choice.isVisible():
            is_first = self.screens.settings.attachments
            self._choice.show_device(self.device.overview, attachments_first=is_first)
            self._choice.open()
            self._spawn(self._check_gateway(self._choice))
            QTimer.singleShot(0, self.page)  # created and painted once while the user chooses

    def open_verdict(self) -> None:
        """Opens what the chip stands for: the running sync or the problems of the last one, else the choice."""
        last = self.device.overview.last_run if self.device.overview else None
        if self.runner.is_running:
            self.window.show_page("synchro")
        elif last is None or not last.is_problem:
            self.open_choice()
        elif self._outcome is not None:
            self.window.show_page("synchro")
        else:
            self._spawn(self._open_earlier(last))

    async def _open_earlier(self, run: "RunSummary") -> None:
        """Shows the problems of the last sync of an earlier start."""
        outcome = await self.device.last_outcome()
        if outcome is None or self.runner.is_running or self._outcome is not None:
            self.open_choice()
            return
        overview = self.device.overview
        self._outcome, self._percent = outcome, 100
        self.tree.show_kept(overview.verified_at if overview else {})
        self.tree.show_outcome(outcome)
        self.view = finished_view(outcome, self.tree, self._percent)
        page = self.page()
        page.begin(attachments=run.with_attachments, started=formats.moment(run.started_at))
        page.show_finished(self.view, figures_of(outcome, self._percent), formats.clock(formats.local(run.ended_at)))
        self.window.show_page("synchro")

    def start(self, request: SyncRequest) -> None:
        """Synchronizes, showing the page."""
        self._is_silent = False
        self.page()
        self.runner.start(request)
        self.window.show_page("synchro")

    def start_silently(self, request: SyncRequest) -> None:
        """Synchronizes in the background; only the chip and the tile show it."""
        if not self.runner.is_running:
            self._is_silent = True
            self.runner.start(request)

    def page(self) -> "SyncPage":
        page = self.window.page("synchro")
        if not isinstance(page, later.SyncPage):
            page = later.SyncPage(self.tree)
            page.stop_requested.connect(self.runner.stop)
            page.retry_requested.connect(self._retry)
            page.start_requested.connect(lambda: self.start(self.runner.request))
            page.log_on_requested.connect(self.log_on_requested)
            page.receipts_requested.connect(lambda: self.screens.open(OpenWork()))
            clipboard = QGuiApplication.clipboard()
            page.copy_requested.connect(lambda key: clipboard.setText(details_of(self._outcome, key)))
            self.window.add_page("synchro", page)
            page.warm(self.window.size())
        return page

    def _retry(self, keys: list[str]) -> None:
        self.start(SyncRequest(attachments=self.runner.request.attachments, fresh=tuple(keys)))

    async def _check_gateway(self, choice: "ChoiceSheet") -> None:
        choice.show_reachable(reachable=await self.device.reaches_gateway())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.screens.spawn(work)

    def forget(self) -> None:
        """Forgets the last sync, as it may belong to another account after a logon."""
        if not self.runner.is_running:
            self._outcome, self.view = None, SyncView()

    # Events of the engine

    def _on_started(self) -> None:
        self.screens.close()  # the engine may have to replace the catalogue; the next read opens it again
        self._percent, self._seconds_left, self._outcome = 0, None, None
        self.tree.reset_rows()
        self.view = running_view(None, self.tree)
        started = formats.clock(clock.here())
        self.page().begin(attachments=self.runner.request.attachments, started=started)
        self._ticker.start()
        self.show_running()

    def _on_progressed(self, progress: Any) -> None:
        self.tree.show_progress(progress)
        self._percent = max(self._percent, int(progress.percent))
        if not self._refresh.isActive():
            self._refresh.start()

    def show_running(self) -> None:
        """Shows the running sync's progress; does nothing if none runs."""
        if not self.runner.is_running:
            return
        progress = self.runner.progress
        if progress is not None and progress.seconds_left is not None:
            self._seconds_left = progress.seconds_left  # once known, it stays
        before, self.view = self.view, running_view(progress, self.tree, self._seconds_left)
        if self.view.failed > before.failed and not self._is_silent:
            self._announce(self.tr("%n objects failed", "", self.view.failed))
        facts = running_facts(progress, self.runner.seconds)
        self.page().show_running(self.view, facts)
        self.changed.emit()

    def _on_finished(self, outcome: Any) -> None:
        self._ticker.stop()
        self._outcome = outcome
        self.tree.show_outcome(outcome)
        self.view = finished_view(outcome, self.tree, self._percent)
        self.screens.close()
        if not self._is_closing():
            self._spawn(self._after_sync(outcome))

    async def _after_sync(self, outcome: Any) -> None:
        """Shows the verdict, the figures, then the lists, each in its own turn of the event loop to stay responsive."""
        await asyncio.sleep(TURN_S)
        ended = formats.clock(clock.here())
        self.page().show_finished(self.view, figures_of(outcome, self._percent), ended)
        await asyncio.sleep(TURN_S)
        if not self._is_silent:
            self._announce(self.page().finished.title.text())
        self.changed.emit()
        try:
            await self.device.refresh()
        except UserFacingError as error:
            self.screens.show_error(error)
        self.changed.emit()
        await self.screens.refresh()
        for warning in outcome.warnings:
            if warning.code in TOLD_AT_ONCE:
                self.screens.show_error(UserFacingError(warning.code, **warning.params))
        self.finished.emit()

    def _announce(self, words: str) -> None:
        """Announces a text to screen readers, wherever the focus is."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.window, words))
