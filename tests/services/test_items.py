"""Finding items: by words among many that are no longer sold, and by scanned codes."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from decimal import Decimal

import pytest

from salesapp.domain.objects.directories import PriceList
from salesapp.domain.objects.items import Item
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.services import items
from salesapp.services.attachments import Candidate, Owner, add, attached_to, candidate_of, without_place
from salesapp.services.scanning import scanned
from salesapp.store import items as store
from salesapp.store.account_stores import AccountStores
from tests.conftest import Tablet
from tests.pictures import photo
from tests.services.account_stores import key_of, stores_of

BOX = "5907777000012"
Opened = Callable[[], AbstractContextManager[AccountStores]]


@pytest.fixture
def opened(tablet: Tablet) -> Opened:
    """Opens the files of a tablet that is synchronized with the current company."""

    @contextmanager
    def synchronized() -> Iterator[AccountStores]:
        tablet.gateway.take()
        assert tablet.begin().outcome == "ok"
        with stores_of(tablet) as found:
            yield found

    return synchronized


def found(
    stores: AccountStores, typed: str, *, allowed: "frozenset[int] | None" = None, examined: int = 6_000
) -> list[str]:
    keys = store.find(stores.catalog, typed, allowed, "name", examined=examined).ids
    return [stores.catalog.all(Item, "id=?", (key,))[0].code for key in keys]


def test_that_items_no_longer_sold_do_not_hide_others(opened: Opened, tablet: Tablet) -> None:
    forms = tablet.gateway.connector.company["items.forms"]
    form = forms.pop("I3")
    for number in range(700):
        forms[f"X{number:03d}"] = form | {"code": f"X{number:03d}", "name": f"Xylitol {number:03d}", "is_active": 0}
    forms["X650"]["is_active"] = 1
    tablet.gateway.connector.company["items.prices"] = {}
    with opened() as stores:
        assert found(stores, "xyl") == ["X650"]
        sold = key_of(stores, "items.forms", "X650")
        before = sum(key_of(stores, "items.forms", code) < sold for code in forms if code.startswith("X"))
        assert found(stores, "xyl", examined=before) == [], "it lies deeper"
        assert found(stores, "xyl", examined=before + 1) == ["X650"]
        assert not store.find(stores.catalog, "xyl", None, "name", examined=before).is_whole
        assert found(stores, "xyl", examined=-1) == ["X650"]


def test_that_search_text_is_never_query_syntax(opened: Opened, tablet: Tablet) -> None:
    tablet.gateway.connector.company["items.forms"]["I1"]["name"] = "Żółty ser"
    with opened() as stores:
        for typed in ("", " ", "*", '"', "-", "()", "\N{GRINNING FACE}", "a" * 500, "NOT ser", "name:ser", "\0"):
            assert found(stores, typed) == [], typed
        for typed in ('ser"', "ser*", "ser -", "-ser", "ser \N{GRINNING FACE}", "SER  Żół", "zol;ser", "ser " * 60):
            assert found(stores, typed) == ["I1"], typed


def test_that_the_ean_of_a_unit_is_found_while_typing(opened: Opened, tablet: Tablet) -> None:
    tablet.gateway.connector.company["items.units"]["I1B"]["ean"] = BOX
    with opened() as stores:
        item = key_of(stores, "items.forms", "I1")
        for typed in (BOX[:6], BOX, f" {BOX} "):
            assert found(stores, typed) == ["I1"]
            assert found(stores, typed, allowed=frozenset({item})) == ["I1"]
            assert found(stores, typed, allowed=frozenset({item + 1_000})) == []
        assert found(stores, BOX[:5]) == [], "so few digits may be anything"


def meanings(stores: AccountStores, code: str) -> list[tuple[int, int]]:
    return [(found.item, found.unit) for found in scanned(stores, code)]


def test_that_a_scan_finds_an_item_that_is_sold_and_a_unit_that_may_be_ordered(opened: Opened, tablet: Tablet) -> None:
    company = tablet.gateway.connector.company
    company["items.units"]["I1B"] |= {"ean": BOX, "is_allowed": 0}
    company["items.forms"]["I1"]["is_active"] = 0
    company["items.forms"]["I3"]["ean"] = company["items.forms"]["I1"]["ean"]
    with opened() as stores:
        first, third = (key_of(stores, "items.forms", code) for code in ("I1", "I3"))
        pieces = key_of(stores, "directories.units", "pcs")
        assert store.by_barcode(stores.catalog, ["5900000000000"]) == [(third, None)], (
            "its EAN went over to another item"
        )
        assert meanings(stores, BOX) == [], "the item is not sold any more"
        assert meanings(stores, "5900000000000") == [(third, pieces)]
    company["items.forms"]["I1"]["is_active"] = 1
    with opened() as stores:
        assert meanings(stores, BOX) == [(first, pieces)], "by the box it is not sold"
    company["items.units"]["I1B"]["is_allowed"] = 1
    with opened() as stores:
        assert meanings(stores, BOX) == [(first, key_of(stores, "directories.units", "box"))]


def just_within_the_limit() -> Candidate:
    """Returns a photo that becomes larger when it is rewritten."""
    for side in range(1_400, 4_000, 8):
        taken = candidate_of("shelf.jpg", photo(side, place=True, noise=True, optimize=True))
        if without_place(taken).is_too_large:
            assert not taken.is_too_large
            return taken
    raise AssertionError


def test_that_a_photo_that_exceeds_the_limit_after_rewriting_is_shrunk(opened: Opened) -> None:
    taken = just_within_the_limit()
    with opened() as stores:
        owner = Owner("item", key_of(stores, "items.forms", "I1"))
        add(stores, taken, owner)
        kept = next(file for file in attached_to(stores, owner) if file.record)
        assert kept.size <= MAX_FILE_BYTES


def test_that_all_prices_are_listed_and_todays_are_marked(opened: Opened, tablet: Tablet) -> None:
    prices = tablet.gateway.connector.company["items.prices"]
    retail = prices["I1-RETAIL"]
    prices["last year"] = retail | {"value": 90_000, "valid_from": "2025-01-01", "valid_to": "2025-12-31"}
    prices["next year"] = retail | {"value": 120_000, "valid_from": "2027-01-01"}
    with opened() as stores:
        card = items.card(stores, key_of(stores, "items.forms", "I1"), None, date(2026, 3, 2))
        assert card is not None
        lists = {row.code: row.name for row in stores.catalog.all(PriceList)}
        told = [(price.name, price.value, price.is_valid) for price in card.prices]
        assert told[0] == (lists["RETAIL"], Decimal(10), True), "the one that counts comes first"
        assert sorted(told[1:]) == sorted(
            [
                (lists["RETAIL"], Decimal(9), False),
                (lists["RETAIL"], Decimal(12), False),
                (lists["WHOLESALE"], Decimal(10), False),
            ]
        )


def test_that_former_documents_belong_to_the_customer_whose_prices_are_shown(opened: Opened, tablet: Tablet) -> None:
    document = {"type": "sales_order", "currency": "PLN", "net": 0, "vat": 0, "gross": 0}
    lines = {"C1": ["I1", "I3"], "C2": ["I2"]}
    tablet.gateway.connector.company["auxiliary.documents"] = {
        who: document
        | {"erp_number": f"ZS/{who}", "customer": who, "issued_on": "2026-02-01"}
        | {"lines": [{"item": code, "unit": "pcs", "quantity": "1"} for code in codes]}
        for who, codes in lines.items()
    }
    with opened() as stores:
        first = key_of(stores, "customers.customers", "C1")
        (found,) = items.former_documents(stores, first)
        assert (found.number, found.lines) == ("ZS/C1", 2)
        assert {entry.number for entry in items.former_documents(stores, None)} == {"ZS/C1", "ZS/C2"}
        keys = store.ids(stores.catalog, store.ItemFilter(document=found.key), [])
        assert [stores.catalog.all(Item, "id=?", (key,))[0].code for key in keys] == ["I1", "I3"]
