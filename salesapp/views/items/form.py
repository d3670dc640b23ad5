"""An item's page: pictures, price, promotions, prices, stock, units, attributes, and documents with the item."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QVBoxLayout, QWidget

from salesapp.errors import UserFacingError
from salesapp.models.device import Overview
from salesapp.models.sync_view import SyncView
from salesapp.services.items import ItemCard, OrderedIn
from salesapp.views import formats
from salesapp.views import labels as common
from salesapp.views.items import cards, labels
from salesapp.views.look import icons
from salesapp.views.look.theme import theme
from salesapp.views.parts.buttons import Button, IconButton
from salesapp.views.parts.flow import Flow
from salesapp.views.parts.frame import MARGIN, FootBar, scrolled
from salesapp.views.parts.labels import Label
from salesapp.views.parts.layouts import bare_column, clear
from salesapp.views.parts.pairs import PairCard
from salesapp.views.parts.pictures import Pictures, PictureView, paint_picture
from salesapp.views.parts.plain import set_tip
from salesapp.views.parts.screen_page import ScreenPage
from salesapp.views.parts.states import Empty
from salesapp.views.parts.text import Text
from salesapp.views.parts.zoom import ZoomSheet
from salesapp.views.prices.offer_card import OfferCard
from salesapp.views.sync_labels import data_age

PICTURE = 320
THUMBNAIL = 74
MOST_DOCUMENTS = 8


class Thumbnail(QAbstractButton):
    """A small picture; the one that is shown large has an outline."""

    def __init__(self, pictures: Pictures, sha256: str, name: str) -> None:
        super().__init__()
        self._pictures, self._sha256 = pictures, sha256
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFixedSize(THUMBNAIL, THUMBNAIL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        pictures.arrived.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        pixmap = self._pictures.pixmap(self._sha256, QSize(56, 56), self.devicePixelRatioF())
        paint_picture(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), pixmap, "")
        if self.isChecked():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class AddTile(QAbstractButton):
    """A button to add a picture: as large as the others, with a dashed outline."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(THUMBNAIL, THUMBNAIL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_texts(self, text: str) -> None:
        self.setAccessibleName(text)
        set_tip(self, text)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown():
            painter.setBrush(theme().color("sunken"))
        painter.setPen(QPen(theme().color("control"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        icons.draw(painter, "camera_regular", (THUMBNAIL - 24) / 2, (THUMBNAIL - 24) / 2, 24, "accent")


class PicturePanel(QWidget):
    """The pictures of an item: one large with zoom, thumbnails to choose from, and a button to add one."""

    add_requested = Signal()

    def __init__(self, pictures: Pictures, card: ItemCard, window: QWidget) -> None:
        super().__init__()
        self._pictures, self._card, self._over = pictures, card, window
        self._current = card.pictures[0] if card.pictures else ""
        self.large = PictureView(pictures)
        self.large.setFixedHeight(PICTURE)
        self.large.show_picture(self._current, card.row.name, card.row.name)
        self.zoom = IconButton("zoom_in_regular")
        self.zoom.setParent(self.large)
        self.zoom.set_texts(self.tr("Zoom the picture"))
        self.zoom.setProperty("kind", "normal")
        self.zoom.clicked.connect(self._on_zoom_clicked)
        self.zoom.setVisible(bool(self._current))
        self.large.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.large)
        self.thumbnails: list[Thumbnail] = []
        self.add = AddTile()
        self.add.set_texts(self.tr("Add a photo or a file"))
        self.add.clicked.connect(self.add_requested)
        column.addWidget(self._thumbnail_row())
        column.addWidget(self._labels())
        column.addStretch()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.large and event.type() == QEvent.Type.Resize:
            self.zoom.move(self.large.width() - 60, self.large.height() - 60)
        return False

    def _thumbnail_row(self) -> QWidget:
        holder = QWidget()
        row = Flow(holder)
        others = self._card.pictures if len(self._card.pictures) > 1 else ()
        for number, sha256 in enumerate(others, start=1):
            button = Thumbnail(self._pictures, sha256, self.tr("Picture {number}").format(number=number))
            button.setChecked(sha256 == self._current)
            button.clicked.connect(lambda _on=False, sha256=sha256: self._choose(sha256))
            self.thumbnails.append(button)
            row.addWidget(button)
        row.addWidget(self.add)
        return holder

    def _labels(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        for name in labels.flags_of(self._card.row, self._card.tag):
            flow.addWidget(Label(labels.flag(name), labels.FLAG_ICONS[name]))
        if self._card.vat:
            flow.addWidget(Label(self._card.vat))
        return holder

    def _choose(self, sha256: str) -> None:
        self._current = sha256
        self.large.show_picture(sha256, self._card.row.name, self._card.row.name)
        for shown, button in zip(self._card.pictures, self.thumbnails, strict=False):
            button.setChecked(shown == sha256)

    def _on_zoom_clicked(self) -> None:
        ZoomSheet(self._over, self._pictures, self._current, self._card.row.name).open()


class ItemPage(ScreenPage):
    """`document_requested` carries the key of an ERP document or None, and the id of an own record or ""."""

    customer_requested = Signal()
    price_requested = Signal()
    order_requested = Signal()
    stock_requested = Signal()
    files_requested = Signal()
    document_requested = Signal(object, str)

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self.key: int | None = None
        self._pictures = pictures
        self._card: ItemCard | None = None
        self._is_loading = False
        self._checking: int | None = None
        self._failure: tuple[int, str, dict[str, str]] | None = None
        self._is_reachable = True
        self.header.title.setWordWrap(True)
        self.header.context.setWordWrap(True)
        self.foot = FootBar()
        self.check = Button("normal", "arrow_clockwise_regular", big=True)
        self.check.clicked.connect(self.stock_requested)
        self._primary = Button("primary", "cart_regular", big=True)
        self.primary.clicked.connect(self.order_requested)
        self.foot.add(self.check)
        self.foot.add(self.primary)
        self._body = QWidget()
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self._grid.setSpacing(20)
        column = bare_column(self)
        column.addWidget(self.header)
        self.area = scrolled(self._body)
        column.addWidget(self.area, 1)
        column.addWidget(self.foot)

    def show_loading(self, key: int) -> None:
        """Clears the page while another item is read, which takes a few milliseconds."""
        if key != self.key:
            self.key, self._card, self._is_loading = key, None, True
            self.retranslate()

    def show_card(self, card: ItemCard | None) -> None:
        """Shows an item, or that a sync removed it. Documents arrive later; the ones shown before stay until then."""
        if card is not None and self._card is not None and card.row.key == self._card.row.key:
            card = replace(card, documents=self._card.documents)
        self._card, self._is_loading = card, False
        self.retranslate()

    def show_documents(self, documents: tuple[OrderedIn, ...]) -> None:
        """Shows the documents with the item, and leaves the other cards alone."""
        if self._card is not None and documents != self._card.documents:
            self._card = replace(self._card, documents=documents)
            self.foot.set_hint(self._last_ordered())
            self._ordered.show_card(self._documents(self._card) if documents else None)

    def show_reachable(self, *, reachable: bool) -> None:
        """Shows whether the gateway can be asked for stock now."""
        if reachable != self._is_reachable:
            self._is_reachable = reachable
            self.retranslate()

    def show_checking(self, key: int) -> None:
        """Shows that the gateway is being asked for an item's stock."""
        self._checking, self._failure = key, None
        self._show_check()

    def show_checked(self, key: int, failure: UserFacingError | None = None) -> None:
        """Shows that the gateway has answered, or the failure, until the next check."""
        self._checking = None
        self._failure = (key, failure.code, failure.params) if failure is not None else None
        self.retranslate()

    def show_device(self, overview: Overview | None, sync: SyncView) -> None:
        super().show_device(overview, sync)
        self._show_header()

    def arrange(self, *, portrait: bool) -> None:
        self.place_foot(self.foot, self.area)
        self._lay_out()

    @property
    def primary(self) -> Button:
        return self._primary

    def retranslate(self) -> None:
        self.primary.set_texts(self.tr("New order"))
        self._show_check()
        self._show_header()
        card = self._card
        self.foot.set_hint(self._last_ordered())
        self.foot.setVisible(card is not None)
        self._lay_out()

    def _show_header(self) -> None:
        """Shows name, codes, and the age of prices; the stock card shows the age of stock."""
        card = self._card
        if card is None:
            self.header.set_texts("")
            return
        ean = f"EAN{formats.FIXED}{card.row.ean}" if card.row.ean else ""
        below = (card.row.code, ean, data_age(self._overview, with_stock=False))
        self.header.set_texts(card.row.name, cards.DOT.join(part for part in below if part))

    def _show_check(self) -> None:
        is_asking = self._checking is not None
        self.check.set_texts(self.tr("Checking stock") if is_asking else self.tr("Check stock now"))
        self.check.setEnabled(self._is_reachable and not is_asking and self._card is not None)
        set_tip(self.check, "" if self._is_reachable else self._offline())

    def _offline(self) -> str:
        return self.tr("Offline: the gateway is not reached. Stock can be checked as soon as the network is back.")

    def _note(self) -> tuple[str, str] | None:
        """Returns a note on the stock: a failed check, or why checking is not possible."""
        if self._failure is not None and self._failure[0] == self.key:
            sentences = common.error(*self._failure[1:])
            is_network = self._failure[1].startswith("network.")
            return (
                "cloud_off_regular" if is_network else "info_regular",
                f"{sentences.why} {sentences.on_device} {sentences.helps}",
            )
        return None if self._is_reachable else ("cloud_off_regular", self._offline())

    def _last_ordered(self) -> str:
        card = self._card
        documents = card.documents if card else ()
        if card is None or not documents:
            return ""
        last = documents[0]
        return self.tr("Last ordered: {quantity} on {date}").format(
            quantity=labels.quantity(last.quantity, last.unit), date=formats.day(last.issued_on)
        )

    def _lay_out(self) -> None:
        clear(self._grid)
        if self._card is None:
            if not self._is_loading:
                self._grid.addWidget(self._gone(), 0, 0)
            return
        columns = self._columns(self._card)
        widths = (0, 3, 2) if not self.is_portrait else (1, 0, 0)
        for number, (column, stretch) in enumerate(zip(columns, widths, strict=True)):
            place = (number, 0) if self.is_portrait else (0, number)
            self._grid.addWidget(column, *place)
            self._grid.setColumnStretch(number, stretch)
        self._grid.setRowStretch(3, 1)

    def _columns(self, card: ItemCard) -> list[QWidget]:
        price = cards.PriceCard(card)
        price.customer.clicked.connect(self.customer_requested)
        price.why.clicked.connect(self.price_requested)
        picture = PicturePanel(self._pictures, card, self.window())
        picture.add_requested.connect(self.files_requested)
        if not self.is_portrait:
            picture.setFixedWidth(PICTURE)
        offers: list[QWidget] = [OfferCard(offer) for offer in card.offers]
        middle: list[QWidget] = [price, *offers, cards.prices_card(card)]
        middle += [cards.attributes_card(card)] if card.attributes else []
        right: list[QWidget] = [cards.stock_card(card, self._note()), cards.units_card(card)]
        self._ordered = _Place()
        self._ordered.show_card(self._documents(card) if card.documents else None)
        right.append(self._ordered)
        right += [cards.details_card(card)]
        if self.is_portrait:  # price and stock come first
            middle, right = [*middle[:1], right[0], *middle[1:]], right[1:]
        return [picture, _column(middle), _column(right)]

    def _documents(self, card: ItemCard) -> PairCard:
        found = PairCard(self.tr("Ordered in"))
        for entry in card.documents[:MOST_DOCUMENTS]:
            button = IconButton("chevron_right_regular")
            button.set_texts(self.tr("Open {document}").format(document=entry.number))
            button.clicked.connect(lambda _on=False, entry=entry: self.document_requested.emit(entry.key, entry.record))
            amount = Text("body_bold", text=labels.quantity(entry.quantity, entry.unit))
            below = cards.DOT.join(part for part in (formats.day(entry.issued_on), entry.customer) if part)
            found.add(entry.number, button, label=amount, below=below)
        return found

    def _gone(self) -> QWidget:
        gone = Empty("info_regular")
        gone.title.setText(self.tr("This item is no longer there"))
        gone.text.setText(self.tr("The last synchronization took it away: the ERP does not have it any more."))
        return gone


class _Place(QWidget):
    """Holds a card that may arrive later; hidden without one."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_card(self, card: QWidget | None) -> None:
        clear(self._layout)
        if card is not None:
            self._layout.addWidget(card)
        if card is None or self.parent() is not None:  # without a parent it would open as a window
            self.setVisible(card is not None)


def _column(widgets: list[QWidget]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    holder.setMinimumWidth(0)
    return holder
