"""One search for a free time: which service, with whom, ignoring which booking; answered from the books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.business import BookingRules, Professional, Service
from domain.errors import FixArguments, Impossible
from domain.ports import Booking
from tools import offers
from tools.calendar import Calendar
from tools.nearby import Nearby, Wish
from tools.offers import Offer
from tools.tool import Desk, spans_of

_NEAR = timedelta(days=7)
_INSTANT = timedelta(microseconds=1)
_NEAREST = 3
_APART = timedelta(hours=1)  # for a whole window, alternatives a quarter of an hour apart are no choice


@dataclass(frozen=True, slots=True)
class Search:
    """`persons` may perform the service: all performers, the one asked for, or nobody when that one does not.
    `exclude` is the booking being moved: its own time counts as free. `for_another`: the customer's own appointments
    are not in the way."""

    desk: Desk
    service: Service
    persons: tuple[Professional, ...]
    exclude: str | None = None
    for_another: bool = False

    @classmethod
    def of(cls, desk: Desk, service_id: str, professional_id: str | None, exclude: str | None = None) -> Search:
        """Raises FixArguments for unknown ids, Impossible("agent_books") where a person books."""
        rules_of(desk)
        service = desk.business.service(service_id)
        if service is None:
            raise FixArguments(f"service: unknown; allowed: {', '.join(item.id for item in desk.business.services)}")
        performers = desk.business.performers(service.id)
        if professional_id is None or professional_id == "any":
            return cls(desk, service, performers, exclude)
        if desk.business.professional(professional_id) is None:
            allowed = ", ".join(person.id for person in desk.business.professionals)
            raise FixArguments(f"professional: unknown; allowed: any, {allowed}")
        return cls(desk, service, tuple(person for person in performers if person.id == professional_id), exclude)

    async def window(self, start: datetime, end: datetime, limit: int, spread: bool) -> dict[str, Any]:
        """Free times beginning in [start, end), or why there are none. An empty window means its start."""
        end = max(end, start + _INSTANT)
        calendar = await self._calendar(start, end)
        found = offers.available(calendar, self.service, self.persons, start, end)
        if found:
            chosen = offers.spread(found, limit) if spread else found[:limit]
            return {"times": self.written(chosen), "reason": None, "nearest": [], "facts": {}}
        if not self.persons:
            others = offers.spread(offers.available(calendar, self.service, self._performers, start, end), _NEAREST)
            near = others or await replace(self, persons=self._performers).nearest(start, end)
            return self._none("not_offered", near, calendar, start)
        reason = offers.window_reason(calendar, self.service, self.persons, start, end)
        return self._none(reason, await self.nearest(start, end), calendar, start)

    async def check(self, start: datetime) -> dict[str, Any]:
        """Whether one start is free and with whom, or why not."""
        end = self.end(start)
        answer: dict[str, Any] = {"start": self.desk.iso(start), "end": self.desk.iso(end)}
        calendar = await self._calendar(start, end)
        free = [person for person in self.persons if calendar.refusal(self.service, person, start) is None]
        if free:
            chosen = offers.offer(calendar, self.service, free, start.astimezone(UTC))
            settled = {"free": True, "professional": chosen.professional, "reason": None}
            return {**answer, **settled, "nearest": [], "others": [], "facts": {}, "own": None}
        reason = offers.closest_reason(calendar, self.service, self.persons, start) or "not_offered"
        others = self._elsewhere(calendar, start)
        near = await self.nearest(start, start + _INSTANT)
        near = [*near[: _NEAREST - 1], others[0]] if others else near
        return {
            **answer,
            "free": False,
            "professional": None,
            "reason": reason,
            "nearest": self.written(near),
            "others": self.written(others),
            "facts": self._facts(calendar, start),
            "own": self._in_the_way(calendar, start),
        }

    def _in_the_way(self, calendar: Calendar, start: datetime) -> dict[str, Any] | None:
        """The customer's own appointment at that time; of several, the one with who was asked for."""
        end, asked = self.end(start), {person.id for person in self.persons}
        overlapping = [item for item in calendar.own if item.start < end and start < item.end]
        overlapping.sort(key=lambda item: item.professional not in asked)
        return written(self.desk, overlapping[0]) if overlapping else None

    async def nearest(self, start: datetime, end: datetime) -> list[Offer]:
        """Free times around the window, never in the past: within a week, else anywhere up to the horizon."""
        if not self.persons:
            return []
        empty = Calendar(self.desk.business, rules_of(self.desk), self.desk.now)
        horizon, apart, wish = empty.horizon, min(end - start, _APART), Wish(start, end)
        start, end = min(max(start, self.desk.now), horizon), min(max(end, self.desk.now), horizon)
        for within in (_NEAR, timedelta(days=empty.rules.horizon_days + 1)):
            calendar = await self._calendar(start - within, end + within)
            nearby = Nearby(calendar, self.service, self.persons, wish, within, apart)
            found = nearby.times(start, end, _NEAREST)
            if found:
                return found
        return []

    def end(self, start: datetime) -> datetime:
        """When an appointment beginning at `start` ends, in the business's zone."""
        return self.desk.local(start.astimezone(UTC) + timedelta(minutes=self.service.minutes))

    def written(self, found: Sequence[Offer]) -> list[dict[str, str]]:
        """Offers as tool results show them."""
        iso = self.desk.iso
        return [{"start": iso(item.start), "end": iso(item.end), "professional": item.professional} for item in found]

    @property
    def _performers(self) -> tuple[Professional, ...]:
        return self.desk.business.performers(self.service.id)

    async def _calendar(self, start: datetime, end: datetime) -> Calendar:
        """The calendar with the bookings of the window's whole days, as far as they can be booked."""
        bookings, now = self.desk.records.bookings, self.desk.now
        empty = Calendar(self.desk.business, rules_of(self.desk), now)
        first, last = empty.whole_days(max(start, now), max(end, now))
        last = min(last, empty.horizon)
        busy = await bookings.busy(first, last) if first < last else ()
        mine = await bookings.mine(now)
        return replace(empty, busy=self._others(busy), own=self._others(mine), apart=self._apart(mine))

    def _apart(self, mine: Sequence[Booking]) -> bool:
        """Whether it is for somebody else; what is moved is, where it stands beside another of the customer's."""
        moved = next((booking for booking in mine if booking.id == self.exclude), None)
        beside = (one for one in mine if moved and one is not moved and one.start < moved.end and moved.start < one.end)
        return self.for_another or any(beside)

    def _others(self, found: Sequence[Booking]) -> list[Booking]:
        return [booking for booking in found if booking.id != self.exclude]

    def _elsewhere(self, calendar: Calendar, start: datetime) -> list[Offer]:
        """The same time, and the next slot, with somebody who was not asked for."""
        rest = [person for person in self._performers if person not in self.persons]
        found = []
        for instant in (start.astimezone(UTC), start.astimezone(UTC) + timedelta(minutes=calendar.rules.slot_minutes)):
            free = [person for person in rest if calendar.refusal(self.service, person, instant) is None]
            found += [offers.offer(calendar, self.service, free, instant)] if free else []
        return found

    def _none(self, reason: str, near: Sequence[Offer], calendar: Calendar, start: datetime) -> dict[str, Any]:
        return {
            "times": [],
            "reason": reason,
            "nearest": self.written(near),
            "facts": self._facts(calendar, start),
        }

    def _facts(self, calendar: Calendar, start: datetime) -> dict[str, Any]:
        """What a reply may say about the asked day and the rules."""
        day = calendar.day_of(start)
        opens = self.desk.business.next_opening(max(calendar.whole_days(start, start)[1], self.desk.now))
        return {
            "day": day.isoformat(),
            "opening": spans_of(self.desk.business.opening(day)),
            "holiday": day in self.desk.business.holidays,
            "next_open_day": opens.date().isoformat() if opens else None,
            "next_opening": opens.isoformat() if opens else None,
            "minimum_notice_minutes": calendar.rules.minimum_notice_minutes,
            "horizon_days": calendar.rules.horizon_days,
            "last_day": calendar.last_day.isoformat(),
            "performers": [person.id for person in self._performers],
            "breaks": {person.id: spans_of(person.breaks) for person in self.persons},
            "days_off": {person.id: list(person.days_off) for person in self.persons},
        }


def rules_of(desk: Desk) -> BookingRules:
    """The business's booking rules. Raises Impossible("agent_books") where a person books."""
    rules = desk.business.booking
    if rules is None or rules.by == "agent" or not desk.business.professionals:
        raise Impossible("agent_books")
    return rules


def written(desk: Desk, booking: Booking) -> dict[str, Any]:
    """A booking as tool results show it."""
    service = desk.business.service(booking.service)
    return {
        "booking": booking.id,
        "service": booking.service,
        "professional": booking.professional,
        "start": desk.iso(booking.start),
        "end": desk.iso(booking.end),
        "status": booking.status,
        "price": price_of(service) if service else None,
    }


def price_of(service: Service) -> str | None:
    """Two decimals; None is told only after an evaluation."""
    return None if service.price is None else f"{service.price:.2f}"
