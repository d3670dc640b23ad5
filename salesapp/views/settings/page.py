"""Settings: account, gateway, language and look, attachments, scanner, the history of syncs, about and diagnostics."""

import platform
from collections.abc import Sequence

from PySide6.QtCore import Signal, qVersion
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from salesapp import __version__
from salesapp.models.device import HistoryRun, Overview
from salesapp.models.sync_view import SyncView
from salesapp.settings import Settings
from salesapp.views import formats
from salesapp.views.labels import area_name
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.frame import MARGIN, Card, scrolled
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.scanner_keys import Heard
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.text import Line, Text
from salesapp.views.settings.controls import SettingControls, choice_label, sync_summary
from salesapp.views.settings.rows import HistoryRow, NavButton, SettingRow
from salesapp.views.settings.scanner import ScannerPart

_SECTIONS = {
    "account": "person",
    "gateway": "cloud_link",
    "look": "dark_theme",
    "attachments": "image",
    "scanner": "barcode_scanner",
    "history": "history",
    "about": "info",
}


class SettingsPage(ScreenPage):
    """Applies every change at once. `setting_changed` carries the setting and the chosen text."""

    setting_changed = Signal(object, str)
    log_out_requested = Signal()
    password_requested = Signal()
    clear_attachments_requested = Signal()
    report_requested = Signal()
    history_requested = Signal()
    sizes_requested = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._runs: Sequence[HistoryRun] = ()
        self._sizes: dict[str, int] = {}
        self._is_list = True
        self.nav = {name: NavButton(icon) for name, icon in _SECTIONS.items()}
        self.panes = {name: QWidget() for name in _SECTIONS}
        self.declared = SettingControls(settings)
        self.scanner = ScannerPart(settings)
        self.clear = Button("normal", "delete_regular")
        self.log_out = Button("normal", "sign_out_regular")
        self.password = Button("normal", "key_regular")
        self.report = Button("normal", "save_regular")
        self.user_row, self.log_out_row = SettingRow(), SettingRow(self.log_out)
        self.password_row = SettingRow(self.password)
        self.gateway_row, self.session_row = SettingRow(), SettingRow()
        self.clear_row = SettingRow(self.clear)
        self.version_row, self.report_row, self.sizes_row = SettingRow(), SettingRow(self.report), SettingRow()
        self.history = QWidget()
        self._history_column = QVBoxLayout(self.history)
        self._history_column.setContentsMargins(0, 0, 0, 0)
        self._history_column.setSpacing(0)
        self._build()
        self._connect()
        self._choose("account")
        self.retranslate()

    def _build(self) -> None:
        rows: dict[str, tuple[QWidget, ...]] = {
            "account": (self.user_row, self.password_row, self.log_out_row),
            "gateway": (self.gateway_row, self.session_row),
            "look": (*self.declared.of("look"),),
            "attachments": (*self.declared.of("attachments"), self.clear_row),
            "scanner": self.scanner.rows,
            "history": (self.history,),
            "about": (self.version_row, self.sizes_row, self.report_row),
        }
        self.stack = QStackedWidget()
        for name, parts in rows.items():
            card = Card(padding=0)
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            card.body.setSpacing(0)
            for number, part in enumerate(parts):
                if number:
                    card.body.addWidget(Line())
                card.body.addWidget(part)
            column = QVBoxLayout()
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(card)
            column.addStretch()
            self.panes[name].setLayout(column)
            self.stack.addWidget(scrolled(self.panes[name]))
        self._list = QWidget()
        list_column = QVBoxLayout(self._list)
        list_column.setContentsMargins(0, 0, 0, 0)
        list_column.setSpacing(8)
        for button in self.nav.values():
            list_column.addWidget(button)
        list_column.addStretch()
        body = self._panes_row = QHBoxLayout()
        body.setSpacing(20)
        self._list_area = scrolled(self._list)
        body.addWidget(self._list_area)
        body.addWidget(self.stack, 1)
        column = bare_column(self)
        column.addWidget(self.header)
        column.addLayout(body, 1)

    def _connect(self) -> None:
        for name, button in self.nav.items():
            button.clicked.connect(lambda _checked=False, name=name: self._on_nav_clicked(name))
        self.declared.changed.connect(self.setting_changed)
        self.log_out.clicked.connect(self.log_out_requested)
        self.password.clicked.connect(self.password_requested)
        self.clear.clicked.connect(self.clear_attachments_requested)
        self.report.clicked.connect(self.report_requested)

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        super().show_device(overview, sync)
        self.clear.setEnabled(bool(overview and overview.media_files) and not sync.is_running)
        self.log_out.setEnabled(not sync.is_running)
        self.password.setEnabled(overview is not None)
        self.retranslate()

    def show_history(self, runs: Sequence[HistoryRun]) -> None:
        self._runs = runs
        clear(self._history_column)
        head = SettingRow(Text("small", "text2", text=self.tr("last 20")))
        head.set_texts(self.tr("Sync history"), "" if runs else self.tr("No synchronization yet"))
        self._history_column.addWidget(head)
        for run in runs:
            row = HistoryRow(run, portrait=self.is_portrait, slim=self.is_slim)
            self._history_column.addWidget(row)

    def show_sizes(self, sizes: dict[str, int]) -> None:
        """Shows the sizes of the files (name -> bytes)."""
        self._sizes = sizes
        self.retranslate()

    def hear_scan(self, heard: Heard) -> None:
        self.scanner.hear(heard)
        self.retranslate()

    @property
    def learns_scans(self) -> bool:
        return self.scanner.learn_row.isVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.learns_scans:
            self.scanner.note_key(event)
        super().keyPressEvent(event)

    def show_section(self, name: str) -> None:
        self._choose(name)
        self._is_list = False
        self._show_panes()

    def go_back(self) -> None:
        """In portrait, goes from a section to the list of sections first."""
        if self.is_portrait and not self._is_list:
            self._is_list = True
            self._show_panes()
        else:
            super().go_back()

    def arrange(self, *, portrait: bool) -> None:
        self._list_area.setMaximumWidth(16_777_215 if portrait else 300)
        self._list_area.setMinimumWidth(0 if portrait else 300)
        left, right = (8, 8) if self.is_slim else (12, MARGIN)
        self._panes_row.setContentsMargins(left, 0, right, right)
        self._show_panes()
        self.show_history(self._runs)

    def retranslate(self) -> None:
        overview = self._overview
        self.header.set_texts(area_name("settings"))
        user, url = (overview.user, overview.url.partition("://")[2]) if overview else ("", "")
        look = (choice_label(setting, self._settings.text(setting)) for setting in (Settings.language, Settings.theme))
        names = {
            "account": (self.tr("Account"), user),
            "gateway": (self.tr("ERP gateway"), url),
            "look": (self.tr("Language and look"), " \N{MIDDLE DOT} ".join(look)),
            "attachments": (self.tr("Synchronization, files"), sync_summary(self._settings)),
            "scanner": (self.tr("Scanner"), self.scanner.summary()),
            "history": (self.tr("Sync history"), self._history_text()),
            "about": (self.tr("About and diagnostics"), self.tr("version {version}").format(version=__version__)),
        }
        for name, (label, below) in names.items():
            self.nav[name].set_texts(label, below)
        self.declared.show()
        self.scanner.show()
        self._set_row_texts(user)
        self.show_history(self._runs)

    def _set_row_texts(self, user: str) -> None:
        overview = self._overview
        self.user_row.set_texts(user or self.tr("Nobody is logged on"), self.tr("Login on this device"))
        self.password_row.set_texts(
            self.tr("Password"), self.tr("Changing it needs the gateway; your other devices ask for the new one")
        )
        self.password.set_texts(self.tr("Change"))
        self.log_out_row.set_texts(
            self.tr("Log out"),
            self.tr("The data stay on this device, encrypted; the next start asks for the password."),
        )
        self.log_out.set_texts(self.tr("Log out"))
        self.gateway_row.set_texts(overview.url if overview else "", self.tr("Address of the ERP gateway"))
        first = overview.first_sync_succeeded_at if overview else None
        none = self.tr("Not yet") if overview else formats.UNKNOWN
        since = formats.capitalized(formats.moment(first)) if first else none
        self.session_row.set_texts(since, self.tr("First good synchronization"))
        used = formats.size(overview.media_bytes) if overview else formats.UNKNOWN
        text = self.tr("{size} in {files} files; they can be fetched again, unsent files stay")
        files = formats.number(overview.media_files) if overview else formats.UNKNOWN
        self.clear_row.set_texts(self.tr("Clear pictures"), text.format(size=used, files=files))
        self.clear.set_texts(self.tr("Clear"))
        parts = (f"Qt {qVersion()}", f"Python {platform.python_version()}", f"{platform.system()} {platform.release()}")
        self.version_row.set_texts(f"SalesApp {__version__}", " \N{MIDDLE DOT} ".join(parts))
        rows = formats.number(sum(overview.rows.values())) if overview else formats.UNKNOWN
        self.sizes_row.set_texts(
            self.tr("{rows} rows on this device").format(rows=rows),
            self._sizes_text(),
        )
        self.report_row.set_texts(
            self.tr("Report for support"),
            self.tr("Versions, sizes of the files and the last synchronizations: no names, no records"),
        )
        self.report.set_texts(self.tr("Save a report"))

    def _sizes_text(self) -> str:
        if not self._sizes:
            return self.tr("Catalogue and own work lie in two encrypted files")
        text = self.tr("Catalogue {catalog}, own work {work}, pictures and files {media}; all encrypted")
        names = {"catalog": "catalog.db", "work": "work.db", "media": "media"}
        return text.format(**{name: formats.size(self._sizes.get(file, 0)) for name, file in names.items()})

    def _history_text(self) -> str:
        if self._overview is None:
            return formats.UNKNOWN
        last = self._overview.last_run
        return formats.moment(last.ended_at) if last else self.tr("No synchronization yet")

    def _on_nav_clicked(self, name: str) -> None:
        self._choose(name)
        self._is_list = False
        self._show_panes()

    def _choose(self, name: str) -> None:
        self.nav[name].setChecked(True)
        self.stack.setCurrentIndex(list(_SECTIONS).index(name))
        if name == "history":
            self.history_requested.emit()
        elif name == "about":
            self.sizes_requested.emit()

    def _show_panes(self) -> None:
        self._list_area.setVisible(not self.is_portrait or self._is_list)
        self.stack.setVisible(not self.is_portrait or not self._is_list)
