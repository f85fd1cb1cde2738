"""An hour told by a number alone where one is proposed: "could it be 12?", "que sea 18", "would 3 be possible?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import lone_numbers
from understanding.local.reading.message import unlike_summary
from understanding.local.text.cues import alternatives, has
from understanding.local.text.words import fold

_TIMED = ("book", "reschedule")


def told(text: str, said: Sequence[Fact], situation: Situation, *, own: bool) -> list[Fact]:
    """The facts with such an hour, while one is arranged, or where an appointment that stands is spoken of.

    `own`: a service is named as the customer's own.
    """
    folded = fold(text)
    if not situation.business.professionals or not (own or _spoken_of(folded, situation)):
        return list(said)
    facts = unlike_summary.told(text, said, situation)
    for found in _proposal().finditer(folded):
        name = "number" if found["number"] else "asked"
        start, end = found.span(name)
        if any(fact.start < end and start < fact.end for fact in facts):
            continue
        hour = lone_numbers.hour(int(found[name]), situation)
        values = [each.value for each in hour.commands if isinstance(each, Fill)] if hour else []
        facts += [Fact("time", value[0], start, end) for value in values]
    return sorted(facts, key=lambda fact: fact.start)


def _spoken_of(folded: str, situation: Situation) -> bool:
    if situation.flow is None:
        return situation.just_booked or bool(situation.standing) or has("cannot_come", folded)
    return situation.flow in _TIMED and situation.asks in ("time", "confirm")


@cache
def _proposal() -> re.Pattern[str]:
    ends = rf"(?=\s*(?:[,.;!?\n]|$)|\s+(?:{alternatives('behind_an_hour')})\b)"
    suits = r"(?:be |also )?(?:possible|okay?|doable|free|available|work)"
    return re.compile(
        rf"\b(?:{alternatives('proposes_hour')})\s+(?P<number>\d{{1,2}}){ends}"
        rf"|\b(?:would|could|might|is)\s+(?P<asked>\d{{1,2}})\s+{suits}\b"
    )
