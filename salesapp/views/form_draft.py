"""Keeps the input of a form until it is saved: through Back, a restart, and a crash."""

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance

from salesapp.models.form_drafts import FormDraftSource
from salesapp.services.form_drafts import Typed
from salesapp.views.parts.frame import Page
from salesapp.views.screens import Screens

SAVE_AFTER_MS = 150


class DraftForm(Protocol):
    """A form whose fields can be read and filled by name; `edited`: a field has changed."""

    edited: SignalInstance

    def values(self) -> dict[str, Typed]: ...

    def fill(self, values: Mapping[str, Typed]) -> None: ...


class FormDraft(QObject):
    """The draft of one form, by name; keeps only values that differ from those the form opened with.

    Make it when the form is filled, then call `resume`; call `end` once the form is saved.
    """

    def __init__(self, screens: Screens, page: Page, form: DraftForm, name: str) -> None:
        super().__init__(page)
        self._screens, self._form, self._name = screens, form, name
        self._source = FormDraftSource(screens.workplace)
        self._first = form.values()
        self._is_over = self._is_told = False
        self._timer = QTimer(self, interval=SAVE_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._keep)
        form.edited.connect(self._on_edited)
        page.back_requested.connect(self._on_left)

    async def resume(self) -> None:
        """Restores earlier input, and shows a message."""
        typed = await self._source.load(self._name)
        if not typed or self._is_over:
            return
        self._form.fill(typed)
        self._is_told = True
        self._screens.window.message.show_message(
            "note",
            lambda: self.tr("What you typed before is here again"),
            lambda: self.tr("It was not saved yet."),
            lambda: self.tr("Begin anew"),
            act=self._begin_anew,
        )

    def end(self) -> None:
        """Drops the draft, when the form is saved or another one replaces it."""
        self.leave()
        self._screens.spawn(self._store({}))

    def leave(self) -> None:
        """Stops keeping input, but leaves the draft. Call it before the page is removed."""
        self._on_left()
        self._is_over = True

    def _on_edited(self) -> None:
        if not self._is_over:
            self._timer.start()

    def _on_left(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        self._hide_message()

    def _keep(self) -> None:
        typed = {name: value for name, value in self._form.values().items() if value != self._first.get(name)}
        if not self._is_over:
            self._screens.spawn(self._store(typed))

    async def _store(self, typed: dict[str, Typed]) -> None:
        await self._source.keep(self._name, typed)

    def _begin_anew(self) -> None:
        self._form.fill(self._first)
        self._keep()

    def _hide_message(self) -> None:
        if self._is_told:
            self._is_told = False
            self._screens.window.message.hide()
