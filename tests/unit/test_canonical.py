"""Laws of canonical rows and digests."""

import json
import random

from hypothesis import given
from hypothesis import strategies as st

from salesapp.domain.canonical import (
    Digest,
    Value,
    canonical_json,
    decode_values,
    encode_values,
    root_digest,
    row_hash,
)

values = st.lists(
    st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec="utf-8"), max_size=30), max_size=8
)
hashes = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=50)


@given(values)
def test_that_a_canonical_form_is_plain_json_and_can_be_read_back(row: list[Value]) -> None:
    encoded = encode_values(row)
    assert json.loads(encoded) == row
    assert decode_values(encoded) == row


@given(st.lists(st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=20), max_size=5))
def test_that_printable_text_is_encoded_as_the_standard_library_does(row: list[str]) -> None:
    plain = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    assert encode_values(row) == plain or b"\x7f" in plain


@given(hashes, st.randoms(use_true_random=False))
def test_that_the_order_of_rows_does_not_matter(rows: list[int], chooser: random.Random) -> None:
    shuffled = rows[:]
    chooser.shuffle(shuffled)
    assert Digest.of(rows) == Digest.of(shuffled)


@given(hashes, hashes)
def test_that_digests_can_be_added_and_subtracted(first: list[int], second: list[int]) -> None:
    whole = Digest.of(first + second)
    assert Digest.of(first) + Digest.of(second) == whole
    assert whole - Digest.of(second) == Digest.of(first)
    assert Digest.parse(whole.count, whole.text) == whole


def test_that_the_hash_of_a_row_does_not_change() -> None:
    row = encode_values([1, "Żółć", None])
    assert row == '[1,"Żółć",null]'.encode()
    assert row_hash("items.forms", 7, row) == row_hash("items.forms", 7, row)
    assert row_hash("items.forms", 7, row) != row_hash("items.forms", 8, row)
    assert row_hash("items.units", 7, row) != row_hash("items.forms", 7, row)


def test_that_the_root_does_not_depend_on_the_order_of_objects() -> None:
    parts = [("a", Digest(1, 2, 3)), ("b", Digest(4, 5, 6))]
    assert root_digest(parts) == root_digest(reversed(parts))
    assert root_digest(parts) != root_digest([("a", Digest(1, 2, 3))])


def test_that_nested_values_have_one_spelling() -> None:
    assert canonical_json({"b": [1, "x"], "a": None}) == '{"a":null,"b":[1,"x"]}'
