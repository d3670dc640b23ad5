"""Limits that both sides enforce, in bytes unless the name says otherwise."""

SEGMENT_ROWS = 50_000
MAX_SEGMENT_BYTES = 64 * 2**20
MAX_UNPACKED_BYTES = 256 * 2**20
"""Of a segment's SQLite file; the gateway makes much smaller ones."""
MAX_SEGMENT_TEXT_BYTES = 48 * 2**20
"""Of the rows of one segment; long rows make more segments."""
MAX_TOMBSTONES = 10**8
MAX_SEGMENTS = 20_000
"""Of one object in a manifest."""
MAX_SCOPES = 20_000
"""Of one user; in a request they must fit into MAX_ANSWER_BYTES."""
MAX_MANIFEST_BYTES = 8 * 2**20
MAX_ANSWER_BYTES = 2**20
MAX_LOGON_BYTES = 8 * 2**10
"""More than any real logon; larger ones are read only a few at a time."""
MAX_SUBMISSION_BYTES = 8 * 2**20
"""Enough for MAX_LINES lines with long names and five price steps each. A proxy in front of the gateway must let it
through: see docs/doors.md."""
MAX_LINES = 6_000
"""Of a document, free goods included."""
MAX_FILE_BYTES = 3 * 2**20
MAX_UPLOAD_CHUNK_BYTES = 256 * 2**10
MAX_WAITING_FILES = 200
MAX_WAITING_BYTES = 256 * 2**20
"""Of one user's uploads, whole or partial, that no record names yet."""
MAX_WAITING_DAYS = 30
"""After so many days without a record an upload may be removed."""
MAX_MEDIA_BYTES = 32 * 2**20
MAX_TOKEN_CHARACTERS = 512
MAX_TEXT_CHARACTERS = 4_000
MAX_CONTACT_CHARACTERS = 500
"""Of one phone number, email address or web page of a customer."""
MAX_CONTACTS = 100
MAX_NESTED_CHARACTERS = 2**20
"""Of a nested value in a row, as JSON."""
MAX_KNOWN_IDS = 1_000
