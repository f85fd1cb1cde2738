"""What a customer tells of an appointment that stands: "eu tinha uma escova na quinta com a Ana"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """Which appointment a clause tells of, when that is all it does; empty when it tells of none."""
    folded = fold(clause.text)
    found = pattern("has_booked").search(folded)
    if found is None or situation.flow is not None or not situation.business.professionals or clause.asks:
        return []
    if any(has(cue, folded) for cue in ("moves_to", "cancels", "moves_own", "books")):
        return []
    named = [fact for fact in said if fact.kind in ("service", "time") and fact.role != "hint"]
    close = any(not folded[found.end() : fact.start - clause.start].strip() for fact in named)
    return fills(named, situation, flow="cancel_booking") if close else []
