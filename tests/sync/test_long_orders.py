"""Orders of thousands of lines: sent and repriced, or reported before confirmation if too long."""

import time
from decimal import Decimal

import msgspec
import pytest

from salesapp.domain.price_rules.price_inputs import PRICED_BY
from salesapp.errors import DeviceError
from salesapp.gateway.documents import sent_documents
from salesapp.protocol.limits import MAX_LINES, MAX_SUBMISSION_BYTES
from salesapp.protocol.records import Document, PriceStep
from salesapp.services import documents, ordering
from salesapp.services.order_checks import size_problems
from salesapp.store import records
from salesapp.store.outbox import Outbox, sent_bytes
from tests.conftest import GatewayUnderTest, Tablet
from tests.services.account_stores import key_of, stores_of
from tests.sync.test_sending import NUMERATOR

NAME = "Śruba zamkowa ocynkowana z łbem grzybkowym, klasa 8.8, M12 x 120 długa"
STEPS = [PriceStep(label=NAME[:40], before="1234.5678", after="1111.1111", value="-10 %", source=NAME)] * 5


def lengthened(document: Document, count: int, description: str = "") -> Document:
    """Returns the document with its line repeated, with names and steps as in long ones."""
    (line,) = document.lines
    lines = [
        msgspec.structs.replace(line, line=f"{number:032d}", item_name=NAME, steps=STEPS, description=description)
        for number in range(count)
    ]
    sums = {name: str(Decimal(getattr(line, name)) * count) for name in ("net", "vat", "gross")}
    totals = [msgspec.structs.replace(total, **sums) for total in document.totals]
    return msgspec.structs.replace(document, lines=lines, totals=totals, **sums)


@pytest.fixture
def document(tablet: Tablet) -> tuple[Document, str]:
    """A priced order of one line, with the checkpoint of its prices."""
    tablet.begin()
    with stores_of(tablet) as stores:
        cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
        item, unit = key_of(stores, "items.forms", "I2"), key_of(stores, "directories.units", "pcs")
        order = ordering.look_at(stores, cart.with_quantity(item, unit, Decimal(1)))
        assert order.can_be_confirmed
        return ordering.to_document(order), stores.catalog.checkpoint_of(PRICED_BY)


def test_that_an_order_of_five_thousand_lines_is_sent_repriced_and_synchronized(
    tablet: Tablet, gateway: GatewayUnderTest, document: tuple[Document, str]
) -> None:
    long = lengthened(document[0], 5_000)
    assert sent_bytes(long) > 3_900_000
    assert not [problem for problem in size_problems(long) if problem.blocks]
    work = tablet.work()
    record = documents.confirm(work, long, NUMERATOR, checkpoint=document[1])
    began = time.monotonic()
    outcome = tablet.sync()
    assert time.monotonic() - began < 60
    assert (outcome.outcome, outcome.sent.accepted, outcome.sent.in_erp) == ("ok", 1, 1)
    assert records.load(work, record).submission_state == "in_erp"
    work.close()
    assert len(gateway.connector.delivered[-1].payload["lines"]) == 5_000
    with gateway.database.read() as connection:
        (sent,) = sent_documents(connection)
    assert (sent.check, sent.state) == ("equal", "in_erp")


def test_that_an_order_near_or_over_the_limit_is_reported_before_confirmation(
    document: tuple[Document, str],
) -> None:
    def problems(count: int, description: str = "") -> list[tuple[str, bool]]:
        found = size_problems(lengthened(document[0], count, description))
        return [(problem.code, problem.blocks) for problem in found]

    assert problems(4_000) == []
    assert problems(MAX_LINES * 8 // 10) == [("document.nearly_full", False)]
    assert problems(MAX_LINES) == [("document.nearly_full", False)]
    assert problems(MAX_LINES + 1) == [("document.too_many_lines", True)]
    assert problems(800, "ż" * 3_900) == [("document.nearly_full", False)]  # two bytes each
    assert problems(1_100, "ż" * 3_900) == [("document.too_large", True)]


@pytest.mark.parametrize(
    ("count", "description", "code"),
    [(MAX_LINES + 1, "", "device.too_many_lines"), (1_100, "ż" * 3_900, "device.record_too_large")],
)
def test_that_an_order_over_the_limit_is_not_confirmed_and_gets_no_number(
    tablet: Tablet, document: tuple[Document, str], count: int, description: str, code: str
) -> None:
    work = tablet.work()
    with pytest.raises(DeviceError) as caught:
        documents.confirm(work, lengthened(document[0], count, description), NUMERATOR, checkpoint=document[1])
    assert caught.value.code == code
    assert Outbox(work).items() == []
    record = documents.confirm(work, document[0], NUMERATOR, checkpoint=document[1])
    assert records.load(work, record).number.startswith("SO-1/")  # type: ignore[union-attr]
    frozen = Outbox(work).freeze(Outbox(work).items()[0].id)
    assert len(frozen) <= sent_bytes(document[0]) <= MAX_SUBMISSION_BYTES
    work.close()
