"""What each time of a message is for: when it shall be, when not, when what stands is, from when on it can be.

A small trained classifier tells it from the words around each time, in the state of the chat (see
`classifier/purposes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from domain.ports import Situation
from understanding.local import dates
from understanding.local.classifier import weights
from understanding.local.classifier.purposes import TIMES, State, Time, features, seen_in
from understanding.local.dates import Found
from understanding.local.facts import taken_back
from understanding.local.facts.reckoning import opening_hours, spoken_start
from understanding.local.text.polarity import role
from understanding.local.text.words import fold

Purpose = Literal["want", "not", "has", "after", "before", "aside", ""]
"""`has`: the time of what stands or was summed up. `after`, `before`: what it bounds. `aside`: anything else."""
_SURE: Mapping[Purpose, float] = {
    "want": 0.85, "not": 0.8, "has": 0.9, "after": 0.93, "before": 0.93, "aside": 0.75,
}  # fmt: skip
"""How sure it must be: at these, some 95 in a hundred were right by cross-validation, of bounds nine in ten."""
_HARDLY = 0.1
_CHOSEN_IN: tuple[State, ...] = ("offered", "summary")
"""Behind a time that is surely wished for, what hardly is one is left out there: "8am works for me, I start at 9"."""
_FIRST = "^"


def of_times(text: str, situation: Situation, *, likeliest: bool = False) -> list[tuple[Found, Purpose]]:
    """The times of a text, each with what it is for: "" where that is not sure, unless the `likeliest` is wanted."""
    hours, anchor = opening_hours(situation.business), spoken_start(situation)
    found = dates.find(text, situation.now, situation.language, hours, anchor=anchor)
    return list(zip(found, told(fold(text), found, situation, likeliest=likeliest), strict=True))


def told(folded: str, found: Sequence[Found], situation: Situation, *, likeliest: bool = False) -> list[Purpose]:
    """What each time of a folded text is for; "" where it is not sure."""
    phrases = set_phrases(folded, [each.span for each in found], situation.language)
    state, times = _state(situation), timed(found, phrases, _starts(situation))
    seen, trained = seen_in(folded, times), weights.load(TIMES)
    purposes, before = list[Purpose](), _FIRST
    for which in range(len(times)):
        chances = trained.probabilities(features(seen, times, which, before, state))
        purpose = max(_SURE, key=lambda each: chances[each])
        sure = chances[purpose] >= _SURE[purpose]
        beside = state in _CHOSEN_IN and "want" in purposes and chances["want"] < _HARDLY
        purposes.append(purpose if likeliest or sure else "aside" if beside else "")
        before = purpose
    pairs = list(zip(purposes, times, strict=True))
    dated = any(each == "want" and (state != "new" or time.has_date) for each, time in pairs)
    return [_in_its_place(each, purposes, time, state, dated=dated) for each, time in pairs]


def _in_its_place(purpose: Purpose, every: Sequence[Purpose], time: Time, state: State, *, dated: bool) -> Purpose:
    """A story beside what is wished for is left out; alone it may tell the day, or be asked about."""
    wished = any(each in ("want", "") for each in every)
    if purpose == "aside":
        return "aside" if dated or state == "summary" else ""
    if purpose != "has" or state in ("one", "two", "moving"):
        return purpose
    return "aside" if state == "summary" and time.of_known and len(every) > 1 and wished else ""


def timed(found: Sequence[Found], phrases: Sequence[str], starts: Sequence[datetime]) -> list[Time]:
    """The times of a text beside the starts that stand, were offered or summed up."""
    return [
        Time(
            each.span, each.kind, each.grain, each.has_date, each.has_time, phrase,
            any(_names(each, start) for start in starts) if starts else None,
        )
        for each, phrase in zip(found, phrases, strict=True)
    ]  # fmt: skip


def _names(found: Found, start: datetime) -> bool:
    """Whether the time names that start, or its day or hour."""
    if found.start is None or found.kind not in ("moment", "interval"):
        return False
    by_day = not found.has_date or found.start.date() <= start.date() <= (found.end or found.start).date()
    by_hour = not found.has_time or found.start.time() <= start.time()
    at_hour = not found.has_time or found.kind == "interval" or found.start.time() == start.time()
    return by_day and by_hour and at_hour


def set_phrases(folded: str, spans: Sequence[tuple[int, int]], language: str) -> list[str]:
    """What the set phrases around each of these times tell, "" where there are none."""
    verdicts = taken_back.of_times(folded, spans, language)
    return [verdict or role(folded[: span[0]], language) for verdict, span in zip(verdicts, spans, strict=True)]


def bounded(found: Found, purpose: Purpose) -> Found:
    """ "I get off at 5", "till 4": where what is wished for begins or ends."""
    if found.kind == "moment" and purpose == "after":
        return replace(found, kind="after", end=None)
    if found.kind == "moment" and purpose == "before":
        return replace(found, kind="before", start=None, end=found.start)
    return found


def _state(situation: Situation) -> State:
    if situation.flow is None:
        many = len(situation.standing) or int(situation.just_booked)
        return "new" if not many else "one" if many == 1 else "two"
    if situation.asks == "confirm":
        return "summary"
    if any(_is_time(option) for option in situation.options):
        return "offered"
    return "moving" if situation.flow == "reschedule" else "day"


def _starts(situation: Situation) -> list[datetime]:
    """The starts that stand, were offered or summed up."""
    if situation.flow is None:
        return [datetime.fromisoformat(one["start"]) for one in situation.standing or [situation.own] if one]
    if offered := [
        datetime.fromisoformat(each["id"].partition("/")[0]) for each in situation.options if _is_time(each)
    ]:
        return offered
    booking = situation.slots.get("booking") or {}
    told = situation.slots.get("start"), booking.get("start") if isinstance(booking, Mapping) else None
    return [datetime.fromisoformat(each) for each in told if isinstance(each, str)]


def _is_time(option: Mapping[str, object]) -> bool:
    return str(option["id"])[10:11] == "T" and str(option["id"])[:4].isdecimal()
