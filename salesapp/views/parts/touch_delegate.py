"""What the rows of all lists share: height, selection, the line below, and the focus ring."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from salesapp.views.look.theme import theme
from salesapp.views.parts import slim
from salesapp.views.parts.paint import paint_row_focus

Index = QModelIndex | QPersistentModelIndex


class TouchDelegate(QStyledItemDelegate):
    """Base of row delegates, which paint between `paint_ground` and `paint_edge` and only read roles."""

    usual_height = 72
    grows = True
    """Whether rows are higher in a slim window, with their texts stacked."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self.focus_by_keyboard = False
        self.typed = ""
        """The searched text, whose letters are highlighted."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(280, self.row_height)

    @property
    def row_height(self) -> int:
        return slim.row_height(self.parent(), self.usual_height) if self.grows else self.usual_height

    @staticmethod
    def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme().color("accent_soft"))

    @staticmethod
    def paint_rejected_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        area: QRect = option.rect
        painter.fillRect(area, theme().color("fail_soft"))
        painter.fillRect(area.left(), area.top(), 4, area.height(), theme().color("fail"))

    def paint_edge(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        area: QRect = option.rect
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme().color("border"))
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_by_keyboard:
            paint_row_focus(painter, area)
