"""A document on A4, as PDF: place for a logo, lines, a table of VAT, numbers, state, signature."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from salesapp.views import formats
from salesapp.views.look.tokens import TOKENS
from salesapp.views.look.type import FALLBACKS, FAMILY
from salesapp.views.work.words import receipt_words

if TYPE_CHECKING:
    from salesapp.models.own_work import DocumentView, ViewLine

translate = QCoreApplication.translate

DPI = 300
MM = DPI / 25.4
LEFT, RIGHT, TOP, BOTTOM = 18 * MM, 192 * MM, 16 * MM, 275 * MM
INK, GREY, RULE = (QColor(TOKENS[name][0]) for name in ("text", "text3", "border"))
"""Paper is light in every theme."""
COLUMNS = ((0.0, 8.0), (8.0, 92.0), (100.0, 22.0), (122.0, 24.0), (146.0, 28.0))
"""Number, item, quantity, price, net: left edge and width in millimetres from the margin."""


def print_pdf(view: "DocumentView", signature: bytes | None) -> bytes:
    """The document as PDF. A document that the ERP has not accepted says so."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    writer.setTitle(document_title(view))
    writer.setCreator("SalesApp")
    painter = QPainter(writer)
    _Sheet(painter, writer.newPage, view, signature).draw()
    painter.end()
    return bytes(buffer.data().data())


def document_title(view: "DocumentView") -> str:
    """Sales order SO-1/03/26/JSS."""
    is_quote = view.item.type == "sales_quote"
    kind = translate("Paper", "Sales quote") if is_quote else translate("Paper", "Sales order")
    number = view.item.number or view.item.erp_number or translate("Paper", "(draft)")
    return f"{kind} {number}"


class _Sheet:
    """Draws page after page; `y` is where the next thing goes."""

    def __init__(
        self, painter: QPainter, new_page: Callable[[], bool], view: "DocumentView", signature: bytes | None
    ) -> None:
        self._painter, self._new_page, self._view, self._signature = painter, new_page, view, signature
        self._y = TOP
        self._page = 1

    def draw(self) -> None:
        self._head()
        self._table_head()
        for number, line in enumerate(self._view.lines, 1):
            self._line(number, line)
        self._totals()
        self._end()
        self._foot()

    def _text(
        self,
        words: str,
        left: float,
        width: float,
        size: float = 9,
        *,
        bold: bool = False,
        right: bool = False,
        colour: QColor = INK,
    ) -> float:
        """Writes words into a column (millimetres), wrapped; returns their height in dots."""
        font = QFont([FAMILY, *FALLBACKS])
        font.setPointSizeF(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self._painter.setFont(font)
        self._painter.setPen(QPen(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        box = QRectF(LEFT + left * MM, self._y, width * MM, 60 * MM)
        metrics = QFontMetricsF(font, self._painter.device())
        height = metrics.boundingRect(box, int(flags), words or " ").height()
        self._painter.drawText(QRectF(box.left(), box.top(), box.width(), height), int(flags), words)
        return height

    def _rule(self) -> None:
        self._painter.setPen(QPen(RULE, 0.3 * MM))
        self._painter.drawLine(int(LEFT), int(self._y), int(RIGHT), int(self._y))

    def _head(self) -> None:
        view = self._view
        self._painter.setPen(QPen(RULE, 0.3 * MM, Qt.PenStyle.DashLine))
        self._painter.drawRect(QRectF(LEFT, self._y, 46 * MM, 16 * MM))
        self._y += 6 * MM
        self._text(translate("Paper", "Your logo"), 4, 40, 8, colour=GREY)
        self._y -= 6 * MM
        self._text(document_title(view), 60, 114, 15, bold=True, right=True)
        self._y += 8 * MM
        facts = [translate("Paper", "Date: {date}").format(date=view.issued_on)]
        if view.delivery_on:
            facts.append(translate("Paper", "Delivery: {date}").format(date=view.delivery_on))
        if view.payment_form:
            facts.append(translate("Paper", "Payment: {form}").format(form=view.payment_form))
        if view.item.erp_number and view.item.number:
            facts.append(translate("Paper", "Number in the ERP: {number}").format(number=view.item.erp_number))
        self._y += self._text("\n".join(facts), 60, 114, 9, right=True, colour=GREY)
        self._y = max(self._y, TOP + 20 * MM) + 4 * MM
        self._y += self._text(translate("Paper", "Customer"), 0, 90, 8, colour=GREY)
        self._y += self._text(view.customer, 0, 110, 11, bold=True)
        lines = [view.customer_address]
        if view.tax_id:
            lines.append(translate("Paper", "Tax ID {number}").format(number=view.tax_id))
        if view.delivery_address and view.delivery_address != view.customer_address:
            lines.append(translate("Paper", "Deliver to: {address}").format(address=view.delivery_address))
        self._y += self._text("\n".join(line for line in lines if line), 0, 174) + 6 * MM

    def _table_head(self) -> None:
        names = ("", translate("Paper", "Item"), translate("Paper", "Quantity"), translate("Paper", "Price net"),
                 translate("Paper", "Net"))  # fmt: skip
        height = 0.0
        for place, ((left, width), name) in enumerate(zip(COLUMNS, names, strict=True)):
            height = max(height, self._text(name, left, width, 8, right=place > 1, colour=GREY))
        self._y += height + 1 * MM
        self._rule()
        self._y += 1.5 * MM

    def _line(self, number: int, line: "ViewLine") -> None:
        self._room(14 * MM)
        cells = (
            str(number),
            line.name,
            f"{formats.decimal(line.quantity)}{formats.FIXED}{line.unit}",
            translate("Paper", "free") if line.is_free else formats.number(line.price, 2),
            formats.number(line.net, 2),
        )
        height = 0.0
        for place, ((left, width), cell) in enumerate(zip(COLUMNS, cells, strict=True)):
            height = max(height, self._text(cell, left, width, right=place > 1))
        self._y += height
        below = " \N{MIDDLE DOT} ".join(part for part in (line.code, line.description) if part)
        self._y += self._text(below, 8, 92, 7.5, colour=GREY) + 1 * MM
        self._rule()
        self._y += 1.5 * MM

    def _totals(self) -> None:
        view = self._view
        self._room((18 + 5 * len(view.totals)) * MM)
        self._y += 3 * MM
        rows = [
            (
                translate("Paper", "VAT {percent} % of {net}").format(
                    percent=formats.decimal(total.percent) if total.percent is not None else "?",
                    net=formats.number(total.net, 2),
                ),
                formats.number(total.vat, 2),
            )
            for total in view.totals
        ] or [(translate("Paper", "VAT"), formats.number(view.vat, 2))]
        for name, amount in [(translate("Paper", "Net"), formats.number(view.net, 2)), *rows]:
            self._text(name, 90, 54, right=True, colour=GREY)
            self._y += self._text(amount, 146, 28, right=True) + 1 * MM
        gross = f"{formats.number(view.gross, 2)}{formats.FIXED}{view.currency}"
        self._text(translate("Paper", "Gross"), 70, 50, 12, bold=True, right=True)
        self._y += self._text(gross, 122, 52, 12, bold=True, right=True) + 4 * MM

    def _end(self) -> None:
        if self._view.description:
            self._room(20 * MM)
            self._y += self._text(self._view.description, 0, 174) + 3 * MM
        image = QImage.fromData(self._signature) if self._signature else QImage()
        if not image.isNull():
            self._room(36 * MM)
            size = image.size().scaled(int(60 * MM), int(24 * MM), Qt.AspectRatioMode.KeepAspectRatio)
            self._painter.drawImage(QRectF(LEFT, self._y, size.width(), size.height()), image)
            self._y += 25 * MM
            self._text(translate("Paper", "Signature of the customer"), 0, 90, 8, colour=GREY)

    def _room(self, height: float) -> None:
        """A new page when this much does not fit any more."""
        if self._y + height > BOTTOM:
            self._foot()
            self._new_page()
            self._page += 1
            self._y = TOP
            self._table_head()

    def _foot(self) -> None:
        self._y = BOTTOM + 4 * MM
        state = receipt_words(self._view.item)
        if self._view.item.state != "in_erp":
            state = translate("Paper", "Not yet accepted by the ERP ({state})").format(state=state)
        self._text(state, 0, 140, 8, colour=GREY)
        self._text(translate("Paper", "Page {number}").format(number=self._page), 140, 34, 8, right=True, colour=GREY)
