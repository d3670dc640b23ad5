"""Patterns of in-store codes: what is a right one, and what a code says by it."""

from decimal import Decimal

import pytest

from salesapp.domain.barcode_patterns import pattern_fault
from salesapp.domain.in_store_codes import Measured, read_measure

WEIGHT, PRICE = "27PPPPPWWWWWC", "29PPPPPAAAAAC"


@pytest.mark.parametrize("pattern", [WEIGHT, PRICE, "22PPPPPVWWWWWC", "2PPPPPPAAAAC", "23PPPPPPXWWWW", "2PPPAAAC"])
def test_that_a_right_pattern_has_no_fault(pattern: str) -> None:
    assert pattern_fault(pattern) == ""


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "27PPPPPWWWW", "27PPPPPWWWWWCC", "PPPPPPPWWWWWC", "27PPPPPWWWWCW", "27PPXPPWWWWWC", "270000000WWWC"),
        *("27PPPPPPPPPPC", "27PPPPPWWAAAC", "27PPPPPWWXWWC", "27pppppwwwwwc", "22PPPPPVVWWWWC", "22PPPPVWWWWWWC"),
    ],
)
def test_that_a_wrong_pattern_is_said_to_be_one(pattern: str) -> None:
    assert pattern_fault(pattern)
    assert read_measure(pattern, "2712345012506") is None


def test_that_a_weight_is_read_in_kg_with_all_that_the_item_may_be_kept_under() -> None:
    assert read_measure(WEIGHT, "2700123012505") == Measured(
        ("2700123000007", "2700123000000", "00123"), ("00123", "123"), weight=Decimal("1.250")
    )


def test_that_a_price_is_read_in_the_smallest_unit() -> None:
    found = read_measure(PRICE, "2900123012509")
    assert found is not None
    assert (found.price, found.weight) == (1250, None)


@pytest.mark.parametrize(
    "code", ["2700123012504", "2600123012505", "270012301250", "27001230125O5", "270012301250\u0665"]
)
def test_that_a_code_of_another_form_or_with_a_wrong_check_digit_is_not_read(code: str) -> None:
    assert read_measure(WEIGHT, code) is None


def test_that_the_check_digit_of_the_value_is_checked() -> None:
    """The value 14685 of the GS1 General Specifications has the check digit 6."""
    found = read_measure("22PPPPVWWWWWC", "2212346146856")
    assert found is not None
    assert found.weight == Decimal("14.685")
    assert read_measure("22PPPPVWWWWWC", "2212345146857") is None
