"""Days and hours a customer cannot come, told in a part that says nothing else: "quarta também não dá", "wed's out".

What is left of the part beside its times must refuse, and hold no word that could mean anything else. Such a time is
never the wish; it is left out of what is looked for. An edge that is refused, "antes das 5 não consigo", is where the
wish begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from domain.ports import Situation
from understanding.local import dates
from understanding.local.facts import taken_back
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import Part, blanked
from understanding.local.text.cues import alternatives, has, words
from understanding.local.text.polarity import negated
from understanding.local.text.words import fold, split

_TIMED = ("book", "reschedule")
_A_TIME = "#"
_EDGES = {"before": "after", "after": "before"}


def left_out(text: str, said: Sequence[Fact], parts: Sequence[Part], situation: Situation) -> tuple[str, list[Fact]]:
    """The text with only the refused times left of such parts, and the facts with these marked.

    While nothing is arranged, the words stay: they may tell that an appointment is given up.
    """
    arranged = situation.flow in _TIMED or any(fact.kind == "service" for fact in said)
    if situation.flow not in (None, *_TIMED):
        return text, list(said)
    facts = [piece for fact in said for piece in _pieces(fact, text, situation)]
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
    return text, sorted((_from_its_edge(fact) for fact in facts), key=lambda fact: fact.start)


def _pieces(fact: Fact, text: str, situation: Situation) -> Iterator[Fact]:
    """ "Quinta, mas de manhã não posso", "de manhã, menos quarta": what stands before the pause is wanted."""
    value, said = fact.value, text[fact.start : fact.end]
    both = fact.kind == "time" and fact.role != "except" and value["has_date"] and value["has_time"]
    pause = _exception().search(fold(said)) if both and not fact.negated else None
    if both and fact.negated and not _is_hour(fact):
        pause = _pause().search(fold(said))
    if pause is None or negated(fold(text), fact.start, fact.start + pause.start(), situation.language):
        yield fact
        return
    head = dates.find(said[: pause.start()], situation.now, situation.language)
    values = (_day_of(fact), _hours_of(fact)) if any(one.has_date for one in head) else (_hours_of(fact), _day_of(fact))
    wanted, refused = (
        {**each, "text": words.strip(" ,")}
        for each, words in zip(values, (said[: pause.start()], said[pause.end() :]), strict=True)
    )
    yield replace(fact, end=fact.start + pause.start(), value=wanted, negated=False)
    role = fact.role if fact.negated else "except"
    yield _marked(replace(fact, start=fact.start + pause.end(), value=refused, role=role), situation.language)


def _is_hour(fact: Fact) -> bool:
    return bool(fact.value["kind"] == "moment")


def _day_of(fact: Fact) -> dict[str, Any]:
    midnight = datetime.fromisoformat(fact.value["start"] or fact.value["end"]).replace(hour=0, minute=0)
    edges = {"start": midnight.isoformat(), "end": (midnight + timedelta(days=1)).isoformat()}
    value = {key: each for key, each in fact.value.items() if key != "weekly"}
    return {**value, **edges, "kind": "moment", "grain": "day", "has_time": False}


def _hours_of(fact: Fact) -> dict[str, Any]:
    return {**{key: each for key, each in fact.value.items() if key != "weekly"}, "has_date": False}


@cache
def _pause() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:,\s*(?:{alternatives('but')}\s+)?|\b{alternatives('but')}\s+)")


@cache
def _exception() -> re.Pattern[str]:
    return re.compile(rf"\s*,?\s*\b(?:{alternatives('excepts')})\s+")


def _from_its_edge(fact: Fact) -> Fact:
    """ "Antes das 5 não consigo": from then on; "not after six": until then."""
    if fact.kind != "time" or not fact.negated or fact.role == "except" or fact.value["kind"] not in _EDGES:
        return fact
    turned = {"kind": _EDGES[fact.value["kind"]], "start": fact.value["end"], "end": fact.value["start"]}
    return replace(fact, negated=False, value={**fact.value, **turned})


def _is_of_the_booking(times: Sequence[Fact], situation: Situation) -> bool:
    """ "A las 14 tengo dentista", right after 14:00 was booked: it is moved, not only left out of a search."""
    booked = situation.done.get("start") if situation.just_booked else None
    hours = [str(fact.value["start"])[11:16] for fact in times if fact.value["has_time"]]
    return bool(booked) and str(booked)[11:16] in hours


def _until(part: Part, times: Sequence[Fact]) -> Fact | None:
    """ "Quinta tenho aula até as 15h", "I work till 4 on Friday": until when that day cannot be; the rest of it can."""
    ends = [fact for fact in times if fact.value["kind"] == "before" and fact.value["has_time"] and not fact.negated]
    days = [fact for fact in times if fact.value["grain"] == "day" and not fact.value["has_time"] and not fact.negated]
    told = bool(ends) and (len(times) == 1 or (len(days) == 1 and len(times) == 2))
    words = f"{part.words} {fold(str(ends[0].value['text']))}" if told else ""
    return ends[0] if has("taken_up", words) and not has("times_gone_by", words) else None


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
