"""What of a message only gives a reason: "quinta eu trabalho, dá sexta?", "às 10 tenho reunião, põe 11".

Its day or hour is no wish; beside "qualquer outro dia" it is what is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from domain.ports import Situation
from understanding.local.facts import taken_back
from understanding.local.facts.fact import Fact
from understanding.local.reading.message import settling
from understanding.local.reading.parts import Part, blanked
from understanding.local.reading.times_told import is_of, other, wished
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold


def left_aside(
    text: str, said: Sequence[Fact], parts: Sequence[Part], settled: datetime | None, situation: Situation
) -> tuple[str, list[Fact]]:
    """The text without its reasons, and the facts without those inside them. `settled`: the start summed up."""
    if has("any_other_day", fold(text)):
        text, said = _left_out(text, parts, said, situation.language)
    said = settling.without_weekdays(text, said)
    if situation.flow != "cancel_booking":
        text, said = settling.without_stories(text, said, parts, settled)
    for part in parts:
        if _only_reasons(part, parts, said, settled, situation):
            text = blanked(text, part.start, part.end)
            said = [fact for fact in said if not part.holds(fact)]
    return text, list(said)


def _only_reasons(
    part: Part, parts: Sequence[Part], said: Sequence[Fact], settled: datetime | None, situation: Situation
) -> bool:
    """ "Quinta eu trabalho", beside the day that is wished for; "às 10 tenho reunião", of what was summed up."""
    times = [fact for fact in said if fact.kind == "time" and part.holds(fact) and fact.role != "except"]
    cancelling = situation.flow == "cancel_booking"
    if not times or part.asks or (any(fact.negated for fact in times) and not cancelling):
        return False
    if not cancelling and settling.tells(part, said):
        return False  # "põe quinta 9h30, quando o menino tá na escola"
    if not has("taken_up", part.words) and not (cancelling and all(fact.negated for fact in times)):
        return False
    beside = [fact for fact in said if wished(fact) and not part.holds(fact)]
    if settled is not None and all(is_of(fact.value, settled) for fact in times):
        return any(letter.isalnum() for one in parts if one is not part for letter in one.words)
    return not cancelling and all(any(other(fact.value, one.value) for one in beside) for fact in times)


def _left_out(text: str, parts: Sequence[Part], said: Sequence[Fact], language: str) -> tuple[str, list[Fact]]:
    """ "Terça eu trabalho, qualquer outro dia": a day with its reason is none of those that will do."""
    taken = [part for part in parts if has("taken_up", part.words) or has("not_those", part.words)]
    out = [fact for fact in said if fact.kind == "time" and fact.value["has_date"] and any(map(_holding(fact), taken))]
    if not out:
        return text, list(said)
    for found in pattern("not_those").finditer(fold(text)):
        text = blanked(text, *found.span())
    return text, [_excepted(fact, language) if fact in out else fact for fact in said]


def _excepted(fact: Fact, language: str) -> Fact:
    weekly = {"weekly": True} if taken_back.weekly(str(fact.value["text"]), language) else {}
    return replace(fact, role="except", negated=True, value={**fact.value, **weekly})


def _holding(fact: Fact) -> Callable[[Part], bool]:
    return lambda part: part.holds(fact)
