"""Writing orders: undo, and use of the customer's credit."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from salesapp.domain.documents import Cart, CartLine
from salesapp.domain.objects.auxiliary import ErpDocument
from salesapp.domain.objects.customers import Customer
from salesapp.models.undoing import Undoing
from salesapp.protocol.records import Address, CustomerRecord, FileRecord
from salesapp.services import credit, customers, document_view, documents, files, ordering, repeating, signing
from salesapp.services.adding import add_item
from salesapp.services.order_checks import Problem
from salesapp.services.repeating import Difference
from salesapp.store import records, undo
from salesapp.store.account_stores import AccountStores
from salesapp.store.catalog_reader import CatalogReader
from salesapp.store.tables import outbox as outbox_table
from tests import days
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of
from tests.unit.test_outbox import NUMERATOR

pytestmark = pytest.mark.clock


@pytest.fixture
def stores(make_tablet: Any) -> Iterator[AccountStores]:
    """A representative's files; the customer may owe 100.00 and owes 40.00; 1 EUR is 4 PLN."""
    tablet: Tablet = make_tablet("rep1")
    company = tablet.gateway.connector.company
    company["customers.customers"]["C1"] |= {"credit_limit": 1_000_000, "credit_used": 400_000}
    company["directories.currencies"]["EUR"] = {
        "code": "EUR",
        "name": "Euro",
        "decimals": 2,
        "rates": [{"date": "2020-01-01", "rate": "4"}],
    }
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as found:
        yield found


def cart_of(stores: AccountStores, quantity: str, currency: str = "PLN") -> Cart:
    """An order of I2 for 12.30 PLN gross each."""
    cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
    item = key_of(stores, "items.forms", "I2")
    unit = key_of(stores, "directories.units", "pcs")
    return replace(cart, currency=currency).with_quantity(item, unit, Decimal(quantity))


def problem_of(stores: AccountStores, cart: Cart, code: str, record: str = "") -> Problem | None:
    return next((one for one in ordering.look_at(stores, cart, record).problems if one.code == code), None)


def test_that_credit_includes_the_order_and_own_orders_not_yet_in_the_erp(stores: AccountStores) -> None:
    assert problem_of(stores, cart_of(stores, "4"), "credit.limit_exceeded") is None, "40 + 49.20"
    alone = problem_of(stores, cart_of(stores, "5"), "credit.limit_exceeded")
    assert alone is not None
    assert not alone.blocks, "the profile warns"
    assert dict(alone.params) == {
        "limit": "100.00",
        "used": "40.00",
        "unsent": "0.00",
        "this": "61.50",
        "over": "1.50",
        "currency": "PLN",
    }
    order, record = ordering.keep(stores, cart_of(stores, "4"), "")
    ordering.confirm(stores, order)
    second = problem_of(stores, cart_of(stores, "1"), "credit.limit_exceeded")
    assert second is not None
    assert (dict(second.params)["unsent"], dict(second.params)["over"]) == ("49.20", "1.50")
    assert problem_of(stores, order.cart, "credit.limit_exceeded", record) is None, "it does not count beside itself"


def test_that_drafts_use_no_credit_but_their_amount_is_reported(stores: AccountStores) -> None:
    ordering.keep(stores, cart_of(stores, "2"), "")
    ordering.keep(stores, cart_of(stores, "1"), "")
    cart = cart_of(stores, "3")
    assert problem_of(stores, cart, "credit.limit_exceeded") is None
    drafts = problem_of(stores, cart, "credit.drafts_exceed")
    assert drafts is not None
    assert not drafts.blocks
    assert dict(drafts.params) == {"over": "13.80", "drafts": "36.90", "count": "2", "currency": "PLN"}
    customer = stores.catalog.one(Customer, cart.customer)
    assert customer is not None
    taken = credit.usage(stores, customer)
    assert (taken.unsent, taken.drafts) == (Decimal(), Decimal("36.90"))


def test_that_an_order_in_another_currency_uses_its_converted_amount_of_credit(stores: AccountStores) -> None:
    found = problem_of(stores, cart_of(stores, "5", "EUR"), "credit.limit_exceeded")
    assert found is not None
    assert dict(found.params)["this"] == "61.52", "15.38 EUR"
    assert dict(found.params)["currency"] == "PLN"


@pytest.mark.parametrize(("rule", "blocks"), [("warn", False), ("block", True)])
def test_that_credit_in_a_currency_without_a_rate_is_unknown_and_told(
    make_tablet: Any, rule: str, *, blocks: bool
) -> None:
    tablet: Tablet = make_tablet("rep1")
    company = tablet.gateway.connector.company
    company["directories.currencies"]["HUF"] = {"code": "HUF", "name": "Forint", "decimals": 2}
    company["customers.customers"]["C1"] |= {"credit_limit": 1_000_000_000, "currency": "HUF"}
    company["auxiliary.profiles"]["field"] |= {"credit_rule": rule}
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        cart = cart_of(stores, "1", "PLN")
        found = problem_of(stores, cart, "credit.no_rate")
        assert found is not None
        assert (found.blocks, dict(found.params)) == (
            blocks,
            {"limit": "100000.00", "currency": "HUF", "foreign": "PLN"},
        )
        assert problem_of(stores, cart, "credit.limit_exceeded") is None
        ordering.keep(stores, cart, "")
        customer = stores.catalog.one(Customer, cart.customer)
        assert customer is not None
        taken = credit.usage(stores, customer)
        assert (taken.unsent, taken.drafts) == (Decimal(), None)


def test_that_overdue_money_is_reported(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("rep1")
    tablet.gateway.connector.company["customers.customers"]["C1"]["overdue"] = 8_200_000
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        found = problem_of(stores, cart_of(stores, "1"), "credit.overdue")
    assert found == Problem("credit.overdue", blocks=False, params=(("amount", "820.00"), ("currency", "PLN")))


def test_that_steps_can_be_undone_and_redone_until_a_new_change() -> None:
    first, second, third = (Cart("sales_order", "2026-03-02", "PLN", description=text) for text in ("", "a", "ab"))
    undoing = Undoing()
    undoing.note(first)
    undoing.note(second)
    assert undoing.back(third) == second
    assert undoing.back(second) == first
    assert not undoing.past
    assert undoing.forth(first) == second
    undoing.note(second)
    assert not undoing.future
    assert list(undoing.past.values()) == [first, second]


def test_that_digits_of_one_quantity_are_one_step_and_old_steps_are_dropped() -> None:
    carts = [Cart("sales_order", "2026-03-02", "PLN", description=str(number)) for number in range(80)]
    undoing = Undoing()
    for cart in carts[:3]:
        undoing.note(cart, "quantity 7")
    undoing.note(carts[3], "quantity 8")
    assert list(undoing.past.values()) == [carts[0], carts[3]]
    for cart in carts:
        undoing.note(cart)
    assert list(undoing.past.values()) == carts[-undo.MOST_STEPS :]


def test_that_the_steps_of_a_draft_are_kept_with_it_and_end_with_its_confirmation(stores: AccountStores) -> None:
    empty, one, two = (replace(cart_of(stores, number), description="żółć") for number in ("0", "1", "2"))
    _order, record = ordering.keep(stores, two, "", {1: empty, 2: one})
    assert ordering.past_of(stores, record) == {1: empty, 2: one}
    order, _same = ordering.keep(stores, two, record, {2: one, 5: empty})
    assert ordering.past_of(stores, record) == {2: one, 5: empty}
    ordering.confirm(stores, order)
    assert undo.load(stores.work, record) == {}
    _order, draft = ordering.keep(stores, two, "", {1: one})
    documents.delete_draft(stores.work, draft)
    assert undo.load(stores.work, draft) == {}


def test_that_items_added_from_the_list_can_be_undone_one_by_one_up_to_a_limit(
    stores: AccountStores,
) -> None:
    customer, item = key_of(stores, "customers.customers", "C1"), key_of(stores, "items.forms", "I2")
    added = [add_item(stores, customer, item) for _ in range(3)]
    assert [(str(one.quantity), one.is_new) for one in added if one] == [("1", True), ("2", False), ("3", False)]
    (record,) = {one.record for one in added if one}
    past = ordering.past_of(stores, record)
    assert [sum(line.quantity for line in cart.lines) for cart in past.values()] == [0, 1, 2]
    many = dict.fromkeys(range(undo.MOST_STEPS), past[1]) | {undo.MOST_STEPS: past[2]}
    ordering.keep(stores, past[2], record, many)
    add_item(stores, customer, item)
    assert list(ordering.past_of(stores, record)) == list(range(2, undo.MOST_STEPS + 2))


def signatures(stores: AccountStores) -> list[tuple[str, str]]:
    """Returns (state of the record, sha256) of signatures in order of creation."""
    with stores.work.read() as connection:
        found = records.find_all(connection, FileRecord)
    return [(entry.state, entry.payload.sha256) for entry in sorted(found, key=lambda entry: entry.id)]


def signed(stores: AccountStores, cart: Cart, drawing: str) -> Cart:
    return signing.sign(cart, drawing, "Anna Nowak", ordering.to_document(ordering.look_at(stores, cart)))


def test_that_a_signature_holds_only_for_what_was_signed(stores: AccountStores) -> None:
    cart = signed(stores, cart_of(stores, "2"), "0" * 64)
    kept, record = ordering.keep(stores, cart, "")
    assert kept.cart == cart
    back = ordering.look_at(stores, ordering.resume(stores, record), record).cart
    assert (back.signature_sha256, back.signed_by, back.signed_at) == ("0" * 64, "Anna Nowak", cart.signed_at)
    line = cart.lines[0]
    for other in (
        cart.with_line(replace(line, quantity=Decimal(3))),
        cart.with_line(replace(line, description="the red one")),
        cart.without(line.id),
        replace(cart, delivery_on="2027-01-07"),
        replace(cart, delivery_address="Sopot"),
        replace(cart, discount_percent=Decimal(1)),
        replace(cart, description="by noon"),
        replace(cart, currency="EUR"),
    ):
        found = ordering.keep(stores, other, record)[0].cart
        assert found == signing.unsigned(other), "it goes with the change"
        assert documents.load(stores.work, record).signature_sha256 == "", "also from the draft"
    assert ordering.look_at(stores, cart, record).cart == cart, "taken back, it holds again"


def test_that_a_signature_goes_when_prices_are_others_today(stores: AccountStores) -> None:
    cart = signed(stores, cart_of(stores, "2"), "0" * 64)
    dearer = replace(ordering.price(stores, cart), gross=Decimal(99))
    document = ordering.to_document(replace(ordering.look_at(stores, cart), priced=dearer))
    assert signing.with_valid_signature(cart, document) == signing.unsigned(cart)
    abroad = replace(ordering.price(stores, cart), vat_sentences=("Export of goods.",))
    document = ordering.to_document(replace(ordering.look_at(stores, cart), priced=abroad))
    assert signing.with_valid_signature(cart, document) == signing.unsigned(cart), "the sentence is signed too"


def test_that_a_signature_is_sent_once_after_its_order_and_can_be_replaced(stores: AccountStores) -> None:
    first, second = (files.keep_content(stores, content) for content in (b"one drawing", b"another"))
    order, record = ordering.keep(stores, signed(stores, cart_of(stores, "1"), first), "")
    ordering.confirm(stores, order)
    taken = FileRecord(
        owner_kind="document",
        owner_submission=records.load(stores.work, record).submission or "",
        file_name="signature.png",
        media_type="image/png",
        size=0,
        sha256="",
    )
    files.add_file(stores.work, taken, b"a photo of the same name")
    photo = signatures(stores)[1]
    documents.reopen(stores.work, record)
    again, _same = ordering.keep(stores, ordering.resume(stores, record), record)
    ordering.confirm(stores, again)
    assert signatures(stores) == [("confirmed", first), photo], "confirmed anew, it does not go twice"
    documents.reopen(stores.work, record)
    other, _same = ordering.keep(stores, signed(stores, again.cart, second), record)
    ordering.confirm(stores, other)
    assert signatures(stores) == [("voided", first), photo, ("confirmed", second)]
    documents.reopen(stores.work, record)
    unsigned, _same = ordering.keep(stores, signing.unsigned(other.cart), record)
    ordering.confirm(stores, unsigned)
    assert signatures(stores) == [("voided", first), photo, ("voided", second)]


def test_that_a_resumed_draft_gets_the_current_date_and_a_number_keeps_its_month(stores: AccountStores) -> None:
    begun = replace(cart_of(stores, "1"), issued_on="2026-03-30", delivery_on="2026-03-31")
    order, record = ordering.keep(stores, begun, "")
    resumed = ordering.resume(stores, record, today=date(2026, 4, 2))
    assert (resumed.issued_on, resumed.delivery_on) == ("2026-04-02", "2026-04-03")
    later = replace(begun, delivery_on="2026-05-04")
    _order, other = ordering.keep(stores, later, "")
    assert ordering.resume(stores, other, today=date(2026, 4, 2)).delivery_on == "2026-05-04"
    with days.at("2026-03-30 10:00"):
        ordering.confirm(stores, ordering.look_at(stores, order.cart, record))
    document = documents.reopen(stores.work, record)
    assert "/03/26/" in document.number
    kept = ordering.resume(stores, record, today=date(2026, 4, 2))
    assert (kept.issued_on, kept.number) == ("2026-03-30", document.number)
    with days.at("2026-03-31 10:00"):
        again, _record = ordering.keep(stores, kept, record)
        ordering.confirm(stores, again)
    assert documents.load(stores.work, record).number == document.number


def test_that_a_copy_lists_differences_line_by_line(stores: AccountStores) -> None:
    order, record = ordering.keep(stores, cart_of(stores, "2"), "")
    document = documents.load(stores.work, record)
    dearer = [msgspec.structs.replace(line, unit_price="12.50") for line in document.lines]
    gone = msgspec.structs.replace(document.lines[0], line="9", item=987_654, item_name="Gone")
    old = msgspec.structs.replace(document, lines=[*dearer, gone])
    copied = ordering.look_at(stores, repeating.copy(stores, old))
    assert repeating.differences(old, copied) == [
        Difference("Item I2 Żółć", "pcs", Decimal("12.50"), Decimal("10.00")),
        Difference("Gone", "pcs", Decimal("10.00"), None),
    ]
    assert repeating.differences(document, order) == []


def test_that_free_goods_are_neither_copied_nor_reordered(make_tablet: Any) -> None:
    tablet: Tablet = make_tablet("rep1")
    line = {"item": "I1", "unit": "pcs", "quantity": "10", "unit_price": "9.00", "net": "90.00"}
    given = line | {"quantity": "2", "unit_price": "0.00", "net": "0.00"}
    documents_of_erp = tablet.gateway.connector.company["auxiliary.documents"]
    documents_of_erp["D2"] = documents_of_erp["D1"] | {
        "customer": "C1",
        "representative": "rep1",
        "erp_number": "ZS/5/26",
        "lines": [given, line, given | {"item": "I2"}],
    }
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        cart = ordering.begin(stores, "sales_order", customer=key_of(stores, "customers.customers", "C1"))
        assert repeating.last_quantities(stores, cart) == {"I1": (Decimal(10), "pcs")}
        assert [line.quantity for line in repeating.last_lines(stores, cart)] == [10]
        key = stores.catalog.all(ErpDocument, "erp_number='ZS/5/26'")[0].id
        view = document_view.view_of_erp(stores, key)
        assert view is not None
        assert view.document is not None
        assert [line.is_free for line in view.lines] == [True, False, True]
        assert view.left_out == ()
        copied = ordering.look_at(stores, repeating.copy(stores, view.document))
        assert [line.quantity for line in copied.cart.lines] == [10]
        assert [one.before for one in repeating.differences(view.document, copied)] == [Decimal("9.00")]


@pytest.mark.parametrize("is_gross", [False, True])
def test_that_a_line_of_a_document_shows_all_discounts_like_the_cart(make_tablet: Any, is_gross: bool) -> None:
    tablet: Tablet = make_tablet("rep1")
    company = tablet.gateway.connector.company
    company["customers.customers"]["C1"]["general_discount_percent"] = 50_000
    for price_list in company["directories.price_types"].values():
        price_list["is_gross"] = int(is_gross)
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    with stores_of(tablet) as stores:
        cart = cart_of(stores, "3")
        (line,) = cart.lines
        order, record = ordering.keep(stores, cart.with_line(replace(line, discount_percent=Decimal(10))), "")
        (priced,) = order.priced.lines
        assert order.priced.is_gross == is_gross
        assert priced.saved_percent == Decimal("14.5"), "5 % of the customer, then 10 % of its own"
        view = document_view.view_of_record(stores, record)
    assert view is not None
    assert [entry.discount_percent for entry in view.lines] == [priced.saved_percent]


def test_that_half_a_piece_cannot_be_confirmed(stores: AccountStores) -> None:
    found = problem_of(stores, cart_of(stores, "1.5"), "document.bad_decimals")
    assert found is not None
    assert found.blocks
    assert problem_of(stores, cart_of(stores, "2.0"), "document.bad_decimals") is None


def test_that_a_typed_line_is_added_once() -> None:
    cart = Cart("sales_order", "2026-03-02", "PLN").with_lines([CartLine("", 7, 1, Decimal(2))])
    assert [line.id for line in cart.lines] == ["1"]
    assert cart.with_lines([CartLine("", 7, 1, Decimal(3))]).lines[0].quantity == 5


def test_that_a_draft_for_a_new_customer_keeps_the_customers_class(stores: AccountStores) -> None:
    made = CustomerRecord(name="Nowy", addresses=[Address("main", city="Gdynia")], customer_class="A")
    _, submission = customers.save_customer(stores.work, made)
    begun = ordering.begin(stores, "sales_order", new_customer=submission)
    cart = begun.with_quantity(
        key_of(stores, "items.forms", "I2"), key_of(stores, "directories.units", "pcs"), Decimal(1)
    )
    _order, draft = ordering.keep(stores, cart, "")
    assert ordering.resume(stores, draft).customer_class == begun.customer_class == "A"


def test_that_a_document_names_the_checkpoint_of_its_prices_when_a_sync_publishes_meanwhile(
    stores: AccountStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _record = ordering.keep(stores, cart_of(stores, "1"), "")
    points = iter(["7-a", "8-b", "8-b", "8-b"])
    monkeypatch.setattr(CatalogReader, "checkpoint_of", lambda _self, _keys: next(points))
    ordering.confirm(stores, order)
    with stores.work.read() as connection:
        (kept,) = connection.execute(select(outbox_table.c.checkpoint)).scalars()
    assert (kept, list(points)) == ("8-b", []), "priced again at the second one"


def confirmed(stores: AccountStores, cart: Cart) -> str:
    order, _record = ordering.keep(stores, cart, "")
    return ordering.confirm(stores, order)


def test_that_the_last_order_is_no_quote(stores: AccountStores) -> None:
    with days.at("2026-03-02 10:00"):
        confirmed(stores, cart_of(stores, "2"))
    quote = replace(cart_of(stores, "99"), type="sales_quote", issued_on="2026-03-03")
    documents.confirm(stores.work, ordering.to_document(ordering.look_at(stores, quote)), NUMERATOR, checkpoint="")
    now = cart_of(stores, "0")
    assert [line.quantity for line in repeating.last_lines(stores, now)] == [2]
    assert [quantity for quantity, _unit in repeating.last_quantities(stores, now).values()] == [2]
    copy = repeating.copy(stores, ordering.to_document(ordering.look_at(stores, quote)))
    assert copy.type == "sales_quote", "a copy keeps its kind"


def test_that_the_same_order_once_more_on_a_day_is_told(stores: AccountStores) -> None:
    cart = cart_of(stores, "2")
    assert problem_of(stores, cart, "document.same_today") is None
    record = confirmed(stores, cart)
    number = records.load(stores.work, record).number
    again = problem_of(stores, cart, "document.same_today")
    assert again is not None
    assert (again.blocks, dict(again.params)) == (False, {"number": number})
    assert problem_of(stores, cart, "document.same_today", record) is None, "it is not its own double"
    tomorrow = replace(cart, issued_on=(date.fromisoformat(cart.issued_on) + timedelta(days=1)).isoformat())
    for other in (cart_of(stores, "3"), replace(cart, type="sales_quote"), tomorrow, replace(cart, customer=None)):
        assert problem_of(stores, other, "document.same_today") is None
    documents.void(stores.work, record)
    assert problem_of(stores, cart, "document.same_today") is None, "a voided order is none"
