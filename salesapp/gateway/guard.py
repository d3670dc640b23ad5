"""The guard of imports: finds losses and changes so large that a person must accept them.

It compares prepared changes with the live rows while no other import runs. It writes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, select

from salesapp.domain.canonical import Value, decode_values
from salesapp.domain.catalogue import Catalogue
from salesapp.domain.entries import stored_entries
from salesapp.domain.objects.promotions import Scale
from salesapp.domain.schema import Kind, SyncObject
from salesapp.gateway import losses
from salesapp.gateway.connectors.sources import Source
from salesapp.gateway.intake import Prepared
from salesapp.gateway.rows import Upsert
from salesapp.gateway.tables import record

FEW = 20
"""With no more prices than these, any number may change by more than half."""
SAMPLES = 20
COMPANY = "auxiliary.company"
_AT_ONCE = 500


class Sample(msgspec.Struct, frozen=True):
    """An example row of a finding. `key` is the ERP's; `old` and `new` say what changes."""

    key: str
    name: str = ""
    old: str = ""
    new: str = ""


class Finding(msgspec.Struct, frozen=True):
    """A reason to ask before applying an import. `code` is lost, zero, changed, kind or company."""

    code: str
    object: str
    count: int
    total: int
    sentence: str
    samples: tuple[Sample, ...] = ()


def judge(
    connection: Connection, catalogue: Catalogue, prepared: Sequence[Prepared], source: Source, taken: Source | None
) -> list[Finding]:
    """Returns what a person should see before the import is applied; empty for an ordinary import.

    `taken` is the source of the live rows; None before the first recorded import.
    """
    if not any(changes.had for changes in prepared) and not connection.execute(select(record.c.id).limit(1)).first():
        return []  # there is nothing to lose
    if taken is not None and source.is_remade(taken):
        return []
    names = _Names(connection, catalogue)
    found = [*_another_source(connection, prepared, source, taken)]
    found += [finding for changes in prepared for finding in _losses(connection, changes, names)]
    return found + _price_findings(connection, prepared, names)


def _another_source(
    connection: Connection, prepared: Sequence[Prepared], source: Source, taken: Source | None
) -> Iterator[Finding]:
    had = sum(changes.had for changes in prepared)
    absent = sum(changes.absent for changes in prepared)
    if taken is not None and taken.kind != source.kind:
        sentence = f"the present rows come from {taken.description}, the new ones from {source.description}"
        yield Finding("kind", "", absent, had, sentence)
        return
    company = next((changes for changes in prepared if changes.entry.key == COMPANY), None)
    other = _other_company(connection, company) if company else None
    if other:
        yield Finding("company", COMPANY, 1, 1, "this is another company", (other,))
    is_moved = taken is not None and taken.place != source.place
    has_others = is_moved or any(changes.report.added for changes in prepared)  # else the source is cut short
    kept_least = 50 if is_moved else 10
    if has_others and (had - absent) * 100 < had * kept_least:
        sentence = f"the source has {had - absent} of the {had} present keys: it looks like another company"
        yield Finding("company", "", absent, had, sentence)


def _other_company(connection: Connection, changes: Prepared) -> Sample | None:
    """Returns the company's row if its tax number (without one, its code) is not among the present ones."""
    places = [changes.entry.field_names.index(name) for name in ("tax_id", "code", "name")]
    query = select(record.c.id, record.c.erp_key, record.c.canonical).where(record.c.object == changes.entry.key)
    before = {row.id: (row.erp_key, decode_values(row.canonical)) for row in connection.execute(query)}
    gone = {removal.id for removal in changes.removals}
    after = {id_: row for id_, row in before.items() if id_ not in gone}
    after |= {row.id: (row.erp_key, decode_values(row.canonical)) for row in _upserts(changes)}
    if not before or not after:
        return None
    old, new = (next(iter(sorted(rows.values(), key=lambda row: row[0]))) for rows in (before, after))
    for place in places[:2]:
        numbers = [{_squeezed(values[place]) for _, values in rows.values()} - {""} for rows in (before, after)]
        if all(numbers):
            words = [f"{values[places[2]]} ({values[place]})" for _, values in (old, new)]
            return None if numbers[0] & numbers[1] else Sample(new[0], str(new[1][places[2]]), *words)
    return None


def _squeezed(value: Value) -> str:
    """Returns a number without blanks, dashes and case, for comparison."""
    return "".join(filter(str.isalnum, str(value or ""))).upper()


def _losses(connection: Connection, changes: Prepared, names: "_Names") -> Iterator[Finding]:
    lost = len(changes.removals)
    if not losses.is_large(changes.had, lost):
        return
    aside = lost - changes.absent
    how = f"{changes.absent} deleted, {aside} set aside" if aside else "deleted"
    share = "all" if lost == changes.had else f"{lost}"
    sentence = f"{share} of {changes.had} rows would disappear ({how})"
    yield Finding("lost", changes.entry.key, lost, changes.had, sentence, _lost_samples(connection, changes, names))


def _lost_samples(connection: Connection, changes: Prepared, names: "_Names") -> tuple[Sample, ...]:
    found = []
    for row in _stored(connection, changes.entry.key, [removal.id for removal in changes.removals[:SAMPLES]]):
        why = changes.aside.get(row.erp_key)
        new = f"set aside: {why.field} needs {why.parent_object} {why.parent_key}" if why else "deleted"
        found.append(Sample(row.erp_key, names.of(changes.entry, decode_values(row.canonical)), new=new))
    return tuple(found)


@dataclass
class _Tally:
    """Counts prices of one kind: how many stay, and how many of them change suspiciously."""

    total: int = 0
    zero: int = 0
    much: int = 0
    zero_samples: list[Sample] = field(default_factory=list)
    much_samples: list[Sample] = field(default_factory=list)

    def count(self, old: Decimal, new: Decimal, sample: Callable[[], Sample]) -> None:
        if new == 0 != old:
            self.zero += 1
            _append(self.zero_samples, sample)
        if abs(new - old) * 2 > abs(old):
            self.much += 1
            _append(self.much_samples, sample)

    def findings(self, key: str, kind: str) -> Iterator[Finding]:
        if losses.is_much(self.total, self.zero):
            sentence = f"{self.zero} of {self.total} {kind} would become 0"
            yield Finding("zero", key, self.zero, self.total, sentence, tuple(self.zero_samples))
        if self.total >= FEW and self.much * 2 > self.total:
            sentence = f"{self.much} of {self.total} {kind} would change by more than half"
            yield Finding("changed", key, self.much, self.total, sentence, tuple(self.much_samples))

    def __add__(self, other: "_Tally") -> "_Tally":
        return _Tally(
            self.total + other.total,
            self.zero + other.zero,
            self.much + other.much,
            [*self.zero_samples, *other.zero_samples][:SAMPLES],
            [*self.much_samples, *other.much_samples][:SAMPLES],
        )


def _append(samples: list[Sample], sample: Callable[[], Sample]) -> None:
    if len(samples) < SAMPLES:
        samples.append(sample())


def _list_prices(entry: SyncObject, values: list[Value]) -> dict[tuple[str, str], Decimal]:
    value = entry.field("value")
    is_component = values[entry.field_names.index("discount_type")] is not None
    amount = Decimal(int(values[entry.field_names.index("value")] or 0)).scaleb(-value.scale)
    return {("discounts and components" if is_component else "prices", ""): amount}


def _promotion_prices(entry: SyncObject, values: list[Value]) -> dict[tuple[str, str], Decimal]:
    found = {}
    for scale in stored_entries(Scale, values[entry.field_names.index("scales")]) or ():
        if scale.value is not None:
            found["values of promotions", f" from {scale.start:f}"] = scale.value
    return found


PRICES = {"items.prices": _list_prices, "promotions.headers": _promotion_prices}
"""The objects with prices, each with a function that returns a row's amounts by kind and place in the row."""


def _price_findings(connection: Connection, prepared: Sequence[Prepared], names: "_Names") -> list[Finding]:
    """Judges prices by kind, and all together if no kind is suspicious alone.

    A deleted price counts as a lost row, not here.
    """
    tallies: dict[tuple[str, str], _Tally] = {}
    priced = [changes for changes in prepared if changes.entry.key in PRICES]
    if sum(changes.report.changed for changes in priced) * 2 <= FEW:
        return []  # too few to judge
    for changes in priced:
        _count_all(connection, changes, tallies)
        _count_changed(connection, changes, tallies, names)
    found = [finding for (key, kind), tally in tallies.items() for finding in tally.findings(key, kind)]
    return found or [*sum(tallies.values(), _Tally()).findings("", "prices, discounts and promotions")]


def _count_all(connection: Connection, changes: Prepared, tallies: dict[tuple[str, str], _Tally]) -> None:
    gone, entry = {removal.id for removal in changes.removals}, changes.entry
    query = select(record.c.id, record.c.canonical).where(record.c.object == entry.key)
    for row in connection.execution_options(yield_per=10_000).execute(query):
        if row.id not in gone:
            for kind, _ in PRICES[entry.key](entry, decode_values(row.canonical)):
                tallies.setdefault((entry.key, kind), _Tally()).total += 1


def _count_changed(
    connection: Connection, changes: Prepared, tallies: dict[tuple[str, str], _Tally], names: "_Names"
) -> None:
    amounts, entry = PRICES[changes.entry.key], changes.entry
    for old, row in _changed_rows(connection, changes):
        values = decode_values(row.canonical)
        before, after = amounts(entry, decode_values(old.canonical)), amounts(entry, values)
        for place in before.keys() & after.keys():
            kind, where = place
            sample = partial(_price_sample, names, entry, old.erp_key + where, values, before[place], after[place])
            tallies[entry.key, kind].count(before[place], after[place], sample)


def _price_sample(
    names: "_Names", entry: SyncObject, key: str, values: list[Value], old: Decimal, new: Decimal
) -> Sample:
    return Sample(key, names.of(entry, values), f"{old:f}", f"{new:f}")


def _changed_rows(connection: Connection, changes: Prepared) -> Iterator[tuple[Any, Upsert]]:
    """Yields live rows, each with its new version."""
    for batch in changes.upserts.batches():
        new = {row.id: row for row in batch if row.old_scope}
        for old in _stored(connection, changes.entry.key, list(new)):
            yield old, new[old.id]


def _upserts(changes: Prepared) -> Iterable[Upsert]:
    return (row for batch in changes.upserts.batches() for row in batch)


def _stored(connection: Connection, key: str, ids: list[int]) -> Iterator[Any]:
    """Yields the live rows of an object with these primary keys."""
    columns = (record.c.id, record.c.erp_key, record.c.canonical)
    query = select(*columns).where(record.c.object == key, record.c.id.in_(bindparam("ids", expanding=True)))
    for start in range(0, len(ids), _AT_ONCE):
        yield from connection.execute(query, {"ids": ids[start : start + _AT_ONCE]})


class _Names:
    """Finds labels of rows: a row's name, or those of the rows that it refers to."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        self._connection = connection
        self._catalogue = catalogue

    def of(self, entry: SyncObject, values: list[Value]) -> str:
        own = _own_name(entry, values)
        if own:
            return own
        parents = (
            self._parent(field.target, value)
            for field, value in zip(entry.fields, entry.whole(values), strict=True)
            if field.kind is Kind.REFERENCE and field.target and isinstance(value, int)
        )
        return ", ".join(name for name in parents if name)

    def _parent(self, key: str, id_: int) -> str:
        rows = _stored(self._connection, key, [id_])
        return next((_own_name(self._catalogue.by_key[key], decode_values(row.canonical)) for row in rows), "")


def _own_name(entry: SyncObject, values: list[Value]) -> str:
    return str(values[entry.field_names.index("name")] or "") if "name" in entry.field_names else ""
