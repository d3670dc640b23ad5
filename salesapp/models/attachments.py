"""Attachments for screens: the files of a record, adding one, viewing one."""

from pathlib import Path

from salesapp.models.workplace import Workplace
from salesapp.services import attachments as service
from salesapp.services import files
from salesapp.services.attachments import Attached, Candidate, Owner
from salesapp.services.own_work import WorkItem


class AttachmentSource:
    """Serves the sheets of attachments."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    async def attached_to(self, owner: Owner) -> list[Attached]:
        return await self._workplace.run(service.attached_to, owner)

    async def candidate(self, given: tuple[str, bytes] | Path) -> Candidate:
        """Reads a file, or a content with its name. Raises DeviceError if it cannot be added."""
        return await self._workplace.run(lambda _stores: _candidate(given))

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
        """Attaches a file, shrunk and without GPS position as requested; returns its record. Raises DeviceError."""
        return await self._workplace.run(
            service.add, candidate, owner, description=description, to_erp=to_erp, shrink=shrink, keep_place=keep_place
        )

    async def file(self, record: str) -> tuple[Attached, WorkItem] | None:
        return await self._workplace.run(service.read_file, record)

    async def choose_sending(self, record: str, *, to_erp: bool) -> None:
        """Raises TooLateError once it is sent."""
        await self._workplace.run(lambda stores: files.choose_sending(stores.work, record, to_erp=to_erp))

    async def remove(self, record: str) -> None:
        """Raises TooLateError once it is sent."""
        await self._workplace.run(lambda stores: files.remove(stores.work, record))

    async def save_copy(self, sha256: str, path: Path) -> None:
        """Writes an unencrypted copy. Raises DeviceError."""
        await self._workplace.run(files.save_copy, sha256, path)


def _candidate(given: tuple[str, bytes] | Path) -> Candidate:
    if isinstance(given, Path):
        return service.read_candidate(given)
    return service.checked(service.candidate_of(*given))
