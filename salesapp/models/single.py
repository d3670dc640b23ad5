"""Allows one window per data folder: a second start brings the first one to the front and ends."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from salesapp.errors import DeviceError

CONNECT_MS = 500
LOCK = "window.lock"


@contextmanager
def window_closed(root: Path) -> Iterator[None]:
    """Keeps windows of this data folder from opening meanwhile. Raises DeviceError if one is open."""
    lock = _lock(root)
    if not lock.tryLock(0) and lock.error() is QLockFile.LockError.LockFailedError:
        raise DeviceError("device.window_open")
    try:
        yield
    finally:
        lock.unlock()


class SingleWindow(QObject):
    """Emits `asked_to_front` when another start finds this one."""

    asked_to_front = Signal()

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._lock: QLockFile | None = None
        digest = hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:16]
        self._name = f"salesapp-{digest}"
        self._server: QLocalServer | None = None

    def is_first(self) -> bool:
        """Returns False if there is a window already; else registers this one for later starts."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(CONNECT_MS):
            socket.disconnectFromServer()
            return False
        if not self._takes_lock():
            return False
        QLocalServer.removeServer(self._name)  # left by a killed program
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_new_connection)
        server.listen(self._name)
        self._server = server
        return True

    def _takes_lock(self) -> bool:
        """Returns whether this start got the lock, of several at the same time. Ignores a killed program's lock."""
        with suppress(OSError):  # the first write reports an unwritable folder
            self._root.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self._root)
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def _on_new_connection(self) -> None:
        if self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.asked_to_front.emit()


def _lock(root: Path) -> QLockFile:
    """Returns the lock of the folder's window; a killed program's lock does not count."""
    lock = QLockFile(str(root / LOCK))
    lock.setStaleLockTime(0)
    return lock
