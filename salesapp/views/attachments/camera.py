"""Photos of the system's camera app: opens the app, and hands out the pictures that appear in its folder."""

import platform
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

APP = "microsoft.windows.camera:"
ROLL = "Camera Roll"
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
LOOK_EVERY_MS = 700
"""Some folders (in a cloud) tell nothing of their changes; and a picture is taken once it has stopped growing."""


def camera_app() -> Callable[[], bool] | None:
    """What opens the camera app, True when it did; None on a system that has none we know."""
    if platform.system() != "Windows":
        return None
    return lambda: QDesktopServices.openUrl(QUrl(APP))


def camera_folders() -> list[Path]:
    """Where the camera app puts its pictures: its own folder, or the pictures themselves until there is one."""
    pictures = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return [pictures / ROLL, pictures]


class CameraRoll(QObject):
    """Watches folders for new pictures. `taken` carries the newest one, once it is whole."""

    taken = Signal(object)

    def __init__(self, folders: list[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self._known = set(self._pictures())
        self._sizes: dict[Path, int] = {}
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        there = [str(folder) for folder in folders if folder.is_dir()]
        if there:
            self._watcher.addPaths(there)
        self._timer.start()

    def look(self) -> None:
        """A new picture counts when its size is the same as at the last look."""
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
            except OSError:  # not there (yet), or a file that was moved while it was looked at
                continue
        return found


def _age_of(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
