"""Filter chips in a row that wraps; a tap turns one on or off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import Flow


class ChipRow(QWidget):
    """Chips by name. `changed` carries a tapped chip's name and whether it is now on; `tapped` comes before it."""

    changed = Signal(str, bool)
    tapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.flow = Flow(self)
        self.chips: dict[str, Button] = {}
        self._icons: dict[str, str] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, name: str, icon: str, *, checkable: bool = True) -> Button:
        chip = Button("filter", icon)
        chip.setCheckable(checkable)
        chip.clicked.connect(lambda is_on: self._on_clicked(name, is_on=is_on))
        self.chips[name], self._icons[name] = chip, icon
        self.flow.addWidget(chip)
        return chip

    def set_on(self, name: str, *, is_on: bool) -> None:
        """Shows a chip as on or off without emitting `changed`."""
        self.chips[name].setChecked(is_on)
        self._show(name)

    def is_on(self, name: str) -> bool:
        return self.chips[name].isChecked()

    def _on_clicked(self, name: str, *, is_on: bool) -> None:
        self._show(name)
        self.tapped.emit()
        self.changed.emit(name, is_on)

    def _show(self, name: str) -> None:
        is_on = self.chips[name].isChecked()
        self.chips[name].set_icon("checkmark_regular" if is_on else self._icons[name], "accent" if is_on else "text")
