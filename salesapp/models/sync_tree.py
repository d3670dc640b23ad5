"""The objects of a sync as a tree: sending, then the sections with their objects. Emits the smallest change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from salesapp.domain.catalogue import CATALOGUE, IMAGES, Catalogue
from salesapp.domain.object_states import RIGHT, WRONG, ObjectState, sending_state, worst
from salesapp.models.errors import survivable
from salesapp.sync.values import AttachmentProgress, ErrorValue, ObjectProgress, Outcome, Progress

Index = QModelIndex | QPersistentModelIndex
SENDING = "sending"
_ARRIVED = RIGHT | {ObjectState.VERIFYING}


class Role(IntEnum):
    """Roles for delegates."""

    KEY = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2
    PART = Qt.ItemDataRole.UserRole + 3  # 0 to 1
    DONE = Qt.ItemDataRole.UserRole + 4  # rows of an object, objects of a section, records sent
    EXPECTED = Qt.ItemDataRole.UserRole + 5
    ERROR = Qt.ItemDataRole.UserRole + 6  # (code, params) or None
    KEPT_FROM = Qt.ItemDataRole.UserRole + 7  # UTC, of the rows in place
    CHILDREN = Qt.ItemDataRole.UserRole + 8  # a section's segments: ((state, part), ...)
    IS_SECTION = Qt.ItemDataRole.UserRole + 9


_ATTRIBUTES: dict[int, str] = {
    Qt.ItemDataRole.DisplayRole: "key",
    Role.KEY: "key",
    Role.STATE: "state",
    Role.PART: "part",
    Role.DONE: "done",
    Role.EXPECTED: "expected",
}


@dataclass
class Row:
    """One object."""

    key: str
    state: str = "waiting"
    done: int = 0
    expected: int = 0
    part: float = 0.0
    error: ErrorValue | None = None
    kept_from: str | None = None

    def values(self) -> tuple[Any, ...]:
        return (self.state, self.done, self.expected, self.part, self.error, self.kept_from)


@dataclass
class SectionRow:
    """A section, or the sending of records."""

    key: str
    rows: list[Row] = field(default_factory=list)
    sending: tuple[int, int, str] = (0, 0, "waiting")
    """Sent, to send, state; only for the sending section."""

    @property
    def state(self) -> str:
        if self.key == SENDING:
            return self.sending[2]
        return worst(row.state for row in self.rows).value

    @property
    def done(self) -> int:
        """Records sent, or objects finished."""
        return self.sending[0] if self.key == SENDING else sum(row.state in _ARRIVED for row in self.rows)

    @property
    def expected(self) -> int:
        return self.sending[1] if self.key == SENDING else len(self.rows)

    @property
    def part(self) -> float:
        if self.key == SENDING:
            return self.sending[0] / self.sending[1] if self.sending[1] else float(self.sending[2] == "ok")
        return sum(1.0 if row.state in RIGHT else row.part for row in self.rows) / max(len(self.rows), 1)

    @property
    def children(self) -> tuple[tuple[str, float], ...]:
        if self.key != SENDING:
            return tuple((row.state, row.part) for row in self.rows)
        sent, total, state = self.sending
        if not total:
            return ((state, 1.0),)
        rest = "failed" if state == "failed" else "waiting"
        return tuple(("ok", 1.0) if number < sent else (rest, 0.0) for number in range(total))


class SyncTreeModel(QAbstractItemModel):
    """A tree of sections and objects. `show_progress` and `show_outcome` take the engine's values."""

    def __init__(self, catalogue: Catalogue = CATALOGUE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self.spoken: Callable[[Index], str] | None = None
        """Returns the text for screen readers; set by the view."""
        self.sections = [SectionRow(SENDING)]
        for key in catalogue.sections:
            self.sections.append(SectionRow(key, [Row(entry.key) for entry in catalogue.in_section(key)]))

    def reset_rows(self) -> None:
        """Resets all rows before a sync."""
        for number, section in enumerate(self.sections):
            section.sending = (0, 0, "waiting")
            for position, row in enumerate(section.rows):
                self._take(number, position, Row(row.key, kept_from=row.kept_from))
            self._section_changed(number)

    def show_progress(self, progress: Progress) -> None:
        sending = progress.sending
        state = "ok" if sending.has_ended else "waiting"
        if sending.rejected or sending.unsent:
            state = "failed"
        elif progress.stage == "sending":
            state = "fetching"
        self._send((sending.accepted, sending.total, state))
        rows = {entry.key: row_of(entry) for section in progress.sections for entry in section.objects}
        if progress.stage == "attachments" and rows[IMAGES].state in RIGHT:
            rows[IMAGES] = _files_row(progress.attachments, rows[IMAGES].kept_from)
        self._take_all(rows)

    def show_outcome(self, outcome: Outcome) -> None:
        sent = outcome.sent
        total = sent.accepted + sent.rejected
        state = sending_state(rejected=sent.rejected, has_ended=sent.has_ended).value
        if sent.waiting and not sent.rejected:
            state, total = (
                ("failed" if outcome.outcome == "failed" and not _has_problem(outcome) else state),
                total + sent.waiting,
            )
        self._send((sent.accepted, total, state))
        kept = {row.key: (row.kept_from, row.part, row.done) for section in self.sections for row in section.rows}
        rows = {}
        for entry in outcome.objects:
            kept_from, part, done = kept.get(entry.key, (None, 0.0, 0))
            is_right = entry.state in RIGHT
            rows[entry.key] = Row(
                entry.key,
                entry.state.value,
                entry.rows if is_right else done,
                entry.expected_rows or entry.rows,
                1.0 if is_right else part,
                entry.error,
                kept_from,
            )
        self._take_all(rows)

    def show_kept(self, verified_at: Mapping[str, str]) -> None:
        """Shows when the rows in place were verified (UTC), for objects outside the running sync."""
        self._take_all(
            {
                row.key: replace(row, kept_from=verified_at.get(row.key))
                for section in self.sections
                for row in section.rows
            }
        )

    def problems(self) -> list[Row]:
        """Returns failed objects, then those held back, in the catalogue's order."""
        rows = [row for section in self.sections for row in section.rows]
        return [row for row in rows if row.state == "failed"] + [row for row in rows if row.state == "held_back"]

    def section_index(self, key: str) -> QModelIndex:
        return self.index(next(number for number, section in enumerate(self.sections) if section.key == key), 0)

    def object_index(self, key: str) -> QModelIndex:
        for number, section in enumerate(self.sections):
            for position, row in enumerate(section.rows):
                if row.key == key:
                    return self.index(position, 0, self.index(number, 0))
        return QModelIndex()

    def _send(self, sending: tuple[int, int, str]) -> None:
        if self.sections[0].sending != sending:
            self.sections[0].sending = sending
            self._section_changed(0)

    def _take_all(self, rows: dict[str, Row]) -> None:
        for number, section in enumerate(self.sections):
            changed = [
                self._take(number, position, rows[row.key])
                for position, row in enumerate(section.rows)
                if row.key in rows
            ]
            if any(changed):
                self._section_changed(number)

    def _take(self, section: int, position: int, new: Row) -> bool:
        if self.sections[section].rows[position].values() == new.values():
            return False
        self.sections[section].rows[position] = new
        index = self.index(position, 0, self.index(section, 0))
        self.dataChanged.emit(index, index)
        return True

    def _section_changed(self, number: int) -> None:
        index = self.index(number, 0)
        self.dataChanged.emit(index, index)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if column or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0) if row < len(self.sections) else QModelIndex()
        if parent.internalId() or row >= len(self.sections[parent.row()].rows):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        section = child.internalId() if child.isValid() else 0
        return self.createIndex(section - 1, 0, 0) if section else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self.sections)
        return 0 if parent.internalId() or parent.column() else len(self.sections[parent.row()].rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        del parent
        return 1

    @survivable
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index) if self.spoken else None
        section = self.sections[(index.internalId() or index.row() + 1) - 1]
        row = section.rows[index.row()] if index.internalId() else None
        if role == Role.CHILDREN:
            return None if row else section.children
        if role == Role.IS_SECTION:
            return row is None
        return row_data(row or section, role)


def row_data(row: Row | SectionRow, role: int) -> Any:
    """Returns the value of a role that rows and sections share."""
    if role == Role.ERROR:
        found = row.error if isinstance(row, Row) else None
        return (found.code, dict(found.params)) if found else None
    if role == Role.KEPT_FROM:
        return row.kept_from if isinstance(row, Row) else None
    name = _ATTRIBUTES.get(role)
    return getattr(row, name) if name else None


def row_of(entry: ObjectProgress) -> Row:
    """Converts an object's progress to a row; its part combines bytes and rows."""
    parts = [
        done / expected
        for done, expected in (
            (entry.bytes_done, entry.bytes_expected),
            (entry.rows_done, entry.rows_expected),
        )
        if expected
    ]
    part = min(sum(parts) / len(parts), 1.0) if parts else 0.0
    return Row(entry.key, entry.state.value, entry.rows_done, entry.rows_expected, part, entry.error, entry.verified_at)


def _files_row(files: AttachmentProgress, kept_from: str | None) -> Row:
    """Returns the row of images while their files are fetched; their rows are correct by then."""
    part = files.bytes / files.bytes_expected if files.bytes_expected else 0.0
    return Row(IMAGES, "fetching", files.fetched, files.total, min(part, 1.0), None, kept_from)


def _has_problem(outcome: Outcome) -> bool:
    return any(entry.state in WRONG for entry in outcome.objects)


def strip_segments(sections: Sequence[SectionRow]) -> list[tuple[str, float]]:
    """Returns (state, part) of each section, for the strip."""
    return [(section.state, section.part) for section in sections]
