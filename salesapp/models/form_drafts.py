"""Drafts of forms as screens ask for them: what was typed and is not saved yet."""

from collections.abc import Mapping

from salesapp.models.workplace import Workplace
from salesapp.services import form_drafts
from salesapp.services.form_drafts import Typed


class FormDraftSource:
    """Reads and keeps the drafts of an account's forms, outside the window's thread."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def load(self, form: str) -> dict[str, Typed]:
        """Returns the changed fields of a form by name; empty if nothing is kept."""
        return await self._workplace.run(form_drafts.load, form)

    async def keep(self, form: str, typed: Mapping[str, Typed]) -> None:
        """Keeps the changed fields of a form; none of them drops its draft."""
        await self._workplace.run(form_drafts.keep, form, typed)
