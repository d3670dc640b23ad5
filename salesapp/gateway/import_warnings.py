"""Warnings of an import: values that the gateway accepts although they look wrong or will not work on a tablet.

`warning_rules` declares the rules; this module shows them every row and collects what they find.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

import msgspec
from sqlalchemy import Connection, select

from salesapp.domain.canonical import Value, decode_values
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.schema import Kind, SyncObject
from salesapp.gateway import accounts
from salesapp.gateway.connectors.base import RowSource, SourceRow
from salesapp.gateway.tables import record

SAMPLES = 5


class Doubt(NamedTuple):
    """A suspicious row: its ERP key, and what is suspicious."""

    key: str
    text: str


class Warned(msgspec.Struct, frozen=True):
    """What one rule found in one object: how many rows, the first of them, and the meaning."""

    code: str
    object: str
    count: int
    words: str
    samples: tuple[Doubt, ...]


Values = tuple[Any, ...]
Told = Callable[[str, Doubt], None]
"""Receives a doubt about a row of an object."""


class Rule(Protocol):
    """One warning. `words` explain it."""

    @property
    def code(self) -> str: ...

    @property
    def words(self) -> str: ...

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        """Returns the fields that the rule reads, by object."""
        ...

    def begin(self) -> "Look":
        """Starts checking an import."""
        ...


class Look(Protocol):
    """One rule while it checks one import."""

    def see(self, key: str, erp_key: str, values: Values) -> str | Iterable[str] | None:
        """Checks the fields of a row; returns what is suspicious, if that can be said at once."""
        ...

    def end(self, profiles: dict[str, str]) -> Iterable[tuple[str, Doubt]]:
        """Yields what is suspicious in all rows together. `profiles` maps users to profiles."""
        ...


@dataclass(frozen=True)
class OfOneRow:
    """A warning about single rows: `test` takes the values of `names` and returns what is suspicious."""

    code: str
    words: str
    object: str
    names: tuple[str, ...]
    test: Callable[..., str | None]

    @property
    def fields(self) -> dict[str, tuple[str, ...]]:
        return {self.object: self.names}

    def begin(self) -> Look:
        return _RowLook(self.test)


class _RowLook:
    def __init__(self, test: Callable[..., str | None]) -> None:
        self._test = test

    def see(self, _key: str, _erp_key: str, values: Values) -> str | None:
        return self._test(*values)

    def end(self, _profiles: dict[str, str]) -> Iterable[tuple[str, Doubt]]:
        return ()


@dataclass(frozen=True)
class Twice:
    """A warning about rows that share what should be unique.

    `what` takes the values of the fields and returns the unique value, its owner and a text, or None.
    """

    code: str
    words: str
    fields: dict[str, tuple[str, ...]]
    what: Callable[..., tuple[Hashable, Hashable, str] | None]

    def begin(self) -> Look:
        return _TwiceLook(self.what)


class _TwiceLook:
    def __init__(self, what: Callable[..., tuple[Hashable, Hashable, str] | None]) -> None:
        self._what = what
        self._first: dict[int, tuple[Hashable, str]] = {}

    def see(self, key: str, erp_key: str, values: Values) -> str | None:
        found = self._what(key, erp_key, *values)
        if found is None:
            return None
        shared, whose, text = found
        owner, first = self._first.setdefault(hash(shared), (whose, erp_key))
        return None if owner == whose else f"{text}, as {first}"

    def end(self, _profiles: dict[str, str]) -> Iterable[tuple[str, Doubt]]:
        return ()


Rows = dict[str, dict[str, dict[str, Value]]]
"""Fields of rows, by object and ERP key."""


@dataclass(frozen=True)
class OfAll:
    """A warning about all rows of small objects: `find` takes them and the profile of each user."""

    code: str
    words: str
    fields: dict[str, tuple[str, ...]]
    find: Callable[[Rows, dict[str, str]], Iterable[tuple[str, Doubt]]]

    def begin(self) -> Look:
        return _AllLook(self)


class _AllLook:
    def __init__(self, rule: OfAll) -> None:
        self._rule = rule
        self._rows: Rows = {key: {} for key in rule.fields}

    def see(self, key: str, erp_key: str, values: Values) -> None:
        self._rows[key][erp_key] = dict(zip(self._rule.fields[key], values, strict=True))

    def end(self, profiles: dict[str, str]) -> Iterable[tuple[str, Doubt]]:
        return self._rule.find(self._rows, profiles)


class WarningCollector:
    """All rules while they check one import."""

    def __init__(self, catalogue: Catalogue, rules: Sequence[Rule]) -> None:
        self._catalogue = catalogue
        self._looks = [(rule, rule.begin()) for rule in rules]
        self._counts: dict[tuple[str, str], int] = defaultdict(int)
        self._samples: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
        self._words: dict[tuple[str, str], str] = {}

    def watched(self, entry: SyncObject, rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
        """Yields the same rows after showing them to the rules."""
        looks = [
            (rule, look.see, _values_of(entry, rule.fields[entry.key]))
            for rule, look in self._looks
            if entry.key in rule.fields
        ]
        for row in rows:
            for rule, see, values in looks:
                found = see(entry.key, row.key, values(row.values))
                if found:
                    for words in (found,) if isinstance(found, str) else found:
                        self._add(rule, entry.key, Doubt(row.key, words))
            yield row

    def end(self, connection: Connection, connector: RowSource) -> tuple[Warned, ...]:
        """Returns all warnings. Objects that the import lacks are checked as the gateway has them."""
        self._see_the_others(connection, connector)
        profiles = dict(connection.execute(select(accounts.user.c.name, accounts.user.c.profile)).all())
        for rule, look in self._looks:
            for key, doubt in look.end({name: profile for name, profile in profiles.items() if profile}):
                self._add(rule, key, doubt)
        return tuple(
            Warned(code, key, count, self._words[code, key], tuple(self._samples[code, key]))
            for (code, key), count in sorted(self._counts.items())
        )

    def _add(self, rule: Rule, key: str, doubt: Doubt) -> None:
        self._counts[rule.code, key] += 1
        self._words[rule.code, key] = rule.words
        if len(self._samples[rule.code, key]) < SAMPLES:
            self._samples[rule.code, key].append(doubt)

    def _see_the_others(self, connection: Connection, connector: RowSource) -> None:
        needed = {key for rule, _ in self._looks for key in rule.fields} - connector.objects
        for key in sorted(needed & self._catalogue.by_key.keys()):
            entry = self._catalogue.by_key[key]
            for _ in self.watched(entry, _stored_rows(connection, self._catalogue, entry)):
                pass


def _values_of(entry: SyncObject, names: tuple[str, ...]) -> Callable[[Values], Values]:
    """Returns a function that picks fields from a row's values."""
    places = [entry.field_names.index(name) for name in names]
    if len(places) == 1:
        return lambda values: (values[places[0]],)
    return itemgetter(*places)


def _stored_rows(connection: Connection, catalogue: Catalogue, entry: SyncObject) -> Iterator[SourceRow]:
    """Yields the live rows of an object in the source's form, with ERP keys as references."""
    query = select(record.c.erp_key, record.c.canonical).where(record.c.object == entry.key)
    places = [
        (place, _erp_keys(connection, field.target))
        for place, field in enumerate(entry.fields)
        if field.kind is Kind.REFERENCE and field.target in catalogue.by_key
    ]
    for row in connection.execution_options(yield_per=10_000).execute(query):
        values: list[Value] = entry.whole(decode_values(row.canonical))
        for place, keys in places:
            values[place] = keys.get(values[place])  # type: ignore[arg-type]
        yield SourceRow(row.erp_key, tuple(values))


def _erp_keys(connection: Connection, key: str) -> dict[int, str]:
    return dict(connection.execute(select(record.c.id, record.c.erp_key).where(record.c.object == key)).all())
