"""Maps requests to presenters. The only place that imports presenters, each on first use."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from salesapp.views import requests

if TYPE_CHECKING:
    from salesapp.views.screens import Presenter


def _items() -> "type[Presenter]":
    from salesapp.views.items.presenter import ItemPresenter

    return ItemPresenter


def _customers() -> "type[Presenter]":
    from salesapp.views.customers.presenter import CustomerPresenter

    return CustomerPresenter


def _order() -> "type[Presenter]":
    from salesapp.views.order.presenter import OrderPresenter

    return OrderPresenter


def _work() -> "type[Presenter]":
    from salesapp.views.work.presenter import WorkPresenter

    return WorkPresenter


def _attachments() -> "type[Presenter]":
    from salesapp.views.attachments.presenter import AttachmentSheets

    return AttachmentSheets


def _appointments() -> "type[Presenter]":
    from salesapp.views.appointments.presenter import AppointmentPresenter

    return AppointmentPresenter


def _plan() -> "type[Presenter]":
    from salesapp.views.appointments.plan_presenter import PlanPresenter

    return PlanPresenter


def _travel() -> "type[Presenter]":
    from salesapp.views.travel.presenter import TravelPresenter

    return TravelPresenter


def _records() -> "type[Presenter]":
    from salesapp.views.records.presenter import RecordPresenter

    return RecordPresenter


def _reports() -> "type[Presenter]":
    from salesapp.views.reports.presenter import ReportPresenter

    return ReportPresenter


PRESENTERS: dict[type[requests.Request], "Callable[[], type[Presenter]]"] = {
    requests.OpenItems: _items,
    requests.OpenItem: _items,
    requests.OpenScanned: _items,
    requests.OpenCustomers: _customers,
    requests.OpenCustomer: _customers,
    requests.NewCustomer: _customers,
    requests.EditCustomer: _customers,
    requests.NewOrder: _order,
    requests.OpenOrder: _order,
    requests.AddToOrder: _order,
    requests.CopyDocument: _order,
    requests.ReturnDocument: _order,
    requests.ChooseOrderCustomer: _work,
    requests.OpenDocuments: _work,
    requests.OpenDocument: _work,
    requests.OpenWork: _work,
    requests.OpenAttachments: _attachments,
    requests.OpenFile: _attachments,
    requests.OpenAppointments: _appointments,
    requests.OpenAppointment: _appointments,
    requests.PlanAppointment: _plan,
    requests.OpenTravel: _travel,
    requests.NewTravel: _travel,
    requests.OpenTravelEntry: _travel,
    requests.OpenPromotions: _records,
    requests.OpenReports: _reports,
}
"""Request -> function that imports the class of its presenter."""
