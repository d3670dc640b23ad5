"""Files on records: chosen, pasted, shrunk, and sent after the record they belong to."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from salesapp.views.appointments.plan import PlanPage, PreviewSheet
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.attachments.file import FileSheet
from salesapp.views.attachments.sheets import AddSheet, FileRow, FilesSheet
from salesapp.views.documents.page import DocumentPage
from salesapp.views.parts.zoom import ZoomSheet
from tests.gui.conftest import Desk
from tests.gui.test_widgets import Tour
from tests.gui.test_work import opened, with_confirmed
from tests.gui.visiting import calendar, idle, own, started, take_company
from tests.pictures import photo


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
        (row,) = (await sheet_of(desk)).findChildren(FileRow)
        assert "On device" in row.accessibleName()
        assert "Picture.png" in row.accessibleName()

    desk.run(story())


def dropped(desk: Desk, widget: QWidget, *paths: Path) -> None:
    """Files that are dragged from another program and let go over a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, keys = QPoint(20, 200), (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(where, *keys, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QCoreApplication.sendEvent(widget, QDropEvent(QPointF(where), *keys, Qt.KeyboardModifier.NoModifier))


def test_that_several_files_are_dropped_on_a_document_and_asked_about_in_turn(desk: Desk, tmp_path: Path) -> None:
    paths = []
    for name, content in (("a.jpg", photo(200)), ("b.exe", b"MZ" + bytes(50)), ("c.txt", b"list of shelves")):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        dropped(desk, page, *paths)
        question = await question_of(desk)
        question.to_erp.click()
        desk.tap(question.add)
        await desk.until(lambda: desk.app.window.open_sheet() not in {None, question})
        assert desk.app.window.message.isVisible(), "the program was refused"
        assert "b.exe" in desk.app.window.message.accessibleName()
        desk.app.window.message.hide()
        question = await question_of(desk)
        question.description.edit.setText("What they have")
        desk.tap(question.add)
        sheet = await sheet_of(desk)
        shown = sorted(row.accessibleName() for row in sheet.findChildren(FileRow))
        assert [name.split(",")[0] for name in shown] == ["a.jpg", "c.txt"]
        assert "Stays here" in shown[0]
        assert "What they have" in shown[1]
        dropped(desk, sheet, paths[0])
        question = await question_of(desk)
        desk.tap(question.cancel)
        sheet = await sheet_of(desk)
        assert len(sheet.findChildren(FileRow)) == 2, "cancelled: nothing was added"
        sheet.close_sheet()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert [entry.payload.get("file_name") for entry in desk.gateway.connector.delivered] == [None, "c.txt"]

    desk.run(story())


async def file_of(desk: Desk, name: str) -> FileSheet:
    """One of the files of the sheet that is open."""
    row = next(row for row in (await sheet_of(desk)).findChildren(FileRow) if row.file.name == name)
    desk.tap(row)
    await desk.until(lambda: isinstance(desk.app.window.open_sheet(), FileSheet) and not desk.app._tasks)
    sheet = desk.app.window.open_sheet()
    assert isinstance(sheet, FileSheet)
    return sheet


def test_that_a_file_is_looked_at_held_back_sent_after_all_copied_and_taken_out(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "door.jpg"
    path.write_bytes(photo(200))

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        dropped(desk, page, path)
        desk.tap((await question_of(desk)).add)
        sheet = await file_of(desk, "door.jpg")
        desk.tap(sheet.buttons["look"])
        zoom = desk.app.window.open_sheet()
        assert isinstance(zoom, ZoomSheet)
        desk.tap(zoom.close_button)
        tour = Tour(desk)
        await tour.look("a file")
        tour.end()
        desk.tap(sheet.buttons["copy"])
        await desk.settle()
        dialog = desk.app.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / "copy.jpg"))
        dialog.close()
        await idle(desk)
        assert (tmp_path / "copy.jpg").read_bytes() == path.read_bytes()
        desk.tap(sheet.buttons["hold"])
        sheet = await file_of(desk, "door.jpg")
        desk.tap(sheet.buttons["send"])
        sheet = await file_of(desk, "door.jpg")
        desk.tap(sheet.buttons["remove"])
        left = await sheet_of(desk)
        assert left.findChildren(FileRow) == []
        left.close_sheet()
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        assert [entry.kind for entry in desk.gateway.connector.delivered] == ["document"]

    desk.run(story())


def test_that_a_rejected_file_says_why_in_my_work_and_is_sent_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "door.jpg"
    path.write_bytes(photo(200))

    async def story() -> None:
        record = await with_confirmed(desk)
        page = await opened(desk, "document", record=record)
        assert isinstance(page, DocumentPage)
        dropped(desk, page, path)
        desk.tap((await question_of(desk)).add)
        (await sheet_of(desk)).close_sheet()
        desk.gateway.connector.rejected_kinds.add("file")
        desk.app.window.show_page("main", root=True)
        await desk.synchronize()
        desk.gateway.connector.rejected_kinds.clear()
        desk.app.window.show_page("main", root=True)
        work = await opened(desk, "work")
        work.choose("rejected")  # type: ignore[attr-defined]
        await desk.settle()
        if not work.trouble.isVisible():  # type: ignore[attr-defined]
            work.list.opened.emit(0)  # type: ignore[attr-defined]
        desk.tap(work.trouble.fix)  # type: ignore[attr-defined]
        await desk.until(lambda: isinstance(desk.app.window.open_sheet(), FileSheet) and not desk.app._tasks)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, FileSheet)
        desk.tap(sheet.buttons["send"])
        await desk.until(lambda: not desk.app._tasks)
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        files = [entry for entry in desk.gateway.connector.delivered if entry.kind == "file"]
        assert len({entry.id for entry in files}) == 2
        assert files[0].payload == files[1].payload

    desk.run(story())


def test_that_files_of_a_visit_that_has_begun_go_once_it_has_ended(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "door.jpg"
    path.write_bytes(photo(200))
    take_company(desk)

    async def story() -> None:
        await started(desk)
        await calendar(desk)
        desk.app.screens.open("plan_appointment")
        await idle(desk)
        plan = desk.app.window.page("plan_appointment")
        assert isinstance(plan, PlanPage)
        plan.template.setCurrentIndex(0)
        plan.name.edit.setText("On my own")
        desk.tap(plan.preview)
        await idle(desk)
        preview = desk.app.window.open_sheet()
        assert isinstance(preview, PreviewSheet)
        desk.tap(preview.yes)
        await idle(desk)
        record = own(desk)[0].id
        page = await opened(desk, "appointment", record=record)
        assert isinstance(page, VisitPage)
        page.description.setPlainText("Begun")
        page.flush()
        await idle(desk)
        await desk.app.screens.opener("appointment").visit.begin()  # type: ignore[attr-defined]
        dropped(desk, page, path)
        desk.tap((await question_of(desk)).add)
        (row,) = (await sheet_of(desk)).findChildren(FileRow)
        assert row.file.name == "door.jpg"
        (await sheet_of(desk)).close_sheet()
        desk.tap(page.buttons["complete"])
        await idle(desk)
        desk.app.window.show_page("main", root=True)
        assert await desk.synchronize() == "ok"
        kinds = [(entry.kind, entry.payload.get("file_name")) for entry in desk.gateway.connector.delivered]
        assert kinds == [("appointment", None), ("file", "door.jpg")]

    desk.run(story())
