"""At 200 %: a panel of 1280 x 800 is 640 x 400 for the window, and everything must still be within reach."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import PASSWORD, GatewayUnderTest
from tests.gui.conftest import ROOT

DAY = """
import asyncio, sys
from pathlib import Path
import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from salesapp.app import App
from salesapp.models.sync_runner import Tablet
from salesapp.settings import Settings
from salesapp.store.keys import make_key_file

root, url, password = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
key_file = root.parent / "scaled.key"
make_key_file(key_file)
Settings(root).set("language", "pl")
application = QApplication([])
application.setQuitOnLastWindowClosed(False)
assert application.primaryScreen().devicePixelRatio() == 2.0
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)

def reach(widget):
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(widget)
        application.sendPostedEvents()
    assert widget.visibleRegion().boundingRect().height() >= min(widget.height(), 44), widget.accessibleName()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

async def until(what):
    async with asyncio.timeout(60):
        while not what():
            await asyncio.sleep(0.02)

async def day():
    app = App(application, Tablet(root, key_file))
    app.window.resize(640, 400)
    app.start()
    await until(lambda: not app._tasks)
    page = app._logon_page()
    page.offer(url, "office", remember=True)
    page.password.edit.setText(password)
    reach(page.button)
    await until(lambda: not app._tasks and app.window.current == "main")
    await asyncio.sleep(0.1)
    assert app.window.width() == 640, app.window.width()
    reach(app.dashboard.tiles["settings"])
    await asyncio.sleep(0.1)
    app.window.go_back()
    reach(app.dashboard.tiles["synchro"])
    await until(lambda: app.window.open_sheet() is not None)
    await asyncio.sleep(0.5)
    reach(app.synchro._choice.cancel)
    await asyncio.sleep(0.1)
    assert app.window.open_sheet() is None
    app.synchro.open_choice()
    await asyncio.sleep(0.5)
    reach(app.synchro._choice.all)
    await until(lambda: app.runner.outcome is not None and not app._tasks)
    assert app.runner.outcome.outcome == "ok"
    await asyncio.sleep(0.1)
    reach(app.synchro.page().primary)
    await asyncio.sleep(0.1)
    assert app.window.current == "main"
    for name in ("items", "customers", "travel", "settings"):
        reach(app.dashboard.tiles[name])
        await asyncio.sleep(0.1)
        app.window.go_back()
    await app.end()
    print("the day is done")

with loop:
    loop.run_until_complete(day())
"""


def test_that_a_day_works_at_two_hundred_percent(tmp_path: Path, gateway: GatewayUnderTest) -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    done = subprocess.run(
        [sys.executable, "-c", DAY, str(tmp_path / "device"), gateway.url, PASSWORD],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=100,
        check=False,
    )
    assert "the day is done" in done.stdout, done.stderr
