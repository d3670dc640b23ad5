"""The camera: new pictures of its folder are handed out once each, when they are whole, to each kind of owner."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from salesapp.views.attachments import camera as camera_module
from salesapp.views.attachments.camera import ROLL, CameraRoll, CameraSheet
from salesapp.views.documents.page import DocumentPage
from salesapp.views.items.form import PicturePanel
from tests.gui.among_items import open_item, with_items
from tests.gui.conftest import Desk
from tests.gui.test_attachments import question_of, sheet_of
from tests.gui.test_owners import with_card
from tests.gui.test_widgets import Tour
from tests.gui.test_work import opened, with_confirmed
from tests.gui.visiting import element, idle, started, take_company, visit
from tests.pictures import photo


def test_that_a_new_picture_is_handed_out_once_and_when_it_is_whole(qtbot: QtBot, tmp_path: Path) -> None:
    roll = tmp_path / ROLL
    roll.mkdir()
    (roll / "before.jpg").write_bytes(photo())
    camera, taken = CameraRoll([roll, tmp_path]), list[Path]()
    camera.taken.connect(taken.append)
    camera.look()
    camera.look()
    assert taken == [], "what was there before the camera opened is not taken"
    growing = roll / "WIN_20260302.jpg"
    growing.write_bytes(photo()[:100])
    camera.look()
    growing.write_bytes(photo())
    camera.look()
    assert taken == [], "it was still being written"
    (roll / "WIN_20260302.mp4").write_bytes(b"a film")
    camera.look()
    camera.look()
    assert taken == [growing]


def test_that_the_newest_of_several_counts_and_that_the_folder_may_come_later(qtbot: QtBot, tmp_path: Path) -> None:
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
    """The system's camera app, and the person who takes a picture with it; `works`: whether it opens."""

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


async def waiting(desk: Desk) -> CameraSheet:
    await desk.until(lambda: isinstance(desk.app.window.open_sheet(), CameraSheet))
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, CameraSheet)
    return sheet


async def photograph(desk: Desk, camera: Camera) -> None:
    """From the sheet of files to the photo in it."""
    desk.tap((await sheet_of(desk)).photo)
    sheet = await waiting(desk)
    assert sheet.told.text().startswith("The camera is open.")
    camera.press()
    question = await question_of(desk)
    desk.tap(question.add)
    await idle(desk)
    (await sheet_of(desk)).close_sheet()


async def sent(desk: Desk) -> list[tuple[str, str]]:
    """What a sync sends of files: owners' kinds and names."""
    desk.app.window.show_page("main", root=True)
    assert await desk.synchronize() == "ok"
    files = [entry.payload for entry in desk.gateway.connector.delivered if entry.kind == "file"]
    return [(file["owner_kind"], file["file_name"]) for file in files]


def test_that_a_photo_is_taken_for_an_item(desk: Desk, camera: Camera) -> None:
    async def story() -> None:
        form = await open_item(desk, await with_items(desk), "Woda 1,5 l")
        panel = form.findChild(PicturePanel)
        assert panel is not None
        desk.tap(panel.add)
        await photograph(desk, camera)
        assert await sent(desk) == [("item", "WIN_1.jpg")]

    desk.run(story())


def test_that_a_photo_is_taken_for_a_customer(desk: Desk, camera: Camera) -> None:
    async def story() -> None:
        page = await with_card(desk)
        desk.tap(page.attach)
        await photograph(desk, camera)
        assert page.files_model.choice(0).title == "WIN_1.jpg"
        assert await sent(desk) == [("customer", "WIN_1.jpg")]

    desk.run(story())


def test_that_a_photo_is_taken_for_a_document(desk: Desk, camera: Camera) -> None:
    async def story() -> None:
        page = await opened(desk, "document", record=await with_confirmed(desk))
        assert isinstance(page, DocumentPage)
        desk.tap(page.buttons["attach"])
        await photograph(desk, camera)
        assert await sent(desk) == [("document", "WIN_1.jpg")]

    desk.run(story())


def test_that_a_photo_is_taken_for_an_element_of_a_visit_and_that_it_can_be_cancelled(
    desk: Desk, camera: Camera
) -> None:
    async def story() -> None:
        take_company(desk)
        await started(desk)
        page = await visit(desk)
        for is_cancelled in (True, False):
            sheet = await element(desk, page, 3)
            desk.tap(next(button for button in sheet.findChildren(QPushButton) if "Take a photo" in button.text()))
            shown = await waiting(desk)
            if is_cancelled:
                desk.tap(shown.cancel)
            else:
                camera.press()
            await desk.until(lambda: not isinstance(desk.app.window.open_sheet(), CameraSheet))
            await idle(desk)
            again = desk.app.window.open_sheet()
            assert again is not None
            again.close_sheet()
            await idle(desk)
        assert camera.opened == 2
        assert page.view is not None
        assert [file["file_name"] for file in page.view.elements[3].answers["files"]] == ["WIN_1.jpg"]

    desk.run(story())


def test_that_a_camera_that_does_not_open_is_told_and_its_folder_still_counts(desk: Desk, camera: Camera) -> None:
    async def story() -> None:
        camera.works = False
        page = await with_card(desk)
        desk.tap(page.attach)
        desk.tap((await sheet_of(desk)).photo)
        sheet = await waiting(desk)
        assert sheet.told.text().startswith("The camera app did not open. Take the photo with another program")
        assert f"Pictures \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} {ROLL}" in sheet.told.text()
        (camera.folder / "other.jpg").write_bytes(photo())
        (await question_of(desk)).close_sheet()
        (await sheet_of(desk)).close_sheet()

    desk.run(story())


def test_that_a_system_without_a_camera_app_says_so(
    desk: Desk, camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_module, "camera_app", lambda: None)

    async def story() -> None:
        page = await with_card(desk)
        desk.tap(page.attach)
        desk.tap((await sheet_of(desk)).photo)
        sheet = await waiting(desk)
        assert sheet.told.text().startswith("On this system the app cannot open a camera.")
        assert not sheet.again.isVisible()
        tour = Tour(desk)
        await tour.look("take a photo")
        tour.end()
        desk.press(Qt.Key.Key_Escape)
        (await sheet_of(desk)).close_sheet()

    desk.run(story())
