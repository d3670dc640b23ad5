"""Collects problems of a source for the person who has to correct them."""

from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import BadRow

MAX_PROBLEMS = 1_000
"""Further problems are only counted."""


class ProblemList:
    """The problems of one import. A bad file (its header, say) cannot be skipped: all its rows would be lost.

    `skipping` is the option by which this kind of source leaves bad rows out, if it can; `has_forms` says that columns
    can be declared in a mapping.
    """

    def __init__(self, skipping: str = "", *, has_forms: bool = False) -> None:
        self.skipping = skipping
        self.has_forms = has_forms
        self.kept: list[BadRow] = []
        self.count = 0
        self.has_bad_file = False

    def add(self, file: str, line: int, column: str, reason: str) -> None:
        self.count += 1
        if len(self.kept) < MAX_PROBLEMS:
            self.kept.append(BadRow(file, line, column, reason))

    def add_to_file(self, file: str, line: int, column: str, reason: str) -> None:
        self.has_bad_file = True
        self.add(file, line, column, reason)


class NotFinishedError(UsageError):
    """The source is still being written; a later import may find it complete."""


class ImportRefused(UsageError):  # noqa: N818  # an outcome that the command line names
    """The import was refused as a whole. `problems` are the first of `count`."""

    def __init__(self, problems: ProblemList) -> None:
        first = problems.kept[0]
        super().__init__(
            f"the source has {problems.count} problems, the first: "
            f"{first.file}, line {first.line}, column {first.column or '-'}: {first.reason.partition(chr(10))[0]}"
        )
        self.problems = tuple(problems.kept)
        self.count = problems.count
        self._has_bad_file = problems.has_bad_file
        self._skipping = problems.skipping

    @property
    def closing(self) -> str:
        """The closing line of the list: consequence and remedy."""
        count = f"{self.count} problem{'s' if self.count > 1 else ''}"
        if self._skipping and self._has_bad_file:
            return f"Nothing was taken: {count}. A file that is not as it must be cannot be left out: mend it first."
        if self._skipping:
            return f"Nothing was taken: {count}. Mend them, or leave these rows out with {self._skipping}."
        return f"Nothing was taken: {count}. Bad rows of this source cannot be left out: mend them there, import again."
