"""Edits of an order that name no product: "quítame ese", "tira o outro", "três não, duas", "mejor tres y sumale …"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from domain.commands import Command, Fill
from domain.ports import Situation
from understanding.local.classifier.mentions import Mention, families
from understanding.local.facts import parts, quantities
from understanding.local.facts.fact import Fact
from understanding.local.reading.clause.answered import Answered
from understanding.local.reading.heard import ORDERING
from understanding.local.text.clauses import Clause
from understanding.local.text.cues import has, pattern, words
from understanding.local.text.words import fold, split

_DOUBTFUL = {"drop", "hold", "cut", "cross"}
_BARE = {"it", "them"}
_NO = {"nao", "n", "no", "not", "sem", "without", "sin"}
_JOINT = re.compile(r"[,.;]|\b(?:e|y|and)\b")


def answer(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """What is pointed at comes off, or a number takes another's place; None when neither is said."""
    others = any(fact.kind != "position" for fact in said)
    if situation.flow not in ORDERING or not situation.slots.get("items") or others or clause.asks:
        return None
    if (product := _taken_off(folded, situation)) is not None:
        line = {"product": product, "quantity": None, "mode": "remove", "alternatives": ()}
        return Answered("inform", (Fill("items", [line]),))
    number = quantities.replacing(clause.text, situation.language)
    return Answered("inform", (Fill("quantity", number),)) if number else None


def last_refused(clause: Clause, folded: str, said: Sequence[Fact], situation: Situation) -> Answered | None:
    """ "Esse último não", of an order's things: it comes off, the order stays."""
    found = pattern("points_at").search(folded)
    return answer(clause, folded, said, situation) if found and _refuses(folded, found) else None


def ahead(clause: Clause, said: Sequence[Fact], situation: Situation) -> list[Command]:
    """ "Mejor tres y sumale un champú": the number said before another product is of the one spoken of."""
    first = min((fact.start - clause.start for fact in said if fact.kind == "product"), default=0)
    joints = [found.start() for found in _JOINT.finditer(fold(clause.text[:first]))]
    asked: Sequence[str] = situation.topic.get("product") or () if situation.flow is None else ()
    spoken = situation.flow in ORDERING and situation.slots.get("spoken")
    if not joints or not (spoken or len(asked) == 1):
        return []
    before = fold(clause.text[: joints[-1]])
    if has("not", before):
        return []  # "not two, three goldens"
    for cue in ("points_back", "actually", "puts_right"):
        before = pattern(cue).sub(lambda found: " " * len(found.group()), before)
    counted = quantities.find(before, situation.language)
    if not counted and not spoken and asked and has("takes_that", before.strip(" ,.!")):
        quoted = {item["product"]: item["quantity"] for item in situation.topic.get("items") or ()}
        number = quoted.get(asked[0])  # "e se eu levar 3?", "beleza, vou levar e mais um shampoo"
        return [Fill("items", [{"product": asked[0], "quantity": number, "mode": "set", "alternatives": ()}])]
    if len(counted) != 1 or counted[0].mode not in ("set", "keep") or not only_counts(before, counted[0]):
        return []
    line = {"quantity": counted[0].value, "mode": "set", "alternatives": ()}
    return [Fill("quantity", counted[0].value)] if spoken else [Fill("items", [{"product": asked[0], **line}])]


def only_counts(folded: str, counted: quantities.Quantity) -> bool:
    """ "Me vê dois pacotes", "two will do": beside the number only words of ordering and small ones."""
    start, end = counted.span
    beside = pattern("takes_along").sub(" ", folded[:start] + " " + folded[end:])
    rest = (word.text for word in split(beside) if word.text[0].isalnum())
    small = words("fillers") | words("articles") | words("takes") | words("behind_a_count")
    return all(word in small or families(word) or has("assent", word) for word in rest)


def _taken_off(folded: str, situation: Situation) -> str | None:
    """The product of the basket that is pointed at and comes off."""
    found = pattern("points_at").search(folded)
    if found is None or not (_refuses(folded, found) or _comes_off(folded, found)):
        return None
    basket: list[str] = [item["product"] for item in situation.slots["items"]]
    if has("points_at_last", found.group()):
        return basket[-1]
    spoken = _spoken(basket, situation.slots, situation.topic)
    others = [product for product in basket if product != spoken]
    if has("points_at_other", found.group()):
        return others[0] if len(others) == 1 else None
    return spoken


def _comes_off(folded: str, pointer: re.Match[str]) -> bool:
    told = parts.told(folded, [Mention(*pointer.span(), "pointer")])
    last = has("points_at_last", pointer.group())
    return _takes_off(folded, pointer.group()) and (told == ["remove"] or last)


def _refuses(folded: str, pointer: re.Match[str]) -> bool:
    """ "Esse último não", "not that last one": nothing but the no beside the last thing."""
    rest = set(re.findall(r"[^\W\d_]+", folded[: pointer.start()] + " " + folded[pointer.end() :]))
    small = words("fillers") | words("articles")
    return has("points_at_last", pointer.group()) and bool(rest & _NO) and rest - _NO <= small


def _takes_off(folded: str, pointer: str) -> bool:
    """Whether a verb that takes off is said; "drop it off", "hold them" may mean something else."""
    told = re.findall(r"[^\W\d_]+", folded)
    verbs = {word for word in told if "off" in families(word)}
    if {"take", "gone"} <= {family for word in told for family in families(word)}:
        return True  # "take that last one off"
    return bool(verbs - _DOUBTFUL) or (bool(verbs) and pointer not in _BARE)


def _spoken(basket: Sequence[str], slots: Mapping[str, Any], topic: Mapping[str, Any]) -> str | None:
    asked = [product for product in topic.get("product") or () if product in basket] if topic.get("fresh") else []
    last = slots.get("spoken")
    return asked[0] if len(asked) == 1 else last if last in basket else basket[-1] if len(basket) == 1 else None
