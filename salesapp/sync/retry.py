"""The retry rule, as data: jittered exponential back-off, bounded per request and per run, and Retry-After.

A wait that an answer asks for holds back every request of the run until it is over.
"""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from salesapp import clock

LONGEST_WAIT_S = 24 * 3600.0
"""Longer waits are cut to this: a wrong clock or a broken proxy must not lock a device out for a year."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Seconds and counts. `budget_s` bounds all waiting of one run."""

    attempts: int = 5
    base_s: float = 0.4
    cap_s: float = 30.0
    budget_s: float = 90.0


class Backoff:
    """Keeps account of the waiting of one run."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._left_s = policy.budget_s
        self._held_until = 0.0  # time.monotonic
        self._too_long_until = 0.0

    def delay(self, attempt: int) -> float | None:
        """Seconds to wait after an attempt (the first is 1), on top of any hold; None means give up."""
        if attempt >= self._policy.attempts:
            return None
        ceiling = min(self._policy.cap_s, self._policy.base_s * 2.0 ** (attempt - 1))
        wait = ceiling * random.uniform(0.5, 1.0)  # noqa: S311
        if wait > self._left_s:
            return None
        self._left_s -= wait
        return wait

    def hold(self, seconds: float) -> None:
        """Holds back all requests for so long. Requests that wait at the same time use up the budget once."""
        now = time.monotonic()
        until = now + seconds
        more = until - max(now, self._held_until)
        self._held_until = max(self._held_until, until)
        if more > self._left_s:
            self._too_long_until = self._held_until
        else:
            self._left_s -= max(0.0, more)

    @property
    def held_s(self) -> float:
        """Seconds until the next request may go out."""
        return max(0.0, self._held_until - time.monotonic())

    @property
    def is_held_too_long(self) -> bool:
        """Whether the hold is longer than this run may wait."""
        return self._too_long_until > time.monotonic()


def asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """Returns the seconds that Retry-After asks for, given as a number or an HTTP date; None if it is unreadable.

    A date counts from the answer's own `Date`, so that a wrong clock of the device does no harm; a past one
    is no wait. A wait of more than a day is cut to a day.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_WAIT_S)
    then = _http_date(text)
    if then is None:
        return None
    now = _http_date(headers.get("Date", "")) or clock.now()
    return min(max(0.0, (then - now).total_seconds()), LONGEST_WAIT_S)


def _http_date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
