"""Another time for what was just booked: "na verdade melhor 11", "¿y no habría más tarde?", "would 3 be possible?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.commands import Command, Correct, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import lone_numbers, wanted
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import Heard
from understanding.local.reading.times_told import is_of, wished
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_OF_ANOTHER_TIME = {"time", "professional", "same_person", "anybody", "same_hour", "same_weekday", "earliest", "latest"}
_SURE = 0.72
_NO_MOVE = (
    "books", "price", "opening", "cancels", "own_when", "also", "one_more_for", "right_behind", "runs_late",
    "lunch_break", "duration", "for_another", "has_booked",
)  # fmt: skip


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The correction of what was just done; empty when the clause is none."""
    if situation.flow is not None or situation.asks != "none" or situation.anchor is None:
        return []
    return _lone_hour(clause, said, situation) or _another_time(Heard(clause, said, situation))


def _lone_hour(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    folded = fold(clause.text)
    if said or not (has("actually", folded) or has("make_that", folded)):
        return []
    settling = replace(situation, flow="book", asks="time")
    rest = pattern("actually").sub(" ", pattern("make_that").sub(" ", folded)).strip(" .!,?")
    number = lone_numbers.value(rest, settling)
    hour = lone_numbers.hour(number, settling) if number is not None else None
    return [Correct("time", each.value) for each in hour.commands if isinstance(each, Fill)] if hour else []


def _another_time(heard: Heard) -> list[Command]:
    """What is asked a moment after a booking, with an hour and nothing else: no second one is wished for."""
    asks = heard.asked or heard.has("comes_at_it")
    if not heard.situation.just_booked or not asks or not heard.kinds <= _OF_ANOTHER_TIME:
        return []
    if "professional" in heard.kinds and heard.has("at_work"):
        return []
    if any(heard.has(cue) for cue in _NO_MOVE) or heard.situation.known(heard.clause.text) >= _SURE:
        return []
    anchor = heard.situation.anchor
    times = [fact for fact in heard.said if wished(fact)]
    others = [fact for fact in times if anchor is None or not is_of(fact.value, anchor)]
    if any(fact.value["has_time"] for fact in others):
        return wanted.corrections(fills(heard.said, heard.situation, flow="reschedule"))
    if heard.asked and not others and (heard.has("later") or heard.has("sooner")):
        return [Start("reschedule"), Fill("shift", "later" if heard.has("later") else "earlier")]
    return []
