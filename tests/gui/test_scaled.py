"""A tablet's panel at 150 and 200 %, in both orientations: a first sync by finger, with every control reachable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
from tests.gui.walk import problems

root, url, password = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
scale, width, height = float(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6])
key_file = root.parent / "scaled.key"
make_key_file(key_file)
Settings(root).language = "pl"
application = QApplication([])
application.setQuitOnLastWindowClosed(False)
assert application.primaryScreen().devicePixelRatio() == scale
loop = qasync.QEventLoop(application)
asyncio.set_event_loop(loop)
found = []

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
    app.window.resize(width, height)
    app.start()
    await until(lambda: not app._tasks)

    async def look(name):
        await asyncio.sleep(0.1)
        assert (app.window.width(), app.window.height()) == (width, height), app.window.size()
        found.extend(f"{name}: {text}" for text in problems(app.window))

    await look("logon")
    page = app.logon.page()
    page.offer(url, "office", remember=True)
    page.password.edit.setText(password)
    reach(page.button)
    await until(lambda: not app._tasks and app.window.current == "main")
    await look("first start")
    reach(app.dashboard.tiles["settings"])
    await look("settings")
    app.window.go_back()
    reach(app.dashboard.tiles["synchro"])
    await until(lambda: app.window.open_sheet() is not None)
    await asyncio.sleep(0.5)
    await look("choice")
    reach(app.synchro._choice.cancel)
    await asyncio.sleep(0.1)
    assert app.window.open_sheet() is None
    app.synchro.open_choice()
    await asyncio.sleep(0.5)
    reach(app.synchro._choice.all)
    await asyncio.sleep(0.3)
    reach(app.synchro.page().card)
    await until(lambda: app.runner.outcome is not None and not app._tasks)
    assert app.runner.outcome.outcome == "ok"
    await look("finished")
    reach(app.synchro.page().primary)
    await asyncio.sleep(0.1)
    assert app.window.current == "main"
    await look("main")
    for name in ("items", "customers", "documents", "work", "appointments", "promotions", "travel", "settings"):
        reach(app.dashboard.tiles[name])
        await until(lambda: not app._tasks)
        await look(name)
        app.window.go_back()
    await app.end()
    assert not found, "\\n".join(found)
    print("the day is done")

with loop:
    loop.run_until_complete(day())
"""


@pytest.mark.parametrize(("scale", "width", "height"), [(1.5, 853, 533), (1.5, 533, 853), (2, 640, 400), (2, 400, 640)])
def test_that_a_day_works_at_every_scale(
    tmp_path: Path, gateway: GatewayUnderTest, scale: float, width: int, height: int
) -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    told = [str(tmp_path / "device"), gateway.url, PASSWORD, str(scale), str(width), str(height)]
    done = subprocess.run(
        [sys.executable, "-c", DAY, *told],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment | {"PYTHONPATH": os.pathsep.join([os.environ["PYTHONPATH"], str(ROOT)])},
        timeout=100,
        check=False,
    )
    assert "the day is done" in done.stdout, done.stderr
