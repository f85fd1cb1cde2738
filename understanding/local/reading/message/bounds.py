"""From when or until when somebody can come, told by what else is done then: "I finish at 5", "tenho que sair 16h"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.reading.times_told import wished
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold


def edged(fact: Fact, kind: str) -> Fact:
    """The time as where what is wished for begins ("after") or ends ("before")."""
    start, after = fact.value["start"], kind == "after"
    edges = {"start": start if after else None, "end": None if after else start}
    return replace(fact, value={**fact.value, **edges, "kind": kind})


def told_beside(folded: str, fact: Fact) -> Fact | None:
    """ "Thursday, I finish 17:30": from then; "tenho que sair 16h", "a las 4 tengo que irme": until then."""
    kinds = {"times_gone_by": "before", "gets_off": "after"}
    return next((edged(fact, kind) for cue, kind in kinds.items() if _beside(cue, folded, fact)), None)


def without_their_words(text: str, said: Sequence[Fact]) -> str:
    """ "I must be out of there by 4": what makes an edge of an hour asks for nothing itself."""
    folded = fold(text)
    for fact in said:
        if wished(fact) and fact.value["kind"] in ("before", "after"):
            for start, end in filter(None, (_beside(cue, folded, fact) for cue in ("times_gone_by", "gets_off"))):
                end = min(end, fact.start) if start < fact.start else end
                text = text if fact.start <= start < fact.end else blanked(text, start, end)
    return text


def _beside(cue: str, folded: str, fact: Fact) -> tuple[int, int] | None:
    """Where the words stand that make an edge of the hour: right before it, or behind."""
    told = [found.span() for found in _ahead_of_hour(cue).finditer(folded[: fact.end])]
    if told and told[-1][1] >= fact.start:
        return told[-1]
    behind = _behind_hour(cue).match(folded, fact.end)
    return behind.span() if behind else None


@cache
def _ahead_of_hour(cue: str) -> re.Pattern[str]:
    small = alternatives("around_times")
    return re.compile(rf"\b(?:{alternatives(cue)})(?:\s+(?:{small}))*\s*(?=\d|\w+(?:\s|$))")


@cache
def _behind_hour(cue: str) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:(?:eu|yo|ya|ja|i)\s+)*(?:{alternatives(cue)})\b")
