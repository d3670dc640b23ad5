"""The scanner in the settings: one scan teaches what it sends before and after a code, and how fast."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeyEvent

from salesapp.settings import Settings
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.scan_words import shown
from salesapp.views.parts.scanner_keys import (
    FEWEST_KEYS,
    LONGEST_PAUSE_MS,
    Heard,
    Learned,
    ScannerKeys,
    keep,
    keys_of,
    known,
    learn,
)
from salesapp.views.settings.rows import SettingRow

_LONGEST_TYPING_MS = 500
"""Keys farther apart are typed by a person."""


class ScannerPart(QObject):
    """The rows of the section. While they are visible, each scan is learned and kept at once."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._learned: Learned | None = None
        self._pauses, self._last_ms = list[int](), 0
        self._slow_ms = 0
        self.reset = Button("normal", "arrow_undo_regular")
        self.reset.clicked.connect(self._on_reset_clicked)
        self.learn_row, self.known_row = SettingRow(), SettingRow(self.reset)
        self.rows = (self.learn_row, self.known_row)

    def hear(self, heard: Heard) -> None:
        """Learns a scan, and shows what came."""
        self._learned, self._slow_ms = learn(heard), 0
        self._pauses.clear()
        keep(self._settings, self._learned.scanner)
        self.show()

    def note_key(self, event: QKeyEvent) -> None:
        """Notes a key that belongs to no scan: several at a steady pace may be those of a slow scanner."""
        pause = event.timestamp() - self._last_ms
        self._last_ms = event.timestamp()
        if not event.text().isprintable() or not event.text():
            return
        if pause > _LONGEST_TYPING_MS:
            self._pauses.clear()
            return
        self._pauses.append(pause)
        if len(self._pauses) >= FEWEST_KEYS - 1:
            self._slow_ms, self._learned = round(sum(self._pauses) / len(self._pauses)), None
            self.show()

    def show(self) -> None:
        """Shows what came and what is known, in the window's language."""
        scanner = known(self._settings)
        self.learn_row.set_texts(self.tr("Scan any code now"), self._came())
        self.known_row.set_texts(
            self.tr("This scanner is known") if scanner.is_learned else self.tr("Any scanner"), self._about(scanner)
        )
        self.reset.set_texts(self.tr("Reset"))
        self.reset.setEnabled(scanner.is_learned)

    def summary(self) -> str:
        """Returns a few words for the list of sections."""
        return self.tr("learned") if known(self._settings).is_learned else self.tr("any scanner")

    def _came(self) -> str:
        if self._slow_ms:
            text = self.tr("These keys came {ms} ms apart. A scan has at most {most}: set the scanner to type faster.")
            return text.format(ms=self._slow_ms, most=LONGEST_PAUSE_MS)
        came = self._learned
        if came is None:
            return self.tr("Best the EAN of an item. What the scanner sends with it is shown here and kept.")
        text = self.tr("Code {code}. Before it: {prefix}. After it: {suffix}. {ms} ms a key.").format(
            code=shown(came.code),
            prefix=self._named(came.scanner.prefix),
            suffix=self._named(came.scanner.suffix),
            ms=came.ms_per_key,
        )
        symbology = self.tr("The AIM prefix {prefix} is read with every code.").format(prefix=came.symbology)
        return f"{text} {symbology}" if came.symbology else text

    def _about(self, scanner: ScannerKeys) -> str:
        if not scanner.is_learned:
            text = self.tr("Six keys or more, at most {ms} ms apart, with Enter, Tab or nothing after them")
            return text.format(ms=scanner.pause_ms)
        return self.tr("Before a code: {prefix}. After it: {suffix}. At most {ms} ms between two keys.").format(
            prefix=self._named(scanner.prefix), suffix=self._named(scanner.suffix), ms=scanner.pause_ms
        )

    def _named(self, written: str) -> str:
        return " ".join(key if len(key) == 1 else key.strip("<>") for key in keys_of(written)) or self.tr("nothing")

    def _on_reset_clicked(self) -> None:
        keep(self._settings, ScannerKeys())
        self._learned, self._slow_ms = None, 0
        self.show()
