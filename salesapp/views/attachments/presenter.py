"""Opens the files of a record or one of them, and adds new ones."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from salesapp.domain.files import safe_name
from salesapp.errors import UserFacingError
from salesapp.models.attachments import AttachmentSource
from salesapp.services.attachments import Attached, Candidate, Owner
from salesapp.services.files import TooLateError
from salesapp.views.attachments.file import FileSheet
from salesapp.views.attachments.sheets import AddSheet, FilesSheet
from salesapp.views.parts.camera import CameraSheet
from salesapp.views.parts.pictures import Pictures
from salesapp.views.parts.zoom import ZoomSheet
from salesapp.views.requests import NewFile, OpenAttachments, OpenFile
from salesapp.views.screens import Presenter, Screens


class AttachmentSheets(Presenter):
    """The files of one record at a time."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = AttachmentSource(screens.workplace)
        self._pictures = Pictures(self.workplace, screens.spawn, self)
        self.shows(OpenAttachments, self._open)
        self.shows(OpenFile, lambda request: screens.spawn(self._show_file(request.record, None, "")))

    def _open(self, request: OpenAttachments) -> None:
        if request.new_files:
            self.screens.spawn(self._begin(request.owner, request.title, list(request.new_files)))
        else:
            self.screens.spawn(self._show(request.owner, request.title))

    async def _show(self, place: Owner, title: str) -> None:
        sheet = FilesSheet(self.window, title)
        waiting: list[NewFile] = []

        def add(one: NewFile) -> None:
            waiting.append(one)
            if len(waiting) == 1:  # the other files of the same drop follow
                self.screens.spawn(self._begin(place, title, waiting, sheet))

        sheet.choose_requested.connect(lambda: self._choose(add))
        sheet.photo_requested.connect(lambda: self._photograph(sheet, place, title))
        sheet.path_given.connect(add)
        sheet.content_given.connect(lambda name, content: add((name, content)))
        sheet.file_requested.connect(lambda file: self._open_file(sheet, file, place, title))
        sheet.show_files(await self._source.attached_to(place))
        sheet.open()

    def _photograph(self, sheet: FilesSheet, place: Owner, title: str) -> None:
        """Takes a photo with the system's camera; opens the list again if there is none."""
        sheet.close_sheet()
        camera, photos = CameraSheet(self.window), list[NewFile]()
        camera.taken.connect(photos.append)
        camera.taken.connect(lambda _path: self.screens.spawn(self._begin(place, title, photos)))
        camera.cancelled.connect(lambda: self.screens.spawn(self._show(place, title)))
        camera.open()

    def _choose(self, add: Callable[[NewFile], None]) -> None:
        """Opens the system's file dialog, which does not block the event loop."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self.window, self.tr("Choose a file"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: _each(add, names))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _begin(self, place: Owner, title: str, new_files: list[NewFile], sheet: FilesSheet | None = None) -> None:
        await self._ask_next(place, title, new_files, sheet)

    async def _ask_next(
        self, place: Owner, title: str, new_files: list[NewFile], sheet: FilesSheet | None = None
    ) -> bool:
        """Asks how to add the first file that can be added; the others follow. Returns False if there is none."""
        while new_files:
            try:
                candidate = await self._source.candidate(new_files[0])
            except UserFacingError as error:  # goes on with the next one
                self.screens.show_error(error)
                continue
            finally:
                new_files.pop(0)
            if sheet is not None:
                sheet.close_sheet()
            self._ask_about(candidate, place, title, new_files)
            return True
        return False

    def _ask_about(self, candidate: Candidate, place: Owner, title: str, new_files: list[NewFile]) -> None:
        question = AddSheet(self.window, candidate)
        question.closed.connect(
            lambda: self.screens.spawn(self._after(place, title, new_files, candidate, question.answer))
        )
        question.open()

    async def _after(
        self,
        place: Owner,
        title: str,
        new_files: list[NewFile],
        candidate: Candidate,
        answer: tuple[str, bool, bool, bool] | None,
    ) -> None:
        """Adds the file unless the user cancelled, and goes on with the next one; shows the list at the end."""
        if answer is not None:
            description, to_erp, shrink, keep_place = answer
            await self._source.add(
                candidate,
                place,
                description=description,
                to_erp=to_erp,
                shrink=shrink,
                keep_place=keep_place,
            )
            self.screens.saved()
        if not await self._ask_next(place, title, new_files):
            await self._show(place, title)

    # One file

    def _open_file(self, sheet: FilesSheet, file: Attached, place: Owner, title: str) -> None:
        sheet.close_sheet()
        if file.record:
            self.screens.spawn(self._show_file(file.record, place, title))
        else:
            self._watch(FileSheet(self.window, file, None), file, place, title)

    async def _show_file(self, record: str, place: Owner | None, title: str) -> None:
        found = await self._source.file(record)
        if found is not None:
            file, item = found
            self._watch(FileSheet(self.window, file, item), file, place, title)

    def _watch(self, sheet: FileSheet, file: Attached, place: Owner | None, title: str) -> None:
        what = {
            "look": lambda: ZoomSheet(self.window, self._pictures, file.sha256, file.name).open(),
            "copy": lambda: self._choose_target(file),
            "send": lambda: self._change(sheet, self._source.choose_sending(file.record, to_erp=True)),
            "hold": lambda: self._change(sheet, self._source.choose_sending(file.record, to_erp=False)),
            "remove": lambda: self._change(sheet, self._source.remove(file.record)),
        }
        sheet.action_requested.connect(lambda name: what[name]())
        if place is not None:
            sheet.closed.connect(lambda: self.screens.spawn(self._show(place, title)))
        sheet.open()

    def _change(self, sheet: FileSheet, change: Coroutine[Any, Any, None]) -> None:
        self.screens.spawn(self._after_change(sheet, change))

    async def _after_change(self, sheet: FileSheet, change: Coroutine[Any, Any, None]) -> None:
        try:
            await change
        except TooLateError:
            self._show_too_late()
        if self.window.open_sheet() is sheet:
            sheet.close_sheet()
        self.screens.saved()

    def _show_too_late(self) -> None:
        self.window.message.show_message(
            "held_back",
            self.tr("It is on its way already"),
            self.tr("Sending has begun, so the file cannot be taken back any more. Nothing was changed."),
            self.tr("Close"),
        )

    def _choose_target(self, file: Attached) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self.window, self.tr("Save a copy"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(safe_name(file.name))
        dialog.fileSelected.connect(lambda name: self.screens.spawn(self._save_copy(file, Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _save_copy(self, file: Attached, path: Path) -> None:
        await self._source.save_copy(file.sha256, path)
        self.window.message.show_message("ok", lambda: self.tr("Saved"), str(path), lambda: self.tr("Close"))


def _each(add: Callable[[NewFile], None], names: Sequence[str]) -> None:
    for name in names:
        add(Path(name))
