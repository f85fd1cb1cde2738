"""When somebody comes by for an order that is to be picked up, told beside the yes: "sim, passo às 15h", "isso, às 4".

It is summed up already that it is picked up, and nothing else of an order has an hour; what is left decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_PART = re.compile(r"(?:(?! (?:que|e|and|y|so) )[^,.;!\n])+")
_NOTHING_NEW = ("time", "delivery", "position")
_NOT_YET = (
    "waits",
    "comes_by",
    "hangs_on",
    "not",
    "cannot",
    "some_day",
    "tells_later",
    "before_that",
    "not_now",
    "cancels",
)


def apart(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text and its facts without the parts that only tell who comes by, and when, where others are left."""
    summed_up = situation.asks == "confirm" and situation.flow in ORDERING
    if not summed_up or situation.slots.get("delivery") != "pickup" or "?" in text:
        return text, list(said)
    parts = [part.span() for part in _PART.finditer(_in_one(text, said))]
    parts = [(start, end) for start, end in parts if any(letter.isalnum() for letter in text[start:end])]
    only = [(start, end) for start, end in parts if _comes_by(text, start, end, said)]
    if not only or len(only) == len(parts):
        return text, list(said)
    for start, end in only:
        text = blanked(text, start, end)
    return text, [fact for fact in said if text[fact.start : fact.end].strip() or fact.start == fact.end]


def _in_one(text: str, said: Sequence[Fact]) -> str:
    """The text, no fact of which is parted: "às 3 e meia"."""
    for fact in said:
        text = f"{text[: fact.start]}{'_' * (fact.end - fact.start)}{text[fact.end :]}"
    return text


def _comes_by(text: str, start: int, end: int, said: Sequence[Fact]) -> bool:
    inside = [fact for fact in said if start <= fact.start < end]
    told = all(fact.kind in _NOTHING_NEW and not fact.negated for fact in inside)
    brought = any(fact.kind == "delivery" and fact.value != "pickup" for fact in inside)
    folded = fold(text[start:end]).strip()
    if not told or brought or has("cannot_fetch", folded):
        return False
    timed = any(fact.kind == "time" and fact.value["has_time"] for fact in inside)
    return received.comes_by(folded) or (timed and not any(has(cue, folded) for cue in _NOT_YET))
