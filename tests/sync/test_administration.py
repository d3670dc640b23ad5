"""Administration as a tablet sees it: profiles, blocked devices, a changed password."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from salesapp.cli.password import command as password_command
from salesapp.errors import UserFacingError
from salesapp.gateway import accounts, administration
from salesapp.protocol.records import CustomerRecord
from salesapp.services import customers
from salesapp.store.folders import DataFolder
from salesapp.store.outbox import Outbox
from salesapp.store.tokens import TokenStore, device_series
from salesapp.sync.password import change_password
from salesapp.sync.session import end_session
from tests.conftest import PASSWORD, GatewayUnderTest, Tablet, states
from tests.faulty_line import FaultyLine
from tests.sync.test_scopes import rows

NEW = "mokry-zegar-siedem"
RIGHT = {"ok", "unchanged"}


def make_customer(tablet: Tablet, name: str = "Not sent yet") -> None:
    work = tablet.work()
    customers.save_customer(work, CustomerRecord(name=name, addresses=[]))
    work.close()


def waiting(tablet: Tablet) -> list[str]:
    work = tablet.work()
    found = [item.state for item in Outbox(work).items()]
    work.close()
    return found


def code_of(tablet: Tablet) -> tuple[str, str]:
    outcome = tablet.sync()
    return outcome.outcome, outcome.error.code if outcome.error else ""


def changed(tablet: Tablet, new: str = NEW, old: str = PASSWORD) -> str:
    """Returns the code of the error, or ""."""
    try:
        assert asyncio.run(change_password(tablet.place, old, new, within_s=5)) == tablet.user
    except UserFacingError as error:
        return error.code
    return ""


def test_that_another_profile_exchanges_the_rows_without_a_red_object(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    assert tablet.begin().outcome == "ok"
    own = rows(tablet, "customers_customers", "code")
    assert rows(tablet, "directories_price_types", "code") == {("RETAIL",)}
    make_customer(tablet)
    for profile, lists, warehouses in (
        ("office", {("WHOLESALE",)}, {("W2",)}),
        (None, {("RETAIL",), ("WHOLESALE",)}, {("W1",), ("W2",)}),
        ("field", {("RETAIL",)}, {("W1",)}),
    ):
        administration.set_profile(gateway.database, "rep1", profile)
        outcome = tablet.sync()
        assert outcome.outcome == "ok"
        assert outcome.error is None
        assert set(states(outcome).values()) <= RIGHT
        assert rows(tablet, "directories_price_types", "code") == lists
        assert rows(tablet, "directories_warehouses", "code") == warehouses
        assert own <= rows(tablet, "customers_customers", "code")
    assert rows(tablet, "auxiliary_profiles", "code") == {("field",)}
    assert rows(tablet, "customers_customers", "code") == own | {("N1",)}  # the one that was made here
    assert tablet.outcomes[1].sent.accepted == 1


def test_that_a_blocked_tablet_keeps_its_work_and_continues_when_unblocked(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    assert tablet.begin().outcome == "ok"
    make_customer(tablet)
    device = DataFolder(tablet.root).device_id
    administration.block_device(gateway.database, device)
    assert code_of(tablet) == ("unauthorized", "auth.device_blocked")  # with its session, and again with the password
    assert waiting(tablet) == ["waiting"]
    tablet.password = None
    assert code_of(tablet) == ("unauthorized", "auth.device_blocked")  # with its session only
    second = replace(tablet, user="rep2", password=PASSWORD)
    assert code_of(second) == ("unauthorized", "auth.device_blocked")  # another user of the same tablet
    assert rows(tablet, "customers_customers", "code") == {("C1",)}
    administration.unblock_device(gateway.database, device)
    assert tablet.sync().sent.accepted == 1
    assert replace(second, root=tablet.root).sync().outcome == "ok"


def test_that_a_disabled_user_comes_back_to_the_work_on_the_tablet(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    tablet.begin()
    make_customer(tablet)
    accounts.disable_user(gateway.database, "rep1")
    assert code_of(tablet) == ("unauthorized", "auth.wrong_password")
    administration.enable_user(gateway.database, "rep1")
    assert tablet.sync().sent.accepted == 1


def test_that_a_removed_user_who_is_added_again_sends_waiting_records_under_new_numbers(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    tablet.begin()
    make_customer(tablet)
    administration.remove_user(gateway.database, "rep1")
    assert code_of(tablet) == ("unauthorized", "auth.wrong_password")
    accounts.add_user(gateway.database, "rep1", PASSWORD, "field")
    outcome = tablet.sync()
    assert (outcome.outcome, outcome.sent.accepted) == ("ok", 1)


def test_that_the_own_password_is_changed_and_this_tablet_stays_logged_on(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    here, there = make_tablet("rep1"), make_tablet("rep1")
    assert (here.sync().outcome, there.sync().outcome) == ("ok", "ok")
    assert changed(here) == ""
    here.password = there.password = None
    assert here.sync().outcome == "ok"
    assert code_of(there) == ("unauthorized", "auth.required")
    there.password = NEW
    assert there.sync().outcome == "ok"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("wrong", NEW, "auth.wrong_old_password"),
        (PASSWORD, PASSWORD, "password.same"),
        (PASSWORD, "12345678", "password.common"),
        (PASSWORD, "office 123 office", "password.has_name"),
        (PASSWORD, "", "password.length"),
    ],
)
def test_that_the_reason_for_refusing_a_password_arrives(tablet: Tablet, old: str, new: str, code: str) -> None:
    tablet.begin()
    assert changed(tablet, new, old) == code
    assert tablet.sync(attachments=False).outcome == "ok"


def test_that_too_many_wrong_passwords_are_reported_as_such(tablet: Tablet) -> None:
    tablet.begin()
    assert [changed(tablet, old="wrong") for _ in range(11)][-1] == "auth.throttled"


def test_that_without_a_session_the_old_password_opens_one(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    tablet.begin()
    end_session(tablet.place)
    assert changed(tablet, old="wrong") == "auth.wrong_password"
    assert changed(tablet) == ""
    tablet.password = None
    assert tablet.sync(attachments=False).outcome == "ok"
    work = tablet.work()
    TokenStore(work, uses_keyring=False).put(gateway.url, "a token that has ended", "OFFICE")
    work.close()
    assert changed(tablet, PASSWORD, NEW) == ""


def test_that_without_a_network_nothing_changes(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    tablet.begin()
    gateway.stop()
    assert changed(tablet) == "network.unreachable"
    gateway.start()
    assert tablet.sync(attachments=False).outcome == "ok"
    assert accounts.password_is_right(gateway.database, "office", PASSWORD)


def test_that_a_change_whose_answer_is_lost_is_repeated_without_harm(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    lost: list[bytes] = []

    def loses_first(head: bytes) -> bool:
        is_change = b"/v1/password" in head and len(lost) < 1
        if is_change:
            lost.append(head)
        return is_change

    with FaultyLine(gateway.port, loses=loses_first) as line:
        tablet.url = line.url
        tablet.sync(attachments=False)
        assert changed(tablet) == ""
    assert len(lost) == 1
    assert accounts.password_is_right(gateway.database, "office", NEW)


def test_that_a_change_without_an_answer_is_reported(gateway: GatewayUnderTest, tablet: Tablet) -> None:
    with FaultyLine(gateway.port, loses=lambda head: b"/v1/password" in head) as line:
        tablet.url = line.url
        tablet.sync(attachments=False)
        assert changed(tablet) == "password.unknown"
    assert accounts.password_is_right(gateway.database, "office", NEW)
    tablet.url, tablet.password = None, NEW
    assert tablet.sync(attachments=False).outcome == "ok"


def test_that_the_command_takes_passwords_from_files_and_standard_input(
    gateway: GatewayUnderTest, tablet: Tablet, tmp_path: Path
) -> None:
    tablet.begin()
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text(PASSWORD + "\n")
    new.write_bytes(b"\xef\xbb\xbf" + NEW.encode() + b"\r\n")
    place = ("--data-dir", str(tablet.root), "--key-file", str(tablet.key_file))

    def run(*words: str, stdin: str = "") -> tuple[int, str]:
        result = CliRunner().invoke(password_command, [*words, *place], input=stdin)
        return result.exit_code, result.output

    assert run("--password-file", str(old))[0] == 2
    assert run("--new-password-file", str(new))[0] == 2
    code, told = run("--password-file", str(new), "--new-password-file", str(new))
    assert (code, "current password is wrong" in told) == (5, True)
    code, told = run("--password-file", "-", "--new-password-file", "-", stdin=f"{PASSWORD}\n12345678\n")
    assert (code, "tried first" in told) == (2, True)
    code, told = run("--password-file", str(old), "--new-password-file", str(new))
    assert (code, told.startswith("The password of office was changed.")) == (0, True)
    assert run("--password-file", "-", "--new-password-file", "-", stdin=f"{NEW}\n{PASSWORD}\n")[0] == 0
    assert accounts.password_is_right(gateway.database, "office", PASSWORD)
    gateway.stop()
    assert run("--password-file", str(old), "--new-password-file", str(new))[0] == 4
    missing = CliRunner().invoke(
        password_command,
        ["--data-dir", str(tmp_path / "none"), "--password-file", str(old), "--new-password-file", str(new)],
    )
    assert (missing.exit_code, "holds no account yet" in missing.output) == (2, True)


def accounts_of(tablet: Tablet) -> list[tuple[str, Path]]:
    return [(entry.user, entry.path) for entry in DataFolder(tablet.root).accounts()]


def test_that_a_renamed_user_keeps_unsent_work_numbers_and_history(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    assert tablet.begin().outcome == "ok"
    make_customer(tablet, "Sent before")
    assert tablet.sync().sent.accepted == 1
    before = rows(tablet, "customers_customers", "id, name")
    make_customer(tablet, "Not sent before")
    work = tablet.work()
    series = device_series(work)
    work.close()
    folder = tablet.account.path
    administration.rename_user(gateway.database, "rep1", "Jan Nowak")
    assert code_of(tablet) == ("unauthorized", "auth.renamed")
    error = tablet.outcomes[-1].error
    assert error is not None
    assert error.params["name"] == "Jan Nowak"
    assert waiting(tablet)[-1] == "waiting"
    tablet.user = "Jan Nowak"
    outcome = tablet.sync()
    assert (outcome.outcome, outcome.error, outcome.sent.accepted) == ("ok", None, 1)
    assert set(states(outcome).values()) <= RIGHT
    assert accounts_of(tablet) == [("Jan Nowak", folder)]
    assert tablet.account.names == ("Jan Nowak", "rep1")
    assert before < rows(tablet, "customers_customers", "id, name")
    work = tablet.work()
    assert device_series(work) == series
    assert [item.state for item in Outbox(work).items()] == ["in_erp"] * 2
    work.close()
    assert rows(tablet, "auxiliary_document_states", "representative, state") == {
        ("rep1", "in_erp"),
        ("Jan Nowak", "in_erp"),
    }
    again = tablet.sync()
    assert (again.outcome, again.requests) == ("ok", 1)  # nothing changed
    assert tablet.account.names == ("Jan Nowak", "rep1")


def test_that_records_decided_after_a_rename_are_settled(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    tablet.begin()
    before = len(rows(tablet, "auxiliary_document_states", "id"))
    make_customer(tablet)
    gateway.connector.holds = True
    assert tablet.sync().sent.accepted == 1
    administration.rename_user(gateway.database, "rep1", "rep9")
    gateway.connector.holds = False
    gateway.restart()
    tablet.user = "rep9"
    assert tablet.sync().outcome == "ok"
    assert tablet.sync().outcome == "ok"
    assert waiting(tablet) == ["in_erp"]
    assert len(rows(tablet, "auxiliary_document_states", "id")) == before + 1


def test_that_rows_stay_with_a_renamed_user_under_either_name_in_the_erp(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    tablet.begin()
    for new in ("rep9", "rep8", "rep1"):  # and back
        administration.rename_user(gateway.database, tablet.user, new)
        tablet.user = new
        assert tablet.sync().outcome == "ok"
        assert rows(tablet, "customers_customers", "code") == {("C1",)}
    administration.rename_user(gateway.database, "rep1", "rep9")
    tablet.user = "rep9"
    for row in gateway.connector.company["customers.customers"].values():
        if row["representative"] == "rep1":
            row["representative"] = "rep9"
    gateway.take()
    outcome = tablet.sync()
    assert outcome.outcome == "ok"
    assert set(states(outcome).values()) <= RIGHT
    assert rows(tablet, "customers_customers", "code, representative") == {("C1", "rep9")}
    assert len(accounts_of(tablet)) == 1


def test_that_a_reused_name_opens_nothing_of_its_former_user(
    gateway: GatewayUnderTest, make_tablet: Callable[[str], Tablet]
) -> None:
    tablet = make_tablet("rep1")
    tablet.begin()
    administration.rename_user(gateway.database, "rep1", "rep9")
    tablet.user = "rep9"
    tablet.sync()
    make_customer(tablet)
    first = tablet.account.path
    administration.remove_user(gateway.database, "rep9")
    accounts.add_user(gateway.database, "rep1", PASSWORD, "office")
    tablet.user = "rep1"
    outcome = tablet.sync()
    assert (outcome.outcome, outcome.sent.accepted) == ("ok", 0)
    assert tablet.account.path != first
    assert dict(accounts_of(tablet))["rep9"] == first
    accounts.add_user(gateway.database, "rep9", PASSWORD, "field")
    tablet.user = "rep9"
    assert tablet.sync().sent.accepted == 1
