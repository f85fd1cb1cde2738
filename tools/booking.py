"""Appointments: free times, booking, moving, cancelling. A person's word is never taken for a free time: rules are
checked here and the database excludes overlaps, so an offer may still be lost to somebody faster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic import Field

from domain.business import BookingRules, Professional, Service
from domain.errors import FixArguments, Impossible
from domain.ports import Booking
from tools import offers
from tools.calendar import Calendar
from tools.offers import Offer
from tools.tool import Arguments, Desk, Tool, WriteArguments, reading, writing

_NEAR = timedelta(days=7)


class Nothing(Arguments):
    """No arguments."""


class FindFreeTimes(Arguments):
    service: str = Field(description="service id")
    professional: str | None = Field(None, description='professional id; "any" or null when it does not matter')
    start: datetime = Field(description="the window's start, ISO; appointments begin within the window")
    end: datetime = Field(description="the window's end, ISO, exclusive")
    limit: int = Field(3, ge=1, le=20)
    exclude_booking: str | None = Field(None, description="the booking being moved: its own time counts as free")
    spread: bool = Field(True, description="varied times over the window; false for the very first ones")


class CheckTime(Arguments):
    service: str
    professional: str | None = None
    start: datetime
    exclude_booking: str | None = None


class BookAppointment(WriteArguments):
    service: str
    professional: str | None = None
    start: datetime


class RescheduleAppointment(WriteArguments):
    booking: str
    start: datetime
    professional: str | None = Field(None, description="null keeps the professional")


class CancelAppointment(WriteArguments):
    booking: str


async def list_services(desk: Desk, arguments: Nothing) -> dict[str, Any]:
    """What can be booked: id, name, minutes, price (null: told after an evaluation) and who performs it."""
    return {
        "services": [
            {
                "id": service.id,
                "name": service.name,
                "minutes": service.minutes,
                "price": _price(service),
                "professionals": [person.id for person in desk.business.performers(service.id)],
            }
            for service in desk.business.services
        ]
    }


async def find_free_times(desk: Desk, arguments: FindFreeTimes) -> dict[str, Any]:
    """Free times for a service within a window such as a day or a morning.

    Without any, `reason` says why, `nearest` holds free times just before and after, and `facts` the day's opening.
    """
    service, persons = _asked(desk, arguments.service, arguments.professional)
    start, end = desk.local(arguments.start), desk.local(arguments.end)
    if end <= start:
        raise FixArguments("end: must be after start")
    if not persons:
        return {"times": [], "reason": "not_offered", "nearest": [], "facts": _performers(desk, service)}
    calendar = await _calendar(desk, start, end, arguments.exclude_booking)
    found = offers.available(calendar, service, persons, start, end)
    if found:
        chosen = offers.spread(found, arguments.limit) if arguments.spread else found[: arguments.limit]
        return {"times": _written(desk, chosen), "reason": None, "nearest": [], "facts": {}}
    reason = offers.window_reason(calendar, service, persons, start, end)
    near = await _nearest(desk, service, persons, start, end, arguments.exclude_booking)
    return {
        "times": [],
        "reason": reason,
        "nearest": _written(desk, near),
        "facts": _facts(desk, calendar, start, persons),
    }


async def check_time(desk: Desk, arguments: CheckTime) -> dict[str, Any]:
    """Whether one exact start is free, and with whom. When it is not: `reason`, and the `nearest` free times.

    `nearest` has the asked professional's times first, then the same time with somebody else (all such in `others`).
    """
    service, persons = _asked(desk, arguments.service, arguments.professional)
    start = desk.local(arguments.start)
    return await _checked(desk, service, persons, start, arguments.exclude_booking)


async def book_appointment(desk: Desk, arguments: BookAppointment) -> dict[str, Any]:
    """Books. Only after the customer said yes to exactly this service, professional and start."""
    service, persons = _asked(desk, arguments.service, arguments.professional)
    start = desk.local(arguments.start)
    checked = await _checked(desk, service, persons, start, None)
    if checked["free"]:
        professional = checked["professional"]
    elif (same := _same(checked.get("own"), service, persons, start)) is not None:
        professional = same  # perhaps this very write, sent again: the key decides
    else:
        raise _refused(checked)
    end = start.astimezone(UTC) + timedelta(minutes=service.minutes)
    try:
        booking = await desk.records.bookings.book(service.id, professional, start, desk.local(end), arguments.key)
    except Impossible as error:
        raise await _lost(desk, error, service, persons, start, checked, None) from None
    return _receipt(desk, booking)


async def reschedule_appointment(desk: Desk, arguments: RescheduleAppointment) -> dict[str, Any]:
    """Moves one of the customer's appointments, with the same professional unless another is named."""
    current = await _own(desk, arguments.booking)
    _in_time(desk, current)
    service, persons = _asked(desk, current.service, arguments.professional or current.professional)
    start = desk.local(arguments.start)
    checked = await _checked(desk, service, persons, start, current.id)
    if not checked["free"]:
        raise _refused(checked)
    end = desk.local(start.astimezone(UTC) + timedelta(minutes=service.minutes))
    try:
        moved = await desk.records.bookings.move(current.id, checked["professional"], start, end, arguments.key)
    except Impossible as error:
        raise await _lost(desk, error, service, persons, start, checked, current.id) from None
    return {
        **_receipt(desk, moved),
        "previous": {"start": desk.iso(current.start), "professional": current.professional},
    }


async def cancel_appointment(desk: Desk, arguments: CancelAppointment) -> dict[str, Any]:
    """Cancels one of the customer's appointments, after a yes. Too close to the start, a person decides."""
    latest = await desk.records.bookings.latest()
    if latest is None or (latest.id, latest.status) != (arguments.booking, "cancelled"):
        _in_time(desk, await _own(desk, arguments.booking))
    return _receipt(desk, await desk.records.bookings.cancel(arguments.booking, arguments.key))


async def my_appointments(desk: Desk, arguments: Nothing) -> dict[str, Any]:
    """The customer's coming appointments, soonest first, and the `latest` one made (for "the same as last time")."""
    coming = await desk.records.bookings.mine(desk.now)
    latest = await desk.records.bookings.latest()
    return {
        "appointments": [_appointment(desk, booking) for booking in coming],
        "latest": _appointment(desk, latest) if latest else None,
    }


TOOLS: tuple[Tool, ...] = (
    reading(Nothing, list_services),
    reading(FindFreeTimes, find_free_times),
    reading(CheckTime, check_time),
    writing(BookAppointment, book_appointment),
    writing(RescheduleAppointment, reschedule_appointment),
    writing(CancelAppointment, cancel_appointment),
    reading(Nothing, my_appointments),
)


def _rules(desk: Desk) -> BookingRules:
    rules = desk.business.booking
    if rules is None or rules.by == "agent" or not desk.business.professionals:
        raise Impossible("agent_books")
    return rules


def _asked(desk: Desk, service_id: str, professional_id: str | None) -> tuple[Service, list[Professional]]:
    """The service and who may perform it: nobody when the asked professional does not."""
    _rules(desk)
    service = desk.business.service(service_id)
    if service is None:
        raise FixArguments(f"service: unknown; allowed: {', '.join(item.id for item in desk.business.services)}")
    performers = desk.business.performers(service.id)
    if professional_id in (None, "any"):
        return service, list(performers)
    if desk.business.professional(str(professional_id)) is None:
        allowed = ", ".join(person.id for person in desk.business.professionals)
        raise FixArguments(f"professional: unknown; allowed: any, {allowed}")
    return service, [person for person in performers if person.id == professional_id]


async def _calendar(desk: Desk, start: datetime, end: datetime, exclude: str | None) -> Calendar:
    """The calendar with the bookings of the window's whole days."""
    empty = Calendar(desk.business, _rules(desk), desk.now)
    first, last = empty.whole_days(max(start, desk.now), max(end, desk.now))
    horizon = empty.whole_days(desk.now, desk.now + timedelta(days=empty.rules.horizon_days))[1]
    first, last = min(first, horizon), min(last, horizon)
    busy = await desk.records.bookings.busy(first, last) if first < last else ()
    own = await desk.records.bookings.mine(desk.now)
    return Calendar(
        desk.business,
        empty.rules,
        desk.now,
        [booking for booking in busy if booking.id != exclude],
        [booking for booking in own if booking.id != exclude],
    )


async def _checked(
    desk: Desk, service: Service, persons: Sequence[Professional], start: datetime, exclude: str | None
) -> dict[str, Any]:
    end = desk.local(start.astimezone(UTC) + timedelta(minutes=service.minutes))
    answer: dict[str, Any] = {"free": False, "professional": None, "start": desk.iso(start), "end": desk.iso(end)}
    calendar = await _calendar(desk, start, end, exclude)
    free = [person for person in persons if calendar.refusal(service, person, start) is None]
    if free:
        chosen = offers.offer(calendar, service, free, start.astimezone(UTC))
        return {**answer, "free": True, "professional": chosen.professional, "reason": None, "nearest": [], "facts": {}}
    reason = offers.closest_reason(calendar, service, persons, start) or "not_offered"
    others = _elsewhere(calendar, service, [*desk.business.performers(service.id)], persons, start)
    near = await _nearest(desk, service, persons, start, start + timedelta(minutes=1), exclude)
    if others:
        near = [*near[: 2 if near else 0], others[0]]
    return {
        **answer,
        "reason": reason,
        "nearest": _written(desk, near),
        "others": _written(desk, others),
        "facts": _facts(desk, calendar, start, persons) | ({} if persons else _performers(desk, service)),
        "own": next((_appointment(desk, item) for item in calendar.own if item.start < end and start < item.end), None),
    }


def _elsewhere(
    calendar: Calendar, service: Service, performers: Sequence[Professional], asked: Sequence[Professional], start: datetime
) -> list[Offer]:  # fmt: skip
    """The same time, and the next slot, with somebody who was not asked for."""
    rest = [person for person in performers if person not in asked]
    slot = timedelta(minutes=calendar.rules.slot_minutes)
    found = []
    for instant in (start.astimezone(UTC), start.astimezone(UTC) + slot):
        free = [person for person in rest if calendar.refusal(service, person, instant) is None]
        found += [offers.offer(calendar, service, free, instant)] if free else []
    return found


async def _nearest(
    desk: Desk, service: Service, persons: Sequence[Professional], start: datetime, end: datetime, exclude: str | None
) -> list[Offer]:
    """Free times around the window: within a week, else anywhere up to the horizon."""
    if not persons:
        return []
    rules = _rules(desk)
    horizon = desk.now + timedelta(days=rules.horizon_days)
    start, end = min(max(start, desk.now), horizon), min(max(end, desk.now), horizon)
    for within in (_NEAR, timedelta(days=rules.horizon_days + 1)):
        calendar = await _calendar(desk, start - within, end + within, exclude)
        found = offers.nearest(calendar, service, persons, start, end, within)
        if found:
            return found
    return []


def _facts(desk: Desk, calendar: Calendar, start: datetime, persons: Sequence[Professional]) -> dict[str, Any]:
    """What a reply may say about the asked day and the rules."""
    day = calendar.day_of(start)
    opens = desk.business.next_opening(calendar.whole_days(start, start)[1])
    return {
        "day": day.isoformat(),
        "opening": [_span(span.start, span.end) for span in desk.business.opening(day)],
        "holiday": day in desk.business.holidays,
        "next_open_day": opens.date().isoformat() if opens else None,
        "next_opening": opens.isoformat() if opens else None,
        "minimum_notice_minutes": calendar.rules.minimum_notice_minutes,
        "horizon_days": calendar.rules.horizon_days,
        "last_day": calendar.last_day.isoformat(),
        "breaks": {person.id: [_span(span.start, span.end) for span in person.breaks] for person in persons},
        "days_off": {person.id: list(person.days_off) for person in persons},
    }


def _span(start: Any, end: Any) -> dict[str, str]:
    return {"start": start.strftime("%H:%M"), "end": end.strftime("%H:%M")}


def _performers(desk: Desk, service: Service) -> dict[str, Any]:
    return {"professionals": [person.id for person in desk.business.performers(service.id)]}


def _refused(checked: dict[str, Any]) -> Impossible:
    """The check's verdict as an error; a booked slot has its own word."""
    reason = "slot_taken" if checked["reason"] == "full" else checked["reason"]
    wanted = ("start", "end", "nearest", "others", "facts", "own")
    return Impossible(reason, {key: checked[key] for key in wanted if key in checked})


async def _lost(
    desk: Desk, error: Impossible, service: Service, persons: Sequence[Professional], start: datetime,
    checked: dict[str, Any], exclude: str | None,
) -> Impossible:  # fmt: skip
    """What to say when the database excluded a write the check had allowed: somebody was faster."""
    if error.reason != "slot_taken":
        return error
    if checked.get("own"):
        return _refused(checked)
    near = await _nearest(desk, service, persons, start, start + timedelta(minutes=1), exclude)
    return Impossible("slot_taken", {"start": desk.iso(start), "nearest": _written(desk, near)})


def _same(own: dict[str, Any] | None, service: Service, persons: Sequence[Professional], start: datetime) -> str | None:
    """The professional of the customer's own booking when it is exactly the one asked for."""
    if own is None or own["service"] != service.id or datetime.fromisoformat(own["start"]) != start:
        return None
    return next((person.id for person in persons if person.id == own["professional"]), None)


async def _own(desk: Desk, booking_id: str) -> Booking:
    for booking in await desk.records.bookings.mine(desk.now):
        if booking.id == booking_id:
            return booking
    raise Impossible("not_found")


def _in_time(desk: Desk, booking: Booking) -> None:
    """Raises Impossible("late") when the start is too close for the bot to change anything."""
    rules = _rules(desk)
    if booking.start - desk.now < timedelta(minutes=rules.cancel_until_minutes):
        raise Impossible("late", {"minutes": rules.cancel_until_minutes, **_appointment(desk, booking)})


def _receipt(desk: Desk, booking: Booking) -> dict[str, Any]:
    return {"receipt": booking.id, **_appointment(desk, booking)}


def _appointment(desk: Desk, booking: Booking) -> dict[str, Any]:
    service = desk.business.service(booking.service)
    return {
        "booking": booking.id,
        "service": booking.service,
        "professional": booking.professional,
        "start": desk.iso(booking.start),
        "end": desk.iso(booking.end),
        "status": booking.status,
        "price": _price(service) if service else None,
    }


def _written(desk: Desk, found: Sequence[Offer]) -> list[dict[str, str]]:
    return [
        {"start": desk.iso(item.start), "end": desk.iso(item.end), "professional": item.professional} for item in found
    ]


def _price(service: Service) -> str | None:
    return None if service.price is None else f"{service.price:.2f}"


def _today(desk: Desk) -> date:
    return desk.local(desk.now).date()
