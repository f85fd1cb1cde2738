"""What is given up only to be put right: "scrap that, Thursday same time", "esquece, com o Bruno"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from domain.ports import Situation
from understanding.local.facts import quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import pointed
from understanding.local.reading.heard import ORDERING
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import alternatives, has, pattern, words
from understanding.local.text.words import fold

_TOLD = {
    "booking": {"time", "professional", "anybody", "same_hour", "same_weekday", "together", "earliest", "latest"},
    "ordering": {"payment", "delivery", "zone", "address", "change_for"},
}
_REASON = 3  # so many words at least
_SMALL = ("fillers", "articles", "suits", "and", "beside_details")


def put_right(clause: Clause, behind: Sequence[Clause], said: Sequence[Fact], situation: Situation) -> bool:
    """Whether a clause gives up no more than the detail that the rest of the message tells anew.

    Nothing but details of what is under way may stand behind it: whoever names another thing begins anew.
    """
    told = _TOLD["booking" if situation.flow in ("book", "reschedule") else "ordering"]
    if situation.flow not in ("book", "reschedule", *ORDERING) or not behind or not _gives_up(clause):
        return False
    facts = [fact for fact in said if fact.start >= behind[0].start]
    if not said and len(behind) == 1 and situation.slots.get("items") and _counts_only(behind[0], situation):
        return True  # "deixa, quero 2", where fewer are left than were wanted
    if not facts or len(facts) != len(said) or any(fact.negated or fact.kind not in told for fact in facts):
        return False
    return all(_tells_only(each, facts) for each in behind)


def dropped(text: str, said: Sequence[Fact], situation: Situation) -> str | None:
    """ "Esquece, a firma me mandou pra Goiânia na sexta", of what was just booked: the words that give it up.

    None where the rest is no mere reason: a question, another time, a thing wished for.
    """
    if situation.flow is not None or situation.asks != "none" or situation.anchor is None:
        return None
    found = _opening().match(fold(text))
    if found is None or "?" in text or any(fact.kind in ("service", "product") for fact in said):
        return None
    rest = fold(text)[found.end() :]
    times = [fact for fact in said if fact.kind == "time"]
    told_anew = len(times) > 1 or any(fact.value["has_time"] for fact in times)
    wished = any(has(cue, rest) for cue in ("books", "wishes", "moves_to", "instead", "comes_then", "same_hour"))
    if told_anew or wished or len(rest.split()) < _REASON:
        return None
    return text[found.start("words") : found.end("words")]


@cache
def _opening() -> re.Pattern[str]:
    """Words of astonishment, then those that give it up, then a pause."""
    first = rf"(?:(?:{alternatives('startled')}|{alternatives('hesitates')}|x+i+|vixe|oh no|ai)[\s,.!…-]+)*"
    return re.compile(
        rf"^\W*{first}(?P<words>(?:{alternatives('gives_up')}|{alternatives('lets_go')}))[\s,.!…-]*[,.!…-]+\s*"
    )


def _counts_only(clause: Clause, situation: Situation) -> bool:
    counted = quantities.find(clause.text, situation.language)
    return len(counted) == 1 and pointed.only_counts(fold(clause.text), counted[0])


def _gives_up(clause: Clause) -> bool:
    folded = _before_it().sub("", fold(clause.text).strip(" ,.!…-"))
    return pattern("gives_up").fullmatch(folded) is not None or pattern("lets_go").fullmatch(folded) is not None


@cache
def _before_it() -> re.Pattern[str]:
    """ "Actually no, scrap that": what says no more than the words behind it."""
    words = "|".join([*map(alternatives, ("actually", "hesitates", "startled")), "no|nao|ah|oh"])
    return re.compile(rf"^(?:(?:{words})[\s,.!…-]+)+(?=\w)")


def _tells_only(clause: Clause, facts: Sequence[Fact]) -> bool:
    """Whether a clause holds details and small words: "friday I'll call again" is none."""
    rest = clause.rest([(fact.start, fact.end) for fact in facts])
    small = frozenset[str]().union(*(words(cue) for cue in _SMALL))
    return rest <= small and not has("some_day", fold(clause.text))
