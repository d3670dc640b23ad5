"""The demo company's office: reads the gateway's rows as an ERP would read its tables."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec
from sqlalchemy import func, select

from salesapp import clock
from salesapp.domain.canonical import canonical_json
from salesapp.domain.objects.customers import Customer
from salesapp.domain.price_rules.price_inputs import gather
from salesapp.domain.pricing import PriceBook, price_document
from salesapp.domain.rows import R
from salesapp.gateway import accounts
from salesapp.gateway.comparison import as_entered
from salesapp.gateway.connectors.base import DeliveredSubmission
from salesapp.gateway.connectors.demo.rules import parse_rules
from salesapp.gateway.current_rows import current_row, current_rows
from salesapp.gateway.database import Database, cell
from salesapp.gateway.history import RowsAt
from salesapp.gateway.rows import get_meta, revision, set_meta
from salesapp.gateway.tables import record
from salesapp.protocol.records import Document

_META = "demo_rules"


class DemoOffice:
    """The office of one gateway. Reads the rules at each use: they may change while the gateway serves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def rules(self) -> Mapping[str, str]:
        return switched_on(self._database)

    def today(self) -> date:
        return clock.today()

    def one(self, kind: type[R], id_: int | None) -> R | None:
        with self._database.read() as connection:
            return current_row(connection, kind, id_)

    def customer_with_tax_number(self, number: str) -> Customer | None:
        plain = re.sub(r"[^A-Z0-9]", "", number.upper())
        body = re.sub(r"^[A-Z]{2}", "", plain)
        place = Customer.OBJECT.field_names.index("tax_id")
        written = func.replace(func.replace(func.upper(cell(record.c.canonical, place)), "-", ""), " ", "")
        with self._database.read() as connection:
            return next(current_rows(connection, Customer, written.in_({plain, body, f"PL{body}"})), None)

    def gross_today(self, submission: DeliveredSubmission) -> Decimal | None:
        document = msgspec.convert(submission.payload, Document)
        with self._database.read() as connection:
            code: str | None = connection.execute(
                select(accounts.user.c.profile).where(accounts.user.c.name == submission.user)
            ).scalar()
            rows = RowsAt(connection, revision(connection), submission.user, code)
            book = PriceBook(gather(rows, (line.item for line in document.lines), document.customer))
            profile = rows.profile
        priced = price_document(book, as_entered(document, profile.code if profile else None, None))
        return priced.gross if priced.can_be_confirmed else None


def switched_on(database: Database) -> dict[str, str]:
    """Returns the rules that are on, with their values."""
    with database.read() as connection:
        text = get_meta(connection, _META)
    return msgspec.json.decode(text, type=dict[str, str]) if text else {}


def switch_rules(database: Database, on: Iterable[str] = (), off: Iterable[str] = ()) -> dict[str, str]:
    """Switches rules ("NAME", "NAME=VALUE") on and off; returns those on. Raises UsageError for unknown ones."""
    added, gone = parse_rules(on), parse_rules(off)
    kept = {name: value for name, value in switched_on(database).items() if name not in gone}
    with database.write() as connection:
        set_meta(connection, _META, canonical_json(kept | added))
    return kept | added
