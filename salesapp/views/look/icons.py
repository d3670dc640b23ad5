"""Icons: vendored SVGs, filled with a colour of the theme and cached as pixmaps."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from salesapp.resources import resource
from salesapp.views.look.theme import theme


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    source = _source(name).replace("<svg ", f'<svg fill="{colour}" ', 1)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(name: str, size: int, token: str, ratio: float = 1.0) -> QPixmap:
    """Returns an icon (such as `box_regular`) of `size` logical pixels in the colour of a token."""
    return _pixmap(name, size, theme().hex(token), ratio)


def icon(name: str, token: str, size: int = 24, disabled: str = "text3") -> QIcon:
    """Returns an icon for a button, with a disabled look; sharp up to twice the size."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, token, ratio))
        made.addPixmap(pixmap(name, size, disabled, ratio), QIcon.Mode.Disabled)
    return made


def draw(painter: QPainter, name: str, x: float, y: float, size: int, token: str) -> None:
    """Paints an icon with its upper left corner at (x, y)."""
    device = painter.device()
    painter.drawPixmap(round(x), round(y), pixmap(name, size, token, device.devicePixelRatio()))
