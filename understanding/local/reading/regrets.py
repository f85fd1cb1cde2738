"""Another hour for what was just booked, told by a lone number: "na verdade melhor 11", "could you make that 11?"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.commands import Command, Correct, Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading import lone_numbers
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The correction of what was just done; empty when the clause is none."""
    folded = fold(clause.text)
    done = situation.flow is None and situation.asks == "none" and situation.anchor is not None
    if not done or said or not (has("actually", folded) or has("make_that", folded)):
        return []
    settling = replace(situation, flow="book", asks="time")
    rest = pattern("actually").sub(" ", pattern("make_that").sub(" ", folded)).strip(" .!,?")
    number = lone_numbers.value(rest, settling)
    hour = lone_numbers.hour(number, settling) if number is not None else None
    return [Correct("time", each.value) for each in hour.commands if isinstance(each, Fill)] if hour else []
