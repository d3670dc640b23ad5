"""Tabs with counts, the chosen one underlined; they wrap if there is no room."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.plain import set_label

HEIGHT = 52


class Tab(QAbstractButton):
    """A name and a count."""

    def __init__(self) -> None:
        super().__init__()
        self._count = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_texts(self, text: str, count: str) -> None:
        self._count = count
        set_label(self, text)
        self.setAccessibleName(", ".join(part for part in (text, count) if part))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font("body_bold")).horizontalAdvance(self.text()) + 28
        if self._count:
            width += QFontMetrics(font("small_bold")).horizontalAdvance(self._count) + 24
        return QSize(max(width, 60), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "body_bold" if self.isChecked() else "body"
        painter.setFont(font(role))
        painter.setPen(theme().color("text" if self.isChecked() else "text2"))
        area = QRectF(14, 0, self.width() - 14, HEIGHT)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            left = 14 + QFontMetrics(font(role)).horizontalAdvance(self.text()) + 8
            width = QFontMetrics(font("small_bold")).horizontalAdvance(self._count) + 14
            box = QRectF(left, (HEIGHT - 24) / 2, width, 24)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color("sunken"))
            painter.drawRoundedRect(box, 6, 6)
            painter.setFont(font("small_bold"))
            painter.setPen(theme().color("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._count)
        if self.isChecked():
            painter.fillRect(QRectF(0, HEIGHT - 3, self.width(), 3), theme().color("accent"))


class Tabs(QWidget):
    """`chosen` carries the name of a tab."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, spacing=8)
        self._group = QButtonGroup(self)
        self.tabs: dict[str, Tab] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, name: str) -> None:
        tab = Tab()
        tab.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(tab)
        self.tabs[name] = tab
        self._flow.addWidget(tab)

    def choose(self, name: str) -> None:
        """Shows a tab as chosen without emitting `chosen`."""
        self.tabs[name].setChecked(True)
