"""The model of the order screen: saves every change at once, and prices it outside the window's thread."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from salesapp import clock
from salesapp.domain.documents import Cart, CartLine
from salesapp.domain.objects.documents import DocumentType
from salesapp.models.undoing import Undoing
from salesapp.models.workplace import Workplace
from salesapp.services import documents, files, ordering, repeating, returning, signing
from salesapp.services.order_checks import Problem
from salesapp.services.ordering import OpenOrder
from salesapp.services.rejections import Rejection, rejection_of
from salesapp.services.repeating import Difference

if TYPE_CHECKING:
    from salesapp.protocol.records import Document

Spawn = Callable[[Coroutine[Any, Any, None]], None]


class OrderModel(QObject):
    """One order or quote.

    `changed`: the cart, its prices or its problems; `reached`: names of the promotions whose scales the last
    change reached; `removed`: names of the items whose lines the last change removed; `order` holds the prices of
    the last priced cart, which `cart` may be ahead of; `unsigned`: the signature was removed, because it was given
    for other content; `renewed`: prices differ from those shown before, in these `Difference`s, or it has another date
    now (YYYY-MM-DD, else empty).
    """

    changed = Signal()
    reached = Signal(list)
    removed = Signal(list)
    unsigned = Signal()
    renewed = Signal(list, str)

    def __init__(self, workplace: Workplace, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._spawn = spawn
        self.cart = Cart(type="sales_order", issued_on="", currency="")
        self.order: OpenOrder | None = None
        self.record = ""
        self.saved_at = ""
        self._before: Document | None = None
        self._opened = self.cart
        self._withdrawn = ""
        self.rejection: Rejection | None = None
        self._is_working = False
        self._is_due = False
        self._was_touched = False
        self._idle = asyncio.Event()
        self._idle.set()
        self.last: dict[str, tuple[Decimal, str]] = {}
        self._undoing = Undoing()
        self._steps_before: dict[int, Cart] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.order.problems if self.order else ()

    @property
    def is_current(self) -> bool:
        """Whether prices and draft match the current cart."""
        return self.order is not None and self.order.cart == self.cart and not self._is_due

    @property
    def is_resumed(self) -> bool:
        """Whether it resumes a draft."""
        return self._before is not None

    @property
    def is_unchanged(self) -> bool:
        """Whether an existing document is open and has not changed."""
        return self.is_resumed and self.cart == self._opened

    async def begin(self, type_: DocumentType, customer: int | None, new_customer: str, appointment: str) -> None:
        """Begins an empty order or quote for a customer."""
        cart = await self._workplace.run(
            ordering.begin, type_, customer=customer, new_customer=new_customer, appointment=appointment
        )
        await self._show(cart, "")

    async def resume(self, record: str, withdrawn: str = "") -> None:
        """Resumes a draft; `withdrawn` is the submission that was withdrawn for the edit."""
        self._withdrawn = withdrawn
        self.rejection = await self._workplace.run(lambda stores: rejection_of(stores.work, record))
        self._before = await self._workplace.run(lambda stores: documents.load(stores.work, record))
        self._steps_before = await self._workplace.run(ordering.past_of, record)
        self._undoing = Undoing(self._steps_before)
        await self._show(await self._workplace.run(ordering.resume, record), record)
        self._tell_changes(self._before)

    async def begin_copy(self, document: "Document", type_: DocumentType | None) -> None:
        """Begins a copy of a document, with today's prices."""
        await self._show(await self._workplace.run(repeating.copy, document, type_=type_), "")
        self._was_touched = self._is_due = True
        await self._follow()

    async def begin_return(self, document: "Document", number: str) -> None:
        """Begins a return of what a document sold, at the prices that were paid."""
        await self._show(await self._workplace.run(returning.begin_return, document, number), "")
        self._was_touched = self._is_due = True
        await self._follow()

    async def _show(self, cart: Cart, record: str) -> None:
        self.cart = self._opened = cart
        self.record, self.order = record, None
        self.last = await self._workplace.run(repeating.last_quantities, cart)
        self._adopt(await self._workplace.run(ordering.look_at, cart, record), cart)
        self.changed.emit()

    # Changes

    def change(self, what: str, make: Callable[[Cart], Cart]) -> None:
        """Changes the cart. Consecutive changes of the same field (`what`) are undone as one."""
        self._take(make(self.cart), what)

    async def change_customer(self, key: int | str) -> None:
        """Makes it another customer's: one of the catalogue by its key, or a new one by its submission."""
        self._take(await self._workplace.run(ordering.with_customer, self.cart, key), "customer")
        self.last = await self._workplace.run(repeating.last_quantities, self.cart)

    def set_quantity(self, item: int, unit: int, quantity: Decimal) -> None:
        self._take(self.cart.with_quantity(item, unit, quantity), f"quantity {item}")

    def enter(self, item: int, unit: int, quantity: Decimal) -> None:
        """Sets the quantity in exactly this unit, as entered by code; zero removes the line."""
        there = self.cart.line_in(item, unit)
        if there is not None:
            self.set_line(replace(there, quantity=quantity))
        elif quantity > 0:
            self.add_lines([CartLine("", item, unit, quantity)])

    def set_line(self, line: CartLine) -> None:
        self._take(self.cart.with_line(line) if line.quantity > 0 else self.cart.without(line.id), f"line {line.id}")

    def put_line(self, line: CartLine) -> CartLine:
        """Saves a typed line, a new one if it has no id; returns it as it is in the cart."""
        if line.id:
            self.set_line(line)
            return line
        self._take(self.cart.with_lines([line]), "new line")
        return next(kept for kept in reversed(self.cart.lines) if (kept.item, kept.unit) == (line.item, line.unit))

    def add_lines(self, lines: Iterable[CartLine]) -> None:
        """Adds lines; quantities of the same item and unit are added up."""
        self._take(self.cart.with_lines(lines))

    def copy_line(self, id_: str) -> None:
        self._take(self.cart.with_copy(id_))

    def remove_line(self, id_: str) -> None:
        self._take(self.cart.without(id_))

    async def add_last(self) -> list[CartLine]:
        """Adds the lines of the customer's last order, and returns them."""
        lines = await self._workplace.run(repeating.last_lines, self.cart)
        self.add_lines(lines)
        return lines

    def differences(self, document: "Document") -> list[Difference]:
        """Returns what differs today in a copy of a document."""
        return repeating.differences(document, self.order) if self.order else []

    def _take(self, cart: Cart, what: str = "") -> None:
        if cart != self.cart:
            gone = {line.item for line in self.cart.lines} - {line.item for line in cart.lines}
            is_removal = len(cart.lines) < len(self.cart.lines)
            self._undoing.note(self.cart, "" if is_removal else what)
            self._show_cart(cart)
            if is_removal:
                names = self.order.names if self.order else {}
                self.removed.emit([names[item] for item in sorted(gone) if item in names])

    def _show_cart(self, cart: Cart) -> None:
        before, self.cart = self.cart, cart.on(clock.today())
        if self.cart.issued_on != before.issued_on:
            self.renewed.emit([], self.cart.issued_on)
        self._was_touched = True
        self._is_due = True
        self.changed.emit()
        if not self._is_working:
            self._spawn(self._follow())

    # Undoing

    @property
    def can_undo(self) -> bool:
        return bool(self._undoing.past)

    @property
    def can_redo(self) -> bool:
        return bool(self._undoing.future)

    def undo(self) -> None:
        """Undoes the last change, and saves like any change."""
        if self.can_undo:
            self._show_cart(self._undoing.back(self.cart))

    def redo(self) -> None:
        """Repeats the change that was undone last."""
        if self.can_redo:
            self._show_cart(self._undoing.forth(self.cart))

    async def _follow(self) -> None:
        """Prices and saves the latest cart, until no change has come in meanwhile."""
        if self._is_working:
            return
        self._is_working = True
        self._idle.clear()
        try:
            while self._is_due:
                self._is_due = False
                before, cart = self.order, self.cart
                order, self.record = await self._workplace.run(
                    ordering.keep, cart, self.record, dict(self._undoing.past)
                )
                self._adopt(order, cart)
                self.saved_at = f"{clock.here():%H:%M}"
                self.changed.emit()
                if before is not None and (names := ordering.newly_reached(before, order)):
                    self.reached.emit(names)
        finally:
            self._is_working = False
            self._idle.set()

    async def settle(self) -> None:
        """Waits until the draft on the disk matches the current cart."""
        if self._was_touched and not self.is_current:
            self._is_due = True
        await self._follow()
        await self._idle.wait()

    async def price_again(self) -> None:
        """Prices and checks with today's date and the data of a new sync; the draft on the disk does not change."""
        if self.order is None or self._is_working or self._is_due:
            return  # the pricing under way uses the new catalogue anyway
        before, cart = self.cart, self.cart.on(clock.today())
        found = await self._workplace.run(ordering.look_at, cart, self.record)
        if before == self.cart and not self._is_due:
            self._take_today(found, cart)

    def _take_today(self, found: OpenOrder, cart: Cart) -> None:
        """Takes over how the order is today, and emits what that has changed."""
        shown = ordering.to_document(self.order) if self.order else None
        self._opened = cart if self._opened == self.cart else self._opened
        self.cart = cart
        self._adopt(found, cart)
        self.changed.emit()
        if shown is not None:
            self._tell_changes(shown)

    def _tell_changes(self, shown: "Document") -> None:
        """Emits how the order differs from the document that was shown or saved before."""
        found = [one for one in self.differences(shown) if one.after is not None]  # the others are problems
        day = self.cart.issued_on if self.cart.issued_on != shown.issued_on else ""
        if found or day:
            self.renewed.emit(found, day)

    def _adopt(self, order: OpenOrder, cart: Cart) -> None:
        """Takes over a priced cart, and removes the signature if pricing has removed it."""
        self.order = order
        if order.cart.signature_sha256 == cart.signature_sha256:
            return
        if self.cart.signature_sha256 == cart.signature_sha256:
            was_opened, self.cart = self.cart == self._opened, signing.unsigned(self.cart)
            self._opened = self.cart if was_opened else self._opened
        self.unsigned.emit()

    async def sign(self, png: bytes, name: str) -> None:
        """Adds a person's signature for the current content."""
        drawing = await self._workplace.run(files.keep_content, png)
        await self.settle()
        if self.order is not None:
            document = ordering.to_document(self.order)
            self.change("signature", lambda cart: signing.sign(cart, drawing, name, document))

    # The end

    async def save(self) -> str:
        """Saves a draft; returns the record's id."""
        self._was_touched = True
        await self.settle()
        return self.record

    async def confirm(self) -> str:
        """Numbers the order and puts it into the outbox; returns the record's id.

        Returns "" if it must be looked at first, because date, prices or problems differ from those shown.
        Raises UserFacingError.
        """
        await self.save()
        if self.order is None:
            return ""
        try:
            return await self._workplace.run(ordering.confirm, self.order)
        except ordering.NotConfirmedError as error:
            self._take_today(error.order, self.cart.on(date.fromisoformat(error.order.cart.issued_on)))
            return ""

    async def leave(self) -> None:
        """Discards the edit: restores the state before the order was opened."""
        await self.settle()
        if not self._was_touched and not self._withdrawn:
            return
        if self._withdrawn:
            record, submission = self.record, self._withdrawn
            await self._workplace.run(lambda stores: documents.put_back_confirmed(stores.work, record, submission))
        elif self.record and self._before is not None:
            before, record, steps = self._before, self.record, self._steps_before
            await self._workplace.run(ordering.put_back, before, record, steps)
        elif self.record:
            await self.remove()

    async def remove(self) -> None:
        """Deletes a draft; one with a number is voided and stays visible."""
        await self.settle()
        record = self.record
        await self._workplace.run(lambda stores: documents.delete_draft(stores.work, record))
