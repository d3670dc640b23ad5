"""Logging on: gateway address, login, password, with a plain sentence for each possible error."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salesapp.views import labels
from salesapp.views.look.theme import theme
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.error_box import ErrorBox
from salesapp.views.parts.fields import CheckBox, Field, PasswordField
from salesapp.views.parts.frame import Page, scrolled
from salesapp.views.parts.mark import Mark
from salesapp.views.parts.text import Text


class BrandPanel(QWidget):
    """The petrol side panel, which presents the app."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 48, 48, 48)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Mark(inverted=True))
        head.addWidget(Text("title", "on_brand", text="SalesApp"))
        head.addStretch()
        self.claim = Text("display", "on_brand", wraps=True)
        self.promise = Text("lead", "on_brand", wraps=True)
        column.addLayout(head)
        column.addStretch()
        column.addWidget(self.claim)
        column.addSpacing(12)
        column.addWidget(self.promise)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        QPainter(self).fillRect(self.rect(), theme().color("brand"))


class LogonPage(Page):
    """Asks for address, login and password, and shows why a logon failed."""

    submitted = Signal(str, str, str, bool)
    """Address, login, password, and whether to remember the user."""

    def __init__(self) -> None:
        super().__init__()
        self._error: tuple[str, dict[str, str]] | None = None
        self._is_busy = False
        self.brand = BrandPanel()
        self.title = Text("title")
        self.error = ErrorBox()
        self.gateway = Field("cloud_link_regular")
        self.user = Field("person_regular")
        self.password = PasswordField()
        for field in (self.gateway, self.user):
            field.edit.setInputMethodHints(
                Qt.InputMethodHint.ImhNoAutoUppercase | Qt.InputMethodHint.ImhNoPredictiveText
            )
        self.remember = CheckBox()
        self.remember.setChecked(True)
        self.button = Button("primary", big=True)
        self.button.clicked.connect(self._on_button_clicked)
        for field in (self.gateway, self.user, self.password):
            field.edit.returnPressed.connect(self._on_button_clicked)
            field.edit.textEdited.connect(lambda _text, field=field: field.set_error(""))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch()
        column.addWidget(self.title)
        column.addSpacing(16)
        column.addWidget(self.error)
        column.addSpacing(16)
        for field in (self.gateway, self.user, self.password):
            column.addWidget(field)
            column.addSpacing(18)
        column.addWidget(self.remember)
        column.addSpacing(12)
        column.addWidget(self.button)
        column.addStretch()
        form.setMaximumWidth(528)
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addStretch(1)
        beside.addWidget(form, 100)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.brand, 13)
        row.addWidget(scrolled(holder), 19)

    def offer(self, gateway: str, user: str, *, remember: bool) -> None:
        """Fills in what is known, and focuses the first empty field."""
        self.gateway.edit.setText(gateway)
        self.user.edit.setText(user)
        self.password.edit.clear()
        self.remember.setChecked(remember)
        missing = next((field for field in (self.gateway, self.user) if not field.edit.text()), self.password)
        missing.edit.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Shows that the gateway is being asked."""
        self._is_busy = busy
        self.button.setEnabled(not busy)
        self.button.set_texts(self.tr("Logging on…") if busy else self.tr("Log on"))

    def show_error(self, code: str, params: dict[str, str]) -> None:
        self._error = (code, params)
        sentences = labels.error(code, params)
        title, text = sentences.why, sentences.helps
        if code == "auth.wrong_password":
            title = self.tr("Login or password is wrong")
            text = self.tr("Capital and small letters differ: “JSS” is not “jss”.")
        elif code == "network.unreachable":
            title = self.tr("The gateway cannot be reached")
            text = self.tr("Check the network and the address {url}.").format(url=params.get("url", ""))
        elif code == "network.no_network":
            title = self.tr("This device has no network")
            text = self.tr("Connect it to a network, then log on again.")
        elif code in {"network.cut", "gateway.busy", "gateway.failed", "gateway.malformed", "gateway.not_found"}:
            text = self.tr("Try again in a few minutes; if it stays, tell the back office.")
        self.error.show_error(title, text)
        if code.startswith("network."):
            self.gateway.edit.setFocus()
        else:
            self.password.edit.setFocus()
            self.password.edit.selectAll()

    def clear_error(self) -> None:
        self._error = None
        self.error.hide()

    def retranslate(self) -> None:
        self.brand.claim.setText(self.tr("Your day works without a network."))
        self.brand.promise.setText(
            self.tr("Log on once while you are connected. What you enter stays on this device until the ERP has it.")
        )
        self.title.setText(self.tr("Log on"))
        self.gateway.set_texts(self.tr("Gateway address"))
        self.gateway.edit.setPlaceholderText("https://gateway.example.com")
        self.user.set_texts(self.tr("Login"))
        self.password.set_texts(self.tr("Password"))
        self.password.set_eye_texts(self.tr("Show the password"), self.tr("Hide the password"))
        self.remember.setText(self.tr("Remember me on this device"))
        self.set_busy(busy=self._is_busy)
        for field in (self.gateway, self.user, self.password):
            if field.error.text():
                field.set_error(self._needed())
        if self._error is not None:
            self.show_error(*self._error)

    def _needed(self) -> str:
        return self.tr("This is needed to log on.")

    def arrange(self, *, portrait: bool) -> None:
        self.brand.setVisible(not portrait)

    def _on_button_clicked(self) -> None:
        if self._is_busy:
            return
        empty = [field for field in (self.gateway, self.user, self.password) if not field.edit.text().strip()]
        for field in (self.gateway, self.user, self.password):
            field.set_error(self._needed() if field in empty else "")
        if empty:
            empty[0].edit.setFocus()
            return
        self.clear_error()
        address = self.gateway.edit.text().strip()
        if "://" not in address:
            address = f"https://{address}"
        self.submitted.emit(
            address, self.user.edit.text().strip(), self.password.edit.text(), self.remember.isChecked()
        )
