"""Clock arithmetic: morning or afternoon, by the part of the day said and by the opening hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from understanding.local.dates.spans import PARTS, Clock, Hours, Stretch


def at_part(clock: Clock, part: int) -> Clock:
    """ "8" with "da noite" is 20h, "12" with it midnight."""
    start, end = PARTS[part]
    if clock.hour > 12:
        return clock
    hour = clock.hour % 12
    if end > 18 and (hour == 0 or hour < 5):
        hour += 24 if hour == 0 else 0
    elif start >= 12:
        hour += 12
    elif clock.hour == 12 and start:
        hour = 12
    return Clock(hour, clock.minute, True)


def in_stretch(clock: Clock, part: Stretch) -> Clock:
    """The reading of `clock` that lies in this part of the day, else the clock as it was."""
    if part.start is None or part.end is None:
        return clock
    bounds = range(part.start.minutes, part.end.minutes)
    return next((reading for reading in readings(clock) if reading.minutes in bounds), clock)


def plus_minutes(clock: Clock, minutes: int) -> Clock:
    """ "quinze pras quatro" from four and -15; the hour is as sure as before."""
    total = clock.minutes + minutes
    if total < 60 and not clock.sure:
        total += 720
    total %= 1440
    hour = total // 60
    if not clock.sure and hour > 12:
        hour -= 12
    return Clock(hour, total % 60, clock.sure)


def readings(clock: Clock) -> tuple[Clock, ...]:
    """The one or two times of day a clock may mean, earlier first."""
    if clock.sure or not 1 <= clock.hour <= 12:
        return (clock,)
    early = Clock(clock.hour % 12, clock.minute, True)
    return early, early._replace(hour=early.hour + 12)


def settle(clock: Clock, day: date, hours: Hours | None) -> tuple[Clock, str | None]:
    """The likeliest reading, and "ampm" when the other stays possible."""
    meanings = readings(clock)
    if len(meanings) == 1 or clock.hour == 12:
        return meanings[-1], None
    for openings in _openings(day, hours):
        fitting = [meaning for meaning in meanings if _open(meaning, openings)]
        if len(fitting) == 1:
            return fitting[0], None
    # Nobody books at 3 in the morning; from 7 on the morning is the likelier.
    return meanings[0] if 7 <= meanings[0].hour <= 11 else meanings[1], "ampm"


def settle_pair(start: Clock, end: Clock, day: date, hours: Hours | None) -> tuple[Clock, Clock, str | None]:
    """Both ends of "das 2 às 4": whichever is clear decides the other."""
    if end.sure and not start.sure:
        before = [meaning for meaning in readings(start) if meaning.minutes < end.minutes]
        return (before[-1] if before else readings(start)[0]), end, None
    begin, why = settle(start, day, hours)
    later = [meaning for meaning in readings(end) if meaning.minutes > begin.minutes]
    return begin, later[0] if later else readings(end)[-1], why


def _openings(day: date, hours: Hours | None) -> tuple[Sequence[tuple[time, time]], ...]:
    if not hours:
        return ()
    return hours.get(day.weekday(), ()), [span for spans in hours.values() for span in spans]


def _open(clock: Clock, openings: Sequence[tuple[time, time]]) -> bool:
    return any(start <= time(clock.hour % 24, clock.minute or 0) < end for start, end in openings)
