"""The demo company as a connector of the gateway."""

from collections.abc import Callable, Iterator
from datetime import date

from salesapp import clock
from salesapp.domain.schema import SyncObject
from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import Connector, DeliveredSubmission, Delivery, SourceRow
from salesapp.gateway.connectors.demo import (
    clients,
    deliveries,
    details,
    directories,
    goods,
    history,
    offers,
    prices,
    terms,
    visits,
)
from salesapp.gateway.connectors.demo.company import SIZES, Company
from salesapp.gateway.connectors.demo.rules import Office, decide

_ROWS: dict[str, Callable[[Company], Iterator[SourceRow]]] = {
    "directories.units": directories.units,
    "directories.warehouses": directories.warehouses,
    "directories.price_types": directories.price_types,
    "directories.vat_rates": directories.vat_rates,
    "directories.payment_forms": directories.payment_forms,
    "directories.vehicles": directories.vehicles,
    "directories.travel_types": directories.travel_types,
    "directories.currencies": directories.currencies,
    "directories.price_discount_types": directories.price_discount_types,
    "directories.global_price_configuration": directories.global_price_configuration,
    "items.forms": goods.forms,
    "items.units": goods.units,
    "items.prices": prices.prices,
    "items.resources": goods.resources,
    "items.groups": goods.groups,
    "items.group_links": goods.group_links,
    "customers.customers": clients.customers,
    "appointments.types": visits.types,
    "appointments.templates": visits.templates,
    "appointments.appointments": visits.appointments,
    "documents.numerators": terms.numerators,
    "promotions.headers": offers.headers,
    "promotions.items": offers.items,
    "additional_information.attribute_definitions": details.attribute_definitions,
    "additional_information.attribute_values": details.attribute_values,
    "attachments.images": details.images,
    "auxiliary.profiles": terms.profiles,
    "auxiliary.document_states": terms.document_states,
    "auxiliary.documents": history.documents,
    "auxiliary.company": terms.own_company,
    "auxiliary.targets": terms.targets,
}


class DemoCompany(Connector):
    """A deterministic company; `start` is the day around which its dates lie, by default today.

    With an `office` it rejects and holds records by the rules that are switched on.
    """

    def __init__(self, scale: str = "small", start: date | None = None, office: Office | None = None) -> None:
        """Raises UsageError for a scale that is not one of SIZES."""
        if scale not in SIZES:
            raise UsageError(f"there is no demo company of the scale {scale}: choose {' or '.join(SIZES)}")
        items, customers = SIZES[scale]
        self._office = office
        self._company = Company(items, customers, start or clock.today())

    @property
    def objects(self) -> frozenset[str]:
        return frozenset(_ROWS)

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        """Yields no rows for an object that the company does not have."""
        make = _ROWS.get(entry.key)
        return make(self._company) if make else iter(())

    def media(self, sha256: str) -> bytes:
        """Returns a picture. Raises KeyError for an unknown one."""
        return details.picture_files()[sha256].read_bytes()

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        decided = decide(self._office, submission) if self._office is not None else None
        return decided or deliveries.deliver(self._company, submission)
