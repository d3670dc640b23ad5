"""A tablet whose clock is wrong."""

import sys
from collections.abc import Callable
from datetime import timedelta
from types import ModuleType

import pytest

from salesapp import clock


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the tablet's clock in every module that reads one; the gateway keeps the right time."""

    wrong = ModuleType("clock")
    right, timestamp, off = clock.now, clock.timestamp, timedelta()
    vars(wrong).update(
        now=lambda: right() + off,
        here=lambda: wrong.now().astimezone(),
        today=lambda: wrong.here().date(),
        timestamp=lambda moment=None: timestamp(moment or wrong.now()),
    )
    rooms = ("salesapp.store", "salesapp.sync", "salesapp.services", "salesapp.domain", "salesapp.cli")
    read_by = [
        module
        for name, module in list(sys.modules.items())
        if name.startswith(rooms) and getattr(module, "clock", None) is clock
    ]
    assert {"salesapp.store.outbox", "salesapp.store.backup", "salesapp.domain.ids"} <= {
        module.__name__ for module in read_by
    }
    for module in read_by:
        monkeypatch.setattr(module, "clock", wrong)

    def set_to(new: timedelta) -> None:
        nonlocal off
        off = new

    return set_to
