"""Opens My work, the list of documents, and a document's page, and carries out its actions."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths

from salesapp.domain.files import safe_name
from salesapp.domain.texts import one_line
from salesapp.models.own_work import WorkSource
from salesapp.services.attachments import Owner
from salesapp.services.documents import TooLateError
from salesapp.views.confirm import RemoveSheet
from salesapp.views.parts.file_drop import FileDropTarget
from salesapp.views.parts.links import open_own_file
from salesapp.views.parts.picking_list import ChoiceSheet
from salesapp.views.parts.text import Words
from salesapp.views.requests import (
    ChooseOrderCustomer,
    CopyDocument,
    EditCustomer,
    NewOrder,
    OpenAppointment,
    OpenAttachments,
    OpenCustomer,
    OpenDocument,
    OpenDocuments,
    OpenFile,
    OpenOrder,
    OpenTravelEntry,
    OpenWork,
    ReturnDocument,
)
from salesapp.views.screens import Presenter, Screens
from salesapp.views.work.document_page import DocumentPage
from salesapp.views.work.page import WorkPage
from salesapp.views.work.paper import document_title, print_pdf

if TYPE_CHECKING:
    from salesapp.domain.objects.documents import DocumentType
    from salesapp.services.document_view import DocumentView
    from salesapp.services.own_work import WorkItem

GOOD_NEWS_MS = 4_000
ADDRESS_LETTERS = 60
SAVED_MS = 10_000
"""Long enough to read a path and tap the button."""


class WorkPresenter(Presenter):
    """The lists of own records, and the page of one document."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = WorkSource(screens.workplace)
        self._shown: tuple[str, int | None] = ("", None)
        self.shows(OpenWork, lambda _request: self._open_list("work"))
        self.shows(OpenDocuments, lambda _request: self._open_list("documents"))
        self.shows(OpenDocument, lambda request: self._open(request.record, request.key))
        self.shows(ChooseOrderCustomer, lambda request: self._choose_customer(request.document_type, request.item))

    def _open(self, record: str, key: int | None) -> None:
        """Opens the user's own document by its record, or one of the ERP by its key."""
        page = self.window.page("document")
        if not isinstance(page, DocumentPage):
            page = DocumentPage()
            page.action_requested.connect(self._on_action_requested)
            FileDropTarget(page, partial(self._on_dropped, page))
            self.add_page("document", page)
        self._shown = (record, key)
        self.screens.spawn(self._show_document(page, go=True))

    async def _show_document(self, page: DocumentPage, *, go: bool = False) -> None:
        record, key = self._shown
        page.show_document(await self._source.document(record, key), await self._source.kinds())
        if go:
            self.window.show_page("document")

    def _open_list(self, area: str) -> None:
        page = self._page(area)
        if page is None:
            page = WorkPage(area)
            page.item_requested.connect(self._on_item_requested)
            page.new_requested.connect(self._choose_customer)
            page.fix_requested.connect(self._on_fix_requested)
            self.add_page(area, page)
        self.window.show_page(area)
        page.list.setFocus()
        self.screens.spawn(self._fill(page))

    def _page(self, area: str) -> WorkPage | None:
        page = self.window.page(area)
        return page if isinstance(page, WorkPage) else None

    async def _fill(self, page: WorkPage) -> None:
        if page.area == "work":
            page.show_returned(await self._source.returned())
            items = await self._source.work()
        else:
            items = await self._source.documents()
        page.show_items(items, await self._source.kinds())

    async def refresh(self) -> None:
        for area in ("work", "documents"):
            page = self._page(area)
            if page is not None:
                await self._fill(page)
        page_ = self.window.page("document")
        if isinstance(page_, DocumentPage) and page_.view is not None:
            await self._show_document(page_)

    # Lists

    def _on_item_requested(self, item: "WorkItem") -> None:
        if item.kind == "document" and item.state == "draft":
            self.screens.open(OpenOrder(item.record))
        elif item.kind == "document":
            self._open(item.record, item.key)
        elif item.kind == "customer":
            self.screens.open(OpenCustomer(submission=item.submission))
        elif item.kind == "appointment":
            self.screens.open(OpenAppointment(record=item.record))
        elif item.kind == "travel":
            self.screens.open(OpenTravelEntry(item.record))
        elif item.kind == "file":
            self.screens.open(OpenFile(item.record))

    def _on_fix_requested(self, item: "WorkItem", what: str) -> None:
        """Carries out an action of a rejected record, from its expanded row."""
        if what == "export":
            self.screens.spawn(self._export(item.record))
        elif what == "withdraw":
            self.screens.spawn(self._withdraw(item.record))
        elif item.kind == "document":
            self.screens.spawn(self._edit(item))
        elif item.kind == "customer":
            self.screens.open(EditCustomer(submission=item.submission))
        else:
            self._on_item_requested(item)

    async def _withdraw(self, record: str) -> None:
        """Turns a rejected document back into a draft that keeps its number and is not sent until confirmed."""
        try:
            await self._source.reopen(record)
        except TooLateError:
            self._show_too_late()
            return
        self.window.message.show_message(
            "ok",
            lambda: self.tr("It is a draft again"),
            lambda: self.tr("It keeps its number and stays on this device until you confirm it."),
            lambda: self.tr("Close"),
            for_ms=GOOD_NEWS_MS,
        )
        self.screens.saved()

    def _choose_customer(self, document_type: "DocumentType" = "sales_order", item: int | None = None) -> None:
        """Asks for the customer of a new document, then begins it, optionally with a first item."""
        questions: dict[str, Words] = {
            "sales_order": lambda: self.tr("Whose order is it?"),
            "sales_quote": lambda: self.tr("Whose quote is it?"),
            "sales_return": lambda: self.tr("Who returns something?"),
        }
        sheet = ChoiceSheet(
            self.window,
            questions[document_type],
            lambda: self.tr("Close"),
            self._source.customers(""),
            search=self._source.customers,
            search_words=(lambda: self.tr("Search: name, code, town"), lambda: self.tr("Clear the search")),
        )
        sheet.chosen.connect(lambda key: self._begin(document_type, key, item))
        sheet.open()

    def _begin(self, kind: "DocumentType", key: "int | str", item: int | None) -> None:
        if isinstance(key, str):
            self.screens.open(NewOrder(new_customer=key, document_type=kind, item=item))
        else:
            self.screens.open(NewOrder(key, document_type=kind, item=item))

    # One document

    def _on_dropped(self, page: DocumentPage, paths: Sequence[Path]) -> None:
        if page.view is not None and page.buttons["attach"].isVisible():
            self._open_files(page.view, paths)

    def _on_action_requested(self, name: str) -> None:
        page = self.window.page("document")
        view = page.view if isinstance(page, DocumentPage) else None
        if view is None:
            return
        if name == "copy" and view.document is not None:
            self.screens.open(CopyDocument(view.document, left_out=view.left_out))
        elif name == "to_order" and view.document is not None:
            self.screens.open(CopyDocument(view.document, "sales_order", view.left_out))
        elif name == "return" and view.document is not None:
            number = view.item.number or view.item.erp_number
            self.screens.open(ReturnDocument(view.document, number, view.left_out))
        elif name == "attach":
            self._open_files(view)
        elif name == "visit" and view.document is not None:
            self.screens.open(OpenAppointment(record=view.document.appointment))
        elif name == "edit":
            self.screens.spawn(self._edit(view.item))
        elif name == "void":
            self._ask_void(view)
        elif name == "export":
            self.screens.spawn(self._export(view.item.record))
        else:
            self.screens.spawn(self._print(view, as_mail=name == "mail"))

    def _open_files(self, view: "DocumentView", paths: Sequence[Path] = ()) -> None:
        owner = Owner("document", record=view.item.record)
        self.screens.open(OpenAttachments(owner, view.item.number, paths))

    async def _edit(self, item: "WorkItem") -> None:
        """Opens a document for editing; a confirmed one is withdrawn unless it is already being sent."""
        record = item.record
        if item.state != "draft":
            try:
                await self._source.reopen(record)
            except TooLateError:
                self._show_too_late()
                return
            self.screens.saved()
        self.screens.open(OpenOrder(record, withdrawn=item.submission if item.state != "draft" else ""))

    def _ask_void(self, view: "DocumentView") -> None:
        sheet = RemoveSheet(self.window, has_number=True)  # documents on this page have been confirmed before
        sheet.confirmed.connect(lambda: self.screens.spawn(self._void(view)))
        sheet.open()

    async def _void(self, view: "DocumentView") -> None:
        try:
            await self._source.void(view.item.record, is_draft=view.item.state == "draft")
        except TooLateError:
            self._show_too_late()
            return
        self.screens.saved()

    def _show_too_late(self) -> None:
        self.window.message.show_message(
            "held_back",
            lambda: self.tr("It is on its way already"),
            lambda: self.tr(
                "Sending has begun, so it cannot be changed any more. Nothing was changed; copy it if you need another."
            ),
            lambda: self.tr("Close"),
        )
        self.screens.saved()

    async def _export(self, record: str) -> None:
        self._show_saved(await self._source.export(record, documents_folder()))

    async def _print(self, view: "DocumentView", *, as_mail: bool) -> None:
        """Saves the PDF in the documents folder, or opens an e-mail draft with it in the mail program."""
        signature = self.workplace.picture(view.signature) if view.signature else None
        company = await self._source.company()
        logo = self.workplace.picture(company.logo) if company is not None and company.logo else None
        pdf = print_pdf(view, signature, company, logo)
        title = document_title(view)
        name = "".join(letter if letter.isalnum() or letter in "-_ " else "-" for letter in title)
        content, suffix = pdf, "pdf"
        if as_mail:
            text = self.tr("Good day,\n\nplease find attached: {title}.\n").format(title=title)
            content, suffix = self._source.mail(view, title, text, pdf, f"{name}.pdf"), "eml"
        wanted = documents_folder() / safe_name(f"{name}.{suffix}")
        path = await self._source.write(wanted, content)
        if as_mail and self._source.has_bad_address(view):
            self._show_bad_address(view.email, path)
        else:
            self._show_saved(path)
        if as_mail:
            open_own_file(path)

    def _show_bad_address(self, address: str, path: Path) -> None:
        """Shows that the e-mail draft was saved without a recipient."""
        shown = one_line(address, ADDRESS_LETTERS)
        self.window.message.show_message(
            "held_back",
            lambda: self.tr("The e-mail has no recipient yet"),
            lambda: self.tr(
                "The customer's address \u201c{address}\u201d is not one plain e-mail address. The draft is saved"
                " without it: {path}. Type the address in the mail program, and mend it in the customer."
            ).format(address=shown, path=path),
            lambda: self.tr("Close"),
        )

    def _show_saved(self, path: Path) -> None:
        """Shows the file's path for a while, with a button to open it."""
        self.window.message.show_message(
            "ok",
            lambda: self.tr("Saved"),
            str(path),
            lambda: self.tr("Open"),
            for_ms=SAVED_MS,
            act=lambda: open_own_file(path),
        )


def documents_folder() -> Path:
    """Returns the folder for files that the user receives."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
