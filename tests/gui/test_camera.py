"""The camera: each new picture of its folder is returned once, when complete, for each kind of owner."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from salesapp.views.items.form import PicturePanel
from salesapp.views.parts import camera as camera_module
from salesapp.views.parts.camera import ROLL, CameraRoll, CameraSheet
from salesapp.views.requests import OpenDocument
from salesapp.views.work.document_page import DocumentPage
from tests.gui.among_items import open_item, with_items
from tests.gui.conftest import WindowDriver
from tests.gui.test_attachments import question_of, sheet_of
from tests.gui.test_owners import with_card
from tests.gui.test_widgets import Tour
from tests.gui.test_work import opened, with_confirmed
from tests.gui.visiting import element, idle, started, take_company, visit
from tests.pictures import photo


def test_that_a_new_picture_is_returned_once_and_only_when_complete(qtbot: QtBot, tmp_path: Path) -> None:
    roll = tmp_path / ROLL
    roll.mkdir()
    (roll / "before.jpg").write_bytes(photo())
    camera, taken = CameraRoll([roll, tmp_path]), list[Path]()
    camera.taken.connect(taken.append)
    camera.check()
    camera.check()
    assert taken == [], "what was there before the camera opened is not taken"
    growing = roll / "WIN_20260302.jpg"
    growing.write_bytes(photo()[:100])
    camera.check()
    growing.write_bytes(photo())
    camera.check()
    assert taken == [], "it was still being written"
    (roll / "WIN_20260302.mp4").write_bytes(b"a film")
    camera.check()
    camera.check()
    assert taken == [growing]


def test_that_the_newest_picture_wins_and_the_folder_may_appear_later(qtbot: QtBot, tmp_path: Path) -> None:
    roll = tmp_path / ROLL
    camera = CameraRoll([roll, tmp_path])
    roll.mkdir()
    for number, name in enumerate(("newest.jpg", "older.jpg")):
        (roll / name).write_bytes(photo())
        os.utime(roll / name, (1000 - number, 1000 - number))
    with qtbot.waitSignal(camera.taken, timeout=5_000) as told:
        pass
    assert told.args == [roll / "newest.jpg"]


class Camera:
    """The system's camera app and its user; `works`: whether it opens."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.works, self.opened = folder / ROLL, True, 0
        self.folder.mkdir(parents=True)
        monkeypatch.setattr(camera_module, "camera_app", lambda: self.open)
        monkeypatch.setattr(camera_module, "camera_folders", lambda: [self.folder])

    def open(self) -> bool:
        self.opened += self.works
        return self.works

    def press(self, name: str = "WIN_1.jpg") -> None:
        assert self.opened, "the camera is not open"
        (self.folder / name).write_bytes(photo())


@pytest.fixture
def camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Camera:
    return Camera(tmp_path / "Pictures", monkeypatch)


async def waiting(driver: WindowDriver) -> CameraSheet:
    await driver.until(lambda: isinstance(driver.app.window.open_sheet(), CameraSheet))
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, CameraSheet)
    return sheet


async def photograph(driver: WindowDriver, camera: Camera) -> None:
    """Takes a photo from the sheet of files."""
    driver.tap((await sheet_of(driver)).photo)
    sheet = await waiting(driver)
    assert sheet.explanation.text().startswith("The camera is open.")
    camera.press()
    question = await question_of(driver)
    driver.tap(question.add)
    await idle(driver)
    (await sheet_of(driver)).close_sheet()


async def sent(driver: WindowDriver) -> list[tuple[str, str]]:
    """Returns the files that a sync sends: kinds of owners, and names."""
    driver.app.window.show_page("main", root=True)
    assert await driver.synchronize() == "ok"
    files = [entry.payload for entry in driver.gateway.connector.delivered if entry.kind == "file"]
    return [(file["owner_kind"], file["file_name"]) for file in files]


def test_that_a_photo_is_taken_for_an_item(driver: WindowDriver, camera: Camera) -> None:
    async def story() -> None:
        form = await open_item(driver, await with_items(driver), "Woda 1,5 l")
        panel = form.findChild(PicturePanel)
        assert panel is not None
        driver.tap(panel.add)
        await photograph(driver, camera)
        assert await sent(driver) == [("item", "WIN_1.jpg")]

    driver.run(story())


def test_that_a_photo_is_taken_for_a_customer(driver: WindowDriver, camera: Camera) -> None:
    async def story() -> None:
        page = await with_card(driver)
        driver.tap(page.attach)
        await photograph(driver, camera)
        assert page.files_model.choice(0).title == "WIN_1.jpg"
        assert await sent(driver) == [("customer", "WIN_1.jpg")]

    driver.run(story())


def test_that_a_photo_is_taken_for_a_document(driver: WindowDriver, camera: Camera) -> None:
    async def story() -> None:
        page = await opened(driver, OpenDocument(await with_confirmed(driver)))
        assert isinstance(page, DocumentPage)
        driver.tap(page.buttons["attach"])
        await photograph(driver, camera)
        assert await sent(driver) == [("document", "WIN_1.jpg")]

    driver.run(story())


def test_that_a_photo_for_an_element_of_a_visit_can_be_taken_or_cancelled(driver: WindowDriver, camera: Camera) -> None:
    async def story() -> None:
        take_company(driver)
        await started(driver)
        page = await visit(driver)
        for is_cancelled in (True, False):
            sheet = await element(driver, page, 3)
            driver.tap(next(button for button in sheet.findChildren(QPushButton) if "Take a photo" in button.text()))
            shown = await waiting(driver)
            if is_cancelled:
                driver.tap(shown.cancel)
            else:
                camera.press()
            await driver.until(lambda: not isinstance(driver.app.window.open_sheet(), CameraSheet))
            await idle(driver)
            again = driver.app.window.open_sheet()
            assert again is not None
            again.close_sheet()
            await idle(driver)
        assert camera.opened == 2
        assert page.view is not None
        assert [photo.file_name for photo in page.view.elements[3].answers.photos] == ["WIN_1.jpg"]

    driver.run(story())


def test_that_a_camera_that_does_not_open_is_reported_and_its_folder_still_watched(
    driver: WindowDriver, camera: Camera
) -> None:
    async def story() -> None:
        camera.works = False
        page = await with_card(driver)
        driver.tap(page.attach)
        driver.tap((await sheet_of(driver)).photo)
        sheet = await waiting(driver)
        assert sheet.explanation.text().startswith("The camera app did not open. Take the photo with another program")
        assert f"Pictures \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} {ROLL}" in sheet.explanation.text()
        (camera.folder / "other.jpg").write_bytes(photo())
        (await question_of(driver)).close_sheet()
        (await sheet_of(driver)).close_sheet()

    driver.run(story())


def test_that_a_system_without_a_camera_app_says_so(
    driver: WindowDriver, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_module, "camera_app", lambda: None)

    async def story() -> None:
        page = await with_card(driver)
        driver.tap(page.attach)
        driver.tap((await sheet_of(driver)).photo)
        sheet = await waiting(driver)
        assert sheet.explanation.text().startswith("On this system the app cannot open a camera.")
        assert not sheet.again.isVisible()
        tour = Tour(driver)
        await tour.look("take a photo")
        tour.end()
        driver.press(Qt.Key.Key_Escape)
        (await sheet_of(driver)).close_sheet()

    driver.run(story())
