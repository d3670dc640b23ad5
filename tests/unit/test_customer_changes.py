"""A change of a customer and the office's newer version: field by field, nothing is lost unseen."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from salesapp.protocol.records import Address, Contact, ContactPerson, CustomerRecord
from salesapp.services import customer_changes as changes

WORDS = st.sampled_from(("", "a", "b", "c"))
Values = dict[str, changes.Value]
NEEDED = st.sampled_from(("a", "b", "c"))
KEYS = st.sampled_from((None, 1, 2))
FIELDS = st.fixed_dictionaries(
    dict.fromkeys(changes.FIELDS, WORDS)
    | {"name": NEEDED, "person.name": NEEDED, "payment_form": KEYS, "price_type": KEYS}
    | {"kind": st.sampled_from(("company", "person"))}
)
BASE = CustomerRecord(
    "a",
    [Address("main", is_default=True), Address("delivery", street="ul. Morska 2")],
    contact_persons=[ContactPerson("a", is_default=True), ContactPerson("second")],
    contacts=[Contact("fax", "1")],
    customer=7,
    base_hash=1,
)


@given(FIELDS)
def test_that_values_survive_a_record_and_other_fields_stay(values: Values) -> None:
    record = changes.with_values(BASE, values)
    assert changes.values_of(record) == values
    assert (record.addresses[1:], record.contact_persons[1:]) == (BASE.addresses[1:], BASE.contact_persons[1:])
    assert (record.contacts, record.base_hash) == (BASE.contacts, 1)


@given(FIELDS, FIELDS, FIELDS)
def test_that_by_default_own_changes_win_and_other_fields_follow_the_office(
    began: Values, wrote: Values, has: Values
) -> None:
    before, mine, office = (changes.with_values(BASE, values) for values in (began, wrote, has))
    differences = changes.compare(before, mine, office)
    merged = changes.merged(msgspec.structs.replace(office, base_hash=2), differences)
    expected = {name: wrote[name] if wrote[name] != began[name] else has[name] for name in changes.FIELDS}
    assert changes.values_of(merged) == expected
    assert merged.base_hash == 2
    sent = changes.with_values(office, has | {"notes": wrote["notes"]})
    assert changes.changed_fields(office, sent) == (["notes"] if wrote["notes"] != has["notes"] else [])


@given(FIELDS, FIELDS, FIELDS, FIELDS)
def test_that_overwritten_values_are_kept_if_both_changed_a_field(
    began: Values, wrote: Values, has: Values, chosen: Values
) -> None:
    before, mine, office = (changes.with_values(BASE, values) for values in (began, wrote, has))
    kept = changes.not_taken(changes.compare(before, mine, office), chosen, "09:00", "10:00")
    there = {(entry.field, entry.value) for entry in kept}
    for name in changes.FIELDS:
        if len({str(values[name]) for values in (began, wrote, has)}) == 3:  # both changed it, differently
            assert {(name, value) for value in (wrote[name], has[name]) if value != chosen[name]} <= there


def test_that_without_the_base_version_every_difference_is_asked() -> None:
    mine, office = msgspec.structs.replace(BASE, phone="1", notes="n"), msgspec.structs.replace(BASE, phone="2")
    found = changes.compare(None, mine, office)
    assert [(one.field, one.by_both, one.default) for one in found] == [
        ("phone", True, "mine"),
        ("notes", True, "mine"),
    ]
