"""Free times near a wished one that cannot be had: around it on its own day, at about its hour on other days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from domain.business import Professional, Service
from tools.calendar import Calendar
from tools.offers import Offer, available

_MOST_OF_A_DAY = timedelta(hours=12)
_MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class Wish:
    """Some time in [start, end); a window shorter than a day wishes for its hours on whatever day."""

    start: datetime
    end: datetime

    @property
    def whole_day(self) -> bool:
        """Whether it tells no hours."""
        return self.end - self.start >= _MOST_OF_A_DAY

    def apart(self, calendar: Calendar, offer: Offer) -> int:
        """How many minutes of the clock an offer is away from the wished hours."""
        if self.whole_day:
            return 0
        first, last = _minute(calendar, self.start), _minute(calendar, self.end)
        last = last if last >= first else _MIDNIGHT
        return max(first - _minute(calendar, offer.start), _minute(calendar, offer.start) - last, 0)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Looks at one service's calendar as far as `within` around a wish; offers are at least `apart` from each other."""

    calendar: Calendar
    service: Service
    persons: Sequence[Professional]
    wish: Wish
    within: timedelta
    apart: timedelta

    def times(self, start: datetime, end: datetime, limit: int) -> list[Offer]:
        """At most so many outside [start, end): the last one before, then the first ones after; sorted by time."""
        before, after = self._apart(self._before(start), limit), self._apart(self._after(end), limit)
        day = self.calendar.day_of(start)
        first = 2 if not self._on(day, after) and len(self._on(day, before)) > 1 else 1  # the same day, rather
        chosen = [*before[:first], *after[: limit - len(before[:first])]]
        chosen += before[first : first + limit - len(chosen)]
        return sorted(chosen, key=lambda item: item.start)

    def _before(self, end: datetime) -> Iterator[Offer]:
        floor, day = max(end - self.within, self.calendar.earliest), self.calendar.day_of(end)
        while floor < end:
            midnight, _ = self.calendar.whole_days(end - timedelta(microseconds=1), end)
            found = available(self.calendar, self.service, self.persons, max(midnight, floor), end)
            yield from self._of_one_day(found[::-1], same=self.calendar.day_of(midnight) == day)
            end = midnight

    def _after(self, start: datetime) -> Iterator[Offer]:
        start, day = max(start, self.calendar.earliest), self.calendar.day_of(start)
        ceiling = min(start + self.within, self.calendar.horizon)
        while start < ceiling:
            _, midnight = self.calendar.whole_days(start, start)
            found = available(self.calendar, self.service, self.persons, start, min(midnight, ceiling))
            yield from self._of_one_day(found, same=self.calendar.day_of(start) == day)
            start = midnight

    def _of_one_day(self, found: Sequence[Offer], *, same: bool) -> Sequence[Offer]:
        """All of the wished day's; of another day, the one nearest to the wished hours."""
        if same or self.wish.whole_day:
            return found
        return sorted(found, key=lambda offer: self.wish.apart(self.calendar, offer))[:1]

    def _on(self, day: date, found: Sequence[Offer]) -> list[Offer]:
        return [offer for offer in found if self.calendar.day_of(offer.start) == day]

    def _apart(self, found: Iterator[Offer], limit: int) -> list[Offer]:
        def kept() -> Iterator[Offer]:
            last: Offer | None = None
            for offer in found:
                if last is None or abs(offer.start - last.start) >= self.apart:
                    yield offer
                    last = offer

        return list(islice(kept(), limit))


def _minute(calendar: Calendar, instant: datetime) -> int:
    """The minute of the day, on the business's clock."""
    local = instant.astimezone(calendar.business.zone)
    return local.hour * 60 + local.minute
