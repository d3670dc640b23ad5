"""Takes photos with the system's camera app: opens the app and reports the picture that appears in its folder."""

import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from salesapp.views.labels import STEP
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.links import open_camera
from salesapp.views.parts.sheet import TitledSheet

ROLL = "Camera Roll"
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
POLL_MS = 700
"""Polling interval: cloud folders report no changes, and a picture is complete once its size stops changing."""


def camera_app() -> Callable[[], bool] | None:
    """Returns a function that opens the camera app and returns whether it did; None on systems without a known app."""
    if platform.system() != "Windows":
        return None
    return open_camera


def camera_folders() -> list[Path]:
    """Returns the folders where the camera app saves: its own, and the pictures folder in case that does not exist."""
    pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return [pictures / ROLL, pictures]


class CameraRoll(QObject):
    """Watches folders for new pictures. `taken` carries the newest one once it is complete."""

    taken = Signal(object)

    def __init__(self, folders: list[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._known = set(self._pictures())
        self._sizes: dict[Path, int] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.check)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.check)
        there = [str(folder) for folder in folders if folder.is_dir()]
        if there:
            self._watcher.addPaths(there)
        self._timer.start()

    def end(self) -> None:
        """Stops watching."""
        self._timer.stop()
        self._watcher.directoryChanged.disconnect(self.check)

    def check(self) -> None:
        """Emits a new picture if its size has not changed since the last check."""
        sizes = {path: size for path, size in self._pictures().items() if path not in self._known}
        whole = [path for path, size in sizes.items() if size and self._sizes.get(path) == size]
        self._sizes = sizes
        if whole:
            self._known.update(whole)
            self.taken.emit(max(whole, key=_age_of))

    def _pictures(self) -> dict[Path, int]:
        found = {}
        for folder in self._folders:
            try:
                for path in folder.iterdir():
                    if path.suffix.lower() in SUFFIXES:
                        found[path] = path.stat().st_size
            except OSError:  # the folder does not exist (yet), or the file was just moved
                continue
        return found


def _age_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


class CameraSheet(TitledSheet):
    """Waits for a photo while it is open. Ends with `taken`, which carries the picture, or with `cancelled`."""

    taken = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, lambda: self.tr("Take a photo"))
        self._opens = camera_app()
        self._is_open = False
        self._folders = camera_folders()
        self.explanation = self.text("body", self._explanation, "text2", wraps=True)
        self.body.addWidget(self.explanation)
        self.again, self.cancel = Button("normal", "camera_regular", big=True), Button("quiet", big=True)
        self.keep_translated(
            lambda: self.again.set_texts(self.tr("Open the camera")), lambda: self.cancel.set_texts(self.tr("Cancel"))
        )
        self.again.clicked.connect(self._open_camera)
        self.cancel.clicked.connect(self.close_sheet)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.cancel)
        row.addWidget(self.again)
        self.body.addLayout(row)
        self.again.setVisible(self._opens is not None)
        self._photo: Path | None = None
        self.closed.connect(self._on_closed)

    def open(self) -> None:
        self.roll = CameraRoll(self._folders, self)
        self.roll.taken.connect(self._on_taken)
        self._open_camera()
        super().open()

    def _open_camera(self) -> None:
        self._is_open = self._opens is not None and self._opens()
        self.retranslate()

    def _explanation(self) -> str:
        folder = f"{self._folders[0].parent.name} {STEP} {self._folders[0].name}"
        if self._is_open:
            return self.tr("The camera is open. The picture that you take comes here by itself.")
        if self._opens is not None:
            sorry = self.tr("The camera app did not open.")
        else:
            sorry = self.tr("On this system the app cannot open a camera.")
        helps = self.tr("Take the photo with another program: a new picture in {folder} comes here by itself.")
        return f"{sorry} {helps.format(folder=folder)}"

    def _on_taken(self, path: Path) -> None:
        self._photo = path
        self.close_sheet()

    def _on_closed(self) -> None:
        self.roll.end()
        if self._photo is None:
            self.cancelled.emit()
        else:
            self.window().raise_()
            self.taken.emit(self._photo)
