"""From a day and a time as said to instants: today or tomorrow, morning or afternoon, one day or each of several."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from understanding.local.dates import resolve
from understanding.local.dates.pieces import Piece
from understanding.local.dates.spans import Clock, Days, Grain, Hours, Kind, Stretch

_DAY = timedelta(days=1)
_MINUTES = 1440  # of a day


class Settled(NamedTuple):
    """What a piece of a message means; `daily` are the hours that hold on each of its days."""

    kind: Kind
    start: datetime | None
    end: datetime | None
    grain: Grain
    why: str | None = None
    daily: tuple[time, time] | None = None


def settled(piece: Piece, now: datetime, hours: Hours | None) -> Settled:
    """What the piece means now, in a business with these opening hours."""
    if piece.instant is not None:
        instant = piece.instant.replace(second=0, microsecond=0)
        return Settled("moment", instant, instant + timedelta(minutes=1), "minute")
    said = piece.days
    if said is None:
        return _next(piece, now, hours)
    if not piece.timed:
        return _whole_days(said, now)
    if said.grain == "day" and said.kind == "moment":
        return _of_day(piece, said, now, hours)
    return _until_hour(piece, said, now, hours) or _each_day(piece, said, now, hours)


def _next(piece: Piece, now: datetime, hours: Hours | None) -> Settled:
    """A time alone is today's if still to come, else tomorrow's."""
    today = _on_day(piece, now.date(), now, hours)
    if _ahead(today, now, said=bool(piece.stretch and piece.stretch.part)):
        return today
    return _on_day(piece, now.date() + _DAY, now, hours)


def _of_day(piece: Piece, said: Days, now: datetime, hours: Hours | None) -> Settled:
    """ "Terça às 15h" said on a Tuesday morning: today still has its 15 h."""
    meant = _on_day(piece, now.date() if said.today else said.start, now, hours)
    if said.today and not _ahead(meant, now, said=False):
        meant = _on_day(piece, said.start, now, hours)
    why = said.why or meant.why
    if why is None and said.start == now.date() and not _ahead(meant, now, said=True):
        why = "past"
    return Settled(meant.kind, meant.start, meant.end, meant.grain, why)


def _ahead(meant: Settled, now: datetime, said: bool) -> bool:
    """Whether it is still to come; an interval under way counts when the day was said or it is a part of the day."""
    if meant.kind == "before" or (meant.kind == "interval" and said):
        return meant.end is not None and meant.end > now
    return meant.start is not None and meant.start >= now.replace(second=0, microsecond=0)


def _whole_days(said: Days, now: datetime) -> Settled:
    start = None if said.kind == "before" else _at(said.start, None, now)
    end = None if said.kind == "after" else _at(said.end, None, now)
    return Settled(said.kind, start, end, said.grain, said.why)


def _on_day(piece: Piece, day: date, now: datetime, hours: Hours | None) -> Settled:
    if piece.clock is not None:
        return _clock_on(piece, piece.clock, day, now, hours)
    assert piece.stretch is not None
    first, last, why = _bounds(piece.stretch, day, hours)
    start, end = (_at(day, bound, now) if bound else None for bound in (first, last))
    if first and last and last.minutes <= first.minutes:
        end = _at(day + _DAY, last, now)
    return Settled(piece.stretch.kind, start, end, piece.stretch.grain, why)


def _clock_on(piece: Piece, said: Clock, day: date, now: datetime, hours: Hours | None) -> Settled:
    clock, why = resolve.settle(said, day, hours)
    start = _at(day, clock, now)
    if why and day == now.date() and start < now and piece.days is not None:
        later = [_at(day, reading, now) for reading in resolve.readings(said)]
        start = next((moment for moment in later if moment >= now), start)
    length = timedelta(hours=1) if clock.minute is None else timedelta(minutes=1)
    return Settled("moment", start, start + length, clock.grain, why)


def _bounds(stretch: Stretch, day: date, hours: Hours | None) -> tuple[Clock | None, Clock | None, str | None]:
    """Both ends of a stretch of a day, morning or afternoon decided."""
    if stretch.start is not None and stretch.end is not None:
        return resolve.settle_pair(stretch.start, stretch.end, day, hours)
    clock, why = resolve.settle(stretch.start or stretch.end or Clock(0), day, hours)
    return (clock, None, why) if stretch.start else (None, clock, why)


def _until_hour(piece: Piece, said: Days, now: datetime, hours: Hours | None) -> Settled | None:
    """ "Até sexta às 18h", "a partir de segunda à tarde": the edge is an hour of the day said."""
    part = piece.stretch if piece.stretch and piece.stretch.part else None
    if said.of is None or not (piece.clock or part):
        return None
    inner = said.start == said.of if said.kind == "before" else said.start > said.of
    if piece.clock:
        clock, why = resolve.settle(piece.clock, said.of, hours)
    else:
        assert part is not None
        first, last = part.start, part.end
        clock, why = (
            ((first if said.kind == "before" else last) if inner else (last if said.kind == "before" else first))
            or Clock(0),
            None,
        )
    edge = _at(said.of, clock, now)
    start, end = (None, edge) if said.kind == "before" else (edge, None)
    return Settled(said.kind, start, end, clock.grain, said.why or why)


def _each_day(piece: Piece, said: Days, now: datetime, hours: Hours | None) -> Settled:
    """ "Semana que vem de manhã": from the first morning to the last, with the hours of each day."""
    first_day, last_day = said.start, said.end - _DAY
    if piece.clock is not None:
        clock, why = resolve.settle(piece.clock, first_day, hours)
        first: Clock | None = clock
        last: Clock | None = clock
        grain = clock.grain
    else:
        assert piece.stretch is not None
        first, last, why = _bounds(piece.stretch, first_day, hours)
        grain = piece.stretch.grain
    start = None if said.kind == "before" else _at(first_day, first, now)
    end = None if said.kind == "after" else _at(last_day, last or Clock(24), now)
    if piece.clock and end:
        end += timedelta(hours=1) if grain == "hour" else timedelta(minutes=1)
    kind: Kind = "interval" if said.kind == "moment" else said.kind
    return Settled(kind, start, end, grain, said.why or why, (_wall(first), _wall(last)))


def _wall(clock: Clock | None) -> time:
    """The time of day; midnight for an open end."""
    return time(clock.minutes % 1440 // 60, clock.minutes % 60) if clock else time(0)


def _at(day: date, clock: Clock | None, now: datetime) -> datetime:
    """That time of that day on the wall clock of the business; 24 h is the next midnight."""
    minutes = clock.minutes if clock else 0
    if minutes >= _MINUTES:
        day, minutes = day + _DAY, minutes - _MINUTES
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=now.tzinfo)
