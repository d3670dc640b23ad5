"""Search as you type: any text becomes a valid query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.store.search import MOST_WORDS, match_expression
from salesapp.views.parts.hits import hits


def test_that_every_word_must_begin_a_word() -> None:
    assert match_expression("mleko 3,2") == '"mleko"* "3"* "2"*'
    assert match_expression("Żółty ser") == '"zolty"* "ser"*'
    assert match_expression("Łosoś") == '"losos"*'
    assert match_expression('" OR * NEAR(') == '"or"* "near"*'
    assert match_expression("  ") == ""


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Gartenstraße", "gartenstrasse"),
        ("Smørrebrød", "smorrebrod"),
        ("Đakovo", "dakovo"),
        ("Œufs", "oeufs"),
        ("Æbleskiver", "aebleskiver"),
        ("Łosoś", "losos"),
        ("Αθήνα", "αθηνα"),
        ("Ёлка", "елка"),
        ("Il\u0131k", "ilik"),
        ("I\u0307stanbul", "istanbul"),
        ("서울", "서울"),
    ],
)
def test_that_letters_are_found_as_people_type_them(text: str, typed: str) -> None:
    assert match_expression(text) == match_expression(typed) == f'"{typed}"*'
    (start, length) = hits(f"a {text} b", typed)[0]
    assert f"a {text} b"[start : start + length] == text


@given(st.text(max_size=80))
def test_that_typed_text_cannot_leave_its_quotes(typed: str) -> None:
    expression = match_expression(typed)
    words = expression.split(" ") if expression else []
    assert len(words) <= MOST_WORDS
    assert all(word.startswith('"') and word.endswith('"*') and '"' not in word[1:-2] for word in words)
