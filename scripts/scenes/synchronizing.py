"""Scenes of synchronizing: logon, choice, progress, verdict, a red object; settings."""

import asyncio
import os
import signal

from salesapp.models.sync_runner import SyncRequest
from salesapp.views.parts.scanner_keys import Heard
from scripts.scenes.photographer import Photographer
from tests.processes import PASSWORD

REPRESENTATIVE = "rep1"


async def take_logon(photographer: Photographer) -> None:
    app = photographer.app
    app.start()
    await asyncio.sleep(0.5)
    await photographer.take("logon")
    page = app.logon.page()
    page.offer(photographer.gateway.url, REPRESENTATIVE, remember=True)
    page.show_error("auth.wrong_password", {})
    await photographer.take("logon-error")
    page.clear_error()
    await app.device.log_on(photographer.gateway.url, REPRESENTATIVE, PASSWORD)
    photographer.home()
    app._show_device()
    await photographer.take("first-start")
    await take_choice(photographer, "first-choice")


async def take_choice(photographer: Photographer, name: str) -> None:
    photographer.app.synchro.open_choice()
    await asyncio.sleep(0.4)
    await photographer.take(name)
    photographer.app.window.go_back()


async def take_progress(photographer: Photographer) -> None:
    app, gateway = photographer.app, photographer.gateway
    gateway.end()
    gateway.start("--fault", "items.prices=slow")
    app.synchro.start(SyncRequest())
    await photographer.until(lambda: app.synchro.view.percent > 25)
    process = app.runner._process
    assert process is not None
    os.kill(process.processId(), signal.SIGSTOP)  # it stops while its picture is taken
    await photographer.take("running")
    app.synchro.page().card.click()
    app.synchro.page().tree.open_section("items")
    await photographer.take("progress-open")
    app.window.go_back()
    await photographer.take("main-running")
    os.kill(process.processId(), signal.SIGCONT)
    app.runner.stop()
    await photographer.until(lambda: not app.runner.is_running)
    app.window.show_page("synchro")
    await photographer.take("stopped")
    gateway.end()
    gateway.start()


async def take_verdict(photographer: Photographer) -> None:
    app = photographer.app
    await synchronize(photographer)
    await photographer.take("finished")
    app.synchro.page().finished.show_objects.click()
    await photographer.take("finished-objects")
    photographer.home()
    await photographer.take("main")
    await take_choice(photographer, "choice")


async def synchronize(photographer: Photographer) -> None:
    photographer.app.synchro.start(SyncRequest())
    await verdict(photographer)


async def verdict(photographer: Photographer) -> None:
    app = photographer.app
    await photographer.until(lambda: app.runner.outcome is not None and not app._tasks)


async def take_settings(photographer: Photographer) -> None:
    app = photographer.app
    app.open_area("settings")
    page = app._settings_page()
    await photographer.take("settings")
    for name in ("look", "attachments", "history", "about"):
        page.show_section(name)
        await asyncio.sleep(0.3)
        if name == "history":
            page.show_section(name)
        await photographer.take(f"settings-{name}")
    page.show_section("scanner")
    page.hear_scan(Heard((*"]E05900000000008",), ("<Enter>",), (2,) * 15))
    await photographer.take("settings-scanner")
    page.scanner.reset.click()
    page.show_section("account")
    await take_password(photographer)
    app.window.back()


async def take_password(photographer: Photographer) -> None:
    logon = photographer.app.logon
    await photographer.take_sheet("settings-password", logon.ask_password)
    logon.ask_password()
    sheet = await photographer.sheet()
    for field, text in zip(sheet.fields, ("an old one", "12345678", "12345678"), strict=True):
        field.edit.setText(text)
    sheet.show_error("password.common", {})
    await photographer.take("settings-password-refused")
    photographer.app.window.go_back()


async def take_red(photographer: Photographer) -> None:
    app, gateway = photographer.app, photographer.gateway
    gateway.end()
    gateway.start("--fault", "items.groups=digest", "--fault", "items.prices=slow")
    app.synchro.start(SyncRequest(fresh=("items.groups", "items.group_links", "items.prices")))
    await asyncio.sleep(0.2)
    gateway.end()
    gateway.start("--fault", "items.groups=digest")
    await verdict(photographer)
    await photographer.take("red")
    photographer.home()
    await photographer.take("main-red")
    gateway.end()
    await take_choice(photographer, "choice-offline")
    await synchronize(photographer)
    await photographer.take("offline")
