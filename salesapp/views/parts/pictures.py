"""Thumbnails by digest: cached, decoded outside the window's thread, replaced by a letter if there is no picture."""

from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from salesapp.errors import DeviceError
from salesapp.models.pictures import PictureSource, Wanted
from salesapp.models.workplace import Workplace
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font

KEPT_BYTES = 48 * 2**20
AT_ONCE = 12
"""Pictures decoded per batch outside the window's thread, the most recently requested first."""


class Pictures(QObject):
    """The thumbnails of a window. `arrived`: requested pictures are ready, so views paint again."""

    arrived = Signal()

    def __init__(
        self, workplace: Workplace, spawn: Callable[[Coroutine[Any, Any, None]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._source, self._spawn = PictureSource(workplace), spawn
        self._kept: OrderedDict[Wanted, QPixmap | None] = OrderedDict()
        self._bytes = 0
        self._asked: dict[Wanted, None] = {}
        self._is_loading = False

    def pixmap(self, sha256: str, box: QSize, ratio: float) -> QPixmap | None:
        """Returns the picture scaled into a box (device-independent pixels); None if it is not loaded or missing."""
        if not sha256 or box.isEmpty():
            return None
        wanted = (sha256, round(box.width() * ratio), round(box.height() * ratio))
        if wanted in self._kept:
            self._kept.move_to_end(wanted)
            found = self._kept[wanted]
            if found is not None and found.devicePixelRatio() != ratio:
                found.setDevicePixelRatio(ratio)
            return found
        self._asked.pop(wanted, None)
        self._asked[wanted] = None
        if not self._is_loading:
            self._is_loading = True
            self._spawn(self._load())
        return None

    def forget_missing(self) -> None:
        """Looks for missing pictures again, as a sync may have brought them."""
        for wanted in [wanted for wanted, found in self._kept.items() if found is None]:
            del self._kept[wanted]

    async def _load(self) -> None:
        """Loads the wanted pictures. Raises the first DeviceError at the end, for a damaged file of the user's own."""
        errors: list[DeviceError] = []
        try:
            while self._asked:
                batch = [self._asked.popitem()[0] for _ in range(min(AT_ONCE, len(self._asked)))]
                for wanted, found in (await self._source.images(batch)).items():
                    if isinstance(found, DeviceError):
                        errors.append(found)
                    self._keep(wanted, None if isinstance(found, DeviceError) else found)
                self.arrived.emit()
        finally:
            self._is_loading = False
        if errors:
            raise errors[0]

    def _keep(self, wanted: Wanted, image: QImage | None) -> None:
        self._kept[wanted] = QPixmap.fromImage(image) if image is not None else None
        self._bytes += _size(self._kept[wanted])
        while self._bytes > KEPT_BYTES and len(self._kept) > AT_ONCE:
            self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(pixmap: QPixmap | None) -> int:
    return pixmap.width() * pixmap.height() * 4 if pixmap is not None else 0


def paint_picture(
    painter: QPainter, box: QRectF, pixmap: QPixmap | None, letter: str, *, radius: float = 8, top_only: bool = False
) -> None:
    """Paints a picture with an outline, or the letter without one. `top_only` rounds only the upper corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0, 0, 0, radius * 2 if top_only else 0), radius, radius)
    painter.setClipRect(box)
    painter.fillPath(path, theme().color("picture" if pixmap else "sunken"))
    if pixmap is not None:
        size = pixmap.deviceIndependentSize()
        left, top = box.center().x() - size.width() / 2, box.center().y() - size.height() / 2
        painter.drawPixmap(round(left), round(top), pixmap)
    else:
        painter.setFont(font("heading"))
        painter.setPen(theme().color("text3"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter[:1].upper())
    if not top_only:
        painter.setPen(QPen(theme().color("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


class PictureView(QWidget):
    """One picture as a widget, as large as fits."""

    def __init__(self, pictures: Pictures, padding: int = 20) -> None:
        super().__init__()
        self._pictures, self._padding = pictures, padding
        self._sha256, self._letter = "", ""
        pictures.arrived.connect(self.update)

    def show_picture(self, sha256: str, letter: str, words: str = "") -> None:
        self._sha256, self._letter = sha256, letter
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        inside = self.size() - QSize(2 * self._padding, 2 * self._padding)
        pixmap = self._pictures.pixmap(self._sha256, inside, self.devicePixelRatioF())
        paint_picture(QPainter(self), QRectF(self.rect()), pixmap, self._letter, radius=12)
