"""Everything of what was just listed is wanted: "quero todas", "os dois", "two of each"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.parts import blanked
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_SEVERAL = 2
_ORDERS = {"want", "bring", "put", "on", "take", "leave"}
_CUT = re.compile(r"[,;:]")
_CUT_BEHIND = re.compile(r"[,;:]| (?:e|y|and) ")
_DETAILS = {"payment", "delivery", "address", "zone", "change_for", "name"}


def wanted(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command] | None:
    """The order of every product listed; None when the clause wants something else."""
    products = _listed(situation)
    folded = fold(clause.text)
    if len(products) < _SEVERAL or (clause.asks and not (has("orders", folded) or has("takes_along", folded))):
        return None
    said_so = [found for cue in ("one_of_each", "all_listed") for found in pattern(cue).finditer(folded)]
    if not said_so or not all(_as_many(found.group(), len(products), situation.language) for found in said_so):
        return None
    places = [(clause.start + found.start(), clause.start + found.end()) for found in said_so]
    beside = [fact for fact in said if all(fact.end <= start or fact.start >= end for start, end in places)]
    if any(fact.kind not in _DETAILS for fact in beside):
        return None
    if not all(_only_orders(_beside(folded, found, clause, beside), situation.language) for found in said_so):
        return None
    each = _of_each(said_so[0].group(), situation.language) or 1
    return [
        Start("order"),
        Fill("items", [_line(product, each) for product in products]),
        *fills(beside, situation, None),
    ]


def _beside(folded: str, found: re.Match[str], clause: Clause, facts: Sequence[Fact]) -> str:
    """The words of the same part of the clause, without what names everything and without the facts."""
    start = max((cut.end() for cut in _CUT.finditer(folded, 0, found.start())), default=0)
    behind = _CUT_BEHIND.search(folded, found.end())
    for fact in facts:
        folded = blanked(folded, fact.start - clause.start, fact.end - clause.start)
    return f"{folded[start : found.start()]} {folded[found.end() : behind.start() if behind else len(folded)]}"


def _listed(situation: Situation) -> Sequence[str]:
    """The products to choose from, or those just asked about."""
    if situation.flow not in (None, *ORDERING):
        return ()
    chosen: Sequence[str] = situation.slots.get("choice", {}).get("products", ())
    asked: Sequence[str] = situation.topic.get("product") or ()
    return chosen or (asked if len(asked) > 1 else situation.topic.get("together") or asked)


def _as_many(said: str, listed: int, language: str) -> bool:
    """ "As três" of three; "todas" of any number."""
    numbers = [number for word in said.split() if (number := numerals.value(word, language)) and number > 1]
    return has("of_each", said) or not numbers or numbers == [listed]


def _of_each(said: str, language: str) -> int | None:
    """ "Duas de cada"."""
    counted = quantities.find(said, language) if has("of_each", said) else []
    return counted[0].value if counted else None


def _only_orders(part: str, language: str) -> bool:
    """Whether these words do no more than order: "os dois são caros" tells something else of them."""
    small = words("fillers") | words("articles") | words("takes") | frozenset(numerals.table(language))
    rest = [word.text for word in split(pattern("orders").sub(" ", part)) if word.text[0].isalnum()]
    left = [
        each for each in rest if each not in small and _ORDERS.isdisjoint(families(each)) and not has("assent", each)
    ]
    return len(left) <= (1 if has("orders", part) else 0)


def _line(product: str, quantity: int) -> dict[str, Any]:
    return {"product": product, "quantity": quantity, "mode": "set", "alternatives": ()}
