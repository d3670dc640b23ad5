"""Logging on and out: each failure has its own message, and remembered users start at once."""

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
from salesapp.settings import Settings
from salesapp.store.folders import AccountFolder, DataFolder
from salesapp.store.keys import load_key
from salesapp.store.work import WorkStore
from salesapp.sync import faults
from salesapp.views.confirm import ConfirmSheet
from salesapp.views.dashboard.page import ORDER
from salesapp.views.parts.text import Text
from tests.conftest import PASSWORD
from tests.faulty_line import Answer, FaultyLine, http_answer
from tests.gui.conftest import WindowDriver
from tests.sync.test_network import MARK
from tests.sync.test_tls import Files, serving


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("SALESAPP_CA_FILE", raising=False)


@contextmanager
def closed_port() -> Iterator[int]:
    """A reserved port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def account_of(driver: WindowDriver) -> AccountFolder:
    account = DataFolder(driver.tablet.root).last()
    assert account is not None
    return account


def add_unsent_customer(driver: WindowDriver) -> None:
    work = WorkStore.open(account_of(driver), load_key(driver.tablet.root, driver.tablet.key_file))
    try:
        customers.save_customer(work, CustomerRecord(name="Sklep Żabka", addresses=[Address(kind="main")]))
    finally:
        work.close()


def unsent(driver: WindowDriver) -> int:
    overview = driver.app.device.overview
    assert overview is not None
    return overview.waiting_total


def shown_error(driver: WindowDriver) -> tuple[str, str]:
    """Returns the two sentences of the error, which must be visible."""
    error = driver.logon.error
    assert error.isVisible()
    assert error.title.isVisible()
    assert error.text.isVisible()
    return error.title.text(), error.text.text()


def test_that_each_failure_has_its_own_message(driver: WindowDriver, tmp_path: Path) -> None:
    async def day() -> None:
        await driver.open()
        assert driver.app.window.current == "logon"
        seen: dict[str, tuple[str, str]] = {}

        await driver.log_on(password="wrong")
        seen["password"] = shown_error(driver)
        assert "password" in seen["password"][0]
        assert "Capital and small letters" in seen["password"][1]
        assert driver.logon.password.edit.hasFocus()
        assert driver.logon.password.edit.selectedText() == "wrong"

        with closed_port() as port:
            await driver.log_on(url=f"http://127.0.0.1:{port}")
            seen["refused"] = shown_error(driver)
            assert f"http://127.0.0.1:{port}" in seen["refused"][1]
            assert driver.logon.gateway.edit.hasFocus()

        await driver.log_on(url="http://gateway.example.com")
        seen["plain http"] = shown_error(driver)
        assert "not encrypted" in seen["plain http"][0]
        assert "https://" in seen["plain http"][1]

        await driver.log_on(url="ftp://gateway.example.com")
        seen["no address"] = shown_error(driver)

        with serving(driver.gateway, Files.of(trustme.CA().issue_cert("localhost"), tmp_path)) as port:
            await driver.log_on(url=f"https://localhost:{port}")
            seen["certificate"] = shown_error(driver)
            assert "certificate" in seen["certificate"][0]
            assert "administrator" in seen["certificate"][1]

        assert len(set(seen.values())) == len(seen), "each has sentences of its own"
        assert driver.app.window.current == "logon"
        driver.gateway.restart()
        await driver.log_on()
        assert driver.app.window.current == "main"
        assert not driver.logon.error.isVisibleTo(driver.logon)

    driver.run(day())


def test_that_an_unknown_host_cannot_be_reached(driver: WindowDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(host: str, *rest: object, **more: object) -> object:
        if host == "gateway.unknown":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return real(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def day() -> None:
        await driver.open()
        await driver.log_on(url="gateway.unknown")
        assert shown_error(driver)[0] == "No computer is known under the name gateway.unknown."
        assert "Check the address" in shown_error(driver)[1]
        assert driver.logon.gateway.edit.hasFocus()

        monkeypatch.setattr(faults, "has_network", lambda: False)
        await driver.log_on(url="gateway.unknown")
        assert shown_error(driver) == ("This device has no network", "Connect it to a network, then log on again.")

    driver.run(day())


def test_that_an_expired_certificate_points_to_the_clock_and_a_wrong_name_to_the_address(
    driver: WindowDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
        await driver.open()
        for made, sentences in cases:
            with serving(driver.gateway, Files.of(made, tmp_path)) as port:
                await driver.log_on(url=f"https://localhost:{port}")
            for said, expected in zip(shown_error(driver), sentences, strict=True):
                assert expected in said
        driver.app._on_setting_changed(Settings.language, "pl")
        await driver.settle()
        assert "urządzenie nie zna jego wystawcy" in shown_error(driver)[0], "no word of it is in another language"

    driver.run(day())


def always(answer: bytes) -> Answer:
    return lambda _head: answer


def test_that_a_captive_portal_is_distinguished_from_a_gateway_of_another_version(
    driver: WindowDriver,
) -> None:
    """A portal page, and gateways: with another logon path, with wrong answers, and too busy."""
    answers = (
        (http_answer("200 OK", b"<html>Welcome to the hotel</html>"), "Something other than a gateway", "wireless"),
        (http_answer("404 Not Found", b"{}", MARK), "different versions", "Update the app"),
        (http_answer("200 OK", b'{"token": 7}', MARK), "could not be read", "Try again in a few minutes"),
        (http_answer("503 Busy", b"{}", MARK), "failed to answer", "Try again in a few minutes"),
    )

    async def day() -> None:
        await driver.open()
        for answer, title, text in answers:
            with FaultyLine(driver.gateway.port, answer=always(answer)) as line:
                await driver.log_on(url=line.url)
            assert title in shown_error(driver)[0]
            assert text in shown_error(driver)[1]
            assert "ynchronize" not in " ".join(shown_error(driver)), "nobody can synchronize before the logon"
        with FaultyLine(driver.gateway.port, budget=40) as line:
            await driver.log_on(url=line.url)
        assert shown_error(driver) == (
            "The connection to the gateway broke off.",
            "Try again in a few minutes; if it stays, tell the back office.",
        )

    driver.run(day())


def test_that_after_too_many_attempts_the_page_shows_how_long_to_wait(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        for _ in range(MOST_WRONG):
            with pytest.raises(UserFacingError):
                await driver.app.device.log_on(driver.gateway.url, "office", "wrong")
        await driver.log_on()
        title, text = shown_error(driver)
        assert "too many attempts" in title
        seconds = next(int(word) for word in text.split() if word.isdigit())
        assert 0 < seconds <= 15 * 60

    driver.run(day())


def test_that_empty_fields_are_named_and_nothing_is_sent(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        page = driver.logon
        asked: list[str] = []
        page.submitted.connect(lambda url, *_rest: asked.append(url))
        page.gateway.edit.setText("   ")
        page.user.edit.clear()
        page.password.edit.clear()
        driver.tap(page.button)
        for field in (page.gateway, page.user, page.password):
            assert field.error.isVisible()
            assert field.error.text()
            assert field.frame.property("wrong")
        assert page.gateway.edit.hasFocus()
        QTest.keyClicks(page.gateway.edit, "gateway")
        assert not page.gateway.error.isVisible(), "it is mended while it is typed"
        assert page.user.error.isVisible()
        assert not asked

    driver.run(day())


def test_that_the_login_is_case_sensitive_and_the_message_says_so(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on(user="OFFICE")
        assert "Capital and small letters" in shown_error(driver)[1]
        await driver.log_on(user="office")
        assert driver.app.window.current == "main"

    driver.run(day())


def test_that_the_password_can_be_shown_and_hidden(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        field = driver.logon.password
        field.edit.setText("Żółw")
        assert field.edit.displayText() != "Żółw"
        driver.tap(field.eye)
        assert field.edit.displayText() == "Żółw"
        assert field.eye.accessibleName() == "Hide the password"
        driver.tap(field.eye)
        assert field.edit.displayText() != "Żółw"
        assert field.eye.accessibleName() == "Show the password"

    driver.run(day())


def test_that_a_remembered_user_starts_on_the_main_screen(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        driver.logon.remember.setChecked(True)
        await driver.log_on()
        await driver.close()
        await driver.open()
        assert driver.app.window.current == "main"
        assert driver.app.window.page("logon") is None, "the logon page did not flash by"

    driver.run(day())


def test_that_other_users_start_on_the_logon_page_with_address_and_login(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        driver.tap(driver.logon.remember)
        assert not driver.logon.remember.isChecked()
        await driver.log_on()
        assert driver.app.window.current == "main"
        await driver.close()
        await driver.open()
        assert driver.app.window.current == "logon"
        page = driver.logon
        assert page.gateway.edit.text() == driver.gateway.url
        assert page.user.edit.text() == "office"
        assert not page.password.edit.text()
        assert page.password.edit.hasFocus(), "only the password is missing"
        assert not page.remember.isChecked()
        assert not await driver.app.device.is_logged_on()

    driver.run(day())


def test_that_neither_back_nor_closing_logs_out(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            driver.press(key)
            await driver.settle()
            assert driver.app.window.current == "main"
        assert await driver.app.device.is_logged_on()
        await driver.close()
        await driver.open()
        assert driver.app.window.current == "main"
        assert await driver.app.device.is_logged_on()

    driver.run(day())


def test_that_shortcuts_open_nothing_behind_the_logon_page(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        driver.press(Qt.Key.Key_F9)
        driver.press(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
        driver.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
        driver.press(Qt.Key.Key_Escape)
        await driver.settle()
        assert driver.app.window.current == "logon"
        assert driver.app.window.open_sheet() is None

    driver.run(day())


def test_that_logging_out_without_unsent_work_asks_nothing_and_keeps_the_data(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        assert await driver.synchronize() == "ok"
        rows = dict(driver.app.device.overview.rows) if driver.app.device.overview else {}
        assert sum(rows.values()) > len(rows)
        driver.app.window.go_back()
        driver.tap(driver.tile("settings"))
        await driver.settle()
        driver.tap(driver.settings_page.log_out)
        await driver.until(lambda: driver.app.window.current == "logon")
        assert driver.app.window.open_sheet() is None
        assert not await driver.app.device.is_logged_on()
        await driver.close()
        await driver.open()
        assert driver.app.window.current == "logon"
        await driver.log_on()
        assert driver.app.device.overview is not None
        assert driver.app.device.overview.rows == rows
        assert driver.tiles == list(ORDER), "the first good synchronization is not forgotten"

    driver.run(day())


def test_that_logging_out_with_unsent_work_asks_first_and_the_work_stays(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        add_unsent_customer(driver)
        await driver.app.device.refresh()
        assert unsent(driver) == 1
        driver.tap(driver.tile("settings"))
        await driver.settle()

        driver.tap(driver.settings_page.log_out)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.no)
        await driver.settle()
        assert driver.app.window.open_sheet() is None
        assert driver.app.window.current == "settings"
        assert await driver.app.device.is_logged_on()

        driver.tap(driver.settings_page.log_out)
        driver.press(Qt.Key.Key_Escape)
        await driver.settle()
        assert driver.app.window.current == "settings", "Esc is No"
        assert await driver.app.device.is_logged_on()

        driver.tap(driver.settings_page.log_out)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        driver.tap(sheet.yes)
        await driver.until(lambda: driver.app.window.current == "logon")
        assert not await driver.app.device.is_logged_on()

        await driver.log_on()
        assert unsent(driver) == 1
        assert await driver.synchronize() == "ok"
        assert unsent(driver) == 0
        assert [sent.kind for sent in driver.gateway.connector.delivered] == ["customer"]

    driver.run(day())


def test_that_logging_out_asks_about_drafts_and_rejected_records_too(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.begin()
        work = WorkStore.open(account_of(driver), load_key(driver.tablet.root, driver.tablet.key_file))
        draft = Document("sales_order", "", "2026-03-11", "PLN", [], net="0.00", vat="0.00", gross="0.00", customer=1)
        documents.save_draft(work, draft)
        work.close()
        await driver.app.device.refresh()
        assert unsent(driver) == 0, "a draft does not wait to be sent"
        driver.tap(driver.tile("settings"))
        await driver.settle()
        driver.tap(driver.settings_page.log_out)
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        assert "1 record is not sent yet" in [label.text() for label in sheet.findChildren(Text)]
        driver.tap(sheet.no)
        driver.gateway.connector.rejected_kinds = {"customer"}
        add_unsent_customer(driver)
        driver.app.window.go_back()
        await driver.app.device.refresh()
        await driver.synchronize()
        assert unsent(driver) == 0, "what was rejected does not go by itself"
        driver.app.logon.ask_log_out()
        sheet = driver.app.window.open_sheet()
        assert isinstance(sheet, ConfirmSheet)
        assert "2 records are not sent yet" in [label.text() for label in sheet.findChildren(Text)]

    driver.run(day())


def test_that_another_user_of_the_device_does_not_see_the_first_ones_work(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.open()
        await driver.log_on()
        add_unsent_customer(driver)
        await driver.app.device.refresh()
        await driver.app.device.log_out()
        driver.app.logon.show()
        await driver.log_on(user="rep2", password=PASSWORD)
        assert unsent(driver) == 0
        assert driver.tiles == ["synchro", "settings"]

    driver.run(day())


def test_that_a_renamed_user_learns_the_new_name_and_keeps_own_work(driver: WindowDriver) -> None:
    async def day() -> None:
        await driver.begin()
        add_unsent_customer(driver)
        await driver.app.device.refresh()
        assert unsent(driver) == 1
        administration.rename_user(driver.gateway.database, "office", "Jan Nowak")
        assert await driver.synchronize() == "unauthorized"
        driver.tap(driver.sync_page.primary)
        await driver.until(lambda: driver.app.window.current == "logon")
        await driver.log_on()
        assert shown_error(driver) == (
            "This user is called Jan Nowak now.",
            "Log on as Jan Nowak with the same password.",
        )
        assert driver.logon.user.edit.text() == "Jan Nowak"
        await driver.log_on(user="Jan Nowak")
        assert driver.app.window.current != "logon"
        assert unsent(driver) == 1
        assert await driver.synchronize() == "ok"
        assert unsent(driver) == 0

    driver.run(day())
