"""The representative's own terms of a line or a document: percent, amount or price, one of them at a time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from salesapp.services.order_checks import Problem
from salesapp.views import formats
from salesapp.views.order.labels import problem_text
from salesapp.views.parts.fields import Field, Segmented

_LARGEST = Decimal(10**12)
"""From here on, a number was scanned, not typed by a person."""
_OF_AMOUNTS = frozenset({"price.discount_over_limit", "price.own_price_above"})
"""What pricing finds wrong with an amount or a price; a percent is checked when it is typed."""
_BELOW = "price.below_minimum"


def amount(text: str) -> Decimal | None:
    """Parses a typed number, with a point or a comma; returns None for anything else."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace(formats.NARROW, "") or "0")
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < _LARGEST else None


@dataclass(frozen=True, slots=True)
class Own:
    """At most one of them is set."""

    percent: Decimal = Decimal()
    amount: Decimal = Decimal()
    price: Decimal | None = None

    @property
    def kind(self) -> str:
        if self.price is not None:
            return "price"
        return "amount" if self.amount else "percent"

    @property
    def value(self) -> Decimal:
        return self.amount or self.percent if self.price is None else self.price


class OwnTerms(QWidget):
    """A field with segments that say what its number is. A percent is checked at once, an amount by pricing."""

    edited = Signal()

    def __init__(self, own: Own, kinds: Iterable[str], most: Decimal, currency: str) -> None:
        super().__init__()
        self._most, self._currency = most, currency
        self._names: Mapping[str, str] = {}
        offered = tuple(kinds)
        self.kinds, self.kind = Segmented(offered), own.kind if own.kind in offered else offered[0]
        self.kinds.choose(self.kind)
        self.field = Field("tag_percent_regular")
        self.field.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.field.edit.setText(f"{own.value:f}" if own != Own() else "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(self.kinds)
        self.kinds.setVisible(len(offered) > 1)
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.field.edit.textChanged.connect(self._on_edited)

    def set_texts(self, names: Mapping[str, str]) -> None:
        """Sets the name of the field for each kind."""
        self._names = names
        words = {
            "percent": "%",
            "amount": QCoreApplication.translate("OwnTerms", "Amount"),
            "price": QCoreApplication.translate("OwnTerms", "Price"),
        }
        self.kinds.set_texts(
            {kind: words[kind] for kind in self.kinds.buttons},
            QCoreApplication.translate("OwnTerms", "The discount is given as"),
        )
        self._show_name()

    def typed(self) -> Own | None:
        """Returns what is typed; if it is no number or a percent above the limit, shows that and returns None."""
        value = amount(self.field.edit.text())
        if self.kind == "percent":
            is_over = value is None or value > self._most
            words = QCoreApplication.translate("OwnTerms", "At most {limit} %")
            self.field.set_error(words.format(limit=formats.decimal(self._most)) if is_over else "")
            return None if is_over or value is None else Own(percent=value)
        self.field.set_error("" if value is not None else QCoreApplication.translate("OwnTerms", "Type a number"))
        if value is None:
            return None
        if self.kind == "amount":
            return Own(amount=value)
        return Own(price=value if self.field.edit.text().strip() else None)

    def show_problems(self, problems: Iterable[Problem], line: str = "") -> bool:
        """Shows what pricing found wrong with the terms of a line or (empty) the document.

        Returns whether they cannot stay; a line that is only below its minimum price can, if that does not block.
        """
        codes = {_BELOW} if self.kind == "percent" else {_BELOW, *_OF_AMOUNTS}
        found = next((one for one in problems if one.code in codes and one.line == line), None)
        if found is None or not self.field.edit.text().strip():
            return False
        self.field.set_error(problem_text(found.code, dict(found.params)))
        return found.blocks or found.code != _BELOW

    def take_away(self) -> bool:
        """Empties the field if it has an amount; returns whether it had one."""
        has_amount = self.kind != "percent" and bool(self.field.edit.text().strip())
        if has_amount:
            self.field.edit.clear()
        return has_amount

    def use_currency(self, currency: str) -> None:
        self._currency = currency
        self._show_name()

    def _show_name(self) -> None:
        name = self._names.get(self.kind, "")
        self.field.set_texts(name if self.kind == "percent" else f"{name} ({self._currency})")

    def _on_kind_chosen(self, kind: str) -> None:
        """An amount is no percent: the field begins empty."""
        if kind != self.kind:
            self.kind = kind
            self._show_name()
            self.field.edit.clear()
            self.edited.emit()
        self.field.edit.setFocus()

    def _on_edited(self) -> None:
        self.edited.emit()
