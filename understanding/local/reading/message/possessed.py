"""A service named as one the customer has: "minha manicure", "la escova del jueves", "my pedicure on Friday"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.text.cues import alternatives, has
from understanding.local.text.words import fold

_OTHERS = {"more", "people", "together", "for_another"}
_ANOTHER = ("books", "also", "one_more", "one_more_for", "for_another", "right_behind", "price", "cancels", "wishes")


def told(text: str, said: Sequence[Fact], situation: Situation) -> bool:
    """Whether a service is named so, by nobody who wishes for one more."""
    if situation.flow is not None or not situation.business.professionals:
        return False
    folded = fold(text)
    named = [fact for fact in said if fact.kind == "service" and fact.role != "hint" and not fact.negated]
    named = [fact for fact in named if not has("body_part", folded[fact.start : fact.end])]  # "do my nails"
    own = any(_before(situation.language).search(folded[: fact.start]) for fact in named)
    return own and not any(has(cue, folded) for cue in _ANOTHER)


def marked(commands: Sequence[Command], *, own: bool) -> list[Command]:
    """The commands of a booking with that told: only the books know whether such a one stands."""
    slots = {each.slot for each in commands if isinstance(each, Fill)}
    begins = own and Start("book") in commands and "time" in slots and not slots & _OTHERS
    return [*commands, Fill("own", True)] if begins else list(commands)


@cache
def _before(language: str) -> re.Pattern[str]:
    """Each language's own: "a manicure" is anybody's in English."""
    return re.compile(rf"(?<!\w)(?:{alternatives(f'own_before_{language[:2]}')})\s+$")
