"""What of a summary is to be another, nothing being told instead: "quero mudar o dia", "can I change the service?"."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.commands import Command, Fill, Reject
from domain.ports import Situation
from understanding.local.reading.clause.answered import Answered
from understanding.local.text.cues import has, pattern

_SLOTS = {"another_service": "service", "another_time": "time"}


def told(folded: str, situation: Situation) -> Answered | None:
    """The part of it that goes; None for all other words."""
    if situation.flow != "book" or situation.asks != "confirm" or not has("changes_it", folded):
        return None
    plain = folded.strip(" .,!?¿")
    for cue, slot in _SLOTS.items():
        if pattern(cue).fullmatch(plain):
            return Answered("inform", (Reject(slot),))
    start = situation.slots.get("start")
    return (
        Answered("inform", (_another_day(str(start)),))
        if start and pattern("another_day_for_it").fullmatch(plain)
        else None
    )


def _another_day(start: str) -> Command:
    """The day summed up as one that cannot be."""
    midnight = datetime.fromisoformat(start).replace(hour=0, minute=0)
    edges = {"start": midnight.isoformat(), "end": (midnight + timedelta(days=1)).isoformat()}
    told = {"kind": "moment", "grain": "day", "ambiguous": False, "why": None, "text": ""}
    return Fill("excluded", [{**told, **edges, "has_date": True, "has_time": False}])
