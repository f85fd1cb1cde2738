"""One is cancelled and another moved in one breath: "cancela la escova y pasa la manicura a las 10"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.text.cues import alternatives, has
from understanding.local.text.words import fold

_MOVES = ("moves_to", "moves_own")


def parted(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text with a full stop between the two; every place stays."""
    folded = fold(text)
    services = [fact for fact in said if fact.kind == "service"]
    if len(services) < 2 or not situation.business.professionals or not has("cancels", folded):
        return text
    for joint in _joint().finditer(folded):
        one, two = folded[: joint.start()], folded[joint.end() :]
        named = {fact.end <= joint.start() for fact in services} == {True, False}
        if named and ((_cancels_only(one) and _moves_only(two)) or (_moves_only(one) and _cancels_only(two))):
            return f"{text[: joint.start()]}.{' ' * (joint.end() - joint.start() - 1)}{text[joint.end() :]}"
    return text


def _cancels_only(words: str) -> bool:
    return has("cancels", words) and not has("not_cancelling", words) and not any(has(cue, words) for cue in _MOVES)


def _moves_only(words: str) -> bool:
    return any(has(cue, words) for cue in _MOVES) and not has("cancels", words)


@cache
def _joint() -> re.Pattern[str]:
    both = rf"(?:{alternatives('and')}|{alternatives('but')})"
    return re.compile(rf"\s*[,;]\s*(?:{both}\s)?|\s{both}\s")
