"""The details of a rejected record in its expanded row: why, which field, what helps, and possible actions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from salesapp.views import labels
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.text import Text

if TYPE_CHECKING:
    from salesapp.services.own_work import WorkItem

LEFT = 60
FIXABLE = frozenset({"document", "customer", "appointment", "travel", "file"})


class RejectionRow(QWidget):
    """A widget over the expanded row of a list. The row itself is painted above, and a tap there collapses it.

    It is a child of the list's viewport, not an index widget, which the view would delete with its rows.
    `action_requested` carries what to do with `item`: "fix", "withdraw" or "export".
    """

    action_requested = Signal(str)
    tapped = Signal()

    def __init__(self, parent: QWidget, row_height: int) -> None:
        super().__init__(parent)
        self.item: WorkItem | None = None
        self._row_height = row_height
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, row_height, 24, 16)
        column.setSpacing(4)
        self._lines = [(Text("body_bold"), Text("body", wraps=True)) for _ in range(3)]
        for name, sentence in self._lines:
            sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            line = QHBoxLayout()
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(sentence, 1)
            column.addLayout(line)
        column.addSpacing(8)
        self.fix, self.withdraw, self.export = (
            Button("primary", "edit_regular"),
            Button("normal", "arrow_undo_regular"),
            Button("quiet", "share_regular"),
        )
        holder = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._buttons = Flow(holder, spacing=12)
        for what, button in (("fix", self.fix), ("withdraw", self.withdraw), ("export", self.export)):
            button.clicked.connect(lambda _checked=False, what=what: self.action_requested.emit(what))
            self._buttons.addWidget(button)
        column.addWidget(holder)
        self.hide()

    def show_item(self, item: "WorkItem") -> None:
        """Shows why a record was rejected."""
        self.item = item
        self.fix.setVisible(item.kind in FIXABLE)
        self.withdraw.setVisible(item.kind == "document")
        self.retranslate()

    def retranslate(self) -> None:
        if self.item is None:
            return
        message = labels.error(self.item.code, dict(self.item.params))
        field = labels.field(self.item.field.rpartition(".")[2]) if self.item.field else ""
        sentences = (
            (self.tr("Why:"), message.why),
            (self.tr("Field:"), field),
            (self.tr("What helps:"), message.helps),
        )
        for (name, sentence), (title, text) in zip(self._lines, sentences, strict=True):
            name.setText(title)
            sentence.setText(text)
            name.setVisible(bool(text))
            sentence.setVisible(bool(text))
        self.fix.set_texts(self.tr("Fix and send again"))
        self.withdraw.set_texts(self.tr("Withdraw to draft"))
        self.export.set_texts(self.tr("Export"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def set_row_height(self, height: int) -> None:
        """Sets the height of the row itself, which is different in a slim window."""
        layout = self.layout()
        if layout is not None and height != self._row_height:
            self._row_height = height
            layout.setContentsMargins(LEFT, height, 24, 16)

    def height_at(self, width: int) -> int:
        """Returns the height needed at a width, including the row."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else self._row_height

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if event.position().y() < self._row_height:
            self.tapped.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
