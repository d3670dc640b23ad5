"""Runs a window that measures itself, in a process of its own: `python -m bench.window_child MODE ROOT KEY_FILE [URL]`.

`bare`: an empty window, until its first paint. `start`: the app's window, until its first paint and its tiles.
`sync`: lateness of a 60 Hz timer. `list`: opening, scrolling and searching a big list. Answers are lines of JSON.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from salesapp.app import App

INTERVAL_MS = 1000 / 60
STROKES = 60


def tell(**values: Any) -> None:
    print(json.dumps(values), flush=True)


class Watch(QObject):
    """Reports the first paint of the window, and that of the tile of items."""

    def __init__(self) -> None:
        super().__init__()
        self.told: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            for name, seen in (("painted", watched.isWindow()), ("ready", watched.objectName() == "tile_items")):
                if seen and name not in self.told:
                    self.told.add(name)
                    QTimer.singleShot(0, lambda name=name: tell(event=name))
        return False


def bare() -> None:
    application = QApplication([])
    watch = Watch()
    application.installEventFilter(watch)
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    QTimer.singleShot(300, application.quit)
    application.exec()


def start(root: Path, key_file: Path) -> None:
    application = QApplication([])
    watch = Watch()
    application.installEventFilter(watch)
    from salesapp.cli.window import run_window
    from salesapp.models.sync_runner import Tablet

    QTimer.singleShot(2500, lambda: [widget.close() for widget in application.topLevelWidgets() if widget.isVisible()])
    run_window(Tablet(root, key_file))


class Lateness:
    """How late a 60 Hz timer is, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._due = time.perf_counter()
        self._timer = QTimer(interval=int(INTERVAL_MS))
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def begin(self) -> None:
        self.late.clear()
        self._due = time.perf_counter() + int(INTERVAL_MS) / 1000
        self._timer.start()

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.late.append(max(now - self._due, 0.0) * 1000)
        self._due = now + int(INTERVAL_MS) / 1000


async def watch_sync(app: "App", url: str) -> None:
    from bench.serving import PASSWORD, USER
    from salesapp.models.sync_runner import SyncRequest

    app.start()
    await asyncio.sleep(1)
    await app.device.log_on(url, USER, PASSWORD)
    app.window.show_page("main", root=True)
    app.synchro.open_choice()
    await asyncio.sleep(1)
    app.window.go_back()
    lateness = Lateness()
    lateness.begin()
    await asyncio.sleep(3)
    idle = list(lateness.late)
    lateness.begin()
    app.synchro.start(SyncRequest())
    await asyncio.sleep(0.3)
    app.synchro.page().card.click()
    while app.runner.is_running:
        await asyncio.sleep(0.05)
    busy = list(lateness.late)
    outcome = app.runner.outcome
    assert outcome is not None
    tell(idle=idle, busy=busy, outcome=outcome.outcome, rows=sum(entry.rows for entry in outcome.objects))
    await app.end()


async def watch_list(app: "App") -> None:
    from salesapp.views.items.page import ItemsPage

    app.start()
    await asyncio.sleep(1)
    began = time.perf_counter()
    app.open_area("items")
    page = app.window.page("items")
    assert isinstance(page, ItemsPage)
    page.list.viewport().repaint()
    opened = time.perf_counter() - began
    while not page.model.is_complete:
        await asyncio.sleep(0.01)
    scrolls: list[float] = []
    bar = page.list.verticalScrollBar()
    for step in range(300):
        began = time.perf_counter()
        bar.setValue(bar.value() + (90 if step % 50 else bar.maximum() // 7))
        page.list.viewport().repaint()
        scrolls.append(time.perf_counter() - began)
        await asyncio.sleep(0)
    strokes: list[float] = []
    titles = [str(page.model.index(row * 997 % page.model.total, 0).data()) for row in range(STROKES)]
    for title in titles:
        for end in range(1, min(len(title), 12)):
            began = time.perf_counter()
            page.search.edit.setText(title[:end])
            page.list.viewport().repaint()
            strokes.append(time.perf_counter() - began)
            await asyncio.sleep(0)
    tell(opened=opened, scrolls=scrolls, strokes=strokes, rows=page.model.total)
    await app.end()


def main() -> None:
    mode = sys.argv[1]
    if mode == "bare":
        bare()
        return
    root, key_file = Path(sys.argv[2]), Path(sys.argv[3])
    if mode == "start":
        start(root, key_file)
        return
    import qasync

    from salesapp.app import App
    from salesapp.models.sync_runner import Tablet

    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    app = App(application, Tablet(root, key_file))
    with loop:
        loop.run_until_complete(watch_sync(app, sys.argv[4]) if mode == "sync" else watch_list(app))


if __name__ == "__main__":
    main()
