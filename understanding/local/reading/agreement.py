"""A yes to a summary in free words: "show, deixa marcado", "impecável, pode marcar", "go ahead and cancel that one"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.heard import ORDERING
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import alternatives, has, pattern
from understanding.local.text.words import fold, split

_ARRANGED = ("service", "time", "professional", "order")
_ORDERED = ("payment", "delivery", "zone", "address")
_DOING = {
    "reschedule": ("proceeds", "proceeds_moving"),
    "cancel_booking": ("proceeds_cancelling",),
    "cancel_order": ("proceeds_cancelling",),
}


def given(clause: Clause, said: Sequence[Fact], situation: Situation) -> bool:
    """Whether the clause says yes to the summary and nothing beside it; its own facts said again are no hindrance."""
    known = _ORDERED if situation.flow in ORDERING else _ARRANGED
    if clause.asks or clause.no or any(fact.negated or fact.kind not in known for fact in said):
        return False
    if not left_over(clause, said, situation):
        return clause.yes or _assents(clause, situation) or _this_one_too(clause)
    return not said and _told_to_proceed(clause, situation)


def left_over(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[str]:
    """The words that are neither part of a yes to this summary, nor harmless beside one, nor facts."""
    words = fold(clause.text)
    for fact in sorted(said, key=lambda one: one.start, reverse=True):
        words = f"{words[: fact.start - clause.start]} {words[fact.end - clause.start :]}"
    agrees, beside = _patterns(situation.flow)
    return [word.text for word in split(beside.sub(" ", agrees.sub(" ", words))) if word.text[0].isalnum()]


def _told_to_proceed(clause: Clause, situation: Situation) -> bool:
    """ "Ótimo, ela vai amar, pode deixar marcado": told to do it, and what stands beside it changes nothing."""
    agrees, beside = _patterns(situation.flow)
    parts = [part for part in re.split(r"[,;]| - ", fold(clause.text)) if part.strip()]
    told = [
        part
        for number, part in enumerate(parts)
        if ((clause.yes and not number) or (has("told_to", part) and agrees.search(part)))
        and not any(letter.isalnum() for letter in beside.sub(" ", agrees.sub(" ", part)))
    ]
    return bool(told) and all(_changes_nothing(part) for part in parts if part not in told)


def _changes_nothing(folded: str) -> bool:
    said = folded.strip()
    doubts = any(has(cue, said) for cue in ("reserves", "conditional", "price", "some_day"))
    return not doubts and not pattern("question_start").match(said) and not any(letter.isdecimal() for letter in folded)


def _this_one_too(clause: Clause) -> bool:
    """ "Essa também", "that one too": to the summary of the next one."""
    folded = fold(clause.text).strip(" .,!")
    return " " in folded and pattern("this_too").fullmatch(folded) is not None


def _assents(clause: Clause, situation: Situation) -> bool:
    return _patterns(situation.flow)[0].search(fold(clause.text)) is not None


@cache
def _patterns(flow: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says yes to what this flow does, and what may stand beside it."""
    said = "|".join(alternatives(cue) for cue in ("agrees", *_DOING.get(flow or "", ("proceeds",))))
    return re.compile(f"(?:{said})"), re.compile(f"(?:{alternatives('this_too')}|{alternatives('around_yes')})")
