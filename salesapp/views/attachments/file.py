"""One file: its kind, its state, and what can still be done with it."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.services.attachments import Attached
from salesapp.services.own_work import WorkItem
from salesapp.views import formats
from salesapp.views import labels as sentences
from salesapp.views.parts.buttons import Button, Kind
from salesapp.views.parts.sheet import TitledSheet
from salesapp.views.parts.text import Icon, Text, Words, text_of
from salesapp.views.receipts.labels import LOOKS, receipt_text, state_word

CHANGEABLE = frozenset({"draft", "kept", "on_device", "held_back"})


class FileSheet(TitledSheet):
    """`action_requested` carries "look" or "copy"; for own files also "send", "hold" or "remove"."""

    action_requested = Signal(str)

    def __init__(self, parent: QWidget, file: Attached, item: WorkItem | None) -> None:
        super().__init__(parent, file.name, "side")
        self.body.addWidget(self.text("body", partial(_kind_of, file), "text2", wraps=True))
        if file.description:
            self.body.addWidget(Text("body", wraps=True, text=file.description))
        icon, token, _segments = LOOKS[file.state]
        row = QHBoxLayout()
        row.addWidget(Icon(icon, 24, token))
        row.addWidget(self.text("name", partial(_state_of, file, item), token), 1)
        self.body.addLayout(row)
        if item is not None and item.code:
            code, params = item.code, dict(item.params)
            self.body.addWidget(self.text("body", lambda: sentences.error(code, params).why, wraps=True))
            self.body.addWidget(self.text("body", lambda: sentences.error(code, params).helps, "text2", wraps=True))
        is_own = bool(file.record)
        can_change = is_own and file.state in CHANGEABLE
        is_rejected = is_own and file.state == "rejected"
        self.buttons: dict[str, Button] = {}
        for name, icon, text, is_there in (
            ("look", "zoom_in_regular", lambda: self.tr("Look at it"), file.media_type.startswith("image/")),
            ("copy", "save_regular", lambda: self.tr("Save a copy"), True),
            ("send", "arrow_upload_regular", lambda: self.tr("Send again"), is_rejected),
            ("send", "arrow_upload_regular", lambda: self.tr("Send to the ERP"), can_change and not file.to_erp),
            ("hold", "tablet_regular", lambda: self.tr("Do not send to the ERP"), can_change and file.to_erp),
            ("remove", "delete_regular", lambda: self.tr("Take it out"), can_change or is_rejected),
        ):
            if is_there:
                self._add_button(name, icon, text)
        self.body.addStretch()

    def _add_button(self, name: str, icon: str, text: Words) -> None:
        kind: Kind = "primary" if name == "send" else "normal"
        button = self.buttons[name] = Button(kind, icon, big=True, final=name in {"send", "remove"})
        self.keep_translated(lambda: button.set_texts(text_of(text)))
        button.clicked.connect(lambda: self.action_requested.emit(name))
        self.body.addWidget(button)


def _kind_of(file: Attached) -> str:
    return f"{formats.size(file.size)}, {file.media_type}"


def _state_of(file: Attached, item: WorkItem | None) -> str:
    return receipt_text(item) if item is not None else state_word(file.state)
