"""Why something is returned: typed, or chosen from the profile's reasons by a tap."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import Field
from salesapp.views.parts.flow import Flow


class ReasonField(QWidget):
    """A field above a button for each usual reason."""

    edited = Signal()

    def __init__(self, reasons: Sequence[str], reason: str = "") -> None:
        super().__init__()
        self.field = Field("note_regular")
        self.field.edit.setText(reason)
        self.field.edit.textChanged.connect(self._on_edited)
        self.buttons: dict[str, Button] = {}
        usual = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        usual.setSizePolicy(policy)
        row = Flow(usual)
        for text in dict.fromkeys(reasons):
            button = self.buttons[text] = Button("normal")
            button.set_texts(text)
            button.clicked.connect(partial(self.field.edit.setText, text))
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addWidget(usual)
        usual.setVisible(bool(self.buttons))

    def _on_edited(self) -> None:
        self.edited.emit()

    @property
    def reason(self) -> str:
        return self.field.edit.text().strip()

    def set_texts(self, name: str) -> None:
        self.field.set_texts(name)
