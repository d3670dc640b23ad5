"""How a copy differs from its original: current prices, and lines that cannot be ordered any more."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views import formats
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Line, Text

if TYPE_CHECKING:
    from salesapp.services.repeating import Difference

ARROW = "\N{RIGHTWARDS ARROW}"


class DifferenceSheet(TitledSheet):
    """Lists each changed line with the values before and after, or as left out."""

    on_scan = "close"

    def __init__(
        self, parent: QWidget, found: "Sequence[Difference]", left_out: Sequence[str] = (), currency: str = ""
    ) -> None:
        super().__init__(parent, lambda: self.tr("What is different"), "side")
        for one in found:
            before = formats.price(one.before, currency)
            if one.after is None:
                self._add(one.name, before, gone=True)
            else:
                change = "ok" if one.after < one.before else "wait"
                after = formats.price(one.after, currency)
                self._add(one.name, f"{before} {ARROW} {after}", one.unit, token=change)
        for name in left_out:
            self._add(name, "", gone=True)
        self.body.addStretch()

    def _add(self, name: str, right: str, unit: str = "", *, token: str = "text2", gone: bool = False) -> None:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text("body_medium", wraps=True, text=name))
        if gone:
            words.addWidget(self.text("small", lambda: self.tr("cannot be ordered any more: left out"), "wait"))
        row.addLayout(words, 1)
        price = QVBoxLayout()
        price.setSpacing(0)
        price.addWidget(Text("body_bold", token, text=right))
        if unit:
            price.addWidget(Text("small", "text2", text=f"/ {unit}"))
        row.addLayout(price)
        self.body.addLayout(row)
        self.body.addWidget(Line())
