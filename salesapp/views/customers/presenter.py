"""Opens the list of customers, a customer's page, and the form for new and changed customers."""

from collections.abc import Sequence
from pathlib import Path

from salesapp.domain.objects.documents import DocumentType
from salesapp.models.customers import CustomersModel, CustomerSource
from salesapp.protocol.records import CustomerRecord
from salesapp.services.attachments import Owner
from salesapp.services.customer_card import CustomerCard, Visit
from salesapp.services.customers import Editing
from salesapp.services.documents import TooLateError
from salesapp.services.own_work import WorkItem
from salesapp.views.customers.card import CustomerPage
from salesapp.views.customers.form import CustomerForm
from salesapp.views.customers.page import CustomersPage
from salesapp.views.form_draft import FormDraft
from salesapp.views.parts.file_drop import FileDropTarget
from salesapp.views.parts.pictures import Pictures
from salesapp.views.parts.zoom import ZoomSheet
from salesapp.views.requests import (
    EditCustomer,
    NewCustomer,
    NewOrder,
    OpenAppointment,
    OpenAttachments,
    OpenCustomer,
    OpenCustomers,
    OpenDocument,
    OpenOrder,
    PlanAppointment,
)
from salesapp.views.screens import Presenter, Screens

LIST, CARD, FORM = "customers", "customer", "customer form"


class CustomerPresenter(Presenter):
    """The pages of customers. A new customer is identified by its submission until it is in the catalogue."""

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens)
        self._source = CustomerSource(screens.workplace)
        self._pictures = Pictures(screens.workplace, screens.spawn, self)
        self._draft: FormDraft | None = None
        self.shows(OpenCustomers, lambda _request: self._open_list())
        self.shows(OpenCustomer, lambda request: self._open(request.key, request.submission))
        self.shows(NewCustomer, lambda _request: self._begin(Editing(CustomerRecord("", []))))
        self.shows(EditCustomer, lambda request: self._edit(request.key, request.submission))

    # The list

    def _open_list(self) -> None:
        page = self._list() or self._make_list()
        self.window.show_page(LIST)
        page.list.setFocus()

    def _list(self) -> CustomersPage | None:
        page = self.window.page(LIST)
        return page if isinstance(page, CustomersPage) else None

    def _make_list(self) -> CustomersPage:
        model = CustomersModel(self.workplace, self)
        model.open()
        page = CustomersPage(model, may_add=self._source.may_add())
        page.customer_requested.connect(self._open)
        page.new_requested.connect(lambda: self.screens.open(NewCustomer()))
        page.tab_requested.connect(lambda tab: self.screens.spawn(model.choose(tab)))
        self.add_page(LIST, page)
        self.screens.spawn(model.complete())
        return page

    # One customer

    def _open(self, key: int | None, submission: str) -> None:
        page = self._page() or self._make_page()
        page.show_loading(key, submission)
        self.window.show_page(CARD)
        self.screens.spawn(self._show_card(page, key, submission))

    def _page(self) -> CustomerPage | None:
        page = self.window.page(CARD)
        return page if isinstance(page, CustomerPage) else None

    def _make_page(self) -> CustomerPage:
        page = CustomerPage()
        page.order_requested.connect(lambda type_: self._order(page, type_))
        page.visit_requested.connect(lambda: self.screens.open(PlanAppointment(page.key, page.submission)))
        page.edit_requested.connect(lambda: self._edit(page.key, page.submission))
        page.star_requested.connect(lambda is_on: self._set_star(page, is_favourite=is_on))
        page.payer_requested.connect(lambda key: self._open(key, ""))
        page.document_requested.connect(self._open_document)
        page.appointment_requested.connect(self._open_visit)
        page.file_requested.connect(
            lambda file: (
                ZoomSheet(self.window, self._pictures, file.sha256, file.name).open()
                if file.media_type.startswith("image/")
                else None
            )
        )
        page.attach_requested.connect(lambda: self._open_files(page))
        FileDropTarget(page, lambda paths: self._open_files(page, paths))
        self.add_page(CARD, page)
        return page

    def _open_files(self, page: CustomerPage, new_files: Sequence[Path] = ()) -> None:
        owner = Owner("customer", page.key, submission=page.submission if page.key is None else "")
        self.screens.open(OpenAttachments(owner, page.header.title.text(), new_files))

    async def _show_card(self, page: CustomerPage, key: int | None, submission: str) -> None:
        card: CustomerCard | None = await self._source.card(key, submission)
        if (page.key, page.submission) == (key, submission):
            page.show_card(card, self._source.kinds())

    def _order(self, page: CustomerPage, type_: DocumentType) -> None:
        self.screens.open(NewOrder(page.key, page.submission, type_))

    def _set_star(self, page: CustomerPage, *, is_favourite: bool) -> None:
        if page.key is not None:
            self._source.set_star(page.key, is_favourite=is_favourite)
            listed = self._list()
            if listed is not None:
                self.screens.spawn(listed.model.complete())

    def _open_document(self, item: WorkItem) -> None:
        if item.record and item.state == "draft":
            self.screens.open(OpenOrder(item.record))
        else:
            self.screens.open(OpenDocument(item.record, item.key))

    def _open_visit(self, visit: Visit) -> None:
        self.screens.open(OpenAppointment(visit.key, visit.record))

    # New and changed customers

    def _edit(self, key: int | None, submission: str) -> None:
        self.screens.spawn(self._begin_editing(key, submission))

    async def _begin_editing(self, key: int | None, submission: str) -> None:
        self._begin(await self._source.editing(key, submission))

    def _begin(self, editing: Editing | None) -> None:
        form = self.window.page(FORM)
        if not isinstance(form, CustomerForm):
            form = self._make_form()
        self.window.show_page(FORM)
        self.screens.spawn(self._fill(form, editing))

    async def _fill(self, form: CustomerForm, editing: Editing | None) -> None:
        if self._draft is not None:
            self._draft.leave()
        form.begin(editing, await self._source.lists())
        self._draft = None
        if editing is not None:
            which = editing.customer.customer or editing.submission or "new"
            self._draft = FormDraft(self.screens, form, form, f"customer {which}")
            await self._draft.resume()

    def _make_form(self) -> CustomerForm:
        form = CustomerForm()
        form.duplicates_wanted.connect(lambda record: self.screens.spawn(self._find_duplicates(form, record)))
        form.duplicate_requested.connect(self._open)
        form.save_requested.connect(lambda record: self.screens.spawn(self._save(form, record)))
        self.add_page(FORM, form)
        return form

    async def _find_duplicates(self, form: CustomerForm, record: CustomerRecord) -> None:
        if record.customer is None:
            form.show_duplicates(await self._source.duplicates(record, form.editing.submission))

    async def _save(self, form: CustomerForm, record: CustomerRecord) -> None:
        try:
            submission = await self._source.save(form.editing, record)
        except TooLateError:
            form.show_too_late()
            return
        if self._draft is not None:
            self._draft.end()
        form.back_requested.emit()
        if self.window.current == CARD:
            self.window.back()
        if record.customer is not None:
            self._open(record.customer, "")
        else:
            self._open(None, submission)
        self.screens.saved()
        self.screens.confirmed.emit()

    # Sync, files

    async def refresh(self) -> None:
        """Updates the open pages after a sync, or after something was saved."""
        self._pictures.forget_missing()
        listed, page = self._list(), self._page()
        if listed is not None:
            await listed.model.complete()
            listed.allow(may_add=self._source.may_add())
        if page is not None and (page.key is not None or page.submission):
            await self._show_card(page, page.key, page.submission)
