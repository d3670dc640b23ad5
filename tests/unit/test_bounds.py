"""Every value of every answer is bounded, including new fields."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from salesapp.protocol import messages
from salesapp.protocol.messages import Answer
from tests.hostile import NASTY

ANSWERS = [kind for kind in vars(messages).values() if isinstance(kind, type) and issubclass(kind, Answer)]
BOUNDED_BY_BYTES = {("Manifest", "objects"), ("ArrivedManifest", "objects")}


def unbounded(kind: Any) -> Iterator[str]:
    """Yields the unbounded parts of a type."""
    if isinstance(kind, inspect.IntType) and (kind.ge is None or kind.le is None):
        yield "number"
    elif isinstance(kind, inspect.StrType) and kind.max_length is None and not (kind.pattern or "").endswith(r"\Z"):
        yield "text"
    elif isinstance(kind, inspect.ListType):
        yield from ["list"] if kind.max_length is None else unbounded(kind.item_type)
    elif isinstance(kind, inspect.DictType):
        yield from ["mapping"] if kind.max_length is None else [*unbounded(kind.key_type), *unbounded(kind.value_type)]
    elif isinstance(kind, inspect.UnionType):
        for part in kind.types:
            yield from unbounded(part)
    elif isinstance(kind, inspect.AnyType | inspect.FloatType | inspect.DecimalType):
        yield "anything"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda kind: kind.__name__)
def test_that_every_field_of_an_answer_is_bounded(answer: type[Answer]) -> None:
    shape = inspect.type_info(answer)
    assert isinstance(shape, inspect.StructType)
    for field in shape.fields:
        if (answer.__name__, field.name) not in BOUNDED_BY_BYTES:
            assert list(unbounded(field.type)) == [], field.name


def test_that_the_test_finds_answers() -> None:
    assert len(ANSWERS) > 10


@pytest.mark.parametrize("name", list(NASTY))
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda kind: kind.__name__)
def test_that_a_hostile_value_is_accepted_or_refused_with_an_expected_error(answer: type[Answer], name: str) -> None:
    """Only exceptions in `UNREADABLE` are raised, for any value in any field."""
    for field in answer.__struct_fields__:
        value = NASTY[name] or b"null"
        try:
            msgspec.json.decode(b'{"%s": %s}' % (field.encode(), value), type=answer)
        except messages.UNREADABLE:
            continue
