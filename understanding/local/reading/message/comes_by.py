"""When somebody comes by for an order that is to be picked up, told beside the yes: "sim, passo às 15h".

It is summed up already that it is picked up; what is left decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import received
from understanding.local.reading.heard import ORDERING
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_PART = re.compile(r"(?:(?! (?:que|e|and|y|so) )[^,.;!\n])+")
_NOTHING_NEW = ("time", "delivery", "position")


def apart(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text and its facts without the parts that only tell who comes by, and when, where others are left."""
    summed_up = situation.asks == "confirm" and situation.flow in ORDERING
    if not summed_up or situation.slots.get("delivery") != "pickup" or "?" in text:
        return text, list(said)
    parts = [part for part in _PART.finditer(text) if any(letter.isalnum() for letter in part.group())]
    only = [part for part in parts if _comes_by(part, said)]
    if not only or len(only) == len(parts):
        return text, list(said)
    for part in only:
        text = f"{text[: part.start()]}{' ' * len(part.group())}{text[part.end() :]}"
    return text, [fact for fact in said if text[fact.start : fact.end].strip() or fact.start == fact.end]


def _comes_by(part: re.Match[str], said: Sequence[Fact]) -> bool:
    inside = [fact for fact in said if part.start() <= fact.start < part.end()]
    told = all(fact.kind in _NOTHING_NEW and not fact.negated for fact in inside)
    brought = any(fact.kind == "delivery" and fact.value != "pickup" for fact in inside)
    folded = fold(part.group()).strip()
    return told and not brought and not has("cannot_fetch", folded) and received.comes_by(folded)
