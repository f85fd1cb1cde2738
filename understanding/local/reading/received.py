"""How an order gets to the customer, where that was asked: "que me lo traigan", "I'll come get it", "voy por él"."""

from __future__ import annotations

from collections.abc import Sequence

from domain.commands import Fill
from domain.ports import Situation
from understanding.local.facts.fact import Fact
from understanding.local.reading.answered import Answered
from understanding.local.reading.fills import fills
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has
from understanding.local.text.words import fold

_ASKED = ("delivery", "address")
_QUESTIONS = ("price", "duration", "wants_to_know", "opening")


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """The answer, with the facts beside it; None when the words tell no way, or ask something about it."""
    folded = fold(clause.text)
    if situation.asks not in _ASKED or any(fact.kind == "product" for fact in said):
        return None
    if any(has(question, folded) for question in _QUESTIONS) or (clause.asks and not _asks_for_it(folded, said)):
        return None
    fetches = has("fetches", folded) or any(fact.value == "pickup" and not fact.negated for fact in said)
    method = "pickup" if fetches else "delivery" if has("has_it_brought", folded) else None
    if method is None or (method == "delivery" and situation.asks == "address"):
        return None
    others = fills([fact for fact in said if fact.kind != "delivery"], situation, flow=situation.flow)
    return Answered("inform", (Fill("delivery", method), *others))


def _asks_for_it(folded: str, said: Sequence[Fact]) -> bool:
    """ "Can you bring it to me?", not "entregam no Centro?"."""
    return has("to_the_customer", folded) and not any(fact.kind in ("zone", "time", "payment") for fact in said)
