"""Explains a price: every step with its result, and the benefit of the next scale."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views import formats
from salesapp.views.look.theme import theme
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.frame import Card
from salesapp.views.parts.layouts import clear
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.strip import Segment, Shape, Strip
from salesapp.views.parts.text import Text
from salesapp.views.prices.labels import benefit_text, hint_text, level_text, step_text

if TYPE_CHECKING:
    from salesapp.domain.pricing import PricedLine, Step
    from salesapp.services.explaining import Explained, StepFacts

DOT = " \N{MIDDLE DOT} "
MARK = 12
_AMOUNT = re.compile(r"(= |[-+])([0-9.]+)")
"""An amount that a step takes off or adds, or a price that it sets."""
TIMES = "\N{MULTIPLICATION SIGN}\N{NO-BREAK SPACE}"


class Rung(QWidget):
    """One step of the ladder: a mark on the line, the step's name, and the price after it."""

    def __init__(self, title: str, below: str, price: str, change: str, *, is_last: bool, lowers: bool) -> None:
        super().__init__()
        self._is_last = is_last
        grid = QGridLayout(self)
        grid.setContentsMargins(32, 0, 0, 0 if is_last else 20)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(Text("body_bold", wraps=True, text=title), 0, 0, top)
        grid.addWidget(Text("small", "text2", wraps=True, text=below), 1, 0, top)
        grid.addWidget(Text("heading" if is_last else "body_bold", text=price), 0, 1, Qt.AlignmentFlag.AlignRight | top)
        token = "ok" if lowers else "text2"
        grid.addWidget(Text("small_medium", token, text=change), 1, 1, Qt.AlignmentFlag.AlignRight | top)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        middle = MARK / 2 + 1
        if not self._is_last:
            painter.fillRect(round(middle), 6, 1, self.height(), theme().color("control"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent"), 2))
        painter.setBrush(theme().color("accent" if self._is_last else "raised"))
        painter.drawRoundedRect(QRectF(2, 6, MARK - 2, MARK - 2), 2, 2)


class PriceSheet(TitledSheet):
    """`more_requested` carries the quantity, in the line's unit, that is missing to the next scale."""

    on_scan = "close"

    more_requested = Signal(object)

    def __init__(self, parent: QWidget, explained: "Explained") -> None:
        self._explained = explained
        super().__init__(parent, lambda: self.tr("Why {price}").format(price=self._money(explained.price)), "side")
        quantity = f"{formats.decimal(explained.line.quantity)}{formats.FIXED}{explained.unit}"
        self.words.addWidget(Text("small", "text2", wraps=True, text=f"{explained.name}{DOT}{quantity}"))
        self._ladder = QVBoxLayout()
        self._ladder.setSpacing(0)
        self.body.addLayout(self._ladder)
        self.body.addStretch()
        self.copy, self.more = Button("normal", "copy_regular", big=True), Button("primary", "add_regular", big=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.copy)
        row.addStretch()
        row.addWidget(self.more)
        self.panel.foot.addLayout(row)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.as_text()))
        self.more.clicked.connect(self._on_more_clicked)
        self.more.setVisible(explained.add is not None)
        self.keep_translated(self._show)

    def _money(self, value: Decimal) -> str:
        return f"{formats.price(value, self._explained.currency)}{formats.FIXED}{self._explained.currency}"

    def _on_more_clicked(self) -> None:
        self.close_sheet()
        self.more_requested.emit(self._explained.add)

    def _show(self) -> None:
        clear(self._ladder)
        rungs = self.rungs()
        for place, (title, below, price, change, lowers) in enumerate(rungs):
            is_last = place == len(rungs) - 1
            self._ladder.addWidget(Rung(title, below, price, change, is_last=is_last, lowers=lowers))
        self._ladder.addSpacing(16)
        if self._explained.line.next_scale is not None:
            self._ladder.addWidget(self._scale_card())
            self._ladder.addSpacing(12)
        for left, right, role in self.sums():
            self._ladder.addWidget(_Sum(left, right, role))
        self.copy.set_texts(self.tr("Copy"))
        hint = self._explained.line.next_scale
        if hint is not None and self._explained.add is not None:
            count = formats.decimal(self._explained.add)
            self.more.set_texts(self.tr("Add {count}").format(count=f"{count}{formats.FIXED}{self._explained.unit}"))

    def rungs(self) -> list[tuple[str, str, str, str, bool]]:
        """Returns (title, origin, price after the step, change, whether it lowered the price) of each step."""
        explained, line = self._explained, self._explained.line
        found = [
            self._rung(step, facts)
            for step, facts in zip(line.steps, explained.facts, strict=True)
            if step.code not in {"rounding", "own_discount"}
        ]
        own = next((step for step in line.steps if step.code == "own_discount"), None)
        allowed = self.tr("up to {limit} % allowed").format(limit=formats.decimal(explained.limit))
        if own is not None:
            price, change = formats.price(own.after, explained.currency), _change(own, explained.currency)
            found.append((self.tr("Your discount"), allowed, price, change, own.after < own.before))
        elif found:
            none = self.tr("none given")
            found.append((self.tr("Your discount"), f"{none}{DOT}{allowed}", found[-1][2], f"0{formats.FIXED}%", False))
        rounded = any(step.code == "rounding" for step in line.steps)
        title = self.tr("Unit price, rounded") if rounded else self.tr("Unit price")
        below = self.tr("half up, after the last step") if rounded else ""
        price = formats.price(explained.price, explained.currency)
        found.append((title, below, price, self._per_unit(explained.unit), False))
        return found

    def _per_unit(self, unit: str) -> str:
        side = self.tr("gross") if self._explained.is_gross else self.tr("net")
        return f"{side} / {unit}"

    def _rung(self, step: "Step", facts: "StepFacts") -> tuple[str, str, str, str, bool]:
        is_list, currency = step.code == "list_price", self._explained.currency
        change = self._per_unit(facts.unit or self._explained.base_unit) if is_list else _change(step, currency)
        title, price = step_text(step.code, step.label), formats.price(step.after, currency)
        return title, self._origin(step, facts), price, change, step.after < step.before

    def _origin(self, step: "Step", facts: "StepFacts") -> str:
        parts = []
        if facts.since:
            parts.append(self.tr("valid since {date}").format(date=formats.day(facts.since)))
        if facts.level:
            parts.append(level_text(facts.level))
            if facts.group:
                parts.append(facts.group)
            if facts.priority:
                parts.append(self.tr("level {number} of 6").format(number=facts.priority))
        if step.code == "promotion" and facts.scale_from is not None:
            start = f"{formats.decimal(facts.scale_from)}{formats.FIXED}{self._explained.base_unit}".strip()
            start = formats.money(facts.scale_from, facts.scale_currency) if facts.scale_currency else start
            parts.append(
                self.tr("the scale from {start} is reached").format(start=start)
                if facts.scale_from
                else self.tr("applies always")
            )
        return DOT.join(parts)

    def _scale_card(self) -> Card:
        """Returns a card with what is missing to the next scale, as text and as a strip."""
        hint, scales = self._explained.line.next_scale, self._explained.scales
        assert hint is not None  # the card is only shown with a hint
        card = Card(sunken=True, padding=16)
        head = QHBoxLayout()
        head.addWidget(Text("body_bold", wraps=True, text=hint_text(hint, self._explained.currency)), 1)
        card.body.addLayout(head)
        card.body.addWidget(Text("small", "text2", wraps=True, text=hint.name))
        if scales is None:
            return card
        following = next((start for start in scales.starts if start > scales.measure), scales.measure)
        unit = self._explained.base_unit
        here = f"{formats.decimal(scales.measure)} / {formats.decimal(following)}{formats.FIXED}{unit}"
        head.addWidget(Text("small", "text2", text=here))
        strip = Strip(10)
        strip.set_segments(
            _segments(scales.starts, scales.measure), hint_text(hint, self._explained.currency), done="accent"
        )
        card.body.addWidget(strip)
        row = QHBoxLayout()
        for start, value in zip(scales.starts, scales.values, strict=True):
            gives = benefit_text(hint.kind, value, scales.currency)
            words = self.tr("from {start}: {gives}").format(start=formats.decimal(start), gives=gives)
            row.addWidget(Text("small", "text2", text=words), 1)
        card.body.addLayout(row)
        return card

    def sums(self) -> list[tuple[str, str, str]]:
        line, currency = self._explained.line, self._explained.currency
        percent = formats.decimal(line.vat_percent)
        quantity, times = formats.decimal(line.quantity), "\N{MULTIPLICATION SIGN}"
        net = self.tr("Line net, {quantity} {times} {price}").format(
            quantity=quantity, times=times, price=formats.price(line.unit_price_net, currency)
        )
        taken_off = _taken_off(line, currency)
        if taken_off:
            price = formats.price(self._explained.price, currency)
            taken_off.insert(
                0, (f"{quantity} {times} {price}", formats.amount(line.value_steps[0].after, currency), "body")
            )
            net = self.tr("Line net")
        return [
            *taken_off,
            (net, formats.amount(line.net, currency), "body_bold"),
            (self.tr("VAT {percent} %").format(percent=percent), formats.amount(line.vat, currency), "body"),
            (self.tr("Line gross"), self._money(line.gross), "heading"),
        ]

    def as_text(self) -> str:
        """Returns the whole explanation as text, for the clipboard."""
        explained = self._explained
        lines = [f"{explained.name}, {formats.decimal(explained.line.quantity)} {explained.unit}"]
        lines += [f"{title}: {price} {change} {below}".strip() for title, below, price, change, _ in self.rungs()]
        lines += [f"{left}: {right}" for left, right, _role in self.sums()]
        return "\n".join(lines).replace(formats.FIXED, " ")


def _taken_off(line: "PricedLine", currency: str) -> list[tuple[str, str, str]]:
    """Returns what is taken off the line's value after its unit price, step by step."""
    return [
        (step_text(step.code, step.label), formats.amount(step.after - step.before, currency), "body")
        for step in line.value_steps[1:]
    ]


class _Sum(QWidget):
    """A total with its name."""

    def __init__(self, left: str, right: str, role: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        token = "text2" if role == "body" else "text"
        row.addWidget(Text("body_bold" if role == "heading" else "body", token, wraps=True, text=left), 1)
        row.addWidget(Text(role, token, text=right))


def _segments(starts: tuple[Decimal, ...], measure: Decimal) -> list[Segment]:
    """Returns a segment for each scale: full if reached, and partly filled for the next one."""
    found, before = [], Decimal()
    for start in starts:
        if start <= measure:
            found.append(Segment(Shape.DONE))
        elif before <= measure and start > before:
            found.append(Segment(Shape.RUNNING, float((measure - before) / (start - before))))
        else:
            found.append(Segment(Shape.EMPTY))
        before = start
    return found


def _change(step: "Step", currency: str) -> str:
    """Returns the rule's value and the resulting change of the price."""
    by = step.after - step.before
    if money := _AMOUNT.fullmatch(step.value):
        return f"{money[1].replace('-', formats.MINUS)}{formats.price(Decimal(money[2]), currency)}"
    value = step.value.replace("x ", TIMES).replace("-", formats.MINUS).replace(" %", f"{formats.FIXED}%")
    if formats.language() == "pl":
        value = value.replace(".", ",")
    if "%" not in value or not by:
        return value
    return f"{value} {formats.price(by, currency)}"
