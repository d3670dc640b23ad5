"""Sending: exactly once, in order, whatever happens to single records."""

import hashlib

import httpx
from sqlalchemy import func, select, update

from salesapp.gateway import accounts
from salesapp.gateway.quotas import Quotas
from salesapp.gateway.tables import submission
from salesapp.protocol.records import (
    Address,
    AppointmentRecord,
    CustomerRecord,
    Document,
    DocumentLine,
    FileRecord,
)
from salesapp.services import appointments, customers, documents, files
from salesapp.store import records
from salesapp.store.catalog import CatalogStore
from salesapp.store.outbox import Outbox
from salesapp.store.tokens import device_series
from salesapp.store.work import WorkStore
from tests.conftest import GatewayUnderTest, Tablet, states
from tests.numerators import numerator
from tests.pictures import photo

NUMERATOR = numerator()


def keys(tablet: Tablet, table: str) -> dict[str, int]:
    store = CatalogStore.open(tablet.account.catalog_path, tablet.key, tablet.catalogue)
    try:
        return {str(code): int(str(id_)) for code, id_ in store.rows(f'SELECT code, id FROM "{table}"')}
    finally:
        store.close()


def order(tablet: Tablet, *, new_customer: str = "", quantity: str = "2") -> Document:
    line = DocumentLine(
        line="1",
        item=keys(tablet, "items_forms")["I1"],
        unit=keys(tablet, "directories_units")["pcs"],
        quantity=quantity,
        unit_price="10.00",
        net="20.00",
        vat="4.60",
        gross="24.60",
    )
    return Document(
        type="sales_order",
        number="",
        issued_on="2026-03-02",
        currency="PLN",
        lines=[line],
        net="20.00",
        vat="4.60",
        gross="24.60",
        customer=None if new_customer else keys(tablet, "customers_customers")["C1"],
        new_customer=new_customer,
    )


def place(tablet: Tablet, work: WorkStore, **kwargs: str) -> str:
    depends_on = kwargs.get("new_customer")
    return documents.confirm(work, order(tablet, **kwargs), NUMERATOR, checkpoint="1-a", depends_on=depends_on)


def held(gateway: GatewayUnderTest) -> int:
    with gateway.database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(submission)).scalar_one())


def test_that_a_days_work_arrives_once_and_its_results_return_in_the_same_run(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    work = tablet.work()
    _, new_customer = customers.save_customer(
        work, CustomerRecord(name="Sklep Żabka", addresses=[Address(kind="main")])
    )
    record = place(tablet, work, new_customer=new_customer)
    place(tablet, work)
    visit = AppointmentRecord(
        name="Visit",
        appointment_type=keys(tablet, "appointments_types")["VISIT"],
        planned_start="2026-03-02T08:00:00Z",
        state="completed",
    )
    with work.write() as connection:
        appointments.add_planned(connection, visit)
    stores = FileRecord(
        owner_kind="customer",
        file_name="photo.jpg",
        media_type="image/jpeg",
        size=0,
        sha256="",
        owner=keys(tablet, "customers_customers")["C1"],
    )
    content = photo(40) + bytes(700_000)
    files.add_file(work, stores, content)
    outcome = tablet.sync()
    assert outcome.outcome == "ok", outcome
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (5, 0, 0)
    assert held(gateway) == 5
    assert gateway.connector.delivered[0].kind == "customer"
    assert {item.state for item in Outbox(work).items()} == {"in_erp"}
    assert records.load(work, record).number == f"SO-1/03/26/{device_series(work)}"
    assert records.load(work, record).submission_state == "in_erp"
    assert "N1" in keys(tablet, "customers_customers")
    uploaded = list((gateway.database.folder / "uploads").rglob(hashlib.sha256(content).hexdigest()))
    assert uploaded[0].read_bytes() == content
    assert tablet.sync().requests == 1
    work.close()


def test_that_a_lost_answer_does_not_duplicate_an_order(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    work = tablet.work()
    place(tablet, work)
    item = Outbox(work).due()[0]
    body = Outbox(work).freeze(item.id)
    token = httpx.post(
        f"{gateway.url}/v1/logon", json={"user": "office", "password": tablet.password, "device": "d"}
    ).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    answers = {
        httpx.put(f"{gateway.url}/v1/submissions/{item.id}", content=body, headers=headers).content for _ in range(3)
    }
    assert len(answers) == 1
    outcome = tablet.sync()
    assert outcome.sent.accepted == 1
    assert held(gateway) == 1
    other = httpx.put(
        f"{gateway.url}/v1/submissions/{item.id}", content=body.replace(b"10.00", b"11.00"), headers=headers
    )
    assert other.status_code == 409
    assert other.json()["code"] == "submission.same_id"
    work.close()


def test_that_a_rejected_customer_holds_up_its_orders_only(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    work = tablet.work()
    record, refused = customers.save_customer(work, CustomerRecord(name=" ", addresses=[]))
    place(tablet, work, new_customer=refused)
    place(tablet, work)
    outcome = tablet.sync()
    assert outcome.outcome == "failed"
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (1, 1, 1)
    assert set(states(outcome).values()) <= {"ok", "unchanged"}
    _, mended = customers.save_customer(work, CustomerRecord(name="Mended", addresses=[]), record)
    assert mended != refused
    outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (2, 0, 0)
    work.close()


def test_that_a_later_rejection_by_the_erp_is_shown_on_the_device(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    gateway.connector.rejected_kinds.add("document")
    work = tablet.work()
    place(tablet, work)
    outcomes = [tablet.sync() for _ in range(2)]
    item = Outbox(work).items()[0]
    assert item.state == "rejected"
    assert item.error_code == "submission.refused_by_erp"
    told = [outcome for outcome in outcomes if outcome.sent.rejected == 1]
    assert [outcome.outcome for outcome in told] == ["failed"], "told once, by the run that learned of it"
    work.close()


def test_that_an_order_for_another_representatives_customer_is_refused(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    foreign = order(tablet)
    tablet.user = "rep2"
    tablet.sync()
    work = tablet.work()
    documents.confirm(work, foreign, NUMERATOR, checkpoint="")
    outcome = tablet.sync()
    assert outcome.sent.rejected == 1
    assert Outbox(work).items()[0].error_code == "submission.unknown_record"
    work.close()


def test_that_records_are_resent_to_a_restored_gateway(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tablet.begin()
    gateway.stop()
    gateway.database.close()
    path = gateway.database.path
    before = {name: (path.parent / name).read_bytes() for name in ("gateway.db",)}
    gateway.start()
    work = tablet.work()
    place(tablet, work)
    assert tablet.sync().sent.accepted == 1
    gateway.stop()
    gateway.database.close()
    for name, content in before.items():
        (path.parent / name).write_bytes(content)
    for name in ("gateway.db-wal", "gateway.db-shm"):
        (path.parent / name).unlink(missing_ok=True)
    assert held(gateway) == 0
    gateway.start()
    outcome = tablet.sync()
    assert outcome.outcome == "ok", outcome.error
    assert held(gateway) == 1
    assert outcome.sent.accepted == 1
    work.close()


def test_that_a_withdrawn_order_is_not_sent_and_its_number_is_not_used_again(tablet: Tablet) -> None:
    tablet.begin()
    work = tablet.work()
    first = place(tablet, work)
    documents.void(work, first)
    second = place(tablet, work)
    assert records.load(work, first).state == "voided"
    assert [records.load(work, id_).number for id_ in (first, second)] == [
        f"SO-{number}/03/26/{device_series(work)}" for number in (1, 2)
    ]
    outcome = tablet.sync()
    assert outcome.sent.accepted == 1
    work.close()


def test_that_a_session_revoked_during_a_run_is_renewed_with_the_password(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    with gateway.database.write() as connection:
        connection.execute(accounts.session.delete())
    assert tablet.sync().outcome == "ok"
    tablet.password = None
    with gateway.database.write() as connection:
        connection.execute(accounts.session.delete())
    outcome = tablet.sync()
    assert outcome.outcome == "unauthorized"
    with gateway.database.write() as connection:
        connection.execute(update(accounts.user).values(is_disabled=1))
    tablet.password = "correct horse"
    assert tablet.sync().outcome == "unauthorized"


def test_that_a_record_over_the_quota_waits_with_a_message_until_there_is_room(
    tablet: Tablet, gateway: GatewayUnderTest
) -> None:
    tablet.begin()
    work = tablet.work()
    for _ in range(3):
        place(tablet, work)
    gateway.stop()
    gateway.quotas = Quotas(records_a_day=2)
    gateway.start()
    outcome = tablet.sync()
    assert (outcome.sent.accepted, outcome.sent.rejected, outcome.sent.waiting) == (2, 0, 1)
    (warning,) = outcome.warnings
    assert warning.code == "gateway.record_quota"
    assert warning.params["records"] == "2"
    (waiting,) = [item for item in Outbox(work).items() if item.state == "waiting"]
    assert waiting.error_code == "gateway.record_quota"
    gateway.stop()
    gateway.quotas = Quotas()
    gateway.start()
    assert tablet.sync().sent.accepted == 1
    assert {item.state for item in Outbox(work).items()} == {"in_erp"}
    work.close()
