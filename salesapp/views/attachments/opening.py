"""Opens the files of a record, and takes new ones in."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from salesapp.models import attachments
from salesapp.models.attachments import Candidate, OwnerKind
from salesapp.views.attachments.sheets import AddSheet, FilesSheet
from salesapp.views.screens import Opener


class AttachmentSheets(Opener):
    """`open_attachments` names the record that files belong to."""

    def open_attachments(
        self, owner_kind: OwnerKind, owner: int | None = None, owner_submission: str = "", title: str = ""
    ) -> None:
        sheet = FilesSheet(self.window, title)
        place = (owner_kind, owner, owner_submission, title)
        sheet.choose_requested.connect(lambda: self._choose(sheet, place))
        sheet.path_given.connect(lambda path: self.screens.spawn(self._look_at(sheet, place, path)))
        sheet.content_given.connect(
            lambda name, content: self.screens.spawn(self._look_at(sheet, place, Path(name), content))
        )
        self.screens.spawn(self._show(sheet, place))

    async def _show(self, sheet: FilesSheet, place: tuple[OwnerKind, int | None, str, str]) -> None:
        kind, owner, submission, _title = place
        files = await self.workplace.run(attachments.attached_to, kind, owner=owner, owner_submission=submission)
        sheet.show_files(files)
        sheet.open()

    def _choose(self, sheet: FilesSheet, place: tuple[OwnerKind, int | None, str, str]) -> None:
        """The system's file dialog, beside the window's loop."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self.window, self.tr("Choose a file"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.screens.spawn(self._look_at(sheet, place, Path(name))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def _look_at(
        self,
        sheet: FilesSheet,
        place: tuple[OwnerKind, int | None, str, str],
        path: Path,
        content: bytes | None = None,
    ) -> None:
        """What it is, and how it is to be added."""
        if content is None:
            candidate = await self.workplace.run(lambda _shelf: attachments.read_candidate(path))
        else:
            given = content
            candidate = await self.workplace.run(lambda _shelf: attachments.candidate_of(path.name, given))
        sheet.close_sheet()
        question = AddSheet(self.window, candidate)
        question.added.connect(lambda *answer: self.screens.spawn(self._add(place, candidate, *answer)))
        question.open()

    async def _add(
        self,
        place: tuple[OwnerKind, int | None, str, str],
        candidate: Candidate,
        description: str,
        to_erp: bool,
        shrink: bool,
        keep_place: bool,
    ) -> None:
        kind, owner, submission, title = place
        await self.workplace.run(
            attachments.add,
            candidate,
            kind,
            owner=owner,
            owner_submission=submission,
            description=description,
            to_erp=to_erp,
            shrink=shrink,
            keep_place=keep_place,
        )
        self.screens.saved()
        self.open_attachments(kind, owner, submission, title)
