"""Attachments as screens ask for them: files of a record, one that is about to be added, one that is looked at."""

from pathlib import Path

from salesapp.models.workplace import Workplace
from salesapp.services import attachments as service
from salesapp.services import files
from salesapp.services.attachments import Attached, Candidate, Owner
from salesapp.services.own_work import WorkItem


class AttachmentSource:
    """What the sheets of attachments ask of the device."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def attached_to(self, owner: Owner) -> list[Attached]:
        return await self._workplace.run(service.attached_to, owner)

    async def candidate(self, given: tuple[str, bytes] | Path) -> Candidate:
        """Looks at a file, or at a content with its name. Raises DeviceError for one that cannot be added."""
        return await self._workplace.run(lambda _stores: _looked_at(given))

    async def add(
        self,
        candidate: Candidate,
        owner: Owner,
        *,
        description: str = "",
        to_erp: bool = True,
        shrink: bool = False,
        keep_place: bool = False,
    ) -> str:
        """Shrinks and frees it of its place as asked, then keeps it; returns its record. Raises DeviceError."""
        return await self._workplace.run(
            service.add, candidate, owner, description=description, to_erp=to_erp, shrink=shrink, keep_place=keep_place
        )

    async def file(self, record: str) -> tuple[Attached, WorkItem] | None:
        return await self._workplace.run(service.read_file, record)

    async def choose_sending(self, record: str, *, to_erp: bool) -> None:
        """Raises TooLateError once it is on its way."""
        await self._workplace.run(lambda stores: files.choose_sending(stores.work, record, to_erp=to_erp))

    async def remove(self, record: str) -> None:
        """Raises TooLateError once it is on its way."""
        await self._workplace.run(lambda stores: files.remove(stores.work, record))

    async def save_copy(self, sha256: str, path: Path) -> None:
        """Raises DeviceError."""
        await self._workplace.run(files.save_copy, sha256, path)


def _looked_at(given: tuple[str, bytes] | Path) -> Candidate:
    if isinstance(given, Path):
        return service.read_candidate(given)
    return service.checked(service.candidate_of(*given))
