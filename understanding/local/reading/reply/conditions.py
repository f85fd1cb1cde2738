"""What a yes is made to hang on, read as the question it is: "pode fechar, desde que tenha onde parar o carro"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.ports import Situation
from understanding.local import replies
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold

_TOLD = ("time", "service", "professional", "product", "delivery", "zone", "address")
_AGREES = 0.6


def asked(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text with nothing but that question in it; as it is where something is to be different, or asked."""
    if situation.asks != "confirm" or "?" in text:
        return text
    found = _condition().search(fold(text))
    if found is None or "í" in found.group() or any(fact.kind in _TOLD for fact in said if fact.start >= found.start()):
        return text
    judged = replies.judge(text[: found.start()].strip(" ,"), "summary", situation.language)
    if judged.get("yes", 0.0) < _AGREES:
        return text
    return f"{blanked(text, 0, found.end()).rstrip(' .!')}?"


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)[\s,.;]+(?:{alternatives('checkout_on_condition')})\s+(?=\w)")
