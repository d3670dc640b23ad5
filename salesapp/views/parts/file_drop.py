"""Accepts files that are dropped on a page, such as photos dragged from another program."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


def paths_of(data: QMimeData) -> list[Path]:
    """Returns the local files; web addresses are left out."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class FileDropTarget(QObject):
    """Makes a widget accept files, and passes all files of one drop to `take`."""

    def __init__(self, widget: QWidget, take: Callable[[Sequence[Path]], None]) -> None:
        super().__init__(widget)
        self._take = take
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QDropEvent) and paths_of(event.mimeData()):
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                self._take(paths_of(event.mimeData()))
            return True
        return False
