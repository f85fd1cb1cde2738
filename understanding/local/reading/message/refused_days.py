"""Days and hours a customer cannot come, told in a part that says nothing else: "quarta também não dá", "wed's out".

What is left of the part beside its times must refuse, and hold no word that could mean anything else. Such a time is
never the wish; it is left out of what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from domain.ports import Situation
from understanding.local.facts import taken_back
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import Part, blanked
from understanding.local.text.cues import alternatives, has, words
from understanding.local.text.words import split

_TIMED = ("book", "reschedule")
_A_TIME = "#"


def left_out(text: str, said: Sequence[Fact], parts: Sequence[Part], situation: Situation) -> tuple[str, list[Fact]]:
    """The text with only the refused times left of such parts, and the facts with these marked.

    While nothing is arranged, the words stay: they may tell that an appointment is given up.
    """
    arranged = situation.flow in _TIMED or any(fact.kind == "service" for fact in said)
    if situation.flow not in (None, *_TIMED):
        return text, list(said)
    facts = list(said)
    for part in parts:
        inside = [fact for fact in facts if part.holds(fact)]
        times = [fact for fact in inside if fact.kind == "time" and fact.role != "except" and fact.end > fact.start]
        if times and not part.asks and (until := _until(part, times)) is not None:
            facts = [_behind(fact, situation.language) if fact is until else fact for fact in facts]
            continue
        if not times or part.asks or _is_of_the_booking(times, situation) or not _refuses(part, times, situation):
            continue
        facts = [fact for fact in facts if fact not in inside]
        facts += [_marked(fact, situation.language) for fact in times]
        text = _only_times(text, part, times) if arranged else text
    return text, sorted(facts, key=lambda fact: fact.start)


def _is_of_the_booking(times: Sequence[Fact], situation: Situation) -> bool:
    """ "A las 14 tengo dentista", right after 14:00 was booked: it is moved, not only left out of a search."""
    booked = situation.done.get("start") if situation.just_booked else None
    hours = [str(fact.value["start"])[11:16] for fact in times if fact.value["has_time"]]
    return bool(booked) and str(booked)[11:16] in hours


def _until(part: Part, times: Sequence[Fact]) -> Fact | None:
    """ "Quinta tenho aula até as 15h", "I work till 4 on Friday": until when that day cannot be; the rest of it can."""
    ends = [fact for fact in times if fact.value["kind"] == "before" and fact.value["has_time"] and not fact.negated]
    days = [fact for fact in times if fact.value["grain"] == "day" and not fact.value["has_time"] and not fact.negated]
    told = bool(ends) and (bool(ends[0].value["has_date"]) if len(times) == 1 else len(days) == 1 and len(times) == 2)
    return ends[0] if told and has("taken_up", part.words) else None


def _behind(fact: Fact, language: str) -> Fact:
    """The rest of the day from there, where the day is told with the hour; else what is left out of it."""
    if not fact.value["has_date"]:
        return _marked(fact, language)
    return replace(fact, value={**fact.value, "kind": "after", "start": fact.value["end"], "end": None})


def _refuses(part: Part, times: Sequence[Fact], situation: Situation) -> bool:
    left = part.words
    for fact in reversed(times):
        start, end = fact.start - part.start, fact.end - part.start
        left = f"{left[:start]}{_A_TIME}{left[end:]}"
    if left.count(_A_TIME) > 1 and not _listed().search(left):
        return False
    cues = ("refuses_then", "taken_up", *(("the_same_then",) if situation.slots.get("excluded") else ()))
    if not any(has(cue, left) for cue in cues):
        return False
    for cue in cues:
        left = re.sub(alternatives(cue), " ", left)
    return all(word.text in words("beside_refusal") for word in split(left) if word.text[0].isalnum())


@cache
def _listed() -> re.Pattern[str]:
    """Two times with nothing but "and" between: one verdict is on both."""
    small = rf"(?:(?:{alternatives('excepted_articles')})\s+)*"
    return re.compile(
        rf"^[^{_A_TIME}]*{_A_TIME}(?:\s*(?:{alternatives('joins_days')})\s+{small}{_A_TIME})+[^{_A_TIME}]*$"
    )


def _marked(fact: Fact, language: str) -> Fact:
    weekly = {"weekly": True} if taken_back.weekly(str(fact.value["text"]), language) else {}
    return replace(fact, negated=True, value={**fact.value, **weekly})


def _only_times(text: str, part: Part, times: Sequence[Fact]) -> str:
    """The text with the words around the times of a part gone: what they tell is known."""
    start = part.start
    for fact in times:
        text = blanked(text, start, fact.start)
        start = fact.end
    return blanked(text, start, part.end)
