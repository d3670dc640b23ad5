"""Settings learn a scanner from one scan: what it sends before and after a code, and how fast it types."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from salesapp.settings import Settings
from salesapp.views.parts.scanner_keys import LONGEST_PAUSE_MS, ScannerKeys, known
from tests.gui.conftest import WindowDriver
from tests.gui.test_order_undo import calm
from tests.gui.test_scanning_everywhere import item_shown
from tests.gui.test_scanning_orders import send

EAN = "5901234123457"


async def with_scanner_settings(driver: WindowDriver) -> None:
    driver.gateway.connector.company["items.forms"]["I2"] |= {"ean": EAN}
    driver.gateway.take()
    await driver.begin("rep1")
    driver.app.open_area("settings")
    driver.tap(driver.settings_page.nav["scanner"])


def came(driver: WindowDriver) -> str:
    return driver.settings_page.scanner.learn_row.about.text()


async def scan(driver: WindowDriver, keys: str, gap_ms: int = 1) -> None:
    send(driver, keys, gap_ms)
    await driver.until(lambda: "Code" in came(driver))
    await calm(driver)


def test_that_one_scan_is_shown_kept_and_used(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_scanner_settings(driver)
        page, settings = driver.settings_page, driver.app.settings
        assert known(settings) == ScannerKeys()
        assert not page.scanner.reset.isEnabled()
        await scan(driver, f"#]E0{EAN}$\t", 3)
        assert driver.app.window.current == "settings", "a scan that is learned opens nothing"
        assert came(driver) == (
            f"Code {EAN}. Before it: #. After it: $ Tab. 3 ms a key. The AIM prefix ]E0 is read with every code."
        )
        assert known(Settings(driver.tablet.root)) == ScannerKeys("#", "$<Tab>", 20, is_learned=True)
        assert "Before a code: #. After it: $ Tab. At most 20 ms" in page.scanner.known_row.about.text()
        driver.app.window.show_page("main", root=True)
        send(driver, f"#]E0{EAN}$\t")
        await calm(driver)
        assert item_shown(driver), "what was learned is no part of the code"

    driver.run(story())


def test_that_a_reset_forgets_the_scanner(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_scanner_settings(driver)
        await scan(driver, f"<F8>{EAN}")
        assert "Before it: F8. After it: nothing." in came(driver)
        driver.tap(driver.settings_page.scanner.reset)
        assert known(Settings(driver.tablet.root)) == ScannerKeys()
        assert driver.settings_page.scanner.known_row.name.text() == "Any scanner"

    driver.run(story())


def test_that_a_slower_scanner_is_learned_although_a_quick_one_was(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_scanner_settings(driver)
        await scan(driver, f"{EAN}\r")
        assert known(driver.app.settings).pause_ms < LONGEST_PAUSE_MS
        send(driver, f"{EAN}\r", LONGEST_PAUSE_MS)
        await driver.until(lambda: f"{LONGEST_PAUSE_MS} ms a key" in came(driver))
        assert known(driver.app.settings).pause_ms == LONGEST_PAUSE_MS

    driver.run(story())


def test_that_a_scanner_that_is_too_slow_is_told_so(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_scanner_settings(driver)
        send(driver, EAN, 2 * LONGEST_PAUSE_MS)
        await driver.until(lambda: f"came {2 * LONGEST_PAUSE_MS} ms apart" in came(driver))
        assert known(driver.app.settings) == ScannerKeys()

    driver.run(story())


def test_that_an_enter_that_comes_late_is_learned_and_is_a_persons_own_without_it(driver: WindowDriver) -> None:
    async def story() -> None:
        await with_scanner_settings(driver)
        await scan(driver, EAN)
        assert "After it: nothing." in came(driver)
        late = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
        late.setTimestamp(1_000 + len(EAN) + LONGEST_PAUSE_MS)
        QApplication.sendEvent(QApplication.focusWidget() or driver.app.window, late)
        assert "After it: Enter." in came(driver)
        assert known(driver.app.settings).may_end_late

    driver.run(story())
