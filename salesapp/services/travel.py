"""Travel entries: trips with a vehicle, whose odometer continues from the last entry."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from salesapp import clock
from salesapp.domain import travel as rules
from salesapp.domain.ids import new_id
from salesapp.domain.objects import directories as rows
from salesapp.domain.travel import Reading
from salesapp.protocol.records import TravelRecord
from salesapp.services.documents import TooLateError
from salesapp.services.visits import read_calendar
from salesapp.store import appointments as store
from salesapp.store import outbox, records
from salesapp.store.account_stores import AccountStores

_NOT_TAKEN = frozenset({"rejected"})


class NotPossibleError(Exception):
    """The odometer readings are impossible; `reading` says why."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        super().__init__(str(reading))


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle with the readings around an entry, in km.

    `last_km`: the reading before it (an own entry's or the synchronized one); `next_km`: the next own entry's start.
    """

    key: int
    name: str
    registration: str
    last_km: int | None
    next_km: int | None = None


@dataclass(frozen=True, slots=True)
class TravelType:
    """A kind of travel. `rate_per_km` in `currency`."""

    key: int
    name: str
    is_private: bool
    rate_per_km: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An own entry as a list row; `km` is None during the trip."""

    record: str
    receipt: str
    travel: TravelRecord
    day: date
    vehicle: str
    registration: str
    type_name: str
    erp_number: str = ""
    error_code: str = ""
    error_params: tuple[tuple[str, str], ...] = ()

    @property
    def km(self) -> int | None:
        return None if self.travel.ended_km is None else self.travel.ended_km - self.travel.started_km

    @property
    def can_change(self) -> bool:
        return self.receipt in {"draft", "on_device", "held_back", "rejected"}


@dataclass(frozen=True, slots=True)
class Log:
    """Own entries, latest day first, with the km of today and this month (local), and the current odometer reading."""

    entries: tuple[Entry, ...]
    today_km: int
    month_km: int
    odometer_km: int | None


@dataclass(frozen=True, slots=True)
class VisitChoice:
    """A visit that an entry may belong to, by its own record or by its key in the catalogue."""

    day: date
    title: str
    at: str
    record: str = ""
    key: int | None = None

    def is_of(self, travel: TravelRecord) -> bool:
        return travel.appointment == self.record if travel.appointment else travel.visit == self.key is not None


def read_visits(stores: AccountStores, day: date) -> tuple[VisitChoice, ...]:
    """Returns the visits from two weeks before a day to the day after it, by time."""
    found, _ = read_calendar(stores, day - timedelta(days=14), day + timedelta(days=1))
    return tuple(
        VisitChoice(
            day=visit.start.date(),
            title=visit.title,
            at="" if visit.is_full_day else f"{visit.start:%H:%M}",
            record=visit.record,
            key=visit.key,
        )
        for visit in found
    )


def read_vehicles(stores: AccountStores, without: str = "") -> tuple[Vehicle, ...]:
    """Returns active vehicles, own ones first, with the readings around a new entry or the entry of a record."""
    every = stores.catalog.all(rows.Vehicle, order="registration")
    chosen = [row for row in every if row.is_active] or every
    names, trips = stores.account.names, _Trips.read(stores, without)
    chosen.sort(key=lambda row: row.representative not in names)
    return tuple(
        Vehicle(row.id, row.name, row.registration, *trips.around(row.id, row.last_odometer_km)) for row in chosen
    )


def read_types(stores: AccountStores) -> tuple[TravelType, ...]:
    """Returns the kinds of travel, business first."""
    money = {row.id: row.code for row in stores.catalog.all(rows.Currency)}
    return tuple(
        TravelType(row.id, row.name, row.is_private, row.rate_per_km, money.get(row.currency or 0, ""))
        for row in stores.catalog.all(rows.TravelType, order="is_private, id")
    )


def around(stores: AccountStores, vehicle: int, record: str = "") -> tuple[int | None, int | None]:
    """Returns the readings before and after a new entry of a vehicle, or the entry of a record."""
    row = stores.catalog.one(rows.Vehicle, vehicle)
    return _Trips.read(stores, record).around(vehicle, row.last_odometer_km if row else None)


@dataclass(frozen=True, slots=True)
class _Trips:
    """Own entries that count, and the current one (None: a new one)."""

    others: tuple[TravelRecord, ...]
    this: TravelRecord | None

    @classmethod
    def read(cls, stores: AccountStores, record: str) -> "_Trips":
        found = store.own(stores.work, TravelRecord)
        others = tuple(own.payload for own in found if own.id != record and own.receipt not in _NOT_TAKEN)
        return cls(others, next((own.payload for own in found if own.id == record), None))

    def around(self, vehicle: int, odometer: int | None) -> tuple[int | None, int | None]:
        """Returns the readings before and after the entry. A new entry comes last, an edited one keeps its place."""
        trips = [trip for trip in self.others if trip.vehicle == vehicle]
        if self.this is None or self.this.vehicle != vehicle:
            return _last(odometer, *(_reached(trip) for trip in trips)), None
        start = self.this.started_km
        before = [_reached(trip) for trip in trips if trip.started_km < start]
        after = [trip.started_km for trip in trips if trip.started_km >= start]
        return _last(odometer if odometer is None or odometer <= start else None, *before), min(after, default=None)


def _reached(trip: TravelRecord) -> int:
    return trip.started_km if trip.ended_km is None else trip.ended_km


def _last(*readings: int | None) -> int | None:
    return max((reading for reading in readings if reading is not None), default=None)


def check(stores: AccountStores, travel: TravelRecord, record: str = "") -> Reading:
    """Checks the readings of an entry; returns problems and the unexplained gap."""
    before, after = around(stores, travel.vehicle, record)
    return rules.check(travel.started_km, travel.ended_km, before, after, is_finished=travel.ended_km is not None)


def save(stores: AccountStores, travel: TravelRecord, record: str = "") -> str:
    """Saves an entry: a finished trip goes to the outbox, one in progress stays a draft; returns the record.

    Raises NotPossibleError for impossible readings, TooLateError for an entry that was sent.
    """
    reading = check(stores, travel, record)
    if not reading.is_possible:
        raise NotPossibleError(reading)
    id_ = record or new_id()
    with stores.work.write() as connection:
        found = records.find_in(connection, id_)
        if found is not None and found.submission is not None and not outbox.withdraw(connection, found.submission):
            raise TooLateError(id_)
        if travel.ended_km is None:
            records.save(connection, id_, "travel", "draft", travel)
        else:
            submission = outbox.add(connection, "travel", id_, travel)
            records.save(connection, id_, "travel", "confirmed", travel, submission=submission)
    return id_


def drop(stores: AccountStores, record: str) -> None:
    """Deletes a draft entry, or voids an unsent one. Raises TooLateError."""
    with stores.work.write() as connection:
        found = records.load_in(connection, record, TravelRecord)
        if found.state == "draft":
            records.remove(connection, record)
            return
        if found.submission is None or not outbox.withdraw(connection, found.submission):
            raise TooLateError(record)
        records.void(connection, record)


def read_log(stores: AccountStores, today: date | None = None) -> Log:
    """Returns the own entries and their sums."""
    day = today or clock.today()
    vehicles = {row.id: row for row in stores.catalog.all(rows.Vehicle)}
    types = {row.id: row.name for row in stores.catalog.all(rows.TravelType)}
    entries = sorted(
        (_entry(own, vehicles.get(own.payload.vehicle), types) for own in store.own(stores.work, TravelRecord)),
        key=lambda entry: (entry.day, entry.travel.started_km),
        reverse=True,
    )
    counted = [entry for entry in entries if entry.receipt not in _NOT_TAKEN]
    return Log(
        entries=tuple(entries),
        today_km=sum(entry.km or 0 for entry in counted if entry.day == day),
        month_km=sum(entry.km or 0 for entry in counted if (entry.day.year, entry.day.month) == (day.year, day.month)),
        odometer_km=next((vehicle.last_km for vehicle in read_vehicles(stores)), None),
    )


def read_entry(stores: AccountStores, record: str) -> Entry | None:
    """Returns an own entry; None if it is gone."""
    return next((entry for entry in read_log(stores).entries if entry.record == record), None)


def _entry(own: store.Own[TravelRecord], vehicle: rows.Vehicle | None, types: dict[int, str]) -> Entry:
    travel = own.payload
    return Entry(
        record=own.id,
        receipt=own.receipt,
        travel=travel,
        day=date.fromisoformat(travel.travelled_on),
        vehicle=vehicle.name if vehicle else "",
        registration=vehicle.registration if vehicle else "",
        type_name=types.get(travel.travel_type, ""),
        erp_number=own.erp_number,
        error_code=own.error_code,
        error_params=own.error_params,
    )
