"""The retry rule, as data: jittered exponential back-off, bounded per request and per run, and Retry-After.

A wait that an answer asks for is the whole line's: until it is over no request of the run goes out.
"""

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from salesapp import clock

LONGEST_WAIT_S = 24 * 3600.0
"""Nobody is obeyed for longer: a wrong clock or a slip of a proxy must not keep a device away for a year."""


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Seconds and counts. `budget_s` bounds all waiting of one run."""

    attempts: int = 5
    base_s: float = 0.4
    cap_s: float = 30.0
    budget_s: float = 90.0


class Backoff:
    """Counts the waiting of one run."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy
        self._left_s = policy.budget_s
        self._held_until = 0.0  # time.monotonic
        self._too_long_until = 0.0

    def delay(self, attempt: int) -> float | None:
        """Seconds to wait after the given attempt (1 is the first), beside what is held; None: give up."""
        if attempt >= self._policy.attempts:
            return None
        ceiling = min(self._policy.cap_s, self._policy.base_s * 2.0 ** (attempt - 1))
        wait = ceiling * random.uniform(0.5, 1.0)  # noqa: S311
        if wait > self._left_s:
            return None
        self._left_s -= wait
        return wait

    def hold(self, seconds: float) -> None:
        """No request goes out for so long. Requests that wait side by side cost the run's budget once."""
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
        """How long no request may go out."""
        return max(0.0, self._held_until - time.monotonic())

    @property
    def is_held_too_long(self) -> bool:
        """Whether that is longer than this run may wait."""
        return self._too_long_until > time.monotonic()


def asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """The wait that Retry-After asks for, as seconds or as an HTTP date; None without one that can be read.

    A date is counted from the answer's own `Date`, so that a wrong clock of the device does no harm. One that is past
    asks for no wait. What is longer than a day is a day.
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
