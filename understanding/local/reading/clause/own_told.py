"""An appointment told in one breath with another time for it: "tô marcada na quinta, não consigo, dá sexta?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import pattern
from understanding.local.text.words import fold

_TOLD = ("service", "professional", "time")
_WHEN = ("time", "same_hour", "same_weekday", "earliest", "latest")


def in_one_piece(text: str) -> str:
    """The text without what would cut it where another time is told: every place stays."""
    for found in pattern("but").finditer(fold(text)):
        text = blanked(text, *found.span())
    return re.sub(r"[,;.\n]", " ", text)


def marked(folded: str, said: Sequence[Fact], offset: int = 0) -> list[Fact] | None:
    """The facts, those of the appointment marked as "old"; None unless it cannot be and another time is told for it.

    `offset`: where the folded words begin in the message.
    """
    begins = pattern("stands_booked").search(folded)
    gives_way = pattern("gives_way").search(folded, begins.end()) if begins else None
    if begins is None or gives_way is None:
        return None
    own = [fact for fact in said if begins.start() <= fact.start - offset < gives_way.start() and fact.kind in _TOLD]
    behind = [fact for fact in said if fact.start - offset >= gives_way.start()]
    another = [fact for fact in behind if fact.kind in _WHEN and not fact.negated]
    if not another or not any(fact.kind in ("service", "time") for fact in own):
        return None
    if any(fact.kind in ("service", "product") for fact in behind):
        return None
    kept = [replace(fact, role="old", negated=False) if fact.kind == "time" else fact for fact in own]
    known = {id(fact) for fact in own}
    return sorted([*kept, *(fact for fact in said if id(fact) not in known)], key=lambda fact: fact.start)
