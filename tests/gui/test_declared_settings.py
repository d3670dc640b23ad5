"""The settings page shows what the settings declare."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from salesapp.settings import FILE, OneOf, OnOff, Row, Setting, Settings
from salesapp.views.parts.fields import Segmented, Switch
from salesapp.views.parts.text import Text
from salesapp.views.settings.page import SettingsPage


class MoreSettings(Settings):
    start_page = OneOf(
        "items", {"items": "Goods first", "customers": "Customers first"}, Row("look", "Start page", "The first one")
    )
    loud = OnOff(default=False, row=Row("attachments", "Loud", "A sound at the end of a sync"))


@pytest.fixture
def page_of(qapp: QApplication) -> Iterator[Callable[[Settings], SettingsPage]]:
    """Makes pages, and destroys them in this thread."""
    del qapp
    gc.disable()
    pages = list[SettingsPage]()

    def make(settings: Settings) -> SettingsPage:
        pages.append(SettingsPage(settings))
        return pages[-1]

    yield make
    for page in pages:
        page.deleteLater()
    pages.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()


def texts(page: SettingsPage, section: str) -> set[str]:
    return {text.text() for text in page.panes[section].findChildren(Text)}


def test_that_each_setting_with_a_row_is_in_its_section(
    page_of: Callable[[Settings], SettingsPage], tmp_path: Path
) -> None:
    page = page_of(Settings(tmp_path))
    shown = {setting: setting.row for setting in Settings.declared().values() if setting.row is not None}

    assert set(page.declared.controls) == set(shown)
    for setting, row in shown.items():
        assert {row.label, row.about} <= texts(page, row.section)
        assert page.panes[row.section].isAncestorOf(page.declared.controls[setting])
    assert [key for key, setting in Settings.declared().items() if setting.row is None] == [
        "gateway",
        "user",
        "remember",
        "scanner_prefix",
        "scanner_suffix",
        "scanner_pause",
    ], "the logon page asks for the first, a scan teaches the last"


def test_that_a_new_setting_gets_its_row_by_its_declaration_alone(
    page_of: Callable[[Settings], SettingsPage], tmp_path: Path
) -> None:
    settings = MoreSettings(tmp_path)
    page = page_of(settings)
    heard = list[tuple[Setting, str]]()
    page.setting_changed.connect(lambda setting, text: heard.append((setting, text)))
    start, loud = page.declared.controls[MoreSettings.start_page], page.declared.controls[MoreSettings.loud]
    assert isinstance(start, Segmented)
    assert isinstance(loud, Switch)
    assert {"Start page", "The first one"} <= texts(page, "look")
    assert [button.text() for button in start.buttons.values()] == ["Goods first", "Customers first"]
    assert start.buttons["items"].isChecked()

    start.buttons["customers"].click()
    loud.click()

    assert heard == [(MoreSettings.start_page, "customers"), (MoreSettings.loud, "on")]
    for setting, text in heard:
        settings.put(setting, text)
    again = MoreSettings(tmp_path)
    assert (again.start_page, again.loud) == ("customers", True)
    assert Settings(tmp_path).theme == "system", "an older program leaves alone what it does not know"
    assert (tmp_path / FILE).is_file()
