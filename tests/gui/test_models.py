"""The item models keep Qt's contract while progress, outcomes and records arrive, and signal only changes."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from salesapp.models import records
from salesapp.models.attention import AttentionModel
from salesapp.models.background import Background
from salesapp.models.paged import FIRST_ROWS
from salesapp.models.records import ListLook, RecordsModel, RecordSource
from salesapp.models.sync_runner import Tablet as Place
from salesapp.models.sync_runner import read_line
from salesapp.models.sync_tree import Role, Row, SyncTreeModel
from salesapp.models.workplace import Workplace
from salesapp.sync.values import Outcome, Progress, to_json
from tests.conftest import GatewayUnderTest, Tablet
from tests.gui.conftest import ALL_KEYS

ITEMS = ListLook("items.forms", "name", ("code", "ean"))
GROUPS = ListLook("items.groups", "name", ("code",))
ROLES = tuple(Role)
SECTIONS = 9

pytestmark = pytest.mark.usefixtures("qapp")


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Checks every change of the model from now on; violations are logged, and fail the test."""
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)


class Watcher:
    """The engine's values of one sync, as sent over the pipe."""

    def __init__(self) -> None:
        self.seen: list[Progress] = []

    def progressed(self, progress: Progress) -> None:
        found = read_line(to_json(progress))
        assert isinstance(found, Progress)
        self.seen.append(found)


def synchronized(tablet: Tablet) -> tuple[list[Progress], Outcome]:
    """Runs a real sync; returns everything that it reported, and its outcome."""
    watcher = Watcher()
    outcome = read_line(to_json(tablet.sync(hooks=watcher)))
    assert isinstance(outcome, Outcome)
    assert watcher.seen
    return watcher.seen, outcome


def all_indexes(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    parent = parent or QModelIndex()
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        yield index
        yield from all_indexes(model, index)


def picture(model: QAbstractItemModel) -> dict[str, tuple[Any, ...]]:
    """Returns every role of every row."""
    return {
        f"{index.data(Role.IS_SECTION)} {index.data(Role.KEY)}": tuple(index.data(role) for role in ROLES)
        for index in all_indexes(model)
    }


def take(model: SyncTreeModel, value: Progress | Outcome) -> None:
    if isinstance(value, Progress):
        model.show_progress(value)
    else:
        model.show_outcome(value)


def test_that_the_tree_has_nine_sections_and_26_objects_at_any_time(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    model = SyncTreeModel()
    watched(model)
    gateway.restart("items.groups=digest")
    seen, outcome = synchronized(tablet)
    for progress in seen:
        model.show_progress(progress)
        assert model.rowCount() == SECTIONS
    model.show_outcome(outcome)
    keys = [index.data(Role.KEY) for index in all_indexes(model) if not index.data(Role.IS_SECTION)]
    assert tuple(keys) == ALL_KEYS
    assert [row.key for row in model.problems() if row.state == "failed"] == ["items.groups"]
    assert "items.group_links" in [row.key for row in model.problems()]
    assert model.section_index("items").data(Role.STATE) == "failed", "a section shows the worst of its objects"
    model.reset_rows()
    assert {index.data(Role.STATE) for index in all_indexes(model)} == {"waiting"}


def test_that_only_changed_rows_are_signalled_one_by_one(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    model = SyncTreeModel()
    watched(model)
    told: list[tuple[QPersistentModelIndex, QPersistentModelIndex]] = []
    model.dataChanged.connect(
        lambda first, last: told.append((QPersistentModelIndex(first), QPersistentModelIndex(last)))
    )
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.layoutChanged.connect(lambda: resets.append(2))
    gateway.restart("items.groups=digest")
    seen, outcome = synchronized(tablet)
    told_by_engine: list[Progress | Outcome] = [*seen, seen[-1], outcome, outcome]
    for value in told_by_engine:
        before = picture(model)
        told.clear()
        take(model, value)
        after = picture(model)
        changed = {name for name in after if after[name] != before[name]}
        names = [f"{first.data(Role.IS_SECTION)} {first.data(Role.KEY)}" for first, _last in told]
        assert all(first == last for first, last in told), "one row at a time"
        assert len(set(names)) == len(names), "each row once"
        assert changed <= set(names), "nothing changes silently"
        objects = {name for name in names if name.startswith("False")}
        assert objects == {name for name in changed if name.startswith("False")}, "and nothing is told that is the same"
        touched = {name.removeprefix("False ").split(".")[0] for name in objects} | {"sending"}
        assert {name.removeprefix("True ") for name in names if name.startswith("True")} <= touched
    assert not told, "the same outcome again is no change at all"
    assert not resets


def test_that_the_list_of_what_needs_attention_keeps_the_contract(tablet: Tablet, gateway: GatewayUnderTest) -> None:
    tree, model = SyncTreeModel(), AttentionModel()
    watched(model)
    gateway.restart("items.groups=digest")
    seen, outcome = synchronized(tablet)
    for progress in seen:
        tree.show_progress(progress)
        model.show_rows(tree.problems())
    tree.show_outcome(outcome)
    model.show_rows(tree.problems())
    rows = [(index.data(Role.KEY), index.data(Role.STATE)) for index in all_indexes(model)]
    assert rows[0] == ("items.groups", "failed"), "what failed comes first, what waits for it after"
    assert ("items.group_links", "held_back") in rows
    assert {state for _key, state in rows[1:]} == {"held_back"}
    code, _params = model.index(0, 0).data(Role.ERROR)
    assert code == "object.digest"
    model.show_rows([])
    assert model.rowCount() == 0


def test_that_the_parts_of_a_row_never_leave_their_bounds(tablet: Tablet) -> None:
    model = SyncTreeModel()
    watched(model)
    seen, outcome = synchronized(tablet)
    told_by_engine: list[Progress | Outcome] = [*seen, outcome]
    for value in told_by_engine:
        take(model, value)
        for index in all_indexes(model):
            assert 0 <= index.data(Role.PART) <= 1
            assert index.data(Role.DONE) >= 0
    assert {index.data(Role.PART) for index in all_indexes(model)} == {1.0}
    assert {index.data(Role.STATE) for index in all_indexes(model)} <= {"ok", "unchanged"}


def test_that_a_bug_in_a_model_does_not_end_the_program() -> None:
    model = SyncTreeModel()
    index = model.section_index("items")
    model.sections.clear()
    with pytest.raises(IndexError):
        index.data(Role.KEY)
    attention = AttentionModel()
    attention.show_rows([Row("items.forms")])
    first = attention.index(0, 0)
    attention.rows.clear()
    with pytest.raises(IndexError):
        first.data(Role.KEY)


def with_many_items(gateway: GatewayUnderTest, count: int) -> None:
    forms = gateway.connector.company["items.forms"]
    for number in range(count):
        forms[f"X{number}"] = forms["I1"] | {"code": f"X{number:05}", "name": f"Śruba {number:05}", "ean": None}
    gateway.take()


def source_of(tablet: Tablet, background: Background) -> RecordSource:
    return RecordSource(Workplace(Place(tablet.root, tablet.key_file), background))


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def titles(model: RecordsModel) -> list[str]:
    return [str(model.index(row, 0).data(records.Role.TITLE)) for row in range(model.rowCount())]


def test_that_a_big_list_opens_with_its_first_rows_and_grows_without_moving_them(
    tablet: Tablet, gateway: GatewayUnderTest, background: Background
) -> None:
    with_many_items(gateway, 300)
    tablet.sync()
    source = source_of(tablet, background)
    model = RecordsModel(source, ITEMS)
    watched(model)
    model.open()
    assert model.rowCount() == FIRST_ROWS
    first, kept = titles(model), QPersistentModelIndex(model.index(150, 0))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    asyncio.run(model.complete())
    assert not resets
    assert model.rowCount() == model.total == 303
    assert titles(model)[:FIRST_ROWS] == first
    assert kept.isValid()
    assert kept.row() == 150
    assert titles(model) == sorted(titles(model))
    asyncio.run(model.complete())
    assert not resets, "what is the same stays as it is"
    source.close()


def test_that_searching_keeps_the_contract_with_each_letter(
    tablet: Tablet, gateway: GatewayUnderTest, background: Background
) -> None:
    with_many_items(gateway, 120)
    tablet.sync()
    source = source_of(tablet, background)
    model = RecordsModel(source, ITEMS)
    watched(model)
    model.open()
    asyncio.run(model.complete())
    counts = []
    for typed in ("ś", "śr", "śruba", "śruba 0001", "śruba 00011", "śruba 00011x", "śruba 00011", "", "  "):
        model.search(typed)
        counts.append(model.rowCount())
        assert all("Śruba" in title for title in titles(model)) or not typed.strip()
    assert counts == [120, 120, 120, 10, 1, 0, 1, 123, 123]
    source.close()


def test_that_records_removed_by_a_sync_leave_the_list_and_the_hits(
    tablet: Tablet, gateway: GatewayUnderTest, background: Background
) -> None:
    tablet.sync()
    source = source_of(tablet, background)
    whole, hits, groups = RecordsModel(source, ITEMS), RecordsModel(source, ITEMS), RecordsModel(source, GROUPS)
    for model in (whole, hits, groups):
        watched(model)
        model.open()
        asyncio.run(model.complete())
    hits.search("żółć")
    assert whole.rowCount() == hits.rowCount() == 3
    del gateway.connector.company["items.forms"]["I3"]
    gateway.take()
    tablet.sync()
    source.close()
    assert whole.record(2) is None, "what is gone is told as gone"
    assert whole.index(2, 0).data(Qt.ItemDataRole.DisplayRole) is not None
    for model in (whole, hits, groups):
        asyncio.run(model.complete())
    assert whole.rowCount() == hits.rowCount() == 2
    assert titles(whole) == titles(hits) == ["Item I1 Żółć", "Item I2 Żółć"]
    assert groups.rowCount() == 2
    source.close()


def test_that_a_record_changed_by_a_sync_is_shown_with_its_new_values(
    tablet: Tablet, gateway: GatewayUnderTest, background: Background
) -> None:
    tablet.sync()
    source = source_of(tablet, background)
    model = RecordsModel(source, ITEMS)
    watched(model)
    model.open()
    asyncio.run(model.complete())
    assert titles(model)[0] == "Item I1 Żółć"
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    gateway.connector.company["items.forms"]["I1"]["name"] = "Item I1 Gęś"
    gateway.take()
    tablet.sync()
    source.close()
    asyncio.run(model.complete())
    assert titles(model)[0] == "Item I1 Gęś"
    assert told == [(0, 2)]
    source.close()
