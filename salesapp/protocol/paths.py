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
"""`messages.Seen` as JSON; without it (an older tablet) nothing is proven."""
RECORD_HEADER = "SalesApp-Record"
"""The id of the record that a submission carries: the same over all its attempts and edits."""
WITHOUT_HEADER = "SalesApp-Without"
"""Keys of objects that a manifest request leaves out, with commas between: shorter than naming all the others."""
SERIES_HEADER = "SalesApp-Series"
"""The number series that a device has, at its logon."""
MARK_HEADER = "SalesApp-Gateway"
"""On every answer of a gateway; an answer without it comes from something else (a captive portal, a proxy)."""
REQUEST_HEADER = "SalesApp-Request"
"""Names a request, and is repeated on its answer: one that repeats another name was kept by something on the way."""
