"""Flags: what the back office should look at in a document that was taken all the same."""

from typing import Final

import msgspec

FLAGS: Final[dict[str, str]] = {
    "price.line_differs": "line {line} ({item}): {field} is {sent}, by the rules {recomputed}, difference {difference}",
    "price.total_differs": "{field} is {sent}, by the rules {recomputed}, difference {difference}",
    "price.line_missing": "line {line} ({item}), which the rules give, is missing: quantity {recomputed}",
    "price.line_added": "line {line} ({item}) is not given by the rules: quantity {sent}",
    "price.line_without_price": "line {line} ({item}) has no price by the rules: {reason}",
    "price.checkpoint_gone": "not compared: the rows of its checkpoint are not known any more",
    "price.no_checkpoint": "not compared: it does not say at which checkpoint it was priced",
    "price.failed": "not compared: the gateway failed to price it, its log says why",
    "clock.ahead": "by its device it was made at {created_at}, {minutes} minutes after it arrived: a wrong clock",
    "credit.limit_exceeded": "the customer's credit limit is exceeded by {over} {currency}",
    "customer.blocked": "the customer is blocked",
    "customer.overdue": "{amount} {currency} of the customer are overdue",
}
"""Code of a flag: its sentence for the back office. Stable: they are stored."""


class Flag(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding. Amounts are decimal strings; a difference is what was sent less what the rules give."""

    code: str
    params: dict[str, str] = {}

    @property
    def sentence(self) -> str:
        return FLAGS.get(self.code, self.code).format_map(_Params(self.params))


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
