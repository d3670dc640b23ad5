"""Free goods are counted once, and hints come true: rule 4."""

from dataclasses import replace
from decimal import ROUND_UP, Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.price_rules.numbers import CONTEXT
from salesapp.domain.pricing import LineInput, NextScale, PricedDocument, PricedLine
from tests.unit.pricing_cases import BOX, MUG, OIL, PIECE, THIRD, WATER, WINE, D, Shop, line
from tests.unit.test_pricing_laws import line_lists, shops

_UNITS = {(OIL, BOX): D(10), (WATER, BOX): D(12), (OIL, THIRD): D(1) / D(3)}


def free_of(found: PricedDocument, promotion: int, item: int | None = None) -> Decimal:
    """How many units a promotion gives in the whole document: of one item, or of all."""
    lines = (entry for entry in found.lines if entry.is_free and entry.promotions[0].promotion == promotion)
    return sum((entry.quantity for entry in lines if item in {None, entry.item}), D(0))


def pooled() -> Shop:
    """A glass for each ten of oil and wine, where the oil has a promotion that does not combine."""
    shop = Shop().promotion("percent", ("0", "1"), items=(OIL,), combines=False)
    shop.free("10", "1", "MUG", items=(OIL, WINE), priority=2, combines=False)
    return shop.promotion("percent", ("0", "5"), items=(WINE,), priority=3)


def test_that_free_goods_are_counted_from_all_matching_lines() -> None:
    found = pooled().document(line("1", "8"), line("2", "4", item=WINE))
    assert [(entry.given_by, entry.item, entry.quantity) for entry in found.lines if entry.is_free] == [
        ("2", MUG, D(1))
    ]
    assert [entry.value for entry in found.lines[1].promotions] == ["10+1"]


def test_that_free_goods_that_come_from_no_line_do_not_count() -> None:
    found = pooled().document(line("1", "12"), line("2", "0.5", item=WATER))
    assert not any(entry.is_free for entry in found.lines), "the oil gets no other promotion"


def test_that_what_is_missing_to_a_free_unit_is_counted_from_the_same_lines() -> None:
    shop = pooled()
    hint = shop.document(line("1", "8"), line("2", "9", item=WINE)).lines[1].next_scale
    assert hint is not None
    assert hint.missing == D(3)
    after = shop.document(line("1", "8"), line("2", "12", item=WINE))
    assert free_of(after, 2) == 2


def test_that_a_hint_promises_amounts_in_the_documents_currency() -> None:
    def told(shop: Shop, currency: str) -> str:
        hint = shop.document(line("1", "1"), currency=currency).lines[0].next_scale
        assert hint is not None
        return hint.value

    of_list = Shop().promotion("amount", ("5", "8.50"))
    assert [told(of_list, currency) for currency in ("PLN", "EUR")] == ["8.5", "2"]
    in_euros = Shop().promotion("fixed_price", ("5", "2"), currency=2)
    assert [told(in_euros, currency) for currency in ("PLN", "EUR")] == ["8.5", "2"]


def test_that_a_gift_that_nobody_knows_leaves_the_line_to_other_promotions() -> None:
    shop = Shop().free("1", "1", "NOTHING", combines=False).promotion("percent", ("0", "10"), priority=2)
    found = shop.document(line("1", "2"))
    assert (found.lines[0].unit_price_net, found.lines[0].next_scale) == (D(90), None)
    assert [warning.code for warning in found.warnings] == ["price.unknown_free_item"]


def test_that_nothing_is_promised_on_a_price_that_no_discount_may_reduce_or_that_is_zero() -> None:
    protected = Shop().component("price_kept", "80").promotion("percent", ("5", "10")).promotion("amount", ("6", "1"))
    assert protected.line("3").next_scale is None
    assert Shop().without_prices().price(OIL, "0").promotion("percent", ("5", "10")).line("3").next_scale is None


def test_that_free_goods_are_promised_from_where_a_unit_is_free() -> None:
    hint = Shop().free("10", "1", start="5").line("3").next_scale
    assert hint is not None
    assert hint.missing == D(7)


def test_that_what_is_missing_is_rounded_up() -> None:
    shop = Shop().promotion("percent", ("4", "10"))
    hint = shop.line("1", unit=THIRD).next_scale
    assert hint is not None
    assert hint.missing == D("3.6666666667")
    by_value = Shop().without_prices().price(OIL, "0.3333").promotion("percent", ("1", "10"), threshold="value")
    by_value.rows["directories.price_types"][0]["decimals"] = 4
    assert by_value.line("2").next_scale == NextScale(1, "Promotion 1", "percent", "value", D("0.34"), None, "10")


def test_that_a_scale_that_is_no_better_is_not_promised() -> None:
    shop = Shop().promotion("percent", ("2", "10"), ("5", "3"), ("9", "12"))
    assert shop.line("3").next_scale is None
    assert shop.line("5").next_scale is not None


def test_that_values_count_before_they_are_rounded() -> None:
    shop = Shop().without_prices().price(OIL, "49.995").promotion("percent", ("100", "10"), threshold="value")
    shop.rows["directories.price_types"][0]["decimals"] = 3
    assert shop.line("2").promotions == (), "2 x 49.995 is 99.99, and the line's value 99.99"
    shop.rows["directories.price_types"][0]["decimals"] = 4
    shop.rows["items.prices"][0]["value"] = D("49.9975")
    assert shop.line("2").promotions == (), "99.995 is no 100, though the line's value is 100.00"


def fulfilled(entry: LineInput, before: PricedLine, hint: NextScale) -> LineInput:
    """The line with as much more as the hint says."""
    with localcontext(CONTEXT):
        if hint.threshold == "value":
            more = (hint.missing / before.list_price).quantize(D("1e-20"), ROUND_UP)
        else:
            more = hint.missing / _UNITS.get((entry.item, entry.unit), D(1))
            more = hint.missing * 3 if entry.unit == THIRD else more
        return replace(entry, quantity=entry.quantity + more)


def gives(found: PricedLine, hint: NextScale) -> bool:
    return hint.value in {one.value for one in found.promotions if one.promotion == hint.promotion}


def is_cheaper(found: PricedLine, before: PricedDocument) -> bool:
    former = before.line(found.id)
    return former is not None and not found.is_free and found.steps[-1].after < former.steps[-1].after


def others_of(shop: Shop, promotion: int, entry: LineInput, lines: list[LineInput]) -> set[str]:
    """The lines that become cheaper if the line only counts for the promotion, else the line itself."""
    roles = {row["item"]: row["role"] for row in shop.rows["promotions.items"] if row["promotion"] == promotion}
    only_counts = roles.get(entry.item) == "condition"
    return {one.id for one in lines if roles.get(one.item) == "benefit"} if only_counts else {entry.id}


@settings(max_examples=250, deadline=None)
@given(shops(), line_lists(), st.sampled_from([None, "MUG"]), st.integers(1, 12))
def test_that_doing_what_a_hint_says_changes_the_price_as_it_says(
    shop: Shop, lines: list[LineInput], gift: str | None, per: int
) -> None:
    shop.free(str(per), "1", gift, start="4", priority=2)
    plain = [replace(entry, discount_percent=D(0)) for entry in lines]
    before = shop.document(*plain, customer=1)
    for entry in plain:
        priced = before.line(entry.id)
        if priced is None or priced.next_scale is None:
            continue
        hint = priced.next_scale
        changed = [fulfilled(one, priced, hint) if one.id == entry.id else one for one in plain]
        after = shop.document(*changed, customer=1)
        given = [found for found in after.lines if gives(found, hint)]
        if hint.kind == "free_goods":
            better = others_of(shop, hint.promotion, entry, plain)
            items = {None, *(one.item for one in plain if one.id in better)}  # others may choose another promotion now
            assert any(free_of(after, hint.promotion, of) > free_of(before, hint.promotion, of) for of in items)
            assert given
        else:
            cheaper = {found.id for found in given if is_cheaper(found, before)}
            assert cheaper & others_of(shop, hint.promotion, entry, plain)


def test_that_pieces_are_the_unit_of_what_is_missing() -> None:
    hint = Shop().promotion("percent", ("30", "5")).line("2", item=WATER, unit=BOX).next_scale
    assert hint is not None
    assert (hint.missing, hint.unit) == (D(6), PIECE)
