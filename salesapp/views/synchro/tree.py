"""The progress bars: a tree of sections and objects that opens where something happens, but never under a finger."""

from collections.abc import Iterator

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QStyleOptionViewItem, QTreeView, QWidget

from salesapp.domain.object_states import WRONG
from salesapp.models.attention import AttentionModel
from salesapp.models.sync_tree import Role, SyncTreeModel
from salesapp.views import labels
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.frame import scroll_by_touch
from salesapp.views.parts.strip import Segment, paint_strip
from salesapp.views.sync_labels import segments_of
from salesapp.views.synchro.rows import Columns, RowDelegate, buttons_corner, is_red, spoken

Index = QModelIndex | QPersistentModelIndex


FOLLOW_MS = 300
"""Least time between automatic openings of sections, as many sections are done in less."""


class SectionBar(QProgressBar):
    """A section's progress: paints the strip of its objects, and holds the value for screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._segments: tuple[Segment, ...] = ()
        self.setRange(0, 100)
        self.setTextVisible(False)

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self._segments

    def show_segments(self, segments: tuple[Segment, ...], percent: int) -> None:
        self.setUpdatesEnabled(False)  # otherwise Qt repaints the bar, and everything below it, at once
        self.setValue(percent)
        self.setUpdatesEnabled(True)
        if segments != self._segments:
            self._segments = segments
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(150, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        paint_strip(QPainter(self), QRectF(self.rect()), self._segments, 8)


class SectionRow(QWidget):
    """Holds a section's bar in its column; taps pass through to the row."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bar = SectionBar()
        self.bar.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Moves the bar into its column, which depends on the width and the language."""
        columns = Columns(self.width())
        column = columns.bar
        top = column.top() if columns.is_slim else (self.height() - 16) // 2
        self.bar.setGeometry(column.left(), top, column.width(), 16)


class RedRow(QWidget):
    """The buttons of a red object."""

    def __init__(self) -> None:
        super().__init__()
        row = Flow(self, spacing=12)
        self.again = Button("normal", "arrow_clockwise_regular")
        self.copy = Button("quiet", "copy_regular")
        row.addWidget(self.again)
        row.addWidget(self.copy)
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.again.set_texts(self.tr("Try this object again"))
        self.copy.set_texts(self.tr("Copy details"))


class RedHolder(QWidget):
    """Fills a red row, with its buttons below the sentences; taps elsewhere pass through to the row."""

    def __init__(self, index: QPersistentModelIndex) -> None:
        super().__init__()
        self.index = index
        self.buttons = RedRow()
        self.buttons.setParent(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        if self.index.isValid():
            corner = buttons_corner(self.index, self.width()).toPoint()
            self.buttons.setGeometry(corner.x(), corner.y(), self.width() - corner.x() - 16, self.height() - corner.y())


class ProgressTree(QTreeView):
    """Sections and objects. `retry_requested` and `copy_requested` carry an object's key."""

    retry_requested = Signal(str)
    copy_requested = Signal(str)

    def __init__(self, model: SyncTreeModel | AttentionModel) -> None:
        super().__init__()
        self._touched: set[str] = set()
        self._bars: dict[str, SectionBar] = {}
        self._red: dict[str, RedHolder] = {}
        self._is_behind = False
        self._running_section = self._next_section = ""
        self._is_whole = False
        self._following = QTimer(self, interval=FOLLOW_MS, singleShot=True)
        self._following.timeout.connect(self._follow)
        model.spoken = spoken
        self.setModel(model)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTreeView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setAnimated(False)
        scroll_by_touch(self.viewport())
        self.clicked.connect(self._on_clicked)
        self._install_bars()
        model.dataChanged.connect(self._on_data_changed)
        for signal in (self.expanded, self.collapsed):  # emitted while rows are laid out, so fit afterwards
            signal.connect(self.fit, Qt.ConnectionType.QueuedConnection)
        self.retranslate()

    def _rows(self, parent: Index | None = None) -> Iterator[QModelIndex]:
        """Yields the rows of the top level, or of a section."""
        parent = parent or QModelIndex()
        return (self.model().index(number, 0, parent) for number in range(self.model().rowCount(parent)))

    def _all_rows(self) -> Iterator[QModelIndex]:
        for row in self._rows():
            yield row
            yield from self._rows(row)

    def _section_index(self, key: str) -> QModelIndex:
        return next((row for row in self._rows() if row.data(Role.KEY) == key), QModelIndex())

    def bar(self, section: str) -> SectionBar:
        return self._bars[section]

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Progress of all objects"))
        for row in self.viewport().findChildren(SectionRow):
            row.place()
        self._show_rows()
        self.scheduleDelayedItemsLayout()

    def show_all_objects(self) -> None:
        """Shows the widgets of red rows after the model was filled again."""
        for holder in self._red.values():
            holder.deleteLater()
        self._red.clear()
        self._show_rows()

    def content_height(self) -> int:
        """Returns the height that shows every open row without scrolling."""
        height, index = 0, self.model().index(0, 0)
        while index.isValid():
            height += self.itemDelegate().sizeHint(self._option(), index).height()
            index = self.indexBelow(index)
        return height

    def set_whole(self, *, whole: bool) -> None:
        """Sets whether the tree grows to show every open row, so that the area around it scrolls instead."""
        self._is_whole = whole
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self.setMinimumHeight(0)
        self.setMaximumHeight(16_777_215)
        self.fit()

    def fit(self, *_: object) -> None:
        """Makes the tree as high as its rows, if it is shown whole."""
        if self._is_whole:
            self.setFixedHeight(max(self.content_height(), 1))

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option

    def begin(self) -> None:
        """Prepares for a sync: closes all sections, which may open by themselves again."""
        self._touched.clear()
        self._following.stop()
        self._running_section = ""
        for key in list(self._red):
            self._drop_red(key)
        self.collapseAll()

    def open_section(self, key: str) -> None:
        self.setExpanded(self._section_index(key), True)  # Qt's setter

    def _install_bars(self) -> None:
        for index in self._rows():
            if index.data(Role.IS_SECTION):
                row = SectionRow()
                self._bars[index.data(Role.KEY)] = row.bar
                self.setIndexWidget(index, row)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_behind:
            self._is_behind = False
            self._show_rows()

    def _show_rows(self) -> None:
        for row in self._all_rows():
            self._show_row(row)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Updates only while visible; `showEvent` catches up with earlier changes."""
        del last
        if not self.isVisible():
            self._is_behind = True
        else:
            self._show_row(first)

    def _show_row(self, index: QModelIndex) -> None:
        if index.data(Role.IS_SECTION):
            self._show_section(index)
        else:
            self._show_object(index)

    def _show_section(self, index: QModelIndex) -> None:
        key, part = index.data(Role.KEY), index.data(Role.PART)
        bar = self._bars[key]
        bar.show_segments(segments_of(index.data(Role.CHILDREN)), round(part * 100))
        bar.setAccessibleName(spoken(index))
        is_busy = index.data(Role.STATE) in {"fetching", "staging", "verifying"}
        if index.data(Role.STATE) == "failed" and key not in self._touched:
            self.setExpanded(index, True)  # Qt's setter
        elif is_busy and key != self._running_section and self.model().rowCount(index):
            self._next_section = key
            if not self._following.isActive():
                self._following.start()

    def _follow(self) -> None:
        """Opens the running section and closes the one before, unless the user or a failure opened it."""
        key = self._next_section
        before, self._running_section = self._running_section, key
        if before and before not in self._touched:
            index = self._section_index(before)
            if index.data(Role.STATE) not in WRONG:
                self.setExpanded(index, False)  # Qt's setter
        if key not in self._touched:
            self.open_section(key)

    def _show_object(self, index: QModelIndex) -> None:
        key = index.data(Role.KEY)
        if is_red(index) and key not in self._red:
            holder = RedHolder(QPersistentModelIndex(index))
            holder.buttons.again.clicked.connect(lambda: self.retry_requested.emit(key))
            holder.buttons.copy.clicked.connect(lambda: self.copy_requested.emit(key))
            name = labels.synchronized_object(key)
            holder.buttons.again.setAccessibleDescription(name)
            holder.buttons.copy.setAccessibleDescription(name)
            self._red[key] = holder
            self.setIndexWidget(index, holder)
            self.scheduleDelayedItemsLayout()
        elif not is_red(index) and key in self._red:
            self._drop_red(key)

    def _drop_red(self, key: str) -> None:
        holder = self._red.pop(key)
        if holder.index.isValid():
            self.setIndexWidget(holder.index, None)  # type: ignore[arg-type]  # Qt accepts None, but its stubs do not
            self.scheduleDelayedItemsLayout()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.data(Role.IS_SECTION):
            self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        if self.model().rowCount(index):
            self._touched.add(index.data(Role.KEY))
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.focus_by_keyboard = True
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            index = self.currentIndex()
            if index.data(Role.IS_SECTION):
                self._toggle(index)
            return
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            event.ignore()
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._delegate.focus_by_keyboard = False
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self.fit)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._is_whole:
            QTimer.singleShot(0, self, self.fit)  # the height of rows may have changed
        for holder in self._red.values():
            holder.place()
