"""Fields of the customer's form: a choice from a list, and a paragraph."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from salesapp.models.choices import Choice
from salesapp.services.customer_changes import Value
from salesapp.views.labels import translate
from salesapp.views.look.type import font
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import TextBox
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.text import Text


class ChoiceField(QWidget):
    """A label, and a button that shows the current choice and opens a sheet with all choices."""

    changed = Signal()

    def __init__(self, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._window = window
        self._choices: Sequence[Choice] = ()
        self._nothing = ""
        self.value: Value = None
        self.label = Text("small_bold", "text2", wraps=True)
        self.button = Button("normal", "chevron_down_regular")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.setFixedHeight(52)
        self.button.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.button)

    def set_texts(self, label: str, nothing: str) -> None:
        self.label.setText(label)
        self._nothing = nothing
        self._show()

    def offer(self, choices: Sequence[Choice]) -> None:
        self._choices = choices
        self._show()

    def choose(self, value: Value) -> None:
        """Shows a value as chosen without emitting `changed`."""
        self.value = value
        self._show()

    def _show(self) -> None:
        found = next((choice.title for choice in self._choices if choice.key == self.value), "")
        text = found or (str(self.value) if isinstance(self.value, str) else "") or self._nothing
        self.button.set_texts(text)
        self.button.setAccessibleName(f"{self.label.text()}: {text}")

    def _on_clicked(self) -> None:
        choices = [Choice("" if isinstance(self.value, str) else None, self._nothing), *self._choices]
        sheet = ChoiceSheet(self._window(), self.label.text, lambda: translate("CustomerForm", "Close"), choices)
        sheet.chosen.connect(self._on_chosen)
        sheet.open()

    def _on_chosen(self, value: Value) -> None:
        self.choose(value)
        self.changed.emit()


class Paragraph(QWidget):
    """A label, and a box for a few lines."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Text("small_bold", "text2", wraps=True)
        self.edit = TextBox()
        self.edit.setFont(font("body"))
        self.edit.setFixedHeight(104)
        self.edit.setTabChangesFocus(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.label)
        column.addWidget(self.edit)

    def set_texts(self, label: str) -> None:
        self.label.setText(label)
        self.edit.setAccessibleName(label)
