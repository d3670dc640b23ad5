"""Prints a document as an A4 PDF: logo, lines, VAT table, page numbers, state, signature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QDate, QIODevice, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from salesapp.models.pictures import image_of
from salesapp.views import formats
from salesapp.views.look.tokens import TOKENS
from salesapp.views.look.type import FALLBACKS, FAMILY
from salesapp.views.receipts.labels import receipt_text

if TYPE_CHECKING:
    from salesapp.services.company import Company
    from salesapp.services.document_view import DocumentView, ViewLine

translate = QCoreApplication.translate

DPI = 300
MM = DPI / 25.4
LEFT, RIGHT, TOP, BOTTOM = 18 * MM, 192 * MM, 16 * MM, 275 * MM
INK, GREY, RULE = (QColor(TOKENS[name][0]) for name in ("text", "text3", "border"))
"""Always the light theme's colours."""
COLUMNS = ((0.0, 8.0), (8.0, 92.0), (100.0, 22.0), (122.0, 24.0), (146.0, 28.0))
"""Number, item, quantity, price, value: left edge and width in millimetres from the margin."""
VAT_COLUMNS = ((74.0, 22.0), (96.0, 26.0), (122.0, 24.0), (146.0, 28.0))
"""Rate, net, VAT, gross."""
WRAPS = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
"""Between words, and within a word that is wider than its column."""
AFTER_LINE, SIGNATURE = 2.5 * MM, 33 * MM
LOGO = (46 * MM, 16 * MM)
"""Largest size of a logo."""


@dataclass(frozen=True, slots=True)
class _Sender:
    """The letterhead; empty without company and logo."""

    company: "Company | None"
    logo: QImage


def print_pdf(
    view: "DocumentView",
    signature: bytes | None,
    company: "Company | None" = None,
    logo: bytes | None = None,
) -> bytes:
    """Returns the document as PDF, marked if the ERP has not accepted it. Leaves out a logo that is not a picture."""
    sender = _Sender(company, _image(logo))
    _draft, pages = _print(view, signature, sender, 0)
    return _print(view, signature, sender, pages)[0]


def _image(content: bytes | None) -> QImage:
    return (image_of(content) if content else None) or QImage()


def _print(view: "DocumentView", signature: bytes | None, sender: _Sender, pages: int) -> tuple[bytes, int]:
    """Returns the PDF and its number of pages; every page shows `pages` as the total."""
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
    sheet = _Sheet(painter, writer.newPage, view, signature, sender, pages)
    sheet.draw()
    painter.end()
    return bytes(buffer.data().data()), sheet.page


def document_title(view: "DocumentView") -> str:
    """Sales order SO-1/03/26/JSS."""
    kinds = {
        "sales_quote": translate("Paper", "Sales quote"),
        "sales_return": translate("Paper", "Return of goods"),
    }
    kind = kinds.get(view.item.type, translate("Paper", "Sales order"))
    number = view.item.number or view.item.erp_number or translate("Paper", "(draft)")
    return f"{kind} {number}"


class _Sheet:
    """Draws page after page; `_y` is the next free position. The last line stays on the page of the totals."""

    def __init__(
        self,
        painter: QPainter,
        new_page: Callable[[], bool],
        view: "DocumentView",
        signature: bytes | None,
        sender: _Sender,
        pages: int,
    ) -> None:
        self._painter, self._new_page, self._view, self._pages = painter, new_page, view, pages
        self._sender = sender
        self._signature = _image(signature)
        self._y = TOP
        self.page = 1

    def draw(self) -> None:
        self._head()
        self._table_head()
        last = len(self._view.lines)
        for number, line in enumerate(self._view.lines, 1):
            needed = self._line_height(line) + (self._end_height() if number == last else 0)
            self._room(needed, with_table=True)
            self._line(number, line)
        self._totals()
        self._end()
        self._foot()

    # Text

    @staticmethod
    def _font(size: float, *, bold: bool = False, tabular: bool = False) -> QFont:
        font = QFont([FAMILY, *FALLBACKS])
        font.setPointSizeF(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _height(self, words: str, width: float, size: float = 9, *, bold: bool = False) -> float:
        """Returns the height in dots of wrapped text in a column of `width` millimetres."""
        metrics = QFontMetricsF(self._font(size, bold=bold), self._painter.device())
        box = QRectF(0, 0, width * MM, 1000 * MM)
        return metrics.boundingRect(box, int(WRAPS), words or " ").height()

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
        tabular: bool = False,
    ) -> float:
        """Draws wrapped text into a column (millimetres); returns its height in dots."""
        self._painter.setFont(self._font(size, bold=bold, tabular=tabular))
        self._painter.setPen(QPen(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        height = self._height(words, width, size, bold=bold)
        box = QRectF(LEFT + left * MM, self._y, width * MM, height)
        self._painter.drawText(box, int(side | Qt.AlignmentFlag.AlignTop) | int(WRAPS), words)
        return height

    def _rule(self) -> None:
        self._painter.setPen(QPen(RULE, 0.3 * MM))
        self._painter.drawLine(int(LEFT), int(self._y), int(RIGHT), int(self._y))

    # The heads of the first page and of the others

    def _head(self) -> None:
        view = self._view
        below = self._draw_sender()
        self._text(document_title(view), 60, 114, 15, bold=True, right=True)
        self._y += 8 * MM
        self._y += self._text("\n".join(self._facts()), 60, 114, 9, right=True, colour=GREY)
        self._y = max(self._y, below, TOP + 20 * MM) + 4 * MM
        self._y += self._text(translate("Paper", "Customer"), 0, 90, 8, colour=GREY)
        self._y += self._text(view.customer, 0, 110, 11, bold=True)
        lines = [view.customer_address]
        if view.tax_id:
            lines.append(translate("Paper", "Tax ID {number}").format(number=view.tax_id))
        if view.delivery_address and view.delivery_address != view.customer_address:
            lines.append(translate("Paper", "Deliver to: {address}").format(address=view.delivery_address))
        self._y += self._text("\n".join(line for line in lines if line), 0, 174) + 6 * MM

    def _draw_sender(self) -> float:
        """Draws the logo or the company's name over its address and numbers; returns the y where they end."""
        company, logo = self._sender.company, self._sender.logo
        if not logo.isNull():
            size = logo.size().scaled(int(LOGO[0]), int(LOGO[1]), Qt.AspectRatioMode.KeepAspectRatio)
            self._painter.drawImage(QRectF(LEFT, self._y, size.width(), size.height()), logo)
            self._y += LOGO[1] + 2 * MM
        if company is not None:
            self._y += self._text(company.name, 0, 58, 9 if not logo.isNull() else 12, bold=True)
            tax_id = translate("Paper", "Tax ID {number}").format(number=company.tax_id) if company.tax_id else ""
            lines = (company.address, tax_id, company.phone, company.email)
            self._y += self._text("\n".join(line for line in lines if line), 0, 58, 8, colour=GREY)
        below, self._y = self._y, TOP
        return below

    def _facts(self) -> list[str]:
        view = self._view
        facts = [translate("Paper", "Date: {date}").format(date=_day(view.issued_on))]
        if view.delivery_on:
            facts.append(translate("Paper", "Delivery: {date}").format(date=_day(view.delivery_on)))
        if view.payment_form:
            facts.append(translate("Paper", "Payment: {form}").format(form=view.payment_form))
        if view.item.erp_number and view.item.number:
            facts.append(translate("Paper", "Number in the ERP: {number}").format(number=view.item.erp_number))
        if view.discount_percent:
            percent = formats.decimal(view.discount_percent)
            words = translate("Paper", "Values include the document's discount of {percent} %")
            facts.append(words.format(percent=percent))
        if view.discount_amount:
            words = translate("Paper", "Values include the document's discount of {amount}")
            facts.append(words.format(amount=formats.money(view.discount_amount, view.currency)))
        return facts

    def _later_head(self) -> None:
        """Identifies the document on later pages, in case they get separated."""
        self._text(self._view.customer, 0, 110, 9, colour=GREY)
        self._y += self._text(document_title(self._view), 100, 74, 9, bold=True, right=True) + 4 * MM

    def _table_head(self) -> None:
        gross = self._view.is_gross
        price = translate("Paper", "Price gross") if gross else translate("Paper", "Price net")
        value = translate("Paper", "Gross") if gross else translate("Paper", "Net")
        names = ("", translate("Paper", "Item"), translate("Paper", "Quantity"), price, value)
        self._cells(names, COLUMNS, 8, first_right=2, colour=GREY)
        self._y += 1 * MM
        self._rule()
        self._y += 1.5 * MM

    def _cells(
        self,
        cells: Sequence[str],
        columns: Sequence[tuple[float, float]],
        size: float = 9,
        *,
        first_right: int,
        bold: bool = False,
        colour: QColor = INK,
    ) -> None:
        """Draws one row of a table."""
        height = 0.0
        for place, ((left, width), cell) in enumerate(zip(columns, cells, strict=True)):
            right = place >= first_right
            drawn = self._text(cell, left, width, size, bold=bold, right=right, colour=colour, tabular=right)
            height = max(height, drawn)
        self._y += height

    # Lines

    def _below(self, line: "ViewLine") -> str:
        off = formats.money(-line.promotion_discount, self._view.currency) if line.promotion_discount else ""
        percent = formats.decimal(line.discount_percent)
        discount = f"{formats.MINUS}{percent}{formats.FIXED}%" if line.discount_percent else ""
        reason = translate("Paper", "Reason: {reason}").format(reason=line.reason) if line.reason else ""
        return " \N{MIDDLE DOT} ".join(part for part in (line.code, discount, off, reason, line.description) if part)

    def _line_height(self, line: "ViewLine") -> float:
        return self._height(line.name, 92) + self._height(self._below(line), 92, 7.5) + AFTER_LINE + 1 * MM

    def _line(self, number: int, line: "ViewLine") -> None:
        gross = self._view.is_gross
        cells = (
            str(number),
            line.name,
            f"{formats.decimal(line.quantity)}{formats.FIXED}{line.unit}",
            translate("Paper", "free") if line.is_free else formats.price(line.price, self._view.currency),
            formats.amount(line.gross if gross else line.net, self._view.currency),
        )
        self._cells(cells, COLUMNS, first_right=2)
        self._y += self._text(self._below(line), 8, 92, 7.5, colour=GREY) + 1 * MM
        self._rule()
        self._y += 1.5 * MM

    # The end

    def _end_height(self) -> float:
        """Returns the height of everything after the last line."""
        rows = max(len(self._view.totals), 1) + 2
        height = 3 * MM + rows * (self._height("0", 20) + 1.2 * MM) + 10 * MM
        height += sum(self._height(note, 174) for note in self._notes())
        if self._view.description:
            height += min(self._height(self._view.description, 174) + 3 * MM, 40 * MM)
        return height + (0 if self._signature.isNull() else SIGNATURE)

    def _totals(self) -> None:
        """Draws VAT by rate, and the totals."""
        view = self._view
        self._y += 3 * MM
        head = (
            translate("Paper", "VAT rate"),
            translate("Paper", "Net"),
            translate("Paper", "VAT"),
            translate("Paper", "Gross"),
        )
        self._cells(head, VAT_COLUMNS, 8, first_right=1, colour=GREY)
        self._y += 1.2 * MM
        rows = [
            (
                f"{formats.decimal(total.percent)}{formats.FIXED}%" if total.percent is not None else "?",
                *(formats.amount(amount, view.currency) for amount in (total.net, total.vat, total.gross)),
            )
            for total in view.totals
        ]
        for row in rows:
            self._cells(row, VAT_COLUMNS, first_right=1)
            self._y += 1.2 * MM
        sums = (
            translate("Paper", "Together"),
            *(formats.amount(sum_, view.currency) for sum_ in (view.net, view.vat, view.gross)),
        )
        self._cells(sums, VAT_COLUMNS, first_right=1, bold=True)
        self._y += 3 * MM
        gross = formats.money(abs(view.gross), view.currency)
        is_return = view.item.type == "sales_return"
        words = translate("Paper", "To be credited") if is_return else translate("Paper", "To pay")
        self._text(words, 74, 40, 12, bold=True)
        self._y += self._text(gross, 114, 60, 12, bold=True, right=True) + 4 * MM

    def _notes(self) -> list[str]:
        """What must stand on the paper: the discount of the payment form, and sentences about VAT."""
        view, notes = self._view, []
        if view.payment_discount:
            amount = formats.money(-view.payment_discount, view.currency)
            words = translate("Paper", "Included: payment form {name} {amount}")
            notes.append(words.format(name=view.payment_form, amount=amount))
        return [*notes, *view.vat_sentences]

    def _end(self) -> None:
        for note in self._notes():
            self._room(self._height(note, 174))
            self._y += self._text(note, 0, 174)
        for paragraph in self._view.description.splitlines():
            self._room(self._height(paragraph, 174))
            self._y += self._text(paragraph, 0, 174)
        if not self._signature.isNull():
            self._room(SIGNATURE)
            self._y += 3 * MM
            size = self._signature.size().scaled(int(60 * MM), int(24 * MM), Qt.AspectRatioMode.KeepAspectRatio)
            self._painter.drawImage(QRectF(LEFT, self._y, size.width(), size.height()), self._signature)
            self._y += 25 * MM
            words = [
                translate("Paper", "Signature of the customer"),
                self._view.signed_by,
                _moment(self._view.signed_at),
            ]
            self._text(", ".join(filter(None, words)), 0, 174, 8, colour=GREY)

    def _room(self, height: float, *, with_table: bool = False) -> None:
        """Begins a new page if this height does not fit any more."""
        if self._y + height > BOTTOM and self._y > TOP + 30 * MM:
            self._foot()
            self._new_page()
            self.page += 1
            self._y = TOP
            self._later_head()
            if with_table:
                self._table_head()

    def _foot(self) -> None:
        self._y = BOTTOM + 4 * MM
        state = receipt_text(self._view.item)
        if self._view.item.state != "in_erp":
            state = translate("Paper", "Not yet accepted by the ERP ({state})").format(state=state)
        self._text(state, 0, 140, 8, colour=GREY)
        words = translate("Paper", "Page {number} of {count}").format(number=self.page, count=self._pages)
        self._text(words, 140, 34, 8, right=True, colour=GREY)


def _moment(utc: str) -> str:
    """Formats a stored moment (UTC) as local date and time; empty if there is none."""
    there = formats.local(utc) if utc else None
    return f"{_day(there.date().isoformat())} {formats.clock(there)}" if there else ""


def _day(text: str) -> str:
    """Formats a local date in full."""
    day = date.fromisoformat(text)
    if formats.language() == "pl":
        return f"{day:%d.%m.%Y}"
    return QLocale(QLocale.Language.English).toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
