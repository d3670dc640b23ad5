"""What is wrong with a source's rows, collected for the person who has to mend them."""

from salesapp.errors import UsageError
from salesapp.gateway.connectors.base import BadRow

MAX_PROBLEMS = 1_000
"""So many are kept; the others are counted."""


class ProblemList:
    """The problems of one import. Those of a whole file (its header) cannot be skipped: every row would be lost."""

    def __init__(self) -> None:
        self.kept: list[BadRow] = []
        self.count = 0
        self.spoils_a_file = False

    def add(self, file: str, line: int, column: str, reason: str) -> None:
        self.count += 1
        if len(self.kept) < MAX_PROBLEMS:
            self.kept.append(BadRow(file, line, column, reason))

    def add_to_file(self, file: str, line: int, column: str, reason: str) -> None:
        self.spoils_a_file = True
        self.add(file, line, column, reason)


class NotFinishedError(UsageError):
    """The source is being written: a later import may find it whole."""


class ImportRefused(UsageError):  # noqa: N818  # an outcome that the command line names
    """Nothing of the import was taken. `problems` are the first of `count`."""

    def __init__(self, problems: ProblemList) -> None:
        first = problems.kept[0]
        super().__init__(
            f"the source has {problems.count} problems, the first: "
            f"{first.file}, line {first.line}, column {first.column or '-'}: {first.reason.partition(chr(10))[0]}"
        )
        self.problems = tuple(problems.kept)
        self.count = problems.count
        self.can_skip = not problems.spoils_a_file
        """Whether the bad rows could be left out; a bad file cannot."""

    @property
    def closing(self) -> str:
        """What it means and what to do, below the list of problems."""
        count = f"{self.count} problem{'s' if self.count > 1 else ''}"
        if self.can_skip:
            return f"Nothing was taken: {count}. Mend them, or leave these rows out with --skip-bad-rows."
        return f"Nothing was taken: {count}. A file that is not as it must be cannot be left out: mend it first."
