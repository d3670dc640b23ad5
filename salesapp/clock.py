"""The day as people have it here: dates of documents, visits and promotions are local, moments are UTC."""

from datetime import date, datetime


def today() -> date:
    """Today, in the time zone of this device."""
    return datetime.now().astimezone().date()
