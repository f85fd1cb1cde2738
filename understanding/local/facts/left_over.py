"""What goes of a thing of which a number stays: "deixa um saco só, o outro pode tirar" says one, and says it twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts.match import Match
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_PARTS = re.compile(r"(?:(?! (?:e|y|and) )[^,.;!?\n])+")
_WORD = re.compile(r"[^\W\d_]+")
_SEVERAL = 2


def unsaid(text: str, products: Sequence[Match], situation: Situation) -> str:
    """The text without the part that takes off the others of a thing named before it."""
    there = {item["product"]: item["quantity"] for item in situation.slots.get("items") or ()}
    named = [match for match in products if there.get(match.id, 0) >= _SEVERAL]
    folded = fold(text)
    if not named or not has("points_at_other", folded):
        return text
    for part in _PARTS.finditer(folded):
        before = {match.id for match in named if match.span[1] <= part.start()}
        inside = {match.id for match in products if part.start() <= match.span[0] < part.end()}
        if before and inside <= before and has("others_of_it", part.group()) and _goes(part.group()):
            text = f"{text[: part.start()]}{' ' * len(part.group())}{text[part.end() :]}"
    return text


def _goes(folded: str) -> bool:
    told = {family for word in _WORD.findall(folded) for family in families(word)}
    return bool(told & {"off", "no", "gone"})
