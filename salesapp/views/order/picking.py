"""The list of items to pick: price, last quantity and a stepper in every row, for fingers, keys and scanner."""

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from salesapp.models.picking import PickRole, PickRow
from salesapp.views import formats
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.look.type import font
from salesapp.views.parts import slim
from salesapp.views.parts.paint import paint_line
from salesapp.views.parts.pictures import Pictures, paint_picture
from salesapp.views.parts.touch_delegate import Index, TouchDelegate
from salesapp.views.parts.touch_list import RowsView
from salesapp.views.prices.labels import hint_text

HEIGHT, SLIM_MORE = 80, 44
STEPPER = (48, 64, 48)
PRICE_WIDTH = 116
MARGIN = 16


class PickDelegate(TouchDelegate):
    """Paints one item; `typing` holds the item and the quantity that is being typed."""

    def __init__(self, view: QListView, pictures: Pictures) -> None:
        super().__init__(view)
        self._pictures = pictures
        self.typing: tuple[int, str] | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(320, HEIGHT + (SLIM_MORE if self._is_slim else 0))

    @property
    def _is_slim(self) -> bool:
        view = self.parent()
        return isinstance(view, QListView) and slim.is_slim(view.viewport().width())

    @staticmethod
    def parts(area: QRect) -> dict[str, QRect]:
        """Returns the areas that can be tapped, by name; when slim, they are below the name."""
        minus, number, plus = STEPPER
        left, top = area.right() - 12 - sum(STEPPER), area.top() + (HEIGHT - 48) // 2
        if slim.is_slim(area.width()):
            top = area.bottom() - 56
        return {
            "minus": QRect(left, top, minus, 48),
            "number": QRect(left + minus, top, number, 48),
            "plus": QRect(left + minus + number, top, plus, 48),
            "price": QRect(left - 12 - PRICE_WIDTH, top, PRICE_WIDTH, 48),
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PickRow | None = index.data(PickRole.ROW)
        if row is None:
            return
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_HasFocus and self.focus_by_keyboard:
            painter.fillRect(area, theme().color("accent_soft"))
        view = self.parent()
        box = QRectF(area.left() + MARGIN, area.top() + 14, 52, 52)
        ratio = view.devicePixelRatioF() if isinstance(view, QListView) else 1.0
        paint_picture(painter, box, self._pictures.pixmap(row.picture, QSize(44, 44), ratio), row.name)
        parts = self.parts(area)
        self._paint_price(painter, parts["price"], row)
        self._paint_stepper(painter, parts, row)
        left = area.left() + MARGIN + 52 + 12
        words = QRect(left, area.top() + 14, parts["price"].left() - 12 - left, 26)
        if slim.is_slim(area.width()):
            words = QRect(left, area.top() + 10, area.right() - 12 - left, 26)
        paint_line(painter, words, row.name, "name", "text")
        self._paint_below(painter, words.translated(0, 26), row)
        self.paint_edge(painter, option)

    def _paint_below(self, painter: QPainter, area: QRect, row: PickRow) -> None:
        """Paints the code and the most important fact: a scale in reach, no stock, or the last quantity."""
        paint_line(painter, area, row.code, "small", "text2")
        rest = QRect(area)
        rest.setLeft(area.left() + QFontMetrics(font("small")).horizontalAdvance(row.code) + 12)
        if row.hint is not None:
            paint_line(painter, rest, hint_text(row.hint, row.currency), "small_medium", "accent")
        elif not row.in_stock:
            icons.draw(painter, "warning_regular", rest.left(), rest.top() + 4, 18, "wait")
            rest.setLeft(rest.left() + 24)
            paint_line(painter, rest, self.tr("not in stock"), "small_medium", "wait")
        elif row.last is not None:
            last = f"{formats.decimal(row.last)}{formats.FIXED}{row.last_unit}".strip()
            words = self.tr("last {quantity}").format(quantity=last)
            paint_line(painter, rest, words, "small", "text2")

    def _paint_price(self, painter: QPainter, area: QRect, row: PickRow) -> None:
        top = QRect(area.left(), area.top(), area.width(), 25)
        if row.price is not None:
            paint_line(painter, top, formats.price(row.price, row.currency), "name", "text", right=True, whole=True)
            paint_line(painter, top.translated(0, 24), f"/ {row.unit_code}", "small", "text2", right=True)
        elif row.error:
            paint_line(painter, area, self.tr("no price"), "small_medium", "wait", right=True)

    def _paint_stepper(self, painter: QPainter, parts: dict[str, QRect], row: PickRow) -> None:
        typed = self.typing[1] if self.typing and self.typing[0] == row.item else ""
        is_on = row.quantity > 0
        whole = QRectF(parts["minus"]).united(QRectF(parts["plus"])).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("accent" if is_on or typed else "control"), 2 if typed else 1))
        painter.setBrush(theme().color("accent_soft" if is_on else "surface"))
        painter.drawRoundedRect(whole, 8, 8)
        painter.restore()
        for name in ("number", "plus"):
            part = parts[name]
            painter.fillRect(part.left(), part.top() + 1, 1, part.height() - 2, theme().color("border"))
        icons.draw(
            painter,
            "subtract_regular",
            parts["minus"].left() + 12,
            parts["minus"].top() + 12,
            24,
            "accent" if is_on else "text3",
        )
        icons.draw(painter, "add_regular", parts["plus"].left() + 12, parts["plus"].top() + 12, 24, "accent")
        painter.setFont(font("body_bold"))
        painter.setPen(theme().color("text" if is_on or typed else "text2"))
        painter.drawText(parts["number"], Qt.AlignmentFlag.AlignCenter, typed or formats.decimal(row.quantity))


class PickingList(RowsView):
    """Items to pick. `quantity_chosen` carries row and quantity; the `..._requested` signals open a row's sheets."""

    quantity_chosen = Signal(int, object)
    price_requested = Signal(int)
    line_requested = Signal(int)
    keys_requested = Signal(int)
    typed = Signal(str)

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.delegate = PickDelegate(self, pictures)
        self.setItemDelegate(self.delegate)
        pictures.arrived.connect(self.viewport().update)
        self._before_typing = Decimal()

    def row(self, number: int) -> PickRow | None:
        found: PickRow | None = self.model().index(number, 0).data(PickRole.ROW)
        return found

    def part_at(self, position: QPoint) -> tuple[int, str]:
        """Returns (row, part) at a point; (-1, "") outside the rows."""
        index = self.indexAt(position)
        if not index.isValid():
            return -1, ""
        parts = self.delegate.parts(self.visualRect(index))
        return index.row(), next((name for name, part in parts.items() if part.contains(position)), "")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.show_focus(by_keyboard=False)
        self.accept_typed()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        number, part = self.part_at(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or number < 0:
            return
        if part in {"minus", "plus"}:
            self.step(number, Decimal(1 if part == "plus" else -1))
        elif part == "price":
            self.price_requested.emit(number)
        elif part == "number":
            self.keys_requested.emit(number)
        else:
            self.line_requested.emit(number)

    def go_to(self, number: int) -> None:
        """Makes a row the current one and scrolls to it; -1 means none."""
        self.accept_typed()
        self.show_focus(by_keyboard=True)
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, number: int, by: Decimal) -> None:
        row = self.row(number)
        if row is not None:
            self.quantity_chosen.emit(number, max(row.quantity + by, Decimal()))

    def event(self, event: QEvent) -> bool:
        """Lets Esc end typing before the window handles it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.delegate.typing is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.show_focus(by_keyboard=True)
        number, text = self.currentIndex().row(), event.text()
        if number < 0:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.step(number, Decimal(1 if event.key() == Qt.Key.Key_Plus else -1))
        elif text and (text.isdigit() or (text in ".," and self.delegate.typing)):
            self._type(number, text)
        elif event.key() == Qt.Key.Key_Backspace and self.delegate.typing:
            self._type(number, "\b")
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accept_typed()
            self.setCurrentIndex(self.model().index(min(number + 1, self.model().rowCount() - 1), 0))
        elif event.key() == Qt.Key.Key_F1:
            self.price_requested.emit(number)
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Back}:
            if self.delegate.typing is None:
                event.ignore()
            else:
                self._cancel_typing(number)
        elif text.isprintable() and text.strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.typed.emit(text)
        else:
            self.accept_typed()
            super().keyPressEvent(event)

    def _type(self, number: int, text: str) -> None:
        row = self.row(number)
        if row is None:
            return
        before = self.delegate.typing[1] if self.delegate.typing and self.delegate.typing[0] == row.item else ""
        now = before[:-1] if text == "\b" else (before + text.replace(",", "."))[:9]
        if self.delegate.typing is None:
            self._before_typing = row.quantity
        self.delegate.typing = (row.item, now) if now else None
        self._emit_quantity(number, self._quantity_typed(now), is_done=False)
        self.viewport().update()

    @staticmethod
    def _quantity_typed(text: str) -> Decimal | None:
        try:
            return Decimal(text)
        except InvalidOperation:
            return None

    def _emit_quantity(self, number: int, quantity: Decimal | None, *, is_done: bool) -> None:
        """Puts each typed number into the draft at once, but zero, which removes the line, only when typing ends."""
        if quantity is not None and (quantity > 0 or is_done):
            self.quantity_chosen.emit(number, quantity)

    def _cancel_typing(self, number: int) -> None:
        """Restores the row's quantity from before the typing."""
        self.delegate.typing = None
        self.quantity_chosen.emit(number, self._before_typing)
        self.viewport().update()

    def accept_typed(self) -> None:
        """Makes the typed number the row's quantity."""
        typing, self.delegate.typing = self.delegate.typing, None
        if typing is None:
            return
        number = self.currentIndex().row()
        row = self.row(number)
        if row is not None and row.item == typing[0]:
            self._emit_quantity(number, self._quantity_typed(typing[1]), is_done=True)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.accept_typed()
        super().focusOutEvent(event)
