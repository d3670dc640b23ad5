"""The camera's folder: new pictures are handed out once each, when they are whole."""

import os
from pathlib import Path

from pytestqt.qtbot import QtBot

from salesapp.views.attachments.camera import ROLL, CameraRoll
from tests.unit.test_attachments import photo


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
