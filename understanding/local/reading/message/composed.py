"""The times of a whole message as one wish, beside what was settled before.

A day said twice is one; an hour takes the day told in another sentence; a part that only gives a reason ("quinta eu
trabalho, dá sexta?") is no wish; what was settled, told beside another, is what the other takes the place of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.ports import Situation
from understanding.local.facts import taken_back
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import own_told
from understanding.local.reading.clause.acts import came_between
from understanding.local.reading.message import bounds, excepted, refused_days
from understanding.local.reading.message.reasons import left_aside
from understanding.local.reading.parts import Part, blanked, parted
from understanding.local.reading.reply import replied
from understanding.local.reading.times_told import EXACT_GRAINS, is_of, other, wished
from understanding.local.text import clauses
from understanding.local.text.cues import alternatives, has, pattern, words
from understanding.local.text.words import fold, split

_ABOUT_NOW = 45  # minutes
_TODAY = ("hoje", "hj", "today", "hoy")
_NOW = ("now", "right now", "agora", "ahora", "ahora si", "agora sim")
_WISHING = ("wishes", "moves_to", "comes_then", "books", "instead", "meant_instead", "actually")
_TIMED = ("book", "reschedule")
_OWN = (*_TIMED, "cancel_booking")


def composed(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text without what only gives a reason, and its facts with times that make one wish."""
    if not any(fact.kind == "time" for fact in said) or situation.flow not in (None, *_OWN):
        return text, list(said)
    text, said = _in_one_piece(text, excepted.apart(said, situation.language))
    parts = parted(text)
    settled = _settled(situation)
    said = _without(said, lambda fact: _tells_the_time(fact, said, situation))
    text, said = refused_days.left_out(text, said, parts, situation)
    moved = came_between(fold(text), said) or own_told.marked(fold(text), said) is not None
    if situation.flow is not None or not moved:
        text, said = left_aside(text, said, parts, settled, situation)
    if settled is not None and (told := _contained(text, said, settled, situation)) is not None:
        return told, [fact for fact in said if fact.kind != "time"]
    if settled is not None and (later := _a_week_later(text, said, settled)) is not None:
        return text, later
    said = _without(said, lambda fact: settled is not None and _replaced(fact, said, settled, text))
    said = _without(said, lambda fact: settled is not None and _holds_it(fact, settled))
    said = _behind_that(_without_today(said, parts, settled), parts, fold(text))
    told_once = said if moved and situation.flow is None else _on_the_day_told(said, parts, settled)
    asked = [part for part in parts if part.asks]
    text = bounds.without_their_words(text, said)
    return text, _without(told_once, lambda fact: _said_again(fact, told_once, asked))


def _tells_the_time(fact: Fact, said: Sequence[Fact], situation: Situation) -> bool:
    """ "I know it's nearly midnight", written then, while nobody is there: beside another hour, no wish."""
    value, now = fact.value, situation.now
    if value["kind"] != "moment" or value["has_date"] or not value["has_time"] or situation.business.is_open(now):
        return False
    hours = [one for one in said if wished(one) and one is not fact and one.value["has_time"]]
    start = datetime.fromisoformat(value["start"])
    apart = abs((start.hour - now.hour) * 60 + start.minute - now.minute)
    return bool(hours) and min(apart, 24 * 60 - apart) <= _ABOUT_NOW


def _without(said: Sequence[Fact], needless: Callable[[Fact], bool]) -> list[Fact]:
    return [fact for fact in said if not (wished(fact) and needless(fact))]


def _settled(situation: Situation) -> datetime | None:
    """The start that was summed up, or that of the appointment spoken of."""
    slots = situation.slots
    if situation.asks != "confirm" or situation.flow not in _OWN:
        return None
    told = slots.get("booking") if situation.flow == "cancel_booking" else slots
    start = (told or {}).get("start")
    return datetime.fromisoformat(start) if isinstance(start, str) else None


def _in_one_piece(text: str, said: Sequence[Fact]) -> tuple[str, list[Fact]]:
    """A time told over two lines stands in one; one that begins in a question before belongs where its hour is."""
    facts: list[Fact] = []
    for fact in said:
        words = text[fact.start : fact.end]
        if fact.kind == "time" and "?" in words and fact.value["start"]:
            asked = fact.start + words.index("?")
            facts.append(replace(fact, end=asked, value=_bare(fact.value)))
            fact = replace(fact, start=fact.start + words.rindex("?") + 1)
            fact = replace(fact, start=fact.end - len(text[fact.start : fact.end].lstrip()))
        elif fact.kind == "time":
            text = f"{text[: fact.start]}{words.replace(chr(10), ' ')}{text[fact.end :]}"
        facts.append(fact)
    return text, sorted(facts, key=lambda fact: fact.start)


def _contained(text: str, said: Sequence[Fact], settled: datetime, situation: Situation) -> str | None:
    """ "Isso, em abril": the yes without the wider time that holds what was summed up."""
    times = [fact for fact in said if fact.kind == "time"]
    if len(times) != 1 or times[0].negated or situation.flow not in _TIMED or "?" in text:
        return None
    value = times[0].value
    wide = value["kind"] == "interval" or value["grain"] not in EXACT_GRAINS
    named = value["grain"] == "day" and taken_back.weekly(str(value["text"]), situation.language)
    if not (wide or named) or not value["start"] or not value["end"]:
        return None
    start, end = datetime.fromisoformat(value["start"]), datetime.fromisoformat(value["end"])
    if not value["has_date"]:
        start, end = (edge.replace(year=settled.year, month=settled.month, day=settled.day) for edge in (start, end))
    if named:  # "sim, quinta", of a Thursday four weeks ahead
        start, end = (edge + timedelta(days=7 * ((settled - start).days // 7)) for edge in (start, end))
    opens = _with_small_words(text, times[0])
    left = blanked(text, opens, times[0].end)
    told = clauses.split(left, situation.language)
    reply = replied.heard(left, [fact for fact in said if fact.kind != "time"], situation)
    agreed = any(clause.yes for clause in told) or (reply is not None and reply.kind == "yes")
    return left if agreed and start <= settled < end else None


def _a_week_later(text: str, said: Sequence[Fact], settled: datetime) -> list[Fact] | None:
    """ "A outra quinta, não essa", of what was summed up: no other day is told."""
    times = [fact for fact in said if fact.kind == "time"]
    place = pattern("next_one").search(fold(text))
    if place is None or not times or not all(is_of(fact.value, settled) and fact.value["has_date"] for fact in times):
        return None
    day = _bare({**times[0].value, "start": (settled + timedelta(weeks=1)).isoformat(), "text": place.group()})
    others = [fact for fact in said if fact.kind != "time"]
    return sorted([*others, Fact("time", day, *place.span())], key=lambda fact: fact.start)


def _holds_it(fact: Fact, settled: datetime) -> bool:
    """ "Money's tight this month", of a day in it: no other day is told."""
    value = fact.value
    if value["grain"] not in ("month", "year") or not value["start"] or not value["end"]:
        return False
    return datetime.fromisoformat(value["start"]) <= settled < datetime.fromisoformat(value["end"])


def _with_small_words(text: str, fact: Fact) -> int:
    """Where the time begins, with the preposition before it."""
    before = re.search(rf"(?:\b(?:{alternatives('around_times')})[ ]+)*$", fold(text[: fact.start]))
    return before.start() if before else fact.start


# ── one wish ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _replaced(fact: Fact, said: Sequence[Fact], settled: datetime, text: str) -> bool:
    """ "Em vez das 10, 11": what was settled, told beside what takes its place."""
    others = [one for one in said if one is not fact and wished(one) and other(fact.value, one.value)]
    if fact.value["kind"] != "moment" or not others or not is_of(fact.value, settled):
        return False
    between = [fold(text[min(fact.end, one.end) : max(fact.start, one.start)]) for one in others]
    return not any(has("or", words) or has("or_between_times", words) for words in between)


def _said_again(fact: Fact, said: Sequence[Fact], asked: Sequence[Part]) -> bool:
    """ "Minha formatura é sábado, quero uma escova sábado às 14h": the bare day says no more; asked of, it does."""
    value = fact.value
    bare = value["kind"] == "moment" and value["grain"] == "day" and not value["has_time"]
    if not bare or any(part.holds(fact) and not any(map(part.holds, _exact(said))) for part in asked):
        return False
    exact = [one for one in said if one is not fact and wished(one) and one.value["has_date"] and one.value["start"]]
    return any(
        one.value["start"][:10] == value["start"][:10] and (one.value["has_time"] or one.start > fact.start)
        for one in exact
        if one.value["grain"] in EXACT_GRAINS
    )


def _exact(said: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in said if wished(fact) and fact.value["has_date"] and fact.value["has_time"]]


def _behind_that(said: Sequence[Fact], parts: Sequence[Part], folded: str) -> list[Fact]:
    """ "I get off work at 5, could I come after that?": what is told first is where the wish begins or ends."""
    times = [fact for fact in said if wished(fact) and fact.value["has_time"]]
    if len(times) != 1 or times[0].value["kind"] != "moment":
        return list(said)
    if (edge := bounds.told_beside(folded, times[0])) is not None:
        return [edge if fact is times[0] else fact for fact in said]
    if times[0].purpose == "want" or any(wished(fact) and fact is not times[0] for fact in said):
        return list(said)
    later = [part for part in parts if part.start > times[0].start and not part.holds(times[0])]
    after = any(has("after_that", part.words.strip()) for part in later)
    if not after and not any(has("before_that_time", part.words.strip()) for part in later):
        return list(said)
    bounded = bounds.edged(times[0], "after" if after else "before")
    return [bounded if fact is times[0] else fact for fact in said]


def _without_today(said: Sequence[Fact], parts: Sequence[Part], settled: datetime | None) -> list[Fact]:
    """ "I'm a mess today. Make it 4pm", "hoje tô perdida, põe às 16h", of Friday: how today is moves nothing to it."""
    if settled is None:
        return list(said)
    apart = [_behind_today(fact) if wished(fact) and fact.value["has_time"] else fact for fact in said]
    return _without(apart, lambda fact: _is_now(fact) or _only_how_today_is(fact, apart, parts))


def _is_now(fact: Fact) -> bool:
    """ "Yes, all good now", to a summary."""
    return fold(str(fact.value["text"])) in _NOW


def _only_how_today_is(fact: Fact, said: Sequence[Fact], parts: Sequence[Part]) -> bool:
    """Whether today is told in a sentence of its own that wishes for nothing, beside an hour elsewhere."""
    if fold(str(fact.value["text"])) not in _TODAY:
        return False
    own = next((part for part in parts if part.holds(fact)), None)
    hours = [one for one in said if wished(one) and one.value["has_time"]]
    if own is None or own.asks or not hours or any(map(own.holds, hours)):
        return False
    small = words("fillers") | words("beside_details") | set(_TODAY)
    told = any(word.text.isalpha() and word.text not in small for word in split(own.words))
    return told and not any(has(cue, own.words) for cue in _WISHING)


def _behind_today(fact: Fact) -> Fact:
    """The hour of a sentence behind one that ends with today."""
    words = str(fact.value["text"])
    found = pattern("ends_with_today").match(fold(words))
    if found is None:
        return fact
    value = {**fact.value, "has_date": False, "text": words[found.end() :]}
    return replace(fact, start=fact.end - len(words) + found.end(), value=value)


def _on_the_day_told(said: Sequence[Fact], parts: Sequence[Part], settled: datetime | None) -> list[Fact]:
    """ "A Ana está na sexta? Queria uma escova às 15h": an hour is on the one day the message tells."""
    days = [fact for fact in said if wished(fact) and fact.value["has_date"]]
    hours = [fact for fact in said if wished(fact) and not fact.value["has_date"] and fact.value["start"]]
    told = {str(fact.value["start"])[:10] for fact in days}
    bare = [fact for fact in days if fact.value["grain"] == "day" and not fact.value["has_time"]]
    asked = bare and all(part.asks for part in parts if any(part.holds(fact) for fact in bare))
    if len(told) != 1 or len(bare) != len(days) or len(hours) != 1 or (settled is not None and asked):
        return list(said)
    if any(part.holds(hours[0]) and any(part.holds(day) for day in bare) for part in parts):
        return list(said)  # the flow puts those together
    dated = replace(hours[0], value=_on(hours[0].value, told.pop()))
    return [dated if fact is hours[0] else fact for fact in said]


def _bare(value: dict[str, Any]) -> dict[str, Any]:
    """Its day."""
    midnight = datetime.fromisoformat(value["start"]).replace(hour=0, minute=0)
    edges = {"start": midnight.isoformat(), "end": (midnight + timedelta(days=1)).isoformat()}
    return {**value, **edges, "kind": "moment", "grain": "day", "has_time": False}


def _on(value: dict[str, Any], day: str) -> dict[str, Any]:
    edges = {edge: f"{day}{value[edge][10:]}" for edge in ("start", "end") if value[edge]}
    return {**value, **edges, "has_date": True}
