"""The part that a no to a summary is of: "esse horário eu não quero não", "that day doesn't suit"."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.commands import Command, Fill, Reject
from domain.ports import Situation
from understanding.local.text.cues import has

_TIMED = ("book", "reschedule")
_GONE = ("gives_up", "no_longer_wanted")


def told(folded: str, situation: Situation) -> Command | None:
    """What of it goes, where words point at its hour or its day; None where all of it does, or nothing tells."""
    start = situation.slots.get("start")
    if situation.flow not in _TIMED or not start or any(has(cue, folded) for cue in _GONE):
        return None
    if has("this_date", folded):
        return without_its_day(str(start))
    return Reject("time") if has("this_time", folded) else None


def without_its_day(start: str) -> Command:
    """The day summed up as one that cannot be."""
    midnight = datetime.fromisoformat(start).replace(hour=0, minute=0)
    edges = {"start": midnight.isoformat(), "end": (midnight + timedelta(days=1)).isoformat()}
    told = {"kind": "moment", "grain": "day", "ambiguous": False, "why": None, "text": ""}
    return Fill("excluded", [{**told, **edges, "has_date": True, "has_time": False}])
