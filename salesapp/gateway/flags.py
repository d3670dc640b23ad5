"""Flags: what the back office should check in an accepted document."""

from typing import Final

import msgspec

FLAGS: Final[dict[str, str]] = {
    "price.line_differs": "line {line} ({item}): {field} is {sent}, by the rules {recomputed}, difference {difference}",
    "price.total_differs": "{field} is {sent}, by the rules {recomputed}, difference {difference}",
    "price.line_missing": "line {line} ({item}), which the rules give, is missing: quantity {recomputed}",
    "price.line_added": "line {line} ({item}) is not given by the rules: quantity {sent}",
    "price.line_without_price": "line {line} ({item}) has no price by the rules: {reason}",
    "price.checkpoint_gone": "not compared: the rows of its checkpoint are no longer known",
    "price.no_checkpoint": "not compared: it does not name the checkpoint it was priced at",
    "price.below_minimum": "line {line} ({item}) is below its minimum price of {lowest} {currency}",
    "price.minimum_unknown": "line {line} ({item}): its minimum price is not checked, there is no exchange rate",
    "return.unknown_document": "line {line} ({item}) returns goods of {number}, no document of this customer",
    "return.more_than_sold": "line {line} ({item}) returns {quantity} of {number}, which sold {sold}",
    "return.price_above": "line {line} ({item}) is credited at {price} net; in {number} it cost {paid}",
    "return.price_of_its_own": "line {line} ({item}) is credited at {price} without a document, by the rules {rules}",
    "price.failed": "not compared: the gateway could not price it; see its log",
    "clock.ahead": "the device's clock is wrong: made at {created_at}, {minutes} minutes after it arrived",
    "clock.off": "the device's clock is wrong: it showed {here} when the gateway's showed {there}",
    "date.far": "dated {issued_on}, far from the day of its arrival, {today}",
    "credit.limit_exceeded": "the customer's credit limit is exceeded by {over} {currency}",
    "credit.no_rate": "the credit limit is not checked in full: no exchange rate between {foreign} and {currency}",
    "customer.moved": "made before the customer {customer} was given to the representative {representative}",
    "customer.merged": "made for the customer {customer}, who was merged: it is delivered for {into}",
    "item.withdrawn": "line {line} ({item}): the item is no longer sold",
    "unit.withdrawn": "line {line} ({item}): the item is no longer sold in {unit}",
    "choice.withdrawn": "made before {field} {value} was withdrawn",
    "customer.blocked": "the customer is blocked",
    "customer.overdue": "{amount} {currency} of the customer are overdue",
}
"""The sentence of each code, for the back office. The codes are stored, so they must not change."""


class Flag(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding. Amounts are decimal strings; a difference is the sent amount minus that of the rules."""

    code: str
    params: dict[str, str] = {}

    @property
    def sentence(self) -> str:
        return FLAGS.get(self.code, self.code).format_map(_Params(self.params))


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
