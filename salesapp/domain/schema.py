"""The declaration of a synchronized object: fields, references, scope. The objects themselves are in `catalogue`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from salesapp.domain.canonical import Value
from salesapp.domain.entries import Entry
from salesapp.domain.nested import Reader

EVERYONE = "everyone"
"""The scope of rows visible to every representative."""


class Kind(StrEnum):
    """The kind of a field's value: its form in storage (SQLite) and in hashes."""

    TEXT = "text"  # TEXT, at most 4,000 characters, never an empty string: empty is NULL
    INTEGER = "integer"  # INTEGER, 64 bits
    BOOLEAN = "boolean"  # INTEGER 0 or 1
    DECIMAL = "decimal"  # INTEGER, scaled by 10 ** Field.scale; never a float
    DATE = "date"  # TEXT, YYYY-MM-DD, a local date
    TIMESTAMP = "timestamp"  # TEXT, YYYY-MM-DDTHH:MM:SSZ, UTC
    JSON = "json"  # TEXT, canonical JSON (salesapp.domain.canonical): a nested list or mapping
    REFERENCE = "reference"  # INTEGER, the primary key of a row of another object


@dataclass(frozen=True, slots=True)
class Field:
    """One column of an object.

    A reference points to one object (`target`) or, with `selector`, to the object that `targets` gives for the value
    of the selector field in the same row. `strong` references need their parent: the gateway sets the row aside if
    the parent is missing. Weak ones may point to a row outside the representative's scope. With `elsewhere` a strong
    one may too: the gateway needs the parent, a tablet may do without it. `added`: it came after the first release.
    """

    name: str
    kind: Kind
    required: bool = False
    scale: int = 0
    choices: tuple[str, ...] = ()
    target: str = ""
    strong: bool = True
    elsewhere: bool = False
    selector: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    added: bool = False
    read: Reader | None = field(default=None, repr=False, compare=False)
    entry: type[Entry] | None = field(default=None, repr=False, compare=False)
    """The class of the entries of a nested list of mappings."""

    @property
    def empty(self) -> Value:
        """The stored value of nothing."""
        return 0 if self.kind is Kind.BOOLEAN else "[]" if self.kind is Kind.JSON else None

    @property
    def sql_type(self) -> str:
        """The column's type in SQLite: INTEGER or TEXT."""
        return "TEXT" if self.kind in {Kind.TEXT, Kind.DATE, Kind.TIMESTAMP, Kind.JSON} else "INTEGER"

    def target_keys(self) -> tuple[str, ...]:
        """The keys of all objects that this field can point to."""
        return (self.target,) if self.target else tuple(key for _, key in self.targets)


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """Determines a row's scope. An object's first rule whose field has a value decides, else `EVERYONE`.

    With `prefix`, the scope is "prefix:<value of the field>"; without, the scope of the row that the field
    references.
    """

    field: str
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class SyncObject:
    """One synchronized object: a table on the tablet, a progress row, a unit of verification."""

    key: str
    label: str
    fields: tuple[Field, ...]
    natural_key: tuple[str, ...]
    scope: tuple[ScopeRule, ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()
    search: tuple[str, ...] = ()
    """Text fields in the tablet's full-text search."""

    @property
    def section(self) -> str:
        return self.key.split(".", 1)[0]

    @property
    def name(self) -> str:
        return self.key.split(".", 1)[1]

    @property
    def table(self) -> str:
        """The name of its table on the tablet, and of its CSV file (plus ".csv")."""
        return self.key.replace(".", "_")

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def least(self) -> int:
        """The number of fields in the oldest layout. Those after it are `added`: older programs do not know them."""
        return sum(not field.added for field in self.fields)

    def shortest(self, values: Sequence[Value]) -> Sequence[Value]:
        """Returns a row's values without empty added ones at the end, as they are hashed and stored.

        A row without a value in them is therefore the same in every layout.
        """
        count = len(values)
        while count > self.least and values[count - 1] == self.fields[count - 1].empty:
            count -= 1
        return values[:count]

    def whole(self, values: Iterable[Value]) -> list[Value]:
        """Returns the values of all fields; those that an older or shorter layout lacks are empty."""
        found = list(values)
        return [*found, *(field.empty for field in self.fields[len(found) :])]

    def references(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind is Kind.REFERENCE)

    def needs(self) -> frozenset[str]:
        """Returns the keys of the objects that it references strongly, except itself."""
        strong = (field for field in self.references() if field.strong)
        return frozenset(key for field in strong for key in field.target_keys() if key != self.key)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of objects on the synchronization screen."""

    key: str
    label: str
