"""The messages of the HTTP interface in JSON, the same classes on both sides. The gateway refuses unknown fields.

A checkpoint is "<revision>-<nonce>", or empty for none. A digest is 32 hexadecimal characters
(`salesapp.domain.canonical.Digest`). Scopes are the gateway's numbers.
"""

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from salesapp.protocol import limits
from salesapp.protocol.bounds import (
    Bytes,
    CheckpointText,
    Count,
    DigestText,
    GatewayId,
    Key,
    Params,
    Revision,
    RootText,
    SchemaId,
    Scope,
    Scopes,
    SegmentBytes,
    SegmentRows,
    Series,
    Sha256,
    Short,
    Text,
    Token,
    Tombstones,
    UnpackedBytes,
    Word,
)
from salesapp.protocol.forms import Moment, Name

LEFT_OUT = "left_out"
"""In place of the payload of a refused record that the gateway did not keep: how many characters it had."""
CHECKPOINT = re.compile(r"([0-9]{1,18})-([0-9a-f]{1,64})")
"""Revision and nonce."""
SHA256 = re.compile(r"[0-9a-f]{64}")
"""The digest of a file, which is its name. Check it before it becomes a path."""
REQUEST_NAME = re.compile(r"[0-9a-f]{1,64}")
"""The name of a request in `REQUEST_HEADER`. `answers` repeats it in the body, because proxies may rewrite headers."""
MOST_FORMER_NAMES = 100
PROTOCOL = 1
"""Raise it when a message changes in a way that older programs would misread."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all messages."""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of the gateway's answers; a newer gateway may add fields."""


class Logon(Message, frozen=True):
    """POST /v1/logon."""

    user: str  # not a `Name`, so that an invalid one is just wrong
    password: str
    device: Name  # UUID made by the device at its first start
    device_name: Name = ""
    app_version: Name = ""


class LogonAnswer(Answer, frozen=True):
    """A session. The token is opaque."""

    token: Token
    gateway: GatewayId  # a UUID; names the account's folder on the device
    user: Name
    series: Series  # of this device, for its document numbers
    formerly: Annotated[list[Name], msgspec.Meta(max_length=MOST_FORMER_NAMES)] = []
    """The user's former names: data on the device under one of them belong to the user."""


class PasswordChange(Message, frozen=True):
    """POST /v1/password: changes the user's own password. A repeat gets the same answer."""

    old: str
    new: str


class Seen(Message, frozen=True):
    """What the device saw last of this gateway, in a header of each record and manifest request."""

    history: Name = ""
    checkpoint: Name = ""  # the newest that it has published
    submission: Name = ""  # the newest record that was received
    last: Name | None = None  # the last one received, whatever became of it since; None from an older tablet


class LaggingObject(Message, frozen=True):
    """An object at another checkpoint than the request's, or to be fetched as a whole (`checkpoint` empty)."""

    key: str
    checkpoint: str = ""


class ManifestRequest(Message, frozen=True):
    """POST /v1/manifest: what the device has. `scopes` are those of its rows."""

    protocol: int
    objects: list[str] | None = None  # keys of the requested objects; None: the gateway's full catalogue
    checkpoint: str = ""
    root: str = ""  # root digest of the requested objects on the device
    scopes: list[int] = []
    lagging: list[LaggingObject] = []


class SegmentRef(Answer, frozen=True):
    """A segment to fetch. Segments apply in the order of `to_revision`; the key range is inclusive, null is open."""

    sha256: Sha256
    kind: Literal["base", "delta"]
    scope: Scope
    to_revision: Revision
    rows: SegmentRows
    tombstones: Tombstones
    bytes: SegmentBytes
    unpacked: UnpackedBytes  # bytes of the SQLite file
    key_from: Key | None = None
    key_to: Key | None = None


Segments = Annotated[list[SegmentRef], Meta(max_length=limits.MAX_SEGMENTS)]


class ObjectPlan(Answer, frozen=True):
    """What an object must be at the checkpoint, and how to get there.

    `fresh` segments make up the whole object and replace the rows in place. Otherwise they are changes, and without any
    the rows did not change.
    """

    key: Word
    schema: SchemaId  # `salesapp.protocol.segments.schema_id` of the gateway's declaration
    count: Count
    digest: DigestText
    fresh: bool = False
    segments: Segments = []
    accounted_from: Revision | None = None  # the office knows of every loss after this revision; null: of none


class Manifest(Answer, frozen=True):
    """The answer to a manifest request. `unchanged` says that all requested objects are right, with digest `root`."""

    checkpoint: CheckpointText
    history: Word = ""
    unchanged: bool = False
    known: bool = True  # false: the gateway does not know the device's checkpoint (restored, or too old)
    root: RootText = ""
    scopes: Scopes = []  # all that the device may keep; rows of others must go
    objects: list[ObjectPlan] = []
    media_files: Count = 0  # all image files of the device's scopes, including those it has
    media_bytes: Bytes = 0
    answers: Word = ""


class ArrivedManifest(Manifest, frozen=True):
    """A manifest as a device reads it: an invalid plan does not affect the others."""

    objects: list[msgspec.Raw] = []  # type: ignore[assignment]  # the same on the line

    def plans(self) -> dict[str, ObjectPlan | None]:
        """Returns the plan of each object; None for a malformed or repeated one."""
        found: dict[str, ObjectPlan | None] = {}
        for raw in self.objects:
            try:
                key = msgspec.json.decode(raw, type=_PlanKey).key
            except UNREADABLE:
                continue  # of an unknown object
            found[key] = None if key in found else _plan(raw)
        return found


UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""The errors of reading an invalid answer."""


class _PlanKey(Answer, frozen=True):
    key: Word


def _plan(raw: msgspec.Raw) -> ObjectPlan | None:
    try:
        return msgspec.json.decode(raw, type=ObjectPlan)
    except UNREADABLE:
        return None


class RangeRequest(Message, frozen=True):
    """POST /v1/ranges: asks for an object's base segments, with the digest of each range at the checkpoint."""

    protocol: int
    key: str
    checkpoint: str


class RangeDigest(Answer, frozen=True):
    """Rows of one scope with keys in a range (inclusive, null is open), at the requested checkpoint."""

    scope: Scope
    count: Count
    digest: DigestText
    segments: Segments  # base of the range, then the deltas of its scope; apply only rows in the range
    key_from: Key | None = None
    key_to: Key | None = None


class Ranges(Answer, frozen=True):
    """The answer to a range request."""

    ranges: Annotated[list[RangeDigest], Meta(max_length=limits.MAX_SEGMENTS)]
    answers: Word = ""


class StockRequest(Message, frozen=True):
    """POST /v1/stock: asks for the present stock of an item in the warehouses of the user's profile."""

    protocol: int
    item: int


class CountedStock(Answer, frozen=True):
    """Stock in one warehouse: base units as a decimal string, counted by the ERP at `as_of` (UTC, or empty)."""

    warehouse: Key
    quantity: Short
    as_of: Short = ""


class StockAnswer(Answer, frozen=True):
    """The answer to a stock request. A warehouse that is missing has none of the item."""

    item: Key
    stock: Annotated[list[CountedStock], Meta(max_length=limits.MAX_SCOPES)] = []
    answers: Word = ""


SubmissionKind = Literal["customer", "document", "appointment", "travel", "file"]


class Submission(Message, frozen=True):
    """PUT /v1/submissions/<id>: one version of a record, atomic, and frozen at the first attempt."""

    kind: SubmissionKind
    payload: dict[str, Any]
    created_at: Moment
    checkpoint: Name = ""  # at which the record was made (priced)


class Receipt(Answer, frozen=True):
    """The state of a submission. A repeated submission gets the first receipt."""

    id: Word
    state: Literal["received", "in_erp", "rejected"]
    revision: Revision = 0  # the catalogue holds its effect from this revision on
    erp_number: Text = ""
    code: Word = ""
    field: Text = ""
    params: Params = {}


class KnownRequest(Message, frozen=True):
    """POST /v1/submissions/known: asks which of these sent ids the gateway has."""

    ids: list[str]


class KnownAnswer(Answer, frozen=True):
    """The ids that the gateway lacks, to be sent again, and its history."""

    missing: Annotated[list[Word], Meta(max_length=limits.MAX_KNOWN_IDS)]
    history: Word = ""
    answers: Word = ""


class Withdrawal(Message, frozen=True):
    """A submission withdrawn before it was sent. If not `voided`, the record is a draft again."""

    submission: Name
    voided: bool = False


class WithdrawalList(Message, frozen=True):
    """POST /v1/submissions/withdrawn: reports withdrawals."""

    withdrawn: Annotated[list[Withdrawal], Meta(max_length=limits.MAX_KNOWN_IDS)]


class SentRequest(Message, frozen=True):
    """POST /v1/submissions/sent: asks what this device has sent. `after` is the place of the last known entry."""

    after: int = 0


class SentEntry(Answer, frozen=True):
    """A submission at the gateway. `record` is its id on the device, empty from an older tablet."""

    place: Revision
    submission: Word
    record: Word
    state: Literal["received", "in_erp", "rejected"]


class SentList(Answer, frozen=True):
    """Entries in the order of arrival, empty after the last one, and the newest withdrawals of the device."""

    sent: Annotated[list[SentEntry], Meta(max_length=limits.MAX_KNOWN_IDS)]
    withdrawn: Annotated[list[Withdrawal], Meta(max_length=limits.MAX_KNOWN_IDS)] = []
    newest: Word = ""  # the last that the gateway received, as a device tells it in `Seen.last`


class SentRecord(Answer, frozen=True):
    """GET /v1/submissions/<id>: a record as it was sent, and its receipt."""

    record: Word
    content: Submission
    receipt: Receipt


class UploadState(Answer, frozen=True):
    """How many bytes of a file the gateway holds."""

    offset: Annotated[int, Meta(ge=0, le=limits.MAX_FILE_BYTES)]
    complete: bool = False
    answers: Word = ""


class Problem(Answer, frozen=True):
    """The body of every answer with status 400 or above. `code` is one of `salesapp.errors.ERRORS`."""

    code: Word
    params: Params = {}
    id: Word = ""  # names the entry in the gateway's log
