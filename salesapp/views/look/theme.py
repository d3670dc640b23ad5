"""The current theme: light or dark, as chosen or as the system prefers."""

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from salesapp.views.look.stylesheet import stylesheet
from salesapp.views.look.tokens import TOKENS
from salesapp.views.look.type import font, load_fonts

Mode = Literal["system", "light", "dark"]
MODES: tuple[Mode, ...] = ("system", "light", "dark")

_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "canvas",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "fail",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Accent: "accent",
}


class Theme(QObject):
    """The theme of an application, of which there is one; `theme()` returns it."""

    changed = Signal()

    def __init__(self, application: QApplication, mode: Mode = "system") -> None:
        super().__init__(application)
        self._application = application
        self._mode: Mode = mode
        self._is_dark = False
        load_fonts()
        application.setStyle("Fusion")
        application.setFont(font("body"))
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def color(self, token: str) -> QColor:
        return _colour(TOKENS[token][self._is_dark])

    def hex(self, token: str) -> str:
        return TOKENS[token][self._is_dark]

    def _on_system_changed(self, _scheme: object) -> None:
        if self._mode == "system":
            self._apply()

    def _apply(self) -> None:
        system_is_dark = self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._is_dark = self._mode == "dark" or (self._mode == "system" and system_is_dark)
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text3"))
        self._application.setPalette(palette)
        self._application.setStyleSheet(stylesheet({name: self.hex(name) for name in TOKENS}))
        self.changed.emit()


def mode_of(setting: str) -> Mode:
    """Returns the setting's value as a mode."""
    return next((mode for mode in MODES if mode == setting), "system")


@lru_cache(maxsize=256)
def _colour(name: str) -> QColor:
    return QColor(name)


_found: list[Theme] = []


def theme() -> Theme:
    """Returns the application's theme, creating it on first use."""
    application = QCoreApplication.instance()
    if not _found or _found[0].parent() is not application:
        assert isinstance(application, QApplication)  # no widget exists without one
        made = application.findChild(Theme) or Theme(application)
        _found[:] = [made]
    return _found[0]
