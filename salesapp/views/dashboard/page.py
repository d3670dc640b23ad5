"""The main screen: tiles for fingers. Before the first good sync it has only Settings and Synchro."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from salesapp import clock
from salesapp.models.device import Overview
from salesapp.models.sync_view import SyncView
from salesapp.views import formats
from salesapp.views.dashboard.faces import area_face, settings_face, synchro_face
from salesapp.views.parts.flow import ReflowRow
from salesapp.views.parts.frame import MARGIN, Page, SyncChip, scrolled
from salesapp.views.parts.layouts import bare_column
from salesapp.views.parts.mark import Mark
from salesapp.views.parts.text import Icon, Text
from salesapp.views.parts.tile import Tile
from salesapp.views.sync_labels import show_chip

AREAS = {
    "appointments": "calendar_ltr_regular",
    "customers": "building_shop_regular",
    "items": "box_regular",
    "documents": "document_text_regular",
    "work": "clipboard_task_regular",
    "promotions": "tag_percent_regular",
    "travel": "vehicle_car_regular",
    "reports": "data_trending_regular",
}
"""Areas that appear after the first good sync -> icons."""
ORDER = (
    "appointments",
    "synchro",
    "customers",
    "items",
    "documents",
    "work",
    "promotions",
    "travel",
    "reports",
    "settings",
)
_WIDE = frozenset({"appointments", "synchro"})


class Fact(QWidget):
    """A line of the first start: an icon, a bold beginning, and the rest."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.bold = Text("body_bold")
        self.rest = Text("body", "text2", wraps=True)
        row.addWidget(Icon(icon, 24, "accent"))
        words = ReflowRow(spacing=12, least=160, below=0)
        words.add(self.bold)
        words.add(self.rest, 1)
        row.addLayout(words, 1)

    def set_texts(self, bold: str, rest: str) -> None:
        self.bold.setText(bold)
        self.rest.setText(rest)


class Welcome(QWidget):
    """The introduction that the first start shows beside its two tiles."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        self.title = Text("display", wraps=True)
        self.text = Text("lead", "text2", wraps=True)
        self.facts = (Fact("tablet_regular"), Fact("cloud_link_regular"), Fact("pause_circle_regular"))
        column.addStretch()
        column.addWidget(self.title)
        column.addSpacing(12)
        column.addWidget(self.text)
        column.addSpacing(20)
        for fact in self.facts:
            column.addWidget(fact)
            column.addSpacing(8)
        column.addStretch()
        self._column = column

    def set_slim(self, *, slim: bool) -> None:
        margin = 0 if slim else 24
        self._column.setContentsMargins(margin, margin, margin, margin)
        self.title.set_role("title" if slim else "display")
        self.text.set_role("body" if slim else "lead")


class DashboardPage(Page):
    """The tiles. `area_requested` carries an area, "synchro" or "settings"."""

    area_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._sync = SyncView()
        self.tiles = {"synchro": Tile("arrow_sync_regular", wide=True), "settings": Tile("settings_regular")}
        for area, icon in AREAS.items():
            self.tiles[area] = Tile(icon, wide=area in _WIDE)
        for name, tile in self.tiles.items():
            tile.setObjectName(f"tile_{name}")
            tile.clicked.connect(lambda _checked=False, name=name: self.area_requested.emit(name))
            tile.moved.connect(self.move_focus)
        self.chip = SyncChip()
        self.chip.clicked.connect(lambda: self.area_requested.emit("verdict"))
        self.title = Text("heading", text="SalesApp")
        self.context = Text("small", "text2")
        self.welcome = Welcome()
        self.later = Text("small", "text3", wraps=True)
        self._lay_out()
        self._shown_first: bool | None = None
        self.retranslate()

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self._first = QVBoxLayout()
        self._first.setSpacing(16)
        body = QWidget()
        self._body = QHBoxLayout(body)
        self._body.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self._body.addWidget(self.welcome, 6)
        side = QVBoxLayout()
        side.addStretch(1)
        side.addLayout(self._first)
        side.addWidget(self.later)
        side.addStretch(1)
        self._side = QWidget()
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(self._side, 4)
        self._many = QWidget()
        self._many.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._body.addWidget(self._many, 10)
        column = bare_column(self)
        column.addLayout(self._header())
        self._area = scrolled(body)
        column.addWidget(self._area, 1)

    def _header(self) -> QHBoxLayout:
        row = self._head = QHBoxLayout()
        row.setContentsMargins(MARGIN, 16, MARGIN, 16)
        row.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.title)
        column.addWidget(self.context)
        self._mark = Mark(36)
        row.addWidget(self._mark)
        row.addLayout(column, 1)
        row.addWidget(self.chip)
        return row

    @property
    def is_first_start(self) -> bool:
        return self._overview is None or self._overview.first_sync_succeeded_at is None

    def visible_tiles(self) -> list[str]:
        return [name for name in ORDER if not self.tiles[name].isHidden()]

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        """Shows what the device holds, and the running or last sync."""
        self._overview, self._sync = overview, sync
        if self._shown_first != self.is_first_start:
            self._place_tiles()
        self._show_faces()

    def retranslate(self) -> None:
        self.welcome.title.setText(self.tr("One step, and the day can start"))
        self.welcome.text.setText(
            self.tr("This device holds no data yet. Synchronize once with a network; then everything works without.")
        )
        first, _second, third = self.welcome.facts
        first.set_texts(
            self.tr("Encrypted on this device"), self.tr("– everything you enter stays here until it is sent")
        )
        third.set_texts(self.tr("Safe to interrupt"), self.tr("– it goes on where it stopped"))
        self.later.setText(self.tr("Items, Customers and the other areas appear after the first good synchronization."))
        self._show_faces()

    def arrange(self, *, portrait: bool) -> None:
        del portrait
        margin, is_small = (16 if self.is_slim else MARGIN), self.is_slim or self.is_low
        self._head.setContentsMargins(margin, 4 if is_small else 16, margin, 8 if is_small else 16)
        self._mark.setVisible(not self.is_slim)
        self.context.setWordWrap(self.is_slim)
        self.welcome.set_slim(slim=self.is_slim)
        self.chip.set_slim(slim=self.is_slim)
        self._place_tiles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        margin = 16 if self.is_slim else MARGIN
        side = max((self.width() - 1600) // 2, 0) + margin
        self._body.setContentsMargins(side, 0, side, margin)

    def focus_tile(self, number: int) -> None:
        """Focuses a tile by its number (Ctrl+1 to 9)."""
        names = self.visible_tiles()
        if 0 < number <= len(names):
            self.area_requested.emit(names[number - 1])

    def move_focus(self, dx: int, dy: int) -> None:
        """Moves the focus to the nearest tile in a direction (arrow keys)."""
        tiles = [self.tiles[name] for name in self.visible_tiles()]
        focused = self.window().focusWidget()
        current = next((tile for tile in tiles if tile is focused), None)
        if current is None:
            tiles[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        here = current.geometry().center()

        def distance(tile: Tile) -> int | None:
            there = tile.geometry().center()
            ahead = (there.x() - here.x()) * dx + (there.y() - here.y()) * dy
            aside = abs((there.x() - here.x()) * dy) + abs((there.y() - here.y()) * dx)
            return ahead + 2 * aside if ahead > 20 else None

        ahead = [(found, number) for number, tile in enumerate(tiles) if (found := distance(tile)) is not None]
        if ahead:
            tile = tiles[min(ahead)[1]]
            tile.setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(tile, MARGIN, MARGIN)

    def _place_tiles(self) -> None:
        is_first = self.is_first_start
        self._shown_first = is_first
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            self._first.removeWidget(tile)
        for position in range(len(ORDER)):
            self._grid.setColumnStretch(position, 0)
            self._grid.setRowStretch(position, 0)
            self._grid.setRowMinimumHeight(position, 0)
        self.welcome.setVisible(is_first)
        self._side.setVisible(is_first)
        self._many.setVisible(not is_first)
        if is_first:
            for area in AREAS:
                self.tiles[area].hide()  # shown once placed, as without a parent they would open as windows
            self._place_first()
        else:
            self._place_all()
        shown = [self.tiles[name] for name in self.visible_tiles()]
        for before, after in pairwise([self.chip, *shown]):
            QWidget.setTabOrder(before, after)
        self._show_faces()

    def _place_first(self) -> None:
        self._body.setDirection(
            QHBoxLayout.Direction.TopToBottom if self.is_portrait else QHBoxLayout.Direction.LeftToRight
        )
        for name, height in (("synchro", 248), ("settings", 152)):
            self._first.addWidget(self.tiles[name])
            self.tiles[name].setFixedHeight(height)
            self.tiles[name].show()

    def _place_all(self) -> None:
        columns = 1 if self.is_slim else 2 if self.is_portrait else 4
        row = column = 0
        for name in ORDER:
            tile = self.tiles[name]
            tile.setMinimumHeight(0)
            tile.setMaximumHeight(16_777_215)
            span = min(2 if tile.is_wide else 1, columns)
            self._grid.addWidget(tile, row, column, 1, span)
            self._grid.setRowMinimumHeight(row, 236 if tile.is_wide else 124 if self.is_slim else 148)
            self._grid.setRowStretch(row, 0 if tile.is_wide else 1)
            if tile.is_wide:
                tile.setFixedHeight(236)
            tile.show()
            column += span
            if column >= columns:
                row, column = row + 1, 0
        for position in range(columns):
            self._grid.setColumnStretch(position, 1)

    def _show_faces(self) -> None:
        overview = self._overview
        url = overview.url.partition("://")[2] if overview else ""
        self.welcome.facts[1].set_texts(self.tr("Gateway"), f"– {url}")
        self.context.setText(
            formats.capitalized(formats.long_date(clock.here()))
            + (f" \N{MIDDLE DOT} {overview.user}" if overview else "")
        )
        show_chip(self.chip, overview, self._sync)
        last = overview.last_run if overview else None
        has_problem = last is not None and last.is_problem
        self.chip.setVisible(not self.is_first_start or self._sync.is_running or has_problem)
        self.tiles["synchro"].show_face(synchro_face(overview, self._sync, first=self.is_first_start))
        self.tiles["settings"].show_face(settings_face(overview))
        if overview is not None:
            for area in AREAS:
                self.tiles[area].show_face(area_face(area, overview))
