"""A tiny company for tests: rows of every object, which a test can change, and their connector."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from salesapp.domain.canonical import Value, canonical_json
from salesapp.domain.catalogue import CATALOGUE, Catalogue
from salesapp.domain.schema import Kind, SyncObject
from salesapp.gateway.connectors.base import Connector, DeliveredSubmission, Delivery, SourceRow

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300
Rows = dict[str, dict[str, dict[str, Any]]]


def source_row(entry: SyncObject, key: str, values: dict[str, Any]) -> SourceRow:
    """Builds a row from the values that matter; the others are empty as their kind requires."""
    unknown = set(values) - set(entry.field_names)
    assert not unknown, f"{entry.key} has no {unknown}"
    full: list[Value] = []
    for entry_field in entry.fields:
        value = values.get(entry_field.name)
        if value is None and entry_field.kind is Kind.JSON:
            value = []
        if value is None and entry_field.kind is Kind.BOOLEAN:
            value = 0
        full.append(canonical_json(value) if entry_field.kind is Kind.JSON else value)
    return SourceRow(key, tuple(full))


def picture_row(owner: str, content: bytes = PICTURE, owner_kind: str = "item") -> dict[str, Any]:
    return {
        "owner_kind": owner_kind,
        "owner": owner,
        "file_name": "picture.png",
        "media_type": "image/png",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "is_default": 1,
        "upload_to_erp": 0,
    }


def small_company() -> Rows:
    """Two representatives, two price lists, two warehouses, three items: rows of each specified object."""
    unit = {"code": "pcs", "name": "Pieces", "decimals": 0, "kind": "quantity"}
    appointment = {
        "name": "Visit",
        "appointment_type": "VISIT",
        "planned_start": "2026-03-02T08:00:00Z",
        "state": "confirmed",
    }
    return {
        "directories.units": {"PCS": unit, "BOX": unit | {"code": "box", "name": "Box"}},
        "directories.warehouses": {
            "W1": {"code": "W1", "name": "Main", "kind": "local", "is_default": 1},
            "W2": {"code": "W2", "name": "Second", "kind": "remote"},
        },
        "directories.price_types": {
            code: {"code": code, "name": code, "currency": "PLN", "priority": number, "decimals": 2}
            for number, code in enumerate(("RETAIL", "WHOLESALE"))
        },
        "directories.vat_rates": {"A": {"code": "A", "name": "23 %", "percent": 230_000}},
        "directories.payment_forms": {"CASH": {"code": "CASH", "name": "Cash", "kind": "cash", "due_days": 0}},
        "directories.vehicles": {"V1": {"registration": "WA 1", "name": "Van", "representative": "rep1"}},
        "directories.travel_types": {"T": {"code": "T", "name": "Business"}},
        "directories.currencies": {"PLN": {"code": "PLN", "name": "Złoty", "decimals": 2, "is_base": 1}},
        "directories.price_discount_types": {
            "D": {"code": "D", "name": "Discount", "kind": "discount", "value_kind": "percent"}
        },
        "directories.global_price_configuration": {"c": {"name": "combination", "value": "cascading"}},
        "items.forms": {
            key: {
                "code": key,
                "name": f"Item {key} Żółć",
                "ean": f"590000000000{number}",
                "kind": "goods",
                "vat_rate": "A",
                "base_unit": "PCS",
                "sales_unit": "PCS",
                "is_active": 1,
            }
            for number, key in enumerate(("I1", "I2", "I3"))
        },
        "items.units": {"I1B": {"item": "I1", "unit": "BOX", "numerator": 12_000_000, "denominator": 1_000_000}},
        "items.prices": {
            f"{item}-{price_type}": {
                "item": item,
                "price_type": price_type,
                "unit": "PCS",
                "value": 100_000,
                "minimum_quantity": 0,
            }
            for item in ("I1", "I2", "I3")
            for price_type in ("RETAIL", "WHOLESALE")
        }
        | {
            "C1-D": {
                "item": "I1",
                "discount_type": "D",
                "level": "customer_item",
                "customer": "C1",
                "value": 50_000,
                "minimum_quantity": 0,
            }
        },
        "items.resources": {
            f"{item}-{warehouse}": {"item": item, "warehouse": warehouse, "quantity": 10_000}
            for item in ("I1", "I2")
            for warehouse in ("W1", "W2")
        },
        "items.groups": {
            "G1": {"code": "G1", "name": "All", "position": 1},
            "G2": {"code": "G2", "name": "Some", "parent": "G1", "position": 2},
        },
        "items.group_links": {"L1": {"item": "I1", "item_group": "G2"}},
        "customers.customers": {
            "C1": {
                "code": "C1",
                "name": "First",
                "status": "active",
                "kind": "company",
                "representative": "rep1",
                "price_type": "RETAIL",
            },
            "C2": {
                "code": "C2",
                "name": "Second",
                "status": "active",
                "kind": "company",
                "representative": "rep2",
                "payer": "C1",
            },
        },
        "appointments.types": {"VISIT": {"code": "VISIT", "name": "Visit"}},
        "appointments.templates": {"TPL": {"code": "TPL", "name": "Standard", "appointment_type": "VISIT"}},
        "appointments.appointments": {
            "A1": appointment | {"representative": "rep1", "customer": "C1"},
            "A2": appointment | {"representative": "rep2", "customer": "C2"},
        },
        "documents.numerators": {
            "SO": {
                "document_type": "sales_order",
                "symbol": "SO",
                "pattern": "{symbol}-{number}/{month}/{year}/{series}",
                "period": "month",
                "first_number": 1,
            }
        },
        "promotions.headers": {
            "P": {"code": "P", "name": "Spring", "kind": "percent", "priority": 1, "threshold": "quantity"}
        },
        "promotions.items": {"P1": {"promotion": "P", "item": "I1"}},
        "additional_information.attribute_definitions": {
            "COLOUR": {"code": "COLOUR", "name": "Colour", "kind": "text", "owner_kind": "item", "position": 1},
            "NOTE": {"code": "NOTE", "name": "Note", "kind": "text", "owner_kind": "customer", "position": 2},
        },
        "additional_information.attribute_values": {
            "V1": {"definition": "COLOUR", "owner_kind": "item", "owner": "I1", "value": "red"},
            "V2": {"definition": "NOTE", "owner_kind": "customer", "owner": "C2", "value": "secret of rep2"},
        },
        "attachments.images": {
            "M1": picture_row("I1"),
            "M2": picture_row("C2", PICTURE + b"of C2", "customer"),
        },
        "auxiliary.profiles": {
            "field": {
                "code": "field",
                "name": "Field",
                "price_types": ["RETAIL"],
                "warehouses": ["W1"],
                "stock_rule": "warn",
                "credit_rule": "warn",
                "price_age_rule": "warn",
            },
            "office": {
                "code": "office",
                "name": "Office",
                "price_types": ["WHOLESALE"],
                "warehouses": ["W2"],
                "stock_rule": "warn",
                "credit_rule": "warn",
                "price_age_rule": "warn",
            },
        },
        "auxiliary.documents": {
            "D1": {
                "type": "sales_order",
                "erp_number": "ZS/9/26",
                "customer": "C2",
                "representative": "rep2",
                "issued_on": "2026-02-20",
                "currency": "PLN",
                "net": 100_000,
                "vat": 23_000,
                "gross": 123_000,
                "lines": [{"item": "I1", "unit": "pcs", "quantity": "1", "unit_price": "10.00", "net": "10.00"}],
            }
        },
        "auxiliary.company": {
            "OWN": {
                "code": "OWN",
                "name": "Own company",
                "address": "ul. Długa 1, 80-001 Gdańsk",
                "tax_id": "9990000008",
            }
        },
        "auxiliary.targets": {"T1": {"representative": "rep1", "month": "2026-03-01", "net": 600_000_000}},
        "auxiliary.document_states": {
            "S1": {
                "kind": "document",
                "state": "in_erp",
                "representative": "rep1",
                "erp_number": "ZS/1/26",
                "changed_at": "2026-03-01T00:00:00Z",
            }
        },
    }


@dataclass
class ListConnector(Connector):
    """Returns the rows it is given; accepts every submission, except those that a test rejects."""

    company: Rows = field(default_factory=small_company)
    catalogue: Catalogue = CATALOGUE
    pictures: dict[str, bytes] = field(default_factory=dict)
    rejected_kinds: set[str] = field(default_factory=set)
    refuses: Callable[[DeliveredSubmission], bool] = lambda _submission: False
    holds: bool = False
    """Whether the ERP delays its decisions: delivered submissions stay undecided."""
    delivered: list[DeliveredSubmission] = field(default_factory=list)

    def __post_init__(self) -> None:
        for content in (PICTURE, PICTURE + b"of C2"):
            self.pictures[hashlib.sha256(content).hexdigest()] = content

    @property
    def objects(self) -> frozenset[str]:
        return frozenset(self.company)

    def rows(self, entry: SyncObject) -> Iterator[SourceRow]:
        for key, values in self.company[entry.key].items():
            yield source_row(entry, key, values)

    def media(self, sha256: str) -> bytes:
        return self.pictures[sha256]

    def deliver(self, submission: DeliveredSubmission) -> Delivery:
        if self.holds:
            return Delivery("received")
        self.delivered.append(submission)
        if submission.kind in self.rejected_kinds or self.refuses(submission):
            return Delivery("rejected", code="submission.refused_by_erp", params={"reason": "a test"})
        if submission.kind != "customer":
            return Delivery("in_erp", erp_number=f"ERP/{len(self.delivered)}")
        if submission.record_key:
            return self._change_customer(submission)
        values = {
            "code": f"N{len(self.delivered)}",
            "name": submission.payload["name"],
            "status": "prospect",
            "kind": "company",
            "representative": submission.user,
        }
        row = source_row(self.catalogue.by_key["customers.customers"], submission.id, values)
        return Delivery("in_erp", erp_number=values["code"], changes=(("customers.customers", row),))

    def _change_customer(self, submission: DeliveredSubmission) -> Delivery:
        """Writes only the fields that the change names."""
        company, key = self.company["customers.customers"], submission.record_key
        payload = submission.payload
        company[key] = company[key] | {name: payload.get(name) or None for name in payload.get("changed", ())}
        row = source_row(self.catalogue.by_key["customers.customers"], key, company[key])
        return Delivery("in_erp", erp_number=company[key]["code"], changes=(("customers.customers", row),))
