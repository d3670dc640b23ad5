"""Takes the scanner's codes on every screen, and hands each to what is visible.

Passwords and the logon page get their keys as they come: nothing can be scanned there.
"""

from PySide6.QtCore import QObject

from salesapp.views.parts import scan_words
from salesapp.views.parts.barcode_scanner import BarcodeScanner
from salesapp.views.parts.frame import Page
from salesapp.views.parts.scanner_keys import Heard, ScannerKeys, known
from salesapp.views.requests import OpenScanned
from salesapp.views.screens import Screens

_WITHOUT = frozenset({"", "logon"})


class Scanning(QObject):
    """The scanner of one window."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._screens, self._window = screens, screens.window
        self.scanner = BarcodeScanner(self._window, lambda: self._window.current not in _WITHOUT, self._keys)
        self.scanner.heard.connect(self._on_heard)
        self.scanner.scanned.connect(self.take)

    def _on_heard(self, heard: Heard) -> None:
        page = self._learning
        if page is not None:
            page.hear_scan(heard)

    @property
    def _learning(self) -> Page | None:
        """Returns the visible page if it learns scans."""
        page = self._window.page(self._window.current)
        return page if page is not None and page.learns_scans and self._window.open_sheet() is None else None

    def _keys(self) -> ScannerKeys:
        return known(self._screens.settings) if self._learning is None else ScannerKeys()

    def take(self, code: str) -> None:
        """Hands a code to the visible sheet or page; where neither has a use for it, the item opens.

        A sheet that waits for an answer stays as it is, and says so.
        """
        window = self._window
        if self._learning is not None:
            return
        window.message.hide_about("scan")
        while (sheet := window.open_sheet()) is not None:
            sheet.untell()
            if sheet.on_scan == "pass":
                break
            if sheet.take_scan(code):
                return
            if sheet.on_scan == "tell":
                sheet.tell("note", *scan_words.refused(code))
                return
            sheet.close_sheet()
        page = window.page(window.current)
        if not (page is not None and page.take_scan(code)) and not self._screens.offer_scan(code):
            self._screens.open(OpenScanned(code))
