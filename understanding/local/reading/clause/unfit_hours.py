"""An hour that is not to be, and on which side of it one would be: "às 9 é muito cedo", "nine's too early for me"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import lone_numbers
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.fills import fills
from understanding.local.text import numerals
from understanding.local.text.cues import has, pattern
from understanding.local.text.words import fold

_A_WHILE = timedelta(hours=1)
_WORD = re.compile(r"[^\W_]+")


def told(folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """The times behind or before that hour, or the other one told beside it; None when none is found unfit."""
    if situation.flow not in ("book", "reschedule") or situation.asks not in ("time", "confirm"):
        return None
    early, late = has("too_early", folded), has("too_late", folded)
    if early == late:
        return None
    hours = [fact for fact in said if fact.kind == "time" and fact.value["has_time"] and fact.value["start"]]
    cue = pattern("too_early" if early else "too_late").search(folded)
    ahead = folded[: cue.start()] if cue else ""
    if len(hours) > 1:  # "às 9 é muito cedo, às 11 dá"
        rest = [fact for fact in said if fact is not hours[0]]
        return Answered("inform", tuple(fills(rest, situation, flow=situation.flow)))
    if hours and fold(str(hours[0].value["text"])) not in ahead and _numbers(ahead, situation):
        return Answered("inform", tuple(fills(said, situation, flow=situation.flow)))
    if not hours and not any(fact.kind == "time" for fact in said):
        return _of_a_number(ahead, folded[len(ahead) :], said, situation, early=early)
    value = hours[0].value if hours else {}
    return _bounded(value, said, situation, early=early) if value.get("kind") == "moment" else None


def _bounded(value: dict[str, Any], said: Sequence[Fact], situation: Situation, *, early: bool) -> Answered:
    start = datetime.fromisoformat(value["start"])
    edges = {"start": (start + _A_WHILE).isoformat(), "end": None} if early else {"start": None, "end": value["start"]}
    rest = [fact for fact in said if fact.kind != "time"]
    bounded = Fill("time", [{**value, **edges, "kind": "after" if early else "before"}])
    return Answered("inform", (*fills(rest, situation, flow=situation.flow), bounded))


def _of_a_number(
    ahead: str, behind: str, said: Sequence[Fact], situation: Situation, *, early: bool
) -> Answered | None:
    """ "Nine's too early, how about 10": only the numbers of the hours are said."""
    unfit, wanted = _numbers(ahead, situation), _numbers(behind, situation)
    hour = lone_numbers.hour((wanted or unfit)[0], situation) if len(unfit) + len(wanted) in (1, 2) else None
    if hour is None or (unfit and wanted):
        return hour
    fill = hour.commands[0]
    return _bounded(fill.value[0], said, situation, early=early) if isinstance(fill, Fill) else None


def _numbers(folded: str, situation: Situation) -> list[int]:
    found = (numerals.value(word, situation.language) for word in _WORD.findall(folded))
    return [number for number in found if number]
