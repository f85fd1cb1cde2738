"""Words that leave an appointment as it is: "o corte eu mantenho", "the manicure stays"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from understanding.local.facts.fact import Fact
from understanding.local.text.cues import alternatives
from understanding.local.text.words import fold

OWN = ("service", "professional", "time")
"""The facts that tell an appointment."""


def kept(text: str, said: Sequence[Fact]) -> list[Fact]:
    """What is told to stay: "sim, mas deixa o corte"."""
    folded, found = fold(text), []
    for start, end in stretches(folded):
        inside = [fact for fact in said if start <= fact.start < end]
        if inside and only_stays(folded[start:end], inside, start):
            found += [fact for fact in inside if fact not in found]
    return found


def stretches(folded: str) -> Iterator[tuple[int, int]]:
    """What stands between pauses, then the pieces of it that "but" and "and" begin."""
    for found in re.finditer(r"[^,;.!?\n]+", folded):
        start, end = found.span()
        yield start, end
        joints = [joint.start() for joint in _joint().finditer(folded, start, end) if joint.start() > start]
        yield from pairwise([start, *joints, end] if joints else [])


def only_stays(words: str, inside: Sequence[Fact], offset: int) -> bool:
    """Whether a stretch names an appointment and says no more of it than that it stays."""
    if any(fact.kind not in OWN for fact in inside):
        return False
    for fact in inside:
        start, end = fact.start - offset, fact.end - offset
        words = f"{words[:start]}{'§' * (end - start)}{words[end:]}"
    return _staying().fullmatch(words) is not None


@cache
def _staying() -> re.Pattern[str]:
    """An appointment with the words before or behind it that leave it as it is; a § stands for a letter of a fact."""
    small = rf"(?:{alternatives('and')}|{alternatives('but')}|{alternatives('determiners')}"
    small += rf"|{alternatives('actually')}|{alternatives('hesitates')}"
    small += r"|so|my|our|meu|minha|mi|de|al?|ones?|on|lo|only|just|solo|apenas|please|also|that|ess?[ea]|por favor)"
    opening = rf"[\s,]*(?:{small}[\s,]+)*"
    named = rf"(?:§+(?:[\s,']*(?:§|\w{{1,3}}\b))*|(?:{alternatives('own_thing')}))"
    polite = rf"(?:[\s,]+(?:{alternatives('please')}|tho|though|ta|ok|viu|hein|eh|si))*\s*"
    at_its_hour = r"(?:\s+(?:at|as|on|a las?)?\s*§+)?"
    return re.compile(
        rf"{opening}(?:i\s+)?(?:{alternatives('stays')})\s+{named}(?:\s+(?:{alternatives('as_it_is')}))?{polite}"
        rf"|{opening}{named}\s*(?:{alternatives('stays_as_it_is')}){at_its_hour}{polite}"
    )


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('but')}|{alternatives('and')})(?=\s)")
