"""The one part of a message that tells when to come: "quinta às 15h, tenho prova de noite", "so make it 3:30".

Times in the parts that only tell a story beside it are no wish.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import Part, blanked
from understanding.local.text.cues import DOES_NOT, has, pattern, words
from understanding.local.text.words import fold, split

_STORY = 2  # so many words of its own has a part that tells something
_TOLD_IN_STORIES = ("time", "unlisted", "address")
_REFUSED = re.compile(rf"\b(?:nao|no|not|{DOES_NOT})\s+(?:\w+\s+)?\w+")
_APPOSED = re.compile(r"[\s,(]*(?:after|next|que vem|seguinte|siguiente|que viene)?[\s,(]*(?:dia|el|the|o)?\s*")
_NO_STORY = ("actually", "puts_right", "comes_at_it", "or", "excepts", "any_other_day", "in_place_of", "instead")


def without_stories(
    text: str, said: Sequence[Fact], parts: Sequence[Part], settled: datetime | None
) -> tuple[str, list[Fact]]:
    """The text and its facts without the stories beside the one part that tells the hour."""
    telling = [part for part in parts if tells(part, said)]
    told = [part for part in telling if has("comes_at_it", part.words)] or telling
    if len(told) != 1:
        return text, list(said)
    dated = settled is not None or any(fact.value["has_date"] for fact in _times(told[0], said))
    facts = list(said)
    for part in parts:
        times = _times(part, facts)
        loose = dated or all(fact.value["has_time"] and not fact.value["has_date"] for fact in times)
        if part is told[0] or not times or not loose or not _is_story(part, facts):
            continue
        text = blanked(text, part.start, part.end)
        facts = [fact for fact in facts if not part.holds(fact)]
    return text, facts


def without_weekdays(text: str, said: Sequence[Fact]) -> list[Fact]:
    """ "El día 7, que cae martes, a la una": the weekday says no more than the day before it."""
    facts, folded = list(said), fold(text)
    dated = [fact for fact in said if fact.kind == "time" and fact.value["has_date"] and fact.value["start"]]
    for first, second in pairwise(dated):
        between = folded[first.end : second.start]
        if _dated_twice(first, second, between):
            facts.remove(first)
            continue
        if pattern("falls_on").fullmatch(between.strip(" ,")) is None or _weekday(first) != _weekday(second):
            continue
        day = str(first.value["start"])[:10]
        edges = {edge: f"{day}{second.value[edge][10:]}" for edge in ("start", "end") if second.value[edge]}
        meant = replace(second, value={**second.value, **edges, "why": first.value["why"]})
        facts = [
            meant if fact is second else fact for fact in facts if fact is not first or not second.value["has_time"]
        ]
        if not second.value["has_time"]:
            facts.remove(meant)
    return facts


def _dated_twice(first: Fact, second: Fact, between: str) -> bool:
    """ "The Thursday after, 27 August": the date says which."""
    exact = second.value["grain"] == "day" and any(letter.isdigit() for letter in str(second.value["text"]))
    bare = not first.value["has_time"] and not any(letter.isdigit() for letter in str(first.value["text"]))
    return exact and bare and _weekday(first) == _weekday(second) and _APPOSED.fullmatch(between) is not None


def _weekday(fact: Fact) -> int:
    return datetime.fromisoformat(fact.value["start"] or fact.value["end"]).weekday()


def _times(part: Part, said: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in said if fact.kind == "time" and part.holds(fact)]


def tells(part: Part, said: Sequence[Fact]) -> bool:
    """Whether a part asks for an hour: with a word of wishing, or of the thing itself."""
    exact = [
        fact
        for fact in _times(part, said)
        if fact.value["kind"] == "moment" and fact.value["has_time"] and not fact.negated and fact.role != "except"
    ]
    named = any(fact.kind == "service" and part.holds(fact) for fact in said)
    return bool(exact) and (named or has("comes_at_it", part.words))


def _is_story(part: Part, said: Sequence[Fact]) -> bool:
    """Whether a part has words of its own, none of which wishes, doubts or puts right."""
    inside = [fact for fact in said if part.holds(fact)]
    if part.asks or any(fact.kind not in _TOLD_IN_STORIES or fact.role == "except" for fact in inside):
        return False
    told = _REFUSED.sub(" ", part.words)
    if any(fact.negated and fact.kind == "time" for fact in inside) or any(has(cue, told) for cue in _NO_STORY):
        return False
    small = words("fillers") | words("articles") | words("excepted_articles") | words("suits")
    taken = [(fact.start - part.start, fact.end - part.start) for fact in inside if fact.kind == "time"]
    own = [
        word.text
        for word in split(part.words)
        if word.text.isalpha() and word.text not in small and not any(s <= word.start < e for s, e in taken)
    ]
    return len(own) >= _STORY
