"""Cards of facts: a title, then names with their values, separated by hairlines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views.parts.frame import Card
from salesapp.views.parts.text import Icon, Line, Text, WholeText

ROW_HEIGHT = 44


class PairCard(Card):
    """A card with a title on the left and a caption on the right."""

    def __init__(self, title: str, caption: str = "") -> None:
        super().__init__()
        self.body.setContentsMargins(20, 16, 20, 12)
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text("name", wraps=True, text=title), 1)
        self.caption = Text("small", "text2", text=caption)
        head.addWidget(self.caption, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.caption.setVisible(bool(caption))  # needs a parent first, otherwise it would open as a window
        self.body.addSpacing(4)
        self._is_first = True

    def add(
        self,
        name: str,
        value: str | QWidget,
        *,
        role: str = "body_medium",
        token: str = "text",
        name_role: str = "body",
        name_token: str = "text2",
        label: QWidget | None = None,
        below: str = "",
    ) -> None:
        """Adds a fact. `label` goes before the value, `below` in small letters under the name."""
        if not self._is_first:
            self.body.addWidget(Line())
        self._is_first = False
        row = QHBoxLayout()
        row.setSpacing(12)
        names = QVBoxLayout()
        names.setSpacing(0)
        name_label = Text(name_role, name_token, wraps=True, text=name)
        name_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        names.addWidget(name_label)
        if below:
            names.addWidget(Text("small", "text3", wraps=True, text=below))
        row.addLayout(names, 1)
        if label is not None:
            row.addWidget(label)
        if isinstance(value, QWidget):
            _add_widget(row, names, value)
        elif value:
            shown = Text(role, token, wraps=len(value) > 24, text=value)
            shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(shown, 1 if len(value) > 24 else 0)
        holder = QWidget()
        holder.setMinimumHeight(ROW_HEIGHT)
        row.setContentsMargins(0, 6, 0, 6)
        holder.setLayout(row)
        self.body.addWidget(holder)

    def add_note(self, icon: str, text: str) -> None:
        """Adds a sentence about the card's facts, with an icon."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(12)
        row.addWidget(Icon(icon, 20, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text("small", "text2", wraps=True, text=text), 1)
        self.body.addLayout(row)

    def add_text(self, text: str) -> None:
        """Adds a paragraph."""
        paragraph = Text("body", "text2", wraps=True, text=text)
        paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        paragraph.setContentsMargins(0, 6, 0, 8)
        self.body.addWidget(paragraph)


def _add_widget(row: QHBoxLayout, names: QVBoxLayout, value: QWidget) -> None:
    row.addWidget(value)
    if isinstance(value, WholeText):  # gets the same width as the name
        row.setStretchFactor(value, 1)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        names.addStretch()
