"""Items as they are found: by words among many that are not sold any more, and by codes that a scanner reads."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from decimal import Decimal

import pytest

from salesapp.models.attachments import Candidate, Owner, add
from salesapp.protocol.limits import MAX_FILE_BYTES
from salesapp.services import items, picking
from salesapp.services.attachments import attached_to, candidate_of, without_place
from salesapp.store import items as store
from salesapp.store.shelf import Shelf
from tests.conftest import Tablet
from tests.pictures import photo
from tests.services.shelves import key_of, shelf_of

BOX = "5907777000012"
Opened = Callable[[], AbstractContextManager[Shelf]]


@pytest.fixture
def opened(tablet: Tablet) -> Opened:
    """The files of a tablet that has what the gateway's company has by then."""

    @contextmanager
    def synchronized() -> Iterator[Shelf]:
        tablet.gateway.take()
        assert tablet.begin().outcome == "ok"
        with shelf_of(tablet) as found:
            yield found

    return synchronized


def found(shelf: Shelf, typed: str, *, allowed: "frozenset[int] | None" = None, examined: int = 6_000) -> list[str]:
    keys = store.find(shelf.catalog, typed, allowed, "name", examined=examined).ids
    return [shelf.catalog.rows("items.forms", "id=?", (key,))[0]["code"] for key in keys]


def test_that_items_which_are_not_sold_any_more_do_not_hide_those_that_are(opened: Opened, tablet: Tablet) -> None:
    forms = tablet.gateway.connector.company["items.forms"]
    form = forms.pop("I3")
    for number in range(700):
        forms[f"X{number:03d}"] = form | {"code": f"X{number:03d}", "name": f"Xylitol {number:03d}", "is_active": 0}
    forms["X650"]["is_active"] = 1
    tablet.gateway.connector.company["items.prices"] = {}
    with opened() as shelf:
        assert found(shelf, "xyl") == ["X650"]
        sold = key_of(shelf, "items.forms", "X650")
        before = sum(key_of(shelf, "items.forms", code) < sold for code in forms if code.startswith("X"))
        assert found(shelf, "xyl", examined=before) == [], "it lies deeper"
        assert found(shelf, "xyl", examined=before + 1) == ["X650"]
        assert not store.find(shelf.catalog, "xyl", None, "name", examined=before).is_whole
        assert found(shelf, "xyl", examined=-1) == ["X650"]


def test_that_whatever_is_typed_is_only_words(opened: Opened, tablet: Tablet) -> None:
    tablet.gateway.connector.company["items.forms"]["I1"]["name"] = "Żółty ser"
    with opened() as shelf:
        for typed in ("", " ", "*", '"', "-", "()", "\N{GRINNING FACE}", "a" * 500, "NOT ser", "name:ser", "\0"):
            assert found(shelf, typed) == [], typed
        for typed in ('ser"', "ser*", "ser -", "-ser", "ser \N{GRINNING FACE}", "SER  Żół", "zol;ser", "ser " * 60):
            assert found(shelf, typed) == ["I1"], typed


def test_that_the_ean_of_a_unit_is_found_as_it_is_typed(opened: Opened, tablet: Tablet) -> None:
    tablet.gateway.connector.company["items.units"]["I1B"]["ean"] = BOX
    with opened() as shelf:
        item = key_of(shelf, "items.forms", "I1")
        for typed in (BOX[:6], BOX, f" {BOX} "):
            assert found(shelf, typed) == ["I1"]
            assert found(shelf, typed, allowed=frozenset({item})) == ["I1"]
            assert found(shelf, typed, allowed=frozenset({item + 1_000})) == []
        assert found(shelf, BOX[:5]) == [], "so few digits may be anything"


def test_that_a_scan_names_the_item_that_is_sold_and_a_unit_that_may_be_ordered(opened: Opened, tablet: Tablet) -> None:
    company = tablet.gateway.connector.company
    company["items.units"]["I1B"] |= {"ean": BOX, "is_allowed": 0}
    company["items.forms"]["I1"]["is_active"] = 0
    company["items.forms"]["I3"]["ean"] = company["items.forms"]["I1"]["ean"]
    with opened() as shelf:
        first, third = (key_of(shelf, "items.forms", code) for code in ("I1", "I3"))
        pieces = key_of(shelf, "directories.units", "pcs")
        assert store.by_barcode(shelf.catalog, "5900000000000") == (third, None), "its EAN went over to another item"
        assert picking.scanned(shelf, BOX) is None, "the item is not sold any more"
        assert picking.scanned(shelf, "5900000000000") == (third, pieces)
    company["items.forms"]["I1"]["is_active"] = 1
    with opened() as shelf:
        assert picking.scanned(shelf, BOX) == (first, pieces), "by the box it is not sold"
    company["items.units"]["I1B"]["is_allowed"] = 1
    with opened() as shelf:
        assert picking.scanned(shelf, BOX) == (first, key_of(shelf, "directories.units", "box"))


def just_within_the_limit() -> Candidate:
    """A photo that is larger once it is written anew."""
    for side in range(1_400, 4_000, 8):
        taken = candidate_of("shelf.jpg", photo(side, place=True, noise=True, optimize=True))
        if without_place(taken).is_too_large:
            assert not taken.is_too_large
            return taken
    raise AssertionError


def test_that_a_photo_which_outgrows_the_limit_without_its_place_is_made_smaller(opened: Opened) -> None:
    taken = just_within_the_limit()
    with opened() as shelf:
        owner = Owner("item", key_of(shelf, "items.forms", "I1"))
        add(shelf, taken, owner)
        kept = next(file for file in attached_to(shelf, owner) if file.record)
        assert kept.size <= MAX_FILE_BYTES


def test_that_all_prices_are_listed_and_those_that_count_today_are_marked(opened: Opened, tablet: Tablet) -> None:
    prices = tablet.gateway.connector.company["items.prices"]
    retail = prices["I1-RETAIL"]
    prices["last year"] = retail | {"value": 90_000, "valid_from": "2025-01-01", "valid_to": "2025-12-31"}
    prices["next year"] = retail | {"value": 120_000, "valid_from": "2027-01-01"}
    with opened() as shelf:
        card = items.card(shelf, key_of(shelf, "items.forms", "I1"), None, date(2026, 3, 2))
        assert card is not None
        lists = {row["code"]: row["name"] for row in shelf.catalog.rows("directories.price_types")}
        told = [(price.name, price.value, price.is_valid) for price in card.prices]
        assert told[0] == (lists["RETAIL"], Decimal(10), True), "the one that counts comes first"
        assert sorted(told[1:]) == sorted(
            [
                (lists["RETAIL"], Decimal(9), False),
                (lists["RETAIL"], Decimal(12), False),
                (lists["WHOLESALE"], Decimal(10), False),
            ]
        )


def test_that_former_documents_are_those_of_the_customer_whose_prices_are_shown(opened: Opened, tablet: Tablet) -> None:
    document = {"type": "sales_order", "currency": "PLN", "net": 0, "vat": 0, "gross": 0}
    lines = {"C1": ["I1", "I3"], "C2": ["I2"]}
    tablet.gateway.connector.company["auxiliary.documents"] = {
        who: document
        | {"erp_number": f"ZS/{who}", "customer": who, "issued_on": "2026-02-01"}
        | {"lines": [{"item": code, "unit": "pcs", "quantity": "1"} for code in codes]}
        for who, codes in lines.items()
    }
    with opened() as shelf:
        first = key_of(shelf, "customers.customers", "C1")
        (found,) = items.former_documents(shelf, first)
        assert (found.number, found.lines) == ("ZS/C1", 2)
        assert {entry.number for entry in items.former_documents(shelf, None)} == {"ZS/C1", "ZS/C2"}
        keys = store.ids(shelf.catalog, store.ItemFilter(document=found.key), [])
        assert [shelf.catalog.rows("items.forms", "id=?", (key,))[0]["code"] for key in keys] == ["I1", "I3"]
