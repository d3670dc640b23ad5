"""A full disk and a wrong clock: reported as such, nothing is lost, and syncs recover."""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.pool import Pool

from salesapp import clock
from salesapp.domain.schema import SyncObject
from salesapp.gateway.tables import submission
from salesapp.protocol.records import Document, DocumentLine, FileRecord
from salesapp.services import documents, files
from salesapp.store import publishing
from salesapp.store.catalog import CatalogStore
from salesapp.store.history import History
from salesapp.store.outbox import Outbox
from salesapp.store.staging import Staging
from salesapp.store.tokens import device_series
from salesapp.sync.stages import negotiate
from salesapp.sync.values import Outcome, Progress, Stage
from tests.company import picture_row
from tests.conftest import GatewayUnderTest, Tablet, states
from tests.numerators import numerator
from tests.processes import TabletProcess

NUMERATOR = numerator()
MANY = 240


class LastProgress:
    """Hooks that keep the last progress: the stage in which a run ended."""

    stage = Stage.STARTING

    def progressed(self, progress: Progress) -> None:
        self.stage = progress.stage


def fill(gateway: GatewayUnderTest, seed: int) -> None:
    """Publishes many items with incompressible content that depends on the seed."""
    noise = random.Random(seed)
    forms = gateway.connector.company["items.forms"]
    for number in range(MANY):
        name = noise.randbytes(1200).hex()
        forms[f"B{number}"] = forms["I2"] | {"code": f"B{number}", "name": name, "ean": None}
    gateway.take()


def everything(tablet: Tablet) -> dict[str, object]:
    """Returns all rows, their proofs, and the size of the file in pages."""
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        found: dict[str, object] = {
            entry.key: store.rows(f'SELECT * FROM "{entry.table}" ORDER BY id') for entry in tablet.catalogue.all
        }
        return found | {"states": store.states(), "checkpoint": store.meta("checkpoint")}
    finally:
        store.close()


def pages(tablet: Tablet) -> int:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return int(str(store.rows("PRAGMA page_count")[0][0]))
    finally:
        store.close()


@contextmanager
def room_for(most: int) -> Iterator[None]:
    """Limits catalog.db to `most` pages: beyond them, SQLite reports a full disk."""

    def limit(connection: Any, *_: object) -> None:
        if connection.execute("PRAGMA database_list").fetchall()[0][2].endswith("catalog.db"):
            connection.execute(f"PRAGMA max_page_count={most}").close()

    event.listen(Pool, "checkout", limit)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", limit)


def test_that_a_disk_that_fills_up_during_changes_keeps_all_rows(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    fill(gateway, 1)
    tablet.sync()
    before, size = everything(tablet), pages(tablet)
    forms = gateway.connector.company["items.forms"]
    for number in range(100):
        forms[f"B{number}"]["name"] = random.Random(number).randbytes(1900).hex()
    forms["I1"]["name"] = "Renamed"
    gateway.take()
    stages: set[Stage] = set()
    for more in range(0, 800, 24):
        last = LastProgress()
        with room_for(size + more):
            outcome = tablet.sync(hooks=last)
        if outcome.outcome == "ok":
            break
        assert outcome.outcome == "failed"
        assert outcome.error is not None
        assert outcome.error.code == "device.disk_full"
        assert everything(tablet) == before
        stages.add(last.stage)
    assert stages == {Stage.FETCHING, Stage.PUBLISHING}
    assert outcome.outcome == "ok"
    assert states(outcome)["items.forms"] == "ok"
    assert tablet.sync().requests == 1


@pytest.mark.parametrize("is_first", [True, False])
def test_that_the_next_sync_recovers_from_a_disk_that_filled_up_during_a_full_one(
    tablet: Tablet, gateway: GatewayUnderTest, is_first: bool
) -> None:
    tablet.sync()
    size = pages(tablet)
    if is_first:
        shutil.rmtree(tablet.root)
    before = None if is_first else everything(tablet)
    fill(gateway, 2)
    with room_for(size + 20):
        outcome = tablet.sync(full=True)
    assert outcome.outcome == "failed"
    assert outcome.error is not None
    assert outcome.error.code == "device.disk_full"
    if before is not None:
        assert everything(tablet) == before
    work = tablet.work()
    assert (History(work).first_sync_succeeded_at() is None) == is_first
    work.close()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert all(entry.digest_ok for entry in outcome.objects)


def test_that_too_little_space_is_detected_before_anything_is_fetched(
    tablet: Tablet, gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet.sync()
    before = everything(tablet)
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    free = shutil.disk_usage(tablet.root).free
    with monkeypatch.context() as patched:
        patched.setattr(negotiate, "SPARE_BYTES", free + 2**40)
        outcome = tablet.sync()
    assert outcome.outcome == "failed"
    assert outcome.error is not None
    assert outcome.error.code == "device.disk_full"
    assert int(outcome.error.params["needed"]) > int(outcome.error.params["free"]) > 0
    assert outcome.requests == 1
    assert everything(tablet) == before
    assert tablet.sync().outcome == "ok"


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """Mounts a file system of this size."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kib}k,mode=700", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("a small file system cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("free_kib", [8, 300, 3000, 6000])
def test_that_a_full_file_system_loses_nothing(
    tmp_path: Path, gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch, free_kib: int
) -> None:
    monkeypatch.setattr(negotiate, "SPARE_BYTES", -(2**40))  # the disk fills up after the check
    with small_disk(tmp_path / "disk", 30_000) as disk:
        tablet = Tablet(disk / "tablet", gateway)
        tablet.sync()
        before = everything(tablet)
        work = tablet.work()
        documents.confirm(work, order(tablet), NUMERATOR, checkpoint="1-a")
        work.close()
        content = random.Random(9).randbytes(700_000)
        gateway.connector.pictures[hashlib.sha256(content).hexdigest()] = content
        gateway.connector.company["attachments.images"]["M3"] = picture_row("I1", content)
        fill(gateway, 3)
        other = disk / "other"
        other.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - free_kib * 1024)))
        outcome = tablet.sync()
        assert outcome.outcome == "failed"
        assert outcome.error is not None
        assert outcome.error.code == "device.disk_full"
        other.unlink()
        assert (everything(tablet) == before) == (states(outcome)["items.forms"] == "not_reached")
        outcome = tablet.sync()
        assert outcome.outcome == "ok", outcome
        assert tablet.sync().requests == 1
    assert sent(gateway) == 1


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are those of POSIX")
@pytest.mark.parametrize("blocks", [16, 600])
def test_that_a_file_that_may_not_grow_is_reported_with_exit_code_3(
    tmp_path: Path, gateway: GatewayUnderTest, blocks: int
) -> None:
    fill(gateway, 4)
    tablet = TabletProcess(tmp_path / "tablet", gateway.url, user="office")
    command = [sys.executable, "-m", "salesapp", *tablet.arguments("--json")]
    limited = subprocess.run(
        ["sh", "-c", f'ulimit -f {blocks}; exec "$@"', "sh", *command], capture_output=True, text=True, check=False
    )
    assert limited.returncode == 3, limited.stderr
    assert '"code":"device.write_failed"' in limited.stdout
    assert "Traceback" not in limited.stderr
    code, outcome = tablet.sync()
    assert (code, outcome["outcome"]) == (0, "ok"), outcome["error"]


def test_that_a_kill_between_publishing_and_cleaning_up_does_no_harm(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        """Simulates the end of the process."""

    class DyingStaging(Staging):
        def discard(self, entry: SyncObject) -> None:
            raise KilledError(entry.key)

    tablet.sync()
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "Staging", DyingStaging)
        with pytest.raises(KilledError):
            tablet.sync(full=True)
    outcome = tablet.sync(full=True)
    assert outcome.outcome == "ok", outcome
    assert tablet.sync().requests == 1


@pytest.mark.parametrize("is_gone", [True, False])
def test_that_a_damaged_own_file_is_rejected_and_the_rest_is_sent(
    tablet: Tablet, gateway: GatewayUnderTest, is_gone: bool
) -> None:
    tablet.sync()
    work = tablet.work()
    documents.confirm(work, order(tablet), NUMERATOR, checkpoint="1-a")
    for content in (b"first", b"second"):
        photo = FileRecord(
            owner_kind="customer",
            owner=order(tablet).customer,
            file_name="note.txt",
            media_type="text/plain",
            size=0,
            sha256="",
        )
        files.add_file(work, photo, content)
    path = tablet.account.own_files / f"{hashlib.sha256(b'first').hexdigest()}.sealed"
    if is_gone:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    outcome = tablet.sync()
    assert outcome.outcome == "failed"
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (2, 1, 0)
    found = [(item.kind, item.state, item.error_code) for item in Outbox(work).items()]
    assert found[1] == ("file", "rejected", "submission.unknown_record")
    assert [state for _, state, _ in found] == ["in_erp", "rejected", "in_erp"]
    work.close()
    assert tablet.sync().outcome == "ok"


# The clock.


def order(tablet: Tablet) -> Document:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    item, unit = (
        int(str(store.rows(f"SELECT min(id) FROM {name}")[0][0])) for name in ("items_forms", "directories_units")
    )
    customer = int(str(store.rows("SELECT min(id) FROM customers_customers")[0][0]))
    store.close()
    line = DocumentLine(
        line="1", item=item, unit=unit, quantity="2", unit_price="10.00", net="20.00", vat="4.60", gross="24.60"
    )
    return Document(
        type="sales_order",
        number="",
        issued_on="2026-03-02",
        currency="PLN",
        lines=[line],
        net="20.00",
        vat="4.60",
        gross="24.60",
        customer=customer,
    )


def sent(gateway: GatewayUnderTest) -> int:
    with gateway.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(submission)).scalar_one())


def when(text: str | None) -> datetime:
    assert text is not None
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def verified_at(tablet: Tablet) -> datetime:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        found = {when(state.verified_at) for state in store.states().values()}
    finally:
        store.close()
    assert len(found) == 1, "all objects were proven in the same run"
    return found.pop()


YEARS = timedelta(days=365)


@pytest.mark.parametrize(
    "offs",
    [
        (timedelta(), 9 * YEARS, timedelta()),
        (timedelta(), -9 * YEARS, timedelta()),
        (-30 * YEARS, 30 * YEARS, timedelta()),
    ],
    ids=["ahead", "back", "both"],
)
def test_that_a_clock_that_is_years_wrong_changes_neither_proof_nor_sending(
    tablet: Tablet, gateway: GatewayUnderTest, set_clock: Callable[[timedelta], None], offs: tuple[timedelta, ...]
) -> None:
    outcomes: list[Outcome] = []
    for number, off in enumerate(offs):
        set_clock(off)
        gateway.connector.company["items.forms"]["I1"]["name"] = f"Name {number}"
        gateway.take()
        if outcomes:
            work = tablet.work()
            documents.confirm(work, order(tablet), NUMERATOR, checkpoint="1-a")
            set_clock(off - YEARS)  # the later order has the earlier time
            documents.confirm(work, order(tablet), NUMERATOR, checkpoint="1-a")
            work.close()
            set_clock(off)
        outcome = tablet.sync()
        assert outcome.outcome == "ok", outcome
        assert all(entry.digest_ok for entry in outcome.objects)
        assert states(outcome)["items.forms"] == "ok"
        outcomes.append(outcome)
        shown = clock.now() + off  # ages follow the clock that the person sees
        assert abs(verified_at(tablet) - shown) < timedelta(minutes=1)
        assert abs(when(outcome.started_at) - shown) < timedelta(minutes=1)
        assert tablet.sync().requests == 1
    assert sent(gateway) == 2 * (len(offs) - 1)
    work = tablet.work()
    items = Outbox(work).items()
    runs = History(work).last_runs(2 * len(offs))
    first = History(work).first_sync_succeeded_at()
    series = device_series(work)
    work.close()
    assert {item.state for item in items} == {"in_erp"}
    numbers = [submission_["number"] for submission_ in delivered(gateway)]
    assert numbers == [f"SO-{number}/03/26/{series}" for number in range(1, 2 * len(offs) - 1)]
    assert len(runs) == 2 * len(offs)
    assert abs(when(runs[0].ended_at) - clock.now()) < timedelta(minutes=1), "the newest run is the last one"
    assert abs(when(first) - (clock.now() + offs[0])) < timedelta(minutes=1)


def delivered(gateway: GatewayUnderTest) -> list[dict[str, Any]]:
    return [dict(entry.payload) for entry in gateway.connector.delivered if entry.kind == "document"]


def test_that_a_clock_that_jumps_during_a_sync_changes_nothing(
    tablet: Tablet, gateway: GatewayUnderTest, set_clock: Callable[[timedelta], None]
) -> None:
    class Jumper:
        def __init__(self) -> None:
            self.off = timedelta()
            self.seen: list[Progress] = []

        def progressed(self, progress: Progress) -> None:
            self.off = -self.off + (YEARS if len(self.seen) % 2 else -YEARS)
            set_clock(self.off)
            self.seen.append(progress)

    jumper = Jumper()
    outcome = tablet.sync(hooks=jumper)
    assert outcome.outcome == "ok"
    assert 0 <= outcome.seconds < 60
    percents = [progress.percent for progress in jumper.seen]
    assert percents == sorted(percents)
    assert all(0 <= progress.seconds < 60 for progress in jumper.seen)
    assert all(0 <= entry.seconds < 60 for entry in jumper.seen[-1].sections[0].objects)
    set_clock(timedelta())
    assert tablet.sync().requests == 1
