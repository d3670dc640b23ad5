"""The progress of an import or a publication, as values."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, TypeVar

EVERY = 1_000
"""Rows between two reports."""
T = TypeVar("T")


class Phase(StrEnum):
    """The phases of the work."""

    WAIT = "waiting"
    READ = "reading"
    COMPARE = "comparing"
    WRITE = "writing"
    PUBLISH = "publishing"


class Step(NamedTuple):
    """One moment of the work. `expected` is the number of rows in the phase; 0 if unknown."""

    phase: Phase
    object: str = ""
    rows: int = 0
    expected: int = 0
    objects_done: int = 0
    objects: int = 0


Report = Callable[[Step], None]


def silent(_step: Step) -> None:
    """Ignores progress."""


class Counter:
    """Counts the rows of a phase and reports every EVERY rows."""

    def __init__(self, report: Report, phase: Phase, objects: int, expected: int = 0) -> None:
        self._report = report
        self._step = Step(phase, expected=expected, objects=objects)
        self._rows = 0
        self._told = 0
        self._begun = -1

    def begin(self, key: str) -> None:
        """Starts the next object."""
        self._begun += 1
        self._step = self._step._replace(object=key, objects_done=self._begun)
        self._tell()

    def add(self, rows: int) -> None:
        self._rows += rows
        if self._rows - self._told >= EVERY:
            self._tell()

    def end(self) -> None:
        """Reports the end of the phase."""
        self._step = self._step._replace(objects_done=self._step.objects)
        self._tell()

    def counted(self, rows: Iterable[T]) -> Iterator[T]:
        """Yields the same rows, counting them."""
        for row in rows:
            yield row
            self.add(1)

    def counted_of(self, key: str, rows: Iterable[T]) -> Iterator[T]:
        """Yields and counts the rows of the next object, which starts with its first row: a source may take long."""
        reader = iter(rows)
        first = next(reader, None)
        self.begin(key)
        if first is not None:
            yield from self.counted(chain((first,), reader))

    def _tell(self) -> None:
        self._told = self._rows
        self._report(self._step._replace(rows=self._rows))
