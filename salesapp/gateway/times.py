"""Moments as the gateway's tables keep them."""

from datetime import UTC, datetime


def timestamp(moment: datetime | None = None) -> str:
    """UTC to the second; now, where no moment is given."""
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
