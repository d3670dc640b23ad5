"""Stopping a sync: asked for once, seen everywhere."""

import asyncio
from collections.abc import Callable

from salesapp.errors import UserFacingError


class SyncStoppedError(UserFacingError):
    """The person asked to stop. Not a failure: what had arrived is kept."""

    def __init__(self) -> None:
        super().__init__("sync.stopped")


class LineHeldError(UserFacingError):
    """Whatever answers asks to wait for longer than a run may: the run ends, and nothing is asked before."""


class StopSignal:
    """Set once from any part of the engine's loop; `interrupts` are called at that moment (to end running SQL)."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._interrupts: list[Callable[[], None]] = []

    @property
    def is_set(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        self._event.set()
        for interrupt in self._interrupts:
            interrupt()

    def on_stop(self, interrupt: Callable[[], None]) -> None:
        self._interrupts.append(interrupt)

    def check(self) -> None:
        """Raises SyncStoppedError once a stop was asked for."""
        if self._event.is_set():
            raise SyncStoppedError

    async def wait(self) -> None:
        await self._event.wait()
