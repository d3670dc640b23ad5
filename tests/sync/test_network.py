"""Wrong answers of networks, portals and gateways: a clear code, good data kept, and recovery."""

import random
import socket
from contextlib import nullcontext

import pytest

from salesapp.domain.catalogue import CATALOGUE
from salesapp.protocol.paths import MARK_HEADER
from salesapp.protocol.records import Address, CustomerRecord
from salesapp.services import customers
from salesapp.sync.stopping import StopSignal
from salesapp.sync.values import Progress
from tests.conftest import GatewayUnderTest, Tablet, states
from tests.faulty_line import Answer, FaultyLine, http_answer

MARK = f"{MARK_HEADER}: x"


def only(path: bytes, answer: bytes) -> Answer:
    """Gives this answer to requests of a path, and forwards the others."""
    return lambda head: answer if path in head.split(b"\r\n")[0] else None


@pytest.mark.parametrize(
    ("name", "answer", "outcome", "code"),
    [
        (
            "portal",
            http_answer("200 OK", b"<html>Welcome to the hotel</html>"),
            "unreachable",
            "network.captive_portal",
        ),
        (
            "redirect",
            http_answer("302 Found", b"", "Location: http://127.0.0.1:1/logon"),
            "unreachable",
            "network.captive_portal",
        ),
        ("marked redirect", http_answer("302 Found", b"", MARK), "failed", "gateway.failed"),
        ("malformed", http_answer("200 OK", b'{"checkpoint": 7', MARK), "failed", "gateway.malformed"),
        ("no utf-8", http_answer("200 OK", b'{"checkpoint": "\xff\xfe"}', MARK), "failed", "gateway.malformed"),
        ("wrong types", http_answer("200 OK", b'{"checkpoint": []}', MARK), "failed", "gateway.malformed"),
        ("empty", http_answer("200 OK", b"", MARK), "failed", "gateway.malformed"),
        (
            "false unchanged",
            http_answer("200 OK", b'{"checkpoint":"9-a","unchanged":true}', MARK),
            "failed",
            "gateway.malformed",
        ),
        ("oversized", http_answer("200 OK", b" " * (9 * 2**20), MARK), "failed", "gateway.oversized"),
        (
            "bad request",
            http_answer("400 Bad", b'{"code":"gateway.bad_request"}', MARK),
            "failed",
            "gateway.bad_request",
        ),
        ("forbidden", http_answer("403 No", b"{}", MARK), "unauthorized", "auth.forbidden"),
        ("not found", http_answer("404 No", b"{}", MARK), "failed", "gateway.not_found"),
        ("conflict", http_answer("409 No", b"{}", MARK), "failed", "gateway.conflict"),
        ("too large", http_answer("413 No", b"{}", MARK), "failed", "gateway.too_large"),
        ("busy", http_answer("429 Busy", b"{}", MARK, "Retry-After: 0"), "failed", "gateway.busy"),
        ("much too busy", http_answer("429 Busy", b"{}", MARK, "Retry-After: 9999"), "failed", "gateway.busy"),
        ("failed", http_answer("500 No", b"boom", MARK), "failed", "gateway.failed"),
        ("proxy failed", http_answer("502 No", b"<html>"), "failed", "gateway.failed"),
        ("no checkpoint", http_answer("200 OK", b'{"checkpoint":"soon"}', MARK), "failed", "gateway.malformed"),
        (
            "odd parameters",
            http_answer("418 No", b'{"code":"tea.pot","params":{"code":"1","self":"2","status":"3"}}', MARK),
            "failed",
            "tea.pot",
        ),
        ("unknown code", http_answer("418 No", b'{"code":"tea.pot"}', MARK), "failed", "tea.pot"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "",
)
def test_that_a_wrong_answer_to_a_manifest_changes_nothing_and_has_a_code(
    tablet: Tablet, gateway: GatewayUnderTest, name: str, answer: bytes, outcome: str, code: str
) -> None:
    tablet.sync()
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    with FaultyLine(gateway.port, answer=only(b"/v1/manifest", answer)) as line:
        tablet.url = line.url
        found = tablet.sync()
    assert found.error is not None, name
    assert (found.outcome, found.error.code) == (outcome, code)
    assert set(states(found).values()) == {"not_reached"}
    assert all(entry.rows > 0 for entry in found.objects)
    tablet.url = None
    found = tablet.sync()
    assert found.outcome == "ok"
    assert states(found)["items.forms"] == "ok"


def test_that_an_unknown_schema_turns_only_its_object_red(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    def respell(head: bytes) -> bytes | None:
        if b"/v1/manifest" not in head.split(b"\r\n")[0]:
            return None
        return None

    with FaultyLine(gateway.port, answer=respell) as line:
        original = line._from_gateway

        def changed(request: bytes) -> bytes:
            answer = original(request)
            if b"/v1/manifest" in request.split(b"\r\n")[0]:
                place = answer.index(b'"schema":"', answer.index(b'"items.resources"')) + len(b'"schema":"')
                answer = answer[:place] + b"0000000000000000" + answer[place + 16 :]
            return answer

        line._from_gateway = changed  # type: ignore[method-assign]
        tablet.url = line.url
        found = tablet.sync()
    assert found.outcome == "failed"
    red = {key for key, state in states(found).items() if state == "failed"}
    assert red == {"items.resources"}
    error = next(entry.error for entry in found.objects if entry.key == "items.resources")
    assert error is not None
    assert error.code == "object.schema"


def test_that_a_download_resumes_wherever_the_line_is_cut(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    with FaultyLine(gateway.port) as line:
        tablet.url = line.url
        tablet.sync()
        total = line.passed
    chooser = random.Random(7)
    for cut in [1, 200, *(chooser.randrange(total) for _ in range(8)), total - 1]:
        fresh = Tablet(tablet.root.parent / f"cut-{cut}", gateway)
        with FaultyLine(gateway.port, budget=cut) as line:
            fresh.url = line.url
            found = fresh.sync()
        assert found.outcome in {"unreachable", "ok"}, (cut, found.error)
        fresh.url = None
        assert fresh.sync().outcome == "ok", cut


def test_that_a_changed_byte_is_always_detected(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    with FaultyLine(gateway.port) as line:
        tablet.url = line.url
        tablet.sync()
        total = line.passed
    chooser = random.Random(11)
    for place in (chooser.randrange(total) for _ in range(10)):
        fresh = Tablet(tablet.root.parent / f"flip-{place}", gateway)
        with FaultyLine(gateway.port, flip_at=place) as line:
            fresh.url = line.url
            found = fresh.sync()
        assert found.error is None or found.error.code != "bug"
        assert all(entry.digest_ok for entry in found.objects if entry.state == "ok")
        fresh.url = None
        assert fresh.sync().outcome == "ok", place


def test_that_a_stop_takes_effect_at_once_and_keeps_everything(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    class Stopper:
        stop: StopSignal

        def progressed(self, progress: Progress) -> None:
            if progress.bytes_down > 2000:
                self.stop.set()

    stopper = Stopper()
    gateway.restart("items.prices=slow")
    found = tablet.sync(hooks=stopper, stop_when=lambda stop: setattr(stopper, "stop", stop))
    assert found.outcome == "stopped"
    assert found.seconds < 2.5
    gateway.restart()
    again = tablet.sync()
    assert again.outcome == "ok"


def test_that_an_unreachable_gateway_is_reported_and_changes_nothing(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.sync()
    gateway.stop()
    found = tablet.sync()
    assert found.outcome == "unreachable"
    assert found.error is not None
    assert found.error.code == "network.unreachable"
    gateway.start()
    assert tablet.sync().outcome == "ok"


class Watcher:
    """Keeps what is told, and stops the sync once the gateway has been silent for a while."""

    def __init__(self) -> None:
        self.told: list[Progress] = []
        self.stop: StopSignal | None = None

    def progressed(self, progress: Progress) -> None:
        self.told.append(progress)
        if progress.silent_s >= 1 and self.stop is not None:
            self.stop.set()


@pytest.mark.parametrize("is_there", [False, True], ids=["not reached", "silent"])
def test_that_what_waits_is_counted_although_nothing_could_be_sent(
    tablet: Tablet, gateway: GatewayUnderTest, is_there: bool
) -> None:
    tablet.begin()
    work = tablet.work()
    customers.save_customer(work, CustomerRecord(name="Nova", addresses=[Address(kind="main")]))
    work.close()
    gateway.stop()
    watcher = Watcher()
    with socket.create_server(("127.0.0.1", gateway.port)) if is_there else nullcontext():
        found = tablet.sync(hooks=watcher, stop_when=lambda stop: setattr(watcher, "stop", stop))
    assert found.outcome == ("stopped" if is_there else "unreachable")
    sent = found.sent
    assert (sent.waiting, sent.is_counted, sent.has_ended, sent.has_settled) == (1, True, False, False)
    assert {progress.sending.waiting for progress in watcher.told if progress.sending.is_counted} == {1}
    assert not any(progress.sending.has_ended for progress in watcher.told)


def test_that_a_gateway_that_answers_late_is_silent_until_then(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    watcher = Watcher()
    gateway.restart("items.prices=slow")
    assert tablet.sync(hooks=watcher).outcome == "ok"
    assert watcher.told[-1].silent_s == 0.0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://gateway.example.com", "network.plain_http"),
        ("ftp://gateway.example.com", "network.bad_address"),
        ("gateway.example.com", "network.bad_address"),
        ("https://user@gateway.example.com", "network.bad_address"),
    ],
)
def test_that_a_wrong_address_is_refused_before_anything_is_sent(tablet: Tablet, url: str, code: str) -> None:
    tablet.url = url
    found = tablet.sync()
    assert found.error is not None
    assert found.error.code == code
    assert found.requests == 0


def test_that_a_wrong_password_has_its_own_outcome(tablet: Tablet) -> None:
    tablet.password = "wrong password"
    found = tablet.sync()
    assert found.outcome == "unauthorized"
    assert found.error is not None
    assert found.error.code == "auth.wrong_password"
    assert found.requests == 1, "a logon that fails is a request too"


def test_that_the_percentage_never_falls_and_ends_at_a_hundred(tablet: Tablet) -> None:
    class Recorder:
        def __init__(self) -> None:
            self.seen: list[Progress] = []

        def progressed(self, progress: Progress) -> None:
            self.seen.append(progress)

    recorder = Recorder()
    tablet.sync(hooks=recorder)
    percents = [progress.percent for progress in recorder.seen]
    assert percents == sorted(percents)
    assert percents[-1] == 100.0
    assert [section.key for section in recorder.seen[-1].sections][:2] == ["directories", "items"]
    assert len(recorder.seen[-1].sections) == 8
    assert sum(len(section.objects) for section in recorder.seen[-1].sections) == len(CATALOGUE.objects)


def test_that_a_record_with_another_ones_receipt_waits_and_the_rest_is_sent(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.sync()
    work = tablet.work()
    customers.save_customer(work, CustomerRecord(name="New", addresses=[]))
    gateway.connector.company["items.forms"]["I1"]["name"] = "Renamed"
    gateway.take()
    other = http_answer("200 OK", b'{"id":"another","state":"received","revision":9}', MARK)
    with FaultyLine(gateway.port, answer=only(b"/v1/submissions/", other)) as line:
        tablet.url = line.url
        found = tablet.sync()
    assert states(found)["items.forms"] == "ok"
    assert (found.outcome, found.sent.accepted, found.sent.waiting) == ("failed", 0, 1)
    assert [warning.code for warning in found.warnings] == ["gateway.malformed"]
    tablet.url = None
    assert tablet.sync().sent.accepted == 1
    work.close()
