"""Fetches the image files behind `attachments.images`: by digest, smallest first, several at a time, resumable.

A file that cannot be fetched is counted and tried again by the next sync; it never makes an object red.
"""

import asyncio
import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from salesapp.disk import flush_files, size_of, sweep
from salesapp.domain.catalogue import IMAGES, Catalogue
from salesapp.errors import AuthorizationError, GatewayError, NetworkError
from salesapp.protocol.limits import MAX_MEDIA_BYTES
from salesapp.protocol.messages import SHA256
from salesapp.protocol.paths import MEDIA
from salesapp.store.catalog import CatalogStore
from salesapp.store.encrypted import translate_os_errors
from salesapp.store.pictures import is_damaged
from salesapp.store.sealed import sealed_size
from salesapp.sync.context import Context
from salesapp.sync.download import download
from salesapp.sync.values import AttachmentProgress, ErrorValue, Stage

log = logging.getLogger(__name__)

PARALLEL = 4
MOST_LOST = 8
"""After so many files in a row without an answer the gateway counts as gone, and the rest is not asked for."""
SAMPLE, SAMPLE_OWN = 16, 4
"""Files of the catalogue and of the user that each sync compares with their digest, in milliseconds."""
QUOTA_BYTES = 2 * 2**30
"""Space for image files of the catalogue on the device; the smallest come first."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One file that rows of the object name."""

    sha256: str
    size: int


async def attachments(context: Context) -> None:
    """Fetches missing files and removes those that no row names any more."""
    files = await context.in_thread(wanted, context.catalogue, context.store)
    damaged = await asyncio.to_thread(_drop_damaged, context, files)
    await asyncio.to_thread(_look_into_own, context)
    missing = await asyncio.to_thread(_missing, context, files, damaged)
    if not missing:
        return
    context.run_state.stage = Stage.ATTACHMENTS
    context.run_state.attachments = AttachmentProgress(
        total=len(missing), bytes_expected=sum(file.size for file in missing)
    )
    queue, lost = list(reversed(missing)), 0

    async def worker() -> None:
        nonlocal lost
        while queue and lost < MOST_LOST:
            lost = 0 if await _answers(context, queue.pop()) else lost + 1

    async with asyncio.TaskGroup() as group:
        for _ in range(PARALLEL):
            group.create_task(worker())
    _update(context, failed=len(queue))
    await asyncio.to_thread(flush_files, [media_path(context.account.media, file.sha256) for file in missing])


def missing_bytes(context: Context, total: int) -> int:
    """Estimates the bytes to fetch before the rows that name the files are there: all less those on the device."""
    present = sum(size_of(path) for path in context.account.media.glob("*/*.sealed"))
    return max(0, total - present)


def media_path(folder: Path, sha256: str) -> Path:
    """Returns the path of an image file on the device."""
    return folder / sha256[:2] / f"{sha256}.sealed"


def wanted(catalogue: Catalogue, store: CatalogStore) -> dict[str, ImageFile]:
    """Returns the files that rows name, by digest. Ignores anything that is not a digest: it becomes a file name."""
    rows = store.read(catalogue.by_key[IMAGES], ("sha256", "size"))
    return {
        sha256: ImageFile(sha256, size)
        for sha256, size in rows
        if isinstance(sha256, str)
        and SHA256.fullmatch(sha256)
        and isinstance(size, int)
        and 0 < size <= MAX_MEDIA_BYTES
    }


def _drop_damaged(context: Context, wanted: dict[str, ImageFile]) -> set[str]:
    """Removes files that a power cut or the disk has damaged, so that they are fetched again; returns their digests.

    Each sync compares the size of every file, and the content of the few that were checked longest ago. A sync that
    fetches the object anew checks the content of all.
    """
    present = [path for path in context.account.media.glob("*/*.sealed") if path.stem in wanted]
    torn = [path for path in present if size_of(path) != sealed_size(wanted[path.stem].size)]
    sample = _longest_unseen(path for path in present if path not in set(torn))
    if not (context.options.full or IMAGES in context.options.fresh):
        sample = sample[:SAMPLE]
    damaged = [*torn, *(path for path in sample if _is_damaged(context, path))]
    if damaged:
        log.warning("%d image files are damaged and are fetched again", len(damaged))
    sweep(damaged)  # a file that another program holds is replaced by the download
    return {path.stem for path in damaged}


def _look_into_own(context: Context) -> None:
    """Warns of damaged files that the representative added. They stay, because nothing can replace them."""
    for path in _longest_unseen(context.account.own_files.glob("*.sealed"))[:SAMPLE_OWN]:
        if is_damaged(path, context.key, path.stem):
            name = context.outbox.file_name(path.stem)
            context.run_state.warnings.append(ErrorValue("device.own_file_damaged", {"name": name}))
        _seen(path)


def _longest_unseen(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: (_time_of(path), path.name))


def _time_of(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:  # the window has just removed it
        return 0


def _is_damaged(context: Context, path: Path) -> bool:
    """Checks a file's content, and notes the check in its modification time."""
    found = is_damaged(path, context.key, path.stem)
    _seen(path)
    return found


def _seen(path: Path) -> None:
    with suppress(OSError):  # checked again next time
        os.utime(path)


def _missing(context: Context, wanted: dict[str, ImageFile], damaged: set[str]) -> list[ImageFile]:
    """Returns the files to fetch within the quota, smallest first; removes files that are not wanted any more."""
    named: dict[str, list[Path]] = {}
    for path in context.account.media.glob("[0-9a-f][0-9a-f]/*"):
        named.setdefault(path.name.split(".", 1)[0], []).append(path)
    sweep(path for sha256, paths in named.items() if sha256 not in wanted for path in paths)
    present = {
        sha256
        for sha256, paths in named.items()
        if sha256 in wanted and sha256 not in damaged and any(path.suffix == ".sealed" for path in paths)
    }
    room = QUOTA_BYTES - sum(wanted[sha256].size for sha256 in present)
    missing: list[ImageFile] = []
    for file in sorted(wanted.values(), key=lambda file: (file.size, file.sha256)):
        if file.sha256 not in present:
            room -= file.size
            if room < 0:
                break
            missing.append(file)
    return missing


async def _answers(context: Context, file: ImageFile) -> bool:
    """Fetches a file and counts it; returns False if it failed for want of any answer."""
    path = media_path(context.account.media, file.sha256)
    with translate_os_errors():
        path.parent.mkdir(parents=True, exist_ok=True)

    def count(change: int) -> None:
        _update(context, bytes=change)

    url = f"{MEDIA}/{file.sha256}"
    try:
        came = await download(
            context.transport, url, path, context.key, size=file.size, sha256=file.sha256, on_bytes=count
        )
    except GatewayError:
        came, answers = False, True
    except AuthorizationError as error:
        if error.code != "auth.forbidden":
            raise
        came, answers = False, True
    except NetworkError as error:
        if error.code == "network.captive_portal":
            raise
        came = answers = False
    else:
        answers = True
    _update(context, fetched=int(came), failed=int(not came))
    return answers


def _update(context: Context, **changes: int) -> None:
    done = context.run_state.attachments
    context.run_state.attachments = msgspec.structs.replace(
        done, **{name: getattr(done, name) + change for name, change in changes.items()}
    )
