"""Moments as the gateway's tables keep them."""

from datetime import UTC, datetime

from salesapp import clock


def timestamp(moment: datetime | None = None) -> str:
    """UTC to the second; now, where no moment is given."""
    return (moment or clock.now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
