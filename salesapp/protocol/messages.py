"""The messages of the HTTP interface, the same classes on both sides. JSON; unknown fields are refused by the gateway.

A checkpoint is "<revision>-<nonce>"; an empty string stands for none. A digest is 32 hexadecimal characters
(`salesapp.domain.canonical.Digest`). Scopes travel as the gateway's numbers.
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

CHECKPOINT = re.compile(r"([0-9]{1,18})-([0-9a-f]{1,64})")
"""Revision and nonce."""
SHA256 = re.compile(r"[0-9a-f]{64}")
"""A digest of a file, which names it; what is none may name anything."""
REQUEST_NAME = re.compile(r"[0-9a-f]{1,64}")
"""What names a request in `REQUEST_HEADER`; `answers` repeats it in the body, where a proxy may write a new head."""
MOST_FORMER_NAMES = 100
PROTOCOL = 1
"""Raised when a message changes in a way that an older side would misread."""


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all messages."""


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of what the gateway answers; a newer gateway may add fields."""


class Logon(Message, frozen=True):
    """POST /v1/logon."""

    user: str  # one that is no `Name` is nobody's, like a wrong one
    password: str
    device: Name  # UUID made by the device at its first start
    device_name: Name = ""
    app_version: Name = ""


class LogonAnswer(Answer, frozen=True):
    """A session: the token is opaque, at most 512 characters."""

    token: Token
    gateway: GatewayId  # a UUID; names the account's folder on the device
    user: Name
    series: Series  # of this device, for its document numbers
    formerly: Annotated[list[Name], msgspec.Meta(max_length=MOST_FORMER_NAMES)] = []
    """Names that the user had: what lies on the device under one of them is the user's."""


class PasswordChange(Message, frozen=True):
    """POST /v1/password: the own password. A repeat, whose new password is the user's already, is answered alike."""

    old: str
    new: str


class Seen(Message, frozen=True):
    """In a header of each record and each manifest request: what the device has seen last of this gateway."""

    history: Name = ""
    checkpoint: Name = ""  # the newest that it has published
    submission: Name = ""  # the newest record that was received


class LaggingObject(Message, frozen=True):
    """An object that is not at the request's checkpoint, or whose rows must come afresh (`checkpoint` empty)."""

    key: str
    checkpoint: str = ""


class ManifestRequest(Message, frozen=True):
    """POST /v1/manifest: what the device has. `scopes` are those it holds rows of."""

    protocol: int
    objects: list[str] | None = None  # keys of the requested objects; None: the gateway's full catalogue
    checkpoint: str = ""
    root: str = ""  # root digest of the requested objects on the device
    scopes: list[int] = []
    lagging: list[LaggingObject] = []


class SegmentRef(Answer, frozen=True):
    """One segment to fetch. `to_revision` orders them; the key range is inclusive, open ends are null."""

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
    """What one object must be at the checkpoint, and how to get there.

    `fresh`: the segments make the whole object (the rows in place are replaced). Otherwise they are changes, and no
    segments means that its rows did not change.
    """

    key: Word
    schema: SchemaId  # `salesapp.protocol.segments.schema_id` of the gateway's declaration
    count: Count
    digest: DigestText
    fresh: bool = False
    segments: Segments = []
    accounted_from: Revision | None = None  # the office knows of every loss after this revision; null: it does not


class Manifest(Answer, frozen=True):
    """The answer to a manifest request. `unchanged`: all requested objects are right, and have `root`."""

    checkpoint: CheckpointText
    history: Word = ""
    unchanged: bool = False
    known: bool = True  # false: the gateway does not know the device's checkpoint (restored, or too old)
    root: RootText = ""
    scopes: Scopes = []  # all that the device may hold from now on; rows of others must go
    objects: list[ObjectPlan] = []
    media_files: Count = 0  # all image files of the device's scopes, whatever the device has of them
    media_bytes: Bytes = 0
    answers: Word = ""


class ArrivedManifest(Manifest, frozen=True):
    """A manifest as a device reads it: one plan that is no plan leaves the others as they are."""

    objects: list[msgspec.Raw] = []  # type: ignore[assignment]  # the same on the line

    def plans(self) -> dict[str, ObjectPlan | None]:
        """The plan of each object; None where what is said of it is malformed, or said twice."""
        found: dict[str, ObjectPlan | None] = {}
        for raw in self.objects:
            try:
                key = msgspec.json.decode(raw, type=_PlanKey).key
            except UNREADABLE:
                continue  # nobody can tell of which object it speaks
            found[key] = None if key in found else _plan(raw)
        return found


UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What reading an answer that is none raises."""


class _PlanKey(Answer, frozen=True):
    key: Word


def _plan(raw: msgspec.Raw) -> ObjectPlan | None:
    try:
        return msgspec.json.decode(raw, type=ObjectPlan)
    except UNREADABLE:
        return None


class RangeRequest(Message, frozen=True):
    """POST /v1/ranges: base segments of one object afresh, with the digest of each range at the checkpoint."""

    protocol: int
    key: str
    checkpoint: str


class RangeDigest(Answer, frozen=True):
    """Rows of one scope with keys in a range (inclusive, open ends null), at the checkpoint asked for."""

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
    """POST /v1/stock: the stock of one item as the gateway has it now, in the warehouses of the user's profile."""

    protocol: int
    item: int


class CountedStock(Answer, frozen=True):
    """One warehouse. `quantity`: base units as a decimal string; `as_of`: when the ERP counted them, UTC, or ""."""

    warehouse: Key
    quantity: Short
    as_of: Short = ""


class StockAnswer(Answer, frozen=True):
    """The answer to a stock request; a warehouse that is not named has none of the item."""

    item: Key
    stock: Annotated[list[CountedStock], Meta(max_length=limits.MAX_SCOPES)] = []
    answers: Word = ""


SubmissionKind = Literal["customer", "document", "appointment", "travel", "file"]


class Submission(Message, frozen=True):
    """PUT /v1/submissions/<id>: one record as one atomic unit. The payload is frozen at the first attempt."""

    kind: SubmissionKind
    payload: dict[str, Any]
    created_at: Moment
    checkpoint: Name = ""  # that the record was made (priced) at


class Receipt(Answer, frozen=True):
    """What became of a submission; a repeat gets the first answer."""

    id: Word
    state: Literal["received", "in_erp", "rejected"]
    revision: Revision = 0  # the catalogue holds its effect from this revision on
    erp_number: Text = ""
    code: Word = ""
    field: Text = ""
    params: Params = {}


class KnownRequest(Message, frozen=True):
    """POST /v1/submissions/known: ids that the device sent earlier."""

    ids: list[str]


class KnownAnswer(Answer, frozen=True):
    """The ids that the gateway does not hold: to be sent again. `history`: that it is in."""

    missing: Annotated[list[Word], Meta(max_length=limits.MAX_KNOWN_IDS)]
    history: Word = ""
    answers: Word = ""


class Withdrawal(Message, frozen=True):
    """A submission that was taken back before it was sent. `voided`: for good; else the record is a draft again."""

    submission: Name
    voided: bool = False


class WithdrawalList(Message, frozen=True):
    """POST /v1/submissions/withdrawn."""

    withdrawn: Annotated[list[Withdrawal], Meta(max_length=limits.MAX_KNOWN_IDS)]


class SentRequest(Message, frozen=True):
    """POST /v1/submissions/sent: what this device has sent. `after`: the place of the last entry that it has."""

    after: int = 0


class SentEntry(Answer, frozen=True):
    """A submission that the gateway holds. `record`: of the device, empty from an older tablet."""

    place: Revision
    submission: Word
    record: Word
    state: Literal["received", "in_erp", "rejected"]


class SentList(Answer, frozen=True):
    """Entries in the order of their arrival, none after the last; and what the device has taken back, the newest."""

    sent: Annotated[list[SentEntry], Meta(max_length=limits.MAX_KNOWN_IDS)]
    withdrawn: Annotated[list[Withdrawal], Meta(max_length=limits.MAX_KNOWN_IDS)] = []


class SentRecord(Answer, frozen=True):
    """GET /v1/submissions/<id>: a record as it was sent, and what has become of it."""

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
