"""What of a summary is to be another, nothing being told instead: "quero mudar o dia", "can I change the service?"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Reject
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.reply.refused_part import without_its_day
from understanding.local.text.cues import has, pattern

_SLOTS = {"another_service": "service", "another_time": "time"}


def told(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """The part of it that goes; None for all other words."""
    if situation.flow != "book" or situation.asks != "confirm" or not has("changes_it", folded):
        return None
    plain = folded.strip(" .,!?¿")
    for cue, slot in _SLOTS.items():
        if pattern(cue).fullmatch(plain):
            return Answered("inform", (Reject(slot),))
    start = situation.slots.get("start")
    if start and pattern("another_day_for_it").fullmatch(plain):
        return Answered("inform", (without_its_day(str(start)),))
    asks_others = not said and has("other_times", folded)
    return Answered("inform", (Reject("time"),)) if asks_others else None  # "a esa hora no puedo, ¿qué otros tenés?"
