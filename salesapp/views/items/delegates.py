"""Paints rows and tiles of items; reads roles only."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

from salesapp.models.items import Role
from salesapp.services.items import ItemRow
from salesapp.services.price_tags import PriceTag
from salesapp.views import formats
from salesapp.views.items import labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts import slim
from salesapp.views.parts.hits import paint_hits
from salesapp.views.parts.paint import paint_line, paint_row_focus
from salesapp.views.parts.pictures import Pictures, paint_picture
from salesapp.views.parts.touch_delegate import Index, TouchDelegate

ROW_HEIGHT = 80
CARD_WIDTH, CARD_HEIGHT, CARD_GAP = 240, 276, 16
PLUS = 48
MOST_FLAGS = 2
"""Flags of a wide row or a tile; a slim row has room for the most important one."""
_GAP = f"{formats.FIXED}{formats.FIXED}{formats.FIXED}"
_NARROW = 620


class ItemDelegate(TouchDelegate):
    """Base of the delegates for rows and tiles."""

    def __init__(self, view: QAbstractItemView, pictures: Pictures) -> None:
        super().__init__(view)
        self.pictures = pictures

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tag = index.data(Role.ROW), index.data(Role.TAG)
        state = option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus) and self.focus_by_keyboard
        area = QRect(option.rect)
        if isinstance(row, ItemRow):
            self.paint_item(painter, area, row, tag, is_selected=is_selected, has_focus=has_focus)

    def paint_item(
        self, painter: QPainter, area: QRect, row: ItemRow, tag: PriceTag | None, *, is_selected: bool, has_focus: bool
    ) -> None:
        raise NotImplementedError


class RowDelegate(ItemDelegate):
    """Paints an item as a row: picture, name over its codes, flag, stock, price."""

    usual_height = ROW_HEIGHT

    def paint_item(
        self, painter: QPainter, area: QRect, row: ItemRow, tag: PriceTag | None, *, is_selected: bool, has_focus: bool
    ) -> None:
        if is_selected:
            painter.fillRect(area, theme().color("accent_soft"))
        box = QRectF(area.left() + 16, area.top() + 10, 60, 60)
        ratio = painter.device().devicePixelRatioF()
        paint_picture(painter, box, self.pictures.pixmap(row.picture, QSize(52, 52), ratio), row.name)
        if slim.is_slim(area.width()):
            self._paint_slim(painter, area, row, tag)
        else:
            self._paint_wide(painter, area, row, tag)
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme().color("border"))
        if has_focus:
            paint_row_focus(painter, area)

    def _paint_slim(self, painter: QPainter, area: QRect, row: ItemRow, tag: PriceTag | None) -> None:
        """Paints name; code and flag; stock; with the price beside the last two lines."""
        lines = [slim.line(area, number, 88) for number in range(3)]
        paint_hits(painter, lines[0], row.name, self.typed)
        paint_line(painter, lines[0], row.name, "name", "text")
        paint_price(painter, QRect(area.right() - 120, area.top() + 26, 104, ROW_HEIGHT), tag, with_before=False)
        paint_hits(painter, lines[1], row.code, self.typed, "small")
        paint_line(painter, lines[1], row.code, "small", "text2")
        for name in labels.flags_of(row, tag)[:1]:
            left = lines[1].left() + QFontMetrics(font("small")).horizontalAdvance(row.code) + 10
            icons.draw(painter, labels.FLAG_ICONS[name], left, lines[1].top() + 3, 20, "text2")
        paint_stock(painter, QRect(lines[2].left(), lines[2].top(), stock_width(row), 26), row)

    def _paint_wide(self, painter: QPainter, area: QRect, row: ItemRow, tag: PriceTag | None) -> None:
        is_narrow = area.width() < _NARROW
        right = area.right() - 16
        price = QRect(right - (104 if is_narrow else 150), area.top(), 104 if is_narrow else 150, area.height())
        paint_price(painter, price, tag, with_before=not is_narrow)
        stock = QRect(price.left() - 104, area.top(), 96, area.height())
        paint_stock(painter, stock, row)
        left, end = area.left() + 92, stock.left() - 12
        for place, name in enumerate(labels.flags_of(row, tag)[:MOST_FLAGS]):
            free = QRect(left, area.top() + 26, end - left, 28)
            end -= paint_flag(painter, free, name, only_icon=is_narrow or place > 0) + 12
        self._paint_names(painter, QRect(left, area.top(), end - left, area.height()), row)

    def _paint_names(self, painter: QPainter, area: QRect, row: ItemRow) -> None:
        top = QRect(area.left(), area.top() + 16, area.width(), 26)
        paint_hits(painter, top, row.name, self.typed)
        paint_line(painter, top, row.name, "name", "text")
        below = QRect(area.left(), area.top() + 42, area.width(), 22)
        codes = f"{row.code}{_GAP}EAN{formats.FIXED}{row.ean}" if row.ean else row.code
        if QFontMetrics(font("small")).horizontalAdvance(codes) > area.width():
            codes = row.code
        paint_hits(painter, below, codes, self.typed, "small")
        paint_line(painter, below, codes, "small", "text2")


class CardDelegate(ItemDelegate):
    """Paints an item as a tile: picture with flag, name in two lines, code and stock, price."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(CARD_WIDTH + CARD_GAP, CARD_HEIGHT + CARD_GAP)

    @staticmethod
    def card(area: QRect) -> QRect:
        """Returns the tile's area within its cell."""
        width = min(area.width() - CARD_GAP, CARD_WIDTH + 40)
        return QRect(area.left() + CARD_GAP // 2, area.top() + CARD_GAP // 2, width, CARD_HEIGHT)

    @classmethod
    def plus(cls, area: QRect) -> QRect:
        """Returns the area of the plus that adds the item to an order."""
        card = cls.card(area)
        return QRect(card.right() - 9 - PLUS, card.bottom() - 9 - PLUS, PLUS, PLUS)

    def paint_item(
        self, painter: QPainter, area: QRect, row: ItemRow, tag: PriceTag | None, *, is_selected: bool, has_focus: bool
    ) -> None:
        card = self.card(area)
        self._paint_ground(painter, card, is_selected=is_selected)
        self._paint_top(painter, card, row, tag)
        inner = card.adjusted(14, 0, -14, 0)
        name = QRect(inner.left(), card.top() + 138, inner.width(), 48)
        for number, line in enumerate(two_lines(row.name, "body_bold", inner.width())):
            place = QRect(name.left(), name.top() + 24 * number, name.width(), 24)
            paint_hits(painter, place, line, self.typed, "body_bold")
            paint_line(painter, place, line, "body_bold", "text")
        below = QRect(inner.left(), card.top() + 190, inner.width(), 22)
        stock_width = paint_stock(painter, below, row, small=True)
        paint_line(painter, below.adjusted(0, 0, -stock_width - 8, 0), row.code, "small", "text2")
        plus = self.plus(area)
        price = QRect(inner.left(), plus.top(), plus.left() - 8 - inner.left(), plus.height())
        paint_card_price(painter, price, tag)
        _paint_outline(painter, QRectF(plus), 8, "control")
        icons.draw(painter, "add_regular", plus.left() + 12, plus.top() + 12, 24, "text")
        if has_focus:
            paint_row_focus(painter, card)

    @staticmethod
    def _paint_ground(painter: QPainter, card: QRect, *, is_selected: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent" if is_selected else "border"), 1))
        painter.setBrush(theme().color("accent_soft" if is_selected else "surface"))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        painter.restore()

    def _paint_top(self, painter: QPainter, card: QRect, row: ItemRow, tag: PriceTag | None) -> None:
        top = QRectF(card.left() + 1, card.top() + 1, card.width() - 2, 125)
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.pictures.pixmap(row.picture, QSize(CARD_WIDTH - 40, 100), ratio)
        paint_picture(painter, top, pixmap, row.name, radius=11, top_only=True)
        painter.fillRect(card.left() + 1, card.top() + 126, card.width() - 2, 1, theme().color("border"))
        for place, name in enumerate(labels.flags_of(row, tag)[:MOST_FLAGS]):
            box = QRectF(card.left() + 10 + 42 * place, card.top() + 10, 36, 36)
            paint_corner(painter, box, labels.FLAG_ICONS[name])


def two_lines(text: str, role: str, width: int) -> list[str]:
    """Breaks a name between words into at most two lines."""
    metrics = QFontMetrics(font(role))
    parts = text.split(" ")
    first = parts.pop(0)
    while parts and metrics.horizontalAdvance(f"{first} {parts[0]}") <= width:
        first += f" {parts.pop(0)}"
    return [first, " ".join(parts)] if parts else [first]


def paint_flag(painter: QPainter, area: QRect, name: str, *, only_icon: bool) -> int:
    """Paints a flag as an outlined label, right-aligned, or only its icon; returns the width."""
    text = "" if only_icon else labels.flag(name)
    width = QFontMetrics(font("small_medium")).horizontalAdvance(text) + 44 if text else 32
    if width > area.width() // 2:
        text, width = "", 32
    box = QRectF(area.right() - width + 1, area.top(), width, 28)
    _paint_outline(painter, box, 6)
    icons.draw(painter, labels.FLAG_ICONS[name], box.left() + (8 if text else 6), box.top() + 4, 20, "text2")
    paint_line(painter, box.adjusted(34, 0, -8, 0), text, "small_medium", "text2", whole=True)
    return width


def paint_corner(painter: QPainter, box: QRectF, icon: str) -> None:
    """Paints a flag's icon over a corner of the picture."""
    _paint_outline(painter, box, 8)
    icons.draw(painter, icon, box.left() + 6, box.top() + 6, 24, "accent")


def _paint_outline(painter: QPainter, box: QRectF, radius: float, token: str = "border") -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.fillPath(path, theme().color("surface"))
    painter.setPen(QPen(theme().color(token), 1))
    painter.drawPath(path)
    painter.restore()


def stock_width(row: ItemRow) -> int:
    """Returns the width that `paint_stock` needs."""
    if row.stock <= 0:
        return QFontMetrics(font("body")).horizontalAdvance(labels.none_there()) + 28
    unit = QFontMetrics(font("small")).horizontalAdvance(f"{formats.FIXED}{row.unit}")
    return unit + QFontMetrics(font("body")).horizontalAdvance(formats.decimal(row.stock)) + 2


def paint_stock(painter: QPainter, area: QRect, row: ItemRow, *, small: bool = False) -> int:
    """Paints quantity and unit, right-aligned, or an icon and a word if there is no stock; returns the width."""
    role, unit_role = ("small_medium", "small") if small else ("body", "small")
    if row.stock <= 0:
        text = labels.none_there()
        width = QFontMetrics(font(role)).horizontalAdvance(text)
        paint_line(painter, area, text, role, "wait", right=True, whole=True)
        icons.draw(painter, "warning_regular", area.right() - width - 24, area.center().y() - 9, 20, "wait")
        return width + 28
    unit = QFontMetrics(font(unit_role)).horizontalAdvance(f"{formats.FIXED}{row.unit}")
    number = formats.decimal(row.stock)
    paint_line(painter, area, row.unit, unit_role, "text3", right=True, whole=True)
    paint_line(painter, area.adjusted(0, 0, -unit, 0), number, role, "text", right=True, whole=True)
    return unit + QFontMetrics(font(role)).horizontalAdvance(number)


def paint_price(painter: QPainter, area: QRect, tag: PriceTag | None, *, with_before: bool) -> None:
    """Paints the price over its currency and unit; with `with_before`, a higher list price struck through."""
    if tag is None:
        return
    top, below = area.adjusted(0, 14, 0, -38), area.adjusted(0, 42, 0, -16)
    if tag.value is None:
        paint_line(painter, area, labels.no_price(), "small", "text3", right=True)
        return
    right = 0
    if tag.before is not None and with_before:
        right = paint_struck(painter, top, formats.price(tag.before, tag.currency)) + 8
    value = formats.price(tag.value, tag.currency)
    paint_line(painter, top.adjusted(0, 0, -right, 0), value, "price", "text", right=True, whole=True)
    paint_line(painter, below, labels.price_unit(tag), "small", "text2", right=True)


def paint_struck(painter: QPainter, area: QRect, text: str) -> int:
    """Paints a former price struck through, right-aligned; returns its width."""
    width = QFontMetrics(font("small")).horizontalAdvance(text)
    paint_line(painter, area, text, "small", "text3", right=True, whole=True)
    painter.fillRect(area.right() - width, area.center().y() + 1, width + 1, 1, theme().color("text3"))
    return width


def paint_card_price(painter: QPainter, area: QRect, tag: PriceTag | None) -> None:
    if tag is None:
        return
    if tag.value is None:
        paint_line(painter, area, labels.no_price(), "body", "text3")
        return
    text = formats.price(tag.value, tag.currency)
    paint_line(painter, area, text, "heading", "text", whole=True)
    used = QFontMetrics(font("heading")).horizontalAdvance(text) + 4
    paint_line(painter, area.adjusted(used, 2, 0, 0), tag.currency, "small", "text2", whole=True)
    if tag.before is not None:
        used += QFontMetrics(font("small")).horizontalAdvance(tag.currency) + 10
        width = QFontMetrics(font("small")).horizontalAdvance(formats.price(tag.before, tag.currency))
        if used + width > area.width():
            return
        paint_struck(
            painter,
            QRect(area.left() + used, area.top() + 2, width, area.height()),
            formats.price(tag.before, tag.currency),
        )
