"""Paths of the gateway's HTTP interface, version 1."""

LOGON = "/v1/logon"
LOGOUT = "/v1/logout"
OWN_PASSWORD = "/v1/password"  # noqa: S105  # a path
MANIFEST = "/v1/manifest"
RANGES = "/v1/ranges"
STOCK = "/v1/stock"
SEGMENTS = "/v1/segments"  # GET /v1/segments/<sha256>
MEDIA = "/v1/media"  # GET /v1/media/<sha256>
SUBMISSIONS = "/v1/submissions"  # PUT /v1/submissions/<id>; POST /v1/submissions/known
KNOWN_SUBMISSIONS = "/v1/submissions/known"
SENT_SUBMISSIONS = "/v1/submissions/sent"
WITHDRAWN_SUBMISSIONS = "/v1/submissions/withdrawn"
UPLOADS = "/v1/uploads"  # GET, PATCH /v1/uploads/<sha256>
HEALTH = "/health"

OFFSET_HEADER = "Upload-Offset"
LENGTH_HEADER = "Upload-Length"
SEEN_HEADER = "SalesApp-Seen"
"""`messages.Seen` as JSON; older tablets do not send it."""
RECORD_HEADER = "SalesApp-Record"
"""The id of a submission's record, the same over all attempts and edits."""
WITHOUT_HEADER = "SalesApp-Without"
"""Keys of objects that a manifest request leaves out, separated by commas; shorter than listing the others."""
SERIES_HEADER = "SalesApp-Series"
"""The number series of a device, at its logon."""
MARK_HEADER = "SalesApp-Gateway"
"""On every answer of a gateway. An answer without it comes from a captive portal or a proxy."""
TIME_HEADER = "SalesApp-Time"
"""The sender's time, UTC (`clock.TIMESTAMP_FORM`): the gateway's on every answer, the device's on a record."""
REQUEST_HEADER = "SalesApp-Request"
"""The name of a request, repeated on its answer. Another name means a cached answer."""
