"""Files on records: chosen, pasted, shrunk, and sent after the record they belong to."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

from salesapp.views.attachments.sheets import AddSheet, FilesSheet
from salesapp.views.documents.page import DocumentPage
from tests.gui.conftest import Desk
from tests.gui.test_work import opened, with_confirmed
from tests.unit.test_attachments import photo


async def sheet_of(desk: Desk) -> FilesSheet:
    await desk.until(lambda: isinstance(desk.app.window.open_sheet(), FilesSheet) and not desk.app._tasks)
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, FilesSheet)
    return sheet


async def question_of(desk: Desk) -> AddSheet:
    await desk.until(lambda: isinstance(desk.app.window.open_sheet(), AddSheet))
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, AddSheet)
    return sheet


def test_that_photos_on_an_order_go_after_it_and_large_ones_are_made_smaller(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "shelf.jpg"
    large.write_bytes(photo(2_600, noise=True))
    placed = tmp_path / "door.jpg"
    placed.write_bytes(photo(place=True))

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        desk.tap(page.buttons["attach"])
        for path in (large, placed):
            (await sheet_of(desk)).path_given.emit(path)
            question = await question_of(desk)
            assert question.shrink.isChecked() == (path is large)
            desk.tap(question.add)
            await desk.until(lambda: not desk.app._tasks)
        sheet = await sheet_of(desk)
        sheet.close_sheet()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        kinds = [entry.kind for entry in desk.gateway.connector.delivered]
        assert kinds == ["document", "file", "file"]
        assert max(entry.payload.get("size", 0) for entry in desk.gateway.connector.delivered) <= 3 * 2**20

    desk.run(story())


def test_that_a_picture_is_pasted_and_a_program_is_refused_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    program = tmp_path / "setup.jpg"
    program.write_bytes(b"MZ\x90\x00" + bytes(100))

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        desk.tap(page.buttons["attach"])
        sheet = await sheet_of(desk)
        sheet.path_given.emit(program)
        await desk.until(desk.app.window.message.isVisible)
        assert "setup.jpg" in desk.app.window.message.accessibleName()
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0)
        QGuiApplication.clipboard().setImage(image)
        desk.tap(sheet.paste)
        question = await question_of(desk)
        desk.tap(question.add)
        assert len((await sheet_of(desk)).findChildren(type(page.header.title))) > 3

    desk.run(story())
