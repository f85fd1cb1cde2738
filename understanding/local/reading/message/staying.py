"""What stays, told beside what is cancelled or moved: "desmarca a unha, o corte eu mantenho", "the manicure stays".

It is named only so that nobody touches it: read for itself it would be one more thing to cancel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.text.cues import alternatives, has
from understanding.local.text.words import fold

_OWN = ("service", "professional", "time")
_CHANGING = ("cancel_booking", "reschedule")
_AN_ANSWER = 3  # so many words are more than a yes or a no
_CHANGES = ("cancels", "moves_to", "moves_own", "cannot_come", "gives_away")


def apart(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text and facts without what stays, where something else is cancelled or moved; else as they were."""
    if not situation.business.professionals or situation.flow not in (None, *_CHANGING):
        return text, list(said)
    left, facts = text, list(said)
    for start, end in _stretches(fold(text)):
        inside = [fact for fact in facts if start <= fact.start < end]
        if situation.asks == "confirm" and not inside:
            continue  # "keep mine, cancel my wife's": which of them is what was summed up?
        if _only_stays(fold(left[start:end]), inside, start):
            left = blanked(left, start, end)
            facts = [fact for fact in facts if fact not in inside]
    if left == text:
        return text, list(said)
    others = any(fact.kind == "service" for fact in facts) and any(fact.kind == "time" for fact in facts)
    changes = others or situation.flow in _CHANGING or any(has(cue, fold(left)) for cue in _CHANGES)
    answers = situation.asks != "confirm" or len(left.split()) >= _AN_ANSWER or any(f.kind in _OWN for f in facts)
    return (left, facts) if changes and answers else (text, list(said))


def kept(text: str, said: Sequence[Fact]) -> list[Fact]:
    """What is told to stay: "sim, mas deixa o corte"."""
    folded, found = fold(text), []
    for start, end in _stretches(folded):
        inside = [fact for fact in said if start <= fact.start < end]
        if inside and _only_stays(folded[start:end], inside, start):
            found += [fact for fact in inside if fact not in found]
    return found


def _stretches(folded: str) -> Iterator[tuple[int, int]]:
    """What stands between pauses, then the pieces of it that "but" and "and" begin."""
    for found in re.finditer(r"[^,;.!?\n]+", folded):
        start, end = found.span()
        yield start, end
        joints = [joint.start() for joint in _joint().finditer(folded, start, end) if joint.start() > start]
        yield from pairwise([start, *joints, end] if joints else [])


def _only_stays(words: str, inside: Sequence[Fact], offset: int) -> bool:
    """Whether a stretch names an appointment and says no more of it than that it stays."""
    if any(fact.kind not in _OWN for fact in inside):
        return False
    for fact in inside:
        start, end = fact.start - offset, fact.end - offset
        words = f"{words[:start]}{'§' * (end - start)}{words[end:]}"
    return _staying().fullmatch(words) is not None


@cache
def _staying() -> re.Pattern[str]:
    """An appointment with the words before or behind it that leave it as it is; a § stands for a letter of a fact."""
    small = rf"(?:{alternatives('and')}|{alternatives('but')}|{alternatives('determiners')}"
    small += r"|so|my|our|meu|minha|mi|de|al?|one|on)"
    opening = rf"[\s,]*(?:{small}[\s,]+)*"
    named = rf"(?:§+(?:[\s,']*(?:§|\w{{1,3}}\b))*|(?:{alternatives('own_thing')}))"
    polite = rf"(?:[\s,]+(?:{alternatives('please')}))*\s*"
    at_its_hour = r"(?:\s+(?:at|as|on|a las?)?\s*§+)?"
    return re.compile(
        rf"{opening}(?:i\s+)?(?:{alternatives('stays')})\s+{named}(?:\s+(?:{alternatives('as_it_is')}))?{polite}"
        rf"|{opening}{named}\s*(?:{alternatives('stays_as_it_is')}){at_its_hour}{polite}"
    )


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('but')}|{alternatives('and')})(?=\s)")
