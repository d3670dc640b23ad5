"""Administration and its reversal: users and devices, by commands, while the gateway serves."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select, update

from salesapp.cli import gateway_users
from salesapp.cli.gateway import command
from salesapp.errors import AuthorizationError
from salesapp.gateway import accounts, administration
from salesapp.gateway.audit import audit
from salesapp.gateway.delivery import deliver_pending
from salesapp.gateway.submissions import DOCUMENT_STATES, store
from salesapp.gateway.tables import record, submission
from salesapp.protocol.messages import Submission
from tests.conftest import PASSWORD, GatewayUnderTest
from tests.gateway.client import Device, device_of, new_customer, stored

ID = "0192f0c1-2345-7abc-8def-0123456789ab"


def office(gateway: GatewayUnderTest, *words: str, stdin: str = "") -> Result:
    """Runs a command of the back office: group, command, further arguments."""
    result = CliRunner().invoke(command, [*words, "--data", str(gateway.database.folder)], input=stdin)
    assert not result.exception or isinstance(result.exception, SystemExit)
    return result


def done(gateway: GatewayUnderTest, *words: str, stdin: str = "") -> str:
    result = office(gateway, *words, stdin=stdin)
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(gateway: GatewayUnderTest, *words: str, stdin: str = "") -> str:
    """Returns the messages of a command that did nothing."""
    before = _accounts(gateway)
    result = office(gateway, *words, stdin=stdin)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert _accounts(gateway) == before
    return result.stderr


def _accounts(gateway: GatewayUnderTest) -> list[Any]:
    tables = (accounts.user, accounts.device, accounts.session, accounts.blocked_device, accounts.former_name, audit)
    with gateway.database.read() as connection:
        return [connection.execute(select(table)).all() for table in tables]


def listed(gateway: GatewayUnderTest, group: str) -> dict[str, dict[str, Any]]:
    rows = msgspec.json.decode(done(gateway, group, "list", "--json"))
    return {row["name" if group == "users" else "id"]: row for row in rows}


def notes(gateway: GatewayUnderTest, kind: str) -> list[tuple[str, str]]:
    """Returns the audit entries of administration, with their users."""
    with gateway.database.read() as connection:
        rows = connection.execute(select(audit).where(audit.c.kind == kind, audit.c.actor != "").order_by(audit.c.id))
        return [(row.what, row.who or row.device_id) for row in rows]


def test_that_a_disabled_user_comes_back_with_the_same_password(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway, "rep1")
    done(gateway, "users", "disable", "rep1")
    assert device.manifest().code == "auth.required"
    assert device.log_on("rep1").code == "auth.wrong_password"
    assert listed(gateway, "users")["rep1"]["is_disabled"] is True
    assert done(gateway, "users", "list").splitlines()[1] == "rep1\tfield\tdisabled"
    assert "enabled" in done(gateway, "users", "enable", "rep1")
    assert device.log_on("rep1").status == 200
    assert device.manifest().status == 200
    assert notes(gateway, "user") == [("disabled", "rep1"), ("enabled", "rep1")]


def test_that_a_new_password_of_a_disabled_user_comes_with_a_warning(gateway: GatewayUnderTest) -> None:
    done(gateway, "users", "disable", "rep1")
    told = done(gateway, "users", "password", "rep1", "--password-file", "-", stdin="mokry-zegar-siedem\n")
    assert "rep1 is still disabled" in told
    assert "users enable rep1" in told
    assert Device(gateway.port).log_on("rep1", "mokry-zegar-siedem").status == 401
    done(gateway, "users", "enable", "rep1")
    assert Device(gateway.port).log_on("rep1", "mokry-zegar-siedem").status == 200
    assert "disabled" not in done(gateway, "users", "password", "rep1", "--password-file", "-", stdin=PASSWORD)


def test_that_a_removed_user_leaves_records_and_can_be_added_again(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway, "rep1")
    series = listed(gateway, "devices")["device of rep1"]["series"]
    assert device.send("PUT", f"/v1/submissions/{ID}", new_customer()).status == 200
    gateway.stop()
    _decide(gateway)
    gateway.start()
    device.port = gateway.port
    done(gateway, "users", "remove", "rep1")
    assert device.manifest().code == "auth.required"
    assert device.log_on("rep1").code == "auth.wrong_password"
    assert "rep1" not in listed(gateway, "users")
    assert "device of rep1" not in listed(gateway, "devices")
    with gateway.database.read() as connection:
        assert connection.execute(select(submission.c.user_name)).scalars().all() == ["rep1"]
    assert "logon" in done(gateway, "audit", "--user", "rep1")
    done(gateway, "users", "add", "rep1", "--profile", "field", "--password-file", "-", stdin=PASSWORD)
    again = device.log_on("rep1")
    assert again.status == 200
    assert again.json()["series"] != series  # no number is ever used twice
    assert device.send("PUT", f"/v1/submissions/{ID}", new_customer()).json()["id"] == ID  # the first receipt
    assert device.send("POST", "/v1/submissions/known", {"ids": [ID]}).json().get("missing", []) == []


def _decide(gateway: GatewayUnderTest) -> None:
    with gateway.database.write() as connection:
        connection.execute(update(submission).values(state="in_erp"))


def test_that_undelivered_work_blocks_the_removal_of_its_user(gateway: GatewayUnderTest) -> None:
    assert device_of(gateway, "rep1").send("PUT", f"/v1/submissions/{ID}", new_customer()).status == 200
    gateway.stop()
    with gateway.database.write() as connection:
        connection.execute(update(submission).values(state="received"))
    assert listed(gateway, "users")["rep1"]["undelivered"] == 1
    told = refused(gateway, "users", "remove", "rep1")
    assert "the ERP has not decided 1 records of rep1" in told
    assert "--yes" in told
    done(gateway, "users", "remove", "rep1", "--yes")
    assert "rep1" not in listed(gateway, "users")


def test_that_the_command_asks_before_it_removes_a_user_with_undelivered_work(
    gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.connector.holds = True
    assert device_of(gateway, "rep1").send("PUT", f"/v1/submissions/{ID}", new_customer()).status == 200
    monkeypatch.setattr(gateway_users, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    kept = office(gateway, "users", "remove", "rep1", stdin="n\n")
    assert (kept.exit_code, "Remove anyway?" in kept.output) == (1, True)
    assert "rep1" in listed(gateway, "users")
    done(gateway, "users", "remove", "rep1", stdin="y\n")
    assert "rep1" not in listed(gateway, "users")
    gateway.stop()
    gateway.connector.holds = False
    deliver_pending(gateway.database, gateway.catalogue, gateway.connector)
    with gateway.database.read() as connection:
        assert connection.execute(select(submission.c.state)).scalar_one() == "in_erp"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("users", "enable", "nobody"), "there is no user nobody"),
        (("users", "disable", "nobody"), "there is no user nobody"),
        (("users", "remove", "nobody"), "there is no user nobody"),
        (("users", "remove", "nobody", "--yes"), "there is no user nobody"),
        (("users", "profile", "nobody", "field"), "there is no user nobody"),
        (("users", "profile", "rep1", "feld"), "there is no profile feld; the company has: field, office"),
        (("users", "profile", "rep1"), "give either the code of a profile or --everything"),
        (("users", "profile", "rep1", "field", "--everything"), "give either the code of a profile or --everything"),
        (("users", "add", "rep3", "--profile", "feld", "--password-file", "-"), "there is no profile feld"),
        (("users", "add", "rep1", "--password-file", "-"), "there is a user rep1 already"),
        (("users", "add", " rep3", "--password-file", "-"), "does not begin or end with a blank"),
        (("users", "add", "re\np3", "--password-file", "-"), "printable characters"),
        (("users", "add", "x" * 101, "--password-file", "-"), "1 to 100 printable"),
        (("users", "password", "nobody", "--password-file", "-"), "there is no user nobody"),
        (("users", "rename", "nobody", "rep3"), "there is no user nobody"),
        (("users", "rename", "rep1", "rep2"), "there is a user rep2 already"),
        (("users", "rename", "rep1", "rep1"), "there is a user rep1 already"),
        (("users", "rename", "rep1", " rep3"), "does not begin or end with a blank"),
        (("users", "rename", "rep1", "re\x1bp3"), "printable characters"),
        (("users", "rename", "rep1", ""), "1 to 100 printable"),
        (("devices", "block", "nothing"), "there is no device nothing"),
        (("devices", "unblock", "nothing"), "the device nothing is not blocked"),
        (("devices", "revoke", "nothing"), "there is no device nothing"),
    ],
)
def test_that_wrong_usage_is_reported_and_changes_nothing(
    gateway: GatewayUnderTest, words: tuple[str, ...], told: str
) -> None:
    assert told in refused(gateway, *words, stdin=PASSWORD)


@pytest.mark.parametrize("deed", [("add", "rep3"), ("password", "rep1")])
@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("12345678", "tried first"),
        ("Hasło2026!", "tried first"),
        ("        ", "blanks only"),
        ("xx rep1 xx rep3 xx", "name is in the password"),
        ("short", "8 to 200 characters"),
        ("", "8 to 200 characters"),
    ],
)
def test_that_every_command_has_the_same_rule_for_passwords(
    gateway: GatewayUnderTest, deed: tuple[str, str], password: str, told: str
) -> None:
    message = refused(gateway, "users", *deed, "--password-file", "-", stdin=f"{password}\n")
    assert told in message
    assert "The password was not set." in message
    assert password not in message or not password


def test_that_the_companys_names_count_as_common_passwords_at_its_gateway(gateway: GatewayUnderTest) -> None:
    company = gateway.connector.company["auxiliary.company"]
    next(iter(company.values()))["name"] = "Zbyszkowianka S.A."
    told = ("users", "password", "rep1", "--password-file", "-")
    done(gateway, *told, stdin="Zbyszkowianka7")
    gateway.take()
    assert "tried first" in refused(gateway, *told, stdin="Zbyszkowianka7")


def test_that_a_blocked_device_is_refused_for_every_user_until_it_is_unblocked(gateway: GatewayUnderTest) -> None:
    device, other = device_of(gateway, "rep1", "tablet 7"), device_of(gateway, "rep2", "tablet 7")
    elsewhere = device_of(gateway, "rep1", "tablet 8")
    assert "rep1, rep2" in done(gateway, "devices", "block", "tablet 7")
    for blocked, user in ((device, "rep1"), (other, "rep2")):
        answer = blocked.manifest()
        assert (answer.status, answer.code) == (403, "auth.device_blocked")
        assert blocked.send("PUT", f"/v1/submissions/{ID}", new_customer()).code == "auth.device_blocked"
        assert Device(gateway.port).log_on(user, device="tablet 7").code == "auth.device_blocked"
        assert Device(gateway.port).log_on(user, "wrong password", "tablet 7").code == "auth.wrong_password"
    assert Device(gateway.port).log_on("office", device="tablet 7").code == "auth.device_blocked"  # the first time
    assert elsewhere.manifest().status == 200
    assert {key: row["is_blocked"] for key, row in listed(gateway, "devices").items()} == {
        "tablet 7": True,
        "tablet 8": False,
    }
    assert [line.split("\t")[-1] for line in done(gateway, "devices", "list").splitlines()].count("blocked") == 2
    done(gateway, "devices", "block", "tablet 7")  # again: nothing new
    done(gateway, "devices", "unblock", "tablet 7")
    assert device.manifest().status == 200
    assert Device(gateway.port).log_on("office", device="tablet 7").status == 200
    assert notes(gateway, "device") == [("blocked", "tablet 7"), ("unblocked", "tablet 7")]
    assert "auth.device_blocked" in done(gateway, "audit", "--kind", "logon")
    assert "request of a blocked device\tauth.device_blocked" in done(gateway, "audit", "--kind", "denied")


def test_that_a_blocked_device_of_a_removed_user_is_listed_and_unblocked(gateway: GatewayUnderTest) -> None:
    device_of(gateway, "rep1", "tablet 7")
    done(gateway, "devices", "block", "tablet 7")
    done(gateway, "users", "remove", "rep1")
    assert listed(gateway, "devices")["tablet 7"]["is_blocked"] is True
    assert Device(gateway.port).log_on("rep2", device="tablet 7").code == "auth.device_blocked"
    done(gateway, "devices", "unblock", "tablet 7")
    assert Device(gateway.port).log_on("rep2", device="tablet 7").status == 200


def test_that_a_new_device_with_the_name_of_a_blocked_one_is_noted(gateway: GatewayUnderTest) -> None:
    logon = {"user": "rep1", "password": PASSWORD, "device": "one", "device_name": "TABLET-07"}
    assert Device(gateway.port).send("POST", "/v1/logon", logon).status == 200
    done(gateway, "devices", "block", "one")
    assert Device(gateway.port).send("POST", "/v1/logon", logon | {"device": "two"}).status == 200
    assert "logon of a new device with the name of a blocked one" in done(gateway, "audit", "--kind", "logon")


def test_that_a_revoked_device_asks_for_the_password(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway, "rep1", "tablet 7")
    assert "block" in done(gateway, "devices", "revoke", "tablet 7")
    assert device.manifest().code == "auth.required"
    assert device.log_on("rep1", device="tablet 7").status == 200


def test_that_commands_and_the_serving_gateway_do_not_interfere(gateway: GatewayUnderTest) -> None:
    """During logons the same user is disabled and enabled: each session works or has ended."""

    def switch(number: int) -> None:
        done(gateway, "users", ("disable", "enable")[number % 2], "rep1")

    def log_on(number: int) -> int:
        return Device(gateway.port).log_on("rep1", device=f"d{number % 3}").status

    with ThreadPoolExecutor(4) as pool:
        logons = [pool.submit(log_on, number) for number in range(8)]
        for number in range(6):
            switch(number)
        found = {logon.result() for logon in logons}
    assert found <= {200, 401}
    assert Device(gateway.port).log_on("rep1").status == 200
    with gateway.database.read() as connection:
        series = connection.execute(select(accounts.device.c.series)).scalars().all()
        assert len(series) == len(set(series))
        assert connection.execute(select(func.count()).select_from(accounts.user)).scalar_one() == 3


@pytest.mark.parametrize("deed", ["disable", "remove", "password"])
def test_that_no_session_begins_with_credentials_that_have_just_changed(gateway: GatewayUnderTest, deed: str) -> None:
    """Another process changes the user between the password check and the session."""
    account = accounts.account_of(gateway.database, "rep1", PASSWORD)
    assert account is not None
    file = ("--password-file", "-") if deed == "password" else ()
    done(gateway, "users", deed, "rep1", *file, stdin="mokry-zegar-siedem")
    with pytest.raises(AuthorizationError):
        accounts.open_session(gateway.database, account, "a device", "", "")
    assert listed(gateway, "devices") == {}


def test_that_a_renamed_user_keeps_devices_series_records_files_and_receipts(gateway: GatewayUnderTest) -> None:
    device = device_of(gateway, "rep1", "tablet 7")
    series = listed(gateway, "devices")["tablet 7"]["series"]
    receipt = device.send("PUT", f"/v1/submissions/{ID}", new_customer()).body
    content = b"half of a file"
    digest = hashlib.sha256(content).hexdigest()
    part = {"Upload-Offset": "0", "Upload-Length": str(len(content))}
    assert device.send("PATCH", f"/v1/uploads/{digest}", content[:4], part).json() == {"offset": 4}
    told = done(gateway, "users", "rename", "rep1", "Jan Nowak")
    assert "logs on as Jan Nowak with the same password" in told
    assert device.manifest().code == "auth.required"
    answer = device.log_on("rep1", device="tablet 7")
    assert (answer.status, answer.code) == (403, "auth.renamed")
    assert answer.json()["params"] == {"name": "Jan Nowak"}
    assert Device(gateway.port).log_on("rep1", "wrong password").code == "auth.wrong_password"  # not for strangers
    logon = device.log_on("Jan Nowak", device="tablet 7").json()
    assert (logon["series"], logon["formerly"]) == (series, ["rep1"])
    assert device.send("PUT", f"/v1/submissions/{ID}", new_customer()).body == receipt
    assert device.send("POST", "/v1/submissions/known", {"ids": [ID]}).json().get("missing", []) == []
    assert device.send("GET", f"/v1/uploads/{digest}").json() == {"offset": 4}
    rest = part | {"Upload-Offset": "4"}
    assert device.send("PATCH", f"/v1/uploads/{digest}", content[4:], rest).json()["complete"] is True
    row = listed(gateway, "users")["Jan Nowak"]
    assert (row["profile"], row["devices"]) == ("field", 1)
    assert "rep1" not in listed(gateway, "users")
    by_both = [done(gateway, "audit", "--user", name).splitlines() for name in ("Jan Nowak", "rep1")]
    assert any("tablet 7" in line and "rep1" in line for line in by_both[0])  # the logon before
    assert any("renamed: rep1 -> Jan Nowak" in line for line in by_both[1])


def test_that_no_name_gives_access_to_another_users_data(gateway: GatewayUnderTest) -> None:
    assert device_of(gateway, "rep1").send("PUT", f"/v1/submissions/{ID}", new_customer()).status == 200
    done(gateway, "users", "rename", "rep1", "rep9")
    add = ("users", "add", "rep1", "--password-file", "-")
    assert "rep1 is a former name of rep9" in refused(gateway, *add, stdin=PASSWORD)
    assert "rep1 is a former name of rep9" in refused(gateway, "users", "rename", "rep2", "rep1")
    done(gateway, "users", "rename", "rep9", "rep1")  # back
    assert "rep9 is a former name of rep1" in refused(gateway, "users", "rename", "rep2", "rep9")
    done(gateway, "users", "remove", "rep1", "--yes")
    assert "rep1 is a removed user whose records are kept" in refused(gateway, "users", "rename", "rep2", "rep1")
    done(gateway, "users", "rename", "rep2", "rep9")  # it has no records
    done(gateway, *add, stdin=PASSWORD)


def test_that_users_with_the_same_beginning_of_their_names_are_distinguished(gateway: GatewayUnderTest) -> None:
    done(gateway, "users", "add", "rep1 north", "--password-file", "-", stdin=PASSWORD)
    other = device_of(gateway, "rep1 north")
    theirs = ID.replace("0192", "0193")
    assert other.send("PUT", f"/v1/submissions/{theirs}", new_customer("Theirs")).status == 200
    assert device_of(gateway, "rep1").send("PUT", f"/v1/submissions/{ID}", new_customer("Ours")).status == 200
    done(gateway, "users", "rename", "rep1", "rep9")
    with gateway.database.read() as connection:
        keys = connection.execute(select(record.c.erp_key).where(record.c.object == DOCUMENT_STATES)).scalars().all()
    assert sorted(key for key in keys if key.startswith("rep")) == [f"rep1 north {theirs}", f"rep9 {ID}"]
    assert other.manifest().status == 200


def test_that_a_failed_rename_changes_nothing(gateway: GatewayUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    device = device_of(gateway, "rep1")
    part = {"Upload-Offset": "0", "Upload-Length": "8"}
    digest = hashlib.sha256(b"12345678").hexdigest()
    assert device.send("PATCH", f"/v1/uploads/{digest}", b"1234", part).status == 200
    before = stored(gateway.database)

    def fails(*_values: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(administration, "_rename_states", fails)
    with pytest.raises(RuntimeError):
        administration.rename_user(gateway.database, "rep1", "rep9")
    assert stored(gateway.database) == before
    assert device.send("GET", f"/v1/uploads/{digest}").json() == {"offset": 4}


def test_that_a_record_that_arrives_while_its_user_is_renamed_is_sent_again(gateway: GatewayUnderTest) -> None:
    who = accounts.SignedIn("rep1", "field", "d")
    done(gateway, "users", "rename", "rep1", "rep9")
    message = Submission(**new_customer())
    with pytest.raises(AuthorizationError) as refusal:
        store(gateway.database, gateway.catalogue, who, ID, message)
    assert refusal.value.code == "auth.required"
    with gateway.database.read() as connection:
        assert connection.execute(select(submission)).all() == []
