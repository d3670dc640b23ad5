"""The outbox under all events: exactly once, in order, one number each, only allowed transitions."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from salesapp.protocol.messages import Receipt, Submission
from salesapp.protocol.records import SENDING_ORDER, CustomerRecord, Document, FileRecord
from salesapp.services import customers, documents, files
from salesapp.services.documents import TooLateError
from salesapp.store import records
from salesapp.store.folders import AccountFolder
from salesapp.store.outbox import NotWaitingError, Outbox, OutboxItem
from salesapp.store.tokens import TokenStore
from salesapp.store.work import WorkStore
from tests.numerators import numerator

KEY = bytes(range(32))
NUMERATOR = numerator("{number}/{month}/{series}")
ORDER = Document(
    type="sales_order",
    number="",
    issued_on="2026-03-02",
    currency="PLN",
    lines=[],
    net="0",
    vat="0",
    gross="0",
    customer=1,
)
PHOTO = FileRecord(owner_kind="document", file_name="a.png", media_type="image/png", size=0, sha256="")
ALLOWED = {
    "waiting": {"received", "in_erp", "rejected", "withdrawn"},
    "received": {"in_erp", "rejected", "waiting"},  # waiting again: the gateway was restored
    "in_erp": {"waiting"},
    "rejected": {"replaced", "withdrawn"},
    "withdrawn": set(),
    "replaced": set(),
}


def folder(path: Path) -> AccountFolder:
    account = AccountFolder(path, "gateway", "rep", "http://127.0.0.1")
    account.make()
    return account


def make_work(path: Path) -> WorkStore:
    """A new work.db of a device with the series X."""
    work = WorkStore.open(folder(path), KEY)
    TokenStore(work, uses_keyring=False).put("http://127.0.0.1", "token", "X")
    return work


@pytest.fixture
def work(tmp_path: Path) -> Iterator[WorkStore]:
    made = make_work(tmp_path / "account")
    yield made
    made.close()


@dataclass
class Ledger:
    """A gateway without the network: its content, and its rules for accepting submissions."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)

    def take(self, submission: str, body: bytes, verdict: str) -> Receipt:
        if submission in self.bodies:
            assert self.bodies[submission] == body, "another content under a known id"
            return self.receipts[submission]
        payload = msgspec.json.decode(body, type=Submission).payload
        parent = payload.get("new_customer") or payload.get("owner_submission")
        if parent and (parent not in self.receipts or self.receipts[parent].state == "rejected"):
            verdict = "rejected"
        self.bodies[submission] = body
        self.receipts[submission] = Receipt(id=submission, state=verdict, revision=len(self.bodies))  # type: ignore[arg-type]
        return self.receipts[submission]

    def decide(self, submission: str, verdict: str) -> Receipt:
        decided = msgspec.structs.replace(self.receipts[submission], state=verdict)
        self.receipts[submission] = decided
        return decided

    def live(self) -> list[str]:
        return [id_ for id_, receipt in self.receipts.items() if receipt.state != "rejected"]


class OutboxMachine(RuleBasedStateMachine):
    """A representative, a failing line, a gateway that decides, and a tablet that may lose power at any moment."""

    template: Path

    @initialize()
    def begin(self) -> None:
        self.root = Path(tempfile.mkdtemp())
        self.boot = 0
        self.restorations = 0
        shutil.copytree(self.template, self.root / "0")
        self.work = WorkStore.open(folder(self.root / "0"), KEY)
        self.outbox = Outbox(self.work)
        self.ledger = Ledger()
        self.seen: dict[str, str] = {}
        self.numbers: dict[str, str] = {}
        self.snapshot: list[OutboxItem] = []
        self.documents: list[str] = []  # records, in the order of making: ids are not the same in each run
        self.confirmed: list[str] = []
        self.customers: list[str] = []

    def teardown(self) -> None:
        if not hasattr(self, "work"):
            return
        try:
            self.drain()
        finally:
            self.work.close()
            shutil.rmtree(self.root)

    # Actions of the representative.

    @rule()
    def add_customer(self) -> None:
        record, _ = customers.save_customer(self.work, CustomerRecord(name="New", addresses=[]))
        self.customers.append(record)

    @rule(data=st.data(), confirm=st.booleans())
    def add_document(self, data: st.DataObject, confirm: bool) -> None:
        owner = data.draw(st.sampled_from([None, *self.customers]))
        document = ORDER
        if owner is not None:
            submission = records.load(self.work, owner).submission or ""
            document = msgspec.structs.replace(ORDER, customer=None, new_customer=submission)
        record = documents.save_draft(self.work, document)
        self.documents.append(record)
        if confirm:
            self._confirm(record)

    @precondition(lambda self: self.documents)
    @rule(data=st.data(), text=st.text("abc", max_size=2))
    def edit(self, data: st.DataObject, text: str) -> None:
        record = data.draw(st.sampled_from(self.documents))
        was = records.load(self.work, record, Document)
        edited = msgspec.structs.replace(was.payload, description=text)
        if was.state == "draft":
            documents.save_draft(self.work, edited, record)
        else:
            with pytest.raises(TooLateError):
                documents.save_draft(self.work, edited, record)

    @precondition(lambda self: self.documents)
    @rule(data=st.data())
    def confirm(self, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(self.documents))
        if records.load(self.work, record).state == "draft":
            self._confirm(record)
        else:
            with pytest.raises(TooLateError):
                self._confirm(record)

    def _confirm(self, record: str) -> None:
        document = records.load(self.work, record, Document).payload
        depends_on = document.new_customer or None
        documents.confirm(self.work, document, NUMERATOR, checkpoint="1-a", record_id=record, depends_on=depends_on)
        self.confirmed.append(record)

    @precondition(lambda self: self.confirmed)
    @rule(data=st.data(), void=st.booleans())
    def take_back(self, data: st.DataObject, void: bool) -> None:
        record = data.draw(st.sampled_from(self.confirmed))
        was = records.load(self.work, record)
        item = self.outbox.item(was.submission or "")
        action = documents.void if void else documents.reopen
        if item.state == "rejected" or (item.state == "waiting" and item.attempts == 0):
            action(self.work, record)
            self.confirmed.remove(record)
        else:
            with pytest.raises(TooLateError):
                action(self.work, record)

    @precondition(lambda self: self.confirmed)
    @rule(data=st.data())
    def add_photo(self, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(self.confirmed))
        submission = records.load(self.work, record).submission or ""
        files.add_file(self.work, msgspec.structs.replace(PHOTO, owner_submission=submission), b"photo")

    @precondition(lambda self: "rejected" in self.seen.values())
    @rule(data=st.data())
    def mend(self, data: st.DataObject) -> None:
        rejected = [item for item in self.outbox.items() if item.state == "rejected"]
        self._mend(data.draw(st.sampled_from(rejected)))

    def _mend(self, item: OutboxItem) -> None:
        """Corrects it as the customer's form, the order's page or the file's sheet does."""
        if item.kind == "customer":
            customer = records.load(self.work, item.record, CustomerRecord).payload
            customers.save_customer(self.work, customer, item.record)
        elif item.kind == "file":
            files.choose_sending(self.work, item.record, to_erp=True)
        else:
            documents.reopen(self.work, item.record)
            self.confirmed.remove(item.record)
            self._confirm(item.record)

    # Actions of the line, the gateway and the battery.

    @precondition(lambda self: "waiting" in self.seen.values())
    @rule()
    def look_what_is_due(self) -> None:
        self.snapshot = self.outbox.due()

    @precondition(lambda self: "waiting" in self.seen.values())
    @rule(
        data=st.data(),
        verdict=st.sampled_from(["received", "in_erp", "rejected"]),
        fate=st.sampled_from(["arrives", "lost on the way", "answer lost", "no answer noted"]),
    )
    def send(self, data: st.DataObject, verdict: str, fate: str) -> None:
        """Makes an attempt at a record that was or is due."""
        candidates = [*self.snapshot, *self.outbox.due()]
        if not candidates:
            return
        item = data.draw(st.sampled_from(candidates))
        self._send(item, verdict, fate)

    def _send(self, item: OutboxItem, verdict: str, fate: str) -> None:
        is_waiting = self.outbox.item(item.id).state == "waiting"
        try:
            body = self.outbox.freeze(item.id)
        except NotWaitingError:
            assert not is_waiting
            return
        assert is_waiting
        if fate == "lost on the way":
            self.outbox.record_failure(item.id, "network.cut", {})
            return
        receipt = self.ledger.take(item.id, body, verdict)
        if fate == "arrives":
            self.outbox.record_receipt(item.id, receipt)
        elif fate == "no answer noted":
            self.outbox.record_failure(item.id, "network.timeout", {})

    @precondition(lambda self: "received" in self.seen.values())
    @rule(data=st.data(), verdict=st.sampled_from(["in_erp", "rejected"]), is_late=st.booleans())
    def decide(self, data: st.DataObject, verdict: str, is_late: bool) -> None:
        """The ERP decides, and the catalogue brings the decision; an older answer may follow."""
        submission = data.draw(st.sampled_from(self.outbox.undecided()))
        old = self.ledger.receipts[submission]
        self.outbox.settle([self.ledger.decide(submission, verdict)])
        if is_late:
            self.outbox.record_receipt(submission, old)
        assert self.outbox.item(submission).state == verdict

    @precondition(lambda self: self.ledger.bodies and self.restorations < 2)
    @rule(data=st.data())
    def restore_gateway(self, data: st.DataObject) -> None:
        """Restores the gateway: its last submissions are lost, and resent."""
        self.restorations += 1
        kept = data.draw(st.integers(0, len(self.ledger.bodies)))
        for submission in list(self.ledger.bodies)[kept:]:
            del self.ledger.bodies[submission], self.ledger.receipts[submission]
        self.outbox.offer_again([id_ for id_ in self.outbox.sent_ids() if id_ not in self.ledger.bodies])

    @precondition(lambda self: self.boot < 3)
    @rule()
    def pull_the_plug(self) -> None:
        """Opens the current files, write-ahead log included, in a new process."""
        self.boot += 1
        after = self.root / str(self.boot)
        shutil.copytree(self.work.account.path, after, ignore=shutil.ignore_patterns("*-shm"))
        self.work.close()
        self.work = WorkStore.open(folder(after), KEY)
        self.outbox = Outbox(self.work)
        self.snapshot = []

    # Invariants.

    @invariant()
    def states_move_along_allowed_edges(self) -> None:
        found = {item.id: item.state for item in self.outbox.items()}
        assert set(self.seen) <= set(found), "a submission is gone"
        for id_, state in found.items():
            was = self.seen.get(id_, "waiting")
            steps = ALLOWED[was] | {step for state_ in ALLOWED[was] for step in ALLOWED[state_]}
            assert state == was or state in steps, (was, state)
        self.seen = found

    @invariant()
    def a_confirmed_document_has_one_submission_and_one_number(self) -> None:
        items = self.outbox.items()
        for record in self.documents:
            kept = records.load(self.work, record)
            open_ones = [
                item for item in items if item.record == record and item.state not in {"withdrawn", "replaced"}
            ]
            assert [item.id for item in open_ones] == ([kept.submission] if record in self.confirmed else [])
            if kept.number is not None:
                assert self.numbers.setdefault(record, kept.number) == kept.number
                assert records.load(self.work, record, Document).payload.number == kept.number
            assert (kept.number is None) == (record not in self.numbers), "a number was lost"
        given = sorted(int(number.split("/")[0]) for number in self.numbers.values())
        assert given == list(range(1, len(given) + 1))

    @invariant()
    def the_gateway_holds_nothing_twice(self) -> None:
        record_of = {item.id: item.record for item in self.outbox.items()}
        live = [record_of[id_] for id_ in self.ledger.live()]
        assert len(live) == len(set(live))

    @invariant()
    def what_is_due_is_in_order_and_its_parents_are_there(self) -> None:
        due = self.outbox.due()
        ranks = [SENDING_ORDER.index(item.kind) for item in due]
        assert ranks == sorted(ranks)
        for item in due:
            if item.depends_on is not None and item.attempts == 0:
                assert self.outbox.item(item.depends_on).state in {"received", "in_erp"}

    def drain(self) -> None:
        """Checks that with a good line and corrected records, all confirmed records arrive."""
        for _ in range(6):
            while due := self.outbox.due():
                for item in due:
                    self._send(item, "in_erp", "arrives")
            for item in self.outbox.items():
                if item.state == "rejected":
                    self._mend(item)
            self.states_move_along_allowed_edges()
            self.the_gateway_holds_nothing_twice()
        self.a_confirmed_document_has_one_submission_and_one_number()
        for record in [*self.confirmed, *self.customers]:
            kept = records.load(self.work, record)
            assert kept.submission_state in {"in_erp", "received"}, kept
            body = msgspec.json.decode(self.ledger.bodies[kept.submission or ""], type=Submission)
            assert kept.kind != "document" or body.payload["number"] == kept.number


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "account"
    make_work(path).close()
    return path


def test_that_whatever_happens_everything_confirmed_arrives_once_under_one_number(template: Path) -> None:
    OutboxMachine.template = template
    run_state_machine_as_test(
        OutboxMachine,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),  # each step writes to the disk, so shrinking would take minutes
        ),
    )


def confirmed(work: WorkStore, document: Document = ORDER, *, depends_on: str | None = None) -> tuple[str, str]:
    """Confirms a new document; returns its record and submission."""
    record = documents.confirm(work, document, NUMERATOR, checkpoint="1-a", depends_on=depends_on)
    return record, records.load(work, record).submission or ""


def rejected(work: WorkStore, submission: str) -> None:
    Outbox(work).freeze(submission)
    Outbox(work).record_receipt(submission, Receipt(id=submission, state="rejected", code="submission.invalid"))


def received(work: WorkStore, submission: str) -> None:
    Outbox(work).freeze(submission)
    Outbox(work).record_receipt(submission, Receipt(id=submission, state="received"))


def test_that_a_document_is_not_confirmed_twice(work: WorkStore) -> None:
    record, _ = confirmed(work)
    with pytest.raises(TooLateError):
        documents.confirm(work, ORDER, NUMERATOR, checkpoint="1-a", record_id=record)
    with pytest.raises(TooLateError):
        documents.save_draft(work, ORDER, record)
    assert len(Outbox(work).items()) == 1


def test_that_a_document_edited_after_its_withdrawal_keeps_its_number(work: WorkStore) -> None:
    record, _ = confirmed(work)
    document = documents.reopen(work, record)
    documents.save_draft(work, msgspec.structs.replace(document, number="", description="edited"), record)
    documents.confirm(work, ORDER, NUMERATOR, checkpoint="1-a", record_id=record)
    assert records.load(work, record).number == "1/03/X"
    assert records.load(work, confirmed(work)[0]).number == "2/03/X"


def test_that_a_copy_of_a_document_gets_a_number_of_its_own(work: WorkStore) -> None:
    record, _ = confirmed(work)
    copied = records.load(work, record, Document).payload
    assert copied.number == "1/03/X"
    copy, _ = confirmed(work, copied)
    assert records.load(work, copy, Document).payload.number == "2/03/X"


def test_that_a_voided_document_stays_voided(work: WorkStore) -> None:
    record, _ = confirmed(work)
    documents.void(work, record)
    with pytest.raises(TooLateError):
        documents.reopen(work, record)
    with pytest.raises(TooLateError):
        documents.confirm(work, ORDER, NUMERATOR, checkpoint="1-a", record_id=record)
    assert records.load(work, record).number == "1/03/X"


def test_that_a_record_withdrawn_during_sending_is_not_sent(work: WorkStore) -> None:
    record, _ = confirmed(work)
    due = Outbox(work).due()
    documents.reopen(work, record)
    with pytest.raises(NotWaitingError):
        Outbox(work).freeze(due[0].id)


def test_that_a_record_with_a_started_attempt_cannot_be_withdrawn(work: WorkStore) -> None:
    record, submission = confirmed(work)
    Outbox(work).freeze(submission)
    with pytest.raises(TooLateError):
        documents.void(work, record)


def test_that_a_rejected_document_can_be_a_draft_again_and_keeps_its_number(work: WorkStore) -> None:
    record, submission = confirmed(work)
    rejected(work, submission)
    document = documents.reopen(work, record)
    documents.confirm(work, document, NUMERATOR, checkpoint="1-a", record_id=record)
    assert [item.state for item in Outbox(work).items()] == ["withdrawn", "waiting"]
    assert records.load(work, record).number == "1/03/X"


def test_that_an_older_answer_does_not_revoke_a_decision(work: WorkStore) -> None:
    _, submission = confirmed(work)
    for decision in ("rejected", "in_erp"):
        Outbox(work).settle([Receipt(id=submission, state=decision)])
        Outbox(work).record_receipt(submission, Receipt(id=submission, state="received"))
        assert Outbox(work).item(submission).state == decision


def test_that_a_corrected_record_is_shown_as_sent_and_dependent_ones_name_it(work: WorkStore) -> None:
    owner, customer = customers.save_customer(work, CustomerRecord(name=" ", addresses=[]))
    order = msgspec.structs.replace(ORDER, customer=None, new_customer=customer)
    waiting, _ = confirmed(work, order, depends_on=customer)
    draft = documents.save_draft(work, order)
    rejected(work, customer)
    _, mended = customers.save_customer(work, CustomerRecord(name="Mended", addresses=[]), owner)
    assert records.load(work, owner, CustomerRecord).payload.name == "Mended"
    assert records.load(work, owner).submission_state == "waiting"
    assert records.load(work, waiting, Document).payload.new_customer == mended
    assert records.load(work, draft, Document).payload.new_customer == mended
    received(work, mended)
    item = Outbox(work).due()[0]
    assert item.record == waiting
    assert mended.encode() in Outbox(work).freeze(item.id)


def test_that_a_file_follows_its_document_when_it_is_withdrawn_and_confirmed_again(work: WorkStore) -> None:
    record, submission = confirmed(work)
    files.add_file(work, msgspec.structs.replace(PHOTO, owner_submission=submission), b"photo")
    document = documents.reopen(work, record)
    assert Outbox(work).due() == []
    documents.confirm(work, document, NUMERATOR, checkpoint="1-a", record_id=record)
    item = Outbox(work).due()[0]
    received(work, item.id)
    photo = Outbox(work).due()[0]
    assert (photo.kind, photo.depends_on) == ("file", item.id)
    assert item.id.encode() in Outbox(work).freeze(photo.id)


def test_that_an_order_tried_before_its_customer_was_rejected_does_not_wait_forever(work: WorkStore) -> None:
    owner, customer = customers.save_customer(work, CustomerRecord(name="New", addresses=[]))
    order = msgspec.structs.replace(ORDER, customer=None, new_customer=customer)
    _, submission = confirmed(work, order, depends_on=customer)
    received(work, customer)
    body = Outbox(work).freeze(submission)
    Outbox(work).settle([Receipt(id=customer, state="rejected", code="submission.refused_by_erp")])
    assert Outbox(work).due() == []
    _, mended = customers.save_customer(work, CustomerRecord(name="Mended", addresses=[]), owner)
    assert [item.id for item in Outbox(work).due()] == [mended, submission]
    assert Outbox(work).freeze(submission) == body
