"""The sheet to change one's password: the old one, and the new one twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from salesapp.views import labels
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.error_box import ErrorBox
from salesapp.views.parts.fields import PasswordField
from salesapp.views.parts.flow import Actions
from salesapp.views.parts.sheet import TitledSheet


class PasswordSheet(TitledSheet):
    """`submitted` carries the old and the new password. Stays open until the gateway accepts the new one."""

    submitted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, lambda: self.tr("Change the password"))
        self._error: tuple[str, dict[str, str]] | None = None
        self._is_busy = False
        self.old, self.new, self.again = PasswordField(), PasswordField(), PasswordField()
        self.error = ErrorBox()
        self.fields = (self.old, self.new, self.again)
        self.words.addWidget(
            self.text("body", lambda: self.tr("Your other devices will ask for the new password."), "text2", wraps=True)
        )
        self.body.addWidget(self.error)
        for field in self.fields:
            self.body.addWidget(field)
            field.edit.returnPressed.connect(self._on_save_clicked)
            field.edit.textEdited.connect(lambda _text, field=field: field.set_error(""))
        self.cancel, self.save = Button("normal", big=True), Button("primary", big=True)
        self.cancel.clicked.connect(self.close_sheet)
        self.save.clicked.connect(self._on_save_clicked)
        row = Actions()
        row.addWidget(self.cancel)
        row.addWidget(self.save)
        self.panel.foot.addLayout(row)
        self.keep_translated(self._set_field_texts, self._set_button_texts, self._set_error_text)

    def open(self) -> None:
        super().open()
        self.old.edit.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Shows that the gateway is being asked."""
        self._is_busy = busy
        self.save.setEnabled(not busy)
        self._set_button_texts()

    def show_error(self, code: str, params: dict[str, str]) -> None:
        """Shows the gateway's error, and focuses the field to change."""
        self._error = (code, params)
        self._set_error_text()
        wrong = self.new if code.startswith("password.") and code != "password.unknown" else self.old
        wrong.edit.setFocus()
        wrong.edit.selectAll()

    def _set_field_texts(self) -> None:
        names = (self.tr("Current password"), self.tr("New password"), self.tr("New password again"))
        for field, name in zip(self.fields, names, strict=True):
            field.set_texts(name)
            field.set_eye_texts(self.tr("Show the password"), self.tr("Hide the password"))
            if field.has_error:
                field.set_error(self._problem(field))

    def _set_button_texts(self) -> None:
        self.cancel.set_texts(self.tr("Cancel"))
        self.save.set_texts(self.tr("Changing…") if self._is_busy else self.tr("Change the password"))

    def _set_error_text(self) -> None:
        if self._error is None:
            self.error.hide()
            return
        sentences = labels.error(*self._error)
        text = f"{sentences.on_device} {sentences.helps}"
        if self._error[0].startswith("network."):
            text = self.tr("The password is as before. Try again where this device reaches the gateway.")
        self.error.show_error(sentences.why, text)

    def _problem(self, field: PasswordField) -> str:
        """Returns what can be seen to be wrong with a field without asking the gateway; empty if nothing."""
        if not field.edit.text():
            return self.tr("This is needed.")
        if field is self.again and self.again.edit.text() != self.new.edit.text():
            return self.tr("It differs from the new password above.")
        return ""

    def _on_save_clicked(self) -> None:
        if self._is_busy:
            return
        self._error = None
        self._set_error_text()
        for field in self.fields:
            field.set_error(self._problem(field))
        wrong = next((field for field in self.fields if field.has_error), None)
        if wrong is not None:
            wrong.edit.setFocus()
            return
        self.set_busy(busy=True)
        self.submitted.emit(self.old.edit.text(), self.new.edit.text())
