"""Buttons: primary, normal, quiet, and those that show only an icon."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QSizePolicy

from salesapp.views.look import icons
from salesapp.views.look.type import font
from salesapp.views.parts.plain import set_label, set_tip

Kind = Literal["primary", "normal", "quiet", "nav", "chip", "filter"]
_TOKENS = {
    "primary": "on_accent",
    "normal": "text",
    "quiet": "accent",
    "nav": "text",
    "chip": "text2",
    "filter": "text",
}


class Button(QPushButton):
    """A button of one kind; its icon follows the theme.

    `final`: its action cannot be undone, so no sheet opens with the focus on it.
    """

    def __init__(self, kind: Kind = "normal", icon: str = "", *, big: bool = False, final: bool = False) -> None:
        super().__init__()
        self.is_final = final
        self._icon = icon
        self._token = _TOKENS[kind]
        self._words = self._shown = ""
        self._is_bare = False
        self.setProperty("kind", kind)
        self.setProperty("big", big)
        roles = {"chip": "small_medium", "filter": "word", "nav": "body"}
        self.setFont(font("name" if big else roles.get(kind, "body_bold")))
        self.setIconSize(QSize(24, 24))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._show_icon()

    def set_icon(self, name: str, token: str | None = None) -> None:
        if (name, token or self._token) != (self._icon, self._token):
            self._icon, self._token = name, token or self._token
            self._show_icon()

    def set_problem(self, is_problem: bool) -> None:  # like Qt's own setters
        if bool(self.property("problem")) != is_problem:
            self.setProperty("problem", is_problem)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_texts(self, text: str) -> None:
        """Sets the text, padded because Qt leaves no space after the icon; screen readers get it without padding."""
        self._words = text
        shown = "" if self._is_bare else f"\N{NO-BREAK SPACE}{text}" if self._icon and text else text
        if shown != self._shown or self._is_bare:
            self._shown = shown
            set_label(self, shown)
            self.setAccessibleName(text)
            set_tip(self, text if self._is_bare else "")

    @property
    def words(self) -> str:
        """Returns the full text, even while only the icon is shown."""
        return self._words

    def set_bare(self, bare: bool) -> None:  # like Qt's own setters
        """Shows only the icon if there is no room for text; screen readers and the tooltip keep the text."""
        if bare != self._is_bare:
            self._is_bare = bare
            self.setProperty("bare", bare)
            self.style().unpolish(self)
            self.style().polish(self)
            self.set_texts(self._words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._show_icon()

    def _show_icon(self) -> None:
        self.setIcon(icons.icon(self._icon, self._token) if self._icon else QIcon())


class IconButton(Button):
    """A button of 48 x 48 with an icon and a name for screen readers."""

    def __init__(self, icon: str) -> None:
        super().__init__("nav", icon)
        self.setFixedSize(48, 48)

    def set_texts(self, text: str) -> None:
        self.setAccessibleName(text)
        set_tip(self, text)
