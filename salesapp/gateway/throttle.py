"""Throttling of logons: ten wrong passwords in fifteen minutes, for an account and for an address. Kept in memory."""

import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable

MOST_WRONG = 10
WINDOW_S = 15 * 60
_MOST_KEYS = 10_000


class Throttle:
    """Counts wrong logons."""

    def __init__(self) -> None:
        self._wrong: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def wait_s(self, keys: Iterable[str]) -> int:
        """Seconds until another attempt is allowed; 0: now."""
        now = time.monotonic()
        with self._lock:
            return max((self._wait(key, now) for key in keys), default=0)

    def _wait(self, key: str, now: float) -> int:
        wrong = self._wrong.get(key)
        while wrong and now - wrong[0] > WINDOW_S:
            wrong.popleft()
        if not wrong or len(wrong) < MOST_WRONG:
            return 0
        return int(wrong[0] + WINDOW_S - now) + 1

    def count_wrong(self, keys: Iterable[str]) -> None:
        with self._lock:
            if len(self._wrong) > _MOST_KEYS:
                self._wrong.clear()
            for key in keys:
                self._wrong[key].append(time.monotonic())

    def forget(self, key: str) -> None:
        """After a right password."""
        with self._lock:
            self._wrong.pop(key, None)
