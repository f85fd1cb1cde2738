"""A message of somebody who wants no service but work, or to sell: it is for the owner, whatever it names."""

from __future__ import annotations

from domain.commands import Ask, Command, Smalltalk
from domain.ports import Situation
from understanding.local.text import clauses
from understanding.local.text.cues import has
from understanding.local.text.words import fold


def told(text: str, situation: Situation) -> list[Command] | None:
    """The question to keep for the owner: "vocês estão contratando? sou manicure"; None for all others."""
    if situation.flow is not None or situation.asks != "none" or not has("other_business", fold(text)):
        return None
    greets = any(clause.greets for clause in clauses.split(text, situation.language))
    return [*([Smalltalk("greet")] if greets else []), Ask("faq", {"text": text.strip()})]
