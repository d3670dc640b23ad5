"""The unit price while discounts apply, cascading or additive, with a part that no discount may reduce.

All amounts are per line unit, in the document's currency, net or gross as in the list (docs/pricing.md, rules 3, 5).
"""

from dataclasses import dataclass, field
from decimal import Decimal

from salesapp.domain.price_rules.numbers import HUNDRED, ZERO, rounded


@dataclass(slots=True)
class RunningPrice:
    """The price is the sum of `free`, which discounts may reduce, and `kept`, which they may not.

    Cascading: each step changes `free` and `kept` at once. Additive: percents of the base are summed in `off` (percent
    of the reducible part) and in `on_free` and `on_kept` (of the whole base), amounts are collected in `amounts`, and
    `_sum_up` computes the price from them. The base is the base price or its latest replacement.
    """

    free: Decimal
    kept: Decimal = ZERO
    additive: bool = False
    decimals: int | None = None
    """Decimals that each step is rounded to; None: only the final price is rounded, by the caller."""
    base_free: Decimal = field(init=False)
    base_kept: Decimal = field(init=False)
    off: Decimal = ZERO
    on_free: Decimal = ZERO
    on_kept: Decimal = ZERO
    amounts: list[tuple[Decimal, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.base_free, self.base_kept = self.free, self.kept

    @property
    def value(self) -> Decimal:
        return self.free + self.kept

    @property
    def reducible(self) -> Decimal:
        """The price that a percent is of: what discounts may reduce, with additive ones of the base."""
        return self.base_free if self.additive else self.free

    def copy(self) -> "RunningPrice":
        """Returns a copy, to try a change on."""
        made = RunningPrice(self.base_free, self.base_kept, self.additive, self.decimals)
        made.free, made.kept = self.free, self.kept
        made.off, made.on_free, made.on_kept = self.off, self.on_free, self.on_kept
        made.amounts = list(self.amounts)
        return made

    def discount_percent(self, percent: Decimal, *, of_base: bool = False) -> None:
        if self.additive:
            self.off += percent
            self._sum_up()
            return
        part = (self.base_free if of_base else self.free) * percent / HUNDRED
        self.free = max(ZERO, self.free - part)
        self._settle()

    def discount_amount(self, amount: Decimal) -> None:
        self._add(-amount, discountable=True)

    def surcharge_percent(self, percent: Decimal, *, discountable: bool, of_base: bool = False) -> None:
        if not self.additive:
            whole = self.base_free + self.base_kept if of_base else self.value
            self._add(whole * percent / HUNDRED, discountable=discountable)
        elif discountable:
            self.on_free += percent
            self._sum_up()
        else:
            self.on_kept += percent
            self._sum_up()

    def surcharge_amount(self, amount: Decimal, *, discountable: bool) -> None:
        self._add(amount, discountable=discountable)

    def replace_with(self, price: Decimal, *, discountable: bool) -> bool:
        """Replaces price and base if the new price is lower; returns whether it is."""
        price = self._as_step(price)
        if price >= self.value:
            return False
        self._begin_again(price if discountable else ZERO, ZERO if discountable else price)
        self.base_free, self.base_kept = self.free, self.kept
        return True

    def fix(self, price: Decimal) -> bool:
        """Applies a promotion's fixed price if it is lower, but never below `kept`; returns whether it did."""
        wanted = max(self._as_step(price), self.kept)
        if wanted >= self.value:
            return False
        self._begin_again(wanted - self.kept, self.kept)
        if self.additive:
            self.base_free, self.base_kept = self.free, self.kept
        return True

    def set_to(self, price: Decimal) -> None:
        """Makes this the price, whatever it was; later discounts may reduce all of it."""
        self._begin_again(price, ZERO)
        self.base_free, self.base_kept = self.free, self.kept

    def _begin_again(self, free: Decimal, kept: Decimal) -> None:
        self.free, self.kept = free, kept
        self.off = self.on_free = self.on_kept = ZERO
        self.amounts.clear()
        self._settle()

    def _add(self, amount: Decimal, *, discountable: bool) -> None:
        if self.additive:
            self.amounts.append((amount, discountable))
            self._sum_up()
            return
        self._take_amount(amount, discountable=discountable)
        self._settle()

    def _take_amount(self, amount: Decimal, *, discountable: bool) -> None:
        if discountable:
            self.free = max(ZERO, self.free + amount)
        else:
            self.kept = max(ZERO, self.kept + amount)

    def _sum_up(self) -> None:
        """For additive discounts, applies the summed percents of the base, then the amounts in order."""
        base = self.base_free + self.base_kept
        self.free = max(ZERO, self.base_free - self.base_free * self.off / HUNDRED + base * self.on_free / HUNDRED)
        self.kept = max(ZERO, self.base_kept + base * self.on_kept / HUNDRED)
        self._settle()
        for amount, discountable in self.amounts:
            self._take_amount(amount, discountable=discountable)
            self._settle()

    def _as_step(self, price: Decimal) -> Decimal:
        """Rounds a price if each step is rounded."""
        return price if self.decimals is None else rounded(price, self.decimals)

    def _settle(self) -> None:
        """Rounds the price and its `kept` part after a step, if each step is rounded."""
        if self.decimals is None:
            return
        whole = rounded(self.free + self.kept, self.decimals)
        self.kept = min(rounded(self.kept, self.decimals), whole)
        self.free = whole - self.kept
