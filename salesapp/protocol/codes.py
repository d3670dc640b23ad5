"""Codes that both sides act on, and the HTTP status of each code that the gateway answers with.

A test holds `docs/sync.md` against the table.
"""

OTHER_HISTORY = "gateway.other_history"
"""The device has seen what this gateway does not know: a backup was restored."""
OLDER_DEVICE = "gateway.older_device"
"""The device's own work is older than what it sent: a copy of it was put back."""
NOT_YET = "submission.not_yet"
"""The record names a row that is still to come: it is not decided, and is offered again."""
NUMBER_TAKEN = "submission.number_taken"
"""Another document has the number."""
CONFLICT = "submission.conflict"
"""The office has changed the record since."""

STATUS_OF = {
    "auth.wrong_password": 401,
    "auth.required": 401,
    "auth.forbidden": 403,
    "auth.wrong_old_password": 403,
    "auth.renamed": 403,
    "auth.device_blocked": 403,
    "auth.throttled": 429,
    "gateway.bad_request": 400,
    "gateway.protocol": 400,
    "gateway.not_found": 404,
    "stock.unknown_item": 404,
    "gateway.conflict": 409,
    "submission.same_id": 409,
    OTHER_HISTORY: 412,
    OLDER_DEVICE: 412,
    "gateway.too_large": 413,
    "password.length": 422,
    "password.blank": 422,
    "password.has_name": 422,
    "password.common": 422,
    "password.same": 422,
    NOT_YET: 424,
    "gateway.busy": 503,
    "gateway.upload_quota": 507,
    "gateway.record_quota": 507,
    "gateway.undelivered_quota": 507,
    "gateway.file_quota": 507,
}
"""A code that is not here has status 500."""
