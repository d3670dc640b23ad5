"""A group of items to pick from."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.domain.objects.items import ItemGroup
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.sheet import TitledSheet

INDENT = 24


class GroupsSheet(TitledSheet):
    """The groups as an expanded tree; `chosen` carries a group's key."""

    on_scan = "close"

    chosen = Signal(object)  # key of a group

    def __init__(self, parent: QWidget, groups: list[ItemGroup]) -> None:
        super().__init__(parent, lambda: self.tr("Groups"), "side")
        self.buttons: dict[int, Button] = {}
        children: dict[int | None, list[ItemGroup]] = {}
        for group in groups:
            children.setdefault(group.parent, []).append(group)
        self._add(children, None, 0)
        self.body.addStretch()

    def _add(self, children: dict[int | None, list[ItemGroup]], parent: int | None, level: int) -> None:
        for group in children.get(parent, []):
            button = Button("quiet")
            button.set_texts(group.name)
            button.clicked.connect(self.close_sheet)
            button.clicked.connect(lambda _checked=False, key=group.id: self.chosen.emit(key))
            self.buttons[group.id] = button
            row = QHBoxLayout()
            row.setContentsMargins(level * INDENT, 0, 0, 0)
            row.addWidget(button)
            row.addStretch()
            self.body.addLayout(row)
            self._add(children, group.id, level + 1)
