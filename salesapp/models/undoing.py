"""The undo and redo history of an order."""

from collections.abc import Mapping
from time import monotonic

from salesapp.domain.documents import Cart
from salesapp.store.undo import MOST_STEPS

TOGETHER_S = 2.0
"""Seconds within which changes of the same field form one step: digits of a quantity, taps on plus."""


class Undoing:
    """`past` holds the cart before each step, oldest first; `future` the undone carts, next one last."""

    def __init__(self, past: Mapping[int, Cart] | None = None) -> None:
        self.past = dict(past or {})
        self.future: list[Cart] = []
        self._next = max(self.past, default=0) + 1
        self._what, self._at = "", 0.0

    def note(self, before: Cart, what: str = "") -> None:
        """Records the cart before a change. `what` names the field that changes; without it, the step stands alone."""
        now = monotonic()
        goes_on = bool(what) and what == self._what and now - self._at < TOGETHER_S and bool(self.past)
        self._what, self._at = what, now
        self.future.clear()
        if not goes_on:
            self._push(before)

    def back(self, now: Cart) -> Cart:
        """Returns the cart before the last step. Call it only while there is a `past`."""
        self._what = ""
        self.future.append(now)
        _number, cart = self.past.popitem()
        return cart

    def forth(self, now: Cart) -> Cart:
        """Returns the cart after the last undone step. Call it only while there is a `future`."""
        self._what = ""
        self._push(now)
        return self.future.pop()

    def _push(self, cart: Cart) -> None:
        self.past[self._next] = cart
        self._next += 1
        while len(self.past) > MOST_STEPS:
            del self.past[next(iter(self.past))]
