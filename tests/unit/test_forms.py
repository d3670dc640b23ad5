"""Texts of records: every field has a form, and typed or pasted text is in it when it leaves the device."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from salesapp.protocol import forms
from salesapp.protocol.messages import Submission, SubmissionKind
from salesapp.protocol.records import PAYLOADS, Payload
from salesapp.store import outbox, records
from salesapp.store.folders import AccountFolder
from salesapp.store.work import WorkStore

NASTY = "a\r\nb\tc\x00\x1b[2J\x7f\x9b\u2028d\u202ee\u2066f" + "x" * 20_000


@pytest.fixture
def work(tmp_path: Path) -> Iterator[WorkStore]:
    account = AccountFolder(tmp_path / "account", "gateway", "rep", "http://127.0.0.1")
    account.make()
    made = WorkStore.open(account, bytes(32))
    yield made
    made.close()


def structs(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """Returns the class and those of its fields."""
    yield kind
    for hint in get_type_hints(kind).values():
        for part in get_args(hint):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                yield from structs(part)


ALL = sorted({found for kind in PAYLOADS.values() for found in structs(kind)}, key=lambda kind: kind.__name__)


def filled(kind: type[msgspec.Struct]) -> Any:
    """Returns a payload with hostile content in every text."""
    values: dict[str, Any] = {}
    hints = get_type_hints(kind, include_extras=True)
    for field in msgspec.structs.fields(kind):
        parts = get_args(field.type)
        inner = next((part for part in parts if isinstance(part, type) and issubclass(part, msgspec.Struct)), None)
        if inner is not None:
            values[field.name] = [filled(inner)]
        elif field.name == "answers":
            values[field.name] = {"q\x1b": NASTY, "list": [NASTY]}
        elif forms._form(hints[field.name]) is not None:
            values[field.name] = [NASTY] if get_origin(hints[field.name]) is list else NASTY
        elif field.required:
            values[field.name] = parts[0] if isinstance(parts[0] if parts else None, str) else 1
    return kind(**values)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_that_every_text_of_a_payload_has_a_form(kind: type[Payload]) -> None:
    hints = get_type_hints(kind, include_extras=True)
    without = [name for name, hint in hints.items() if hint is str or hint == list[str]]
    assert without == []


@pytest.mark.parametrize("kind", PAYLOADS)
def test_that_everything_a_tablet_makes_is_in_its_form(kind: SubmissionKind, work: WorkStore) -> None:
    made = filled(PAYLOADS[kind])
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(msgspec.to_builtins(made), PAYLOADS[kind])
    with work.write() as connection:
        submission = outbox.add(connection, kind, "a record", made)
        records.save(connection, "a record", kind, "confirmed", made, submission=submission)
    sent = msgspec.json.decode(outbox.Outbox(work).freeze(submission), type=Submission)
    for payload in (sent.payload, msgspec.to_builtins(records.load(work, "a record").payload)):
        taken = msgspec.convert(payload, PAYLOADS[kind])
        assert all(forms.is_plain(value) for value in payload.values())
        assert taken == forms.cleaned(taken)


def test_that_lines_stay_lines_and_nothing_else_is_lost() -> None:
    assert forms.in_lines("one\r\ntwo\rthree\n\tfour żółć \U0001f34e") == "one\ntwo\nthree\n\tfour żółć \U0001f34e"
    assert forms.one_line("one\r\n two\tthree") == "one  two three"
    assert forms.one_line("שלום\u200f عربي") == "שלום\u200f عربي", "marks of a direction that ends by itself"


@pytest.mark.parametrize("text", ["a\nb", "a\x1b[2J", "a\u202eb", "a\u2066b", "a\x00", "a\x9b", "a\u2028", "a" * 201])
def test_that_a_name_is_one_short_line(text: str) -> None:
    assert not forms.is_name(text)
    assert forms.is_name("Zażółć O'Brien-2 (Łódź) 📱")
