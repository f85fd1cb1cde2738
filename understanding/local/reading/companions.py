"""One more of the same for somebody else: "e uma pra minha irmã logo depois"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_OTHER_WISHES = ("price", "moves_to", "moves_own", "cancels", "has_booked")


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """The booking for the second person: beside the one under way, or like the one just made; empty otherwise."""
    folded = fold(clause.text)
    booked = situation.flow is None and situation.anchor is not None
    if booked and (behind := _right_behind(folded, said, situation)):
        return behind
    arranged = situation.flow == "book" and situation.slots.get("service")
    if not (booked or arranged) or not has("one_more_for", folded) or has("price", folded):
        return []
    if any(fact.kind in ("service", "product") for fact in said):
        return []
    if arranged:
        return [Fill("people", 2)]
    times = [fact for fact in said if fact.kind in ("time", "professional")]
    behind = [Fill("shift", "later")] if has("right_behind", folded) and not times else []
    return [Start("book"), Fill("last", True), *fills(times, situation, flow="book"), *behind]


def _right_behind(folded: str, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "E a pedicure logo depois": another service behind what was just booked."""
    told = [fact for fact in said if fact.kind in ("service", "time", "professional") and not fact.negated]
    services = [fact for fact in told if fact.kind == "service"]
    if not services or not has("right_behind", folded) or any(has(cue, folded) for cue in _OTHER_WISHES):
        return []
    timed = any(fact.kind == "time" for fact in told)
    return [Start("book"), *fills(told, situation, flow="book"), *([] if timed else [Fill("shift", "later")])]
