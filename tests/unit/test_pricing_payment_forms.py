"""The discount or surcharge of a payment form: rule 5."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from salesapp.domain.pricing import LineInput
from tests.unit.pricing_cases import GROSS, WINE, D, Shop, line
from tests.unit.test_pricing_laws import line_lists, shops

CASH = 1


def paid(percent: str | None, shop: Shop | None = None) -> Shop:
    """A shop where cash has a discount."""
    shop = shop or Shop()
    value = None if percent is None else D(percent)
    row = {"id": CASH, "code": "CASH", "name": "Cash", "kind": "cash", "due_days": 0, "discount_percent": value}
    shop.rows["directories.payment_forms"] = [row]
    return shop


def test_that_the_payment_form_is_the_last_discount_and_has_a_step() -> None:
    found = paid("2").document(line("1"), line("2", item=WINE), payment_form=CASH, discount_percent=D(10))
    assert (found.net, found.discount, found.payment_discount, found.payment_percent) == (
        D("132.30"),
        D(15),
        D("2.70"),
        D(2),
    )
    steps = [(step.code, step.label, step.value, step.after, step.source) for step in found.lines[0].value_steps]
    assert steps[1:] == [
        ("document_discount", "", "-10 %", D(90), ""),
        ("payment_form", "Cash", "-2 %", D("88.20"), f"directories.payment_forms/{CASH}"),
    ]
    assert [entry.unit_price_net for entry in found.lines] == [D(100), D(50)], "unit prices stay"


def test_that_another_form_and_an_unknown_one_have_no_discount() -> None:
    for form in (None, 99):
        assert paid("2").document(line("1"), payment_form=form).net == D(100)
    assert paid(None).document(line("1"), payment_form=CASH).net == D(100)


def test_that_a_negative_percent_is_a_surcharge() -> None:
    found = paid("-1.5").document(line("1"), line("2", item=WINE), payment_form=CASH)
    assert (found.net, found.payment_discount) == (D("152.25"), D("-2.25"))
    assert [entry.payment_discount for entry in found.lines] == [D("-1.50"), D("-0.75")]
    assert found.lines[0].value_steps[-1].value == "+1.5 %"


def test_that_it_leaves_what_no_discount_may_reduce_and_limits_nothing_of_the_representative() -> None:
    kept = Shop().component("price_kept", "80").profile("NET", maximum="5")
    found = paid("10", kept).document(line("1"), line("2", item=WINE, own="5"), payment_form=CASH, profile="field")
    assert [entry.net for entry in found.lines] == [D(80), D("42.75")]
    assert found.warnings == ()


def test_that_a_gross_list_has_a_gross_discount() -> None:
    found = paid("10").document(line("1", "2"), price_type=GROSS, payment_form=CASH)
    assert (found.gross, found.payment_discount, found.net) == (D("221.40"), D("24.60"), D("180.00"))


@settings(max_examples=120, deadline=None)
@given(shops(), line_lists(), st.decimals(-100, 100, places=2), st.sampled_from([D(0), D(7)]))
def test_that_its_parts_add_up_and_nothing_falls_below_zero(
    shop: Shop, lines: list[LineInput], percent: Decimal, own: Decimal
) -> None:
    more = {"customer": 1, "payment_form": CASH, "discount_percent": own}
    shop = paid(f"{percent}", shop)
    found = shop.document(*lines, **more)
    assert sum((entry.payment_discount for entry in found.lines), D(0)) == found.payment_discount
    for entry in (entry for entry in found.lines if entry.error is None):
        assert min(entry.net, entry.vat, entry.gross) >= 0
        assert entry.value_steps[-1].after == (entry.gross if found.is_gross else entry.net)
    other = shop.document(*lines[::-1], **more)
    assert {entry.id: entry for entry in other.lines} == {entry.id: entry for entry in found.lines}
