"""Everything of what was just listed is wanted: "quero todas", "os dois", "two of each"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.commands import Command, Fill, Start
from domain.ports import Situation
from understanding.local.facts import quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.fills import fills
from understanding.local.reading.heard import ORDERING
from understanding.local.text import numerals
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold

_SEVERAL = 2
_DETAILS = {"payment", "delivery", "address", "zone", "change_for", "name"}


def wanted(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command] | None:
    """The order of every product listed; None when the clause wants something else."""
    products = _listed(situation)
    if len(products) < _SEVERAL or clause.asks:
        return None
    folded = fold(clause.text)
    said_so = [found for cue in ("one_of_each", "all_listed") for found in pattern(cue).finditer(folded)]
    if not said_so or not all(_as_many(found.group(), len(products), situation.language) for found in said_so):
        return None
    places = [(clause.start + found.start(), clause.start + found.end()) for found in said_so]
    beside = [fact for fact in said if all(fact.end <= start or fact.start >= end for start, end in places)]
    rest = clause.rest([*places, *((fact.start, fact.end) for fact in beside)])
    if any(fact.kind not in _DETAILS for fact in beside) or not rest <= _small(situation.language):
        return None
    each = _of_each(said_so[0].group(), situation.language) or 1
    return [
        Start("order"),
        Fill("items", [_line(product, each) for product in products]),
        *fills(beside, situation, None),
    ]


def _listed(situation: Situation) -> Sequence[str]:
    """The products to choose from, or those just asked about."""
    if situation.flow not in (None, *ORDERING):
        return ()
    chosen: Sequence[str] = situation.slots.get("choice", {}).get("products", ())
    return chosen or (situation.topic.get("product") or () if situation.topic.get("fresh") else ())


def _as_many(said: str, listed: int, language: str) -> bool:
    """ "As três" of three; "todas" of any number."""
    numbers = [number for word in said.split() if (number := numerals.value(word, language)) and number > 1]
    return has("of_each", said) or not numbers or numbers == [listed]


def _of_each(said: str, language: str) -> int | None:
    """ "Duas de cada"."""
    counted = quantities.find(said, language) if has("of_each", said) else []
    return counted[0].value if counted else None


def _small(language: str) -> frozenset[str]:
    return words("fillers") | words("articles") | words("takes") | frozenset(numerals.table(language))


def _line(product: str, quantity: int) -> dict[str, Any]:
    return {"product": product, "quantity": quantity, "mode": "set", "alternatives": ()}
