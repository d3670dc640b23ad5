"""`salesapp window`, and `salesapp` alone: the representative's window."""

import asyncio
import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from salesapp.cli.boundary import guarded
from salesapp.cli.tablet import data_dir_option, key_file_option, root_of

if TYPE_CHECKING:
    from salesapp.app import App
    from salesapp.models.sync_runner import Tablet


FRAME_S = 0.01
"""Seconds for the first frame before anything else is imported."""


@click.command()
@click.option("--gateway", "url", metavar="URL", default="", help="The address that the logon page offers.")
@click.option("--user", default="", help="The login that the logon page offers.")
@data_dir_option
@key_file_option
@guarded
def command(url: str, user: str, data_dir: Path | None, key_file: Path | None) -> None:
    """Open the window. There is one for each data folder: a second start brings the first to the front."""
    from salesapp.models.sync_runner import Tablet  # as above

    sys.exit(run_window(Tablet(root_of(data_dir), key_file), offered=(url, user)))


def has_display() -> bool:
    """Whether a window can be opened here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    return bool(chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def run_window(
    tablet: "Tablet", *, offered: tuple[str, str] = ("", ""), log_on_as: tuple[str, str, str] | None = None
) -> int:
    """Opens the window; returns the exit code when it has been closed.

    `offered` has address and login for the logon page; `log_on_as` has address, login and password to log on with.
    """
    gc.disable()  # from here on the window collects garbage
    import qasync  # Qt is imported only where a window opens
    from PySide6.QtWidgets import QApplication  # Qt only where a window opens

    from salesapp.models.single import SingleWindow  # Qt only where a window opens
    from salesapp.settings import Settings  # Qt only where a window opens
    from salesapp.views.look.theme import Theme, mode_of  # Qt only where a window opens
    from salesapp.views.main_window import MainWindow  # Qt only where a window opens

    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)  # made by SingleWindow
    application.setApplicationName("SalesApp")
    application.setQuitOnLastWindowClosed(False)
    single = SingleWindow(tablet.root, application)
    if not single.is_first():
        return 0
    Theme(application, mode_of(Settings(tablet.root).theme))
    window = MainWindow()
    window.show_on_screen()
    single.asked_to_front.connect(window.bring_to_front)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)

    async def start() -> None:
        await asyncio.sleep(FRAME_S)  # shows the first frame before what follows
        from salesapp.app import App  # Qt only where a window opens

        await _start(App(application, tablet, offered, window), log_on_as)

    with loop:
        task = loop.create_task(start())
        task.add_done_callback(lambda done: loop.stop() if not done.cancelled() and done.exception() else None)
        loop.run_forever()
    if task.done() and not task.cancelled() and (error := task.exception()) is not None:
        raise error
    return 0


async def _start(app: "App", log_on_as: tuple[str, str, str] | None) -> None:
    sys.excepthook = app.report_bug
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: _on_loop_error(app, context))
    if log_on_as is not None:
        await _log_on(app, *log_on_as)
    app.start()


async def _log_on(app: "App", url: str, user: str, password: str) -> None:
    """Logs on unless the device is logged on at this address, which may have changed since the last time."""
    known = app.device.overview
    if known is None or known.url != url or not await app.device.is_logged_on():
        await app.device.log_on(url, user, password)


def _on_loop_error(app: "App", context: Mapping[str, object]) -> None:
    error = context.get("exception")
    if isinstance(error, BaseException):
        app.report_bug(type(error), error, error.__traceback__)
