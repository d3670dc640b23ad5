"""Asks what to do with unfinished input when an element is left."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salesapp.views.parts.buttons import Button, Kind
from salesapp.views.parts.sheet import TitledSheet

ICONS = {
    "done": "checkmark_regular",
    "not_done": "dismiss_circle_regular",
    "later": "pause_circle_regular",
    "drop": "arrow_undo_regular",
    "stay": "edit_regular",
}
FINAL = frozenset({"done", "not_done", "drop"})


class LeaveSheet(TitledSheet):
    """`chosen` carries the decision: one of ICONS, except "stay", which only closes this sheet."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, element: str) -> None:
        super().__init__(parent, lambda: self.tr("Leave “{name}”?").format(name=element))
        text = self.text("body", lambda: self.tr("What was entered is not finished yet."), "text2", wraps=True)
        self.body.addWidget(text)
        self.buttons: dict[str, Button] = {}
        for name, icon in ICONS.items():
            kind: Kind = "primary" if name == "later" else "normal"
            button = self.buttons[name] = Button(kind, icon, big=True, final=name in FINAL)
            button.clicked.connect(lambda _checked=False, name=name: self._on_clicked(name))
            self.body.addWidget(button)

        self.keep_translated(self._set_texts)

    def _set_texts(self) -> None:
        for name, text in (
            ("done", self.tr("It is done")),
            ("not_done", self.tr("It is not done, with a reason")),
            ("later", self.tr("Keep it and go on later")),
            ("drop", self.tr("Leave without keeping it")),
            ("stay", self.tr("Cancel")),
        ):
            self.buttons[name].set_texts(text)

    def _on_clicked(self, name: str) -> None:
        self.close_sheet()
        if name != "stay":
            self.chosen.emit(name)
