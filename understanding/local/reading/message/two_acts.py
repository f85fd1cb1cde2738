"""One is cancelled and another moved, or booked, in one breath: "cancela la escova y pasa la manicura a las 10"."""

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
    if not situation.business.professionals or not has("cancels", folded):
        return text
    if situation.flow is None and sum(fact.kind == "time" for fact in said) > 1:
        behind = _booked_behind().search(folded)
        if behind and _cancels_only(folded[: behind.start()]) and not has("cancels", folded[behind.end() :]):
            return _cut(text, behind)
    if len(services) < 2:
        return text
    for joint in _joint().finditer(folded):
        one, two = folded[: joint.start()], folded[joint.end() :]
        named = {fact.end <= joint.start() for fact in services} == {True, False}
        if named and ((_cancels_only(one) and _moves_only(two)) or (_moves_only(one) and _cancels_only(two))):
            return _cut(text, joint)
    return text


def _cut(text: str, joint: re.Match[str]) -> str:
    return f"{text[: joint.start()]}.{' ' * (joint.end() - joint.start() - 1)}{text[joint.end() :]}"


def _cancels_only(words: str) -> bool:
    return has("cancels", words) and not has("not_cancelling", words) and not any(has(cue, words) for cue in _MOVES)


def _moves_only(words: str) -> bool:
    return any(has(cue, words) for cue in _MOVES) and not has("cancels", words)


@cache
def _booked_behind() -> re.Pattern[str]:
    """ "…, then book a new one": the pause before a wish to be booked."""
    joint = rf"(?:(?:{alternatives('and')}|{alternatives('and_then')})[\s,]+)+"
    return re.compile(rf"\s*[,;]?\s+{joint}(?=[^,.;]{{0,20}}(?:{alternatives('books')}|{alternatives('puts_in')}))")


@cache
def _joint() -> re.Pattern[str]:
    both = rf"(?:{alternatives('and')}|{alternatives('but')})"
    return re.compile(rf"\s*[,;]\s*(?:{both}\s)?|\s{both}\s")
