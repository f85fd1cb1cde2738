"""What is given up only to be put right: "scrap that, Thursday same time", "esquece, com o Bruno"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.heard import ORDERING
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold

_TOLD = {
    "booking": {"time", "professional", "anybody", "same_hour", "same_weekday", "earliest", "latest"},
    "ordering": {"payment", "delivery", "zone", "address", "change_for"},
}
_SMALL = ("fillers", "articles", "suits", "and", "beside_details")


def put_right(clause: Clause, behind: Sequence[Clause], said: Sequence[Fact], situation: Situation) -> bool:
    """Whether a clause gives up no more than the detail that the rest of the message tells anew.

    Nothing but details of what is under way may stand behind it: whoever names another thing begins anew.
    """
    told = _TOLD["booking" if situation.flow in ("book", "reschedule") else "ordering"]
    if situation.flow not in ("book", "reschedule", *ORDERING) or not behind or not _gives_up(clause):
        return False
    facts = [fact for fact in said if fact.start >= behind[0].start]
    if not facts or len(facts) != len(said) or any(fact.negated or fact.kind not in told for fact in facts):
        return False
    return all(_tells_only(each, facts) for each in behind)


def _gives_up(clause: Clause) -> bool:
    folded = fold(clause.text).strip(" ,.!…-")
    return pattern("gives_up").fullmatch(folded) is not None or pattern("lets_go").fullmatch(folded) is not None


def _tells_only(clause: Clause, facts: Sequence[Fact]) -> bool:
    """Whether a clause holds details and small words: "friday I'll call again" is none."""
    rest = clause.rest([(fact.start, fact.end) for fact in facts])
    small = frozenset[str]().union(*(words(cue) for cue in _SMALL))
    return rest <= small and not has("some_day", fold(clause.text))
