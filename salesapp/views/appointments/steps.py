"""Carries out elements of the open visit: answers, rejections with a reason, and records made on other screens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from salesapp.domain.appointments import completed, rejected, reopened
from salesapp.domain.objects.appointments import Element
from salesapp.errors import DeviceError
from salesapp.models.appointments import AppointmentSource, VisitModel
from salesapp.views.appointments.elements import ElementSheet
from salesapp.views.appointments.sheets import ReasonSheet
from salesapp.views.parts.camera import CameraSheet
from salesapp.views.requests import NewOrder, NewTravel, OpenDocument, OpenOrder, OpenTravelEntry
from salesapp.views.screens import Screens

VISIT = "appointment"
"""The page of the open visit."""


class ElementSteps(QObject):
    """The elements of one visit. `refuse` shows on its page why something is not possible."""

    def __init__(
        self, screens: Screens, visit: VisitModel, source: AppointmentSource, refuse: Callable[[str], None]
    ) -> None:
        super().__init__(screens)
        self.screens, self.window = screens, screens.window
        self.visit, self._source = visit, source
        self._refuse = refuse

    def open(self, position: int) -> None:
        view = self.visit.view
        if view is None:
            return
        element = view.elements[position]
        kind = "travel" if element.kind == "travel" else element.document_type if element.kind == "document" else ""
        made = [entry for entry in self.visit.made if entry.kind == kind]
        sheet = ElementSheet(self.window, element, made, is_open="execute" in view.can)
        sheet.kept.connect(lambda answers: self._set(position, replace(element, answers=answers)))
        sheet.completed.connect(lambda answers: self._set(position, completed(element, answers)))
        sheet.reopened.connect(lambda: self._set(position, reopened(element)))
        sheet.rejected.connect(lambda answers: self._ask_element_reason(position, replace(element, answers=answers)))
        sheet.screen_requested.connect(lambda what: self.screens.spawn(self._make(position, element, what)))
        sheet.open()

    async def _save(self, position: int, element: Element) -> None:
        await self.visit.set_element(position, element)

    def _set(self, position: int, element: Element) -> None:
        self.screens.spawn(self._save(position, element))

    def _ask_element_reason(self, position: int, element: Element) -> None:
        sheet = ReasonSheet(
            self.window,
            lambda: self.tr("Why not “{name}”?").format(name=element.name),
            lambda: self.tr("It counts as done, and the office sees the reason."),
            lambda: self.tr("Not done"),
        )
        sheet.reason_given.connect(lambda reason: self._set(position, rejected(element, reason)))
        sheet.open()

    async def _make(self, position: int, element: Element, what: str) -> None:
        """Opens the screen for an element's record: an order, a travel entry, a photo."""
        word, _, made = what.partition(" ")
        if element.kind == "photo":
            (self._photograph if what == "camera" else self._choose_photo)(position)
            return
        if element.kind == "document" and word == "new" and not self._has_customer():
            self._refuse("no_customer")
            return
        record = await self.visit.begin()
        view = self.visit.view
        if not record or view is None:
            return
        if element.kind == "travel":
            self.screens.open(OpenTravelEntry(made) if word == "open" else NewTravel(record))
        elif word == "open":
            entry = next(one for one in self.visit.made if one.record == made)
            if entry.is_confirmed:
                self.screens.open(OpenDocument(made))
            else:
                self.screens.open(OpenOrder(made))
        else:
            self.screens.open(
                NewOrder(view.visit.customer, view.visit.new_customer, element.document_type, appointment=record)
            )

    def _has_customer(self) -> bool:
        visit = self.visit.view.visit if self.visit.view else None
        return visit is not None and (visit.customer is not None or bool(visit.new_customer))

    def _photograph(self, position: int) -> None:
        """Takes a photo with the system's camera; opens the element again if there is none."""
        camera = CameraSheet(self.window)
        camera.taken.connect(lambda path: self.screens.spawn(self.add_photos(position, [path])))
        camera.cancelled.connect(lambda: self.open(position))
        camera.open()

    def _choose_photo(self, position: int) -> None:
        """Opens the system's file dialog, which does not block the event loop."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        dialog = QFileDialog(self.window, self.tr("Choose photos"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Photos") + " (*.jpg *.jpeg *.png *.webp *.bmp)")
        dialog.filesSelected.connect(
            lambda names: self.screens.spawn(self.add_photos(position, [Path(name) for name in names]))
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def add_photos(self, position: int, paths: Sequence[Path]) -> None:
        """Adds pictures to an element and opens it again; shows an error for files that are not pictures.

        After an error the element stays closed, as its sheet would cover the message.
        """
        has_failed = False
        for path in paths:
            try:
                await self.visit.add_photo(position, await self._source.photo(path))
            except DeviceError as error:
                self.screens.show_error(error)
                has_failed = True
        if not has_failed and self.visit.view is not None and self.window.current == VISIT:
            self.open(position)
