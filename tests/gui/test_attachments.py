"""Files on records: chosen, pasted, shrunk, and sent after the record they belong to."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from salesapp.views.appointments.plan import PlanPage, PreviewSheet
from salesapp.views.appointments.presenter import AppointmentPresenter
from salesapp.views.appointments.visit import VisitPage
from salesapp.views.attachments.file import FileSheet
from salesapp.views.attachments.sheets import AddSheet, FileRow, FilesSheet
from salesapp.views.parts.zoom import ZoomSheet
from salesapp.views.requests import OpenAppointment, OpenDocument, OpenWork, PlanAppointment
from salesapp.views.work.document_page import DocumentPage
from salesapp.views.work.page import WorkPage
from tests.gui.conftest import WindowDriver
from tests.gui.test_widgets import Tour
from tests.gui.test_work import opened, with_confirmed
from tests.gui.visiting import calendar, idle, own, started, take_company
from tests.pictures import photo


async def sheet_of(driver: WindowDriver) -> FilesSheet:
    await driver.until(lambda: isinstance(driver.app.window.open_sheet(), FilesSheet) and not driver.app._tasks)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, FilesSheet)
    return sheet


async def question_of(driver: WindowDriver) -> AddSheet:
    await driver.until(lambda: isinstance(driver.app.window.open_sheet(), AddSheet))
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, AddSheet)
    return sheet


def test_that_photos_of_an_order_are_sent_after_it_and_large_ones_are_shrunk(
    driver: WindowDriver, tmp_path: Path
) -> None:
    large = tmp_path / "shelf.jpg"
    large.write_bytes(photo(2_600, noise=True))
    placed = tmp_path / "door.jpg"
    placed.write_bytes(photo(place=True))

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        driver.tap(page.buttons["attach"])
        for path in (large, placed):
            (await sheet_of(driver)).path_given.emit(path)
            question = await question_of(driver)
            assert question.shrink.isChecked() == (path is large)
            driver.tap(question.add)
            await driver.until(lambda: not driver.app._tasks)
        sheet = await sheet_of(driver)
        sheet.close_sheet()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        kinds = [entry.kind for entry in driver.gateway.connector.delivered]
        assert kinds == ["document", "file", "file"]
        assert max(entry.payload.get("size", 0) for entry in driver.gateway.connector.delivered) <= 3 * 2**20

    driver.run(story())


def test_that_a_picture_can_be_pasted_and_a_program_is_refused_with_a_reason(
    driver: WindowDriver, tmp_path: Path
) -> None:
    program = tmp_path / "setup.jpg"
    program.write_bytes(b"MZ\x90\x00" + bytes(100))

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        driver.tap(page.buttons["attach"])
        sheet = await sheet_of(driver)
        sheet.path_given.emit(program)
        await driver.until(driver.app.window.message.isVisible)
        assert "setup.jpg" in driver.app.window.message.accessibleName()
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0)
        QGuiApplication.clipboard().setImage(image)
        driver.tap(sheet.paste)
        question = await question_of(driver)
        driver.tap(question.add)
        (row,) = (await sheet_of(driver)).findChildren(FileRow)
        assert "On device" in row.accessibleName()
        assert "Picture.png" in row.accessibleName()

    driver.run(story())


def dropped(driver: WindowDriver, widget: QWidget, *paths: Path) -> None:
    """Drops files from another program on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, keys = QPoint(20, 200), (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(where, *keys, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QCoreApplication.sendEvent(widget, QDropEvent(QPointF(where), *keys, Qt.KeyboardModifier.NoModifier))


def test_that_several_files_are_dropped_on_a_document_and_asked_about_in_turn(
    driver: WindowDriver, tmp_path: Path
) -> None:
    paths = []
    for name, content in (("a.jpg", photo(200)), ("b.exe", b"MZ" + bytes(50)), ("c.txt", b"list of shelves")):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(content)

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        dropped(driver, page, *paths)
        question = await question_of(driver)
        question.to_erp.click()
        driver.tap(question.add)
        await driver.until(lambda: driver.app.window.open_sheet() not in {None, question})
        assert driver.app.window.message.isVisible(), "the program was refused"
        assert "b.exe" in driver.app.window.message.accessibleName()
        driver.app.window.message.hide()
        question = await question_of(driver)
        question.description.edit.setText("What they have")
        driver.tap(question.add)
        sheet = await sheet_of(driver)
        shown = sorted(row.accessibleName() for row in sheet.findChildren(FileRow))
        assert [name.split(",")[0] for name in shown] == ["a.jpg", "c.txt"]
        assert "Stays here" in shown[0]
        assert "What they have" in shown[1]
        dropped(driver, sheet, paths[0])
        question = await question_of(driver)
        driver.tap(question.cancel)
        sheet = await sheet_of(driver)
        assert len(sheet.findChildren(FileRow)) == 2, "cancelled: nothing was added"
        sheet.close_sheet()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert [entry.payload.get("file_name") for entry in driver.gateway.connector.delivered] == [None, "c.txt"]

    driver.run(story())


async def file_of(driver: WindowDriver, name: str) -> FileSheet:
    """Returns a file of the open sheet."""
    row = next(row for row in (await sheet_of(driver)).findChildren(FileRow) if row.file.name == name)
    driver.tap(row)
    await driver.until(lambda: isinstance(driver.app.window.open_sheet(), FileSheet) and not driver.app._tasks)
    sheet = driver.app.window.open_sheet()
    assert isinstance(sheet, FileSheet)
    return sheet


def test_that_a_file_can_be_viewed_held_back_released_copied_and_removed(driver: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / "door.jpg"
    path.write_bytes(photo(200))

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        dropped(driver, page, path)
        driver.tap((await question_of(driver)).add)
        sheet = await file_of(driver, "door.jpg")
        driver.tap(sheet.buttons["look"])
        zoom = driver.app.window.open_sheet()
        assert isinstance(zoom, ZoomSheet)
        driver.tap(zoom.close_button)
        tour = Tour(driver)
        await tour.look("a file")
        tour.end()
        driver.tap(sheet.buttons["copy"])
        await driver.settle()
        dialog = driver.app.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.fileSelected.emit(str(tmp_path / "copy.jpg"))
        dialog.close()
        await idle(driver)
        assert (tmp_path / "copy.jpg").read_bytes() == path.read_bytes()
        driver.tap(sheet.buttons["hold"])
        sheet = await file_of(driver, "door.jpg")
        driver.tap(sheet.buttons["send"])
        sheet = await file_of(driver, "door.jpg")
        driver.tap(sheet.buttons["remove"])
        left = await sheet_of(driver)
        assert left.findChildren(FileRow) == []
        left.close_sheet()
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        assert [entry.kind for entry in driver.gateway.connector.delivered] == ["document"]

    driver.run(story())


def test_that_a_rejected_file_says_why_in_my_work_and_is_sent_again(driver: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / "door.jpg"
    path.write_bytes(photo(200))

    async def story() -> None:
        record = await with_confirmed(driver)
        page = await opened(driver, OpenDocument(record))
        assert isinstance(page, DocumentPage)
        dropped(driver, page, path)
        driver.tap((await question_of(driver)).add)
        (await sheet_of(driver)).close_sheet()
        driver.gateway.connector.rejected_kinds.add("file")
        driver.app.window.show_page("main", root=True)
        await driver.synchronize()
        driver.gateway.connector.rejected_kinds.clear()
        driver.app.window.show_page("main", root=True)
        work = await opened(driver, OpenWork())
        assert isinstance(work, WorkPage)
        work.choose("rejected")
        await driver.settle()
        if not work.rejection.isVisible():
            work.list.opened.emit(0)
        driver.tap(work.rejection.fix)
        await driver.until(lambda: isinstance(driver.app.window.open_sheet(), FileSheet) and not driver.app._tasks)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, FileSheet)
        driver.tap(sheet.buttons["send"])
        await driver.until(lambda: not driver.app._tasks)
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        files = [entry for entry in driver.gateway.connector.delivered if entry.kind == "file"]
        assert len({entry.id for entry in files}) == 2
        assert files[0].payload == files[1].payload

    driver.run(story())


def test_that_files_of_a_visit_are_sent_once_it_has_ended(driver: WindowDriver, tmp_path: Path) -> None:
    path = tmp_path / "door.jpg"
    path.write_bytes(photo(200))
    take_company(driver)

    async def story() -> None:
        await started(driver)
        await calendar(driver)
        driver.app.screens.open(PlanAppointment())
        await idle(driver)
        plan = driver.app.window.page("plan_appointment")
        assert isinstance(plan, PlanPage)
        plan.template.setCurrentIndex(0)
        plan.name.edit.setText("On my own")
        driver.tap(plan.preview)
        await idle(driver)
        preview = driver.app.window.open_sheet()
        assert isinstance(preview, PreviewSheet)
        driver.tap(preview.yes)
        await idle(driver)
        record = own(driver)[0].id
        page = await opened(driver, OpenAppointment(record=record))
        assert isinstance(page, VisitPage)
        page.description.setPlainText("Begun")
        page.flush()
        await idle(driver)
        await driver.app.screens.presenter(AppointmentPresenter).visit.begin()
        dropped(driver, page, path)
        driver.tap((await question_of(driver)).add)
        (row,) = (await sheet_of(driver)).findChildren(FileRow)
        assert row.file.name == "door.jpg"
        (await sheet_of(driver)).close_sheet()
        driver.tap(page.buttons["complete"])
        await idle(driver)
        driver.app.window.show_page("main", root=True)
        assert await driver.synchronize() == "ok"
        kinds = [(entry.kind, entry.payload.get("file_name")) for entry in driver.gateway.connector.delivered]
        assert kinds == [("appointment", None), ("file", "door.jpg")]

    driver.run(story())
