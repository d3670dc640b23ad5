"""The tables of work.db. Alembic's migrations make them; a test compares the two."""

from sqlalchemy import Column, Index, Integer, MetaData, PrimaryKeyConstraint, Table, Text

metadata = MetaData()

ACCEPTED = ("received", "in_erp")
"""States of a submission that the gateway holds and that the ERP has not rejected."""
GONE = ("withdrawn", "replaced")
"""States of a submission that is no longer sent; another may go in its place."""
PENDING = ("waiting", "received", "rejected")
"""States of a submission whose record the catalogue may not have yet."""

record = Table(
    "record",
    metadata,
    Column("id", Text, primary_key=True),  # UUIDv7
    Column("kind", Text, nullable=False),  # document, customer, appointment, travel, file
    Column("state", Text, nullable=False),  # draft, confirmed, voided
    Column("number", Text),  # of a document, from the numerators
    Column("payload", Text, nullable=False),  # JSON, a struct of salesapp.protocol.records
    Column("submission", Text),  # the outbox row that carries it, NULL while it is a draft
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("story", Text),  # JSON, of a change: the version that it began with, and values that gave way to others
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),  # of the submission, UUIDv7
    Column("record", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("body", Text),  # frozen at the first attempt: what is sent, byte for byte
    Column("depends_on", Text),  # a submission that must be accepted first
    Column("checkpoint", Text, nullable=False),  # that the record was made at
    Column("state", Text, nullable=False),  # waiting, received, in_erp, rejected, withdrawn, replaced
    Column("attempts", Integer, nullable=False),
    Column("error_code", Text),
    Column("error_params", Text),
    Column("receipt", Text),
    Column("revision", Integer, nullable=False),  # the catalogue holds its effect from this revision on
    Column("created_at", Text, nullable=False),
    Column("sent_at", Text),
    sqlite_autoincrement=True,
)
Index("ix_outbox_state", outbox.c.state)
Index("ix_outbox_record", outbox.c.record)

undo_step = Table(
    "undo_step",
    metadata,
    Column("record", Text, nullable=False),  # a draft
    Column("step", Integer, nullable=False),  # grows; none is given twice within a record
    Column("cart", Text, nullable=False),  # JSON: what was chosen before the step
    PrimaryKeyConstraint("record", "step"),
)

numbering = Table(
    "numbering",
    metadata,
    Column("document_type", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("last_number", Integer, nullable=False),
    PrimaryKeyConstraint("document_type", "period", "series"),
)

favourite = Table(
    "favourite",
    metadata,
    Column("kind", Text, nullable=False),
    Column("key", Integer, nullable=False),
    PrimaryKeyConstraint("kind", "key"),
)

stock_check = Table(  # asked for one item alone, beside the catalogue; a sync that brings its stock takes it away
    "stock_check",
    metadata,
    Column("item", Integer, primary_key=True),
    Column("checked_at", Text, nullable=False),  # UTC, to the microsecond
    Column("stock", Text, nullable=False),  # JSON: salesapp.store.stock_checks.Counted of each warehouse
)

sync_run = Table(
    "sync_run",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started_at", Text, nullable=False),
    Column("ended_at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("document", Text, nullable=False),  # the whole outcome as JSON
)

flag = Table(
    "flag",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

token = Table(
    "token",
    metadata,
    Column("url", Text, primary_key=True),  # the address that it came from, and goes to
    Column("token", Text, nullable=False),
)
