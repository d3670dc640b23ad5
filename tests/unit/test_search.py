"""Search as you type: any text becomes a valid query."""

from hypothesis import given
from hypothesis import strategies as st

from salesapp.store.search import MOST_WORDS, match_expression


def test_that_every_word_must_begin_a_word() -> None:
    assert match_expression("mleko 3,2") == '"mleko"* "3"* "2"*'
    assert match_expression("Żółty ser") == '"Żólty"* "ser"*'
    assert match_expression("Łosoś") == '"Losoś"*'
    assert match_expression('" OR * NEAR(') == '"OR"* "NEAR"*'
    assert match_expression("  ") == ""


@given(st.text(max_size=80))
def test_that_typed_text_cannot_leave_its_quotes(typed: str) -> None:
    expression = match_expression(typed)
    words = expression.split(" ") if expression else []
    assert len(words) <= MOST_WORDS
    assert all(word.startswith('"') and word.endswith('"*') and '"' not in word[1:-2] for word in words)
