"""What stays, told beside what is cancelled or moved: "desmarca a unha, o corte eu mantenho", "the manicure stays".

It is named only so that nobody touches it: read for itself it would be one more thing to cancel.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.reading.stays import OWN, only_stays, stretches
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_CHANGING = ("cancel_booking", "reschedule")
_AN_ANSWER = 3  # so many words are more than a yes or a no
_CHANGES = ("cancels", "moves_to", "moves_own", "cannot_come", "gives_away")


def apart(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text and facts without what stays, where something else is cancelled or moved; else as they were."""
    if not situation.business.professionals or situation.flow not in (None, *_CHANGING):
        return text, list(said)
    left, facts = text, list(said)
    for start, end in stretches(fold(text)):
        inside = [fact for fact in facts if start <= fact.start < end]
        if situation.asks == "confirm" and not inside:
            continue  # "keep mine, cancel my wife's": which of them is what was summed up?
        if only_stays(fold(left[start:end]), inside, start):
            left = blanked(left, start, end)
            facts = [fact for fact in facts if fact not in inside]
    if left == text:
        return text, list(said)
    others = any(fact.kind == "service" for fact in facts) and any(fact.kind == "time" for fact in facts)
    changes = others or situation.flow in _CHANGING or any(has(cue, fold(left)) for cue in _CHANGES)
    answers = situation.asks != "confirm" or len(left.split()) >= _AN_ANSWER or any(f.kind in OWN for f in facts)
    return (left, facts) if changes and answers else (text, list(said))
