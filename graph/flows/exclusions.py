"""Times that are not wanted, taken out of where free times are looked for: "qualquer dia menos segunda".

Each is an item like those of Fill("time"); `weekly` makes a day every such weekday, and a part of the day without a
day is that part of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

_DAY = timedelta(days=1)
Span = tuple[datetime, datetime]


def forbids(excluded: Sequence[Mapping[str, Any]], start: str) -> bool:
    """Whether that start is among the times that are not wanted."""
    return not without([(start, start)], excluded)


def without(spans: Sequence[tuple[str, str]], excluded: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """What is left of the spans; one whose start equals its end is one exact time."""
    left: list[Span] = [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in spans]
    for item in excluded:
        left = [piece for span in left for piece in _cut(span, sorted(_unwanted(item, span)))]
    return [(start.isoformat(), end.isoformat()) for start, end in left]


def _cut(span: Span, unwanted: Sequence[Span]) -> Iterator[Span]:
    start, end = span
    if start == end:
        if not any(opens <= start < closes for opens, closes in unwanted):
            yield span
        return
    for opens, closes in unwanted:
        if start < opens:
            yield start, min(opens, end)
        start = max(start, closes)
    if start < end:
        yield start, end


def _unwanted(item: Mapping[str, Any], span: Span) -> Iterator[Span]:
    """The stretches that the item takes away, those that touch the span."""
    opens, closes = (datetime.fromisoformat(item[edge]) if item.get(edge) else None for edge in ("start", "end"))
    if item.get("has_date") and not item.get("weekly"):
        yield from _touching((opens or span[0], closes or span[1] + _DAY), span)
        return
    weekdays = _weekdays(opens, closes)
    day = span[0].date() - _DAY
    while day <= span[1].date():
        if not item.get("has_date") or day.weekday() in weekdays:
            yield from _touching(_on(day, item, opens, closes, span), span)
        day += _DAY


def _weekdays(opens: datetime | None, closes: datetime | None) -> set[int]:
    """Those of the days from the first to the last."""
    if opens is None or closes is None:
        return set()
    last = (closes - timedelta(minutes=1)).date()
    return {(opens + number * _DAY).weekday() for number in range(min(7, (last - opens.date()).days + 1))}


def _on(day: date, item: Mapping[str, Any], opens: datetime | None, closes: datetime | None, span: Span) -> Span:
    """The item's hours, or all of the day."""
    zone = span[0].tzinfo
    midnight = datetime.combine(day, time(0), zone)
    if not item.get("has_time"):
        return midnight, midnight + _DAY
    first = datetime.combine(day, opens.time(), zone) if opens else midnight
    last = datetime.combine(day, closes.time(), zone) if closes else midnight + _DAY
    return first, last if last > first else last + _DAY


def _touching(stretch: Span, span: Span) -> Iterator[Span]:
    if stretch[0] <= span[1] and stretch[1] > span[0]:
        yield stretch
