"""What a customer says of himself: the datum that is asked for, and several told at once.

"Sim, tenho / é amil", "claro que sí, mi nombre es Diana": read for themselves, "tenho" would be the insurance and
"claro que sí" something to look up. "Ravi here / CTO at Quillbank / 12 devs" is one introduction in three lines.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import FREE_TEXT
from understanding.local.reading.parts import blanked
from understanding.local.text import clauses

_SEVERAL = 2


def told(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text without the clauses that hold no fact and ask nothing, where another one holds the datum asked for."""
    if situation.asks not in (*FREE_TEXT, "address") or not any(fact.kind == situation.asks for fact in said):
        return text
    for clause in clauses.split(text, situation.language, [(fact.start, fact.end) for fact in said]):
        if not clause.asks and not any(fact.start < clause.end and fact.end > clause.start for fact in said):
            text = blanked(text, clause.start, clause.end)
    return text


def together(text: str, said: Sequence[Fact], situation: Situation) -> str:
    """The text in one line, where its lines tell what a lead is asked for and nothing is under way."""
    lead = situation.business.lead
    data = {fact.kind for fact in said} & {*lead.ask, "service"} if lead and situation.flow is None else set()
    return text.replace("\n", ",") if len(data) >= _SEVERAL and "?" not in text else text
