"""An appointment told first and acted on in a later sentence: "O Bidu tem banho quinta. Dá pra passar pra sexta?".

What is moved or cancelled by "it" is what the sentences before it told; what they tell besides is why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.text import clauses
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_TOLD = ("service", "time", "professional")
_WHEN = ("time", "same_hour", "same_weekday", "earliest", "latest")
_OTHER = ("books", "wishes", "price", "free_times")


def joined(text: str, said: Sequence[Fact], situation: Situation) -> tuple[str, list[Fact]]:
    """The text with nothing between the appointment and what is to become of it, its times marked as "old"."""
    if situation.flow is not None or not situation.business.professionals:
        return text, list(said)
    told = clauses.split(text, situation.language)
    act = next((place for place, clause in enumerate(told) if place and _acts_on_it(clause, said)), None)
    if act is None:
        return text, list(said)
    earlier = [fact for fact in said if fact.kind in _TOLD and fact.start < told[act].start]
    first = next((place for place, clause in enumerate(told) if any(_inside(clause, fact) for fact in earlier)), act)
    before = told[first:act]
    if not any(fact.kind in ("service", "time") for fact in earlier) or any(_wants_else(each, said) for each in before):
        return text, list(said)
    start = told[act].start
    text = blanked(text, before[0].start, start)
    return text, [
        _told_of_it(fact, start) if fact in earlier else fact
        for fact in said
        if fact.start >= start or fact in earlier or fact.end <= before[0].start
    ]


def _acts_on_it(clause: Clause, said: Sequence[Fact]) -> bool:
    """Whether a clause moves or cancels what it does not name itself."""
    inside = [fact for fact in said if _inside(clause, fact)]
    folded = fold(clause.text)
    if any(fact.kind in ("service", "product") for fact in inside) or has("not_cancelling", folded):
        return False
    moved = has("moves_to", folded) and any(fact.kind in _WHEN and not fact.negated for fact in inside)
    return moved or (has("cancels_it", folded) and not inside)


def _wants_else(clause: Clause, said: Sequence[Fact]) -> bool:
    """Whether a clause is more than a story: a question, a wish, a thing to buy."""
    folded = fold(clause.text)
    products = any(fact.kind in ("product", "unlisted") and _inside(clause, fact) for fact in said)
    asks = clause.asks and not has("tag_question", folded.strip(" ,.?!"))
    return asks or products or any(has(cue, folded) for cue in _OTHER)


def _inside(clause: Clause, fact: Fact) -> bool:
    return clause.start <= fact.start < clause.end


def _told_of_it(fact: Fact, place: int) -> Fact:
    """The fact where it is acted on."""
    role = "old" if fact.kind == "time" else fact.role
    return replace(fact, role=role, negated=False, start=place, end=place)
