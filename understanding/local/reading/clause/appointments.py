"""What a customer tells of appointments that stand: "eu tinha uma escova na quinta com a Ana", "o corte e a unha"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

from domain.commands import Command
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.parts import blanked
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """Which appointment a clause tells of, when that is all it does; empty when it tells of none."""
    folded = fold(clause.text)
    found = pattern("has_booked").search(folded)
    if found is None or situation.flow is not None or not situation.business.professionals or clause.asks:
        return []
    if any(has(cue, folded) for cue in ("moves_to", "cancels", "moves_own", "books", "wants_person")):
        return []
    named = [fact for fact in said if fact.kind in ("service", "time") and fact.role != "hint"]
    behind = [fact for fact in named if fact.start - clause.start >= found.end()]
    close = any(not folded[found.end() : fact.start - clause.start].strip() for fact in behind)
    return fills(named, situation, flow="cancel_booking") if close else []


def joined(clause: Clause, said: Sequence[Fact]) -> list[Fact] | None:
    """ "Cancela o corte e a unha": the facts with their services as those that are meant; None for a single one."""
    folded = fold(clause.text)
    services = [fact for fact in said if fact.kind == "service" and not fact.negated]
    services = [fact for fact in services if folded[fact.start - clause.start : fact.end - clause.start].strip()]
    for fact in said:
        if fact.kind in ("time", "professional") and fact.role != "new":  # "o corte de quinta e a manicure de sexta"
            folded = blanked(folded, fact.start - clause.start, fact.end - clause.start)
    between = [folded[one.end - clause.start : two.start - clause.start] for one, two in pairwise(services)]
    if not between or not all(_and().fullmatch(words) for words in between):
        return None
    ids: dict[Any, None] = {}
    for fact in services:
        ids |= dict.fromkeys(fact.value if isinstance(fact.value, list) else [fact.value])
    first = replace(services[0], value=list(ids))
    return [first if fact is services[0] else fact for fact in said if fact not in services[1:]]


@cache
def _and() -> re.Pattern[str]:
    small = rf"(?:{alternatives('and')}|{alternatives('determiners')}|meu|minha|mi|my|de|da|do|del|con|com|with|on)"
    return re.compile(rf"[\s,&+]*(?:{small}[\s,]+)*")
