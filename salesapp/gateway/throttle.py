"""Throttles logons: ten wrong passwords in fifteen minutes, per account and per address. Kept in memory.

Keys are stored as hashes, and their number is limited: the one that was wrong the longest ago is dropped.
"""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable

MOST_WRONG = 10
WINDOW_S = 15 * 60
MOST_KEYS = 20_000


class Throttle:
    """Counts wrong logons."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[bytes, list[float]] = OrderedDict()  # last wrong ones last
        self._lock = threading.Lock()

    def wait_s(self, keys: Iterable[str]) -> int:
        """Returns the seconds until another attempt is allowed; 0 means now."""
        now = time.monotonic()
        with self._lock:
            return max((self._wait(_hashed(key), now) for key in keys), default=0)

    def _wait(self, key: bytes, now: float) -> int:
        wrong = [moment for moment in self._wrong.get(key, ()) if now - moment <= WINDOW_S]
        return int(wrong[-MOST_WRONG] + WINDOW_S - now) + 1 if len(wrong) >= MOST_WRONG else 0

    def count_wrong(self, keys: Iterable[str]) -> None:
        now = time.monotonic()
        with self._lock:
            for key in map(_hashed, keys):
                self._wrong[key] = [*self._wrong.get(key, ())[-MOST_WRONG + 1 :], now]
                self._wrong.move_to_end(key)
            self._forget_old(now)

    def _forget_old(self, now: float) -> None:
        while self._wrong:
            key, wrong = next(iter(self._wrong.items()))
            if len(self._wrong) <= MOST_KEYS and now - wrong[-1] <= WINDOW_S:
                return
            del self._wrong[key]

    def forget(self, key: str) -> None:
        """Forgets the wrong logons of a key, after a right password."""
        with self._lock:
            self._wrong.pop(_hashed(key), None)


def _hashed(key: str) -> bytes:
    return hashlib.blake2b(key.encode(errors="surrogatepass"), digest_size=16).digest()
