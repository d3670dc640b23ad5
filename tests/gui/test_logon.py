"""Logging on and out: each thing that can go wrong is its own sentence, and who is remembered goes straight to work."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salesapp.errors import UserFacingError
from salesapp.gateway import administration
from salesapp.gateway.throttle import MOST_WRONG
from salesapp.protocol.records import Address, CustomerRecord, Document
from salesapp.services import customers, documents
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.work import WorkStore
from salesapp.sync import faults
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.dashboard.page import ORDER
from salesapp.views.parts.text import Text
from tests.conftest import PASSWORD
from tests.faulty_line import Answer, FaultyLine, http_answer
from tests.gui.conftest import Desk
from tests.sync.test_network import MARK
from tests.sync.test_tls import Files, serving


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("SALESAPP_CA_FILE", raising=False)


@contextmanager
def closed_port() -> Iterator[int]:
    """A port that is taken, and where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def account_of(desk: Desk) -> AccountFolder:
    account = DataFolder(desk.tablet.root).last()
    assert account is not None
    return account


def add_unsent_customer(desk: Desk) -> None:
    work = WorkStore.open(account_of(desk), load_key(desk.tablet.root, desk.tablet.key_file))
    try:
        customers.save_customer(work, CustomerRecord(name="Sklep Żabka", addresses=[Address(kind="main")]))
    finally:
        work.close()


def unsent(desk: Desk) -> int:
    overview = desk.app.device.overview
    assert overview is not None
    return overview.waiting_total


def told(desk: Desk) -> tuple[str, str]:
    """The two sentences of the error; both must be in sight."""
    error = desk.logon.error
    assert error.isVisible()
    assert error.title.isVisible()
    assert error.text.isVisible()
    return error.title.text(), error.text.text()


def test_that_each_thing_that_can_go_wrong_has_its_own_sentence(desk: Desk, tmp_path: Path) -> None:
    async def day() -> None:
        await desk.open()
        assert desk.app.window.current == "logon"
        seen: dict[str, tuple[str, str]] = {}

        await desk.log_on(password="wrong")
        seen["password"] = told(desk)
        assert "password" in seen["password"][0]
        assert "Capital and small letters" in seen["password"][1]
        assert desk.logon.password.edit.hasFocus()
        assert desk.logon.password.edit.selectedText() == "wrong"

        with closed_port() as port:
            await desk.log_on(url=f"http://127.0.0.1:{port}")
            seen["refused"] = told(desk)
            assert f"http://127.0.0.1:{port}" in seen["refused"][1]
            assert desk.logon.gateway.edit.hasFocus()

        await desk.log_on(url="http://gateway.example.com")
        seen["plain http"] = told(desk)
        assert "not encrypted" in seen["plain http"][0]
        assert "https://" in seen["plain http"][1]

        await desk.log_on(url="ftp://gateway.example.com")
        seen["no address"] = told(desk)

        with serving(desk.gateway, Files.of(trustme.CA().issue_cert("localhost"), tmp_path)) as port:
            await desk.log_on(url=f"https://localhost:{port}")
            seen["certificate"] = told(desk)
            assert "certificate" in seen["certificate"][0]
            assert "administrator" in seen["certificate"][1]

        assert len(set(seen.values())) == len(seen), "each has sentences of its own"
        assert desk.app.window.current == "logon"
        desk.gateway.restart()
        await desk.log_on()
        assert desk.app.window.current == "main"
        assert not desk.logon.error.isVisibleTo(desk.logon)

    desk.run(day())


def test_that_an_address_whose_name_nobody_knows_cannot_be_reached(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(host: str, *rest: object, **more: object) -> object:
        if host == "gateway.unknown":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def day() -> None:
        await desk.open()
        await desk.log_on(url="gateway.unknown")
        assert told(desk)[0] == "No computer is known under the name gateway.unknown."
        assert "Check the address" in told(desk)[1]
        assert desk.logon.gateway.edit.hasFocus()

        monkeypatch.setattr(faults, "has_network", lambda: False)
        await desk.log_on(url="gateway.unknown")
        assert told(desk) == ("This device has no network", "Connect it to a network, then log on again.")

    desk.run(day())


def test_that_a_certificate_of_another_day_points_to_the_clock_and_one_of_another_name_to_the_address(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ca, now, day_long = trustme.CA(), datetime.now(UTC), timedelta(days=1)  # noqa: TID251  # by which OpenSSL judges
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SALESAPP_CA_FILE", str(tmp_path / "ca.pem"))
    later = ca.issue_cert("localhost", not_before=now + day_long, not_after=now + 9 * day_long)
    cases = (
        (later, ("not valid on the date of this device", "Check the date and time of this device")),
        (ca.issue_cert("gateway.example.com"), ("belongs to another address", "Check the address")),
        (trustme.CA().issue_cert("localhost"), ("does not know who signed it", "ask your administrator")),
    )

    async def day() -> None:
        await desk.open()
        for made, sentences in cases:
            with serving(desk.gateway, Files.of(made, tmp_path)) as port:
                await desk.log_on(url=f"https://localhost:{port}")
            for said, expected in zip(told(desk), sentences, strict=True):
                assert expected in said
        desk.app._on_setting_changed("language", "pl")
        await desk.settle()
        assert "urządzenie nie zna jego wystawcy" in told(desk)[0], "no word of it is in another language"

    desk.run(day())


def always(answer: bytes) -> Answer:
    return lambda _head: answer


def test_that_a_page_of_the_wireless_network_and_a_gateway_of_another_version_are_told_apart(desk: Desk) -> None:
    """The page, and gateways: one that has its logon elsewhere, one that answers otherwise, one that is too busy."""
    answers = (
        (http_answer("200 OK", b"<html>Welcome to the hotel</html>"), "Something other than a gateway", "wireless"),
        (http_answer("404 Not Found", b"{}", MARK), "different versions", "Update the app"),
        (http_answer("200 OK", b'{"token": 7}', MARK), "could not be read", "Try again in a few minutes"),
        (http_answer("503 Busy", b"{}", MARK), "failed to answer", "Try again in a few minutes"),
    )

    async def day() -> None:
        await desk.open()
        for answer, title, text in answers:
            with FaultyLine(desk.gateway.port, answer=always(answer)) as line:
                await desk.log_on(url=line.url)
            assert title in told(desk)[0]
            assert text in told(desk)[1]
            assert "ynchronize" not in " ".join(told(desk)), "nobody can synchronize before the logon"
        with FaultyLine(desk.gateway.port, budget=40) as line:
            await desk.log_on(url=line.url)
        assert told(desk) == (
            "The connection to the gateway broke off.",
            "Try again in a few minutes; if it stays, tell the back office.",
        )

    desk.run(day())


def test_that_after_too_many_attempts_the_page_says_how_long_to_wait(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        for _ in range(MOST_WRONG):
            with pytest.raises(UserFacingError):
                await desk.app.device.log_on(desk.gateway.url, "office", "wrong")
        await desk.log_on()
        title, text = told(desk)
        assert "too many attempts" in title
        seconds = next(int(word) for word in text.split() if word.isdigit())
        assert 0 < seconds <= 15 * 60

    desk.run(day())


def test_that_empty_fields_are_named_and_nothing_is_sent(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        page = desk.logon
        asked: list[str] = []
        page.submitted.connect(lambda url, *_rest: asked.append(url))
        page.gateway.edit.setText("   ")
        page.user.edit.clear()
        page.password.edit.clear()
        desk.tap(page.button)
        for field in (page.gateway, page.user, page.password):
            assert field.error.isVisible()
            assert field.error.text()
            assert field.frame.property("wrong")
        assert page.gateway.edit.hasFocus()
        QTest.keyClicks(page.gateway.edit, "gateway")
        assert not page.gateway.error.isVisible(), "it is mended while it is typed"
        assert page.user.error.isVisible()
        assert not asked

    desk.run(day())


def test_that_the_login_is_case_sensitive_and_the_sentence_says_so(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on(user="OFFICE")
        assert "Capital and small letters" in told(desk)[1]
        await desk.log_on(user="office")
        assert desk.app.window.current == "main"

    desk.run(day())


def test_that_the_password_can_be_shown_and_hidden(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        field = desk.logon.password
        field.edit.setText("Żółw")
        assert field.edit.displayText() != "Żółw"
        desk.tap(field.eye)
        assert field.edit.displayText() == "Żółw"
        assert field.eye.accessibleName() == "Hide the password"
        desk.tap(field.eye)
        assert field.edit.displayText() != "Żółw"
        assert field.eye.accessibleName() == "Show the password"

    desk.run(day())


def test_that_who_is_remembered_starts_on_the_main_screen(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        desk.logon.remember.setChecked(True)
        await desk.log_on()
        await desk.close()
        await desk.open()
        assert desk.app.window.current == "main"
        assert desk.app.window.page("logon") is None, "the logon page did not flash by"

    desk.run(day())


def test_that_who_is_not_remembered_starts_on_the_logon_page_with_address_and_login(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        desk.tap(desk.logon.remember)
        assert not desk.logon.remember.isChecked()
        await desk.log_on()
        assert desk.app.window.current == "main"
        await desk.close()
        await desk.open()
        assert desk.app.window.current == "logon"
        page = desk.logon
        assert page.gateway.edit.text() == desk.gateway.url
        assert page.user.edit.text() == "office"
        assert not page.password.edit.text()
        assert page.password.edit.hasFocus(), "only the password is missing"
        assert not page.remember.isChecked()
        assert not await desk.app.device.is_logged_on()

    desk.run(day())


def test_that_neither_back_nor_closing_logs_out(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            desk.press(key)
            await desk.settle()
            assert desk.app.window.current == "main"
        assert await desk.app.device.is_logged_on()
        await desk.close()
        await desk.open()
        assert desk.app.window.current == "main"
        assert await desk.app.device.is_logged_on()

    desk.run(day())


def test_that_keys_open_nothing_behind_the_logon_page(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        desk.press(Qt.Key.Key_F9)
        desk.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        desk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
        desk.press(Qt.Key.Key_Escape)
        await desk.settle()
        assert desk.app.window.current == "logon"
        assert desk.app.window.open_sheet() is None

    desk.run(day())


def test_that_logging_out_with_nothing_unsent_asks_nothing_and_keeps_the_data(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        assert await desk.synchronize() == "ok"
        rows = dict(desk.app.device.overview.rows) if desk.app.device.overview else {}
        assert sum(rows.values()) > 26
        desk.app.window.go_back()
        desk.tap(desk.tile("settings"))
        await desk.settle()
        desk.tap(desk.settings_page.log_out)
        await desk.until(lambda: desk.app.window.current == "logon")
        assert desk.app.window.open_sheet() is None
        assert not await desk.app.device.is_logged_on()
        await desk.close()
        await desk.open()
        assert desk.app.window.current == "logon"
        await desk.log_on()
        assert desk.app.device.overview is not None
        assert desk.app.device.overview.rows == rows
        assert desk.tiles == list(ORDER), "the first good synchronization is not forgotten"

    desk.run(day())


def test_that_logging_out_with_unsent_work_asks_first_and_the_work_stays(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        add_unsent_customer(desk)
        await desk.app.device.refresh()
        assert unsent(desk) == 1
        desk.tap(desk.tile("settings"))
        await desk.settle()

        desk.tap(desk.settings_page.log_out)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.no)
        await desk.settle()
        assert desk.app.window.open_sheet() is None
        assert desk.app.window.current == "settings"
        assert await desk.app.device.is_logged_on()

        desk.tap(desk.settings_page.log_out)
        desk.press(Qt.Key.Key_Escape)
        await desk.settle()
        assert desk.app.window.current == "settings", "Esc is No"
        assert await desk.app.device.is_logged_on()

        desk.tap(desk.settings_page.log_out)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        desk.tap(sheet.yes)
        await desk.until(lambda: desk.app.window.current == "logon")
        assert not await desk.app.device.is_logged_on()

        await desk.log_on()
        assert unsent(desk) == 1
        assert await desk.synchronize() == "ok"
        assert unsent(desk) == 0
        assert [sent.kind for sent in desk.gateway.connector.delivered] == ["customer"]

    desk.run(day())


def test_that_logging_out_asks_for_drafts_and_for_what_was_rejected_too(desk: Desk) -> None:
    async def day() -> None:
        await desk.begin()
        work = WorkStore.open(account_of(desk), load_key(desk.tablet.root, desk.tablet.key_file))
        draft = Document("sales_order", "", "2026-03-11", "PLN", [], net="0.00", vat="0.00", gross="0.00", customer=1)
        documents.save_draft(work, draft)
        work.close()
        await desk.app.device.refresh()
        assert unsent(desk) == 0, "a draft does not wait to be sent"
        desk.tap(desk.tile("settings"))
        await desk.settle()
        desk.tap(desk.settings_page.log_out)
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        assert "1 record is not sent yet" in [label.text() for label in sheet.findChildren(Text)]
        desk.tap(sheet.no)
        desk.gateway.connector.rejected_kinds = {"customer"}
        add_unsent_customer(desk)
        desk.app.window.go_back()
        await desk.app.device.refresh()
        await desk.synchronize()
        assert unsent(desk) == 0, "what was rejected does not go by itself"
        desk.app.logon.ask_log_out()
        sheet = desk.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        assert "2 records are not sent yet" in [label.text() for label in sheet.findChildren(Text)]

    desk.run(day())


def test_that_another_person_on_the_device_does_not_see_the_first_ones_work(desk: Desk) -> None:
    async def day() -> None:
        await desk.open()
        await desk.log_on()
        add_unsent_customer(desk)
        await desk.app.device.refresh()
        await desk.app.device.log_out()
        desk.app.logon.show()
        await desk.log_on(user="rep2", password=PASSWORD)
        assert unsent(desk) == 0
        assert desk.tiles == ["synchro", "settings"]

    desk.run(day())


def test_that_a_renamed_user_is_told_the_new_name_and_finds_the_own_work(desk: Desk) -> None:
    async def day() -> None:
        await desk.begin()
        add_unsent_customer(desk)
        await desk.app.device.refresh()
        assert unsent(desk) == 1
        administration.rename_user(desk.gateway.database, "office", "Jan Nowak")
        assert await desk.synchronize() == "unauthorized"
        desk.tap(desk.sync_page.primary)
        await desk.until(lambda: desk.app.window.current == "logon")
        await desk.log_on()
        assert told(desk) == ("This user is called Jan Nowak now.", "Log on as Jan Nowak with the same password.")
        assert desk.logon.user.edit.text() == "Jan Nowak"
        await desk.log_on(user="Jan Nowak")
        assert desk.app.window.current != "logon"
        assert unsent(desk) == 1
        assert await desk.synchronize() == "ok"
        assert unsent(desk) == 0

    desk.run(day())
