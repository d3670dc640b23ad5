"""The declarations agree with the specification and with each other."""

from dataclasses import replace

from salesapp.domain.catalogue import CATALOGUE, SECTIONS, Catalogue
from salesapp.domain.schema import Kind

SPECIFIED = {
    "Directories": [
        "Units",
        "Warehouses",
        "Price Types",
        "VAT Rates",
        "Payment Forms",
        "Vehicles",
        "Travel Types",
        "Currencies",
        "Types of Prices and Discounts",
        "Global Price Configuration",
    ],
    "Items": ["Forms", "Units", "Prices", "Resources", "Groups", "Groups Links"],
    "Customers": ["Customers"],
    "Appointments": ["Appointment Types", "Appointment Templates", "Appointments"],
    "Documents": ["Numerators"],
    "Promotions": ["Headers", "Items"],
    "Additional Information": ["Attributes Definitions", "Attributes Values"],
    "Attachments": ["Images"],
}


def test_that_sections_and_labels_match_the_specification_in_order() -> None:
    declared = {section.label: [entry.label for entry in CATALOGUE.in_section(section.key)] for section in SECTIONS}
    assert declared == SPECIFIED
    assert list(declared) == list(SPECIFIED)
    assert len(CATALOGUE.objects) == 26


def test_that_every_reference_and_rule_names_an_existing_object() -> None:
    for entry in CATALOGUE.all:
        names = set(entry.field_names)
        assert len(names) == len(entry.fields)
        assert set(entry.natural_key) <= names
        assert {rule.field for rule in entry.scope} <= names
        assert set(entry.search) <= names
        assert {name for fields in entry.indexes for name in fields} <= names
        for field in entry.references():
            assert field.target_keys(), (entry.key, field.name)
            assert set(field.target_keys()) <= set(CATALOGUE.by_key)
        for rule in entry.scope:
            assert rule.prefix or entry.field(rule.field).kind is Kind.REFERENCE


def test_that_parents_come_before_what_references_them() -> None:
    seen: set[str] = set()
    for entry in CATALOGUE.parents_first:
        for field in entry.references():
            assert set(field.target_keys()) <= seen | {entry.key}, entry.key
        seen.add(entry.key)
    assert seen == set(CATALOGUE.by_key)


def test_that_sections_are_in_the_specifications_order_with_new_ones_at_the_end() -> None:
    assert CATALOGUE.sections == tuple(section.key for section in SECTIONS)
    turned = Catalogue(tuple(reversed(CATALOGUE.objects)), ())
    more = turned.extended(replace(CATALOGUE.objects[0], key="extras.extras"))
    assert more.sections == (*CATALOGUE.sections, "extras")


def test_that_a_row_names_only_one_parent_with_a_scope_of_its_own() -> None:
    """A row has one scope: a second parent that not everybody has would set the row aside for everybody."""
    for entry in CATALOGUE.all:
        first = entry.scope[0].field if entry.scope and not entry.scope[0].prefix else ""
        bound = (field for field in entry.references() if field.strong and not field.elsewhere)
        scoped = [field.name for field in bound if any(CATALOGUE.by_key[key].scope for key in field.target_keys())]
        assert scoped in ([], [first]), entry.key
