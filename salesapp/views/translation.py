"""The interface's language, which can change while the window is open."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from salesapp.resources import resource

LANGUAGES = ("en", "pl")
_LOCALES = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "pl": QLocale(QLocale.Language.Polish, QLocale.Country.Poland),
}
_installed: list[QTranslator] = []
"""Translators belong to the whole program, as Qt keeps them."""


class Translation:
    """Installs the translators of one language; every widget gets a LanguageChange event."""

    def __init__(self) -> None:
        self.language = ""

    def use(self, setting: str) -> None:
        """Switches to a language; `setting` is "en", "pl", or "system"."""
        language = setting if setting in LANGUAGES else system_language()
        if language == self.language:
            return
        self.language = language
        QLocale.setDefault(_LOCALES[language])
        for translator in _installed:
            QCoreApplication.removeTranslator(translator)
        _installed.clear()
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{language}", qt), (f"salesapp_{language}", str(resource("i18n")))):
            translator = QTranslator()
            if translator.load(name, folder):
                QCoreApplication.installTranslator(translator)
                _installed.append(translator)


def system_language() -> str:
    return "pl" if QLocale.system().language() == QLocale.Language.Polish else "en"
