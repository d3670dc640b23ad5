"""Answers with values that no gateway sends: the sync ends by itself, and stores nothing that affects a later one."""

import asyncio
import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from salesapp.domain.catalogue import CATALOGUE
from salesapp.errors import UserFacingError
from salesapp.protocol import limits
from salesapp.protocol.paths import SUBMISSIONS, UPLOADS
from salesapp.protocol.records import FileRecord
from salesapp.services import files
from salesapp.store.catalog import CatalogStore
from salesapp.store.outbox import Outbox
from salesapp.store.tables import token
from salesapp.store.tokens import TokenStore
from salesapp.sync import transport
from salesapp.sync.stages.attachments import wanted
from salesapp.sync.stock import check_stock
from salesapp.sync.values import Outcome
from tests.conftest import GatewayUnderTest, Tablet, serving, states
from tests.hostile import NASTY, Change, Place, falsified, places, rotated, saying
from tests.pictures import photo
from tests.sync.test_sending import keys, place

NO_JSON = ("NaN", "a lone surrogate", "deep nesting")
"""Replacements of a whole answer that are invalid or unreadable JSON."""
ALONE = [entry.key for entry in CATALOGUE.all if not any(entry.key in other.needs() for other in CATALOGUE.all)]
"""Objects without dependents."""
SEVERAL = ("directories.travel_types", "directories.units", "items.prices")
"""The objects to refetch when not all are needed."""


@pytest.fixture(scope="module")
def gateway(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayUnderTest]:
    """Shared by all tests here: each ends with a successful sync."""
    with serving(published, tmp_path_factory.mktemp("hostile") / "gateway") as under_test:
        yield under_test


@pytest.fixture(scope="module")
def synced(gateway: GatewayUnderTest, tmp_path_factory: pytest.TempPathFactory) -> Tablet:
    tablet = Tablet(tmp_path_factory.mktemp("hostile") / "tablet", gateway)
    assert tablet.sync().outcome == "ok"
    return tablet


@pytest.fixture(autouse=True)
def honest_afterwards(gateway: GatewayUnderTest) -> Iterator[None]:
    yield
    gateway.answers.tell_the_truth()


@pytest.fixture
def step(request: pytest.FixtureRequest) -> int:
    """The step between the values of a place: with `--long` each place gets every value."""
    return 1 if request.config.getoption("--long") else 5


def contents(tablet: Tablet) -> list[list[tuple[int | str | None, ...]]]:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return [store.rows(f'SELECT * FROM "{entry.table}" ORDER BY id') for entry in tablet.catalogue.all]
    finally:
        store.close()


def ends(outcome: Outcome) -> None:
    """Checks that the run ended without a bug."""
    assert outcome.outcome != "error", outcome.error


def recovers(tablet: Tablet, gateway: GatewayUnderTest, expected: list[list[tuple[int | str | None, ...]]]) -> None:
    gateway.answers.tell_the_truth()
    outcome = tablet.sync()
    assert outcome.outcome == "ok", (outcome.error, states(outcome))
    assert contents(tablet) == expected


def plan_places(manifest: Any) -> list[Place]:
    """Returns every place in the plan of one object, including its first segment."""
    number = next(n for n, plan in enumerate(manifest["objects"]) if plan["segments"])
    return [place[2:] for place in places(manifest) if place[:2] == ("objects", number) and len(place) > 2]


READABLE = [name for name in NASTY if name not in NO_JSON]


def falsified_plans(first: int, touched: list[str]) -> Change:
    """Falsifies one field per object with readable values, from the `first` on."""

    def change(manifest: Any) -> Any:
        del touched[:]
        wanted = iter(plan_places(manifest))
        names = itertools.islice(itertools.cycle(READABLE), first, None)
        for index, plan in enumerate(manifest["objects"]):
            if plan["key"] in ALONE and (place := next(wanted, None)) is not None:
                touched.append(plan["key"])
                manifest["objects"][index] = msgspec.Raw(falsified(plan, place, NASTY[next(names)]))
        return manifest

    return change


@pytest.mark.parametrize("turn", range(8))
def test_that_wrong_plans_leave_other_objects_correct(
    synced: Tablet, gateway: GatewayUnderTest, step: int, turn: int
) -> None:
    before = contents(synced)
    touched: list[str] = []
    for first in range(turn * 4, turn * 4 + 4, step):
        gateway.answers.tell("/v1/manifest", falsified_plans(first, touched))
        outcome = synced.sync(full=True)
        assert outcome.error is None, first
        assert len(touched) >= 16
        assert contents(synced) == before, first
        assert {state for key, state in states(outcome).items() if key not in touched} == {"ok"}, first
        recovers(synced, gateway, before)


@pytest.mark.parametrize("name", NO_JSON)
def test_that_unreadable_plans_end_the_run(synced: Tablet, gateway: GatewayUnderTest, name: str) -> None:
    before = contents(synced)

    def change(manifest: Any) -> Any:
        place = plan_places(manifest)[0]
        manifest["objects"] = [msgspec.Raw(falsified(plan, place, NASTY[name])) for plan in manifest["objects"][:1]]
        return manifest

    gateway.answers.tell("/v1/manifest", change)
    outcome = synced.sync(full=True)
    ends(outcome)
    assert outcome.error is not None
    assert outcome.error.code == "gateway.malformed"
    assert contents(synced) == before
    recovers(synced, gateway, before)


def test_that_a_rotation_uses_every_value() -> None:
    for fields, each in ((RECEIPT, 5), (STOCK, 8), (UPLOAD, 16)):
        assert {name for _, name in rotated(fields, each)} == set(NASTY)


FULL = {"unchanged": False, "known": True, "scopes": [1]}
MANIFEST_FIELDS = ("checkpoint", "unchanged", "known", "root", "scopes", "objects", "media_files", "media_bytes")


@pytest.mark.parametrize("field", MANIFEST_FIELDS)
def test_that_a_wrong_field_of_a_manifest_affects_no_later_sync(
    synced: Tablet, gateway: GatewayUnderTest, step: int, field: str
) -> None:
    before = contents(synced)
    for name in list(NASTY)[MANIFEST_FIELDS.index(field) % step :: step]:
        gateway.answers.tell("/v1/manifest", saying((field,), name, FULL))
        ends(synced.sync(fresh=SEVERAL))
        recovers(synced, gateway, before)


SCOPES: list[list[Any]] = [
    [2**63], [2**31], [-1], list(range(300_000)), list(range(20_000)), ["1"], [1.5], [None], [1, 2**64], [],
]  # fmt: skip
LATER: list[dict[str, Any]] = [{}, {"full": True}, {"fresh": ("items.prices",)}]


@pytest.mark.parametrize("number", range(len(SCOPES)))
def test_that_invalid_scopes_are_never_stored(
    synced: Tablet, gateway: GatewayUnderTest, step: int, number: int
) -> None:
    before = contents(synced)
    for options in LATER if step == 1 else [{}, LATER[1 + number % 2]]:
        gateway.answers.tell("/v1/manifest", lambda manifest: manifest | {"scopes": SCOPES[number]})
        ends(synced.sync(fresh=SEVERAL))
        gateway.answers.tell_the_truth()
        assert synced.sync(**options).outcome == "ok"
        assert contents(synced) == before


def test_that_invalid_scopes_and_tokens_of_an_older_version_are_dropped(
    synced: Tablet, gateway: GatewayUnderTest
) -> None:
    before = contents(synced)
    for stored in (str(2**63), ",".join(map(str, range(300_000))), "no number", "-4"):
        store = CatalogStore.open(synced.account.catalog_path, synced.key, synced.catalogue)
        with store.transaction():
            store.set_meta("scopes", stored)
        store.close()
        recovers(synced, gateway, before)
    work = synced.work()
    with work.write() as connection:
        connection.execute(token.update().values(token="żółty"))
    work.close()
    recovers(synced, gateway, before)


LOGON = ("token", "gateway", "user", "series", "formerly")
TOKENS = ("a text", "a path", "an exponent as text")  # a plausible one


@pytest.mark.parametrize("field", LOGON)
def test_that_a_wrong_logon_stores_nothing(synced: Tablet, gateway: GatewayUnderTest, step: int, field: str) -> None:
    before = contents(synced)
    for name in list(NASTY)[LOGON.index(field) % step :: step]:
        work = synced.work()
        tokens = TokenStore(work, uses_keyring=False)
        tokens.forget(gateway.url)
        gateway.answers.tell("/v1/logon", saying((field,), name))
        outcome = synced.sync()
        ends(outcome)
        if outcome.outcome != "ok" and name not in TOKENS:
            with work.read() as connection:
                assert connection.execute(select(token.c.token)).all() == [], name
        work.close()
        gateway.answers.tell_the_truth()
        if synced.sync().outcome != "ok":  # a plausible token is refused once
            assert synced.outcomes[-1].outcome == "unauthorized"
        recovers(synced, gateway, before)


RECEIPT = ("id", "state", "revision", "erp_number", "code", "field", "params")
WHOLE_RECEIPT = {"erp_number": "", "code": "", "field": "", "params": {}}


def test_that_a_record_with_a_wrong_receipt_stays_waiting(synced: Tablet, gateway: GatewayUnderTest) -> None:
    for field, name in rotated(RECEIPT, 5):
        work = synced.work()
        submission = place(synced, work)
        gateway.answers.tell(SUBMISSIONS, saying((field,), name, WHOLE_RECEIPT))
        ends(synced.sync())
        gateway.answers.tell_the_truth()
        assert synced.sync().outcome == "ok", (field, name)
        found = next(item for item in Outbox(work).items() if submission in (item.record, item.id))
        assert found.state in {"received", "in_erp"}, (field, name)
        work.close()


def test_that_a_receipt_with_a_huge_revision_does_not_affect_later_syncs(
    synced: Tablet, gateway: GatewayUnderTest
) -> None:
    work = synced.work()
    place(synced, work)
    gateway.answers.tell(SUBMISSIONS, lambda told: told | {"revision": 10**18 - 1})
    ends(synced.sync())
    gateway.answers.tell_the_truth()
    assert synced.sync().outcome == "ok"
    assert synced.sync().requests == 1
    assert Outbox(work).newest_revision() < 10**6
    work.close()


@pytest.mark.parametrize("missing", [None, "all", ["x"] * 5, ["x"] * 300_000, [1], [""], "NUL"])
def test_that_a_wrong_answer_about_known_records_loses_nothing(
    synced: Tablet, gateway: GatewayUnderTest, missing: Any
) -> None:
    def change(answer: Any) -> Any:
        if "missing" in answer:
            return {"missing": missing}
        return FULL | answer | {"known": False} if "checkpoint" in answer else answer

    gateway.answers.tell("/v1/", lambda answer: change(answer) if isinstance(answer, dict) else answer)
    ends(synced.sync(full=True))
    gateway.answers.tell_the_truth()
    assert synced.sync().outcome == "ok"


UPLOAD = ("offset", "complete")


def test_that_an_upload_with_a_wrong_state_ends_and_the_file_arrives_later(
    synced: Tablet, gateway: GatewayUnderTest
) -> None:
    work = synced.work()
    document = place(synced, work)
    owner = next(item for item in Outbox(work).items() if document in (item.record, item.id)).id
    assert synced.sync().outcome == "ok"
    for number, (field, name) in enumerate(rotated(UPLOAD, 16)):
        content = photo(40) + bytes([number]) * 300_000
        stores = FileRecord("document", "photo.jpg", "image/jpeg", 0, "", owner_submission=owner)
        files.add_file(work, stores, content)
        gateway.answers.tell(UPLOADS, saying((field,), name))
        asked = len(gateway.answers.asked)
        ends(synced.sync())
        assert len(gateway.answers.asked) - asked < 30
        gateway.answers.tell_the_truth()
        for item in Outbox(work).items():
            if item.state == "rejected":  # reported complete although it was not: the gateway lacks the content
                Outbox(work).offer_again([item.id])
        synced.sync()
    assert {item.state for item in Outbox(work).items() if item.kind == "file"} <= {"received", "in_erp", "rejected"}
    work.close()


def test_that_an_endless_upload_is_abandoned(synced: Tablet, gateway: GatewayUnderTest) -> None:
    work = synced.work()
    document = place(synced, work)
    owner = next(item for item in Outbox(work).items() if document in (item.record, item.id)).id
    stores = FileRecord("document", "photo.jpg", "image/jpeg", 0, "", owner_submission=owner)
    files.add_file(work, stores, photo(40) + b"endless" * 10_000)
    offsets = itertools.count(80_000)
    gateway.answers.tell(UPLOADS, lambda _told: {"offset": next(offsets)})
    asked = len(gateway.answers.asked)
    ends(synced.sync())
    assert len(gateway.answers.asked) - asked < 30
    gateway.answers.tell_the_truth()
    assert synced.sync().outcome == "ok"
    work.close()


def test_that_wrong_ranges_affect_their_object_only(synced: Tablet, gateway: GatewayUnderTest) -> None:
    before = contents(synced)
    key = "directories.travel_types"

    def falsify_digest(manifest: Any) -> Any:
        for plan in manifest["objects"]:
            if plan["key"] == key:
                plan["digest"] = "1" * 32
        return manifest

    heard: list[Any] = []

    def run(change: Callable[[Any], Any]) -> Outcome:
        def changed(answer: Any) -> Any:
            if "ranges" in answer:
                heard.append(answer)
                return change(answer)
            return falsify_digest(answer) if "objects" in answer else answer

        gateway.answers.tell("/v1/", lambda answer: changed(answer) if isinstance(answer, dict) else answer)
        return synced.sync(fresh=SEVERAL)

    run(lambda answer: answer)
    for at, name in rotated(list(places(heard[0])), 1):
        outcome = run(saying(at, name))
        ends(outcome)
        found = states(outcome)
        assert found.pop(key) == "failed", (at, name)
        assert {found.pop(other) for other in SEVERAL if other != key} == {"ok"}, (at, name)
        assert set(found.values()) <= {"ok", "unchanged"}, (at, name)
        assert contents(synced) == before
    recovers(synced, gateway, before)


STOCK = (("item",), ("stock",), ("stock", 0, "warehouse"), ("stock", 0, "quantity"), ("stock", 0, "as_of"))


def test_that_wrong_stock_is_refused(synced: Tablet, gateway: GatewayUnderTest) -> None:
    item = keys(synced, "items_forms")["I1"]
    whole = {"item": item, "stock": [{"warehouse": 1, "quantity": "1", "as_of": ""}]}
    for at, name in [*rotated(STOCK, 8), (STOCK[3], "an exponent as text"), (STOCK[0], "2**63")]:
        gateway.answers.tell("/v1/stock", saying(at, name, whole, told=False))
        try:
            asyncio.run(check_stock(synced.place, item))
        except UserFacingError as error:
            assert error.code in {"gateway.malformed", "gateway.oversized"}, (at, name)  # noqa: PT017
        else:
            assert (at, name) in TRUE_ENOUGH or (at == ("item",) and item == 1)


TRUE_ENOUGH = {(STOCK[1], "missing"), (STOCK[1], "an empty list"), (STOCK[4], "missing"), (STOCK[4], "an empty text")}
"""Falsified answers about stock."""
STATUSES = (400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 503, 507, 299, 302, 600)
WAITS = ("nan", "inf", "-5", "1e400", "9" * 5_000, "0", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "\xb2", "1" * 7)

CODES = ("device.busy", "network.no_network", "object.digest", "x" * 100, "bug", "status", "{code}")


@pytest.mark.parametrize("status", STATUSES)
def test_that_a_malformed_problem_only_ends_the_run(
    synced: Tablet, gateway: GatewayUnderTest, step: int, status: int
) -> None:
    before = contents(synced)
    problem = {"code": "gateway.failed", "params": {"reason": "x", "seconds": "1"}, "id": "x"}
    found = [("code",), ("params",), ("params", "seconds"), ("id",)]
    number = STATUSES.index(status)
    for at, name in rotated(found, 8)[number % 8 :: 8]:
        gateway.answers.tell("/v1/manifest", saying(at, name, problem, told=False))
        gateway.answers.status, gateway.answers.headers = status, (("Retry-After", WAITS[number % len(WAITS)]),)
        ends(synced.sync())
    said: dict[str, Any] = {}
    gateway.answers.tell("/v1/manifest", lambda _told: said)
    for code in CODES[number % min(step, 2) :: min(step, 2)]:
        said |= {"code": code, "params": {"code": "x", "status": "y", "self": "z", "{": "}", "seconds": "nan"}}
        outcome = synced.sync()
        ends(outcome)
        assert outcome.error is None or not outcome.error.code.startswith("device.")
    recovers(synced, gateway, before)


def test_that_an_answer_that_drips_forever_is_cut_off(
    synced: Tablet, gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a byte now and then, the time-out of a read never expires."""
    monkeypatch.setattr(transport, "SLOW_S", 0.2)
    line = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def drip() -> None:
        with suppress(OSError):
            while not done.is_set():
                client, _ = line.accept()
                client.sendall(b"HTTP/1.1 200 OK\r\nSalesApp-Gateway: 1\r\nContent-Length: 9999\r\n\r\n")
                with suppress(OSError):
                    while not done.wait(0.02):
                        client.sendall(b" ")
                client.close()

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    url = synced.url
    synced.url = f"http://127.0.0.1:{line.getsockname()[1]}"
    try:
        outcome = synced.sync()
    finally:
        synced.url = url
        done.set()
        line.close()
        thread.join(timeout=5)
    assert outcome.outcome == "unreachable"
    assert outcome.error is not None
    assert outcome.error.code == "network.timeout"


def test_that_images_of_impossible_sizes_are_not_requested(synced: Tablet, gateway: GatewayUnderTest) -> None:
    store = CatalogStore.open(synced.account.catalog_path, synced.key, synced.catalogue)
    try:
        before = store.rows("SELECT id, size FROM attachments_images")
        for size in (None, -1, 0, limits.MAX_MEDIA_BYTES + 1, 2**62):
            with store.transaction():
                store.run("UPDATE attachments_images SET size = ?", (size,))
            assert wanted(synced.catalogue, store) == {}
        with store.transaction():
            for id_, true_size in before:
                store.run("UPDATE attachments_images SET size = ? WHERE id = ?", (true_size, id_))
        assert len(wanted(synced.catalogue, store)) == 2
    finally:
        store.close()


def test_that_only_an_object_that_announces_more_than_the_disk_holds_is_red(
    synced: Tablet, gateway: GatewayUnderTest
) -> None:
    before = contents(synced)

    def boast(manifest: Any) -> Any:
        for plan in manifest["objects"]:
            if plan["key"] == "directories.travel_types":
                segment = plan["segments"][0]
                plan["segments"] = [
                    segment
                    | {"sha256": f"{number:064x}", "bytes": limits.MAX_SEGMENT_BYTES, "rows": 1}
                    | {"unpacked": limits.MAX_UNPACKED_BYTES}
                    for number in range(19_000)
                ]
        return manifest

    gateway.answers.tell("/v1/manifest", boast)
    asked = len(gateway.answers.asked)
    outcome = synced.sync(full=True)
    found = states(outcome)
    assert found.pop("directories.travel_types") == "failed"
    assert set(found.values()) == {"ok"}
    assert len(gateway.answers.asked) - asked < 100
    recovers(synced, gateway, before)


def test_that_missing_segments_are_requested_once(synced: Tablet, gateway: GatewayUnderTest) -> None:
    before = contents(synced)

    def lie(manifest: Any) -> Any:
        plan = next(plan for plan in manifest["objects"] if plan["key"] == "directories.travel_types")
        segment = plan["segments"][0]
        plan["segments"] = [segment | {"sha256": f"{number:064x}"} for number in range(5_000)]
        return manifest

    gateway.answers.tell("/v1/manifest", lie)
    asked = len(gateway.answers.asked)
    outcome = synced.sync(full=True)
    found = states(outcome)
    assert found.pop("directories.travel_types") == "failed"
    assert set(found.values()) == {"ok"}
    assert len(gateway.answers.asked) - asked < 200
    recovers(synced, gateway, before)


def test_that_a_forbidden_image_is_counted_and_the_run_continues(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    """A refused file affects no other."""
    gateway.answers.tell("/v1/media/", lambda _content: {"code": "auth.forbidden"})
    gateway.answers.status = 403
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert outcome.attachments.failed == 2
