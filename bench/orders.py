"""Times saving an order: confirmed with a number and an outbox row, durable on return."""

import time
from collections.abc import Callable
from pathlib import Path

from salesapp.domain.objects.documents import Numerator
from salesapp.protocol.records import Document, DocumentLine
from salesapp.services import documents
from salesapp.store.folders import DataFolder
from salesapp.store.keys import load_key
from salesapp.store.work import WorkStore

NUMERATOR = Numerator.of(
    document_type="sales_order",
    symbol="SO",
    pattern="{symbol}-{number}/{month}/{year}/{series}",
    period="month",
    first_number=1,
)
LINES = 10
PAUSE_S = 0.01


def an_order() -> Document:
    """An order of ten lines."""
    lines = [
        DocumentLine(
            line=str(number),
            item=number + 1,
            unit=1,
            quantity="2",
            unit_price="10.00",
            net="20.00",
            vat="4.60",
            gross="24.60",
        )
        for number in range(LINES)
    ]
    return Document(
        type="sales_order",
        number="",
        issued_on="2026-03-02",
        currency="PLN",
        lines=lines,
        net="200.00",
        vat="46.00",
        gross="246.00",
        customer=1,
    )


def order_times(root: Path, go_on: Callable[[], bool], least: int) -> list[float]:
    """Returns seconds per order, while `go_on` returns true, for at least `least` orders. Withdraws each again."""
    account = DataFolder(root).last()
    assert account is not None
    work = WorkStore.open(account, load_key(root, root.parent / f"{root.name}.key"))
    times: list[float] = []
    try:
        while go_on() or len(times) < least:
            began = time.perf_counter()
            record = documents.confirm(work, an_order(), NUMERATOR, checkpoint="1-a")
            times.append(time.perf_counter() - began)
            documents.void(work, record)
            time.sleep(PAUSE_S)
    finally:
        work.close()
    return times
