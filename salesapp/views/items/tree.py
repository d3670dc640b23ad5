"""The tree of item groups with their counts; one group is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from salesapp.services.items import GroupNode
from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.frame import scroll_by_touch
from salesapp.views.parts.keys import ENTER
from salesapp.views.parts.paint import paint_line, paint_row_focus
from salesapp.views.parts.sheet import TitledSheet

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 48
INDENT = 24
KEY = Qt.ItemDataRole.UserRole + 3
COUNT = Qt.ItemDataRole.UserRole + 4
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class GroupModel(QStandardItemModel):
    """The entry for all items (key 0), then the groups as a tree."""

    def show(self, nodes: Sequence[GroupNode], everything: str, total: int) -> None:
        self.clear()
        made: dict[int | None, QStandardItem] = {None: self.invisibleRootItem()}
        for key, parent, name, count in (
            (0, None, everything, total),
            *((node.key, node.parent, node.name, node.count) for node in nodes),
        ):
            item = QStandardItem(name)
            item.setData(key, KEY)
            item.setData(count, COUNT)
            item.setData(f"{name}, {formats.number(count)}", SPOKEN)
            item.setEditable(False)
            made[key] = item
            made.get(parent, made[None]).appendRow(item)

    def find(self, key: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:
        for row in range(self.rowCount(parent)):
            index = self.index(row, 0, parent)
            if index.data(KEY) == key:
                return index
            if (below := self.find(key, index)).isValid():
                return below
        return QModelIndex()


class NodeDelegate(QStyledItemDelegate):
    """Paints chevron, name and count; the chosen row on a soft ground."""

    def __init__(self, view: "GroupTree") -> None:
        super().__init__(view)
        self.view = view
        self.focus_by_keyboard = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = QRect(0, option.rect.top(), self.view.viewport().width(), option.rect.height())
        area = row.adjusted(12, 0, -8, 0)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("accent_soft"))
            painter.drawRoundedRect(area, 8, 8)
            painter.restore()
        left = area.left() + INDENT * self.view.level(index)
        if index.model().hasChildren(index):
            icon = "chevron_down_regular" if self.view.isExpanded(index) else "chevron_right_regular"
            icons.draw(painter, icon, left + 8, area.center().y() - 9, 20, "text2")
        token, role = ("accent", "body_bold") if is_selected else ("text", "body")
        count = formats.number(index.data(COUNT) or 0)
        count_role, count_token = ("small_bold", "accent") if is_selected else ("small", "text2")
        width = QFontMetrics(font(count_role)).horizontalAdvance(count)
        paint_line(painter, area.adjusted(0, 0, -12, 0), count, count_role, count_token, right=True, whole=True)
        name = QRect(left + 36, area.top(), area.right() - 12 - width - 8 - left - 36, area.height())
        paint_line(painter, name, str(index.data()), role, token)
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_by_keyboard:
            paint_row_focus(painter, area)


class GroupTree(QTreeView):
    """Shows a GroupModel. `chosen` carries the group's key, 0 for all items."""

    chosen = Signal(object)  # key of a group

    def __init__(self, model: GroupModel) -> None:
        super().__init__()
        self._delegate = NodeDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QTreeView { background: transparent; }")
        scroll_by_touch(self.viewport())

    @staticmethod
    def level(index: Index) -> int:
        found, parent = 0, index.parent()
        while parent.isValid():
            found, parent = found + 1, parent.parent()
        return found

    def opened(self) -> set[int]:
        """Returns the keys of the expanded groups."""
        model, found = self.model(), set[int]()
        waiting = [model.index(row, 0) for row in range(model.rowCount())]
        while waiting:
            index = waiting.pop()
            waiting += [model.index(row, 0, index) for row in range(model.rowCount(index))]
            if self.isExpanded(index):
                found.add(int(index.data(KEY)))
        return found

    def expand_groups(self, keys: set[int]) -> None:
        """Expands groups after the tree was filled again."""
        model = self.model()
        assert isinstance(model, GroupModel)  # set by us
        for key in keys:
            self.expand(model.find(key))

    def choose(self, key: int) -> None:
        """Shows a group as chosen without emitting `chosen`."""
        model = self.model()
        assert isinstance(model, GroupModel)  # set by us
        index = model.find(key)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._delegate.focus_by_keyboard = False
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        left = 12 + INDENT * self.level(index)
        if self.model().hasChildren(index) and event.position().x() < left + 44:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.focus_by_keyboard = True
        index = self.currentIndex()
        if event.key() in ENTER and index.isValid():
            self._choose(index)
        elif event.key() == Qt.Key.Key_Space and index.isValid():
            self.setExpanded(index, not self.isExpanded(index))
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.expand(index)
        self.chosen.emit(int(index.data(KEY)))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paints nothing, as the delegate paints the whole row."""

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints a row without the background of Qt's selection."""
        own = QStyleOptionViewItem(option)
        own.rect = self.visualRect(index)
        if self.selectionModel().isSelected(index):
            own.state |= QStyle.StateFlag.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            own.state |= QStyle.StateFlag.State_HasFocus
        self._delegate.paint(painter, own, index)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)


class GroupSheet(TitledSheet):
    """The tree in a sheet, if there is no room for it beside the list."""

    on_scan = "close"

    def __init__(self, parent: QWidget, model: GroupModel, current: int) -> None:
        super().__init__(parent, lambda: self.tr("Groups of items"))
        self.tree = GroupTree(model)
        self.keep_translated(lambda: self.tree.setAccessibleName(self.tr("Groups of items")))
        self.tree.setMinimumHeight(max(200, min(parent.height() - 200, 720)))
        self.tree.choose(current)
        self.tree.chosen.connect(self.close_sheet)
        self.body.addWidget(self.tree, 1)
