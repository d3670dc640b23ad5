"""Rows as classes: read from their stored values, or made from Python's."""

from decimal import Decimal

import pytest

from salesapp.domain.objects.customers import Address, Customer
from salesapp.domain.objects.items import Item, ItemUnit


def test_that_a_row_is_read_from_its_stored_values_in_the_catalogues_order() -> None:
    assert ItemUnit.read(7, [1, 2, 12_000_000, 1_000_000, None, None, 1, 0]) == ItemUnit.of(
        7,
        item=1,
        unit=2,
        numerator=Decimal("12.000000"),
        denominator=Decimal("1.000000"),
        is_default_sales=True,
    )


def test_that_a_row_is_made_from_named_values_and_is_empty_otherwise() -> None:
    row = Customer.of(3, code="C1", addresses=(Address(city="Poznań"),))

    assert (row.id, row.code, row.addresses[0].city) == (3, "C1", "Poznań")
    assert (row.credit_limit, row.contacts) == (None, ())
    assert Item.of(1).is_active is False


def test_that_an_unknown_field_name_is_refused() -> None:
    with pytest.raises(TypeError, match=r"customers\.customers has no codes"):
        Customer.of(1, codes="C1")


def test_that_a_row_holds_its_fields_and_nothing_else() -> None:
    assert not hasattr(Item.of(1), "__dict__")
