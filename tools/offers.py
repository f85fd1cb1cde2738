"""Which free times to offer: one professional per time, spread over the asked window; and why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.business import Professional, Service
from tools.calendar import Calendar, Reason

# The later a reason stands, the closer the time came to being free: with several professionals the last one is told.
_CLOSENESS: tuple[Reason, ...] = (
    "past", "horizon", "not_offered", "closed", "holiday", "notice", "day_off", "break", "own_booking",
    "full", "off_grid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time with the professional who would take it. Instants are UTC."""

    start: datetime
    end: datetime
    professional: str


def available(
    calendar: Calendar, service: Service, persons: Sequence[Professional], start: datetime, end: datetime
) -> list[Offer]:
    """Every free time in [start, end), soonest first, each with the least busy professional."""
    free: dict[datetime, list[Professional]] = {}
    for person in persons:
        for instant in calendar.starts(service, person, start, end):
            free.setdefault(instant, []).append(person)
    return [offer(calendar, service, free[instant], instant) for instant in sorted(free)]


def offer(calendar: Calendar, service: Service, free: Sequence[Professional], start: datetime) -> Offer:
    """One time with the least busy of the professionals free then; the file's order decides between equals."""
    day = calendar.day_of(start)
    chosen = min(free, key=lambda person: calendar.load(person, day)) if len(free) > 1 else free[0]
    return Offer(start, start + timedelta(minutes=service.minutes), chosen.id)


def spread(offers: Sequence[Offer], limit: int) -> list[Offer]:
    """The earliest, then others evenly over the whole, full and half hours first."""
    if len(offers) <= limit:
        return list(offers)
    earliest, rest = offers[0], offers[1:]
    for minutes in ((0,), (0, 30)):
        rounder = [item for item in rest if item.start.minute in minutes]
        if len(rounder) >= limit - 1:
            rest = rounder
            break
    wanted = limit - 1
    return [earliest, *(rest[(index + 1) * len(rest) // wanted - 1] for index in range(wanted))]


def closest_reason(
    calendar: Calendar, service: Service, persons: Sequence[Professional], start: datetime
) -> Reason | None:
    """Why nobody can take this start; None when somebody can."""
    reasons = [calendar.refusal(service, person, start) for person in persons]
    found = [reason for reason in reasons if reason is not None]
    return max(found, key=_CLOSENESS.index) if len(found) == len(reasons) and found else None


def window_reason(
    calendar: Calendar, service: Service, persons: Sequence[Professional], start: datetime, end: datetime
) -> Reason:
    """Why a window has no free time. Looks at its first week only: a longer one is full for the same reason."""
    if end <= calendar.now:
        return "past"
    first, last = calendar.day_of(max(start, calendar.now)), calendar.day_of(end - timedelta(microseconds=1))
    if first > calendar.last_day:
        return "horizon"
    days = [first + timedelta(days=offset) for offset in range(min((last - first).days, 6) + 1)]
    grid = [instant for day in days for instant in calendar.grid(service, day) if start <= instant < end]
    reasons = [calendar.refusal(service, person, instant) for instant in grid for person in persons]
    found = [reason for reason in reasons if reason is not None]
    if found:
        return max(found, key=_CLOSENESS.index)
    return "holiday" if any(day in calendar.business.holidays for day in days) else "closed"
