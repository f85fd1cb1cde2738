"""What so many of what was asked about come to: "e se eu levar 3?", "what about 4?", "how much would both be?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Ask
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import other_counts, quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.parts import blanked
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_ANOTHER = re.compile(r"outr|otr|another")
_BROUGHT = ("zone", "delivery")
_PAIR = 2
_SMALL = ("fillers", "articles", "function_words", "elliptic", "and", "behind_a_count", "comes_to")


def asked(clause: Clause, said: Sequence[Fact], situation: Situation, *, priced: bool) -> Ask | None:
    """The price asked of a number of them; None when no number, or anything else, is asked about. `priced`: the words
    ask a price."""
    folded = fold(clause.text)
    priced = priced or (has("price", folded) and bool(said))
    if any(fact.kind not in _BROUGHT for fact in said) or has("unit_price", folded):
        return None
    if not (priced or has("if_i_take", folded)):
        return None
    zone = next((fact.value for fact in said if fact.kind == "zone"), None)
    for fact in said:
        folded = blanked(folded, fact.start - clause.start, fact.end - clause.start)
    named = list(situation.topic.get("product") or ()) or [each for each in (situation.slots.get("spoken"),) if each]
    every = pattern("every_of_them").search(folded)
    together = list(situation.topic.get("together") or named)
    if every and len(together) == _PAIR and _nothing_else(folded, every.group()):
        return _quoted(clause, [{"product": each, "quantity": 1} for each in together], zone)
    counted = quantities.find(folded, situation.language)
    if len(named) != 1 or len(counted) != 1 or _ANOTHER.match(counted[0].text.lower()):
        return None
    if other_counts.counts(folded, counted[0]) or not _nothing_else(folded, counted[0].text.lower()):
        return None
    return _quoted(clause, [{"product": named[0], "quantity": counted[0].value}], zone)


def _quoted(clause: Clause, lines: list[dict[str, object]], zone: str | None) -> Ask:
    about = {"product": [line["product"] for line in lines], "items": lines, **({"zone": zone} if zone else {})}
    return Ask("prices", {"text": clause.text.strip(), **about})


def _nothing_else(folded: str, number: str) -> bool:
    """Whether beside the number only words of asking and taking stand: "levando 3 tem desconto?" asks for more."""
    beside = pattern("if_i_take").sub(" ", pattern("price").sub(" ", folded.replace(number, " ", 1)))
    small = frozenset[str]().union(*(words(cue) for cue in _SMALL))
    rest = [word.text for word in split(beside) if word.text[0].isalnum()]
    return all(word in small or families(word) or quantities.is_container(word) for word in rest)
