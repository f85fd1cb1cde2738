"""The words of the date grammar: a time of day, whole days, part of a day, and what they are measured in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Literal, NamedTuple

Kind = Literal["moment", "interval", "after", "before"]
Grain = Literal["minute", "hour", "day", "week", "month", "year"]
Hours = Mapping[int, Sequence[tuple[time, time]]]

UNITS: tuple[Grain, ...] = ("minute", "hour", "day", "week", "month", "year")
# The numbers of units: those above, and two that are no grain.
DAY, WEEK, MONTH, YEAR, WORKING_DAY, FORTNIGHT = 2, 3, 4, 5, 6, 7
# dawn, morning, afternoon, evening, then early and late halves, lunch, end of the working day, before lunch
PARTS = (
    (0, 6),
    (6, 12),
    (12, 18),
    (18, 24),
    (6, 9),
    (10, 12),
    (12, 15),
    (16, 18),
    (18, 20),
    (21, 24),
    (12, 14),
    (16, 18),
    (0, 12),
)


class Clock(NamedTuple):
    """A time as said. Not `sure`: the hour is 1 to 12 and might be twelve hours later."""

    hour: int
    minute: int | None = None
    sure: bool = False

    @property
    def grain(self) -> Grain:
        return "hour" if self.minute is None else "minute"

    @property
    def minutes(self) -> int:
        """Minutes since midnight."""
        return self.hour * 60 + (self.minute or 0)


class Days(NamedTuple):
    """Whole days, `start` up to but not including `end`. `today`: a bare weekday that is also today's; `of`: the day
    said, where `start` and `end` are the edge of an open stretch."""

    start: date
    end: date
    grain: Grain = "day"
    kind: Kind = "moment"
    why: str | None = None
    today: bool = False
    of: date | None = None


class Stretch(NamedTuple):
    """Part of a day. `start` of None: open to the past; `end` of None: open to the future."""

    start: Clock | None
    end: Clock | None
    part: bool = False

    @property
    def kind(self) -> Kind:
        return "before" if self.start is None else "after" if self.end is None else "interval"

    def within(self, other: Stretch) -> bool:
        """Whether both ends of each are said, and this one lies inside the other."""
        if not (self.start and self.end and other.start and other.end):
            return False
        return other.start.minutes <= self.start.minutes and self.end.minutes <= other.end.minutes

    @property
    def grain(self) -> Grain:
        bounds = (self.start, self.end)
        return "minute" if any(bound is not None and bound.minute is not None for bound in bounds) else "hour"
