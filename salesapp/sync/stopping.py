"""How a sync is stopped: requested once, seen everywhere."""

import asyncio
from collections.abc import Callable

from salesapp.errors import UserFacingError


class SyncStoppedError(UserFacingError):
    """The person stopped the sync. Not a failure: what has arrived is kept."""

    def __init__(self) -> None:
        super().__init__("sync.stopped")


class LineHeldError(UserFacingError):
    """The gateway, or a proxy, asks for a longer wait than a run may take; the run ends."""


class StopSignal:
    """Set once, from anywhere in the engine's loop. Callbacks of `on_stop` run at that moment, to end running SQL."""

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
        """Raises SyncStoppedError once a stop was requested."""
        if self._event.is_set():
            raise SyncStoppedError

    async def wait(self) -> None:
        await self._event.wait()
