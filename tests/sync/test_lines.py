"""A proxy between tablet and gateway that delays, refuses single requests, or replays answers."""

import asyncio
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from salesapp import clock
from salesapp.errors import GatewayError
from salesapp.protocol import paths
from salesapp.protocol.messages import (
    PROTOCOL,
    Answer,
    ArrivedManifest,
    KnownAnswer,
    KnownRequest,
    Logon,
    LogonAnswer,
    ManifestRequest,
    Message,
    RangeRequest,
    Ranges,
    StockAnswer,
    StockRequest,
    UploadState,
)
from salesapp.protocol.paths import MARK_HEADER, REQUEST_HEADER
from salesapp.protocol.records import FileRecord
from salesapp.services import documents, files
from salesapp.store.outbox import Outbox
from salesapp.sync.retry import LONGEST_WAIT_S, asked_wait_s
from salesapp.sync.stopping import StopSignal
from salesapp.sync.transport import Transport
from tests.conftest import PASSWORD, QUICK, GatewayUnderTest, Tablet, states
from tests.faulty_line import FaultyLine, http_answer
from tests.pictures import photo
from tests.sync.test_sending import NUMERATOR, held, keys, place

MARK = f"{MARK_HEADER}: x"
PAGE = b"<html>no</html>"


def codes(tablet: Tablet) -> list[str | None]:
    work = tablet.work()
    try:
        return [item.error_code for item in Outbox(work).items() if item.state != "in_erp"]
    finally:
        work.close()


def again(tablet: Tablet) -> None:
    """Does what "Fix and send again" does with the rejected order, without the proxy."""
    work = tablet.work()
    (item,) = (item for item in Outbox(work).items() if item.state == "rejected")
    documents.confirm(work, documents.reopen(work, item.record), NUMERATOR, checkpoint="1-a", record_id=item.record)
    work.close()
    tablet.url = None


@pytest.fixture
def seller(tablet: Tablet) -> Tablet:
    """A tablet with three waiting orders."""
    tablet.begin()
    work = tablet.work()
    for _ in range(3):
        place(tablet, work)
    work.close()
    return tablet


def of_puts(answer: bytes, times: int = 1000) -> tuple[Callable[[bytes], bytes | None], list[tuple[float, bytes]]]:
    """Answers the first submissions; records the time of each request."""
    asked: list[tuple[float, bytes]] = []

    def give(head: bytes) -> bytes | None:
        asked.append((time.monotonic(), head.split(b"\r\n")[0]))
        is_hit = head.startswith(b"PUT") and sum(line.startswith(b"PUT") for _, line in asked) <= times
        return answer if is_hit else None

    return give, asked


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 500, LONGEST_WAIT_S),
        ("Mon, 02 Mar 2026 08:02:00 GMT", 120.0),
        ("Monday, 02-Mar-26 08:02:00 GMT", 120.0),
        ("Mon Mar  2 08:02:00 2026", 120.0),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0.0),
        ("Fri, 02 Mar 2096 07:00:00 GMT", LONGEST_WAIT_S),
        *((text, None) for text in ("", "-5", "1.5", "soon", "\u0663", "Mon, 99 Mar 2026 08:02:00 GMT", "0x10", "1e9")),
    ],
)
def test_that_a_wait_is_read_as_seconds_or_as_a_date_and_is_bounded(text: str, seconds: float | None) -> None:
    assert asked_wait_s({"Retry-After": text, "Date": "Mon, 02 Mar 2026 08:00:00 GMT"}) == seconds


@pytest.mark.parametrize(
    ("status", "by_date"),
    [("503 No", False), ("503 No", True), ("429 Busy", False), ("408 Late", True), ("522 No", False)],
)
def test_that_a_long_wait_ends_the_run_at_once(
    seller: Tablet, gateway: GatewayUnderTest, status: str, by_date: bool
) -> None:
    there = clock.now() - timedelta(hours=5)  # the proxy's clock
    until = format_datetime(there + timedelta(seconds=120), usegmt=True) if by_date else "120"
    page = http_answer(status, PAGE, f"Retry-After: {until}", f"Date: {format_datetime(there, usegmt=True)}")
    give, asked = of_puts(page)
    with FaultyLine(gateway.port, answer=give) as line:
        seller.url = line.url
        found = seller.sync()
    assert found.error is not None
    assert (found.outcome, found.error.code) == ("failed", "gateway.busy")
    wait = datetime.fromisoformat(found.error.params["until"]) - clock.now()
    assert timedelta(seconds=90) < wait <= timedelta(seconds=121)
    assert asked[-1][1].startswith(b"PUT")
    assert sum(line.startswith(b"PUT") for _, line in asked) == 1
    seller.url = None
    assert seller.sync().sent.accepted == 3
    assert held(gateway) == 3


def test_that_all_requests_of_a_run_respect_one_retry_after(seller: Tablet, gateway: GatewayUnderTest) -> None:
    give, asked = of_puts(http_answer("503 No", PAGE, "Retry-After: 1"), times=1)
    with FaultyLine(gateway.port, answer=give) as line:
        seller.url = line.url
        assert seller.sync().outcome == "ok"
    first = next(index for index, (_, line) in enumerate(asked) if line.startswith(b"PUT"))
    assert asked[first + 1][0] - asked[first][0] >= 1.0
    assert held(gateway) == 3


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("413 Too Large", "submission.too_large_for_line"),
        ("403 Forbidden", "submission.refused_by_proxy"),
        ("401 Who", "submission.refused_by_proxy"),
    ],
)
def test_that_a_record_that_a_proxy_refuses_is_rejected_and_the_rest_is_sent(
    seller: Tablet, gateway: GatewayUnderTest, status: str, code: str
) -> None:
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    give, asked = of_puts(http_answer(status, PAGE), times=1)
    with FaultyLine(gateway.port, answer=give) as line:
        seller.url = line.url
        found = seller.sync()
    assert (found.outcome, found.error) == ("failed", None)
    assert (found.sent.accepted, found.sent.rejected, found.sent.waiting) == (2, 1, 0)
    assert states(found)["items.forms"] == "ok"
    assert codes(seller) == [code]
    again(seller)
    assert seller.sync().sent.accepted == 1
    assert held(gateway) == 3
    assert sum(line.startswith(b"PUT") for _, line in asked) == 3


@pytest.mark.parametrize("status", ["403 Forbidden", "413 Too Large", "511 Log On", "302 Found"])
def test_that_a_portal_that_answers_everything_causes_no_rejection(
    seller: Tablet, gateway: GatewayUnderTest, status: str
) -> None:
    with FaultyLine(gateway.port, answer=lambda _head: http_answer(status, PAGE)) as line:
        seller.url = line.url
        found = seller.sync()
    assert found.error is not None
    assert (found.outcome, found.error.code) == ("unreachable", "network.captive_portal")
    seller.url = None
    assert seller.sync().sent.accepted == 3


def replayed(seller: Tablet, gateway: GatewayUnderTest, route: str, times: int, *, keep_head: bool) -> list[str]:
    """Syncs twice; in the second sync, the first answers of a route are replayed from the first."""
    kept: list[bytes] = []
    with FaultyLine(gateway.port, answer=lambda _head: None) as line:
        original = line._from_gateway
        given: list[str] = []

        def pass_on(request: bytes) -> bytes:
            answer = original(request)
            if re.match(route.encode(), request):
                kept.append(answer)
            return answer

        def give(head: bytes) -> bytes | None:
            if not kept or not is_second or not re.match(route.encode(), head) or len(given) >= times:
                return None
            given.append(head.decode().split("\r\n")[0])
            body = kept[0].partition(b"\r\n\r\n")[2]
            return kept[0].replace(b"connection: close\r\n", b"") if keep_head else http_answer("200 OK", body, MARK)

        is_second = False
        line._from_gateway, line.answer = pass_on, give  # type: ignore[method-assign]
        seller.url = line.url
        assert seller.sync().outcome == "ok"
        is_second = True
        gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
        gateway.take()
        work = seller.work()
        place(seller, work)
        work.close()
        seller.sync()
        seller.url = None
    return given


@pytest.mark.parametrize("keep_head", [True, False])
def test_that_a_replayed_manifest_is_not_accepted(seller: Tablet, gateway: GatewayUnderTest, keep_head: bool) -> None:
    assert replayed(seller, gateway, "POST /v1/manifest", 1, keep_head=keep_head)
    found = seller.outcomes[-1]
    assert (found.outcome, states(found)["items.forms"]) == ("ok", "ok")  # asked again


def test_that_a_manifest_that_is_replayed_every_time_ends_the_run(seller: Tablet, gateway: GatewayUnderTest) -> None:
    assert len(replayed(seller, gateway, "POST /v1/manifest", 99, keep_head=True)) > 1
    found = seller.outcomes[-1]
    assert found.error is not None
    assert (found.outcome, found.error.code) == ("failed", "gateway.former_answer")
    assert seller.sync().outcome == "ok"


def test_that_a_replayed_receipt_settles_no_other_record(seller: Tablet, gateway: GatewayUnderTest) -> None:
    assert replayed(seller, gateway, "PUT /v1/submissions", 1, keep_head=True)
    assert seller.outcomes[-1].outcome == "ok"
    assert held(gateway) == 4


def test_that_every_answer_repeats_the_name_of_its_request(gateway: GatewayUnderTest) -> None:

    for path in ("/health", "/v1/nothing", "/v1/manifest"):
        answer = httpx.get(gateway.url + path, headers={REQUEST_HEADER: "abc1"})
        assert answer.headers[REQUEST_HEADER] == "abc1"
    assert REQUEST_HEADER not in httpx.get(gateway.url, headers={REQUEST_HEADER: "no name"}).headers


def test_that_a_file_whose_pieces_a_proxy_refuses_is_rejected_and_the_rest_is_sent(
    seller: Tablet, gateway: GatewayUnderTest
) -> None:
    work = seller.work()
    photo_of = FileRecord("customer", "photo.jpg", "image/jpeg", 0, "", owner=keys(seller, "customers_customers")["C1"])
    files.add_file(work, photo_of, photo(40) + bytes(300_000))
    work.close()

    def limit(head: bytes) -> bytes | None:
        size = int(next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))[15:] or 0)
        return http_answer("413 Too Large", PAGE) if size > 200_000 else None

    with FaultyLine(gateway.port, answer=lambda head: limit(head) if head.startswith(b"PATCH") else None) as line:
        seller.url = line.url
        found = seller.sync()
    assert (found.error, found.sent.accepted, found.sent.rejected) == (None, 3, 1)
    assert codes(seller) == ["submission.too_large_for_line"]


def test_that_a_download_that_a_proxy_refuses_affects_its_object_only(
    seller: Tablet, gateway: GatewayUnderTest
) -> None:
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    refused = http_answer("403 Forbidden", PAGE)
    with FaultyLine(
        gateway.port, answer=lambda head: refused if head.startswith(b"GET /v1/segments") else None
    ) as line:
        seller.url = line.url
        found = seller.sync()
    assert found.error is None
    assert found.sent.accepted == 3
    red = {entry.key: entry.error for entry in found.objects if entry.state == "failed"}
    assert {error.code for error in red.values() if error} == {"object.refused_by_proxy"}
    assert set(red) == {"items.forms"}
    assert states(found)["directories.units"] in {"ok", "unchanged"}


Call = tuple[str, str, Message | None, type[Answer]]
NOBODY = "0" * 64
CALLS: dict[str, Call] = {
    "manifest": ("POST", paths.MANIFEST, ManifestRequest(PROTOCOL), ArrivedManifest),
    "ranges": ("POST", paths.RANGES, RangeRequest(PROTOCOL, "items.forms", ""), Ranges),
    "stock": ("POST", paths.STOCK, StockRequest(PROTOCOL, 0), StockAnswer),
    "known": ("POST", paths.KNOWN_SUBMISSIONS, KnownRequest([]), KnownAnswer),
    "upload": ("GET", f"{paths.UPLOADS}/{NOBODY}", None, UploadState),
    "logon": ("POST", paths.LOGON, Logon("office", PASSWORD, "device"), LogonAnswer),
}


@pytest.mark.parametrize("keep_head", [True, False], ids=["whole", "body"])
def test_that_a_replayed_answer_of_any_route_is_refused_and_requested_again(
    seller: Tablet, gateway: GatewayUnderTest, keep_head: bool
) -> None:
    names = [name for name in CALLS if keep_head or name != "logon"]
    with FaultyLine(gateway.port, answer=lambda _head: None) as line:
        told = asyncio.run(_ask_twice(line, names, keep_head, keys(seller, "items_forms")["I1"]))
    assert told == dict.fromkeys(names, "gateway.former_answer")


async def _ask_twice(line: FaultyLine, names: list[str], keep_head: bool, item: int) -> dict[str, str]:
    """Calls each route, then again with a replayed answer every time, then with one replayed once."""
    kept: list[bytes] = []
    original, told = line._from_gateway, {}
    line._from_gateway = lambda request: kept.append(original(request)) or kept[-1]  # type: ignore[method-assign,func-returns-value]
    transport = Transport(line.url, StopSignal(), policy=QUICK)
    transport.token = (await transport.call(*CALLS["logon"])).token  # type: ignore[attr-defined]
    point = (await transport.call(*CALLS["manifest"])).checkpoint  # type: ignore[attr-defined]
    for name in names:
        method, path, body, kind = CALLS[name]
        if name == "stock":
            body = StockRequest(PROTOCOL, item)
        if name == "ranges":
            body = RangeRequest(PROTOCOL, "items.forms", point)
        line.answer = lambda _head: None
        kept.clear()
        await transport.call(method, path, body, kind)
        former = kept[0].replace(b"connection: close\r\n", b"")
        if not keep_head:
            former = http_answer("200 OK", former.partition(b"\r\n\r\n")[2], MARK)
        line.answer = lambda _head, former=former: former
        with pytest.raises(GatewayError) as caught:
            await transport.call(method, path, body, kind)
        told[name] = caught.value.code
        once = [former]
        line.answer = lambda _head, once=once: once.pop() if once else None
        await transport.call(method, path, body, kind)
        assert once == []
    await transport.close()
    return told
