"""A signature, drawn by finger, pen or mouse."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from salesapp.models.pictures import png_of
from salesapp.views.look.theme import theme
from salesapp.views.parts.buttons import Button
from salesapp.views.parts.fields import Field
from salesapp.views.parts.flow import Actions
from salesapp.views.parts.sheet import Sheet

INK = Qt.GlobalColor.black
WIDTH = 2.5


class Canvas(QWidget):
    """The drawing; always dark on white, as it is printed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(220)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._strokes: list[QPainterPath] = []

    @property
    def is_empty(self) -> bool:
        return not self._strokes

    def clear(self) -> None:
        self._strokes.clear()
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(560, 220)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._strokes.append(QPainterPath(event.position()))
        self._strokes[-1].lineTo(event.position() + QPointF(0.1, 0))
        self.update()
        self.changed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._strokes:
            self._strokes[-1].lineTo(event.position())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.setPen(QPen(theme().color("border"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.drawLine(32, self.height() - 48, self.width() - 32, self.height() - 48)
        self._draw(painter)

    def _draw(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(INK, WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPath(stroke)

    def png(self) -> bytes:
        """Returns only the strokes on white, at twice the size on screen."""
        image = QImage(self.size() * 2, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.scale(2, 2)
        self._draw(painter)
        painter.end()
        return png_of(image)


class SignatureSheet(Sheet):
    """Asks for a signature for an amount; `signed` carries the PNG and the signer's name."""

    signed = Signal(bytes, str)

    def __init__(self, parent: QWidget, amount: str) -> None:
        super().__init__(parent)
        self.body.addWidget(self.text("title", lambda: self.tr("Signature for {amount}").format(amount=amount)))
        self.name = Field("person_regular")
        self.body.addWidget(self.name)
        self.canvas = Canvas()
        self.body.addWidget(self.canvas)
        self.again, self.cancel, self.accept = (
            Button("normal", final=True),
            Button("quiet"),
            Button("primary", "checkmark_regular", final=True),
        )
        self.keep_translated(self._set_texts)
        row = Actions()
        for button in (self.again, self.cancel, self.accept):
            row.addWidget(button)
        self.body.addLayout(row)
        self.again.clicked.connect(self.canvas.clear)
        self.cancel.clicked.connect(self.close_sheet)
        self.accept.clicked.connect(self._on_accept_clicked)
        self.canvas.changed.connect(lambda: self.accept.setEnabled(not self.canvas.is_empty))
        self.name.edit.textEdited.connect(lambda: self.name.set_error(""))
        self.accept.setEnabled(False)
        self.closed.connect(self.deleteLater)

    def _set_texts(self) -> None:
        self.name.set_texts(self.tr("Name of who signs"))
        self.canvas.setAccessibleName(self.tr("Signature"))
        self.again.set_texts(self.tr("Once more"))
        self.cancel.set_texts(self.tr("Cancel"))
        self.accept.set_texts(self.tr("Take over"))

    def _on_accept_clicked(self) -> None:
        png, name = self.canvas.png(), self.name.edit.text().strip()
        self.name.set_error("" if name else self.tr("Write who signs."))
        if not name:
            self.name.edit.setFocus()
            return
        self.close_sheet()
        self.signed.emit(png, name)
