"""The cart: an order or quote being written, without prices. Pure; every change returns a new value."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from salesapp.domain.objects.documents import DocumentType


@dataclass(frozen=True, slots=True)
class CartLine:
    """One line. `item` and `unit` are catalogue keys, the quantity is in `unit` and above zero, also of a return.

    The representative's own terms: at most one of percent, amount, and price (both per `unit`, in the cart's
    currency, net or gross as in the price list).
    """

    id: str
    item: int
    unit: int
    quantity: Decimal
    discount_percent: Decimal = Decimal()
    description: str = ""
    discount_amount: Decimal = Decimal()
    own_price: Decimal | None = None
    """Of a return: the price that was paid."""
    reason: str = ""
    """Of a return: why it comes back."""
    returned_from: str = ""
    """Of a return: the number of the document that it was sold with."""

    @property
    def has_amounts(self) -> bool:
        """Whether an own term is an amount, which holds for one currency and one unit only."""
        return bool(self.discount_amount) or self.own_price is not None

    def without_amounts(self) -> "CartLine":
        """Returns the line without own amounts; a percent stays."""
        return replace(self, discount_amount=Decimal(), own_price=None)


@dataclass(frozen=True, slots=True)
class Cart:
    """`customer` is a catalogue key, or `new_customer` a submission's id; dates are local, YYYY-MM-DD."""

    type: DocumentType
    issued_on: str
    currency: str
    customer: int | None = None
    new_customer: str = ""
    customer_name: str = ""
    customer_class: str = ""
    price_type: int | None = None
    payment_form: int | None = None
    delivery_on: str = ""
    delivery_address: str = ""
    warehouse: int | None = None
    discount_percent: Decimal = Decimal()
    description: str = ""
    signature_sha256: str = ""
    signed_by: str = ""
    signed_at: str = ""
    signed_content: str = ""
    appointment: str = ""
    number: str = ""
    lines: tuple[CartLine, ...] = ()
    discount_amount: Decimal = Decimal()
    """In place of the percent: net or gross as in the price list."""

    def on(self, day: date) -> "Cart":
        """Returns the cart dated `day`; one with a number keeps its date, in which the number may have a part.

        A delivery on the next day, the default, stays one. Any other delivery date was chosen, and is kept.
        """
        if self.number or self.issued_on == day.isoformat():
            return self
        is_next_day = self.delivery_on == next_day(date.fromisoformat(self.issued_on))
        delivery = next_day(day) if is_next_day else self.delivery_on
        return replace(self, issued_on=day.isoformat(), delivery_on=delivery)

    def line(self, id_: str) -> CartLine | None:
        return next((line for line in self.lines if line.id == id_), None)

    def line_of(self, item: int) -> CartLine | None:
        """Returns the first line of an item."""
        return next((line for line in self.lines if line.item == item), None)

    def line_in(self, item: int, unit: int) -> CartLine | None:
        """Returns the first line of an item in this unit."""
        return next((line for line in self.lines if (line.item, line.unit) == (item, unit)), None)

    def with_quantity(self, item: int, unit: int, quantity: Decimal, *, decimals: int = 4) -> "Cart":
        """Sets the quantity of an item's line in this unit, or else of its first line.

        Zero or less removes the line; a new item is appended.
        """
        wanted = quantity.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).normalize()
        wanted = wanted.quantize(Decimal(1)) if wanted == wanted.to_integral_value() else wanted
        found = self.line_in(item, unit) or self.line_of(item)
        if wanted <= 0:
            return self.without(found.id) if found else self
        if found is None:
            return replace(self, lines=(*self.lines, CartLine(self._free_id(), item, unit, wanted)))
        return self.with_line(replace(found, quantity=wanted))

    def with_line(self, changed: CartLine) -> "Cart":
        """Replaces the line with the same id."""
        return replace(self, lines=tuple(changed if line.id == changed.id else line for line in self.lines))

    def with_copy(self, id_: str) -> "Cart":
        """Duplicates a line under a new id."""
        found = self.line(id_)
        return replace(self, lines=(*self.lines, replace(found, id=self._free_id()))) if found else self

    @property
    def has_amounts(self) -> bool:
        """Whether an own term of the document or of a line is an amount."""
        return bool(self.discount_amount) or any(line.has_amounts for line in self.lines)

    def with_reason(self, reason: str) -> "Cart":
        """Returns the cart of a return with this reason in every line."""
        return replace(self, lines=tuple(replace(line, reason=reason) for line in self.lines))

    def without_amounts(self) -> "Cart":
        """Returns the cart without own amounts, which mean nothing in another currency."""
        return replace(self, discount_amount=Decimal(), lines=tuple(line.without_amounts() for line in self.lines))

    def without(self, id_: str) -> "Cart":
        return replace(self, lines=tuple(line for line in self.lines if line.id != id_))

    def with_lines(self, lines: Iterable[CartLine]) -> "Cart":
        """Appends lines under new ids; quantities of an item already present in the same unit are added up."""
        cart = self
        for line in lines:
            there = cart.line_in(line.item, line.unit)
            if there is not None:
                cart = cart.with_line(replace(there, quantity=there.quantity + line.quantity))
            else:
                cart = replace(cart, lines=(*cart.lines, replace(line, id=cart._free_id())))
        return cart

    def _free_id(self) -> str:
        used = [int(line.id) for line in self.lines if line.id.isdigit()]
        return str(max(used, default=0) + 1)


def next_day(day: date) -> str:
    """Returns the day after, the delivery date unless another one is chosen (YYYY-MM-DD)."""
    return (day + timedelta(days=1)).isoformat()
