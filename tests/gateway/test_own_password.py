"""Changing one's own password at the gateway: sessions, throttle, the rule for passwords, repeats."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from salesapp.gateway import throttle
from salesapp.gateway.throttle import MOST_WRONG
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.gateway.client import Answer, Device, device_of, stored
from tests.gateway.test_administration import done

NEW = "mokry-zegar-siedem"


def change(device: Device, new: object = NEW, old: object = PASSWORD) -> Answer:
    return device.send("POST", "/v1/password", {"old": old, "new": new})


def test_that_the_new_password_applies_and_only_this_session_continues(gateway: GatewayUnderTest) -> None:
    here, there, other = device_of(gateway, "rep1"), device_of(gateway, "rep1", "there"), device_of(gateway, "rep2")
    assert change(here).status == 200
    assert here.manifest().status == 200
    assert there.manifest().code == "auth.required"
    assert other.manifest().status == 200
    assert Device(gateway.port).log_on("rep1").code == "auth.wrong_password"
    assert Device(gateway.port).log_on("rep1", NEW).status == 200
    assert Device(gateway.port).log_on("rep2").status == 200
    line = next(row for row in done(gateway, "audit", "--kind", "password").splitlines() if "by the user" in row)
    assert "device of rep1" in line
    assert NEW not in line


def test_that_a_repeat_is_answered_like_the_first(gateway: GatewayUnderTest) -> None:
    here = device_of(gateway, "rep1")
    assert [change(here).status for _ in range(3)] == [200, 200, 200]
    there = device_of_new(gateway)
    assert change(here).status == 200
    assert there.manifest().status == 200  # nothing has changed, so no session ends


def device_of_new(gateway: GatewayUnderTest) -> Device:
    device = Device(gateway.port)
    assert device.log_on("rep1", NEW, "there").status == 200
    return device


def test_that_wrong_old_passwords_are_throttled_with_the_logons(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = device_of(gateway, "rep1")
    for _ in range(MOST_WRONG):
        answer = change(here, old="wrong")
        assert (answer.status, answer.code) == (403, "auth.wrong_old_password")
    answer = change(here)
    assert (answer.status, answer.code) == (429, "auth.throttled")
    assert int(answer.headers["retry-after"]) > 0
    assert Device(gateway.port).log_on("rep1").code == "auth.throttled"
    monkeypatch.setattr(throttle, "WINDOW_S", 0)
    assert change(here).status == 200
    log = done(gateway, "audit", "--kind", "password")
    assert "auth.wrong_old_password\t" in log
    assert "throttled" in log


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("12345678", "password.common"),
        ("Hasło2026!", "password.common"),
        ("rep1-mokry-zegar", "password.has_name"),
        (" " * 9, "password.blank"),
        ("short", "password.length"),
        ("x" * 1000, "password.length"),
        ("", "password.length"),
        (PASSWORD, "password.same"),
    ],
)
def test_that_the_rule_for_passwords_holds(gateway: GatewayUnderTest, new: str, code: str) -> None:
    here, there = device_of(gateway, "rep1"), device_of(gateway, "rep1", "there")
    before = stored(gateway.database)
    answer = change(here, new)
    assert (answer.status, answer.code) == (422, code)
    assert stored(gateway.database) == before
    assert there.manifest().status == 200


@pytest.mark.parametrize(
    "body", [{}, {"old": PASSWORD}, {"old": 1, "new": 2}, {"old": PASSWORD, "new": NEW, "user": "office"}, []]
)
def test_that_a_malformed_request_is_refused(gateway: GatewayUnderTest, body: object) -> None:
    before = stored(gateway.database)
    assert device_of(gateway, "office").send("POST", "/v1/password", body).code == "gateway.bad_request"
    assert {name: rows for name, rows in stored(gateway.database).items() if name == "user_account"} == {
        "user_account": before["user_account"]
    }


def test_that_nobody_changes_a_password_without_a_session(gateway: GatewayUnderTest) -> None:
    assert change(Device(gateway.port)).code == "auth.required"
    device = device_of(gateway, "rep1")
    done(gateway, "devices", "block", "device of rep1")
    assert change(device).code == "auth.device_blocked"


def test_that_only_one_of_two_concurrent_changes_succeeds(gateway: GatewayUnderTest) -> None:
    first, second = device_of(gateway, "rep1"), device_of(gateway, "rep1", "there")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(change, (first, second), ("one-mokry-zegar", "two-suchy-mlyn")))
    assert min(answer.status for answer in answers) == 200
    assert {answer.status for answer in answers} & {401, 403}
    winner = 0 if answers[0].status == 200 else 1
    new = ("one-mokry-zegar", "two-suchy-mlyn")
    assert Device(gateway.port).log_on("rep1", new[winner]).status == 200
    assert Device(gateway.port).log_on("rep1", new[1 - winner]).status == 401
    assert (first, second)[winner].manifest().status == 200
    assert (first, second)[1 - winner].manifest().code == "auth.required"
