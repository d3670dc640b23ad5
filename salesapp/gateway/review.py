"""Reviews an arrived document: its limits, its customer, and its prices at the checkpoint it was made at.

What is not allowed is refused. A different price is only flagged to the back office.
"""

import logging
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import msgspec
from sqlalchemy import Connection, insert, select

from salesapp import clock
from salesapp.domain.addresses import in_one_line
from salesapp.domain.canonical import canonical_json
from salesapp.domain.objects.auxiliary import Profile
from salesapp.domain.objects.customers import Address, Customer
from salesapp.domain.price_rules.price_inputs import gather
from salesapp.domain.pricing import PriceBook, PricedDocument, price_document
from salesapp.gateway.accounts import SignedIn
from salesapp.gateway.comparison import as_entered, differences
from salesapp.gateway.database import Database, cell
from salesapp.gateway.flags import Flag
from salesapp.gateway.history import RowsAt
from salesapp.gateway.limits import (
    Amount,
    check_address,
    check_amounts,
    check_choices,
    check_customer,
    check_discounts,
    check_minimum_prices,
)
from salesapp.gateway.merges import surviving
from salesapp.gateway.payloads import Refused
from salesapp.gateway.publisher import known_checkpoint
from salesapp.gateway.returned import check_free_prices, check_return
from salesapp.gateway.rows import revision
from salesapp.gateway.tables import document_check, record, submission
from salesapp.gateway.withdrawn import withdrawn
from salesapp.protocol import records
from salesapp.protocol.forms import moment_of, one_line
from salesapp.protocol.messages import Submission
from salesapp.protocol.records import CustomerRecord, Document

log = logging.getLogger(__name__)

CLOCKS_DIFFER_MINUTES = 15
CLOCK_OFF = timedelta(hours=1)
MOST_DAYS_AGO = 31
"""How long a document may wait on a device before its date is flagged."""


@dataclass(frozen=True, slots=True)
class Review:
    """The findings. `state` is equal, differs or not_compared; `priced` is the gateway's own calculation."""

    state: str = "not_compared"
    priced: PricedDocument | None = None
    flags: tuple[Flag, ...] = ()
    refused: Refused | None = None


def review(
    database: Database,
    who: SignedIn,
    submission_id: str,
    message: Submission,
    document: Document,
    sent_at: str = "",
) -> Review | None:
    """Reviews a decoded document, which was sent when the device's clock showed `sent_at`; None if it is known already.

    It only reads the database, so that it delays no other submission.
    """
    with database.read() as connection:
        if _is_known(connection, who.user, submission_id):
            return None
        try:
            found = _Look(connection, who, message.checkpoint).at(document)
            times = (*_of_clock(message.created_at, sent_at), *_of_date(document.issued_on))
            return replace(found, flags=found.flags + times)
        except Refused as refused:
            return Review(refused=refused)
        except Exception:  # a bug must not keep an order from the ERP: it is accepted, and flagged
            log.exception("submission %s could not be reviewed", submission_id)
            return Review(flags=(Flag("price.failed"),))


def _of_clock(created_at: str, sent_at: str) -> tuple[Flag, ...]:
    """Flags a document made later than it arrived, or sent by a wrong clock, which is no reason to refuse it."""
    now, made, sent = clock.now(), moment_of(created_at), moment_of(sent_at)
    minutes = int((made - now).total_seconds() // 60) if made else 0
    if minutes >= CLOCKS_DIFFER_MINUTES:
        return (Flag("clock.ahead", {"created_at": created_at, "minutes": str(minutes)}),)
    if sent is not None and abs(sent - now) > CLOCK_OFF:
        return (Flag("clock.off", {"here": sent_at, "there": clock.timestamp(now)}),)
    return ()


def _of_date(issued_on: str) -> tuple[Flag, ...]:
    """Flags a document dated after tomorrow, which is the latest today anywhere, or long ago."""
    today = clock.today()
    days = (date.fromisoformat(issued_on) - today).days
    if -MOST_DAYS_AGO <= days <= 1:
        return ()
    return (Flag("date.far", {"issued_on": issued_on, "today": today.isoformat()}),)


def keep(connection: Connection, user: str, submission_id: str, found: Review) -> None:
    """Stores the findings, in the transaction that stores the submission."""
    priced = found.priced
    connection.execute(
        insert(document_check).values(
            user_name=user,
            id=submission_id,
            state=found.state,
            net=f"{priced.net:f}" if priced else "",
            vat=f"{priced.vat:f}" if priced else "",
            gross=f"{priced.gross:f}" if priced else "",
            flags=canonical_json(msgspec.to_builtins(found.flags)),
        )
    )


def _is_known(connection: Connection, user: str, submission_id: str) -> bool:
    query = select(submission.c.seq).where(submission.c.user_name == user, submission.c.id == submission_id)
    return connection.execute(query).first() is not None


class _Look:
    """The review of one document."""

    def __init__(self, connection: Connection, who: SignedIn, checkpoint: str) -> None:
        self._connection = connection
        self._who = who
        self._checkpoint = checkpoint
        self._point = known_checkpoint(connection, checkpoint)
        newest = revision(connection)
        self._now = RowsAt(connection, newest, who.user, who.profile)
        at = self._point.revision if self._point else newest
        self._then = RowsAt(connection, at, who.user, who.profile) if at != newest else self._now

    def at(self, document: Document) -> Review:
        """Reviews by the rules of the document's checkpoint, or today's if that is unknown. Raises Refused."""
        new_customer = self._new_customer(document.new_customer)
        rows = gather(self._then, (line.item for line in document.lines), document.customer)
        book = PriceBook(rows)
        profile = self._then.profile
        check_choices(document, self._then, book, profile)
        code = profile.code if profile else None
        check_discounts(document, book, code)
        check_address(document, self._addresses(document, new_customer))
        rule, undecided = profile.credit_rule if profile else "ignore", self._undecided(document)
        customer = surviving(self._connection, document.customer)
        flags = (
            *check_customer(document, customer, rule, undecided, rows),
            *withdrawn(self._connection, document, self._now, self._then),
        )
        customer_class = new_customer.customer_class if new_customer else ""
        if document.type == "sales_return":
            flags += tuple(check_return(document, self._now, self._connection, self._who.user))
        found = self._compared(document, book, profile, customer_class or None)
        return replace(found, flags=found.flags + flags)

    def _compared(self, document: Document, book: PriceBook, profile: Profile | None, class_: str | None) -> Review:
        if self._point is None:
            code = "price.checkpoint_gone" if self._checkpoint else "price.no_checkpoint"
            return Review(flags=(Flag(code),))
        priced = price_document(book, as_entered(document, profile.code if profile else None, class_))
        check_amounts(document, priced)
        found = tuple(differences(document, priced))
        below = tuple(check_minimum_prices(document, priced, profile))
        if document.type == "sales_return":
            below += tuple(check_free_prices(document, priced))
        return Review("differs" if found else "equal", priced, found + below)

    def _new_customer(self, submission_id: str) -> CustomerRecord | None:
        """Returns a new customer that the user sent before; None without one."""
        if not submission_id:
            return None
        text: str | None = self._connection.execute(
            select(submission.c.payload).where(
                submission.c.user_name == self._who.user,
                submission.c.id == submission_id,
                submission.c.kind == "customer",
            )
        ).scalar()
        return msgspec.json.decode(text, type=CustomerRecord) if text else None

    def _addresses(self, document: Document, new_customer: CustomerRecord | None) -> set[str]:
        """The customer's addresses in one line each: today's, and those at the checkpoint."""
        found: list[Address | records.Address] = list(new_customer.addresses) if new_customer else []
        for rows in (self._now, self._then):
            customer = rows.one(Customer, document.customer)
            found += customer.addresses if customer else ()
        return {one_line(in_one_line(address)) for address in found}

    def _undecided(self, document: Document) -> list[Amount]:
        """Returns the amounts of the customer's orders, of any representative, that the ERP has not decided.

        Orders from before the customer's row last changed do not count: the ERP has updated its credit since.
        """
        left = surviving(self._connection, document.customer)
        customers = {document.customer, left.id if left else document.customer}
        is_theirs = (record.c.object == Customer.OBJECT.key, record.c.id == (left.id if left else document.customer))
        updated_at = select(record.c.revision).where(*is_theirs)
        payload = submission.c.payload
        rows = self._connection.execute(
            select(cell(payload, "gross"), cell(payload, "currency")).where(
                submission.c.state == "received",
                submission.c.kind == "document",
                cell(payload, "customer").in_(customers),
                cell(payload, "type") == "sales_order",
                cell(submission.c.receipt, "revision") > updated_at.scalar_subquery(),
            )
        )
        return [Amount(Decimal(gross), currency) for gross, currency in rows]
