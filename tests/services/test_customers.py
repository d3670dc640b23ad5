"""New and changed customers: checks, possible duplicates, and the sent payload."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesapp.domain.objects.customers import Customer
from salesapp.protocol.codes import CONFLICT
from salesapp.protocol.records import Address, ContactPerson, CustomerRecord, Document, DocumentLine
from salesapp.services import attachments, credit, customer_card, documents, files
from salesapp.services import customer_rules as rules
from salesapp.services import customers as service
from salesapp.services.attachments import Owner
from salesapp.services.documents import TooLateError
from salesapp.store import customers as store
from salesapp.store import records
from salesapp.store.account_stores import AccountStores
from salesapp.store.outbox import Outbox
from tests import numerators
from tests.conftest import Tablet
from tests.services.account_stores import key_of, stores_of

NEW = CustomerRecord(
    name="Delikatesy Bursztyn Sp. z o.o.",
    tax_id="585-000-41-16",
    addresses=[Address("main", street="ul. Portowa 14", postal_code="81-704", city="Sopot", country="PL")],
    city="Sopot",
    phone="+48 58 000 04 18",
    email="sklep@bursztyn.example",
)


def changed(**values: object) -> CustomerRecord:
    return msgspec.structs.replace(NEW, **values)


def fields(customer: CustomerRecord) -> dict[str, str]:
    return {problem.field: problem.code for problem in rules.problems(customer)}


def valid_nip(body: str) -> str:
    weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
    check = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return f"{body}{check}"


def test_that_a_complete_customer_has_no_problems() -> None:
    assert fields(changed(tax_id=valid_nip("585000411"))) == {}


def test_that_all_missing_fields_are_reported_at_once() -> None:
    told = fields(CustomerRecord(name=" ", addresses=[]))
    needed = ("name", "tax_id", "address.street", "address.postal_code", "address.city", "address.country")
    assert told == dict.fromkeys(needed, "missing")


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"tax_id": "5850004117"}, "tax_id", "nip"),
        ({"tax_id": "PL 123"}, "tax_id", "nip"),
        ({"tax_id": "DE123456789"}, "tax_id", "vat"),
        ({"email": "no address"}, "email", "email"),
        ({"email": "a@b.pl,c@d.pl"}, "email", "email"),
        ({"email": "a@b.pl?bcc=c@d.pl"}, "email", "email"),
        ({"contact_persons": [ContactPerson("Jan", email="a@")]}, "person.email", "email"),
        ({"phone": "12"}, "phone", "phone"),
        (
            {"addresses": [Address("main", street="a", postal_code="8170", city="b", country="PL")]},
            "address.postal_code",
            "postal_code",
        ),
    ],
)
def test_that_a_wrong_value_is_reported_at_its_field(values: dict[str, object], field: str, code: str) -> None:
    assert fields(changed(**values))[field] == code


@pytest.mark.parametrize(
    ("typed", "country", "written", "problem"),
    [
        ("00950", "PL", "00-950", ""),
        ("00 950", "pl ", "00-950", ""),
        ("PL-00950", "Polska", "00-950", ""),
        ("00-950", "PL", "00-950", ""),
        ("0095", "PL", "0095", "postal_code"),
        ("009501", "PL", "009501", "postal_code"),
        ("10115", "DE", "10115", ""),
        ("D-10115", "DE", "D-10115", "postal_code_there"),
        ("11000", "CZ", "110 00", ""),
        ("LT-01100", "Litwa", "01100", ""),
        ("1011", "CZ", "1011", "postal_code_there"),
        ("SW1A 1AA", "GB", "SW1A 1AA", ""),
        ("", "PL", "", ""),
    ],
)
def test_that_a_postal_code_is_written_and_checked_as_in_its_country(
    typed: str, country: str, written: str, problem: str
) -> None:
    assert rules.postal_code_as_written(typed, country) == written
    assert rules.postal_code_problem(typed, country) == problem


@pytest.mark.parametrize(
    ("field", "typed", "country", "meant"),
    [
        ("tax_id", "585 000 41 16", "PL", "5850004116"),
        ("tax_id", "pl 585-000-41-16", "PL", "PL585-000-41-16"),
        ("tax_id", "585 000 41 17", "PL", "585 000 41 17"),
        ("tax_id", "de 136695976", "PL", "DE136695976"),
        ("tax_id", "12 ab", "UA", "12 ab"),
        ("address.country", "polska", "", "PL"),
        ("address.country", "Słowacja", "", "SK"),
        ("address.country", "de", "", "DE"),
        ("address.country", "Francja", "", "Francja"),
        ("email", "<jan@sklep,pl>", "PL", "jan@sklep.pl"),
        ("person.email", "jan at sklep", "PL", "jan at sklep"),
        ("name", "a@b,pl", "PL", "a@b,pl"),
    ],
)
def test_that_only_what_is_plainly_meant_is_corrected(field: str, typed: str, country: str, meant: str) -> None:
    assert rules.corrected(field, typed, country) == meant


def test_that_tax_numbers_are_checked_by_their_country() -> None:
    assert rules.tax_id_problem("DE136695976", "DE", is_company=True) == ""
    assert rules.tax_id_problem("136 695 976", "DE", is_company=True) == ""
    assert rules.tax_id_problem("136695977", "DE", is_company=True) == "vat"
    assert rules.tax_id_problem("anything 1", "UA", is_company=True) == "", "not of the EU: taken as it is"
    assert rules.tax_id_problem("", "PL", is_company=False) == "", "a person needs none"


@given(st.integers(100_000_000, 999_999_999))
def test_that_the_check_digit_of_a_nip_decides_in_any_spelling(body: int) -> None:
    number = valid_nip(str(body))
    if len(number) != 10:  # no such number is issued
        return
    written = f"PL {number[:3]}-{number[3:6]}-{number[6:8]}-{number[8:]}"
    assert rules.tax_id_problem(written, "PL", is_company=True) == ""
    assert number in rules.tax_id_spellings(written, "PL")
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert rules.tax_id_problem(wrong, "PL", is_company=True) == "nip"


@given(st.text(min_size=1), st.text())
def test_that_similarity_of_names_ignores_the_order_of_words(one: str, other: str) -> None:
    assert rules.are_similar(f"{one} {other}", f"{other} {one}") or not rules.name_words(f"{one} {other}")


def test_that_similarity_of_names_ignores_legal_forms_accents_and_typos() -> None:
    assert rules.are_similar("Delikatesy Łąka Sp. z o.o.", "DELIKATESY LAKA s.c.")
    assert rules.are_similar("Bursztyn Delikatesy", "Delikatesy Bursztin")
    assert not rules.are_similar("Delikatesy Bursztyn", "Piekarnia Kłos")


@pytest.fixture
def stores(tablet: Tablet) -> Iterator[AccountStores]:
    company = tablet.gateway.connector.company
    company["customers.customers"]["C1"] |= {
        "name": "Delikatesy Bursztyn S.A.",
        "tax_id": "5850004116",
        "phone": "58 000-04-18",
        "city": "Sopot",
        "addresses": [{"kind": "main", "street": "ul. Portowa 14", "city": "Sopot", "is_default": True, "extra": "x"}],
        "contacts": [{"kind": "pager", "value": "1"}, {"kind": "phone", "value": "58 000"}],
        "currency": "PLN",
    }
    tablet.gateway.take()
    assert tablet.begin().outcome == "ok"
    with stores_of(tablet) as found:
        yield found


def test_that_the_same_tax_number_name_or_phone_shows_possible_duplicates(stores: AccountStores) -> None:
    first = key_of(stores, "customers.customers", "C1")
    found = service.duplicates(stores, NEW)
    assert [(duplicate.row.key, set(duplicate.reasons)) for duplicate in found] == [
        (first, {"tax_id", "name", "phone"})
    ]
    other = CustomerRecord(name="Something else", addresses=[], tax_id="PL5850004116")
    assert [duplicate.reasons for duplicate in service.duplicates(stores, other)] == [("tax_id",)]
    assert service.duplicates(stores, CustomerRecord(name="Nobody like this", addresses=[])) == []
    assert service.duplicates(stores, changed(customer=first)) == [], "it is not its own duplicate"


def test_that_the_same_name_comes_first_among_many_of_the_same_words(stores: AccountStores, tablet: Tablet) -> None:
    customers = tablet.gateway.connector.company["customers.customers"]
    for number in range(900):
        names = ("Sklep Zielony", "Sklep Anna", "Bar Zielony Anna")
        customers[f"X{number}"] = customers["C2"] | {"code": f"X{number}", "name": f"{names[number % 3]} {number}"}
    customers["Y"] = customers["C2"] | {"code": "Y", "name": "Sklep Zielony Anna"}
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    for name in ("Sklep Zielony Anna", "ANNA sklep zielony sp. z o.o.", "Sklep Zielona Anna"):
        found = service.duplicates(stores, CustomerRecord(name=name, addresses=[]))
        assert (found[0].row.code, found[0].reasons) == ("Y", ("name",)), name


def test_that_a_customer_added_twice_on_the_device_is_found_too(stores: AccountStores) -> None:
    other = CustomerRecord(name="Piekarnia Kłos", addresses=[])
    _, submission = service.save_customer(stores.work, other)
    assert [duplicate.row.submission for duplicate in service.duplicates(stores, other)] == [submission]
    assert service.duplicates(stores, other, submission=submission) == []


def test_that_a_new_customer_is_listed_until_the_catalogue_has_it(stores: AccountStores, tablet: Tablet) -> None:
    service.save_customer(stores.work, NEW)
    assert [row.name for row in service.on_device(stores)] == [NEW.name]
    assert service.on_device(stores, "bursz sop") != []
    assert service.on_device(stores, "kłos") == []
    assert tablet.sync().outcome == "ok"
    assert tablet.sync().outcome == "ok"
    assert service.on_device(stores) == []
    assert NEW.name in {row.name for row in stores.catalog.all(Customer)}


def order_for(submission: str) -> Document:
    return Document("sales_order", "", "2026-03-02", "PLN", [], "0", "0", "0", new_customer=submission)


def test_that_a_waiting_customer_can_be_corrected_and_its_orders_follow(stores: AccountStores) -> None:
    record, submission = service.save_customer(stores.work, NEW)
    draft = documents.save_draft(stores.work, order_for(submission))
    editing = service.new_to_edit(stores, submission)
    assert editing is not None
    assert (editing.record, editing.customer) == (record, NEW)
    again, new_submission = service.save_customer(stores.work, changed(name="Bursztyn"), record)
    assert (again, new_submission != submission) == (record, True)
    assert records.load(stores.work, draft, Document).payload.new_customer == new_submission
    assert [item.state for item in Outbox(stores.work).items()] == ["withdrawn", "waiting"]


def test_that_a_record_that_may_be_sent_already_is_not_changed(stores: AccountStores) -> None:
    record, submission = service.save_customer(stores.work, NEW)
    Outbox(stores.work).freeze(submission)
    with pytest.raises(TooLateError):
        service.save_customer(stores.work, changed(name="Bursztyn"), record)
    assert records.load(stores.work, record, CustomerRecord).payload.name == NEW.name


def test_that_a_change_names_its_base_version_and_is_accepted(stores: AccountStores, tablet: Tablet) -> None:
    first = key_of(stores, "customers.customers", "C1")
    editing = service.to_edit(stores, first)
    assert editing is not None
    assert editing.customer.base_hash == store.row_hash(stores.catalog, first)
    assert [address.street for address in editing.customer.addresses] == ["ul. Portowa 14"]
    assert [contact.kind for contact in editing.customer.contacts] == ["phone"]
    assert editing.customer.currency == "PLN"
    mended = msgspec.structs.replace(editing.customer, phone="111 222 333")
    record, _ = service.save_customer(stores.work, mended)
    again = service.to_edit(stores, first)
    assert again is not None
    assert (again.record, again.customer.phone) == (record, "111 222 333"), "a change that waits is edited further"
    assert service.on_device(stores) == [], "a known customer is listed once"
    assert tablet.sync().outcome == "ok"
    sent = tablet.gateway.connector.delivered[-1]
    assert (sent.kind, sent.payload["phone"]) == ("customer", "111 222 333")


def test_that_a_change_keeps_its_base_until_the_offices_version_arrives(stores: AccountStores) -> None:
    key = key_of(stores, "customers.customers", "C1")
    editing = service.to_edit(stores, key)
    assert editing is not None
    assert service.save_edit(stores.work, editing, editing.customer) == "", "nothing was changed, nothing is sent"
    mine = msgspec.structs.replace(editing.customer, phone="58 111 00 00")
    submission = service.save_edit(stores.work, editing, mine)
    Outbox(stores.work).reject(submission, CONFLICT, {"field": "customer", "since": "2026-03-02T08:00:00Z"})
    again = service.new_to_edit(stores, submission)
    assert again is not None
    assert (again.is_behind, again.differences, again.customer.phone) == (True, (), "58 111 00 00")
    assert again.customer.base_hash == editing.customer.base_hash
    assert (again.before, again.office_at) == (editing.before, "2026-03-02T08:00:00Z")


def test_that_a_waiting_change_and_a_newer_one_of_the_office_are_both_shown(
    stores: AccountStores, tablet: Tablet
) -> None:
    key = key_of(stores, "customers.customers", "C1")
    editing = service.to_edit(stores, key)
    assert editing is not None
    assert editing.before is not None
    older = msgspec.structs.replace(editing.before, email="old@laka.example", base_hash=1)
    mine = msgspec.structs.replace(older, phone="58 111 00 00")
    service.save_edit(stores.work, service.Editing(older, before=older), mine)
    overtaken = service.to_edit(stores, key)
    assert overtaken is not None
    assert {one.field: one.default for one in overtaken.differences} == {"phone": "mine", "email": "office"}
    service.save_edit(stores.work, overtaken, overtaken.customer)
    assert tablet.sync().outcome == "ok"
    sent = tablet.gateway.connector.delivered[-1].payload
    assert (sent["changed"], sent["phone"]) == (["phone"], "58 111 00 00")


def test_that_a_change_of_an_older_version_is_rejected_by_the_gateway(stores: AccountStores, tablet: Tablet) -> None:
    editing = service.to_edit(stores, key_of(stores, "customers.customers", "C1"))
    assert editing is not None
    service.save_customer(stores.work, editing.customer)
    tablet.gateway.connector.company["customers.customers"]["C1"]["phone"] = "changed in the office"
    tablet.gateway.take()
    tablet.sync()
    assert [(item.state, item.error_code) for item in Outbox(stores.work).items()] == [
        ("rejected", "submission.conflict")
    ]


def test_that_favourites_stay_on_the_device_and_have_a_tab(stores: AccountStores) -> None:
    first, second = (key_of(stores, "customers.customers", code) for code in ("C1", "C2"))
    assert list(service.listed(stores, "favourites")) == []
    store.set_favourite(stores.work, second, is_favourite=True)
    store.set_favourite(stores.work, second, is_favourite=True)
    assert list(service.listed(stores, "favourites")) == [second]
    store.set_favourite(stores.work, second, is_favourite=False)
    assert list(service.listed(stores, "favourites")) == []
    assert list(service.listed(stores, "all")) == [first, second], "by name"


def test_that_favourites_survive_a_refetch_of_customers(stores: AccountStores, tablet: Tablet) -> None:
    second = key_of(stores, "customers.customers", "C2")
    store.set_favourite(stores.work, second, is_favourite=True)
    tablet.gateway.connector.company["customers.customers"]["C2"]["name"] = "Another name"
    tablet.gateway.take()
    for fresh in ((), ("customers.customers",)):
        assert tablet.sync(fresh=fresh).outcome == "ok"
        assert list(service.listed(stores, "favourites")) == [second]
        assert service.rows(stores, [second])[second].name == "Another name"


def test_that_top_and_recent_customers_include_own_documents(tablet: Tablet, stores: AccountStores) -> None:
    first, second = (key_of(stores, "customers.customers", code) for code in ("C1", "C2"))
    document = {"type": "sales_order", "currency": "PLN", "net": 0, "vat": 0, "gross": 0, "lines": []}
    tablet.gateway.connector.company["auxiliary.documents"] = {
        f"D{number}": document | {"erp_number": f"D{number}", "customer": customer, "issued_on": day}
        for number, (customer, day) in enumerate((("C1", "2026-01-01"), ("C1", "2026-01-02"), ("C2", "2026-02-01")))
    }
    tablet.gateway.take()
    assert tablet.sync().outcome == "ok"
    assert list(service.listed(stores, "top")) == [first, second]
    assert list(service.listed(stores, "recent")) == [second, first]
    draft = Document("sales_order", "", "2026-03-02", "PLN", [], "0", "0", "0", customer=first)
    documents.save_draft(stores.work, draft)
    assert list(service.listed(stores, "recent")) == [first, second], "an own draft counts"
    assert service.rows(stores, [second])[second].last_document == "2026-02-01"


def test_that_a_removed_file_leaves_the_customers_card(stores: AccountStores) -> None:
    known = key_of(stores, "customers.customers", "C1")
    _, submission = service.save_customer(stores.work, NEW)
    for owner in (Owner("customer", known), Owner("customer", submission=submission)):
        kept, dropped = (
            attachments.attach(stores, attachments.candidate_of(f"{name}.txt", name.encode()), owner)
            for name in ("kept", "dropped")
        )
        files.remove(stores.work, dropped)
        day = date(2026, 3, 2)
        card = customer_card.card(stores, known, day) if owner.key else customer_card.new_card(stores, submission, day)
        assert card is not None
        assert [file.record for file in card.files] == [kept]


def test_that_records_of_a_new_customer_stay_with_it_once_the_erp_has_it(stores: AccountStores, tablet: Tablet) -> None:
    record, submission = service.save_customer(stores.work, changed(tax_id=valid_nip("585000411")))
    attachments.attach(stores, attachments.candidate_of("a.txt", b"a"), Owner("customer", record=record), to_erp=False)
    for _ in range(2):
        assert tablet.sync().outcome == "ok"
    (customer,) = stores.catalog.having(Customer, "status", ["prospect"])
    common: dict[str, Any] = {"unit_price": "100", "net": "100", "vat": "0", "gross": "100"}
    lines = [DocumentLine("1", 1, 1, "1", **common)]
    order = Document("sales_order", "", "2026-03-02", "PLN", lines, "100", "0", "100", new_customer=submission)
    numerator = numerators.numerator()
    documents.confirm(stores.work, order, numerator, checkpoint="")
    documents.save_draft(stores.work, order)
    card = customer_card.card(stores, customer.id, date(2026, 3, 2))
    assert card is not None
    assert sorted(item.state for item in card.documents) == ["draft", "on_device"]
    assert [file.name for file in card.files] == ["a.txt"]
    taken = credit.usage(stores, customer)
    assert (taken.unsent, taken.drafts, taken.draft_count) == (Decimal(100), Decimal(100), 1)
    other = customer_card.card(stores, key_of(stores, "customers.customers", "C1"), date(2026, 3, 2))
    assert other is not None
    assert (other.documents, other.files) == ((), ())
