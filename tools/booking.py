"""Appointments: free times, booking, moving, cancelling. A person's word is never taken for a free time: rules are
checked here and the database excludes overlaps, so an offer may still be lost to somebody faster."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import Field

from domain.errors import FixArguments, Impossible
from domain.ports import Booking
from tools.availability import Search, price_of, rules_of, written
from tools.tool import Arguments, Desk, Nothing, Tool, WriteArguments, reading, writing

_FOR_ANOTHER: bool = Field(
    False,
    description="true: for somebody else (a child, another dog): the customer's own appointments are not in the way",
)


class FindFreeTimes(Arguments):
    service: str = Field(description="service id")
    professional: str | None = Field(None, description='professional id; "any" or null when it does not matter')
    start: datetime = Field(description="the window's start, ISO; appointments begin within the window")
    end: datetime = Field(description="the window's end, ISO, exclusive")
    limit: int = Field(3, ge=1, le=20)
    exclude_booking: str | None = Field(None, description="the booking being moved: its own time counts as free")
    spread: bool = Field(True, description="varied times over the window; false for the very first ones")
    for_another: bool = _FOR_ANOTHER


class CheckTime(Arguments):
    service: str
    professional: str | None = None
    start: datetime
    exclude_booking: str | None = None
    for_another: bool = _FOR_ANOTHER


class BookAppointment(WriteArguments):
    service: str
    professional: str | None = None
    start: datetime
    for_another: bool = _FOR_ANOTHER


class RescheduleAppointment(WriteArguments):
    booking: str
    start: datetime
    professional: str | None = Field(None, description="null keeps the professional")
    service: str | None = Field(None, description="another service instead; null keeps the service")


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
                "price": price_of(service),
                "professionals": [person.id for person in desk.business.performers(service.id)],
            }
            for service in desk.business.services
        ]
    }


async def find_free_times(desk: Desk, arguments: FindFreeTimes) -> dict[str, Any]:
    """Free times for a service beginning within a window such as a day or a morning.

    Without any, `reason` says why, `nearest` holds free times just before and after, and `facts` the day's opening.
    """
    start, end = desk.local(arguments.start), desk.local(arguments.end)
    if end < start:
        raise FixArguments("end: not before start")
    search = _search(desk, arguments)
    return await search.window(start, end, arguments.limit, arguments.spread)


async def check_time(desk: Desk, arguments: CheckTime) -> dict[str, Any]:
    """Whether one exact start is free, and with whom. When it is not: `reason`, and the `nearest` free times.

    `nearest` has the asked professional's times first, then the same time with somebody else (`others` has more of
    those); `own` is the customer's own appointment that is in the way.
    """
    return await _search(desk, arguments).check(desk.local(arguments.start))


async def book_appointment(desk: Desk, arguments: BookAppointment) -> dict[str, Any]:
    """Books. Only after the customer said yes to exactly this service, professional and start.

    Nobody is in two places: a time that overlaps one of the customer's own is refused unless it is `for_another`, and
    then it is with somebody else.
    """
    search = replace(Search.of(desk, arguments.service, arguments.professional), for_another=arguments.for_another)
    start = desk.local(arguments.start)
    checked = await search.check(start)
    professional = checked["professional"] or _made_before(checked["own"], search, start)
    if professional is None:
        raise _refused(checked)
    try:
        booking = await desk.records.bookings.book(
            search.service.id, professional, start, search.end(start), arguments.key
        )
    except Impossible as error:
        raise await _lost(error, search, start) from None
    return _receipt(desk, booking)


async def reschedule_appointment(desk: Desk, arguments: RescheduleAppointment) -> dict[str, Any]:
    """Moves one of the customer's appointments, with the same professional and service unless another is named."""
    current, start = await _own(desk, arguments.booking), desk.local(arguments.start)
    service = arguments.service or current.service
    if (current.start, current.service) != (start, service):
        _in_time(desk, current)
    professional = arguments.professional or current.professional
    search = Search.of(desk, service, professional, exclude=current.id)
    checked = await search.check(start)
    if not checked["free"]:
        raise _refused(checked)
    try:
        moved = await desk.records.bookings.move(
            current.id, checked["professional"], start, search.end(start), arguments.key, service
        )
    except Impossible as error:
        raise await _lost(error, search, start) from None
    previous = {"start": desk.iso(current.start), "professional": current.professional}
    return {**_receipt(desk, moved), "previous": previous}


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
        "appointments": [written(desk, booking) for booking in coming],
        "latest": written(desk, latest) if latest else None,
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


def _search(desk: Desk, arguments: FindFreeTimes | CheckTime) -> Search:
    search = Search.of(desk, arguments.service, arguments.professional, arguments.exclude_booking)
    return replace(search, for_another=arguments.for_another)


def _made_before(own: dict[str, Any] | None, search: Search, start: datetime) -> str | None:
    """The professional of the customer's own appointment when it is exactly the one asked for: perhaps this very
    write, sent again. Its key decides."""
    if own is None or own["service"] != search.service.id or datetime.fromisoformat(own["start"]) != start:
        return None
    return next((person.id for person in search.persons if person.id == own["professional"]), None)


def _refused(checked: dict[str, Any]) -> Impossible:
    """The check's verdict as an error; a booked slot has its own word."""
    reason = "slot_taken" if checked["reason"] == "full" else checked["reason"]
    return Impossible(reason, {key: checked[key] for key in ("start", "end", "nearest", "others", "facts", "own")})


async def _lost(error: Impossible, search: Search, start: datetime) -> Impossible:
    """What to say when the books excluded a write the check had allowed: somebody was faster."""
    if error.reason != "slot_taken":
        return error
    again = await search.check(start)
    return _refused({**again, "reason": "own_booking" if again["own"] else "full"})


async def _own(desk: Desk, booking_id: str) -> Booking:
    for booking in await desk.records.bookings.mine(desk.now):
        if booking.id == booking_id:
            return booking
    raise Impossible("not_found")


def _in_time(desk: Desk, booking: Booking) -> None:
    """Raises Impossible("late") when the start is too close for the bot to change anything."""
    rules = rules_of(desk)
    if booking.start - desk.now < timedelta(minutes=rules.cancel_until_minutes):
        raise Impossible("late", {"minutes": rules.cancel_until_minutes, **written(desk, booking)})


def _receipt(desk: Desk, booking: Booking) -> dict[str, Any]:
    return {"receipt": booking.id, **written(desk, booking)}
