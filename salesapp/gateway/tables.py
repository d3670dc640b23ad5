"""The gateway's tables for rows and their publication. One table holds the rows of all objects, as canonical JSON."""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from salesapp.domain.price_rules.price_inputs import LOOKED_UP
from salesapp.gateway.database import cell, metadata

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

identity = Table(  # the permanent primary key of an ERP key, even while its row is deleted
    "identity",
    metadata,
    Column("object", Text, nullable=False),
    Column("erp_key", Text, nullable=False),
    Column("id", BigInteger, nullable=False),
    PrimaryKeyConstraint("object", "erp_key"),
)
Index("ix_identity_id", identity.c.object, identity.c.id, unique=True)

record = Table(  # the current rows
    "record",
    metadata,
    Column("object", Text, nullable=False),
    Column("id", BigInteger, nullable=False),
    Column("erp_key", Text, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("row_hash", BigInteger, nullable=False),
    Column("canonical", Text, nullable=False),
    Column("is_own", Integer, nullable=False),  # 1: made by a submission; an import does not miss it
    PrimaryKeyConstraint("object", "id"),
    UniqueConstraint("object", "erp_key"),
)
Index("ix_record_change", record.c.object, record.c.revision)
Index("ix_record_scope", record.c.object, record.c.scope, record.c.id)

STOCK = "items.resources"
is_stock = record.c.object == literal_column(f"'{STOCK}'")
stock_item = cell(record.c.canonical, 0)
"""The item that a row of stock is of: the first field of the object."""
stock_index = Index("ix_record_stock", stock_item, sqlite_where=is_stock)
"""Used for the stock of one item, by queries that have both expressions exactly as here."""

superseded = Table(  # former versions of rows that documents are judged by, as long as checkpoints are known
    "superseded",
    metadata,
    Column("object", Text, nullable=False),
    Column("id", BigInteger, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),  # from this one on
    Column("until", BigInteger, nullable=False),  # and before this one
    Column("canonical", Text, nullable=False),
    PrimaryKeyConstraint("object", "id", "revision"),
)
Index("ix_superseded_until", superseded.c.until)


def _add_lookups() -> None:
    """Adds indexes of the fields by which prices are looked up, to current rows and former versions."""
    for table in (record, superseded):
        for kind, fields in LOOKED_UP.items():
            key = kind.OBJECT.key
            for name in fields:
                position = kind.OBJECT.field_names.index(name)
                value = cell(table.c.canonical, position)
                where = (table.c.object == key) & value.is_not(None)
                index_name = f"ix_{table.name}_{key.replace('.', '_')}_{position}"
                Index(index_name, table.c.object, value, sqlite_where=where)


_add_lookups()

tombstone = Table(  # a row that left a scope: deleted, or moved to another one
    "tombstone",
    metadata,
    Column("object", Text, nullable=False),
    Column("id", BigInteger, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    PrimaryKeyConstraint("object", "id", "scope"),
)
Index("ix_tombstone_change", tombstone.c.object, tombstone.c.revision)

set_aside = Table(  # rows of the ERP that are not published, with the reason
    "set_aside",
    metadata,
    Column("object", Text, nullable=False),
    Column("erp_key", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("parent_object", Text, nullable=False),
    Column("parent_key", Text, nullable=False),
    Column("reason", Text, nullable=False),  # missing, scope, content, long; else a sentence
    PrimaryKeyConstraint("object", "erp_key"),
)

scope = Table(
    "scope",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("revision", BigInteger, primary_key=True),
    Column("nonce", Text, nullable=False),
    Column("at", Text, nullable=False),
)

scope_digest = Table(  # as of the newest checkpoint; the sums are 16 hexadecimal characters each
    "scope_digest",
    metadata,
    Column("object", Text, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    PrimaryKeyConstraint("object", "scope"),
)

segment = Table(
    "segment",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("sha256", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("kind", Text, nullable=False),  # base, delta
    Column("to_revision", BigInteger, nullable=False),
    Column("born_revision", BigInteger, nullable=False),  # when the object's first rows in the scope were published
    Column("key_from", BigInteger),
    Column("key_to", BigInteger),
    Column("rows", Integer, nullable=False),
    Column("tombstones", Integer, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("unpacked", BigInteger, nullable=False),
    Column("fields", Integer),  # of the object, in this file; of older versions, those of the oldest layout
    Column("superseded_at", Text),  # of a replaced base, or a delta that every base includes
)
Index("ix_segment_sha256", segment.c.sha256)
Index("ix_segment_object", segment.c.object, segment.c.scope, segment.c.kind, segment.c.to_revision)

media = Table(  # which image files a row names, and who may see them
    "media",
    metadata,
    Column("id", BigInteger, primary_key=True),  # of the row of attachments.images
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("scope", Integer, nullable=False),
)
Index("ix_media_sha256", media.c.sha256)
Index("ix_media_scope", media.c.scope)

submission = Table(
    "submission",
    metadata,
    Column("user_name", Text, nullable=False),
    Column("id", Text, nullable=False),  # given by the device
    Column("seq", Integer, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("checkpoint", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("receipt", Text, nullable=False),  # the first answer
    Column("state", Text, nullable=False),  # received, in_erp, rejected
    Column("erp_number", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("params", Text, nullable=False),
    Column("tries", Integer, nullable=False),  # deliveries to the ERP that failed
    Column("record", Text, nullable=False, server_default=""),  # on the device, the same over all its submissions
    PrimaryKeyConstraint("user_name", "id"),
)
document_number = cell(submission.c.payload, "number")
document_type = cell(submission.c.payload, "type")
is_document = submission.c.kind == literal_column("'document'")
number_index = Index("ix_submission_number", document_number, sqlite_where=is_document)
Index("ix_submission_state", submission.c.state, submission.c.seq)
Index("ix_submission_device", submission.c.user_name, submission.c.device_id, submission.c.seq)
Index("ix_submission_received", submission.c.user_name, submission.c.received_at)

withdrawn = Table(  # submissions that a device withdrew before they were sent
    "withdrawn",
    metadata,
    Column("user_name", Text, nullable=False),
    Column("submission", Text, nullable=False),
    Column("device_id", Text, nullable=False),
    Column("is_voided", Integer, nullable=False),
    PrimaryKeyConstraint("user_name", "submission"),
)

document_check = Table(  # what the gateway found when it priced a document again
    "document_check",
    metadata,
    Column("user_name", Text, nullable=False),
    Column("id", Text, nullable=False),  # of the submission
    Column("state", Text, nullable=False),  # equal, differs, not_compared
    Column("net", Text, nullable=False),  # by the gateway's own calculation; empty: not compared
    Column("vat", Text, nullable=False),
    Column("gross", Text, nullable=False),
    Column("flags", Text, nullable=False),  # JSON: [{code, params}]
    PrimaryKeyConstraint("user_name", "id"),
)
