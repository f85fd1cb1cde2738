"""The basket edited by few words while something else is asked: "melhor duas", "que sean 4", "agrégala", "quítalo"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.commands import Affirm, Command, Fill
from domain.ports import Situation
from understanding.local.classifier.mentions import families
from understanding.local.facts import other_counts, quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause import pointed
from understanding.local.reading.fills import fills, quantity
from understanding.local.reading.heard import ORDERING
from understanding.local.reading.parts import blanked
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_ASKED = ("delivery", "payment", "address", "items")
_BESIDE = ("delivery", "payment", "change_for", "zone", "address")
_COMES = ("fetches", "comes_for_it")
_PUT_IN = {"on", "put", "bring", "want"}
_UP_TO = re.compile(r"\b(?:pra|para|to|a|em) $")
_ARTICLE = re.compile(r"\b(?:uma?|un|una|an?) $")
_LONGEST = 5


def told(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """How many there shall be of what was put in last, or that what was asked about goes in too; else nothing."""
    slots = situation.slots
    if situation.flow not in ORDERING or not slots.get("items") or slots.get("choice"):
        return _not_sold(said, situation)
    if clause.no:  # "no, one is fine"
        counts = situation.asks in _ASKED and not said and not clause.asks
        last = re.split(r"[,;.!]", fold(clause.text))[-1]  # "no, one is fine", "não, exagerei, 2 tá bom"
        return _counted(last, situation, sure=True) if counts else _not_sold(said, situation)
    if situation.asks == "confirm" and not clause.asks and not said:
        return _more(fold(clause.text))
    if situation.asks not in _ASKED or (said and {fact.kind for fact in said} == {"not_sold"}):
        return _not_sold(said, situation)
    if clause.asks or clause.no or any(fact.kind not in _BESIDE for fact in said):
        return []
    folded = fold(clause.text)
    if any(fact.kind == "payment" for fact in said) and has("in_parts", folded):
        return []  # "30 in cash and the rest by card"
    for fact in said:
        start, end = fact.start - clause.start, fact.end - clause.start
        article = _ARTICLE.search(folded, 0, start)  # "faço um pix"
        folded = blanked(folded, article.start() if article else start, end)
    if any(has(cue, folded) for cue in _COMES):
        return []  # "i can be there in 20"
    if not said and has("closes_the_order", folded):
        return [Affirm()]
    edit = (
        _more(folded)
        or _counted(folded, situation, sure=clause.yes)
        or _put_in(folded, situation)
        or _taken_off(folded, situation)
    )
    return [*edit, *fills(said, situation, flow=situation.flow)] if edit else []


def _not_sold(said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "E um osso", where balls are sold and no bones."""
    only = bool(said) and all(fact.kind == "not_sold" for fact in said) and situation.flow in ORDERING
    return [Fill("not_sold", said[0].value)] if only else []


def _more(folded: str) -> list[Command]:
    """ "Quero mais uma coisa", without a word of what."""
    found = pattern("something_more").search(folded)
    if found is None or has("not", folded) or not _only(folded[: found.start()] + " " + folded[found.end() :], set()):
        return []
    return [Fill("another", True)]


def _counted(folded: str, situation: Situation, *, sure: bool) -> list[Command]:
    """ "Melhor duas", "sobe pra 4": words of putting right beside the number; "2" and "a 2" may be an option, but not
    beside a yes or a no (`sure`): "2 tá bom"."""
    enough = pattern("basket_is_enough").sub(_blank, folded)
    sure = sure or enough != folded  # "2 tá bom", "two will do"
    bare = pattern("puts_right").sub(_blank, pattern("actually").sub(_blank, enough))
    counted = [one for one in quantities.find(bare, situation.language) if not other_counts.counts(bare, one)]
    if len(counted) != 1 or not pointed.only_counts(bare, counted[0]):
        return []
    start, end = counted[0].span
    beside = {word.text for word in split(folded[:start] + " " + folded[end:])}
    if bare == enough and counted[0].unit is None and not sure and not any(_edits(word) for word in beside):
        return []
    if _UP_TO.search(folded[:start]) and any({"up", "down"} & set(families(word)) for word in beside):
        return [Fill("quantity", counted[0].value)]
    return quantity(bare, (), situation)


def _edits(word: str) -> bool:
    """Whether a word beside a number tells that it counts: "faz dois então"."""
    return (bool(families(word)) and word not in words("articles")) or word in words("counts_then")


def _put_in(folded: str, situation: Situation) -> list[Command]:
    """ "Agrégala", "quero essa também", of the one product asked about a moment ago."""
    asked: Sequence[str] = situation.topic.get("product") or () if situation.topic.get("fresh") else ()
    basket = {item["product"] for item in situation.slots["items"]}
    if len(asked) != 1 or asked[0] in basket or not _only(folded, _PUT_IN):
        return []
    return [Fill("items", [{"product": asked[0], "quantity": None, "mode": "add", "alternatives": ()}])]


def _taken_off(folded: str, situation: Situation) -> list[Command]:
    """ "Quítalo", "take it off": what was put in last."""
    spoken = situation.slots.get("spoken")
    if not spoken or not has("takes_it_off", folded) or not _only(pattern("takes_it_off").sub(_blank, folded), set()):
        return []
    return [Fill("items", [{"product": spoken, "quantity": None, "mode": "remove", "alternatives": ()}])]


def _only(folded: str, kinds: set[str]) -> bool:
    """Whether a verb of these kinds is said, and beside it small words alone; without kinds, small words alone."""
    said = [word.text for word in split(folded) if word.text[0].isalnum()]
    small = words("fillers") | words("articles") | words("takes") | words("behind_a_count") | words("and")
    verbs = [word for word in said if kinds & set(families(word))]
    rest = [word for word in said if word not in verbs and word not in small and not pattern("points_back").match(word)]
    left = [word for word in rest if not families(word) and not has("assent", word)]
    return len(said) <= _LONGEST and not left and bool(verbs or not kinds)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
