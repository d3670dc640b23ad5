"""The demo company's numerators, profiles, targets, and states of documents that its office made."""

from collections.abc import Iterator
from datetime import date

from salesapp.gateway.connectors.base import SourceRow
from salesapp.gateway.connectors.demo.company import REPRESENTATIVES, Company
from salesapp.gateway.connectors.rows import builder

DOCUMENTS_EACH = 8
MONTHS = 36
BASE_TARGET = 56_000
_SEASON = {1: -15, 2: -10, 6: 10, 7: 15, 8: 10, 11: 5, 12: 20}
"""Seasonal change of a month's target, in percent."""

_NUMERATORS = builder("documents.numerators")
_PROFILES = builder("auxiliary.profiles")
_STATES = builder("auxiliary.document_states")
_TARGETS = builder("auxiliary.targets")
_COMPANY = builder("auxiliary.company")
OWN_COMPANY = "OWN"


def numerators(_company: Company) -> Iterator[SourceRow]:
    for document_type, symbol in (("sales_order", "ZS"), ("sales_quote", "OS"), ("sales_return", "ZW")):
        yield _NUMERATORS.row(
            document_type,
            document_type=document_type,
            symbol=symbol,
            pattern="{symbol}-{number}/{month}/{year}/{series}",
            period="month",
            first_number=1,
        )


def own_company(_company: Company) -> Iterator[SourceRow]:
    """The company whose name is on the documents."""
    yield _COMPANY.row(
        OWN_COMPANY,
        code=OWN_COMPANY,
        name="Hurtownia Słonecznik Sp. z o.o.",
        address="ul. Magazynowa 8, 81-061 Gdynia",
        tax_id="999-000-00-08",
        phone="+48 58 555 01 00",
        email="biuro@slonecznik.example",
    )


def profiles(_company: Company) -> Iterator[SourceRow]:
    yield _PROFILES.row(
        "field",
        code="field",
        name="Przedstawiciel terenowy",
        price_types=["WHOLESALE", "RETAIL", "EXPORT", "SEASON"],
        warehouses=["CENTRAL", "COLD"],
        payment_forms=["CASH", "T7", "T14", "T30", "PREPAID"],
        default_payment_form="T14",
        document_types=["sales_order", "sales_quote", "sales_return"],
        maximum_discount_percent=15 * 10_000,
        stock_rule="warn",
        credit_rule="warn",
        maximum_price_age_hours=72,
        price_age_rule="warn",
        may_add_customers=True,
        barcode_patterns=["27PPPPPWWWWWC", "28PPPPPAAAAAC"],
        maximum_quantity=5_000 * 10_000,
        minimum_price_rule="warn",
        return_reasons=["Uszkodzone", "Krótki termin", "Pomyłka w zamówieniu", "Nie sprzedaje się"],
    )
    yield _PROFILES.row(
        "van",
        code="van",
        name="Sprzedaż z samochodu",
        price_types=["VAN", "RETAIL"],
        warehouses=["CENTRAL", "VAN1", "VAN2"],
        payment_forms=["CASH", "CARD", "T7"],
        default_payment_form="CASH",
        document_types=["sales_order", "sales_return"],
        maximum_discount_percent=5 * 10_000,
        stock_rule="block",
        credit_rule="block",
        maximum_price_age_hours=24,
        price_age_rule="block",
        may_add_customers=False,
        barcode_patterns=["27PPPPPWWWWWC"],
        minimum_price_rule="block",
    )


def document_states(company: Company) -> Iterator[SourceRow]:
    progress = (
        ("in process", "not delivered", "not invoiced"),
        ("released", "partly delivered", "not invoiced"),
        ("completed", "delivered", "invoiced"),
        ("blocked", "not delivered", "not invoiced"),
    )
    for number in range(DOCUMENTS_EACH * len(REPRESENTATIVES)):
        day = company.day(-1 - number % 12)
        general, delivered, invoiced = progress[number % 5 % len(progress)]
        erp_number = f"ZS/{number * 17 % 900 + 100:06d}/{day.year % 100:02d}"
        yield _STATES.row(
            erp_number,
            kind="document",
            state="in_erp",
            representative=REPRESENTATIVES[number % len(REPRESENTATIVES)],
            erp_number=erp_number,
            params={},
            general_state=general,
            delivery_state=delivered,
            invoice_state=invoiced,
            changed_at=company.moment(-1 - number % 12, 9 + number % 7, number * 7 % 60),
        )


def targets(company: Company) -> Iterator[SourceRow]:
    """Monthly targets of each representative for three years, higher in summer and in December."""
    for place, representative in enumerate(REPRESENTATIVES):
        for offset in range(MONTHS):
            year, month = company.start.year - 1 + offset // 12, offset % 12 + 1
            net = BASE_TARGET * (100 + _SEASON.get(month, 0) + 4 * place) // 100 // 500 * 500
            yield _TARGETS.row(
                f"{representative}/{year}-{month:02d}",
                representative=representative,
                month=date(year, month, 1),
                net=net * 10_000,
            )
