"""A representative with priced orders, for tests of the gateway: a real tablet's files and payloads."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import msgspec

from salesapp.clock import timestamp
from salesapp.domain.documents import Cart, CartLine
from salesapp.domain.price_rules.price_inputs import PRICED_BY
from salesapp.gateway.documents import SentDocument, sent_documents
from salesapp.services import ordering
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from tests.company import Rows
from tests.conftest import GatewayUnderTest, Tablet
from tests.gateway.client import Device, device_of, key_of

Line = tuple[str, str, str, str]
"""Item, unit, quantity, own discount in percent."""


@dataclass
class PricingDesk:
    """Carts of a synchronized tablet, priced there, sent over HTTP by the same user."""

    gateway: GatewayUnderTest
    stores: AccountStores
    device: Device

    def key(self, object_key: str, erp_key: str) -> int:
        return key_of(self.gateway.database, object_key, erp_key)

    def cart(self, *lines: Line, customer: str = "C1", **changes: Any) -> Cart:
        cart = ordering.begin(self.stores, "sales_order", customer=self.key("customers.customers", customer))
        return replace(
            cart,
            number=f"SO-1/03/26/{uuid.uuid4().hex[:6]}",
            lines=tuple(
                CartLine(
                    str(number),
                    self.key("items.forms", item),
                    self.key("directories.units", unit),
                    Decimal(quantity),
                    Decimal(own),
                )
                for number, (item, unit, quantity, own) in enumerate(lines, 1)
            ),
            **changes,
        )

    def payload(self, cart: Cart) -> dict[str, Any]:
        """Returns the document as the tablet would send it, with its prices."""
        found: dict[str, Any] = msgspec.to_builtins(ordering.to_document(ordering.look_at(self.stores, cart)))
        return found

    def checkpoint(self) -> str:
        return self.stores.catalog.checkpoint_of(PRICED_BY)

    def send(self, payload: dict[str, Any], checkpoint: str | None = None) -> tuple[dict[str, Any], SentDocument]:
        """Returns the receipt, and the office's view of the document."""
        id_ = str(uuid.uuid4())
        body = {
            "kind": "document",
            "payload": payload,
            "created_at": timestamp(),
            "checkpoint": self.checkpoint() if checkpoint is None else checkpoint,
        }
        answer = self.device.send("PUT", f"/v1/submissions/{id_}", body)
        assert answer.status == 200, answer
        return answer.json(), self.seen(id_)

    def seen(self, id_: str) -> SentDocument:
        with self.gateway.database.read() as connection:
            return next(entry for entry in sent_documents(connection) if entry.id == id_)

    def sent(self, *lines: Line, **changes: Any) -> tuple[dict[str, Any], SentDocument]:
        return self.send(self.payload(self.cart(*lines, **changes)))


@contextmanager
def desk_of(tablet: Tablet, company: Rows | None = None) -> Iterator[PricingDesk]:
    """Imports this company and synchronizes the tablet; opens its files."""
    if company is not None:
        tablet.gateway.connector.company = company
        tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    work, catalog = tablet.work(), CatalogReader(tablet.account.catalog_path, tablet.key)
    try:
        yield PricingDesk(
            tablet.gateway, AccountStores(tablet.account, catalog, work), device_of(tablet.gateway, tablet.user)
        )
    finally:
        catalog.close()
        work.close()
