"""Sizes that both sides hold each other to, in bytes unless the name says otherwise."""

SEGMENT_ROWS = 50_000
MAX_SEGMENT_BYTES = 64 * 2**20
MAX_UNPACKED_BYTES = 256 * 2**20
"""Of a segment's SQLite file; the gateway cuts segments long before."""
MAX_SEGMENT_TEXT_BYTES = 48 * 2**20
"""Of the rows of one segment: what they are cut at when they are long."""
MAX_TOMBSTONES = 10**8
MAX_SEGMENTS = 20_000
"""Of one object in a manifest."""
MAX_SCOPES = 20_000
"""Of one user; as a request they must stay below MAX_ANSWER_BYTES."""
MAX_MANIFEST_BYTES = 8 * 2**20
MAX_ANSWER_BYTES = 2**20
MAX_LOGON_BYTES = 8 * 2**10
"""More than any user, password and device come to; longer ones are read a few at a time."""
MAX_SUBMISSION_BYTES = 8 * 2**20
"""More than MAX_LINES lines with long names and five steps of a price each. A proxy before the gateway must let it
through: see docs/doors.md."""
MAX_LINES = 6_000
"""Of a document, those that are given free included."""
MAX_FILE_BYTES = 3 * 2**20
MAX_UPLOAD_CHUNK_BYTES = 256 * 2**10
MAX_WAITING_FILES = 200
MAX_WAITING_BYTES = 256 * 2**20
"""Of one user's files at the gateway, whole or in part, that no record names yet."""
MAX_WAITING_DAYS = 30
"""After so long without a record such a file makes room for others."""
MAX_MEDIA_BYTES = 32 * 2**20
MAX_TOKEN_CHARACTERS = 512
MAX_TEXT_CHARACTERS = 4_000
MAX_CONTACT_CHARACTERS = 500
"""Of one phone number, address or web page of a customer."""
MAX_CONTACTS = 100
MAX_NESTED_CHARACTERS = 2**20
"""Of a nested list in a row, as JSON."""
MAX_KNOWN_IDS = 1_000
