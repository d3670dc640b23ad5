"""The retry rule, as data: jittered exponential back-off, Retry-After obeyed, bounded per request and per run."""

import random
from dataclasses import dataclass


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

    def delay(self, attempt: int, retry_after_s: float | None = None) -> float | None:
        """Seconds to wait after the given attempt (1 is the first); None: give up."""
        if attempt >= self._policy.attempts:
            return None
        ceiling = min(self._policy.cap_s, self._policy.base_s * 2.0 ** (attempt - 1))
        wait = ceiling * random.uniform(0.5, 1.0)  # noqa: S311
        wait = max(wait, retry_after_s or 0.0)
        if wait > self._left_s:
            return None
        self._left_s -= wait
        return wait
