"""When an appointment can be: openings, holidays, breaks, days off, bookings, notice, horizon and the slot grid.

Pure: everything it knows is given. Instants are compared in UTC, because two local times of one zone compare by the
wall clock, which is wrong in the night the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from domain.business import WEEKDAYS, BookingRules, Business, Professional, Service
from domain.business import Span as LocalSpan
from domain.ports import Booking

Interval = tuple[datetime, datetime]
Reason = Literal[
    "past", "notice", "horizon", "holiday", "closed", "not_offered", "day_off", "break", "own_booking", "full",
    "off_grid",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """One business's time at the instant `now`. `busy` are everybody's bookings, `own` the customer's: no one can be
    in two places, so those block every professional, unless what is looked for is somebody else's (`apart`)."""

    business: Business
    rules: BookingRules
    now: datetime
    busy: Sequence[Booking] = ()
    own: Sequence[Booking] = ()
    apart: bool = False

    @property
    def earliest(self) -> datetime:
        """The first instant the minimum notice allows."""
        return self.now.astimezone(UTC) + timedelta(minutes=self.rules.minimum_notice_minutes)

    @property
    def last_day(self) -> date:
        """The last local day that can be booked."""
        return self.day_of(self.now) + timedelta(days=self.rules.horizon_days)

    @property
    def horizon(self) -> datetime:
        """The end of the last day that can be booked."""
        return self._midnight(self.last_day + timedelta(days=1))

    def day_of(self, instant: datetime) -> date:
        """The local day of an instant."""
        return instant.astimezone(self.business.zone).date()

    def whole_days(self, start: datetime, end: datetime) -> Interval:
        """From the local midnight before `start` to the one after `end`."""
        return self._midnight(self.day_of(start)), self._midnight(self.day_of(end) + timedelta(days=1))

    def starts(self, service: Service, person: Professional, start: datetime, end: datetime) -> Iterator[datetime]:
        """Every bookable start on the grid within [start, end), soonest first, in UTC."""
        start, end = max(start.astimezone(UTC), self.earliest), end.astimezone(UTC)
        day, last = self.day_of(start), min(self.day_of(end), self.last_day)
        while day <= last:
            free = self._free(person, day) if service.id in person.services else []
            for instant in self.grid(service, day) if free else ():
                if start <= instant < end and _fits(instant, service, free):
                    yield instant
            day += timedelta(days=1)

    def grid(self, service: Service, day: date) -> Iterator[datetime]:
        """Every start of the day that leaves room before closing, whoever is free; counted from each opening."""
        step, length = timedelta(minutes=self.rules.slot_minutes), timedelta(minutes=service.minutes)
        for opening, closing in self._openings(day):
            instant = opening
            while instant + length <= closing:
                yield instant
                instant += step

    def refusal(self, service: Service, person: Professional, start: datetime) -> Reason | None:
        """Why this start cannot be booked with this professional; None when it can."""
        start = start.astimezone(UTC)
        return (
            self._outside_rules(start)
            or self._not_at_work(service, person, start)
            or self._taken(service, person, start)
            or (None if self._on_grid(service, start) else "off_grid")
        )

    def load(self, person: Professional, day: date) -> timedelta:
        """How long a professional is booked that day."""
        booked = (item for item in self.busy if item.professional == person.id and self.day_of(item.start) == day)
        return sum((item.end.astimezone(UTC) - item.start.astimezone(UTC) for item in booked), timedelta())

    def _outside_rules(self, start: datetime) -> Reason | None:
        if start < self.now:
            return "past"
        if start < self.earliest:
            return "notice"
        return "horizon" if self.day_of(start) > self.last_day else None

    def _not_at_work(self, service: Service, person: Professional, start: datetime) -> Reason | None:
        day = self.day_of(start)
        if day in self.business.holidays:
            return "holiday"
        if not _fits(start, service, self._openings(day)):
            return "closed"
        if service.id not in person.services:
            return "not_offered"
        if WEEKDAYS[day.weekday()] in person.days_off:
            return "day_off"
        return None if _fits(start, service, self._working(person, day)) else "break"

    def _taken(self, service: Service, person: Professional, start: datetime) -> Reason | None:
        end = start + timedelta(minutes=service.minutes)
        own = (item for item in self.own if not self.apart or item.professional == person.id)
        if any(item.start < end and start < item.end for item in own):
            return "own_booking"
        mine = (item for item in self.busy if item.professional == person.id)
        return "full" if any(item.start < end and start < item.end for item in mine) else None

    def _on_grid(self, service: Service, start: datetime) -> bool:
        """On the grid counted from the opening, or a multiple of the slot from the full hour."""
        local = start.astimezone(self.business.zone)
        round_minute = local.minute % self.rules.slot_minutes == 0 and not (local.second or local.microsecond)
        return round_minute or start in self.grid(service, local.date())

    def _free(self, person: Professional, day: date) -> list[Interval]:
        own = () if self.apart else self.own
        taken = [*own, *(item for item in self.busy if item.professional == person.id)]
        return _without(
            self._working(person, day), [(item.start.astimezone(UTC), item.end.astimezone(UTC)) for item in taken]
        )

    def _working(self, person: Professional, day: date) -> list[Interval]:
        if WEEKDAYS[day.weekday()] in person.days_off:
            return []
        return _without(self._openings(day), self._intervals(day, person.breaks))

    def _openings(self, day: date) -> list[Interval]:
        return self._intervals(day, self.business.opening(day))

    def _intervals(self, day: date, spans: Iterable[LocalSpan]) -> list[Interval]:
        zone = self.business.zone
        return [
            (
                datetime.combine(day, span.start, zone).astimezone(UTC),
                datetime.combine(day, span.end, zone).astimezone(UTC),
            )
            for span in spans
        ]

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, datetime.min.time(), self.business.zone).astimezone(UTC)


def _fits(start: datetime, service: Service, intervals: Iterable[Interval]) -> bool:
    """Whether the whole appointment lies inside one interval."""
    end = start + timedelta(minutes=service.minutes)
    return any(opening <= start and end <= closing for opening, closing in intervals)


def _without(intervals: Sequence[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """The intervals minus what is taken."""
    left = list(intervals)
    for start, end in taken:
        left = [
            piece
            for opening, closing in left
            for piece in ((opening, min(closing, start)), (max(opening, end), closing))
            if piece[0] < piece[1]
        ]
    return left
