"""What times are reckoned from: the appointment spoken of, and the hours the business is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from domain.business import WEEKDAYS, Business
from domain.ports import Situation


def spoken_start(situation: Situation) -> datetime | None:
    """The appointment time the conversation is about: what "uma hora mais tarde" counts from."""
    wish = situation.slots.get("wish") or {}
    if wish.get("day") and not wish.get("start"):  # the day that could not be had
        return datetime.fromisoformat(f"{wish['day']}T00:00:00").replace(tzinfo=situation.now.tzinfo)
    if situation.anchor is not None:
        return situation.anchor
    booking = situation.slots.get("booking") or {}
    start = situation.slots.get("start") or (booking.get("start") if isinstance(booking, Mapping) else None)
    return datetime.fromisoformat(start) if isinstance(start, str) else None


def opening_hours(business: Business) -> Mapping[int, list[tuple[time, time]]]:
    """Openings by weekday (Monday is 0), for reading "às 3"."""
    return {WEEKDAYS.index(day): [(span.start, span.end) for span in spans] for day, spans in business.hours.items()}
