"""The time a customer wishes for, as it grows over several messages: a day, an hour, a window, or one exact start.

A wish is plain data: `{"start": ISO, "day": ISO date, "clock": "HH:MM", "windows": [[ISO, ISO]], "range": ["HH:MM",
"HH:MM"], "earliest": bool, "latest": bool, "doubt": bool, "elsewhere": "HH:MM"}`, each key optional. `start` wins over
everything else; `elsewhere` is the hour wished for on another day than `day`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from graph.state import Data

SEARCH_DAYS = 14
_ABOUT = timedelta(hours=1)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
CERTAIN_DAY = re.compile(r"[/.]|\d de |dia|amanh|ma[nñ]an|tomorrow|ho(?:je|y)|today|\d(?:st|nd|rd|th)", re.IGNORECASE)
"""A day that is told to be just that one, where a weekday may be of any week."""


def merge(wish: Mapping[str, Any], found: Sequence[Mapping[str, Any]], now: datetime) -> Data:
    """The wish after more words about time; `found` is the value of Fill("time"), see domain.commands.SLOT_VALUES."""
    if len(found) > 1:
        found = _day_and_clock(found) or found
    if len(found) == 1:
        return _merge_one(wish, found[0], now)
    found = _on_the_day_spoken_of(wish, found)
    starts = [item["start"] for item in found if item["kind"] == "moment" and item.get("has_time")]
    wider = [item for item in found if item["start"] not in starts]
    windows = [
        window for item in wider for window in (_daily(item, now) if _several_days(item) else [_window(item, now)])
    ]
    return {"windows": [[start, start] for start in starts] + windows}


def _on_the_day_spoken_of(wish: Mapping[str, Any], found: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """ "Às 9 ou às 12", of the day that is spoken of already; "sexta ou sábado", at the hour that is."""
    day, clock = day_of(wish), wish.get("clock")
    if clock and all(item["kind"] == "moment" and not item.get("has_time") for item in found):
        at = ((item, f"{item['start'][:11]}{clock}{item['start'][16:]}") for item in found)
        return [{**item, "start": start, "end": start, "has_time": True} for item, start in at]
    return [item if day is None or item.get("has_date") else on_day(item, day) for item in found]


def on_any_day(wish: Data) -> Data:
    """ "Qualquer dia", to "às 14h de que dia?"; else what is known of the day stays."""
    return {"range": [wish["clock"], wish["clock"]]} if wish.get("clock") else wish


def not_exact(wish: Data) -> Data:
    """ "What's the latest you have?", after "10 or 11": any hour of the day spoken of."""
    windows = wish.get("windows") or [["", " "]]
    days = {start[:10] for start, _ in windows}
    if any(start != end for start, end in windows) or len(days) != 1:
        return wish
    day = _parse(windows[0][0])
    return {"day": day.date().isoformat(), "windows": [_day_window(day.date(), day)]}


def _day_and_clock(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]] | None:
    """A day in one sentence and an hour in another are one wish."""
    days = [item for item in found if item.get("has_date") and not item.get("has_time")]
    clocks = [item for item in found if item.get("has_time") and not item.get("has_date")]
    if len(found) == 2 and len(days) == 1 and len(clocks) == 1 and days[0]["grain"] == "day":
        day = _parse(days[0]["start"]).date()
        return [{**clocks[0], **_moved(clocks[0], day), "has_date": True}]
    return _part_and_clock(found)


def _part_and_clock(found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]] | None:
    """ "First thing tomorrow, half past nine": the hour, on the day of which a part is told beside it."""
    parts = [item for item in found if item.get("has_date") and item["kind"] == "interval" and item.get("has_time")]
    exact = [item for item in found if item["kind"] == "moment" and item.get("has_time")]
    if len(found) != 2 or len(parts) != 1 or len(exact) != 1 or _several_days(parts[0]):
        return None
    day = _parse(parts[0]["start"]).date()
    hour = {**exact[0], **_moved(exact[0], day), "has_date": True}
    near = _parse(parts[0]["start"]) <= _parse(hour["start"]) <= _parse(parts[0]["end"]) + _ABOUT
    other_day = exact[0].get("has_date") and _parse(exact[0]["start"]).date() != day
    return [hour] if near and not other_day else None


def in_that_week(start: str, week: str) -> str:
    """The same weekday and hour as a start's, in the week of another instant."""
    first, then = _parse(start), _parse(week).date()
    monday = then - timedelta(days=then.weekday())
    return datetime.combine(monday + timedelta(days=first.weekday()), first.timetz()).isoformat()


def of_that_week(wish: Mapping[str, Any], item: Mapping[str, Any]) -> Data:
    """ "Quarta", of the week that is wished for: its Wednesday, not the coming one."""
    told = item.get("has_date") and item.get("start") and item["grain"] in ("minute", "hour", "day")
    if not told or not is_a_week(wish) or CERTAIN_DAY.search(str(item.get("text"))):
        return dict(item)
    day, days = _parse(item["start"]).date(), [each for window in wish["windows"] for each in _days(window)]
    same = [each for each in days if each.weekday() == day.weekday()]
    return on_day(item, same[0]) if same and day not in days else dict(item)


def is_a_week(wish: Mapping[str, Any]) -> bool:
    """Whether a week is wished for, and no day of it."""
    windows = wish.get("windows") or ()
    edges = [_parse(edge) for window in windows for edge in window]
    several = bool(edges) and _DAY < max(edges) - min(edges) <= _WEEK + _DAY
    return several and not wish.get("day") and not wish.get("start")


def on_day(item: Mapping[str, Any], day: date) -> Data:
    """The same wish on another day."""
    return {**item, **_moved(item, day)}


def _moved(item: Mapping[str, Any], day: date) -> Data:
    """The same clock times on another day; an evening ends on the next."""
    moved: Data = {}
    for edge in ("start", "end"):
        if item.get(edge):
            instant = _parse(item[edge])
            moved[edge] = datetime.combine(day, instant.timetz()).isoformat()
    if "end" in moved and "start" in moved and moved["end"] <= moved["start"]:
        moved["end"] = (_parse(moved["end"]) + _DAY).isoformat()
    return moved


def _merge_one(wish: Mapping[str, Any], item: Mapping[str, Any], now: datetime) -> Data:
    exact = item["kind"] == "moment" and item.get("has_time")
    if not item.get("has_date"):
        return _without_day(wish, item, exact=bool(exact))
    if exact:
        merged: Data = {"start": item["start"]}
        return merged
    start = _parse(item["start"]) if item.get("start") else None
    clock = _clock_of(wish) or _clock_elsewhere(wish, start)
    if item["kind"] == "moment" and item["grain"] == "day" and start is not None:
        day = start.date()
        if clock:
            return {"start": _at(day, clock, now).isoformat()}
        if wish.get("range"):
            return {"day": day.isoformat(), "windows": [_ranged(day, wish["range"], now)]}
        return {"day": day.isoformat(), "windows": [_day_window(day, now)]}
    if _several_days(item):
        return {"windows": _daily(item, now)}
    window = _window(item, now)
    if wish.get("range") and _parse(window[1]) - _parse(window[0]) > _DAY:
        return {"windows": [_ranged(day, wish["range"], now) for day in _days(window)]}
    merged = {"windows": [window]}
    if _parse(window[1]) - _parse(window[0]) <= timedelta(days=1):
        merged["day"] = _parse(window[0]).date().isoformat()
    return merged


def _without_day(wish: Mapping[str, Any], item: Mapping[str, Any], *, exact: bool) -> Data:
    """An hour or part of the day alone: on the day or days already spoken of, or waiting for one."""
    day = day_of(wish)
    if day is not None:
        moved = {**item, **_moved(item, day)}
        if exact:
            return {"start": moved["start"]}
        return {"day": day.isoformat(), "windows": [_window(moved, _any(moved))]}
    days = list(dict.fromkeys(each for window in wish.get("windows", ()) for each in _days(window)))
    if days:  # "semana que vem", then "de manhã"
        moved_to = ({**item, **_moved(item, each)} for each in days)
        return {"windows": [[each["start"]] * 2 if exact else _window(each, _any(each)) for each in moved_to]}
    if exact:
        return {"clock": _parse(item["start"]).strftime("%H:%M"), "guess": item["start"]}
    start = _parse(item["start"]).strftime("%H:%M") if item.get("start") else "00:00"
    end = _parse(item["end"]).strftime("%H:%M") if item.get("end") else "23:59"
    return {"range": [start, "23:59" if end == "00:00" else end]}


def _any(item: Mapping[str, Any]) -> datetime:
    return _parse(item.get("start") or item["end"])


def day_of(wish: Mapping[str, Any]) -> date | None:
    """The one day the wish speaks of, if it does."""
    if wish.get("start"):
        return _parse(wish["start"]).date()
    return date.fromisoformat(wish["day"]) if wish.get("day") else None


def _clock_of(wish: Mapping[str, Any]) -> time | None:
    if wish.get("start"):
        return _parse(wish["start"]).time()
    return time.fromisoformat(wish["clock"]) if wish.get("clock") else None


def _clock_elsewhere(wish: Mapping[str, Any], start: datetime | None) -> time | None:
    """The hour of a start that was refused for its day."""
    elsewhere = start is not None and wish.get("elsewhere") and start.date() != day_of(wish)
    return time.fromisoformat(wish["elsewhere"]) if elsewhere else None


def windows(wish: Mapping[str, Any], now: datetime) -> list[tuple[str, str]]:
    """Where to look for free times; a start equal to its end is one exact time."""
    if wish.get("windows"):
        return [(start, end) for start, end in wish["windows"]]
    if wish.get("range"):
        days = (now.date() + timedelta(days=number) for number in range(SEARCH_DAYS))
        return [(start, end) for start, end in (_ranged(day, wish["range"], now) for day in days)]
    return [(now.isoformat(), (now + timedelta(days=SEARCH_DAYS)).isoformat())]


def _several_days(item: Mapping[str, Any]) -> bool:
    """ "Semana que vem de manhã" runs from the first morning to the last."""
    if item.get("daily"):
        return True
    if item["kind"] != "interval" or not item.get("has_time"):
        return False
    return _parse(item["end"]) - _parse(item["start"]) > _DAY


def _daily(item: Mapping[str, Any], now: datetime) -> list[list[str]]:
    """The hours of each day; an open stretch of days is as long as is searched."""
    start = _parse(item["start"] or now.isoformat())
    end = _parse(item["end"] or (start + timedelta(days=SEARCH_DAYS)).isoformat())
    first, last = (time.fromisoformat(hour) for hour in item.get("daily") or (f"{start:%H:%M}", f"{end:%H:%M}"))
    windows = []
    for day in _days([start.isoformat(), end.isoformat()]):
        opens, closes = _at(day, first, start), _at(day, last, start)
        exact = opens == closes and item.get("daily")
        windows.append([opens.isoformat(), (closes if closes > opens or exact else closes + _DAY).isoformat()])
    return windows


def _days(window: Sequence[str]) -> list[date]:
    """The days of a window, as many as are searched."""
    first, last = _parse(window[0]).date(), (_parse(window[1]) - timedelta(minutes=1)).date()
    return [first + timedelta(days=number) for number in range(min((last - first).days + 1, SEARCH_DAYS))]


def _window(item: Mapping[str, Any], now: datetime) -> list[str]:
    start = _parse(item["start"]) if item.get("start") else None
    end = _parse(item["end"]) if item.get("end") else None
    if item.get("has_date") and not item.get(
        "has_time"
    ):  # "até sexta", "a partir de quinta": all those days, or a week of them
        start = start or (now if end and end > now else None)
        end = end or (start and start + _WEEK)
    if start is None and end is not None:
        start = datetime.combine(end.date(), time(0), end.tzinfo)
    if start is not None and end is None:
        end = datetime.combine(start.date(), time(0), start.tzinfo) + timedelta(days=1)
    if start is None or end is None:
        return _day_window(now.date(), now)
    if end <= start:
        end = start + timedelta(days=1)
    return [start.isoformat(), end.isoformat()]


def _day_window(day: date, now: datetime) -> list[str]:
    start = datetime.combine(day, time(0), now.tzinfo)
    return [start.isoformat(), (start + timedelta(days=1)).isoformat()]


def _ranged(day: date, span: Sequence[str], now: datetime) -> list[str]:
    return [_at(day, time.fromisoformat(edge), now).isoformat() for edge in span]


def _at(day: date, clock: time, now: datetime) -> datetime:
    return datetime.combine(day, clock, now.tzinfo)


def _parse(text: str) -> datetime:
    return datetime.fromisoformat(text)
