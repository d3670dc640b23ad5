"""Types of the values in messages, with their limits, which msgspec checks on both sides.

An answer that breaks a limit is refused before any of it is stored: a stored scope, token or checkpoint goes
back to the gateway with every later request.
"""

from typing import Annotated, Final

from msgspec import Meta

from salesapp.protocol import limits

MAX_REVISION: Final = 10**18 - 1
_INT_64: Final = 2**63 - 1

Revision = Annotated[int, Meta(ge=0, le=MAX_REVISION)]
Key = Annotated[int, Meta(ge=-(2**63), le=_INT_64)]
"""A primary key of a row."""
Scope = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Scopes = Annotated[list[Scope], Meta(max_length=limits.MAX_SCOPES)]
Count = Annotated[int, Meta(ge=0, le=2**40)]
"""A number of rows or files."""
Bytes = Annotated[int, Meta(ge=0, le=2**50)]
SegmentBytes = Annotated[int, Meta(ge=1, le=limits.MAX_SEGMENT_BYTES)]
UnpackedBytes = Annotated[int, Meta(ge=1, le=limits.MAX_UNPACKED_BYTES)]
SegmentRows = Annotated[int, Meta(ge=0, le=limits.SEGMENT_ROWS)]
Tombstones = Annotated[int, Meta(ge=0, le=limits.MAX_TOMBSTONES)]

Sha256 = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
DigestText = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
CheckpointText = Annotated[str, Meta(pattern=r"\A[0-9]{1,18}-[0-9a-f]{1,64}\Z")]
RootText = Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")]
SchemaId = Annotated[str, Meta(pattern=r"\A[0-9a-f]{1,64}\Z")]

TOKEN_PATTERN: Final = rf"\A[!-~]{{1,{limits.MAX_TOKEN_CHARACTERS}}}\Z"
Token = Annotated[str, Meta(pattern=TOKEN_PATTERN)]
"""Visible ASCII, because it goes into a header."""
GatewayId = Annotated[str, Meta(pattern=r"\A[!-~]{1,100}\Z")]
Word = Annotated[str, Meta(pattern=r"\A[!-~]{0,100}\Z")]
"""An id, a code or the name of a field, in visible ASCII."""
Series = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z-]{1,32}\Z")]
"""A part of document numbers."""
Short = Annotated[str, Meta(max_length=40)]
"""A number or a moment as text, unchecked."""
Text = Annotated[str, Meta(max_length=5 * limits.MAX_TEXT_CHARACTERS)]
Params = Annotated[dict[Word, Text], Meta(max_length=64)]
